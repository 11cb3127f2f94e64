"""``chargeover customers delete`` and ``disconnect-parent``."""

import typer

from chargeover_cli.account import client, confirm
from chargeover_cli.options import CustomerName, DryRun
from chargeover_cli.output.requests import show_request
from chargeover_cli.terminal import say

from . import naming


def delete(context: typer.Context, customer: CustomerName, dry_run: DryRun = False) -> None:
    """Delete a customer. It cannot be undone."""
    name = naming.read(customer)
    one = client(context)
    whom = naming.addressed(one, name)
    if dry_run:
        show_request(one.preview("DELETE", _path(whom)))
        return
    confirm(context, f"delete customer {customer}")
    context.obj.going_on = "The customer may have been deleted. The same command again says so."
    if isinstance(whom, str):
        one.customers.delete_by_external_key(whom)
    else:
        one.customers.delete(whom)
    say(f"Deleted customer {customer}.")


def disconnect_parent(context: typer.Context, customer: CustomerName, dry_run: DryRun = False) -> None:
    """Disconnect a customer from its parent. It is refused once the parent has made a payment for the customer."""
    name = naming.read(customer)
    one = client(context)
    whom = int(name[1]) if name[0] == "customer_id" else naming.fetched(one, name)
    if dry_run:
        show_request(one.preview("POST", f"{_path(whom)}/_action/disconnectParent", body={}))
        return
    confirm(context, f"disconnect customer {customer} from its parent")
    context.obj.going_on = "It may have been done. The same command again does no harm."
    one.customers.disconnect_parent(whom)
    say(f"Disconnected customer {customer} from its parent.")


def _path(whom: object) -> str:
    from urllib.parse import quote

    from chargeover import Customer

    if isinstance(whom, Customer):
        whom = whom.customer_id
    return f"/api/v3/customer/{'external_key:' + quote(whom, safe='') if isinstance(whom, str) else whom}"
