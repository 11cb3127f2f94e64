"""Named copies of a database: in a file beside its own, or in memory with it."""

import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from .database import Database, open_copy

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
"""Unlike that of any other database of the sandbox, so that none is taken for another."""

_MOST_OPENED = 2
"""Of a file, as many copies stay open in memory: usually the seed and one snapshot."""


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


class _Opened(NamedTuple):
    copy: Copy
    connection: sqlite3.Connection


class Copies:
    """Copies of a database. Those of a file are there when it is opened again.

    Args:
        database: the database.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._file = None if database.file is None else Path(f"{database.file}{ENDING}")
        self._store: Database | None = None
        # By name: of a database in memory all copies, of a file those that were used last.
        self._opened: dict[str, _Opened] = {}

    def keep(self, name: str, content: bytes, *, put_back: bool = False) -> Copy:
        """Keep what ``Database.copied`` returned, in place of a copy of the same name.

        Args:
            name: its name.
            content: the copy.
            put_back: whether the database is replaced by it as well. If that fails, it is not kept.

        Raises:
            StoreError: the file or that of the copies cannot be written.
        """
        copy = Copy(name, datetime.now(UTC).isoformat(timespec="microseconds"), len(content))
        opened = _Opened(copy, open_copy(content))
        try:
            if self._file is None:
                if put_back:
                    self._database.replace(opened.connection)
            else:
                store = self._stored(self._file)
                with store.transaction():
                    store.connection.execute("REPLACE INTO copy VALUES (?, ?, ?)", (name, copy.taken, content))
                    if put_back:
                        self._database.replace(opened.connection)
        except BaseException:
            opened.connection.close()
            raise
        self._remember(opened)
        return copy

    def all(self) -> list[Copy]:
        """All copies, the oldest first.

        Raises:
            StoreError: the file cannot be read.
        """
        if self._file is None:
            return [opened.copy for opened in self._opened.values()]
        if not self._file.exists():
            return []
        store = self._stored(self._file)
        with store.transaction(write=False):
            rows = store.connection.execute("SELECT name, taken, length(content) FROM copy ORDER BY taken, name")
            return [Copy(*row) for row in rows]

    def put_back(self, name: str) -> bool:
        """Replace the database by a copy, as a whole or not at all; false if there is no such copy.

        Raises:
            StoreError: the file or that of the copies cannot be used.
        """
        copy = next((copy for copy in self.all() if copy.name == name), None)
        if copy is None:
            return False
        if self._file and (name not in self._opened or self._opened[name].copy != copy):
            self._open(self._file, copy)
        # Never by deserialize(): the statements that the connection has prepared would go on with the old pages.
        self._database.replace(self._opened[name].connection)
        return True

    def delete(self, name: str) -> bool:
        """Delete a copy; false if there is no such copy.

        Raises:
            StoreError: the file cannot be written.
        """
        if self._file and self._file.exists():
            store = self._stored(self._file)
            with store.transaction():
                return store.connection.execute("DELETE FROM copy WHERE name = ?", (name,)).rowcount > 0
        return self._close(name)

    def close(self) -> None:
        """Close the file, and free the memory. May be called more than once."""
        for name in tuple(self._opened):
            self._close(name)
        if self._store:
            self._store.close()

    def _open(self, file: Path, copy: Copy) -> None:
        store = self._stored(file)
        with store.transaction(write=False):
            query = "SELECT content FROM copy WHERE name = ?"
            (content,) = store.connection.execute(query, (copy.name,)).fetchone()
        self._remember(_Opened(copy, open_copy(content)))

    def _remember(self, opened: _Opened) -> None:
        self._close(opened.copy.name)
        if self._file and len(self._opened) == _MOST_OPENED:
            self._close(next(iter(self._opened)))
        self._opened[opened.copy.name] = opened

    def _close(self, name: str) -> bool:
        opened = self._opened.pop(name, None)
        if opened:
            opened.connection.close()
        return opened is not None

    def _stored(self, file: Path) -> Database:
        if self._store is None:
            self._store = Database(file, _SCHEMA, _VERSION)
        return self._store
