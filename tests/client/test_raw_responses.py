"""with_raw_response: the same results, and the answers that they were read from."""

import inspect
import json
from collections.abc import Callable
from typing import Any

import pytest

from chargeover import (
    AsyncChargeOver,
    AsyncCustomers,
    BadRequestError,
    ChargeOver,
    Customer,
    Customers,
    InvalidFieldError,
    NotFoundError,
    RawResponse,
)
from chargeover_sandbox import LocalSandbox

COMPANY = {"company": "Acme"}
KEY = "crm-7"

# Each method that sends one request, with what it is called with and what it gives. Customer 1 has a parent and a key.
CALLS: dict[str, tuple[Callable[[Any], Any], int, object]] = {
    "create": (lambda customers: customers.create(**COMPANY), 201, 3),
    "get": (lambda customers: customers.get(1), 200, Customer),
    "get_by_external_key": (lambda customers: customers.get_by_external_key(KEY), 200, Customer),
    "get_by_token": (lambda customers: customers.get_by_token(customers.token), 200, Customer),
    "count": (lambda customers: customers.count(), 200, 2),
    "update": (lambda customers: customers.update(1, **COMPANY), 202, 1),
    "update_by_external_key": (lambda customers: customers.update_by_external_key(KEY, **COMPANY), 202, 1),
    "diff": (lambda customers: customers.diff(1, company="First"), 200, {}),
    "delete": (lambda customers: customers.delete(1), 200, None),
    "delete_by_external_key": (lambda customers: customers.delete_by_external_key(KEY), 200, None),
    "disconnect_parent": (lambda customers: customers.disconnect_parent(1), 200, None),
}


@pytest.fixture(autouse=True)
def family(client: ChargeOver) -> None:
    client.customers.create(company="First", external_key=KEY)
    client.customers.create(company="Parent")
    client.customers.update(1, parent_customer_id=2)


def check(raw: RawResponse[Any], sandbox: LocalSandbox, status: int, value: object) -> None:
    assert type(raw) is RawResponse
    assert isinstance(raw.value, Customer) if value is Customer else raw.value == value
    exchange = sandbox.journal[-1]
    assert (raw.response.status, json.loads(raw.response.body)) == (exchange.status, exchange.envelope)
    assert raw.response.status == status
    assert raw.response.headers["content-type"] == "application/json"


class WithToken:
    """Raw customers, with the token of one that can be asked for."""

    def __init__(self, customers: Any, token: str | None) -> None:
        self._customers = customers
        self.token = token

    def __getattr__(self, name: str) -> Any:
        return getattr(self._customers, name)


# These send several requests, or none.
WITHOUT_A_RESPONSE = {"list", "upsert", "bulk_update", "bulk_upsert", "bulk_diff", "preview", "preview_by_external_key"}


@pytest.mark.parametrize("name", CALLS)
def test_every_method_gives_its_answer_too(client: ChargeOver, sandbox: LocalSandbox, name: str) -> None:
    action, status, value = CALLS[name]
    raw = action(WithToken(client.customers.with_raw_response, client.customers.get(1).token))
    check(raw, sandbox, status, value)


@pytest.mark.parametrize("name", CALLS)
async def test_every_awaited_method_too(async_client: AsyncChargeOver, sandbox: LocalSandbox, name: str) -> None:
    action, status, value = CALLS[name]
    token = (await async_client.customers.get(1)).token
    raw = await action(WithToken(async_client.customers.with_raw_response, token))
    check(raw, sandbox, status, value)


@pytest.mark.parametrize("kind", [Customers, AsyncCustomers])
def test_no_method_that_sends_one_request_is_missing(client: ChargeOver, kind: type) -> None:
    methods = {name for name, _ in inspect.getmembers(kind, inspect.isfunction) if name[0] != "_"}
    assert methods - WITHOUT_A_RESPONSE == set(CALLS) == set(vars(client.customers.with_raw_response))


def test_an_error_is_raised_as_ever(client: ChargeOver) -> None:
    raw = client.customers.with_raw_response
    with pytest.raises(NotFoundError):
        raw.get(99)
    with pytest.raises(BadRequestError):
        raw.update(1, parent_customer_id=1)
    with pytest.raises(InvalidFieldError):
        raw.get(0)


def test_a_printed_raw_response_shows_no_body(client: ChargeOver) -> None:
    client.customers.update(1, bill_city="Bonn")
    assert "Bonn" not in repr(client.customers.with_raw_response.get(1))


def test_the_customers_themselves_stay_as_they_are(client: ChargeOver) -> None:
    customers = client.customers
    assert isinstance(customers.with_raw_response.get(1), RawResponse)
    assert isinstance(customers.get(1), Customer)
