"""``chargeover sync apply``."""

from collections.abc import Iterable
from typing import Annotated, Any

import typer

from chargeover_cli.account import client, confirm
from chargeover_cli.terminal import say

from .counts import advice, status_of, write_counts
from .options import PlanFile, Summary
from .progress import shown_progress


def apply(
    context: typer.Context,
    plan: PlanFile,
    force: Annotated[
        bool, typer.Option("--force", help="Overwrite fields that have changed since the plan was made.")
    ] = False,
    flag: Annotated[
        list[str] | None,
        typer.Option(
            "--flag",
            metavar="NAME=on|off",
            help="Such as emails=off: do not mail people about the changes. Also webhooks, quickbooks and events. May "
            "be given more than once.",
        ),
    ] = None,
    output: Summary = "table",
) -> None:
    """Change in the account what a plan says, and nothing else. After a crash, the same command does the rest."""
    from chargeover import ChargeOverError, sync

    flags = _flags(flag or ())
    made = sync.Plan(plan)
    one = client(context)
    left = made.status.left
    if left and made.account_url == one.base_url:  # it is refused otherwise
        force_too = ", also where it has changed since" if force else ""
        confirm(context, f"change {left:,} customer{'' if left == 1 else 's'}{force_too}")
    context.obj.going_on = f"{plan} knows what was done. The same command does the rest."
    with shown_progress() as show:
        try:
            status = sync.apply(one, plan, force=force, flags=flags, on_progress=show)
        except ChargeOverError as error:
            if not isinstance(error, sync.PlanError):
                error.add_note(context.obj.going_on)
            raise
    write_counts(status, output)
    for sentence in advice(made, status):
        say(sentence)
    if found := status_of(status):
        raise typer.Exit(found)


def _flags(given: Iterable[str]) -> dict[str, Any]:
    from chargeover.sync import FLAGS

    flags: dict[str, str] = {}
    for one in given:
        name, _, value = one.partition("=")
        if name not in FLAGS or value not in {"on", "off"}:
            names = ", ".join(FLAGS)
            raise typer.BadParameter(f"{one!r} is not NAME=on or NAME=off with a NAME of {names}.", param_hint="--flag")
        if flags.setdefault(name, value) != value:
            raise typer.BadParameter(f"{name} cannot be both on and off.", param_hint="--flag")
    return flags
