"""Clients whose server is a list: what it answers, or how it fails, request by request. No socket is opened."""

import asyncio
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

import httpx2
import pytest

from chargeover import AsyncChargeOver, ChargeOver, ChargeOverError

from .internals import set_clock

URL = "https://acme.chargeover.com"
Kind = Literal["sync", "async"]


@dataclass(frozen=True)
class Reply:
    """An answer of the list."""

    status: int
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict[str, str])


Outcome = Reply | type[httpx2.RequestError]


class Script:
    """A server that answers by a list, and notes what it was sent. One request too many fails the test."""

    def __init__(self, outcomes: Iterable[Outcome]) -> None:
        self._outcomes = iter(outcomes)
        self.requests: list[httpx2.Request] = []

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        # A copy: the credentials are removed from a request that failed.
        copy = httpx2.Request(request.method, request.url, headers=request.headers, content=request.content)
        copy.extensions = request.extensions
        self.requests.append(copy)
        outcome = next(self._outcomes, None)
        assert outcome is not None, f"{request.method} {request.url} was one request too many"
        if isinstance(outcome, Reply):
            return httpx2.Response(outcome.status, headers=outcome.headers, content=outcome.body)
        raise outcome("scripted", request=request)

    def sent(self) -> list[str]:
        """What came, as method and path."""
        return [f"{request.method} {request.url.raw_path.decode()}" for request in self.requests]


class Clock:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        """Move it."""
        self.now += seconds


def yes(response: Any, status: int = 200) -> Reply:
    """An answer that says yes."""
    envelope = {"code": status, "status": "OK", "message": "", "details": {}, "response": response}
    return Reply(status, json.dumps(envelope).encode())


def no(status: int, **headers: str) -> Reply:
    """An answer that says no; ``retry_after="5"`` is a header."""
    envelope = {"code": status, "status": "Error", "message": "No.", "details": {}, "response": False}
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Reply(status, json.dumps(envelope).encode(), named)


def scripted_client(http: httpx2.Client, clock: Clock | None = None, **arguments: Any) -> ChargeOver:
    """A client over this HTTP client."""
    client = ChargeOver(base_url=URL, username="u", password="p", http_client=http, **arguments)
    use_clock(client, clock)
    return client


def use_clock(client: ChargeOver | AsyncChargeOver, clock: Clock | None) -> None:
    """Let a client tell the time, and wait, by another clock; None leaves it as it is."""
    if clock is None:
        return

    async def sleep(seconds: float) -> None:
        clock.sleep(seconds)

    set_clock(client, clock)
    client._transport._sleep = clock.sleep if isinstance(client, ChargeOver) else sleep  # type: ignore[assignment]


def perform(
    kind: Kind, script: Script, action: Callable[[Any], Any], clock: Clock | None = None, **arguments: Any
) -> Any:
    """What an action with a client of this kind leads to."""
    if kind == "sync":
        with httpx2.Client(transport=httpx2.MockTransport(script)) as http:
            return action(scripted_client(http, clock, **arguments))

    async def act() -> Any:
        async with httpx2.AsyncClient(transport=httpx2.MockTransport(script)) as http:
            client = AsyncChargeOver(base_url=URL, username="u", password="p", http_client=http, **arguments)
            use_clock(client, clock)
            return await action(client)

    return asyncio.run(act())


Act = Callable[..., Any]
"""``perform`` for one kind of client."""


def failure(act: Act, script: Script, action: Callable[[Any], Any], **arguments: Any) -> ChargeOverError:
    """The error that an action with a client leads to."""
    with pytest.raises(ChargeOverError) as caught:
        act(script, action, **arguments)
    return caught.value
