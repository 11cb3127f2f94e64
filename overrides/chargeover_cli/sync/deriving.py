"""``chargeover sync undo`` and ``split``."""

from typing import Annotated

import typer

from chargeover_cli.terminal import say

from .counts import say_notices, say_private, write_counts
from .options import NewPlan, PlanFile, Summary


def undo(plan: PlanFile, to: NewPlan, output: Summary = "table") -> None:
    """Make the plan that puts back the old values of what a plan has done. Nothing is sent.

    Customers that were created stay, and so does what cannot be put back; it says which.
    """
    from chargeover import sync

    made = sync.undo(plan, to)
    say_notices(made)
    write_counts(made.status, output)
    say_private(to)
    if made.status.left:
        say(f"Nothing was changed so far. Look: chargeover sync show {to}; then: chargeover sync apply {to}")


def split(
    plan: PlanFile,
    into: Annotated[int, typer.Option("--into", metavar="N", help="How many parts.", min=1)],
) -> None:
    """Make several plans of one, with a part of the rows each, and print their names. Nothing is sent.

    The parts can be applied at the same time, on any machines: each is a file of its own.
    """
    from chargeover import sync

    parts = sync.split(plan, into)
    for part in parts:
        print(part.path)
    say(f"{plan} has handed its rows over. The parts hold customer data; only you can read them (mode 0600).")
