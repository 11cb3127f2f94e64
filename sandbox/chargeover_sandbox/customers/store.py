"""The stored customers and payments, as tables of the sandbox's database."""

import sqlite3
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import orjson

from chargeover_sandbox.contract.document import FieldKind
from chargeover_sandbox.storage.database import Database

from .times import AccountTime
from .views import ABSENT, FUNCTIONS, view

SCHEMA_VERSION = 2
SCHEMA = """
CREATE TABLE IF NOT EXISTS customer (
    customer_id        INTEGER PRIMARY KEY AUTOINCREMENT,
    token              TEXT,
    external_key       TEXT,
    parent_customer_id INTEGER REFERENCES customer
) STRICT;
CREATE INDEX IF NOT EXISTS customer_by_external_key ON customer (external_key);
CREATE UNIQUE INDEX IF NOT EXISTS customer_external_key_is_unique ON customer (external_key) WHERE external_key <> '';
CREATE INDEX IF NOT EXISTS customer_by_parent ON customer (parent_customer_id);
CREATE TABLE IF NOT EXISTS spent_external_key (
    external_key TEXT PRIMARY KEY,
    customer_id  INTEGER NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS payment (
    payment_id  INTEGER PRIMARY KEY AUTOINCREMENT,
    customer_id INTEGER NOT NULL REFERENCES customer,
    paid_by     INTEGER NOT NULL REFERENCES customer
) STRICT;
CREATE INDEX IF NOT EXISTS payment_of ON payment (customer_id, paid_by);
CREATE INDEX IF NOT EXISTS payment_by ON payment (paid_by);
"""
UPGRADES = {
    # The fields of a customer were one JSON text, which ``Store`` moves into the columns.
    1: """
CREATE TABLE customer_of_2 (
    customer_id        INTEGER PRIMARY KEY AUTOINCREMENT,
    token              TEXT,
    external_key       TEXT,
    parent_customer_id INTEGER REFERENCES customer,
    fields             TEXT
) STRICT;
INSERT INTO customer_of_2 SELECT customer_id, NULL, external_key, parent_customer_id, fields FROM customer;
DROP TABLE customer;
ALTER TABLE customer_of_2 RENAME TO customer;
""",
}
"""By earlier version, the SQL that brings its tables up to ``SCHEMA``, which is then run."""
_SQL_TYPES = {"string": "TEXT", "integer": "INTEGER", "number": "REAL", "boolean": "INTEGER", "array": "TEXT"}

Fields = dict[str, Any]


def schema_of(stored: Mapping[str, str]) -> str:
    """``SCHEMA`` with all stored fields of a customer, so that a new table need not get them one by one (10 ms)."""
    own = {"token", "external_key", "parent_customer_id"}
    columns = "".join(f',\n    "{name}" {_SQL_TYPES[kind]}' for name, kind in stored.items() if name not in own)
    last = "    parent_customer_id INTEGER REFERENCES customer"
    return SCHEMA.replace(f"{last}\n", f"{last}{columns}\n", 1)


class Store:
    """Customers and payments. Every method runs in a transaction that the caller began.

    Args:
        database: the database; its schema is ``SCHEMA``.
        stored: the JSON types of the stored fields, by name.
        shown: the fields that a customer has in a response, by name, in the order of the response.
        time: shows dates.

    Raises:
        StoreError: the database cannot be used.
    """

    def __init__(
        self, database: Database, stored: Mapping[str, str], shown: Mapping[str, FieldKind], time: AccountTime
    ) -> None:
        self._stored = dict(stored)
        self._names = (*shown, ABSENT)
        self._shown_as: tuple[tuple[str, Callable[[Any], Any]], ...] = tuple(
            (name, show) for name, kind in shown.items() if (show := _shown_as(kind, time))
        )
        self._db = database.connection
        with database.usable():
            with database.transaction():
                self._complete(self._db)
            database.complete.append(self._complete)
            for name, arguments, function in FUNCTIONS:
                self._db.create_function(name, arguments, function, deterministic=True)
            self._db.create_function("shown_moment", 1, time.shown, deterministic=True)
            self._db.execute(view(stored, shown))

    def _complete(self, connection: sqlite3.Connection) -> None:
        """Add the columns that a table lacks: all of them at first, later those of the document's new fields."""
        existing = {row[1] for row in connection.execute("PRAGMA table_info(customer)")}
        for name, json_type in self._stored.items():
            if name not in existing:
                connection.execute(f'ALTER TABLE customer ADD COLUMN "{name}" {_SQL_TYPES[json_type]}')
        if "fields" in existing:
            moved = ", ".join(f"\"{name}\" = fields ->> '{name}'" for name in self._stored)
            connection.execute(f"UPDATE customer SET {moved}")  # noqa: S608  the names come from the document
            connection.execute("ALTER TABLE customer DROP COLUMN fields")
        # Not in the schema: a file may have got the column just now.
        connection.execute("CREATE INDEX IF NOT EXISTS customer_by_token ON customer (token)")

    def next_id(self) -> int:
        """The ID of the next customer. IDs are never used again."""
        query = (
            "SELECT max(coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'customer'), 0), "
            "coalesce((SELECT max(customer_id) FROM customer), 0)) + 1"
        )
        return int(self._db.execute(query).fetchone()[0])

    def insert_all(self, names: Collection[str], customers: Iterable[Fields]) -> None:
        """Add customers that have their IDs already, in any order: a parent may follow its children.

        Args:
            names: the fields that at least one of them has.
            customers: the fields of each.
        """
        columns = ", ".join(f'"{name}"' for name in names)
        marks = ", ".join("?" * len(names))
        self._db.execute("PRAGMA defer_foreign_keys = ON")
        self._db.executemany(
            f"INSERT INTO customer ({columns}) VALUES ({marks})",  # noqa: S608  the names come from the document
            (_cells({name: fields.get(name) for name in names}) for fields in customers),
        )

    def insert(self, fields: Fields) -> int:
        """Add a customer and return its ID. IDs are never used again."""
        names = ", ".join(f'"{name}"' for name in fields)
        marks = ", ".join("?" * len(fields))
        cursor = self._db.execute(f"INSERT INTO customer ({names}) VALUES ({marks})", _cells(fields))  # noqa: S608  the names come from the document
        assert cursor.lastrowid is not None  # noqa: S101  true after every INSERT
        return cursor.lastrowid

    def update(self, customer_id: int, fields: Fields) -> None:
        """Store some fields of an existing customer and leave its other fields unchanged."""
        self._db.execute(_update(tuple(fields)), (*_cells(fields), customer_id))

    def delete(self, customer_id: int) -> None:
        """Delete a customer that has no children, and its payments. Its external key stays used."""
        self._db.execute("DELETE FROM payment WHERE ? IN (customer_id, paid_by)", (customer_id,))
        self._db.execute(
            "INSERT INTO spent_external_key SELECT external_key, customer_id FROM customer "
            "WHERE customer_id = ? AND external_key <> ''",
            (customer_id,),
        )
        self._db.execute("DELETE FROM customer WHERE customer_id = ?", (customer_id,))

    def stored_values(self, customer_id: int, names: Sequence[str]) -> tuple[Any, ...] | None:
        """The values of some stored fields of a customer, or None if there is no such customer."""
        row: tuple[Any, ...] | None = self._db.execute(_select(tuple(names)), (customer_id,)).fetchone()
        return row

    def find(self, condition: str, values: Sequence[object], rest: str = "") -> list[Fields]:
        """The customers that match a SQL condition, as a response has them.

        Args:
            condition: SQL over the columns of ``shown_customer``, with a placeholder for each value.
            values: the values of the condition and of ``rest``.
            rest: the SQL after the condition: order, limit, offset.
        """
        rows = self._db.execute(f"SELECT * FROM shown_customer WHERE {condition} {rest}", values)  # noqa: S608  no value is in the text
        return [self._fields(row) for row in rows]

    def count(self, condition: str, values: Sequence[object]) -> int:
        """The number of customers that match a SQL condition; see ``find``."""
        query = f"SELECT count(*) FROM shown_customer WHERE {condition}"  # noqa: S608  no value is in the text
        (number,) = self._db.execute(query, values).fetchone()
        return int(number)

    def id_of(self, name: str, value: str) -> int | None:
        """The ID of the customer with an external key or a token, or None."""
        query = f'SELECT customer_id FROM customer WHERE "{name}" = ?'  # noqa: S608  not from a request
        row = self._db.execute(query, (value,)).fetchone()
        return row[0] if row else None

    def former_holder(self, external_key: str) -> int | None:
        """The ID of the deleted customer that had an external key when it was deleted, or None."""
        query = "SELECT customer_id FROM spent_external_key WHERE external_key = ?"
        row = self._db.execute(query, (external_key,)).fetchone()
        return row[0] if row else None

    def first_child(self, customer_id: int) -> int | None:
        """The lowest ID of the customers that have this one as their parent, or None."""
        query = "SELECT customer_id FROM customer WHERE parent_customer_id = ? ORDER BY customer_id LIMIT 1"
        row = self._db.execute(query, (customer_id,)).fetchone()
        return row[0] if row else None

    def children_of(self, customer_id: int) -> int:
        """How many customers have this one as their parent."""
        query = "SELECT count(*) FROM customer WHERE parent_customer_id = ?"
        (number,) = self._db.execute(query, (customer_id,)).fetchone()
        return int(number)

    def ancestors(self, customer_id: int) -> set[int]:
        """The IDs of a customer's parent, of the parent of that parent, and so on."""
        rows = self._db.execute(
            """
            WITH RECURSIVE above (customer_id) AS (
                SELECT parent_customer_id FROM customer WHERE customer_id = ?
                UNION
                SELECT customer.parent_customer_id FROM customer JOIN above USING (customer_id)
            )
            SELECT customer_id FROM above WHERE customer_id IS NOT NULL
            """,
            (customer_id,),
        )
        return {row[0] for row in rows}

    def add_payment(self, customer_id: int, paid_by: int) -> int:
        """Record that one customer has paid for another, and return the payment's ID."""
        cursor = self._db.execute("INSERT INTO payment (customer_id, paid_by) VALUES (?, ?)", (customer_id, paid_by))
        assert cursor.lastrowid is not None  # noqa: S101  true after every INSERT
        return cursor.lastrowid

    def has_paid_for(self, paid_by: int, customer_id: int) -> bool:
        """Whether one customer has ever paid for another."""
        query = "SELECT EXISTS (SELECT 1 FROM payment WHERE customer_id = ? AND paid_by = ?)"
        return bool(self._db.execute(query, (customer_id, paid_by)).fetchone()[0])

    def clear(self) -> None:
        """Delete everything; IDs start at 1 again."""
        # References go before the rows that they refer to: payments, links to parents, customers.
        self._db.execute("DELETE FROM payment")
        self._db.execute("UPDATE customer SET parent_customer_id = NULL WHERE parent_customer_id IS NOT NULL")
        self._db.execute("DELETE FROM customer")
        self._db.execute("DELETE FROM spent_external_key")
        self._db.execute("DELETE FROM sqlite_sequence")

    def _fields(self, row: tuple[Any, ...]) -> Fields:
        fields = dict(zip(self._names, row, strict=True))
        absent = fields.pop(ABSENT)
        for name, show in self._shown_as:
            if fields[name] is not None:
                fields[name] = show(fields[name])
        if absent:
            for name in orjson.loads(absent):
                del fields[name]
        return fields


def _shown_as(kind: FieldKind, time: AccountTime) -> Callable[[Any], Any] | None:
    """How a stored value becomes the one of a response; None if it is the same."""
    if kind.is_moment:
        return time.shown
    if kind.json_type == "array":
        return orjson.loads
    return bool if kind.json_type == "boolean" and not kind.is_number else None


def _cells(fields: Fields) -> list[object]:
    return [orjson.dumps(value).decode() if isinstance(value, list) else value for value in fields.values()]


@lru_cache(1024)
def _select(names: tuple[str, ...]) -> str:
    columns = ", ".join(f'"{name}"' for name in names)
    return f"SELECT {columns} FROM customer WHERE customer_id = ?"  # noqa: S608  the names come from the document


@lru_cache(1024)
def _update(names: tuple[str, ...]) -> str:
    columns = ", ".join(f'"{name}" = ?' for name in names)
    return f"UPDATE customer SET {columns} WHERE customer_id = ?"  # noqa: S608  the names come from the document
