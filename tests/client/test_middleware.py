"""Functions of the caller's around each attempt."""

import dataclasses
from collections.abc import Awaitable, Callable
from typing import Any

import httpx2
import pytest

from chargeover import (
    APIConnectionError,
    AsyncCallNext,
    AsyncChargeOver,
    CallNext,
    ChargeOver,
    ConfigurationError,
    InternalServerError,
    NotFoundError,
    OutgoingRequest,
    ReceivedResponse,
)
from tests.support.scripted import URL, FakeTime, Kind, Script, no, perform, yes

KINDS = pytest.mark.parametrize("kind", ["sync", "async"])
Change = Callable[[OutgoingRequest], OutgoingRequest]


def middleware(kind: Kind, before: Change = lambda one: one, after: Callable[[ReceivedResponse], Any] = id) -> Any:
    """A middleware of this kind that does something before and something after."""

    def sync_one(request: OutgoingRequest, call_next: CallNext) -> ReceivedResponse:
        response = call_next(before(request))
        after(response)
        return response

    async def async_one(request: OutgoingRequest, call_next: AsyncCallNext) -> ReceivedResponse:
        response = await call_next(before(request))
        after(response)
        return response

    return sync_one if kind == "sync" else async_one


def update(client: Any) -> Any:
    return client.customers.update(1, company="Acme")


@KINDS
def test_it_is_around_each_attempt_the_first_outermost(kind: Kind) -> None:
    seen: list[object] = []

    def note(name: str) -> Any:
        def before(request: OutgoingRequest) -> OutgoingRequest:
            seen.append((name, request.attempt))
            return request

        return middleware(kind, before, lambda response: seen.append((name, response.status)))

    script = Script([no(503), yes({"id": 1})])
    assert perform(kind, script, update, FakeTime(), middleware=[note("a"), note("b")]) == 1
    attempts = [[("a", number), ("b", number), ("b", status), ("a", status)] for number, status in ((1, 503), (2, 200))]
    assert seen == [*attempts[0], *attempts[1]]


@KINDS
def test_it_may_change_what_is_sent_and_never_sees_a_secret(kind: Kind) -> None:
    shown: list[str] = []

    def change(request: OutgoingRequest) -> OutgoingRequest:
        shown.append(f"{request!r} {dict(request.headers)}")
        changed = request.with_headers({"Traceparent": "00-1"}, x_team="billing")
        return dataclasses.replace(changed, url=f"{request.url}?a=1", body=request.body.replace(b"Acme", b"Bolt"))

    script = Script([yes({"id": 1})])
    assert perform(kind, script, update, middleware=[middleware(kind, change)]) == 1
    (request,) = script.requests
    assert (str(request.url), request.content) == (f"{URL}/api/v3/customer/1?a=1", b'{"company":"Bolt"}')
    assert (request.headers["traceparent"], request.headers["x-team"]) == ("00-1", "billing")
    assert request.headers["authorization"].startswith("Basic ")
    assert request.headers["content-length"] == str(len(request.content))
    assert "[removed]" in shown[0]
    assert "Basic" not in shown[0]


@KINDS
def test_it_may_answer_by_itself(kind: Kind) -> None:
    body = b'{"status": "OK", "response": {"id": 1}}'
    responses = iter([ReceivedResponse(500, {}, b""), ReceivedResponse(200, {"X-A": "1"}, body)])
    time, script = FakeTime(), Script([])
    assert perform(kind, script, update, time, middleware=[lambda _request, _next: next(responses)]) == 1
    assert (next(responses, None), script.requests) == (None, [])


@KINDS
def test_a_refusal_reaches_it_as_a_response_and_a_failure_as_an_error(kind: Kind) -> None:
    seen: list[object] = []

    def sync_one(request: OutgoingRequest, call_next: CallNext) -> ReceivedResponse:
        try:
            response = call_next(request)
        except APIConnectionError as error:
            seen.append(type(error))
            raise
        seen.append(response.status)
        return response

    async def async_one(request: OutgoingRequest, call_next: AsyncCallNext) -> ReceivedResponse:
        try:
            response = await call_next(request)
        except APIConnectionError as error:
            seen.append(type(error))
            raise
        seen.append(response.status)
        return response

    script = Script([httpx2.ConnectError, no(404)])
    one = sync_one if kind == "sync" else async_one
    with pytest.raises(NotFoundError) as caught:
        perform(kind, script, update, FakeTime(), middleware=[one])
    assert (seen, caught.value.attempts) == ([APIConnectionError, 404], 2)


@KINDS
def test_its_own_exceptions_reach_the_caller_and_those_of_this_package_are_retried(kind: Kind) -> None:
    def stop(_request: OutgoingRequest, _next: object) -> ReceivedResponse:
        raise LookupError("mine")

    with pytest.raises(LookupError, match="mine"):
        perform(kind, Script([]), update, middleware=[stop])

    def fail_once(request: OutgoingRequest, call_next: Any) -> Any:
        if request.attempt == 1:
            raise APIConnectionError("not today")
        return call_next(request)

    assert perform(kind, Script([yes({"id": 1})]), update, FakeTime(), middleware=[fail_once]) == 1


@KINDS
@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (lambda request, _next: None, "must return the response, such as that of call_next"),
        (lambda request, call: call("x"), "must be given the request of the middleware, not str"),
        (
            lambda request, call: call(dataclasses.replace(request, url="https://other.example/api/v3/customer/1")),
            "cannot send a request to another server",
        ),
        (lambda request, call: call(request.with_headers({"x": "a\nb"})), "must be printable ASCII"),
        (5, "must be functions, not of type int"),
    ],
)
def test_what_cannot_be_done_is_said(kind: Kind, wrong: Any, words: str) -> None:
    script = Script([])
    with pytest.raises(ConfigurationError, match=words):
        perform(kind, script, update, middleware=[wrong])
    assert script.requests == []


def test_an_async_one_is_for_the_async_client() -> None:
    for kind in (ChargeOver, AsyncChargeOver):
        with pytest.raises(ConfigurationError, match="middleware must be a list of functions"):
            kind(base_url=URL, username="u", password="p", middleware=middleware("sync"))
    with pytest.raises(ConfigurationError, match="which only an AsyncChargeOver awaits"):
        ChargeOver(base_url=URL, username="u", password="p", middleware=[middleware("async")])

    def hidden(request: OutgoingRequest, call_next: Any) -> Awaitable[Any]:
        found: Awaitable[Any] = middleware("async")(request, call_next)
        return found

    with pytest.raises(ConfigurationError, match="which only an AsyncChargeOver awaits"):
        perform("sync", Script([]), update, middleware=[hidden])


@KINDS
def test_another_attempt_uses_a_new_one_and_bulk_requests_pass_through_it(kind: Kind) -> None:
    urls: list[str] = []

    def before(request: OutgoingRequest) -> OutgoingRequest:
        urls.append(request.url)
        return request

    def act(client: Any) -> Any:
        results = client.customers.bulk_update([(1, {"company": "x"})], errors="return")
        if kind == "sync":
            return [result.ok for result in results]

        async def collected() -> list[bool]:
            return [result.ok async for result in results]

        return collected()

    part = {"code": 200, "status": "OK", "message": "", "response": {"id": 1}}
    around = [middleware(kind, before)]
    assert perform(kind, Script([yes({"_bulk": [part]})]), act, middleware=around) == [True]
    assert urls == [f"{URL}/api/v3/_bulk"]


@KINDS
def test_a_server_error_after_all_attempts_is_raised_as_ever(kind: Kind) -> None:
    with pytest.raises(InternalServerError):
        perform(kind, Script([no(500)] * 4), update, FakeTime(), middleware=[middleware(kind)])
