"""Who wants to hear of which event: a table of the sandbox's database, and what the command line names."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from chargeover_sandbox.storage.database import Database

EVENTS = ("insert", "update", "delete")
"""What can happen to an object (docs)."""
MOST = 100
"""Subscriptions that the sandbox keeps."""

_TABLE = """
CREATE TABLE IF NOT EXISTS webhook (
    webhook_id INTEGER PRIMARY KEY,
    url        TEXT NOT NULL,
    events     TEXT NOT NULL,
    secret     TEXT NOT NULL
) STRICT
"""
_ALL = "SELECT webhook_id, url, events, secret FROM webhook ORDER BY webhook_id"


@dataclass(frozen=True, slots=True)
class Subscription:
    """One address, and what is sent to it.

    Attributes:
        webhook_id: None for one of the command line, which stays.
        url: the address.
        events: some of ``EVENTS``.
        secret: what the receiver knows the sandbox by.
    """

    webhook_id: int | None
    url: str
    events: tuple[str, ...]
    secret: str


class Subscriptions:
    """The subscriptions. Every method runs in a transaction that the caller began.

    Args:
        database: the database; the table is added to a file that lacks it.
        lasting: those that stay when everything is deleted.

    Raises:
        StoreError: the database cannot be used.
    """

    def __init__(self, database: Database, lasting: Sequence[Subscription]) -> None:
        self._db = database.connection
        self._database = database
        self._lasting = tuple(lasting)
        self._known: list[Subscription] = []
        self._known_at = -1
        with database.usable(), database.transaction():
            _complete(self._db)
        database.complete.append(_complete)

    def all(self) -> list[Subscription]:
        """All of them. They are read again when they may have changed: another process may share the file."""
        if self._known_at != self._database.version:
            rows = self._db.execute(_ALL).fetchall()
            found = (Subscription(number, url, tuple(events.split()), key) for number, url, events, key in rows)
            self._known, self._known_at = [*self._lasting, *found], self._database.version
        return self._known

    def wanting(self, event: str) -> list[Subscription]:
        """Those of an event."""
        return [one for one in self.all() if event in one.events]

    def add(self, url: str, events: Sequence[str], secret: str) -> int:
        """Add one and return its ID; that of the same one if it is there already.

        Raises:
            ValueError: there are too many.
        """
        self._known_at = -1
        wanted = " ".join(sorted({*events}, key=EVENTS.index))
        found = self._db.execute(
            "SELECT webhook_id FROM webhook WHERE (url, events, secret) = (?, ?, ?)", (url, wanted, secret)
        ).fetchone()
        if found:
            return int(found[0])
        if self._db.execute("SELECT count(*) FROM webhook").fetchone()[0] >= MOST:
            raise ValueError(f"the sandbox keeps at most {MOST} webhooks; remove one, or reset it")
        cursor = self._db.execute("INSERT INTO webhook (url, events, secret) VALUES (?, ?, ?)", (url, wanted, secret))
        assert cursor.lastrowid is not None  # noqa: S101  true after every INSERT
        return cursor.lastrowid

    def remove(self, webhook_id: int) -> bool:
        """Remove one; False if there is none with this ID."""
        self._known_at = -1
        return self._db.execute("DELETE FROM webhook WHERE webhook_id = ?", (webhook_id,)).rowcount > 0

    def clear(self) -> None:
        """Remove all except those that stay."""
        self._known_at = -1
        self._db.execute("DELETE FROM webhook")


def _complete(connection: sqlite3.Connection) -> None:
    connection.execute(_TABLE)
