"""One queue for all requests of a client: places, a stop after a 429, and the way back to full speed."""

import asyncio
import math
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx2
import pytest

from chargeover import (
    APITimeoutError,
    AsyncChargeOver,
    BulkRequest,
    ChargeOver,
    Clock,
    ConfigurationError,
    RateLimitError,
)
from chargeover._http.limiter import Limiter
from tests.support.internals import limiter_of
from tests.support.scripted import URL, FakeTime, Script, no, perform, yes

NO_END = math.inf


def places(limiter: Limiter, number: int) -> list[float]:
    return [limiter.turn(NO_END) for _ in range(number)]


def approx(*seconds: float) -> list[Any]:
    return [pytest.approx(one) for one in seconds]


def test_without_a_rate_no_request_waits() -> None:
    assert places(Limiter(None, FakeTime()), 100) == [0.0] * 100


def test_a_rate_spaces_requests_evenly() -> None:
    assert places(Limiter(4, FakeTime()), 5) == approx(0, 0.25, 0.5, 0.75, 1)


def test_a_pause_is_not_saved_up_for_a_burst() -> None:
    clock = FakeTime()
    limiter = Limiter(4, clock)
    places(limiter, 1)
    clock.sleep(60)
    assert places(limiter, 3) == approx(0, 0.25, 0.5)


def test_a_rate_below_one_a_second() -> None:
    assert places(Limiter(0.1, FakeTime()), 3) == approx(0, 10, 20)


@pytest.mark.parametrize("rate", [0, -1, math.nan, math.inf, "5", True])
def test_these_rates_are_refused(rate: Any) -> None:
    with pytest.raises(ConfigurationError, match="requests_per_second"):
        Limiter(rate)


def test_a_429_stops_all_requests_for_as_long_as_asked_and_then_spaces_them() -> None:
    limiter = Limiter(None, FakeTime())
    limiter.refused(10)
    assert places(limiter, 3) == approx(10, 10.05, 10.1)


def test_a_shorter_stop_does_not_shorten_a_longer_one() -> None:
    limiter = Limiter(None, FakeTime())
    limiter.refused(10)
    limiter.refused(1)
    assert places(limiter, 1) == approx(10)


def test_a_stop_ends() -> None:
    clock = FakeTime()
    limiter = Limiter(None, clock)
    limiter.refused(10)
    clock.sleep(11)
    assert places(limiter, 2) == approx(0, 0.05)


def test_each_further_429_doubles_the_distance_up_to_two_seconds() -> None:
    clock = FakeTime()
    limiter = Limiter(None, clock)
    distances: list[float] = []
    for _ in range(8):
        limiter.refused(0)
        first, second = places(limiter, 2)
        distances.append(second - first)
    assert distances == approx(0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 2, 2)


def test_the_distance_grows_from_the_rate_that_was_asked_for_and_comes_back_to_it() -> None:
    limiter = Limiter(4, FakeTime())
    limiter.refused(0)
    assert places(limiter, 2) == approx(0, 0.5)
    for _ in range(10):
        limiter.accepted()
    limiter.refused(0)
    assert places(limiter, 2) == approx(0, 0.5)


def test_each_success_brings_them_a_tenth_closer_until_no_request_waits() -> None:
    clock = FakeTime()
    limiter = Limiter(None, clock)
    limiter.refused(0)
    limiter.accepted()
    first, second = places(limiter, 2)
    assert second - first == pytest.approx(0.045)
    for _ in range(60):
        limiter.accepted()
    clock.sleep(1)
    assert places(limiter, 100) == [0.0] * 100


def test_a_place_that_comes_too_late_is_not_taken() -> None:
    limiter = Limiter(1, FakeTime())
    assert places(limiter, 1) == [0.0]
    assert [limiter.turn(1) for _ in range(1000)] == [1.0] * 1000
    assert [limiter.turn(2) for _ in range(3)] == approx(1, 2, 2)


def test_threads_that_ask_at_once_get_places_of_their_own() -> None:
    limiter = Limiter(100, FakeTime())
    start = threading.Barrier(16)

    def ask() -> list[float]:
        start.wait()
        return places(limiter, 100)

    with ThreadPoolExecutor(16) as pool:
        found = [wait for future in [pool.submit(ask) for _ in range(16)] for wait in future.result()]
    assert sorted(found) == [pytest.approx(number / 100) for number in range(1600)]


def test_a_client_keeps_to_its_rate() -> None:
    time, script = FakeTime(), Script([yes({})] * 5)

    def read(client: Any) -> None:
        for _ in range(5):
            client.customers.get(1)

    perform("sync", script, read, time, requests_per_second=2)
    assert time.now - 1000 == pytest.approx(2)


def test_all_clients_that_were_made_from_one_share_its_rate() -> None:
    def read(client: Any) -> None:
        client.customers.get(1)
        client.with_options(timeout=5).customers.get(1)
        client.customers.with_raw_response.get(1)
        list(client.bulk([BulkRequest.get_customer(1)]))

    bulk_answer = yes({"_bulk": [{"response": {}}]})
    time = FakeTime()
    perform("sync", Script([*[yes({})] * 3, bulk_answer]), read, time, requests_per_second=2)
    assert time.now - 1000 == pytest.approx(1.5)


def test_a_429_of_one_thread_stops_the_others() -> None:
    """One thread is refused; only then do the others ask."""
    waits: dict[str, list[float]] = {}
    refused, gate = threading.Event(), threading.Event()

    def sleep(seconds: float) -> None:
        waits.setdefault(threading.current_thread().name, []).append(seconds)
        refused.set()
        gate.wait(10)

    script = Script([no(429, retry_after="7"), *[yes({})] * 4])
    with httpx2.Client(transport=httpx2.MockTransport(script)) as http:
        clock = Clock(FakeTime(), sleep)
        client = ChargeOver(base_url=URL, username="u", password="p", http_client=http, clock=clock)
        threads = [threading.Thread(target=client.customers.get, args=(1,), name=f"{n}") for n in range(4)]
        threads[0].start()
        assert refused.wait(10)
        for thread in threads[1:]:
            thread.start()
        gate.set()
        for thread in threads:
            thread.join(10)
    others = sorted(wait for name, found in waits.items() if name != "0" for wait in found)
    assert len(others) == 3
    assert all(7 <= wait <= 7.2 for wait in others)
    assert waits["0"][0] == 7.0


def test_a_429_also_stops_requests_that_already_wait_for_their_turn() -> None:
    time = FakeTime()
    slept: list[float] = []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        if len(slept) == 1:  # meanwhile, another thread is refused
            limiter_of(client).refused(30)
        time.sleep(seconds)

    with httpx2.Client(transport=httpx2.MockTransport(Script([yes({})] * 2))) as http:
        client = ChargeOver(
            base_url=URL,
            username="u",
            password="p",
            http_client=http,
            clock=Clock(time, sleep),
            requests_per_second=1,
        )
        client.customers.get(1)
        client.customers.get(1)
    assert slept == approx(1, 29)


@pytest.mark.parametrize("kind", ["sync", "async"])
def test_a_turn_after_the_deadline_is_a_timeout_of_something_that_was_not_sent(kind: Any) -> None:
    script = Script([no(429, retry_after="60")])

    def hurry(client: ChargeOver | AsyncChargeOver) -> Any:
        limiter_of(client).refused(60)
        return client.customers.update(1, company="Acme")

    with pytest.raises(APITimeoutError) as caught:
        perform(kind, script, hurry, FakeTime(), deadline=10)
    error = caught.value
    assert str(error) == (
        "PUT https://acme.chargeover.com/api/v3/customer/1 was not sent: its turn would come in 60.0 s, "
        "which is after the deadline"
    )
    assert (error.was_sent, error.is_transient, error.attempts, error.__cause__) == (False, False, 1, None)
    assert error.request is not None
    assert (error.method, error.request.body) == ("PUT", b'{"company":"Acme"}')
    assert script.requests == []


@pytest.mark.parametrize("kind", ["sync", "async"])
@pytest.mark.parametrize(("status", "was_sent"), [(429, False), (503, True)])
def test_a_turn_that_is_too_late_for_another_attempt_says_what_came_of_the_first(
    kind: Any, status: int, was_sent: bool
) -> None:
    def update(client: Any) -> Any:
        def another_thread_is_refused(_: object) -> None:
            limiter_of(client).refused(60)

        return client.with_options(on_retry=another_thread_is_refused).customers.update(1, company="Acme")

    with pytest.raises(APITimeoutError, match="was not sent again") as caught:
        perform(kind, Script([no(status, retry_after="1")]), update, deadline=10)
    assert caught.value.was_sent is was_sent
    assert getattr(caught.value.__cause__, "http_status", None) == status


def test_a_429_that_is_final_slows_the_client_for_a_minute_at_most() -> None:
    time = FakeTime()

    def refuse(client: Any) -> float:
        with pytest.raises(RateLimitError):
            client.customers.get(1)
        return limiter_of(client).turn(NO_END)

    assert perform("sync", Script([no(429, retry_after="86400")]), refuse, time) == 60.0


async def test_tasks_wait_for_their_turns_without_blocking_one_another() -> None:
    waits: list[float] = []

    async def note(seconds: float) -> None:
        waits.append(seconds)
        await asyncio.sleep(0)

    script = Script([yes({})] * 20)
    async with httpx2.AsyncClient(transport=httpx2.MockTransport(script)) as http:
        client = AsyncChargeOver(
            base_url="https://acme.chargeover.com",
            username="u",
            password="p",
            http_client=http,
            requests_per_second=100,
            clock=Clock(FakeTime(), async_sleep=note),
        )
        await asyncio.gather(*(client.customers.get(number) for number in range(1, 21)))
    assert waits == [pytest.approx(number / 100) for number in range(1, 20)]
