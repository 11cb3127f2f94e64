"""Ten thousand customers, created, found, changed and counted: none is lost, none is mixed up with another."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from chargeover import BulkProgress, BulkRequest, ChargeOver, CustomerCreateFields, Field
from chargeover_sandbox import LocalSandbox

MANY = 10_000
STATES = ("MN", "NRW", "", "Ω, Ψ")


def creation(number: int) -> CustomerCreateFields:
    fields: CustomerCreateFields = {
        "company": f"Company {number}",
        "external_key": f"crm/{number}",
        "bill_state": STATES[number % 4],
        "superuser_id": number + 1,
        "no_taxes": number % 3 == 0,
        "tags": [f"t{number % 10}", "all"],
        "custom_1": f"t{number % 10}",
    }
    return fields


def change(number: int) -> Any:
    """Every second by its ID, the others by their key."""
    fields = {"custom_20": f"changed {number}", "bill_state": STATES[(number + 1) % 4], "tags": []}
    return (number + 1 if number % 2 else f"crm/{number}", fields)


def assert_all_have(client: ChargeOver, expected: Callable[[int], Mapping[str, object]]) -> None:
    """Each customer by its number: in the list, whose rows have no tags, and some by themselves."""
    found = list(client.customers.list())
    assert [one.customer_id for one in found] == list(range(1, MANY + 1))
    for number, customer in enumerate(found):
        fields = {name: value for name, value in expected(number).items() if name != "tags"}
        assert {name: customer.raw[name] for name in fields} == fields
    for number in range(0, MANY, 997):
        assert client.customers.get(number + 1).tags == expected(number)["tags"]


@pytest.mark.long
def test_ten_thousand_customers(client: ChargeOver, sandbox: LocalSandbox) -> None:
    requests = (BulkRequest.create_customer(**creation(number)) for number in range(MANY))
    # One after the other, so that the IDs are in the order of the input.
    created = [result.value for result in client.bulk(requests, in_flight=1)]
    assert created == list(range(1, MANY + 1))

    assert_all_have(client, lambda number: {"custom_20": None, **creation(number)})
    assert client.customers.count() == MANY

    odd_state = [Field.bill_state == STATES[3], Field.superuser_id > 100, Field.custom_1 == "t5"]
    matching = [number + 1 for number in range(100, MANY) if number % 4 == 3 and number % 10 == 5]
    assert [customer.customer_id for customer in client.customers.list(where=odd_state, page_size=10)] == matching
    assert client.customers.count(where=odd_state) == len(matching) > 100

    told: list[BulkProgress] = []
    updated = client.customers.bulk_update(map(change, range(MANY)), on_progress=told.append)
    assert [result.value for result in updated] == created
    assert told == [BulkProgress(done, 0) for done in range(25, MANY + 1, 25)]

    assert_all_have(client, lambda number: {**creation(number), **change(number)[1]})
    assert client.customers.count(where=Field.custom_20.contains("changed ")) == MANY
    assert {exchange.status for exchange in sandbox.journal} == {200}
