"""``chargeover sync rejects``."""

import sys
from pathlib import Path
from typing import IO, Annotated, Literal

import typer

from chargeover_cli.options import Safe
from chargeover_cli.output.files import complete_file
from chargeover_cli.output.json import dumps
from chargeover_cli.terminal import say

from .options import PlanFile


def rejects(
    plan: PlanFile,
    to: Annotated[
        Path | None, typer.Option("--to", "-o", metavar="FILE", help="Write to this file. Default: the output.")
    ] = None,
    output: Annotated[
        Literal["csv", "jsonl"],
        typer.Option("--output", help="How they are written; jsonl for a plan of JSON Lines.", show_default=True),
    ] = "csv",
    spreadsheet_safe: Safe = False,
) -> None:
    """Write the rows that need a person: line, reason, and all their columns as they were read.

    They failed, were stale, are unclear, have no customer, or are not valid. Correct the file, and plan it like the
    first one: the columns (line) and (reason) are left out then.
    """
    from chargeover import sync

    if spreadsheet_safe and output != "csv":
        raise typer.BadParameter("It is for CSV.", param_hint="--spreadsheet-safe")
    made = sync.Plan(plan)

    def write(stream: IO[str]) -> int:
        if output == "jsonl":  # unlike an empty cell, a name that a row lacks leaves its field alone in every case
            rows = ({"(line)": one.line, "(reason)": one.reason, **one.columns} for one in sync.rejects(made))
            return sum(bool(stream.write(dumps(row, None) + "\n")) for row in rows)
        return sync.write_rejects(sync.rejects(made), stream, columns=made.columns, spreadsheet_safe=spreadsheet_safe)

    if to is None:
        number = write(sys.stdout)
    else:
        with complete_file(to) as stream:
            number = write(stream)
    where = f" to {to}" if to else ""
    say(f"Wrote {number:,} row{'' if number == 1 else 's'}{where}." if number else "No row needs a person.")
    if number and spreadsheet_safe:
        say("It is for looking at: planned again, the apostrophes would be sent as part of the texts.")
