"""Named copies of a database, which are kept beside its file, or in memory with it."""

from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from .database import Database

ENDING = ".copies"
"""What the name of the file with the copies has behind that of the database."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS copy (
    name    TEXT PRIMARY KEY,
    taken   TEXT NOT NULL,
    content BLOB NOT NULL
) STRICT
"""
_VERSION = 1001
"""Unlike that of any database of customers, so that neither file is taken for the other."""


class Copy(NamedTuple):
    """A copy, without its content.

    Attributes:
        name: its name.
        taken: when it was taken, in UTC.
        size: the number of its bytes.
    """

    name: str
    taken: str
    size: int


class Copies:
    """Copies of a database. They are there when the database is opened again, if it is in a file.

    Args:
        database: the database.
    """

    def __init__(self, database: Database) -> None:
        self._file = None if database.file is None else Path(f"{database.file}{ENDING}")
        self._opened: Database | None = None

    def keep(self, name: str, content: bytes) -> Copy:
        """Keep a copy, in place of one of the same name.

        Raises:
            StoreError: the file cannot be written.
        """
        taken = datetime.now(UTC).isoformat(timespec="microseconds")
        database = self._database()
        with database.transaction():
            database.connection.execute("REPLACE INTO copy VALUES (?, ?, ?)", (name, taken, content))
        return Copy(name, taken, len(content))

    def content(self, name: str) -> bytes:
        """The content of a copy.

        Raises:
            KeyError: there is no such copy.
            StoreError: the file cannot be read.
        """
        if not self._is_missing():
            database = self._database()
            with database.transaction(write=False):
                row = database.connection.execute("SELECT content FROM copy WHERE name = ?", (name,)).fetchone()
            if row:
                content: bytes = row[0]
                return content
        raise KeyError(name)

    def taken(self, name: str) -> str | None:
        """When a copy was taken; None if there is no such copy.

        Raises:
            StoreError: the file cannot be read.
        """
        return next((copy.taken for copy in self.all() if copy.name == name), None)

    def all(self) -> list[Copy]:
        """All copies, the oldest first.

        Raises:
            StoreError: the file cannot be read.
        """
        if self._is_missing():
            return []
        database = self._database()
        query = "SELECT name, taken, length(content) FROM copy ORDER BY taken, name"
        with database.transaction(write=False):
            return [Copy(*row) for row in database.connection.execute(query)]

    def delete(self, name: str) -> bool:
        """Delete a copy; false if there is none of that name.

        Raises:
            StoreError: the file cannot be written.
        """
        if self._is_missing():
            return False
        database = self._database()
        with database.transaction():
            return database.connection.execute("DELETE FROM copy WHERE name = ?", (name,)).rowcount > 0

    def close(self) -> None:
        """Close the file. May be called more than once."""
        if self._opened:
            self._opened.close()

    def _is_missing(self) -> bool:
        """Whether no copy was ever kept: then there is no file, and none is made to look into it."""
        return self._opened is None and (self._file is None or not self._file.exists())

    def _database(self) -> Database:
        if self._opened is None:
            self._opened = Database(self._file, _SCHEMA, _VERSION)
        return self._opened
