"""What goes wrong with a plan, besides what goes wrong with requests."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from chargeover._errors import ChargeOverError


class PlanError(ChargeOverError, ValueError):
    """A plan cannot be made, read or applied. The message says why and what to do; nothing was sent for it."""


class InvalidRow(NamedTuple):
    """A row that cannot be planned.

    Attributes:
        line: its line in the input, from 1.
        reason: what is wrong with it, with the column, and what would be right.
    """

    line: int
    reason: str


class InvalidRowsError(PlanError):
    """Rows that cannot be planned. No plan was made; ``skip_invalid=True`` makes one without them.

    Attributes:
        count: how many there are.
        rows: the first hundred of them, in the order of the input.
    """

    def __init__(self, count: int, rows: Sequence[InvalidRow]) -> None:
        self.count = count
        self.rows = tuple(rows)
        first = rows[0]
        number = "1 row is" if count == 1 else f"{count:,} rows are"
        super().__init__(f"{number} not valid, the first in line {first.line}: {first.reason} No plan was made.")

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.count, self.rows)
