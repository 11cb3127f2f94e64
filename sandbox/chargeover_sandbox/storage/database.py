"""The sandbox's state: one SQLite database, in a file or in memory."""

import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

APPLICATION_ID = 0x43686F76
"""Marks a file as a database of the sandbox."""

_LOCK_TIMEOUT = 5
"""Seconds to wait for another process that is writing."""


class StoreError(Exception):
    """The database cannot be used. The message says why."""


class Database:
    """A connection and its transactions.

    Every change happens inside ``transaction()``, which holds the database's write lock from its first read to its
    commit, so that two writers, in one process or in several, never overwrite each other's fields.

    Args:
        file: created if it does not exist; None for a database in memory.
        schema: the SQL that creates the tables of a new database.
        version: the version of this schema.

    Attributes:
        file: see above.
        connection: the SQLite connection, for the statements of a transaction.

    Raises:
        StoreError: the file is not a database of the sandbox, or its schema has another version.
    """

    def __init__(self, file: Path | None, schema: str, version: int) -> None:
        self.file = file
        with self.usable():
            # Only the thread that runs the event loop uses it, which may differ from the one that opened it.
            self.connection = sqlite3.connect(file or ":memory:", isolation_level=None, check_same_thread=False)
            self.connection.execute(f"PRAGMA busy_timeout = {_LOCK_TIMEOUT * 1000}")
            with self.transaction():
                self._create(schema, version)
            self.connection.execute("PRAGMA journal_mode = WAL")
            # Commits survive the death of the process; only a crash of the whole machine can lose the last of them.
            self.connection.execute("PRAGMA synchronous = NORMAL")
            self.connection.execute("PRAGMA foreign_keys = ON")

    def _create(self, schema: str, version: int) -> None:
        (application,) = self.connection.execute("PRAGMA application_id").fetchone()
        (found,) = self.connection.execute("PRAGMA user_version").fetchone()
        (tables,) = self.connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if (application, found) == (APPLICATION_ID, version):
            return
        if application == APPLICATION_ID:
            raise StoreError(
                f"{self.file} was made by another version of the sandbox (its schema is {found}, "
                f"this one's is {version}). Use another file, or delete it."
            )
        if application or found or tables:
            raise StoreError(f"{self.file} is the database of another program. Use another file.")
        for statement in schema.split(";"):
            self.connection.execute(statement)
        self.connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        self.connection.execute(f"PRAGMA user_version = {version}")

    @contextmanager
    def usable(self) -> Generator[None]:
        """Run a block of the set-up, in which every failure of SQLite means that the database cannot be used.

        Raises:
            StoreError: SQLite has failed.
        """
        try:
            yield
        except sqlite3.Error as error:
            raise StoreError(f"{self.file}: {error}") from error

    @contextmanager
    def transaction(self, *, write: bool = True) -> Generator[None]:
        """Run a block in one transaction: committed if the block ends, rolled back if it raises.

        Args:
            write: whether the block may write. A block that only reads does not wait for a writer in another process.

        Raises:
            StoreError: another process is writing and did not finish in time. Nothing was done.
        """
        try:
            self.connection.execute("BEGIN IMMEDIATE" if write else "BEGIN")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode == sqlite3.SQLITE_BUSY:
                raise StoreError(f"another process has held its lock for {_LOCK_TIMEOUT} seconds") from error
            raise
        try:
            yield
            self.connection.execute("COMMIT")
        except BaseException:
            if self.connection.in_transaction:  # some failures, such as a full disk, have rolled it back already
                self.connection.execute("ROLLBACK")
            raise

    def rows_written(self) -> int:
        """How many rows were written since the database was opened, including those of an open transaction."""
        return self.connection.total_changes

    def close(self) -> None:
        """Close the database. May be called more than once."""
        self.connection.close()
