"""``chargeover customers create``, ``update`` and ``diff``."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from chargeover_cli.account import client, confirm
from chargeover_cli.extras import with_extras
from chargeover_cli.options import CustomerName, DryRun, Nulls, Output
from chargeover_cli.output.requests import show_request
from chargeover_cli.output.rows import Rows
from chargeover_cli.statuses import CHANGES
from chargeover_cli.values import creation_fields, creation_options, update_fields, update_options

from . import naming

if TYPE_CHECKING:
    from chargeover import ChargeOver, Customer, SentRequest


@with_extras(creation_options)
def create(context: typer.Context, null: Nulls = None, dry_run: DryRun = False) -> None:
    """Create a customer and print its ID. --company is required."""
    from chargeover import BulkRequest

    fields: Any = creation_fields(context, null)
    one = client(context)
    request = BulkRequest.create_customer(**fields)
    if dry_run:
        show_request(one.preview(request.method, request.uri, body=request.payload))
        return
    confirm(context, "create a customer")
    context.obj.going_on = "The customer may have been created: look for it before you run the command again."
    print(one.customers.create(**fields))


@with_extras(update_options)
def update(context: typer.Context, customer: CustomerName, null: Nulls = None, dry_run: DryRun = False) -> None:
    """Change the fields that are given, and leave all others as they are. Prints the customer's ID."""
    name = naming.read(customer)
    fields: Any = update_fields(context, null)
    one = client(context)
    whom = naming.addressed(one, name)
    if dry_run:
        show_request(_preview(one, whom, fields))
        return
    confirm(context, f"change customer {customer}")
    context.obj.going_on = "The change may have been made. The same command again makes it once more, with no harm."
    if isinstance(whom, str):
        changed = one.customers.update_by_external_key(whom, **fields)
    else:
        changed = one.customers.update(whom, **fields)
    if changed is not None:
        print(changed)


@with_extras(update_options)
def diff(
    context: typer.Context,
    customer: CustomerName,
    null: Nulls = None,
    output: Output = "table",
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help=f"Exit with {CHANGES} if something would change.")
    ] = False,
) -> None:
    """Show what an update with the same fields would change. Nothing is changed."""
    name = naming.read(customer)
    fields: Any = update_fields(context, null)
    one = client(context)
    found = one.customers.diff(naming.addressed(one, name), **fields)
    rows = [{"field": field, "before": change.before, "after": change.after} for field, change in found.items()]
    with Rows(output, ["field", "before", "after"]) as lines:
        lines.write(rows)
    if rows and exit_code:
        raise typer.Exit(CHANGES)


def _preview(one: "ChargeOver", whom: "int | str | Customer", fields: Any) -> "SentRequest":
    if isinstance(whom, str):
        return one.customers.preview_by_external_key(whom, **fields)
    return one.customers.preview(whom, **fields)
