"""``chargeover customers list``, ``get``, ``count`` and ``export``."""

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated, Any, Literal

import typer

from chargeover_cli.account import client
from chargeover_cli.options import CustomerName, Fields, Format, Limit, OrderBy, Output, Safe, Wheres
from chargeover_cli.output.files import complete_file
from chargeover_cli.output.rows import Rows, write_members
from chargeover_cli.queries import order_of, where_of
from chargeover_cli.state import State
from chargeover_cli.terminal import counting, is_terminal, say

from . import naming
from .columns import check_known, chosen, columns_of, members

if TYPE_CHECKING:
    from chargeover import ChargeOver


def list_customers(
    context: typer.Context,
    where: Wheres = None,
    order: OrderBy = None,
    limit: Limit = None,
    fields: Fields = None,
    output: Output = "table",
    spreadsheet_safe: Safe = False,
) -> None:
    """Show customers, all of them by default.

    A table shows the usual fields, JSON the whole response, CSV all fields of the contract; --fields chooses others.
    """
    _check_safe(spreadsheet_safe, output)
    _Reading(context, where, order, limit, fields).write(output, sys.stdout, spreadsheet_safe)


def get(context: typer.Context, customer: CustomerName, fields: Fields = None, output: Output = "table") -> None:
    """Show one customer. A table leaves out the fields without a value."""
    name = naming.read(customer)
    names = chosen(fields)
    found = naming.fetched(client(context), name)
    row = members(found) if output in {"table", "csv"} else found.raw
    check_known(names, [row])
    write_members(row, output, names)


def count(context: typer.Context, where: Wheres = None) -> None:
    """Count customers."""
    print(client(context).customers.count(where=where_of(where)))


def export(
    context: typer.Context,
    to: Annotated[
        Path | None,
        typer.Option("--to", "-o", metavar="FILE", help="Write to this file, once all are there. Default: the output."),
    ] = None,
    where: Wheres = None,
    order: OrderBy = None,
    limit: Limit = None,
    fields: Fields = None,
    output: Annotated[
        Literal["csv", "json", "jsonl"], typer.Option("--output", help="How they are written.", show_default=True)
    ] = "csv",
    spreadsheet_safe: Safe = False,
) -> None:
    """Write customers to a file, with all their fields.

    The file is readable by you alone. It appears when it is complete.
    """
    _check_safe(spreadsheet_safe, output)
    reading = _Reading(context, where, order, limit, fields)
    if to is None:
        reading.write(output, sys.stdout, spreadsheet_safe)
        return
    reading.check()
    with complete_file(to) as stream:
        reading.going_on = f"{to} was not written. Run the command again."
        number = reading.write(output, stream, spreadsheet_safe)
    say(f"Wrote {number} customers to {to}.")


class _Reading:
    """A list of customers that is being written.

    Attributes:
        going_on: says how to go on after Ctrl-C; None for the usual words.
    """

    def __init__(
        self,
        context: typer.Context,
        where: Sequence[str] | None,
        order: str | None,
        limit: int | None,
        fields: Sequence[str] | None,
    ) -> None:
        self.going_on: str | None = None
        self._where = where_of(where)
        self._order = order_of(order)
        self._limit = limit
        self._fields = chosen(fields)
        self._state: State = context.obj
        self._context = context
        self._client: ChargeOver | None = None

    def check(self) -> None:
        """Make the client, which fails before any file is touched if it has no account."""
        self._client = self._client or client(self._context)

    def write(self, form: Format, stream: IO[str], is_safe: bool) -> int:
        """Write them page by page; returns their number."""
        self.check()
        assert self._client is not None  # noqa: S101  just made
        found = self._client.customers.list(where=self._where, order=self._order, limit=self._limit)
        columns = columns_of(form, self._fields)
        has_flags = form in {"table", "csv"}
        seen: set[str] = set()
        # A bar among the rows of a table would be in the way.
        has_bar = is_terminal(sys.stderr) and not is_terminal(stream)
        total = self._total() if has_bar else None
        with Rows(form, columns, stream, is_safe) as rows, counting("Reading", total, has_bar) as progress:
            for page in found.pages():
                shown = [members(one) if has_flags else one.raw for one in page]
                if not progress.count:
                    check_known(self._fields, shown)
                rows.write(shown)
                progress.add(len(shown))
                seen.update(*shown)
                self._state.going_on = self.going_on or _rest(form, progress.count, shown[-1], self._order)
        if progress.count:
            _warn_of_absent(columns if has_flags else self._fields, seen)
        return progress.count

    def _total(self) -> int:
        assert self._client is not None  # noqa: S101  made by check()
        number = self._client.customers.count(where=self._where)
        return number if self._limit is None else min(number, self._limit)


def _rest(form: Format, number: int, last: Mapping[str, Any], order: str | None) -> str:
    text = f"{number} customers were written."
    if form == "json":
        return f"{text} The JSON is not complete: run the command again, perhaps with --output jsonl."
    if order is None and last.get("customer_id") is not None:
        return f"{text} The rest: the same command with --where 'customer_id>{last['customer_id']}'."
    return f"{text} Run the command again."


def _warn_of_absent(columns: Sequence[str] | None, seen: set[str]) -> None:
    absent = [name for name in columns or () if name not in seen]
    if absent:
        say(
            f"The rows of this list lack {', '.join(absent)}, so these are empty here, whatever the customers have. "
            "chargeover customers get shows more."
        )


def _check_safe(is_safe: bool, form: Format) -> None:
    if is_safe and form != "csv":
        raise typer.BadParameter("It is for CSV: add --output csv.", param_hint="--spreadsheet-safe")
