"""Update a customer over real HTTP, against a sandbox that this script starts and stops. No account is needed.

`make demo` runs it.
"""

import json

from chargeover import BadRequestError, ChargeOver
from chargeover_sandbox import LocalSandbox


def main() -> None:
    """Create a parent and a child, update the child, disconnect it, and break the rule about payments."""
    with LocalSandbox() as sandbox:
        print(f"A sandbox is running at {sandbox.url}. It is local; nothing leaves this machine.\n")
        with ChargeOver(base_url=sandbox.url, username=sandbox.username, password=sandbox.password) as client:
            parent, child = create_family(client)
            update(sandbox, client, child)
            disconnect(client, child)
            break_the_rule(sandbox, client, parent, child)
    print("The sandbox has stopped. Next: try.py, in README.md.")


def create_family(client: ChargeOver) -> tuple[int, int]:
    """Create the two customers that the other steps use."""
    parent = client.customers.create(company="Acme Group")
    child = client.customers.create(company="Acme Ltd", parent_customer_id=parent, bill_city="Bonn")
    print("1. Create a parent and a child")
    print('   client.customers.create(company="Acme Group")')
    print(f"   -> {parent}")
    print(f'   client.customers.create(company="Acme Ltd", parent_customer_id={parent}, bill_city="Bonn")')
    print(f"   -> {child}\n")
    return parent, child


def update(sandbox: LocalSandbox, client: ChargeOver, child: int) -> None:
    """Update the child, and show the request and its response."""
    updated = client.customers.update(child, bill_city="Berlin", invoice_delivery="print", tags=["wholesale"])
    exchange = sandbox.journal[-1]
    print("2. Update the child")
    print(f'   client.customers.update({child}, bill_city="Berlin", invoice_delivery="print", tags=["wholesale"])')
    print("   request:")
    print(f"      {exchange.method} {exchange.url}")
    print(f"      {exchange.body.decode()}")
    print("   response:")
    print(f"      HTTP {exchange.status}")
    print(f"      {json.dumps(exchange.envelope)}")
    print("      (the 201 belongs to the envelope, as in ChargeOver's example; rely on the HTTP status)")
    print(f"   -> {updated}\n")

    customer = client.customers.get(child)
    print("3. Read it back: fields that were not sent are unchanged")
    print(f"   client.customers.get({child})")
    print(f"   -> company={customer.company!r} bill_city={customer.bill_city!r}")
    print(f"      invoice_delivery={customer.invoice_delivery!r} tags={customer.tags!r}\n")


def disconnect(client: ChargeOver, child: int) -> None:
    """Send null, which disconnects the child from its parent."""
    client.customers.update(child, parent_customer_id=None)
    print("4. Disconnect the child from its parent: None sends null")
    print(f"   client.customers.update({child}, parent_customer_id=None)")
    print(f"   -> parent_customer_id={client.customers.get(child).parent_customer_id!r}\n")


def break_the_rule(sandbox: LocalSandbox, client: ChargeOver, parent: int, child: int) -> None:
    """Show that the parent cannot be removed once it has paid for the child."""
    print("5. Connect it again, and let the parent pay for it: now the parent cannot be removed")
    client.customers.update(child, parent_customer_id=parent)
    print(f"   client.customers.update({child}, parent_customer_id={parent})")
    sandbox.record_payment(customer_id=child, paid_by=parent)
    print(f"   sandbox.record_payment(customer_id={child}, paid_by={parent})")
    print(f"   client.customers.update({child}, parent_customer_id=None)")
    try:
        client.customers.update(child, parent_customer_id=None)
    except BadRequestError as error:
        print(f"   -> BadRequestError (HTTP {error.http_status})")
        print(f"      {error.message}\n")
    else:
        raise SystemExit("The sandbox should have refused this.")


if __name__ == "__main__":
    main()
