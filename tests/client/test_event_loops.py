"""The async client under asyncio and trio, closed in another loop, and with hooks that are awaited."""

import asyncio
import socket
import subprocess
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

import anyio
import anyio.lowlevel
import pytest

from chargeover import (
    APIConnectionError,
    APITimeoutError,
    AsyncChargeOver,
    ChargeOver,
    Clock,
    ConfigurationError,
    NotFoundError,
    RequestOptions,
    RetryEvent,
)
from chargeover_sandbox import LocalSandbox
from tests.support.scripted import Script, no, perform, yes
from tests.support.scripts import run_python

NOWHERE = {"base_url": "http://127.0.0.1:1", "username": "u", "password": "p"}


def sandbox_client(sandbox: LocalSandbox, **options: Any) -> AsyncChargeOver:
    return AsyncChargeOver(base_url=sandbox.url, username=sandbox.username, password=sandbox.password, **options)


@pytest.mark.parametrize("backend", ["asyncio", "trio"])
def test_calls_retries_lists_and_deadlines(sandbox: LocalSandbox, backend: str) -> None:
    events: list[int] = []

    async def hook(event: RetryEvent) -> None:
        await anyio.lowlevel.checkpoint()
        events.append(event.attempt)

    async def act() -> None:
        async with sandbox_client(sandbox) as client:
            customer_id = await client.customers.create(company="Acme")
            assert (await client.customers.get(customer_id)).company == "Acme"
            assert [customer.company async for customer in client.customers.list()] == ["Acme"]
            with pytest.raises(NotFoundError):
                await client.customers.get(99)
            changes = client.customers.bulk_update([(customer_id, {"company": "New"})])
            if backend == "asyncio":
                assert [result.value async for result in changes] == [customer_id]
            else:
                with pytest.raises(ConfigurationError, match=r"^Bulk runs need asyncio\."):
                    await anext(changes)
                assert (await client.customers.get(customer_id)).company == "Acme"
        async with AsyncChargeOver(**NOWHERE, on_retry=hook, max_retries=1, clock=Clock()) as client:  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
            with pytest.raises(APIConnectionError):
                await client.customers.get(1)
        with socket.create_server(("127.0.0.1", 0)) as silent:
            url = f"http://127.0.0.1:{silent.getsockname()[1]}"
            async with AsyncChargeOver(base_url=url, username="u", password="p", deadline=0.1) as client:
                with pytest.raises(APITimeoutError):
                    await client.customers.get(1)

    anyio.run(act, backend=backend)
    assert events == [1]


@pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")
def test_closing_it_in_another_loop_closes_it() -> None:
    program = """
import asyncio, sys
from chargeover import AsyncChargeOver, ClosedClientError
client = AsyncChargeOver(base_url=sys.argv[1], username="sandbox", password="sandbox")
asyncio.run(client.customers.create(company="x"))
asyncio.run(client.close())
try:
    asyncio.run(client.customers.count())
except ClosedClientError:
    print("closed")
"""
    with LocalSandbox() as sandbox:
        run: subprocess.CompletedProcess[str] = run_python("-c", program, sandbox.url)
    assert (run.stdout, run.stderr, run.returncode) == ("closed\n", "", 0)


def test_closing_it_reports_any_other_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    client = AsyncChargeOver(**NOWHERE)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]

    async def fail() -> None:
        raise RuntimeError("something else")

    monkeypatch.setattr(client._transport._pool.http(), "aclose", fail)
    with pytest.raises(RuntimeError, match="something else"):
        asyncio.run(client.close())


async def ordinary_coroutine(event: RetryEvent) -> None:
    """Nothing."""


class AsyncObject:
    async def __call__(self, event: RetryEvent) -> None:
        """Nothing."""

    async def method(self, event: RetryEvent) -> None:
        """Nothing."""


HOOKS: list[Callable[[RetryEvent], Awaitable[None]]] = [
    ordinary_coroutine,
    partial(ordinary_coroutine),
    AsyncObject(),
    AsyncObject().method,
]
hooks = pytest.mark.parametrize("hook", HOOKS, ids=["function", "partial", "object", "method"])


@hooks
def test_a_client_that_blocks_refuses_a_hook_that_it_cannot_await(hook: Any) -> None:
    with pytest.raises(ConfigurationError, match="on_retry is an async function, which only an AsyncChargeOver"):
        ChargeOver(**NOWHERE, on_retry=hook)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    with ChargeOver(**NOWHERE) as client:  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
        with pytest.raises(ConfigurationError, match="on_retry"):
            client.with_options(on_retry=hook)
        with pytest.raises(ConfigurationError, match="on_retry"):
            client.customers.get(1, options=RequestOptions(on_retry=hook))


def test_or_whose_result_it_would_have_to_await() -> None:
    script = Script([no(503)])
    with pytest.raises(ConfigurationError, match="on_retry"):
        perform(
            "sync", script, lambda client: client.customers.get(1), on_retry=lambda event: ordinary_coroutine(event)
        )


@hooks
def test_the_async_client_awaits_any_of_them(hook: Any) -> None:
    perform("async", Script([no(503), yes({"customer_id": 1})]), lambda client: client.customers.get(1), on_retry=hook)


def test_a_hook_that_is_awaited_comes_before_the_wait() -> None:
    order: list[str] = []

    async def hook(_: RetryEvent) -> None:
        await asyncio.sleep(0)
        order.append("hook")

    async def sleep(_: float) -> None:
        order.append("wait")

    async def act() -> None:
        async with AsyncChargeOver(**NOWHERE, on_retry=hook, max_retries=1, clock=Clock(async_sleep=sleep)) as client:  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
            with pytest.raises(APIConnectionError):
                await client.customers.get(1)

    asyncio.run(act())
    assert order == ["hook", "wait"]
