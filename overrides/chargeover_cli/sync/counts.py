"""How many rows a plan has, by what became of them, and what that means for the exit status."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from chargeover_cli import statuses
from chargeover_cli.output.json import dumps
from chargeover_cli.output.tables import Table
from chargeover_cli.terminal import say

if TYPE_CHECKING:
    from chargeover.sync import Notice, Plan, Status

_MOST_NOTICES = 20


def counts_of(status: "Status") -> dict[str, int]:
    """The counts by their names: all rows, each outcome that a row has, and new customers if there are any."""
    from chargeover.sync import Outcome

    outcomes = {name: status.counts[name] for name in Outcome.__args__ if name in status.counts}  # type: ignore[attr-defined]
    return {"rows": status.rows, **outcomes, **({"creations": status.creations} if status.creations else {})}


def write_counts(status: "Status", form: Literal["table", "json"]) -> None:
    """Write the counts on standard output."""
    counts = counts_of(status)
    if form == "json":
        print(dumps(counts))
        return
    Table(sys.stdout).write([(name, f"{number:,}") for name, number in counts.items()], has_head=False)


def say_notices(plan: "Plan") -> None:
    """Say the first notices of a plan on standard error, and where the others are."""
    number = 0
    for number, notice in enumerate(plan.notices, 1):
        if number <= _MOST_NOTICES:
            say(sentence_of(notice))
    if number > _MOST_NOTICES:
        say(f"Note: there are {number - _MOST_NOTICES:,} more notes. All of them: chargeover sync show {plan.path}")


def sentence_of(notice: "Notice") -> str:
    """A notice with its place. What is about a line is a warning."""
    place = [f"line {notice.line}"] if notice.line else []
    place += [notice.field] if notice.field and not notice.text.startswith("column ") else []
    return ": ".join(["Warning" if notice.line else "Note", *([", ".join(place)] if place else []), notice.text])


def say_private(path: Path) -> None:
    """Say that a plan was written, and what it holds."""
    say(f"Wrote {path}. It holds customer data; only you can read it (mode 0600).")


def status_of(status: "Status") -> int:
    """The exit status of an apply that has ended."""
    if status.left:
        return statuses.CONNECTION
    if status.rejected and status.rejected == status.counts.get("stale") and not status.done:
        return statuses.STALE
    return statuses.FAILED if status.rejected else statuses.DONE


def advice(plan: "Plan", status: "Status") -> Iterator[str]:
    """What to do next, as sentences."""
    if status.left:
        reason = next(
            (row.reason for row in plan if row.outcome in {"planned", "sending", "accepted"} and row.reason), ""
        )
        why = f" ({reason.rstrip('.')})" if reason else ""
        yield f"{_rows(status.left)} left, since requests failed{why}. The same command again does the rest."
    if status.rejected:
        verb = "needs" if status.rejected == 1 else "need"
        number = f"{status.rejected:,} row{'' if status.rejected == 1 else 's'} {verb}"
        yield f"{number} a person. With lines and reasons: chargeover sync rejects {plan.path} > fix.csv"


def _rows(number: int) -> str:
    return "1 row is" if number == 1 else f"{number:,} rows are"
