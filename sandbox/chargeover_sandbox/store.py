"""The sandbox's state: one SQLite database, in a file or in memory."""

import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import orjson

APPLICATION_ID = 0x43686F76
SCHEMA_VERSION = 1
_SCHEMA = f"""
CREATE TABLE customer (
    customer_id        INTEGER PRIMARY KEY AUTOINCREMENT,
    external_key       TEXT UNIQUE,
    parent_customer_id INTEGER REFERENCES customer,
    fields             TEXT NOT NULL
) STRICT;
CREATE TABLE payment (
    payment_id  INTEGER PRIMARY KEY AUTOINCREMENT,
    customer_id INTEGER NOT NULL REFERENCES customer,
    paid_by     INTEGER NOT NULL REFERENCES customer
) STRICT;
CREATE INDEX payment_of ON payment (customer_id, paid_by);
PRAGMA application_id = {APPLICATION_ID};
PRAGMA user_version = {SCHEMA_VERSION};
"""

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

    Raises:
        StoreError: the file is no database, or one of another version.
    """

    def __init__(self, database: Path | None = None) -> None:
        try:
            # Only ever used by the thread that runs the event loop; it may be another one than the one that made it.
            self._db = sqlite3.connect(database or ":memory:", isolation_level=None, check_same_thread=False)
            self._db.execute(f"PRAGMA busy_timeout = {_PATIENCE * 1000}")
            self._create(database)
            self._db.execute("PRAGMA journal_mode = WAL")
            # Survives the death of the process; only the death of the whole machine can take the last commits along.
            self._db.execute("PRAGMA synchronous = NORMAL")
            self._db.execute("PRAGMA foreign_keys = ON")
        except sqlite3.Error as error:
            raise StoreError(f"{database}: {error}") from error

    def _create(self, database: Path | None) -> None:
        with self.transaction():
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

    def insert(self, fields: Fields) -> int:
        """Add a customer; the result is its new ID. IDs are never used again."""
        cursor = self._db.execute(
            "INSERT INTO customer (external_key, parent_customer_id, fields) VALUES (?, ?, ?)",
            (*_keys(fields), _text(fields)),
        )
        assert cursor.lastrowid is not None  # noqa: S101  true after every INSERT
        return cursor.lastrowid

    def find(self, customer_id: int) -> Fields | None:
        """The stored fields of a customer, or None."""
        row = self._db.execute("SELECT fields FROM customer WHERE customer_id = ?", (customer_id,)).fetchone()
        return orjson.loads(row[0]) if row else None

    def replace(self, customer_id: int, current: Fields, fields: Fields) -> None:
        """Store all fields of a customer that is there, in place of the current ones."""
        self._db.execute("UPDATE customer SET fields = ? WHERE customer_id = ?", (_text(fields), customer_id))
        keys = _keys(fields)
        if keys != _keys(current):
            # Only then: naming an indexed column writes its index again at every commit, for the same value too.
            self._db.execute(
                "UPDATE customer SET external_key = ?, parent_customer_id = ? WHERE customer_id = ?",
                (*keys, customer_id),
            )

    def id_of_external_key(self, external_key: str) -> int | None:
        """The ID of the customer that has an external key, or None."""
        row = self._db.execute("SELECT customer_id FROM customer WHERE external_key = ?", (external_key,)).fetchone()
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
        self._db.execute("UPDATE customer SET parent_customer_id = NULL")
        self._db.execute("DELETE FROM customer")
        self._db.execute("DELETE FROM sqlite_sequence")

    def close(self) -> None:
        """Close the database. May be called more than once."""
        self._db.close()


def _text(fields: Fields) -> str:
    return orjson.dumps(fields).decode()


def _keys(fields: Fields) -> tuple[str | None, int | None]:
    """The fields that have a column of their own. An empty external key is no key: two customers may have it."""
    return fields.get("external_key") or None, fields.get("parent_customer_id")
