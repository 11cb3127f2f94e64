"""The client against a live sandbox: over a real socket, and with a real database behind it."""

import inspect
from collections.abc import Callable

import pytest

from chargeover import (
    AsyncChargeOver,
    AsyncCustomers,
    AuthenticationError,
    BadRequestError,
    ChargeOver,
    ClosedClientError,
    Customers,
    DeliveryMethod,
    Field,
    NotFoundError,
)
from chargeover_sandbox import LocalSandbox


def test_an_update_changes_what_is_given_and_nothing_else(client: ChargeOver) -> None:
    customer_id = client.customers.create(company="Acme", bill_city="Bonn", no_taxes=True)
    assert client.customers.update(customer_id, bill_city="Berlin", invoice_delivery="print") == customer_id
    customer = client.customers.get(customer_id)
    assert (customer.company, customer.bill_city, customer.no_taxes) == ("Acme", "Berlin", True)
    assert customer.invoice_delivery == DeliveryMethod.PRINT


def test_a_field_can_be_emptied_and_a_flag_put_back(client: ChargeOver) -> None:
    customer_id = client.customers.create(company="Acme", custom_3="x", no_dunning=True, tags=["a"])
    client.customers.update(customer_id, custom_3="", no_dunning=False, tags=[])
    customer = client.customers.get(customer_id)
    assert (customer.custom_3, customer.no_dunning, customer.tags) == ("", False, [])


def test_none_disconnects_a_child_from_its_parent(client: ChargeOver) -> None:
    parent = client.customers.create(company="Parent")
    child = client.customers.create(company="Child", parent_customer_id=parent)
    assert client.customers.get(child).parent_customer_id == parent
    client.customers.update(child, parent_customer_id=None)
    assert client.customers.get(child).parent_customer_id is None


@pytest.mark.parametrize("new_parent", ["none", "another"])
def test_a_parent_that_has_paid_can_be_neither_removed_nor_replaced(
    client: ChargeOver, sandbox: LocalSandbox, new_parent: str
) -> None:
    parent, other = client.customers.create(company="Parent"), client.customers.create(company="Other")
    child = client.customers.create(company="Child", parent_customer_id=parent)
    sandbox.record_payment(customer_id=child, paid_by=parent)
    with pytest.raises(BadRequestError, match="has made a payment for customer"):
        client.customers.update(child, parent_customer_id=None if new_parent == "none" else other, company="New")
    customer = client.customers.get(child)
    assert (customer.parent_customer_id, customer.company) == (parent, "Child")
    client.customers.update(child, parent_customer_id=parent, company="New")
    assert client.customers.get(child).company == "New"


def test_a_payment_binds_one_child_only(client: ChargeOver, sandbox: LocalSandbox) -> None:
    parent = client.customers.create(company="Parent")
    paid, unpaid = (client.customers.create(company=name, parent_customer_id=parent) for name in ("Paid", "Unpaid"))
    sandbox.record_payment(customer_id=paid, paid_by=parent)
    client.customers.update(unpaid, parent_customer_id=None)
    assert client.customers.get(unpaid).parent_customer_id is None


def test_a_parent_must_exist_and_must_not_be_below(client: ChargeOver) -> None:
    top = client.customers.create(company="Top")
    middle = client.customers.create(company="Middle", parent_customer_id=top)
    bottom = client.customers.create(company="Bottom", parent_customer_id=middle)
    for parent, words in ((999, "there is no customer 999"), (top, "cannot be its own parent"), (bottom, "is below")):
        with pytest.raises(BadRequestError, match=words) as caught:
            client.customers.update(top, parent_customer_id=parent)
        assert caught.value.details["errors"][0]["field"] == "parent_customer_id"
    with pytest.raises(BadRequestError, match="there is no customer 999"):
        client.customers.create(company="New", parent_customer_id=999)


def test_external_keys_are_unique(client: ChargeOver) -> None:
    first = client.customers.create(company="First", external_key="k")
    second = client.customers.create(company="Second")
    with pytest.raises(BadRequestError, match=f"already the key of customer {first}"):
        client.customers.update(second, external_key="k")
    client.customers.update(first, external_key="k", company="Same key")
    client.customers.update(first, external_key="")
    client.customers.update(second, external_key="")
    client.customers.update(second, external_key="k")
    assert client.customers.get(second).external_key == "k"


def test_a_customer_that_does_not_exist_is_not_found(client: ChargeOver) -> None:
    with pytest.raises(NotFoundError) as caught:
        client.customers.update(404, company="x")
    assert (caught.value.http_status, caught.value.method) == (404, "PUT")
    assert caught.value.url.endswith("/api/v3/customer/404")


def test_wrong_credentials_are_an_authentication_error_without_the_password(sandbox: LocalSandbox) -> None:
    client = ChargeOver(base_url=sandbox.url, username="sandbox", password="wr0ng")
    with client, pytest.raises(AuthenticationError) as caught:
        client.customers.get(1)
    assert "wr0ng" not in repr(caught.value) + str(caught.value) + repr(caught.value.request.headers)


def test_values_come_back_as_they_were_sent(client: ChargeOver) -> None:
    text = "Żółw \N{SNOWMAN} \N{GRINNING FACE} \x00 \x7f \" \\ ' \u2028 " + "x" * 100_000
    customer_id = client.customers.create(company=text, tags=["b", "a", "", "a"])
    customer = client.customers.get(customer_id)
    assert (customer.company, customer.tags) == (text, ["b", "a", "", "a"])


def test_the_date_of_the_last_change_moves_with_every_update(client: ChargeOver) -> None:
    """What is shown are whole seconds; the order of two changes within one is kept all the same."""
    ids = [client.customers.create(company="Acme") for _ in range(3)]
    first = client.customers.get(ids[0])
    for customer_id in (ids[1], ids[0], ids[2], ids[1]):
        client.customers.update(customer_id, company="Acme")
        latest, *_ = client.customers.list(order=Field.mod_datetime.desc())
        assert latest.customer_id == customer_id
        assert latest.mod_datetime is not None
        assert (latest.mod_datetime.tzinfo is not None, latest.mod_datetime.microsecond) == (True, 0)
    assert client.customers.get(ids[0]).write_datetime == first.write_datetime == first.mod_datetime


def test_a_client_works_without_a_with_block_and_says_when_it_is_closed(sandbox: LocalSandbox) -> None:
    client = ChargeOver(base_url=sandbox.url, username="sandbox", password="sandbox")
    client.customers.create(company="Acme")
    client.close()
    client.close()
    with pytest.raises(ClosedClientError, match="This client is closed"):
        client.customers.get(1)


async def test_async_does_the_same(async_client: AsyncChargeOver) -> None:
    parent = await async_client.customers.create(company="Parent")
    child = await async_client.customers.create(company="Child", parent_customer_id=parent)
    assert await async_client.customers.update(child, parent_customer_id=None, bill_city="Berlin") == child
    customer = await async_client.customers.get(child)
    assert (customer.parent_customer_id, customer.bill_city) == (None, "Berlin")
    with pytest.raises(NotFoundError):
        await async_client.customers.get(404)


async def test_an_async_client_says_when_it_is_closed(sandbox: LocalSandbox) -> None:
    client = AsyncChargeOver(base_url=sandbox.url, username="sandbox", password="sandbox")
    customer_id = await client.customers.create(company="Acme")
    await client.close()
    with pytest.raises(ClosedClientError):
        await client.customers.get(customer_id)


def test_sync_and_async_have_the_same_methods_and_arguments() -> None:
    def methods(kind: type) -> dict[str, dict[str, object]]:
        found = {name: function for name, function in inspect.getmembers(kind, inspect.isfunction) if name[0] != "_"}
        return {name: arguments(function) for name, function in found.items()}

    def arguments(function: Callable[..., object]) -> dict[str, object]:
        parameters = inspect.signature(function).parameters
        # The input of a bulk run may be async too, so its type differs.
        return {name: (one.kind, one.default, str(one.annotation).split(" | ")[0]) for name, one in parameters.items()}

    assert methods(Customers) == methods(AsyncCustomers)
    assert methods(ChargeOver) == methods(AsyncChargeOver)
    assert arguments(ChargeOver) == arguments(AsyncChargeOver)
