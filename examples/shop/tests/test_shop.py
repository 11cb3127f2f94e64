"""The tests of the shop: real state, failures on purpose, and no conftest.py."""

import asyncio
from collections.abc import Mapping
from decimal import Decimal

import pytest
import shop

from chargeover import AsyncChargeOver, ChargeOver
from chargeover_sandbox import LocalSandbox

pytestmark = pytest.mark.chargeover(seed="customers.csv")


def test_a_customer_is_registered_once(chargeover_client: ChargeOver, chargeover_sandbox: LocalSandbox) -> None:
    assert [shop.register(chargeover_client, "shop-4", "Hooli", "Bonn") for _ in range(2)] == [4, 4]
    created = {"company": "Hooli", "external_key": "shop-4", "bill_city": "Bonn"}
    chargeover_sandbox.journal.expect("POST", body=created, times=1)


@pytest.mark.chargeover(faults={"reset": "after", "operation": "create_customer", "times": 1})
def test_a_registration_whose_response_was_lost(chargeover_client: ChargeOver) -> None:
    assert shop.register(chargeover_client, "shop-4", "Hooli", "Bonn") == 4
    assert chargeover_client.customers.count() == 4


@pytest.mark.chargeover(faults={"status": 503, "commit": True, "method": "PUT", "times": 1})
def test_a_move_survives_a_bad_gateway(
    chargeover_client: ChargeOver, chargeover_sandbox: LocalSandbox, chargeover_waits: list[float]
) -> None:
    shop.move(chargeover_client, "shop-1", "Köln")
    customer = chargeover_client.customers.get(1)
    assert (customer.bill_city, customer.company) == ("Köln", "Acme Ltd")
    sent = chargeover_sandbox.journal.expect("PUT", body={"bill_city": "Köln"}, times=2)
    assert [exchange.status for exchange in sent] == [503, 202]
    assert len(chargeover_waits) == 1  # which took no time


def test_a_move_changes_nothing_else(chargeover_client: ChargeOver) -> None:
    before = {customer.customer_id: customer.company for customer in chargeover_client.customers.list()}
    neighbours = [chargeover_client.customers.get(1).raw, chargeover_client.customers.get(3).raw]
    shop.move(chargeover_client, "shop-2", "Hamburg")
    assert {customer.customer_id: customer.company for customer in chargeover_client.customers.list()} == before
    assert [chargeover_client.customers.get(1).raw, chargeover_client.customers.get(3).raw] == neighbours


def test_what_is_owed(chargeover_client: ChargeOver) -> None:
    assert shop.owed(chargeover_client) == {"Acme Ltd": Decimal("250.5"), "Initech": Decimal(12)}


def test_closing_the_year_twice_is_like_once(chargeover_client: ChargeOver, chargeover_sandbox: LocalSandbox) -> None:
    chargeover_sandbox.snapshots.take("before")
    once = shop.close_year(chargeover_client, ["shop-1", "shop-9"])
    first = chargeover_client.customers.get(1).custom_1
    chargeover_sandbox.snapshots.restore("before")
    assert chargeover_client.customers.get(1).custom_1 != first
    assert (
        [shop.close_year(chargeover_client, ["shop-1", "shop-9"]) for _ in range(2)] == [once, once] == [["shop-9"]] * 2
    )
    assert chargeover_client.customers.get(1).custom_1 == first == "checked"


def test_cities(async_chargeover_client: AsyncChargeOver) -> None:
    assert asyncio.run(shop.cities(async_chargeover_client, ["shop-3", "shop-1"])) == ["Berlin", "Bonn"]


def test_the_nightly_job(chargeover_env: Mapping[str, str]) -> None:
    assert shop.nightly() == 2
