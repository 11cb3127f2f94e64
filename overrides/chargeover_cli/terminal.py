"""Standard output for results, standard error for everything else."""

import os
import sys
from collections.abc import Generator
from contextlib import contextmanager
from typing import IO, Any


def say(text: str) -> None:
    """Say something on standard error."""
    print(text, file=sys.stderr, flush=True)


def is_terminal(stream: IO[Any]) -> bool:
    """Whether a person sees what is written."""
    try:
        return stream.isatty()
    except ValueError:  # closed
        return False


def prepare() -> None:
    """Let every character through: files are UTF-8, a terminal gets what it can show, the rest as escapes."""
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by whoever started the process
            setattr(sys, name, open(os.devnull, "r" if name == "stdin" else "w", encoding="utf-8"))  # noqa: PTH123, SIM115
    if reconfigure := getattr(sys.stdin, "reconfigure", None):
        reconfigure(encoding="utf-8")
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)  # a stand-in may lack it
        if reconfigure and is_terminal(stream):
            reconfigure(errors="backslashreplace")
        elif reconfigure:
            reconfigure(encoding="utf-8", errors="backslashreplace", newline="")


def forget_output() -> None:
    """Leave nothing to be written at the end of the process: the reader went away."""
    try:
        silence = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silence, sys.stdout.fileno())
        os.close(silence)
    except (OSError, ValueError):
        pass


class Counting:
    """Counts rows while they come."""

    def __init__(self) -> None:
        self.count = 0

    def add(self, number: int) -> None:
        """Note that so many more have come."""
        self.count += number


@contextmanager
def counting(what: str, total: int | None, is_shown: bool) -> Generator[Counting]:
    """Count rows, and show their number on standard error while they come.

    Args:
        what: what is being done.
        total: how many rows are expected; None if that is not known.
        is_shown: whether it is shown.
    """
    if not is_shown:
        yield Counting()
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(what, total=total)

        class Shown(Counting):
            def add(self, number: int) -> None:
                super().add(number)
                progress.update(task, completed=self.count)

        yield Shown()
