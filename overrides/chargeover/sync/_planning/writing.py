"""The rows of a plan, gathered and written in batches."""

import sqlite3
from collections.abc import Sequence

from chargeover.sync._store.schema import Outcome

from .comparing import PlannedChange

_BATCH = 1000
_ROW = "INSERT INTO rows (row, input, key, customer_id, action, outcome, reason) VALUES (?, ?, ?, ?, ?, ?, ?)"
_CHANGE = "INSERT INTO changes (row, field, old, new) VALUES (?, ?, ?, ?)"
_NOTICE = "INSERT INTO notices (input, field, text) VALUES (?, ?, ?)"


class Writer:
    """Writes rows in the order in which they are added: their numbers rise, from 1."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._rows: list[tuple[object, ...]] = []
        self._changes: list[tuple[object, ...]] = []
        self._notices: list[tuple[object, ...]] = []
        (self._count,) = connection.execute("SELECT coalesce(max(row), 0) FROM rows").fetchone()

    def add(
        self,
        input_number: int,
        key: str | int | None,
        customer_id: int | None,
        action: str,
        outcome: Outcome,
        reason: str | None = None,
        changes: Sequence[PlannedChange] = (),
    ) -> None:
        """Add a row and its changes."""
        self._count += 1
        text = None if key is None else str(key)
        self._rows.append((self._count, input_number, text, customer_id, action, outcome, reason))
        self._changes.extend((self._count, *change) for change in changes)
        if len(self._rows) >= _BATCH:
            self.flush()

    def notice(self, input_number: int | None, field: str | None, text: str) -> None:
        """Add something that a person should know."""
        self._notices.append((input_number, field, text))

    def flush(self) -> None:
        """Write what was added."""
        for statement, gathered in ((_ROW, self._rows), (_CHANGE, self._changes), (_NOTICE, self._notices)):
            self._connection.executemany(statement, gathered)
            gathered.clear()
