"""One client, many threads or tasks: every answer is right and belongs to its call, and nothing is left open."""

import asyncio
import gc
import threading
from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor

import pytest

from chargeover import AsyncChargeOver, ChargeOver, NotFoundError
from tests.support.counting import CountingSandbox

THREADS, TASKS, CONNECTIONS = 200, 1000, 20


@pytest.fixture
def counting() -> Generator[CountingSandbox]:
    with CountingSandbox() as sandbox:
        yield sandbox


def test_two_hundred_threads(counting: CountingSandbox) -> None:
    start = threading.Barrier(THREADS)

    def live(number: int) -> int:
        start.wait(30)
        customer_id = client.customers.create(company=f"c{number}", external_key=f"k{number}")
        assert client.customers.get(customer_id).company == f"c{number}"
        assert client.customers.update(customer_id, custom_1=f"b{number}") == customer_id
        found = client.customers.get_by_external_key(f"k{number}")
        assert (found.customer_id, found.custom_1) == (customer_id, f"b{number}")
        with pytest.raises(NotFoundError, match=f"{10**6 + number}"):
            client.customers.get(10**6 + number)
        return customer_id

    arguments = {"base_url": counting.url, "username": counting.username, "password": counting.password}
    with ChargeOver(max_connections=CONNECTIONS, **arguments) as client:  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
        with ThreadPoolExecutor(THREADS) as pool:
            ids = list(pool.map(live, range(THREADS)))
        assert sorted(ids) == list(range(1, THREADS + 1))
        assert {one.custom_1 for one in client.customers.list()} == {f"b{number}" for number in range(THREADS)}
    assert 1 < counting.most <= CONNECTIONS
    assert len(counting.used) <= CONNECTIONS
    assert_nothing_is_left(counting)


@pytest.mark.long
async def test_a_thousand_tasks(counting: CountingSandbox) -> None:
    async def live(number: int) -> int:
        customer_id = await client.customers.create(company=f"c{number}", external_key=f"k{number}")
        assert await client.customers.update(customer_id, custom_1=f"b{number}") == customer_id
        found = await client.customers.get_by_external_key(f"k{number}")
        assert (found.customer_id, found.company, found.custom_1) == (customer_id, f"c{number}", f"b{number}")
        return customer_id

    arguments = {"base_url": counting.url, "username": counting.username, "password": counting.password}
    async with AsyncChargeOver(max_connections=CONNECTIONS, **arguments) as client:  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
        ids = await asyncio.gather(*(live(number) for number in range(TASKS)))
        assert sorted(ids) == list(range(1, TASKS + 1))
        assert await client.customers.count(where="custom_1:EQUALS:b7") == 1
    assert 1 < counting.most <= CONNECTIONS
    assert len(counting.used) <= CONNECTIONS
    assert_nothing_is_left(counting)


async def test_tasks_that_are_given_up_take_no_connection_with_them(counting: CountingSandbox) -> None:
    arguments = {"base_url": counting.url, "username": counting.username, "password": counting.password}
    async with AsyncChargeOver(max_connections=5, **arguments) as client:  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
        await client.customers.create(company="Acme")
        for round_number in range(10):
            tasks = [asyncio.create_task(client.customers.get(1)) for _ in range(50)]
            await asyncio.sleep(round_number / 1000)
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        found = await asyncio.gather(*(client.customers.get(1) for _ in range(50)))
        assert {one.company for one in found} == {"Acme"}
    assert_nothing_is_left(counting)


def test_threads_and_clients_that_come_and_go(counting: CountingSandbox) -> None:
    arguments = {"base_url": counting.url, "username": counting.username, "password": counting.password}

    def live(number: int) -> None:
        with ChargeOver(**arguments) as client:  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
            customer_id = client.customers.create(company=f"c{number}")
            assert client.with_options(timeout=5).customers.get(customer_id).company == f"c{number}"

    with ThreadPoolExecutor(20) as pool:
        list(pool.map(live, range(40)))
    assert len(counting.used) == 40
    assert_nothing_is_left(counting)


def assert_nothing_is_left(counting: CountingSandbox) -> None:
    """No connection, by the server's count; and no unclosed socket, which Python would warn about."""
    gc.collect()
    assert counting.is_left_alone()
