"""What the rows want, before it is known what ChargeOver has: temporary tables, so that memory stays constant."""

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from chargeover.sync._rows import Problem, Row
from chargeover.sync._store.files import run_script
from chargeover.sync._store.values import decoded, encoded

from .checking import checked_row
from .keys import Key, folded

_BATCH = 1000
_TABLES = """
CREATE TEMP TABLE wanted (input INTEGER PRIMARY KEY, key, folded TEXT, fields TEXT NOT NULL);
CREATE TEMP TABLE refused (input INTEGER NOT NULL, reason TEXT NOT NULL);
"""
_LINE = "(SELECT line FROM inputs WHERE inputs.input = other.input)"
_DOUBLED = f"""
INSERT INTO temp.refused
SELECT one.input, ? || (
    SELECT {_LINE} FROM wanted AS other
    WHERE other.folded IS one.folded AND other.key = one.key AND other.input != one.input
    ORDER BY other.input LIMIT 1
) || '.'
FROM (SELECT folded, key FROM wanted GROUP BY folded, key HAVING count(*) > 1) AS doubled
JOIN wanted AS one ON one.folded IS doubled.folded AND one.key = doubled.key
"""  # noqa: S608  constants
_NEARLY_DOUBLED = f"""
INSERT INTO notices (input, field, text)
SELECT one.input, ?, 'it differs from the key in line ' || (
    SELECT {_LINE} FROM wanted AS other
    WHERE other.folded = one.folded AND other.key != one.key
    ORDER BY other.input LIMIT 1
) || ' in case, spaces or the form of Unicode only.'
FROM (SELECT folded FROM wanted GROUP BY folded HAVING count(DISTINCT key) > 1) AS doubled
JOIN wanted AS one ON one.folded = doubled.folded
ORDER BY one.input
"""  # noqa: S608  constants


@dataclass(frozen=True, slots=True)
class Wanted:
    """What one row asks for.

    Attributes:
        input: the number of the row, from 1.
        key: its key.
        fields: the JSON values by field.
    """

    input: int
    key: str | int
    fields: dict[str, Any]


class Staging:
    """The rows of a plan that is being made.

    Args:
        connection: the plan's.
        key: the field that names a customer.
        creates: whether customers may be created.
    """

    def __init__(self, connection: sqlite3.Connection, key: Key, *, creates: bool) -> None:
        self._connection = connection
        self._key: Key = key
        self._creates = creates
        run_script(connection, _TABLES)
        self.count = 0
        """How many rows have been taken, including invalid ones."""
        self.columns: dict[str, None] = {}
        """The names of all columns, in the order in which they were seen."""
        self.with_unlisted = 0
        """How many rows want a field that the rows of a list lack."""

    def take(self, rows: Iterable[Row], unlisted: frozenset[str]) -> Iterator[int]:
        """Take all rows; gives the number taken so far, now and then.

        Args:
            rows: the rows, read once.
            unlisted: fields that the rows of a list lack.
        """
        source = iter(rows)
        while batch := list(islice(source, _BATCH)):
            self._take(batch, unlisted)
            yield self.count

    def _take(self, batch: list[Row], unlisted: frozenset[str]) -> None:
        inputs: list[tuple[int, int, str]] = []
        wanted: list[tuple[int, str | int, str | None, str]] = []
        refused: list[tuple[int, str]] = []
        for number, row in enumerate(batch, self.count + 1):
            inputs.append((number, row.line, encoded(dict(row.columns))))
            self.columns.update(dict.fromkeys(row.columns))
            checked = checked_row(row, self._key, creates=self._creates)
            if checked.problems:
                refused.extend((number, described(problem)) for problem in checked.problems)
            key, fields = checked.key, checked.fields
            if key is None:
                continue
            wanted.append((number, key, folded(key) if isinstance(key, str) else None, encoded(fields)))
            self.with_unlisted += not unlisted.isdisjoint(fields)
        self.count += len(batch)
        self._connection.executemany("INSERT INTO inputs VALUES (?, ?, ?)", inputs)
        self._connection.executemany("INSERT INTO wanted VALUES (?, ?, ?, ?)", wanted)
        self._connection.executemany("INSERT INTO refused VALUES (?, ?)", refused)

    def check_keys(self) -> None:
        """Refuse rows with the same key, and note those whose keys an eye takes for the same."""
        execute = self._connection.execute
        execute("CREATE INDEX temp.wanted_by_key ON wanted (folded, key)")
        execute(_DOUBLED, (f"{self._key}: it is also the key of line ",))
        execute("DELETE FROM wanted WHERE input IN (SELECT input FROM refused)")
        if self._key == "external_key":
            execute(_NEARLY_DOUBLED, (self._key,))

    def refuse(self, input_number: int, reason: str) -> None:
        """Note why a row is invalid."""
        self._connection.execute("INSERT INTO refused VALUES (?, ?)", (input_number, reason))

    def by_keys(self, keys: list[str]) -> list[Wanted]:
        """The rows whose external key is one of these, or looks like one of them."""
        marks = ",".join("?" * len(keys))
        query = f"SELECT input, key, fields FROM wanted WHERE folded IN ({marks})"  # noqa: S608  question marks alone
        return [*map(_wanted, self._connection.execute(query, [*map(folded, keys)]))]

    def by_ids(self, first: int, last: int) -> list[Wanted]:
        """The rows whose customer ID is in this range."""
        query = "SELECT input, key, fields FROM wanted WHERE folded IS NULL AND key BETWEEN ? AND ?"
        return [*map(_wanted, self._connection.execute(query, (first, last)))]

    def all(self) -> Iterator[Wanted]:
        """All rows that are valid so far, in the order of the input."""
        return self._paged("")

    def unmatched(self) -> Iterator[Wanted]:
        """The rows that no row of the plan was made of, in the order of the input."""
        return self._paged("AND NOT EXISTS (SELECT 1 FROM rows WHERE rows.input = wanted.input)")

    def _paged(self, condition: str) -> Iterator[Wanted]:
        query = f"SELECT input, key, fields FROM wanted WHERE input > ? {condition} ORDER BY input LIMIT {_BATCH}"  # noqa: S608  constants
        last = 0
        while found := [*map(_wanted, self._connection.execute(query, (last,)))]:
            yield from found
            last = found[-1].input


def _wanted(found: tuple[int, str | int, str]) -> Wanted:
    number, key, fields = found
    return Wanted(number, key, decoded(fields))


def described(problem: Problem) -> str:
    """The problem as one sentence that begins with its column."""
    if not problem.column or problem.reason.startswith(problem.column):
        return problem.reason
    return f"{problem.column}: {problem.reason}"
