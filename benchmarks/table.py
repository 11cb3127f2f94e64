"""The rows that a benchmark gives, and the table that they are printed as."""

from collections.abc import Sequence
from dataclasses import dataclass

from rounds import Spread

_HEAD = ("benchmark", "measured", "median", "min", "max", "target", "")


@dataclass(frozen=True, slots=True)
class Target:
    """What the median is hoped to be."""

    limit: float
    at_most: bool

    def __str__(self) -> str:
        return f"{'<=' if self.at_most else '>='} {self.limit:.2f}"

    def verdict(self, median: float) -> str:
        """Whether a median is as hoped, in one word."""
        return "met" if (median <= self.limit if self.at_most else median >= self.limit) else "short"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table.

    Attributes:
        benchmark: the name of the benchmark, as on the command line.
        measured: what the numbers are.
        spread: the numbers.
        target: what the median is hoped to be; None for a line that is there for information.
    """

    benchmark: str
    measured: str
    spread: Spread
    target: Target | None = None

    def cells(self) -> tuple[str, ...]:
        """The texts of the columns."""
        numbers = (f"{value:.2f}" for value in (self.spread.median, self.spread.low, self.spread.high))
        verdict = self.target.verdict(self.spread.median) if self.target else ""
        return self.benchmark, self.measured, *numbers, str(self.target or ""), verdict


def rendered(rows: Sequence[Row]) -> str:
    """The rows as plain text, with the columns aligned."""
    lines = [_HEAD, *(row.cells() for row in rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(_line(cells, widths) for cells in lines)


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    names, numbers, rest = slice(0, 2), slice(2, 5), slice(5, None)
    parts = [text.ljust(width) for text, width in zip(cells[names], widths[names], strict=True)]
    parts += [text.rjust(width) for text, width in zip(cells[numbers], widths[numbers], strict=True)]
    parts += [text.ljust(width) for text, width in zip(cells[rest], widths[rest], strict=True)]
    return "  ".join(parts).rstrip()
