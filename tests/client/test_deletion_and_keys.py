"""Deleted customers stay deleted, and a customer is found by its keys, whatever characters they are made of."""

from collections.abc import Callable
from typing import Any

import pytest

from chargeover import (
    BadRequestError,
    BulkRequest,
    ChargeOver,
    ChargeOverError,
    Field,
    InvalidFieldError,
    NotFoundError,
)
from chargeover_sandbox import LocalSandbox

KEYS = [
    "crm-7",
    "a/b",
    "a//b/",
    "/",
    "?x=1",
    "a?b#c",
    "100%",
    "%2F",
    "%",
    "a:b",
    "external_key:a",
    "a,b",
    "a\\,b",
    " a b ",
    "a+b",
    "a&b=c;d",
    "..",
    ".",
    "../1",
    "_count",
    "1",
    "0",
    "Żółw 株式会社 \N{GRINNING FACE}",
    "a\x00b",
    "a\nb\t\x7f",
    "\N{RIGHT-TO-LEFT OVERRIDE}a\u2028",
    "x" * 5_000,
]


def test_a_deleted_customer_is_found_nowhere(client: ChargeOver) -> None:
    customers = client.customers
    customer_id = customers.create(company="Acme", external_key="k")
    token = customers.get(customer_id).token
    assert token
    customers.delete(customer_id)
    for look in (
        lambda: customers.get(customer_id),
        lambda: customers.get_by_external_key("k"),
        lambda: customers.get_by_token(token),
        lambda: customers.update(customer_id, company="x"),
        lambda: customers.update_by_external_key("k", company="x"),
        lambda: customers.disconnect_parent(customer_id),
        lambda: customers.delete(customer_id),
        lambda: customers.delete_by_external_key("k"),
    ):
        with pytest.raises(NotFoundError):
            look()
    (in_bulk,) = client.bulk([BulkRequest.get_customer(customer_id)], errors="return")
    assert isinstance(in_bulk.error, NotFoundError)
    assert customers.count() == 0
    assert list(customers.list(where=Field.customer_id == customer_id)) == []
    with pytest.raises(BadRequestError, match=f"there is no customer {customer_id}"):
        customers.create(company="Child", parent_customer_id=customer_id)


def test_an_id_is_never_used_again(client: ChargeOver) -> None:
    first = client.customers.create(company="First")
    last = client.customers.create(company="Last")
    client.customers.delete(last)
    client.customers.delete(first)
    assert client.customers.create(company="New") == last + 1


def test_the_key_of_a_deleted_customer_stays_used(client: ChargeOver) -> None:
    by_id = client.customers.create(company="Acme", external_key="k")
    by_key = client.customers.create(company="Acme", external_key="l")
    client.customers.delete(by_id)
    client.customers.delete_by_external_key("l")
    other = client.customers.create(company="Other")
    for key, former in (("k", by_id), ("l", by_key)):
        with pytest.raises(BadRequestError, match=f"was the key of customer {former}, which was deleted"):
            client.customers.create(company="New", external_key=key)
        with pytest.raises(BadRequestError, match=f"was the key of customer {former}, which was deleted"):
            client.customers.update(other, external_key=key)
    assert client.customers.get(other).external_key is None


def test_customers_without_a_key_are_deleted_like_any_other(client: ChargeOver) -> None:
    ids = [client.customers.create(company="Acme", external_key="") for _ in range(2)]
    for customer_id in (*ids, client.customers.create(company="Acme")):
        client.customers.delete(customer_id)
    assert client.customers.count() == 0


def test_a_key_that_was_given_up_is_free_again(client: ChargeOver) -> None:
    first = client.customers.create(company="First", external_key="k")
    client.customers.update(first, external_key="l")
    second = client.customers.create(company="Second", external_key="k")
    assert client.customers.get_by_external_key("k").customer_id == second
    client.customers.update(first, external_key="")
    client.customers.update(second, external_key="l")
    assert client.customers.get_by_external_key("l").customer_id == second
    with pytest.raises(NotFoundError, match="This customer does not exist"):
        client.customers.get_by_external_key("k")


def test_a_parent_cannot_be_deleted_before_its_children(client: ChargeOver) -> None:
    parent = client.customers.create(company="Parent", external_key="p")
    child = client.customers.create(company="Child", parent_customer_id=parent)
    words = f"customer {parent} is the parent of customer {child}"
    with pytest.raises(BadRequestError, match=words):
        client.customers.delete(parent)
    with pytest.raises(BadRequestError, match=words):
        client.customers.delete_by_external_key("p")
    assert client.customers.get(child).parent_customer_id == parent
    client.customers.delete(child)
    client.customers.delete(parent)
    assert client.customers.count() == 0


def test_a_child_can_be_deleted_though_its_parent_has_paid(client: ChargeOver, sandbox: LocalSandbox) -> None:
    parent = client.customers.create(company="Parent")
    child = client.customers.create(company="Child", parent_customer_id=parent)
    sandbox.record_payment(customer_id=child, paid_by=parent)
    client.customers.delete(child)
    client.customers.delete(parent)
    assert client.customers.count() == 0


def test_a_customer_is_disconnected_from_its_parent_and_keeps_the_rest(client: ChargeOver) -> None:
    parent = client.customers.create(company="Parent")
    child = client.customers.create(company="Child", parent_customer_id=parent, bill_city="Bonn")
    before = client.customers.get(child).raw
    client.customers.disconnect_parent(child)
    after = client.customers.get(child).raw
    changed = {name for name in after if after[name] != before[name]}
    assert changed - {"mod_datetime"} == {"parent_customer_id"}
    assert after["parent_customer_id"] is None


def test_a_customer_without_a_parent_can_be_disconnected_too(client: ChargeOver) -> None:
    customer_id = client.customers.create(company="Acme")
    client.customers.disconnect_parent(customer_id)
    assert client.customers.get(customer_id).parent_customer_id is None


def test_a_parent_that_has_paid_cannot_be_disconnected(client: ChargeOver, sandbox: LocalSandbox) -> None:
    parent = client.customers.create(company="Parent")
    child = client.customers.create(company="Child", parent_customer_id=parent)
    sandbox.record_payment(customer_id=child, paid_by=parent)
    with pytest.raises(BadRequestError, match=f"parent {parent} has made a payment for customer {child}"):
        client.customers.disconnect_parent(child)
    assert client.customers.get(child).parent_customer_id == parent


def test_a_customer_is_found_by_its_token(client: ChargeOver) -> None:
    first, second = (client.customers.create(company=company) for company in ("First", "Second"))
    for customer_id in (first, second):
        customer = client.customers.get(customer_id)
        assert customer.token
        assert client.customers.get_by_token(customer.token) == customer
    with pytest.raises(NotFoundError, match="token:a%2Fb: This customer does not exist"):
        client.customers.get_by_token("a/b")


@pytest.mark.parametrize("key", KEYS, ids=lambda key: ascii(key[:20]))
def test_a_key_may_have_any_character(client: ChargeOver, key: str) -> None:
    client.customers.create(company="Another customer", external_key="x")
    customer_id = client.customers.create(company="Acme", external_key=key)
    assert client.customers.get_by_external_key(key).customer_id == customer_id
    assert client.customers.update_by_external_key(key, company="New") == customer_id
    assert client.customers.get(customer_id).company == "New"
    (in_bulk,) = client.bulk([BulkRequest.get_customer_by_external_key(key)])
    assert in_bulk.value == client.customers.get(customer_id)
    (changed,) = client.customers.bulk_update([(key, {"company": "Newer"})])
    assert changed.value == customer_id
    assert [one.company for one in client.customers.list(where=Field.external_key == key)] == ["Newer"]
    client.customers.delete_by_external_key(key)
    with pytest.raises(NotFoundError):
        client.customers.get(customer_id)
    assert client.customers.count() == 1


def test_a_key_is_told_from_one_that_is_nearly_the_same(client: ChargeOver) -> None:
    ids = {key: client.customers.create(company=key, external_key=key) for key in KEYS}
    assert {key: client.customers.get_by_external_key(key).customer_id for key in KEYS} == ids


def test_an_update_by_key_can_change_the_key(client: ChargeOver) -> None:
    customer_id = client.customers.create(company="Acme", external_key="old")
    assert client.customers.update_by_external_key("old", external_key="new", company="New") == customer_id
    assert client.customers.get_by_external_key("new").company == "New"
    with pytest.raises(NotFoundError):
        client.customers.update_by_external_key("old", company="x")
    client.customers.create(company="Other", external_key="old")
    with pytest.raises(BadRequestError, match="'old' is already the key of customer"):
        client.customers.update_by_external_key("new", external_key="old")


def test_a_literal_path_wins_over_an_id(client: ChargeOver, sandbox: LocalSandbox) -> None:
    customer_id = client.customers.create(company="Acme", external_key="1")
    client.customers.create(company="Another customer")
    other = client.customers.create(company="Other", external_key="_count")
    requests = [
        BulkRequest.request("GET", f"/api/v3/customer/{path}")
        for path in ("_count", "external_key:1", "external_key:_count", "%5Fcount")
    ]
    values: list[Any] = [result.value for result in client.bulk(requests)]
    found = [value if isinstance(value, int) else value["customer_id"] for value in values]
    assert found == [3, customer_id, other, 3]
    sandbox.journal.clear()
    assert client.customers.get_by_external_key("_count").customer_id == other
    assert [exchange.path for exchange in sandbox.journal] == ["/api/v3/customer/external_key:_count"]


@pytest.mark.parametrize("value", ["", None, 1, "\ud800"], ids=repr)
def test_an_impossible_key_is_not_sent(client: ChargeOver, sandbox: LocalSandbox, value: str) -> None:
    calls: list[Callable[[str], object]] = [
        client.customers.get_by_external_key,
        client.customers.get_by_token,
        client.customers.delete_by_external_key,
        lambda key: client.customers.update_by_external_key(key, company="x"),
    ]
    for call in calls:
        with pytest.raises(InvalidFieldError) as caught:
            call(value)
        assert caught.value.field in {"external_key", "token"}
    assert not sandbox.journal


@pytest.mark.parametrize("customer_id", [0, -1, 2**63, True, "1", None, 1.5], ids=repr)
def test_an_impossible_id_is_not_sent(client: ChargeOver, sandbox: LocalSandbox, customer_id: int) -> None:
    for call in (client.customers.delete, client.customers.disconnect_parent):
        with pytest.raises(InvalidFieldError) as caught:
            call(customer_id)
        assert caught.value.field == "customer_id"
    assert not sandbox.journal


def test_what_failed_is_said_with_its_path_and_its_method(client: ChargeOver) -> None:
    with pytest.raises(ChargeOverError) as caught:
        client.customers.delete_by_external_key("a/b")
    assert isinstance(caught.value, NotFoundError)
    assert caught.value.method == "DELETE"
    assert caught.value.url.endswith("/api/v3/customer/external_key:a%2Fb")
