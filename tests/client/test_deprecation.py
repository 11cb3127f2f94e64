"""A field that the contract marks as deprecated: one warning, at the line of the caller."""

import inspect
import warnings
from collections.abc import Callable
from typing import Any

import pytest

from chargeover import AsyncChargeOver, BulkRequest, ChargeOver
from chargeover._wire import CUSTOMER_CREATE, CUSTOMER_UPDATE
from tests.support.seed import ROWS

pytestmark = pytest.mark.filterwarnings("error")
FIELDS: Any = {"bill_addr3": "x", "company": "y"}


def lines_of(action: Callable[[], object]) -> list[tuple[str, int, str]]:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        action()
    return [(one.filename, one.lineno, str(one.message)) for one in caught]


def test_the_fields_are_those_of_the_contract() -> None:
    for rules in (CUSTOMER_CREATE, CUSTOMER_UPDATE):
        assert {name for name, rule in rules.items() if rule.is_deprecated} == {"bill_addr3", "ship_addr3"}
    assert {"bill_addr3", "ship_addr3"} <= {row.name for row in ROWS}


def test_each_way_to_send_one_warns_once_at_the_callers_line(client: ChargeOver) -> None:
    customers = client.customers
    ways: list[Callable[[], object]] = [
        lambda: customers.create(FIELDS, external_key="k"),
        lambda: customers.update(1, FIELDS),
        lambda: customers.update(1, **FIELDS),
        lambda: customers.update_by_external_key("k", FIELDS),
        lambda: customers.preview(1, FIELDS),
        lambda: customers.diff(1, FIELDS),
        lambda: customers.upsert("k", FIELDS),
        lambda: customers.upsert("new", FIELDS),
        lambda: BulkRequest.update_customer(1, FIELDS),
        lambda: list(customers.bulk_update([(1, FIELDS)])),
        lambda: list(customers.bulk_upsert([("newer", FIELDS)])),
    ]
    for way in ways:
        line = inspect.getsourcelines(way)[1]
        assert lines_of(way) == [(__file__, line, "ChargeOver marks bill_addr3 as deprecated (docs).")]


async def test_an_awaited_call_warns_at_the_callers_line(async_client: AsyncChargeOver) -> None:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        await async_client.customers.create(company="x", bill_addr3="x", ship_addr3="x")
    ((filename, message),) = [(one.filename, str(one.message)) for one in caught]
    assert (filename, message) == (__file__, "ChargeOver marks bill_addr3 and ship_addr3 as deprecated (docs).")


def test_other_fields_and_reading_do_not_warn(client: ChargeOver) -> None:
    client.customers.create(company="x", bill_addr2="y")
    assert client.customers.get(1).bill_addr3 is None


def test_by_default_a_line_warns_once() -> None:
    client = ChargeOver(base_url="http://127.0.0.1:1", username="u", password="p")
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("default")
        for _ in range(3):
            client.customers.preview(1, bill_addr3="x")
    assert len(caught) == 1
