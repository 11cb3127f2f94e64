"""Draw the ratios of a run: docs/benchmarks-light.svg and docs/benchmarks-dark.svg.

python benchmarks/picture.py FILE
"""

import json
import sys
from pathlib import Path

import matplotlib as mpl
import matplotlib.pyplot as plt
from table import Row

_DOCS = Path(__file__).resolve().parent.parent / "docs"
_COLOURS = {"light": ("#1f2328", "#0969da", "#d0d7de"), "dark": ("#e6edf3", "#58a6ff", "#484f58")}
_NO_SPEED = ("peak of memory", "megabytes", "milliseconds", "seconds")


def main() -> None:
    """Write both pictures."""
    kept = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    rows = [row for row in map(Row.of_json, kept["rows"]) if row.target and not row.measured.startswith(_NO_SPEED)]
    # The text stays text, and the same run gives the same bytes.
    mpl.rcParams |= {"svg.fonttype": "none", "svg.hashsalt": "benchmarks", "font.family": "sans-serif"}
    for name, colours in _COLOURS.items():
        _draw(rows, _DOCS / f"benchmarks-{name}.svg", *colours)


def _draw(rows: list[Row], file: Path, ink: str, mark: str, line: str) -> None:
    figure, axes = plt.subplots(figsize=(8, 0.42 * len(rows) + 1.1), layout="constrained")
    for place, row in enumerate(rows):
        low, middle, high = (_speed(row, value) for value in (row.spread.low, row.spread.median, row.spread.high))
        axes.plot((low, high), (place, place), color=mark, linewidth=3, alpha=0.4, solid_capstyle="round")
        axes.plot(middle, place, "o", color=mark)
        axes.annotate(
            f"{middle:.3g}", (middle, place), (0, 6), textcoords="offset points", color=ink, ha="center", size=8
        )
    axes.axvline(1, color=ink, linewidth=1)
    axes.set_xscale("log")
    axes.set_xticks((0.25, 1, 4, 16, 64, 256), labels=("¼", "1", "4", "16", "64", "256"))
    axes.set_xticks((), minor=True)
    axes.set_yticks(range(len(rows)), labels=[row.measured.removeprefix("time of ").strip() for row in rows])
    axes.set_xlabel("times as fast as its peer", color=ink)
    axes.invert_yaxis()
    axes.tick_params(colors=ink, length=0)
    axes.grid(axis="x", color=line, linewidth=0.6)
    axes.set_axisbelow(True)
    for side in axes.spines.values():
        side.set_visible(False)
    figure.savefig(file, transparent=True, metadata={"Date": None})
    plt.close(figure)


def _speed(row: Row, value: float) -> float:
    """How many times as fast: of a ratio of times that should be small, the inverse."""
    assert row.target
    return 1 / value if row.target.at_most else value


if __name__ == "__main__":
    main()
