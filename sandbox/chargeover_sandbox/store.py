"""The sandbox's state: one SQLite database, in a file or in memory."""

import sqlite3
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

import orjson

from .views import FUNCTIONS, view

APPLICATION_ID = 0x43686F76
SCHEMA_VERSION = 2
_SCHEMA = f"""
CREATE TABLE customer (
    customer_id        INTEGER PRIMARY KEY AUTOINCREMENT,
    token              TEXT,
    external_key       TEXT,
    parent_customer_id INTEGER REFERENCES customer
) STRICT;
CREATE INDEX customer_by_external_key ON customer (external_key);
CREATE UNIQUE INDEX customer_external_key_is_unique ON customer (external_key) WHERE external_key <> '';
CREATE INDEX customer_by_token ON customer (token);
CREATE INDEX customer_by_parent ON customer (parent_customer_id);
CREATE TABLE spent_external_key (
    external_key TEXT PRIMARY KEY,
    customer_id  INTEGER NOT NULL
) STRICT;
CREATE TABLE payment (
    payment_id  INTEGER PRIMARY KEY AUTOINCREMENT,
    customer_id INTEGER NOT NULL REFERENCES customer,
    paid_by     INTEGER NOT NULL REFERENCES customer
) STRICT;
CREATE INDEX payment_of ON payment (customer_id, paid_by);
CREATE INDEX payment_by ON payment (paid_by);
PRAGMA application_id = {APPLICATION_ID};
PRAGMA user_version = {SCHEMA_VERSION};
"""
_SQL_TYPES = {"string": "TEXT", "integer": "INTEGER", "number": "REAL", "boolean": "INTEGER", "array": "TEXT"}

_PATIENCE = 5
"""Seconds to wait for the writer of another process."""

Fields = dict[str, Any]


class StoreError(Exception):
    """The database cannot be used. The message says why."""


class Store:
    """Customers and payments.

    Every change happens inside ``transaction()``, which holds the database's write lock from its first read to its
    commit, so that two writers never overwrite each other's fields, from one process or from many.

    Args:
        database: a file, made if it is not there; None for a database in memory.
        stored: the JSON types of the fields that are stored, by name.
        shown: the JSON types of the fields that a customer has in an answer, by name, in the order of the answer.

    Raises:
        StoreError: the file is no database, or one of another version.
    """

    def __init__(self, database: Path | None, stored: Mapping[str, str], shown: Mapping[str, str]) -> None:
        self._names = tuple(shown)
        self._flags = tuple(name for name, json_type in shown.items() if json_type == "boolean")
        self._lists = tuple(name for name, json_type in shown.items() if json_type == "array")
        try:
            # Only ever used by the thread that runs the event loop; it may be another one than the one that made it.
            self._db = sqlite3.connect(database or ":memory:", isolation_level=None, check_same_thread=False)
            self._db.execute(f"PRAGMA busy_timeout = {_PATIENCE * 1000}")
            with self.transaction():
                self._create(database)
                self._add_columns(stored)
            self._db.execute("PRAGMA journal_mode = WAL")
            # Survives the death of the process; only the death of the whole machine can take the last commits along.
            self._db.execute("PRAGMA synchronous = NORMAL")
            self._db.execute("PRAGMA foreign_keys = ON")
            for name, arguments, function in FUNCTIONS:
                self._db.create_function(name, arguments, function, deterministic=True)
            self._db.execute(view(stored, shown))
        except sqlite3.Error as error:
            raise StoreError(f"{database}: {error}") from error

    def _create(self, database: Path | None) -> None:
        (application,) = self._db.execute("PRAGMA application_id").fetchone()
        (version,) = self._db.execute("PRAGMA user_version").fetchone()
        (tables,) = self._db.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if (application, version) == (APPLICATION_ID, SCHEMA_VERSION):
            return
        if application == APPLICATION_ID:
            raise StoreError(
                f"{database} was made by another version of the sandbox (its schema is {version}, "
                f"this one's is {SCHEMA_VERSION}). Use another file, or delete it."
            )
        if application or version or tables:
            raise StoreError(f"{database} is the database of another program. Use another file.")
        for statement in _SCHEMA.split(";"):
            self._db.execute(statement)

    def _add_columns(self, stored: Mapping[str, str]) -> None:
        """Add the columns that the table lacks: all of them at first, a new field of the document later."""
        there = {row[1] for row in self._db.execute("PRAGMA table_info(customer)")}
        for name, json_type in stored.items():
            if name not in there:
                self._db.execute(f'ALTER TABLE customer ADD COLUMN "{name}" {_SQL_TYPES[json_type]}')

    @contextmanager
    def transaction(self, *, write: bool = True) -> Generator[None]:
        """Run a block in one transaction: committed if it ends, rolled back if it raises.

        Args:
            write: whether the block may write. One that only reads does not wait for the writer of another process.

        Raises:
            StoreError: another process writes, and did not end in time. Nothing was done.
        """
        try:
            self._db.execute("BEGIN IMMEDIATE" if write else "BEGIN")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode == sqlite3.SQLITE_BUSY:
                raise StoreError(f"another process has held its lock for {_PATIENCE} seconds") from error
            raise
        try:
            yield
            self._db.execute("COMMIT")
        except BaseException:
            if self._db.in_transaction:  # some failures, such as a full disk, have rolled it back already
                self._db.execute("ROLLBACK")
            raise

    def written(self) -> int:
        """How many rows were written since the database was opened, those of a transaction that goes on included."""
        return self._db.total_changes

    def insert(self, fields: Fields) -> int:
        """Add a customer; the result is its new ID. IDs are never used again."""
        names = ", ".join(f'"{name}"' for name in fields)
        marks = ", ".join("?" * len(fields))
        cursor = self._db.execute(f"INSERT INTO customer ({names}) VALUES ({marks})", _cells(fields))  # noqa: S608  names of the document
        assert cursor.lastrowid is not None  # noqa: S101  true after every INSERT
        return cursor.lastrowid

    def change(self, customer_id: int, fields: Fields) -> None:
        """Store fields of a customer that is there, and leave its others as they are."""
        self._db.execute(_update(tuple(fields)), (*_cells(fields), customer_id))

    def delete(self, customer_id: int) -> None:
        """Delete a customer that nobody has as a parent, with its payments. Its external key stays used."""
        self._db.execute("DELETE FROM payment WHERE ? IN (customer_id, paid_by)", (customer_id,))
        self._db.execute(
            "INSERT INTO spent_external_key SELECT external_key, customer_id FROM customer "
            "WHERE customer_id = ? AND external_key <> ''",
            (customer_id,),
        )
        self._db.execute("DELETE FROM customer WHERE customer_id = ?", (customer_id,))

    def part(self, customer_id: int, names: Sequence[str]) -> tuple[Any, ...] | None:
        """Some stored fields of a customer, or None if there is none."""
        columns = ", ".join(f'"{name}"' for name in names)
        row: tuple[Any, ...] | None = self._db.execute(
            f"SELECT {columns} FROM customer WHERE customer_id = ?",  # noqa: S608  names of the document
            (customer_id,),
        ).fetchone()
        return row

    def find(self, condition: str, values: Sequence[object], rest: str = "") -> list[Fields]:
        """The customers, as an answer has them, for which a condition in SQL holds.

        Args:
            condition: over the columns of ``shown_customer``, with marks for the values.
            values: those of the condition and of ``rest``.
            rest: what follows the condition: order, limit, offset.
        """
        rows = self._db.execute(f"SELECT * FROM shown_customer WHERE {condition} {rest}", values)  # noqa: S608  no value is in the text
        return [self._fields(row) for row in rows]

    def count(self, condition: str, values: Sequence[object]) -> int:
        """How many customers there are for which a condition in SQL holds; see ``find``."""
        query = f"SELECT count(*) FROM shown_customer WHERE {condition}"  # noqa: S608  no value is in the text
        (number,) = self._db.execute(query, values).fetchone()
        return int(number)

    def id_of(self, name: str, value: str) -> int | None:
        """The ID of the customer that has an external key or a token, or None."""
        query = f'SELECT customer_id FROM customer WHERE "{name}" = ?'  # noqa: S608  not from a request
        row = self._db.execute(query, (value,)).fetchone()
        return row[0] if row else None

    def former_holder(self, external_key: str) -> int | None:
        """The ID of the customer that was deleted while it had an external key, or None."""
        query = "SELECT customer_id FROM spent_external_key WHERE external_key = ?"
        row = self._db.execute(query, (external_key,)).fetchone()
        return row[0] if row else None

    def a_child(self, customer_id: int) -> int | None:
        """The ID of one of the customers that have this one as their parent, or None."""
        query = "SELECT customer_id FROM customer WHERE parent_customer_id = ? ORDER BY customer_id LIMIT 1"
        row = self._db.execute(query, (customer_id,)).fetchone()
        return row[0] if row else None

    def ancestors(self, customer_id: int) -> set[int]:
        """The IDs of a customer's parent, of its parent, and so on."""
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
        """Record that one customer has paid for another; the result is the payment's ID."""
        cursor = self._db.execute("INSERT INTO payment (customer_id, paid_by) VALUES (?, ?)", (customer_id, paid_by))
        assert cursor.lastrowid is not None  # noqa: S101  true after every INSERT
        return cursor.lastrowid

    def has_paid_for(self, paid_by: int, customer_id: int) -> bool:
        """Whether one customer has ever paid for another."""
        query = "SELECT EXISTS (SELECT 1 FROM payment WHERE customer_id = ? AND paid_by = ?)"
        return bool(self._db.execute(query, (customer_id, paid_by)).fetchone()[0])

    def clear(self) -> None:
        """Delete everything; IDs start at 1 again."""
        # The last reference to a row must go before the row: payments, links to parents, customers.
        self._db.execute("DELETE FROM payment")
        self._db.execute("UPDATE customer SET parent_customer_id = NULL WHERE parent_customer_id IS NOT NULL")
        self._db.execute("DELETE FROM customer")
        self._db.execute("DELETE FROM spent_external_key")
        self._db.execute("DELETE FROM sqlite_sequence")

    def close(self) -> None:
        """Close the database. May be called more than once."""
        self._db.close()

    def _fields(self, row: tuple[Any, ...]) -> Fields:
        fields = dict(zip(self._names, row, strict=True))
        for name in self._flags:
            if fields[name] is not None:
                fields[name] = fields[name] != 0
        for name in self._lists:
            if fields[name] is not None:
                fields[name] = orjson.loads(fields[name])
        return fields


def _cells(fields: Fields) -> list[object]:
    return [orjson.dumps(value).decode() if isinstance(value, list) else value for value in fields.values()]


@lru_cache(1024)
def _update(names: tuple[str, ...]) -> str:
    columns = ", ".join(f'"{name}" = ?' for name in names)
    return f"UPDATE customer SET {columns} WHERE customer_id = ?"  # noqa: S608  names of the document
