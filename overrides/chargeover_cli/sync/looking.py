"""``chargeover sync show`` and ``status``."""

import os
import sys
from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from chargeover_cli.inside import printable
from chargeover_cli.output.json import dumps
from chargeover_cli.output.rows import Rows
from chargeover_cli.terminal import is_terminal

from .counts import counts_of, sentence_of, write_counts
from .options import PlanFile, Summary

if TYPE_CHECKING:
    from chargeover.sync import FieldChange, Plan, PlannedRow

_LONGEST = 10_000
_BATCH = 500
_NOTED = ("failed", "stale", "unclear", "missing", "invalid")

Part = tuple[str, str]
"""A text and its style: as in Rich, or nothing."""


def show(
    plan: PlanFile,
    outcome: Annotated[
        list[str] | None,
        typer.Option(
            "--outcome",
            metavar="OUTCOME",
            help="Rows with this outcome alone, such as planned, done or stale. May be given more than once. Default: "
            "all except unchanged.",
        ),
    ] = None,
    output: Annotated[
        Literal["table", "json", "jsonl"], typer.Option("--output", help="How it is written.", show_default=True)
    ] = "table",
) -> None:
    """Show the counts of a plan, then each customer: field, old → new. JSON has all rows and what was read back."""
    from chargeover.sync import Outcome, Plan

    outcomes: tuple[str, ...] = Outcome.__args__  # type: ignore[attr-defined]
    for one in outcome or ():
        if one not in outcomes:
            raise typer.BadParameter(f"{one!r} is not one of {', '.join(outcomes)}.", param_hint="--outcome")
    made = Plan(plan)
    if output == "table":
        _show(made, outcome or [one for one in outcomes if one not in {"unchanged", "moved"}])
        return
    if output == "json":
        _write_head(made)
    with Rows(output, None) as rows:
        wanted = (_members(row) for row in made if row.outcome in (outcome or outcomes))
        while some := [*islice(wanted, _BATCH)]:
            rows.write(some)
    if output == "json":
        print("}")


def status(
    plans: Annotated[list[Path], typer.Argument(metavar="PLAN...", help="Files of plans.", show_default=False)],
    output: Summary = "table",
) -> None:
    """Show how far plans have come, each and added up, such as the parts of one plan."""
    from chargeover import sync

    each = {str(one): sync.status(one) for one in plans}
    total = sum(each.values(), sync.Status({}))
    if output == "json":
        counts = {name: counts_of(one) for name, one in each.items()}
        print(dumps({"total": {**counts_of(total), "left": total.left}, "plans": counts}))
        return
    if len(each) == 1:
        write_counts(total, "table")
        return
    columns = ["plan", *counts_of(total)]
    with Rows("table", columns) as rows:
        rows.write([{"plan": name, **counts_of(one)} for name, one in [*each.items(), ("total", total)]])


def _write_head(plan: "Plan") -> None:
    head = {
        "account": plan.account_url,
        "kind": plan.kind,
        "key": plan.key,
        "counts": counts_of(plan.status),
        "notices": [notice._asdict() for notice in plan.notices],
    }
    print(dumps(head).removesuffix("\n}") + ',\n  "rows":')


def _members(row: "PlannedRow") -> dict[str, Any]:
    return {**row._asdict(), "changes": [change._asdict() for change in row.changes]}


def _show(plan: "Plan", outcomes: Collection[str]) -> None:
    say = _printer()
    say([("account  ", ""), (plan.account_url, "")])
    write_counts(plan.status, "table")
    for notice in plan.notices:
        say([(sentence_of(notice), "yellow")])
    for row in plan:
        if row.outcome in outcomes:
            say([])
            say([*_heading(row, plan.key)])
            for change in row.changes:
                say([("  ", ""), *_line(row, change)])


def _heading(row: "PlannedRow", key: str) -> Iterator[Part]:
    name = f"line {row.line}" if row.key is None else f"customer {row.key}" if key == "customer_id" else row.key
    yield printable(name, _LONGEST), "bold"
    if key != "customer_id" and row.customer_id is not None:
        yield f", customer {row.customer_id}", ""
    elif row.action == "create":
        yield ", new customer", ""
    if row.key is not None:
        yield f", line {row.line}", ""
    yield ": ", ""
    yield row.outcome, "red" if row.outcome in _NOTED else ""
    if row.reason:
        yield f". {printable(row.reason, _LONGEST)}", ""


def _line(row: "PlannedRow", change: "FieldChange") -> Iterator[Part]:
    yield f"{change.field}: ", ""
    if row.action != "create":
        yield _value(change.old), "red"
        yield " → ", ""
    yield _value(change.new), "green"
    if row.outcome == "done" and change.read_back != change.new:
        yield f", read back as {_value(change.read_back)}", ""


def _value(value: object) -> str:
    return printable(dumps(value, None), _LONGEST)


def _printer() -> Callable[[Sequence[Part]], None]:
    """What writes a line of parts: in colour, and broken at the width, on a terminal alone."""
    if not is_terminal(sys.stdout):
        return _write_plain
    from rich.console import Console
    from rich.text import Text

    console = Console(file=sys.stdout, markup=False, emoji=False, highlight=False)
    is_plain = bool(os.environ.get("NO_COLOR"))

    def write(parts: Sequence[Part]) -> None:
        console.print(Text.assemble(*((text, "" if is_plain else style) for text, style in parts)))

    return write


def _write_plain(parts: Sequence[Part]) -> None:
    print("".join(text for text, _ in parts))
