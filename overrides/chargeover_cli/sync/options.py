"""Options that several commands of ``chargeover sync`` have."""

from pathlib import Path
from typing import Annotated, Literal

import typer

PlanFile = Annotated[Path, typer.Argument(metavar="PLAN", help="The file of a plan.", show_default=False)]
NewPlan = Annotated[
    Path, typer.Option("--to", "-o", metavar="PLAN", help="The file of the new plan; it must not exist yet.")
]
Summary = Annotated[
    Literal["table", "json"], typer.Option("--output", help="How the counts are written.", show_default=True)
]
