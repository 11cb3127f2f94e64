"""The rows that a benchmark gives, and the tables that they are printed as."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Self

from rounds import Spread

_HEAD = ("benchmark", "measured", "median", "min", "max", "target", "")
_COMPARED = ("benchmark", "measured", "before", "now", "now / before", "95 % interval", "")


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

    @classmethod
    def of_json(cls, kept: Mapping[str, Any]) -> Self:
        """The row that ``as_json`` returned."""
        target = Target(**kept["target"]) if kept["target"] else None
        return cls(kept["benchmark"], kept["measured"], Spread(tuple(kept["values"])), target)

    def as_json(self) -> dict[str, Any]:
        """The row as a JSON object, with the value of each round."""
        target = asdict(self.target) if self.target else None
        return {
            "benchmark": self.benchmark,
            "measured": self.measured,
            "values": self.spread.values,
            "target": target,
        }

    def cells(self) -> tuple[str, ...]:
        """The texts of the columns."""
        numbers = (f"{value:.2f}" for value in (self.spread.median, self.spread.low, self.spread.high))
        verdict = self.target.verdict(self.spread.median) if self.target else ""
        return self.benchmark, self.measured, *numbers, str(self.target or ""), verdict

    def compared(self, earlier: Spread) -> tuple[str, ...]:
        """The texts of the columns beside an earlier run."""
        ratio, low, high = self.spread.over(earlier)
        is_clear = low > 1 or high < 1
        numbers = f"{earlier.median:.2f}", f"{self.spread.median:.2f}", f"{ratio:.3f}", f"{low:.3f} to {high:.3f}"
        return self.benchmark, self.measured, *numbers, "changed" if is_clear else ""


def rendered(rows: Sequence[Row]) -> str:
    """The rows as plain text, with the columns aligned."""
    return _aligned([_HEAD, *(row.cells() for row in rows)], slice(2, 5))


def rendered_comparison(rows: Sequence[Row], earlier: Sequence[Row]) -> str:
    """The rows that an earlier run has too, beside it."""
    before = {(row.benchmark, row.measured): row.spread for row in earlier}
    both = [(row, before[row.benchmark, row.measured]) for row in rows if (row.benchmark, row.measured) in before]
    return _aligned([_COMPARED, *(row.compared(spread) for row, spread in both)], slice(2, 6))


def _aligned(lines: Sequence[Sequence[str]], numbers: slice) -> str:
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    right = range(*numbers.indices(len(widths)))
    return "\n".join(
        "  ".join(
            cell.rjust(width) if column in right else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(cells, widths, strict=True))
        ).rstrip()
        for cells in lines
    )
