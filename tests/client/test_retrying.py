"""Retries: how often, after which waits, and what the client makes of the response."""

import asyncio
from functools import partial
from types import TracebackType
from typing import Any

import httpx2
import pytest

from chargeover import (
    APIConnectionError,
    APITimeoutError,
    AsyncChargeOver,
    BulkRequest,
    Clock,
    InternalServerError,
    NotFoundError,
    RateLimitError,
    ReceivedResponse,
    RetryEvent,
    SentRequest,
)
from tests.support.scripted import URL, Act, FakeTime, Kind, Outcome, Script, failure, no, perform, yes

READ, DONE = httpx2.ReadTimeout, yes({"id": 7}, 202)
NEVER_SENT = httpx2.ConnectError
SENT, ANSWER = SentRequest("GET", URL, {}), ReceivedResponse(404, {})


@pytest.fixture(params=["sync", "async"])
def act(request: pytest.FixtureRequest) -> Act:
    kind: Kind = request.param
    return partial(perform, kind)


def update(client: Any) -> Any:
    return client.customers.update(7, company="Acme")


def create(client: Any) -> Any:
    return client.customers.create(company="Acme")


def test_a_request_that_succeeds_late_gives_its_result(act: Act, waits: list[float]) -> None:
    script = Script([no(500), httpx2.ConnectError, no(503, retry_after="4"), DONE])
    assert act(script, update) == 7
    assert script.sent() == ["PUT /api/v3/customer/7"] * 4
    assert len(waits) == 3
    assert waits[2] == 4.0


@pytest.mark.parametrize("max_retries", [0, 1, 3, 5])
def test_max_retries_counts_what_comes_after_the_first_attempt(act: Act, max_retries: int) -> None:
    script = Script([no(500)] * 6)
    error = failure(act, script, update, max_retries=max_retries)
    assert isinstance(error, InternalServerError)
    assert len(script.requests) == error.attempts == max_retries + 1


def test_three_is_the_default(act: Act) -> None:
    script = Script([no(500)] * 6)
    failure(act, script, update)
    assert len(script.requests) == 4


def test_the_last_error_is_the_one_that_is_raised(act: Act) -> None:
    error = failure(act, Script([no(500), no(502), READ, no(404)]), update)
    assert isinstance(error, NotFoundError)
    assert error.attempts == 4


def test_every_attempt_carries_the_same_body_and_credentials(act: Act) -> None:
    script = Script([no(500), READ, DONE])
    act(script, update)
    assert len({(one.content, one.headers["authorization"]) for one in script.requests}) == 1


@pytest.mark.parametrize("outcome", [no(408), no(500), no(503, retry_after="1"), READ, httpx2.RemoteProtocolError])
def test_a_creation_that_may_have_been_done_is_not_sent_again(act: Act, outcome: Outcome) -> None:
    script = Script([outcome])
    failure(act, script, create)
    assert script.sent() == ["POST /api/v3/customer"]


@pytest.mark.parametrize("outcome", [no(429), NEVER_SENT, httpx2.ConnectTimeout, httpx2.PoolTimeout])
def test_a_creation_that_was_certainly_not_done_is_sent_again(act: Act, outcome: Outcome) -> None:
    script = Script([outcome, yes({"id": 7}, 201)])
    assert act(script, create) == 7


@pytest.mark.parametrize(
    ("requests", "attempts"),
    [
        ([BulkRequest.get_customer(1), BulkRequest.update_customer(2, company="x")], 4),
        ([BulkRequest.get_customer(1), BulkRequest.create_customer(company="x")], 1),
        ([BulkRequest.create_customer(company="x", external_key="k")], 1),
        ([BulkRequest.request("POST", "/api/v3/other")], 1),
        ([BulkRequest.request("PUT", "/api/v3/other")], 4),
    ],
    ids=str,
)
def test_a_bulk_request_is_sent_again_if_each_of_its_parts_may_be_carried_out_twice(
    requests: list[BulkRequest[Any]], attempts: int
) -> None:
    script = Script([no(503)] * attempts)

    def run(client: Any) -> None:
        for result in client.bulk(requests, errors="return"):
            assert isinstance(result.error, InternalServerError)

    perform("sync", script, run)
    assert len(script.requests) == attempts


def test_the_deadline_ends_it_before_a_wait_that_would_pass_it(act: Act) -> None:
    time, script = FakeTime(), Script([no(503, retry_after="4")] * 9)
    error = failure(act, script, update, time=time, deadline=10, max_retries=9)
    assert isinstance(error, InternalServerError)
    # At 0, 4 and 8 s. The next attempt would be at 12 s, after the deadline.
    assert (len(script.requests), time.now - 1000) == (3, 8.0)


def test_a_wait_that_ends_at_the_deadline_leaves_no_time_for_an_attempt(act: Act) -> None:
    script = Script([no(503, retry_after="10")])
    failure(act, script, update, time=FakeTime(), deadline=10)
    assert len(script.requests) == 1


def test_what_is_left_of_the_deadline_limits_each_attempt(act: Act) -> None:
    script = Script([no(503, retry_after="4"), no(503, retry_after="4"), DONE])
    act(script, update, time=FakeTime(), deadline=10, timeout=5)
    timeouts = [request.extensions["timeout"] for request in script.requests]
    assert [one["read"] for one in timeouts] == [5, 5, 2]
    assert [one["pool"] for one in timeouts] == [10, 6, 2]


@pytest.mark.parametrize("status", [429, 503])
def test_a_server_that_asks_for_too_long_a_wait_is_taken_at_its_word(act: Act, status: int, waits: list[float]) -> None:
    error = failure(act, Script([no(status, retry_after="61")]), update)
    assert isinstance(error, RateLimitError | InternalServerError)
    assert (error.retry_after, error.attempts, waits) == (61.0, 1, [])


def test_the_hook_is_told_before_each_wait(act: Act, waits: list[float]) -> None:
    events: list[RetryEvent] = []
    script = Script([no(503, retry_after="4"), READ, no(500), DONE])
    act(script, update, on_retry=events.append)
    assert [(event.method, event.url) for event in events] == [("PUT", f"{URL}/api/v3/customer/7")] * 3
    assert [event.attempt for event in events] == [1, 2, 3]
    assert [event.wait for event in events] == waits
    assert [type(event.error) for event in events] == [InternalServerError, APITimeoutError, InternalServerError]


def test_the_hook_is_not_told_of_an_end(act: Act) -> None:
    events: list[RetryEvent] = []
    failure(act, Script([no(500), no(404)]), update, on_retry=events.append)
    failure(act, Script([no(500)]), update, on_retry=events.append, max_retries=0)
    failure(act, Script([no(503, retry_after="11")]), update, on_retry=events.append, deadline=10, time=FakeTime())
    assert len(events) == 1


@pytest.mark.parametrize(
    "raised", [ValueError("mine"), KeyboardInterrupt("mine"), NotFoundError(SENT, ANSWER)], ids=repr
)
def test_what_the_hook_raises_ends_the_call(act: Act, raised: BaseException) -> None:
    def hook(_: RetryEvent) -> None:
        raise raised

    script = Script([no(500)])
    with pytest.raises(type(raised)) as caught:
        act(script, update, on_retry=hook)
    assert caught.value is raised
    assert len(script.requests) == 1


def test_an_error_says_that_something_was_sent_if_any_attempt_was(act: Act) -> None:
    error = failure(act, Script([READ, *[NEVER_SENT] * 3]), update)
    assert isinstance(error, APIConnectionError)
    assert (error.was_sent, error.attempts) == (True, 4)
    error = failure(act, Script([no(429), *[NEVER_SENT] * 3]), update)
    assert isinstance(error, APIConnectionError)
    assert error.was_sent is False


def test_what_the_caller_was_handling_keeps_its_traceback(act: Act) -> None:
    def call_while_handling() -> tuple[TracebackType | None, BaseException | None]:
        try:
            _ = 1 / 0
        except ZeroDivisionError as handled:
            error = failure(act, Script([NEVER_SENT]), update, max_retries=0)
            return handled.__traceback__, error.__cause__
        return None, None

    kept, cause = call_while_handling()
    assert kept is not None
    assert cause is not None
    assert cause.__traceback__ is None


async def test_a_cancelled_call_is_not_sent_again() -> None:
    async def cancel(_: float) -> None:
        raise asyncio.CancelledError

    script = Script([no(500)] * 9)
    async with httpx2.AsyncClient(transport=httpx2.MockTransport(script)) as http:
        client = AsyncChargeOver(
            base_url=URL, username="u", password="p", http_client=http, clock=Clock(async_sleep=cancel)
        )

        with pytest.raises(asyncio.CancelledError):
            await client.customers.get(1)
    assert len(script.requests) == 1
