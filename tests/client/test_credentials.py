"""Credentials from a function: asked before the first request, and once more after a 401."""

import asyncio
import base64
from collections.abc import Callable
from typing import Any

import httpx2
import pytest

from chargeover import AsyncChargeOver, AuthenticationError, ChargeOver, ConfigurationError, Credentials
from tests.support.scripted import URL, Kind, Script, no, perform, yes

KINDS = pytest.mark.parametrize("kind", ["sync", "async"])


def source(*pairs: tuple[str, str], is_async: bool = False) -> tuple[Credentials, list[int]]:
    """A function that gives one pair after the other, the last for ever; and how often it was asked."""
    asked: list[int] = []

    def ask() -> tuple[str, str]:
        asked.append(1)
        return pairs[min(len(asked), len(pairs)) - 1]

    async def async_ask() -> tuple[str, str]:
        return ask()

    return (async_ask if is_async else ask), asked


def call(kind: Kind, script: Script, credentials: Credentials, action: Callable[[Any], Any]) -> Any:
    arguments: dict[str, Any] = {"username": None, "password": None, "credentials": credentials}
    if kind == "sync":
        with httpx2.Client(transport=httpx2.MockTransport(script)) as http:
            return action(ChargeOver(base_url=URL, http_client=http, **arguments))

    async def act() -> Any:
        async with httpx2.AsyncClient(transport=httpx2.MockTransport(script)) as http:
            return await action(AsyncChargeOver(base_url=URL, http_client=http, **arguments))

    return asyncio.run(act())


def count(client: Any) -> Any:
    return client.customers.count()


def sent(script: Script) -> list[str]:
    return [base64.b64decode(one.headers["authorization"].removeprefix("Basic ")).decode() for one in script.requests]


@pytest.mark.parametrize(("kind", "is_async"), [("sync", False), ("async", False), ("async", True)])
def test_they_are_asked_for_again_after_a_401(kind: Kind, is_async: bool) -> None:
    credentials, asked = source(("u", "old"), ("u", "new"), is_async=is_async)
    script = Script([no(401), yes(7)])
    assert call(kind, script, credentials, count) == 7
    assert (sent(script), len(asked)) == (["u:old", "u:new"], 2)


@KINDS
def test_they_are_asked_for_again_once_in_a_call(kind: Kind) -> None:
    credentials, asked = source(("u", "1"), ("u", "2"), ("u", "3"))
    script = Script([no(401), no(401)])
    with pytest.raises(AuthenticationError) as caught:
        call(kind, script, credentials, count)
    assert (sent(script), len(asked), caught.value.attempts) == (["u:1", "u:2"], 2, 2)


@KINDS
def test_the_same_again_are_not_sent_again(kind: Kind) -> None:
    credentials, asked = source(("u", "1"))
    script = Script([no(401)])
    with pytest.raises(AuthenticationError):
        call(kind, script, credentials, count)
    assert len(asked) == 2


def test_they_are_kept_and_shared_with_a_client_of_other_options() -> None:
    credentials, asked = source(("u", "1"), ("u", "2"))

    def act(client: ChargeOver) -> list[int]:
        preview = client.customers.preview(1, company="x")
        assert (preview.headers["authorization"], asked) == ("[removed]", [])
        return [client.customers.count(), client.with_options(timeout=5).customers.count(), client.customers.count()]

    script = Script([yes(1), no(401), yes(2), yes(3)])
    assert call("sync", script, credentials, act) == [1, 2, 3]
    assert (sent(script), len(asked)) == (["u:1", "u:1", "u:2", "u:2"], 2)


def test_a_refused_creation_is_sent_again_since_it_was_not_carried_out() -> None:
    credentials, _ = source(("u", "1"), ("u", "2"))
    script = Script([no(401), yes({"id": 5}, 201)])
    assert call("sync", script, credentials, lambda client: client.customers.create(company="x")) == 5


@pytest.mark.parametrize(
    "given", ["u:s3cret", ("u",), ("u", 5), ("u", "s3cret", "x"), None, ("u:x", "s3cret"), ("u", "")]
)
@KINDS
def test_what_they_must_be_is_said_without_a_secret(kind: Kind, given: Any) -> None:
    with pytest.raises(ConfigurationError) as caught:
        call(kind, Script([]), lambda: given, count)
    assert "s3cret" not in str(caught.value)
    frame = caught.value.__traceback__
    while frame is not None:
        inside = frame.tb_frame.f_code.co_filename.rpartition("overrides/")[2]
        if inside.startswith("chargeover/"):
            assert "s3cret" not in repr(frame.tb_frame.f_locals), inside
        frame = frame.tb_next


def test_they_exclude_the_other_arguments_and_win_over_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHARGEOVER_USERNAME", "other")
    monkeypatch.setenv("CHARGEOVER_PASSWORD", "other")
    credentials, _ = source(("u", "1"))
    script = Script([yes(1)])
    call("sync", script, credentials, count)
    assert sent(script) == ["u:1"]
    with pytest.raises(ConfigurationError, match="leave out username= and password="):
        ChargeOver(base_url=URL, username="u", credentials=credentials)
    with pytest.raises(ConfigurationError, match="must be a function"):
        ChargeOver(base_url=URL, credentials=("u", "p"))  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    late, _ = source(("u", "1"), is_async=True)
    with pytest.raises(ConfigurationError, match="which only an AsyncChargeOver awaits"):
        call("sync", Script([]), late, count)


def test_a_fixed_password_is_refused_once() -> None:
    with pytest.raises(AuthenticationError):
        perform("sync", Script([no(401)]), count)
