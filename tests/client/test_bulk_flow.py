"""How a bulk run goes: lazily, with so many requests under way and no more, and with nothing left over."""

import asyncio
import gc
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from itertools import count
from typing import Any

import pytest

from chargeover import (
    APIConnectionError,
    AsyncBulkResults,
    AsyncChargeOver,
    BulkError,
    BulkRequest,
    BulkResults,
    ChargeOver,
    CustomerUpdateFields,
)
from tests.support.servers import json_server

Change = tuple[int | str, CustomerUpdateFields]


def hang_up() -> None:
    raise ConnectionError


class Server:
    """Does every update that it is asked for.

    Args:
        together: it answers once so many bulk requests are under way, and only a moment later.
        answers: how many bulk requests it answers, from the beginning of the input.
        then: what it does with any other.
    """

    def __init__(self, together: int = 1, answers: int = 10**6, then: Callable[[], object] = hang_up) -> None:
        self.most = 0
        self.bulk_requests = 0
        self._under_way = 0
        self._answers = answers
        self._then = then
        self._lock = threading.Lock()
        self._together = threading.Barrier(together)

    def __call__(self, path: str, parts: Any) -> object:
        assert path == "/api/v3/_bulk"
        customer_id = int(parts[0]["uri"].rpartition("/")[2])
        with self._lock:
            self.bulk_requests += 1
            self._under_way += 1
            self.most = max(self.most, self._under_way)
        if customer_id > self._answers * 25:
            self._then()
        if self._together.parties > 1:
            self._together.wait(10)
            time.sleep(0.02)
        with self._lock:
            self._under_way -= 1
        ids = [int(part["uri"].rpartition("/")[2]) for part in parts]
        return {"_bulk": [{"code": 202, "status": "OK", "message": "", "response": {"id": one}} for one in ids]}


def client_of(url: str) -> ChargeOver:
    return ChargeOver(base_url=url, username="u", password="p")


def async_client_of(url: str) -> AsyncChargeOver:
    return AsyncChargeOver(base_url=url, username="u", password="p")


def changes(taken: list[int], number: int) -> Iterator[Change]:
    for customer_id in range(1, number + 1):
        taken.append(customer_id)
        yield customer_id, {"company": "New"}


async def changes_async(taken: list[int], number: int) -> AsyncIterator[Change]:
    for change in changes(taken, number):
        yield change


def assert_no_thread() -> None:
    """Soon, that is: a request that is under way is waited for."""
    end = time.monotonic() + 5
    while any(thread.name.startswith("chargeover-bulk") for thread in threading.enumerate()):
        assert time.monotonic() < end, threading.enumerate()
        gc.collect()
        time.sleep(0.001)


def forget(results: BulkResults[Any, Any] | AsyncBulkResults[Any, Any]) -> None:
    del results
    gc.collect()


async def assert_no_task() -> None:
    gc.collect()
    async with asyncio.timeout(5):
        while asyncio.all_tasks() - {asyncio.current_task()}:  # noqa: ASYNC110  nothing tells when the last has ended
            await asyncio.sleep(0)


@pytest.mark.parametrize("in_flight", [2, 3])
def test_as_many_bulk_requests_are_under_way_as_allowed(in_flight: int) -> None:
    server = Server(together=in_flight)
    with json_server(server) as url, client_of(url) as client:
        run = client.customers.bulk_update(changes([], in_flight * 4 * 25), in_flight=in_flight)
        assert all(result.ok for result in run)
    assert (server.most, server.bulk_requests) == (in_flight, in_flight * 4)


@pytest.mark.parametrize("in_flight", [2, 3])
async def test_as_many_are_under_way_in_an_async_run(in_flight: int) -> None:
    server = Server(together=in_flight)
    with json_server(server) as url:
        async with async_client_of(url) as client:
            run = client.customers.bulk_update(changes([], in_flight * 4 * 25), in_flight=in_flight)
            assert all([result.ok async for result in run])
    assert (server.most, server.bulk_requests) == (in_flight, in_flight * 4)


@pytest.mark.parametrize("in_flight", [1, 2, 4])
async def test_the_input_is_taken_no_further_ahead_than_that(in_flight: int) -> None:
    taken: list[int] = []
    ahead = (in_flight + 1) * 25
    with json_server(Server()) as url:
        with client_of(url) as client:
            run = client.customers.bulk_update(changes(taken, 500), in_flight=in_flight)
            assert not taken
            assert max(len(taken) - result.index for result in run) <= ahead
            assert len(taken) == 500
        async with async_client_of(url) as async_client:
            for source in (changes, changes_async):
                taken.clear()
                async_run = async_client.customers.bulk_update(source(taken, 500), in_flight=in_flight)
                assert not taken
                assert max([len(taken) - result.index async for result in async_run]) <= ahead
                assert len(taken) == 500


def test_an_endless_input_will_do() -> None:
    with json_server(Server()) as url, client_of(url) as client:
        endless = (BulkRequest.update_customer(number, company="x") for number in count(1))
        for result in client.bulk(endless, in_flight=2):
            if result.index == 300:
                break


@pytest.mark.parametrize("in_flight", [1, 8])
def test_a_run_that_is_left_early_leaves_no_thread_behind(in_flight: int) -> None:
    server = Server()
    with json_server(server) as url, client_of(url) as client:
        for result in client.customers.bulk_update(changes([], 10_000), in_flight=in_flight):
            if result.index == 30:
                break
        assert_no_thread()
        sent = server.bulk_requests
        assert sent <= 2 + in_flight + 1
        assert len(list(client.customers.bulk_update(changes([], 25)))) == 25
    assert server.bulk_requests == sent + 1


def test_a_run_that_ends_leaves_no_thread_behind() -> None:
    with json_server(Server()) as url, client_of(url) as client:
        run = client.customers.bulk_update(changes([], 100))
        assert len(list(run)) == 100
        assert_no_thread()
        assert list(run) == []


@pytest.mark.parametrize("in_flight", [1, 8])
async def test_an_async_run_that_is_left_early_leaves_no_task_behind(in_flight: int) -> None:
    server = Server()
    with json_server(server) as url:
        async with async_client_of(url) as client:
            async for result in client.customers.bulk_update(changes([], 10_000), in_flight=in_flight):
                if result.index == 30:
                    break
            await assert_no_task()
            sent = server.bulk_requests
            assert len([one async for one in client.customers.bulk_update(changes([], 25))]) == 25
    # What was cancelled may have been on its way, and the server counts it when it comes.
    assert sent + 1 <= server.bulk_requests <= 2 + in_flight + 1


async def test_a_cancelled_async_run_leaves_no_task_behind() -> None:
    begun, released = asyncio.Event(), threading.Event()

    async def run(client: AsyncChargeOver) -> None:
        async for _ in client.customers.bulk_update(changes([], 1000), in_flight=4):
            begun.set()

    with json_server(Server(answers=1, then=lambda: released.wait(10))) as url:
        async with async_client_of(url) as client:
            task = asyncio.create_task(run(client))
            await begun.wait()
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                async with asyncio.timeout(5):
                    await task
            await assert_no_task()
        released.set()


async def test_when_the_server_goes_away_each_item_without_an_answer_has_the_error() -> None:
    with json_server(Server(answers=2)) as url, client_of(url) as client:
        results = list(client.customers.bulk_update(changes([], 110), in_flight=1, errors="return"))
    with json_server(Server(answers=2)) as url:
        async with async_client_of(url) as async_client:
            run = async_client.customers.bulk_update(changes([], 110), in_flight=1, errors="return")
            async_results = [result async for result in run]
    for found in (results, async_results):
        assert [result.ok for result in found] == [True] * 50 + [False] * 60
        assert {type(result.error) for result in found[50:]} == {APIConnectionError}
        assert len({id(result.error) for result in found[50:]}) == 3
        assert "/api/v3/_bulk could not be read, and the request may have been carried out" in str(found[50].error)


def test_an_error_of_many_items_is_raised_once() -> None:
    with json_server(Server(answers=1)) as url, client_of(url) as client, pytest.raises(BulkError) as caught:
        list(client.customers.bulk_update(changes([], 80), in_flight=1))
    assert (len(caught.value.results), len(caught.value.exceptions), caught.value.done) == (55, 3, 80)
    assert str(caught.value).startswith("55 of 80 items failed, the first: The response to POST ")


async def test_results_that_are_never_iterated_cause_a_warning() -> None:
    words = "never asked for, so nothing was sent"
    with client_of("http://127.0.0.1:1") as client:
        with pytest.warns(RuntimeWarning, match=words) as warned:
            forget(client.customers.bulk_update([(1, {"company": "x"})]))
        assert len(warned) == 1
    async with async_client_of("http://127.0.0.1:1") as async_client:
        with pytest.warns(RuntimeWarning, match=words):
            forget(async_client.bulk([BulkRequest.get_customer(1)]))


async def test_results_that_are_iterated_cause_none() -> None:
    with client_of("http://127.0.0.1:1") as client:
        run = client.bulk([BulkRequest.get_customer(1)], errors="return")
        assert not next(run).ok
    async with async_client_of("http://127.0.0.1:1") as async_client:
        async_run = async_client.bulk([BulkRequest.get_customer(1)], errors="return")
        assert not (await anext(async_run)).ok
    del run, async_run
    gc.collect()
