"""How far a plan has come, on a terminal while it is made or applied."""

import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from chargeover_cli.terminal import is_terminal

if TYPE_CHECKING:
    from chargeover.sync import Progress

_NAMES = {"rows": "Reading rows", "customers": "Reading customers", "apply": "Applying"}


@contextmanager
def shown_progress() -> Generator["Callable[[Progress], object] | None"]:
    """What shows progress on standard error: bar, count, rate, time left, failures. None if that is not a terminal."""
    if not is_terminal(sys.stderr):
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn
    from rich.progress import Progress as Bars

    columns = (TextColumn("{task.description}"), BarColumn(bar_width=16), TextColumn("{task.fields[figures]}"))
    with Bars(*columns, console=Console(stderr=True), transient=True) as bars:
        tasks: dict[str, Any] = {}

        def show(progress: "Progress") -> None:
            if progress.phase not in tasks:
                tasks[progress.phase] = bars.add_task(_NAMES[progress.phase], total=progress.total, figures="")
            bars.update(
                tasks[progress.phase], completed=progress.done, total=progress.total, figures=figures_of(progress)
            )

        yield show


def figures_of(progress: "Progress") -> str:
    """The figures beside the bar."""
    parts = [f"{progress.done:,}" if progress.total is None else f"{progress.done:,}/{progress.total:,}"]
    parts.append(f"{progress.per_second:,.0f}/s")
    if progress.seconds_left is not None:
        parts.append(f"{timedelta(seconds=round(progress.seconds_left))} left")
    if progress.phase == "apply":
        parts.append(f"{progress.failed:,} failed")
    return "  ".join(parts)
