"""A plan as a program looks at it: its rows, its counts, what was rejected."""

import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, NamedTuple

from ._store.files import PlanPath, opened_plan, settings_of
from ._store.schema import LEFT, REJECTED, Outcome
from ._store.values import decoded

_PAGE = 1000
_ROWS = """
SELECT inputs.input, rows.row, inputs.line, rows.key, rows.customer_id, rows.action, rows.outcome, rows.reason
FROM inputs JOIN rows USING (input) WHERE inputs.input > ? AND inputs.input <= ? ORDER BY inputs.input, rows.row
"""
_CHANGES = """
SELECT changes.row, field, old, new, read_back FROM inputs JOIN rows USING (input) JOIN changes USING (row)
WHERE inputs.input > ? AND inputs.input <= ? ORDER BY changes.row, field
"""
_REJECTS = f"""
SELECT inputs.input, inputs.line, coalesce(rows.reason, ''), inputs.columns
FROM inputs JOIN rows USING (input)
WHERE inputs.input > ? AND rows.outcome IN ({", ".join(f"'{one}'" for one in REJECTED)})
ORDER BY inputs.input LIMIT {_PAGE}
"""  # noqa: S608  constants
_NOTICES = """
SELECT notice, line, field, text FROM notices LEFT JOIN inputs USING (input) WHERE notice > ? ORDER BY notice LIMIT ?
"""


class FieldChange(NamedTuple):
    """One field that is or was changed.

    Attributes:
        field: its name.
        old: its value when the plan was made; None if it was null, or the response lacked it.
        new: the value that is or was sent.
        read_back: its value after the change, which the service may have made from what was sent; None before.
    """

    field: str
    old: Any
    new: Any
    read_back: Any


class PlannedRow(NamedTuple):
    """One row of a plan.

    Attributes:
        line: its line in the input, from 1.
        key: the key that it has there; None if that is not valid.
        customer_id: the customer's ID; None if there is no such customer (yet).
        action: ``update``, ``create`` or ``none``.
        outcome: what became of it; see ``Outcome``.
        reason: why, where that needs a reason.
        changes: the fields, by name.
    """

    line: int
    key: str | None
    customer_id: int | None
    action: Literal["update", "create", "none"]
    outcome: Outcome
    reason: str | None
    changes: tuple[FieldChange, ...]


class Notice(NamedTuple):
    """Something that a person should know about a plan.

    Attributes:
        line: the line of the input that it is about; None if it is about all of it.
        field: the field, or None.
        text: a sentence.
    """

    line: int | None
    field: str | None
    text: str


class Reject(NamedTuple):
    """A row that needs a person: it is failed, stale, unclear, missing or invalid. ``write_rejects`` takes these.

    Attributes:
        line: its line in the input, from 1.
        reason: why.
        columns: all its columns, as they were read.
    """

    line: int
    reason: str
    columns: dict[str, str]


@dataclass(frozen=True, slots=True)
class Status:
    """How far one plan or several have come.

    Attributes:
        counts: the number of rows by outcome, without outcomes that no row has.
        creations: how many customers are to be created, or were.
    """

    counts: Mapping[Outcome, int]
    creations: int = 0

    @property
    def rows(self) -> int:
        """All rows."""
        return sum(self.counts.values())

    @property
    def left(self) -> int:
        """Rows that the next apply works on."""
        return sum(self.counts.get(one, 0) for one in LEFT)

    @property
    def done(self) -> int:
        """Rows whose customer was changed or created."""
        return self.counts.get("done", 0)

    @property
    def rejected(self) -> int:
        """Rows that need a person: refused, stale, unclear, missing or invalid."""
        return sum(self.counts.get(one, 0) for one in REJECTED)

    def __add__(self, other: "Status") -> "Status":
        both = dict(self.counts)
        for outcome, count in other.counts.items():
            both[outcome] = both.get(outcome, 0) + count
        return Status(both, self.creations + other.creations)


class Plan:
    """A plan: a file that says what would change, and what has become of it.

    Iterating gives its rows in the order of the input. It is read as it is at that moment, also while it is applied,
    and nothing is kept in memory.

    Args:
        path: the file.

    Attributes:
        path: the file.
        account_url: the address of the account that it is for.
        key: the field that names a customer.
        kind: ``sync``, or ``undo`` for a plan that puts values back.
        columns: the names of all columns of the input, in order, for ``write_rejects``.

    Raises:
        PlanError: there is no such file, or it is not a plan.
    """

    def __init__(self, path: PlanPath) -> None:
        self.path = Path(path)
        with opened_plan(path) as connection:
            settings = settings_of(connection)
        self.account_url = settings["account_url"]
        self.key = settings["key"]
        self.kind = settings["kind"]
        self.columns: list[str] = decoded(settings["columns"])

    def __fspath__(self) -> str:
        return str(self.path)

    def __repr__(self) -> str:
        return f"Plan({str(self.path)!r})"

    def __iter__(self) -> Iterator[PlannedRow]:
        with opened_plan(self) as connection:
            (last,) = connection.execute("SELECT coalesce(max(input), 0) FROM inputs").fetchone()
            # Page by page: a cursor that stays open would keep the file from being written.
            for first in range(0, last, _PAGE):
                yield from _rows(connection, (first, first + _PAGE))

    @property
    def notices(self) -> Iterator[Notice]:
        """What a person should know: keys that look alike, values that cannot be cleared or put back."""
        with opened_plan(self) as connection:
            last = 0
            while found := connection.execute(_NOTICES, (last, _PAGE)).fetchall():
                yield from (Notice(*rest) for _, *rest in found)
                last = found[-1][0]

    @property
    def status(self) -> Status:
        """How far it has come."""
        with opened_plan(self) as connection:
            return status_of(connection)


def status_of(connection: sqlite3.Connection) -> Status:
    """How far an opened plan has come; rows that were moved into other plans do not count."""
    counts = dict(connection.execute("SELECT outcome, count(*) FROM rows WHERE outcome != 'moved' GROUP BY outcome"))
    (creations,) = connection.execute(
        "SELECT count(*) FROM rows WHERE action = 'create' AND outcome != 'moved'"
    ).fetchone()
    return Status(counts, creations)


def _rows(connection: sqlite3.Connection, span: tuple[int, int]) -> Iterator[PlannedRow]:
    changes: dict[int, list[FieldChange]] = {}
    # Both in one transaction, so that they are of the same moment.
    connection.execute("BEGIN")
    found = connection.execute(_ROWS, span).fetchall()
    for row, field, old, new, read_back in connection.execute(_CHANGES, span):
        changes.setdefault(row, []).append(FieldChange(field, decoded(old), decoded(new), decoded(read_back)))
    connection.execute("COMMIT")
    for _, row, line, key, customer_id, action, outcome, reason in found:
        yield PlannedRow(line, key, customer_id, action, outcome, reason, tuple(changes.get(row, ())))


def status(*plans: PlanPath) -> Status:
    """How far plans have come, added up, such as the parts of one plan.

    Raises:
        PlanError: one of them does not exist or is not a plan.
    """
    return sum((Plan(one).status for one in plans), Status({}))


def rejects(plan: PlanPath) -> Iterator[Reject]:
    """The rows of a plan that need a person, in the order of the input, with all their columns.

    Args:
        plan: the plan, or its file.

    Raises:
        PlanError: it does not exist or is not a plan.
    """
    with opened_plan(plan) as connection:
        last = 0
        while found := connection.execute(_REJECTS, (last,)).fetchall():
            for _, line, reason, columns in found:
                yield Reject(line, reason, decoded(columns))
            last = found[-1][0]
