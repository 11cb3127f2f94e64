"""``chargeover sync plan``."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from chargeover_cli.account import client
from chargeover_cli.statuses import CHANGES, CommandError
from chargeover_cli.terminal import say

from .counts import advice, say_notices, say_private, write_counts
from .options import NewPlan, Summary
from .progress import shown_progress

if TYPE_CHECKING:
    from chargeover.sync import InputNotice, InvalidRowsError


def plan(
    context: typer.Context,
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="CSV or JSON Lines; - for standard input.", show_default=False)
    ],
    to: NewPlan,
    key: Annotated[
        Literal["external_key", "customer_id"],
        typer.Option("--key", help="The field that names a customer.", show_default=True),
    ] = "external_key",
    map: Annotated[  # noqa: A002  the name of the option
        list[str] | None,
        typer.Option(
            "--map",
            metavar="FIELD=COLUMN",
            help="The column of a field, such as 'company=Account Name', or a mapping file, such as crm.yaml. May be "
            "given more than once.",
        ),
    ] = None,
    ignore: Annotated[
        list[str] | None,
        typer.Option("--ignore", metavar="COLUMN", help="Leave a column out; '*' for all that are not fields."),
    ] = None,
    empty: Annotated[
        Literal["keep", "clear"],
        typer.Option("--empty", help="What an empty cell does to its field.", show_default=True),
    ] = "keep",
    create_missing: Annotated[
        bool, typer.Option("--create-missing", help="Plan new customers for keys that no customer has.")
    ] = False,
    skip_invalid: Annotated[
        bool, typer.Option("--skip-invalid", help="Make the plan without the rows that are not valid.")
    ] = False,
    encoding: Annotated[
        str | None, typer.Option("--encoding", metavar="NAME", help="Such as utf-8 or cp1252. Default: found.")
    ] = None,
    delimiter: Annotated[
        str | None, typer.Option("--delimiter", metavar="CHARACTER", help="Between cells, or 'tab'. Default: found.")
    ] = None,
    form: Annotated[
        Literal["csv", "jsonl"] | None, typer.Option("--format", help="Default: by the name of the file, or found.")
    ] = None,
    rows_in_cells: Annotated[
        bool, typer.Option("--rows-in-cells", help="Take cells with lines that look like rows of the file.")
    ] = False,
    earlier: Annotated[
        list[Path] | None,
        typer.Option(
            "--earlier",
            metavar="PLAN",
            help="A plan that was applied: values that the service has changed in form since are not sent again.",
        ),
    ] = None,
    output: Summary = "table",
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help=f"Exit with {CHANGES} if something would change.")
    ] = False,
) -> None:
    """Compare a file with the account, and write what would change into a plan. Nothing is changed in the account."""
    from chargeover import sync

    columns, ignored = _mapping(map or ())
    rows = sync.read(
        file,
        key=key,
        map=columns,
        ignore=[*ignored, *(ignore or ())],
        empty=empty,
        create_missing=create_missing,
        format=form,
        encoding=encoding,
        delimiter="\t" if delimiter in {"tab", r"\t"} else delimiter,
        rows_in_cells=rows_in_cells,
        on_notice=_say_notice,
    )
    one = client(context)
    context.obj.going_on = f"{to} was not made, and nothing was changed. Run the command again."
    with shown_progress() as show:
        try:
            made = sync.plan(
                one,
                rows,
                to,
                key=key,
                create_missing=create_missing,
                empty=empty,
                skip_invalid=skip_invalid,
                earlier=earlier or (),
                on_progress=show,
            )
        except sync.InvalidRowsError as error:
            raise CommandError(_invalid(error)) from None
    say_notices(made)
    status = made.status
    write_counts(status, output)
    say_private(to)
    for sentence in advice(made, status) if status.rejected else ():
        if not sentence.endswith("does the rest."):
            say(sentence)
    if status.left:
        say(f"Nothing was changed so far. Look: chargeover sync show {to}")
    if exit_code and status.left:
        raise typer.Exit(CHANGES)


def _mapping(given: Iterable[str]) -> tuple[dict[str, Any], list[str]]:
    """The columns of fields, and the columns to leave out. What is said on the command line goes before a file."""
    from chargeover import sync

    columns: dict[str, Any] = {}
    ignored: list[str] = []
    pairs: dict[str, str] = {}
    for one in given:
        field, equals, column = one.partition("=")
        name = field.strip().replace("-", "_")
        if not equals or (one.lower().endswith((".yaml", ".yml")) and Path(one).exists()):
            found = sync.read_mapping(one)
            if twice := columns.keys() & found["map"].keys():
                raise typer.BadParameter(f"Two files map {min(twice)}.", param_hint="--map")
            columns.update(found["map"])
            ignored += found["ignore"]
        elif not name or not column.strip():
            raise typer.BadParameter(f"{one!r} is neither FIELD=COLUMN nor a mapping file.", param_hint="--map")
        elif name in pairs:
            raise typer.BadParameter(f"{name} is mapped twice.", param_hint="--map")
        else:
            pairs[name] = column
    return {**columns, **pairs}, ignored


def _say_notice(notice: "InputNotice") -> None:
    say(f"Warning: {notice}" if notice.is_warning else str(notice))


def _invalid(error: "InvalidRowsError") -> str:
    """Say what is wrong with the rows, line by line; returns the end of it."""
    for row in error.rows:
        say(f"line {row.line}: {row.reason}")
    if error.count > len(error.rows):
        say(f"… and {error.count - len(error.rows):,} more rows.")
    number = "1 row is" if error.count == 1 else f"{error.count:,} rows are"
    return f"{number} not valid, so no plan was made. Correct the file, or leave them out with --skip-invalid."
