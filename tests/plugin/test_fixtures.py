"""What the fixtures and the marker of the plugin give a test."""

import asyncio
import time
from collections.abc import Mapping
from pathlib import Path

import pytest
import trio

from chargeover import APITimeoutError, AsyncChargeOver, ChargeOver, InternalServerError, RateLimitError
from chargeover_sandbox import LocalSandbox, RemoteSandbox

SEED = [{"customer_id": 7, "company": "Acme Group", "balance": 250.5}]
LOST = {"status": 503, "commit": True, "method": "PUT", "times": 1}


@pytest.mark.parametrize("_", range(2))
def test_each_test_starts_with_nothing(_: int, chargeover_client: ChargeOver, chargeover_sandbox: LocalSandbox) -> None:
    assert chargeover_client.customers.create(company="Acme Ltd") == 1
    assert [exchange.operation for exchange in chargeover_sandbox.journal] == ["create_customer"]
    assert chargeover_sandbox.accounts.list() == ["sandbox"]
    assert chargeover_sandbox.snapshots.list() == []
    assert chargeover_sandbox.webhooks.list() == []
    assert chargeover_sandbox.faults.list() == []
    # All that a test can leave behind, also from elsewhere.
    remote = RemoteSandbox(chargeover_sandbox.url)
    remote.seed(SEED)
    remote.snapshots.take("left")
    remote.accounts.add("left", "secret")
    remote.webhooks.add("http://127.0.0.1:9/left")
    remote.clock.move(3600)
    with remote.faults.of(status=500), pytest.raises(InternalServerError):
        chargeover_client.with_options(max_retries=0).customers.count()


@pytest.mark.chargeover(seed=SEED)
def test_a_seed_of_customers(chargeover_client: ChargeOver, chargeover_sandbox: LocalSandbox) -> None:
    chargeover_client.customers.delete(7)
    chargeover_sandbox.reset()
    assert chargeover_client.customers.get(7).balance == 250.5


@pytest.mark.chargeover(seed=25)
def test_a_seed_of_made_up_customers(chargeover_client: ChargeOver) -> None:
    assert chargeover_client.customers.count() == 25


@pytest.mark.chargeover(seed="customers.csv")
def test_a_seed_file_is_looked_for_beside_the_test(chargeover_client: ChargeOver) -> None:
    assert [customer.company for customer in chargeover_client.customers.list()] == ["Acme Ltd", "Contoso"]


@pytest.mark.chargeover(seed=Path(__file__).with_name("customers.csv"))
def test_a_seed_file_by_its_whole_path(chargeover_client: ChargeOver) -> None:
    assert chargeover_client.customers.count() == 2


@pytest.mark.chargeover(seed=SEED, faults=LOST)
class TestTheNearestMarkerDecidesOnEachOption:
    def test_of_the_class(self, chargeover_client: ChargeOver, chargeover_waits: list[float]) -> None:
        assert chargeover_client.customers.update(7, bill_city="Köln") == 7
        assert len(chargeover_waits) == 1

    @pytest.mark.chargeover(faults=[])
    def test_of_the_test(self, chargeover_client: ChargeOver, chargeover_waits: list[float]) -> None:
        assert chargeover_client.customers.update(7, bill_city="Köln") == 7
        assert chargeover_waits == []


@pytest.mark.chargeover(seed=SEED)
def test_the_marker_brings_the_sandbox(request: pytest.FixtureRequest) -> None:
    assert "chargeover_sandbox" in request.node.funcargs


@pytest.mark.chargeover(faults={"status": 429, "retry_after": 50, "times": 1})
def test_waits_take_no_time_and_are_noted(chargeover_client: ChargeOver, chargeover_waits: list[float]) -> None:
    started = time.monotonic()
    chargeover_client.customers.count()
    assert chargeover_waits == [pytest.approx(50, abs=1)]
    assert time.monotonic() - started < 10


@pytest.mark.chargeover(faults={"status": 429, "retry_after": 50, "times": 1})
def test_waits_are_noted_after_a_test_has_undone_its_patches(
    chargeover_sandbox: LocalSandbox, chargeover_waits: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    sandbox = chargeover_sandbox
    with ChargeOver(base_url=sandbox.url, username=sandbox.username, password=sandbox.password) as client:
        client.customers.count()
    assert chargeover_waits == [pytest.approx(50, abs=1)]


@pytest.mark.chargeover(faults={"status": 429, "retry_after": 50})
def test_waits_count_for_the_deadline(chargeover_client: ChargeOver, chargeover_waits: list[float]) -> None:
    with pytest.raises((RateLimitError, APITimeoutError)):
        chargeover_client.with_options(deadline=120).customers.count()
    assert len(chargeover_waits) == 2  # a third one would end after 150 seconds


@pytest.mark.chargeover(faults={"status": 429, "retry_after": 50, "times": 3})
def test_tasks_wait_at_the_same_time(async_chargeover_client: AsyncChargeOver, chargeover_waits: list[float]) -> None:
    async def three() -> list[int]:
        return await asyncio.gather(*(async_chargeover_client.customers.count() for _ in range(3)))

    assert asyncio.run(three()) == [0, 0, 0]  # none ran into its deadline of 120 seconds
    assert len(chargeover_waits) >= 3


def test_the_async_client_works_in_one_event_loop_after_the_other(async_chargeover_client: AsyncChargeOver) -> None:
    async def count() -> int:
        return await async_chargeover_client.customers.count()

    assert [asyncio.run(count()), trio.run(count), asyncio.run(count())] == [0, 0, 0]


async def test_an_async_test(async_chargeover_client: AsyncChargeOver, chargeover_sandbox: LocalSandbox) -> None:
    customer_id = await async_chargeover_client.customers.create(company="Acme Ltd")
    assert (await async_chargeover_client.customers.get(customer_id)).company == "Acme Ltd"
    assert len(chargeover_sandbox.journal) == 2


def test_code_that_builds_its_own_client(
    chargeover_env: Mapping[str, str], chargeover_sandbox: LocalSandbox, chargeover_waits: list[float]
) -> None:
    chargeover_sandbox.faults.add(status=503, times=1)
    with ChargeOver() as client:
        assert client.customers.count() == 0
    assert len(chargeover_waits) == 1
    assert chargeover_env["CHARGEOVER_BASE_URL"] == chargeover_sandbox.url
