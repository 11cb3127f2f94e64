"""The connections of an AsyncChargeOver under asyncio, beyond the fault matrix and what both clients have in common."""

import asyncio
import socket
import threading
import time
from collections.abc import Callable
from typing import Any

import httpx2
import pytest

from chargeover import APIConnectionError, APITimeoutError, AsyncChargeOver, ClosedClientError, RequestOptions
from chargeover._http import asyncio_pool, parsing
from chargeover_sandbox import LocalSandbox
from tests.support.https import serving
from tests.support.scripts import run_python

BODY = b'{"code":201,"status":"OK","message":"","details":{},"response":{"id":1}}'


def client_of(sandbox: LocalSandbox, **options: Any) -> AsyncChargeOver:
    return AsyncChargeOver(
        base_url=sandbox.url, username=sandbox.username, password=sandbox.password, max_retries=0, **options
    )


async def test_as_many_connections_as_allowed_and_each_is_kept(sandbox: LocalSandbox) -> None:
    async with client_of(sandbox, max_connections=2) as client:
        await asyncio.gather(*(client.customers.create(company=f"c{number}") for number in range(20)))
        pool: Any = client._transport._pool.http()
        connections = pool._of_asyncio
        assert len(connections._all) == 2
    assert not connections._all


async def test_a_task_that_is_cancelled_leaves_its_turn_to_the_next(sandbox: LocalSandbox) -> None:
    async with client_of(sandbox, max_connections=1) as client:
        await client.customers.create(company="Acme")
        tasks = [asyncio.create_task(client.customers.get(1)) for _ in range(10)]
        await asyncio.sleep(0)
        for task in tasks[::2]:
            task.cancel()
        found = await asyncio.gather(*tasks, return_exceptions=True)
        assert [isinstance(one, asyncio.CancelledError) for one in found] == [True, False] * 5


@pytest.mark.parametrize("turns", range(8))
async def test_nothing_is_left_of_a_client_that_is_closed_while_it_connects(sandbox: LocalSandbox, turns: int) -> None:
    client = client_of(sandbox, max_connections=2)
    pool: Any = client._transport._pool.http()
    tasks = [asyncio.create_task(client.customers.count()) for _ in range(4)]
    for _ in range(turns):
        await asyncio.sleep(0)
    await client.close()
    for outcome in await asyncio.gather(*tasks, return_exceptions=True):
        assert isinstance(outcome, (int, ClosedClientError, APIConnectionError))  # some may be through already
    assert not pool._of_asyncio._all
    assert not any(pool._of_asyncio._idle.values())


def test_it_runs_on_uvloop_too(sandbox: LocalSandbox) -> None:
    uvloop = pytest.importorskip("uvloop")

    async def act() -> list[str | None]:
        async with client_of(sandbox) as client:
            await asyncio.gather(*(client.customers.create(company=f"c{number}") for number in range(5)))
            return sorted([customer.company async for customer in client.customers.list()], key=str)

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        assert runner.run(act()) == [f"c{number}" for number in range(5)]


async def test_a_host_may_have_several_addresses(sandbox: LocalSandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    port = int(sandbox.url.rpartition(":")[2])

    async def addresses(*_: object, **__: object) -> list[object]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in ("127.0.0.99", "127.0.0.1")]

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", addresses)
    async with AsyncChargeOver(
        base_url=f"http://localhost:{port}", username=sandbox.username, password=sandbox.password, max_retries=0
    ) as client:
        assert await client.customers.count() == 0


@pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")
def test_a_client_belongs_to_one_event_loop(sandbox: LocalSandbox) -> None:
    client = client_of(sandbox)
    with asyncio.Runner() as first, asyncio.Runner() as second:
        first.run(client.customers.create(company="Acme"))
        with pytest.raises(APIConnectionError, match="An AsyncChargeOver belongs to one event loop"):
            second.run(client.customers.get(1))
        assert first.run(client.customers.get(1)).company == "Acme"
        first.run(client.close())


def waiting(then: Callable[[socket.socket], None]) -> tuple[threading.Event, Callable[[socket.socket], None]]:
    """A server that does nothing until the event is set."""
    may_go_on = threading.Event()

    def serve(connection: socket.socket) -> None:
        may_go_on.wait(5)
        then(connection)

    return may_go_on, serve


async def update(port: int, size: int, seconds: float) -> int:
    async with AsyncChargeOver(
        base_url=f"http://127.0.0.1:{port}", username="u", password="p", max_retries=0, timeout=seconds
    ) as client:
        options = RequestOptions(extra_body={"custom_20": "x" * size})
        return await client.customers.update(1, company="Acme", options=options)


async def test_a_server_that_reads_nothing_of_a_large_request() -> None:
    event, serve = waiting(lambda connection: None)
    with serving(serve) as port:
        began = time.monotonic()
        with pytest.raises(APITimeoutError, match="WriteTimeout") as caught:
            await update(port, 30_000_000, seconds=0.1)
        assert caught.value.was_sent
        assert time.monotonic() - began < 2
        event.set()


async def test_and_one_that_reads_it_slowly() -> None:
    def read(connection: socket.socket) -> None:
        left = 8_000_000
        while left > 0:
            left -= len(connection.recv(1_000_000))
            time.sleep(0.01)
        time.sleep(0.05)
        connection.sendall(b"HTTP/1.1 202 OK\r\nContent-Length: %d\r\n\r\n%b" % (len(BODY), BODY))

    event, serve = waiting(read)
    event.set()
    with serving(serve) as port:
        assert await update(port, 8_000_000, seconds=1.0) == 1


async def test_a_response_that_comes_before_the_request_was_read_is_the_last_of_its_connection() -> None:
    connections: list[None] = []

    def serve(connection: socket.socket) -> None:
        connections.append(None)
        connection.recv(100)
        connection.sendall(b"HTTP/1.1 202 OK\r\nContent-Length: %d\r\n\r\n%b" % (len(BODY), BODY))
        time.sleep(0.1)

    with serving(serve) as port:
        async with AsyncChargeOver(
            base_url=f"http://127.0.0.1:{port}", username="u", password="p", max_retries=0
        ) as client:
            options = RequestOptions(extra_body={"custom_20": "x" * 30_000_000})
            assert await client.customers.update(1, company="Acme", options=options) == 1
            assert await client.customers.update(1, company="Acme") == 1
    assert len(connections) == 2


LENGTH = b"Content-Length: %d\r\n" % len(BODY)
CHUNKED = b"Transfer-Encoding: chunked\r\n"
CHUNKS = b"%x\r\n%b\r\n0\r\n\r\n" % (len(BODY), BODY)


@pytest.mark.parametrize("parser", ["h11", "httptools"])
@pytest.mark.parametrize(
    "response", [LENGTH * 2 + b"\r\n" + BODY, LENGTH + CHUNKED + b"\r\n" + CHUNKS], ids=["twice", "chunked"]
)
async def test_a_length_that_is_given_twice(response: bytes, parser: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def serve(connection: socket.socket) -> None:
        connection.recv(65536)
        connection.sendall(b"HTTP/1.1 202 OK\r\n" + response)

    monkeypatch.setattr(parsing, "PARSER", getattr(parsing, f"{parser.capitalize()}Parser"))
    with serving(serve) as port:
        if parser == "h11":
            assert await update(port, 1, seconds=1) == 1
        else:
            with pytest.raises(APIConnectionError, match="could not be read"):
                await update(port, 1, seconds=1)


@pytest.mark.parametrize("parser", ["h11", "httptools"])
@pytest.mark.parametrize(
    "head",
    [
        b"099 Early\r\n" + LENGTH + b"\r\n" + BODY,
        b"202 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n" + CHUNKS,
        b"202 OK\r\n" + LENGTH.replace(b":", b" :") + b"\r\n" + BODY,
    ],
    ids=["status", "encoding", "space before a colon"],
)
async def test_a_head_that_is_not_supported_fails_at_once(
    head: bytes, parser: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def serve(connection: socket.socket) -> None:
        connection.recv(65536)
        connection.sendall(b"HTTP/1.1 " + head)
        connection.recv(1)  # until the client closes it

    monkeypatch.setattr(parsing, "PARSER", getattr(parsing, f"{parser.capitalize()}Parser"))
    with serving(serve) as port:
        with pytest.raises(APIConnectionError) as caught:
            await update(port, 1, seconds=1)
        assert not isinstance(caught.value, APITimeoutError)


async def test_a_kept_connection_keeps_nothing_of_the_last_response(sandbox: LocalSandbox) -> None:
    async with client_of(sandbox) as client:
        pool: Any = client._transport._pool.http()
        await client.customers.count()
        (connection,) = pool._of_asyncio._all
        assert not connection._parts


@pytest.mark.parametrize("value", ["a\rb", "a\nb", "a\0b"])
def test_no_header_can_end_its_line(value: str) -> None:
    request = httpx2.Request("GET", "http://127.0.0.1", headers={"X-Trace": value})
    with pytest.raises(httpx2.LocalProtocolError, match="line break"):
        asyncio_pool._bytes(request)


def test_it_parses_with_httptools_only_where_that_is_installed() -> None:
    assert parsing.PARSER is parsing.HttptoolsParser
    program = """
import sys
sys.modules["httptools"] = None
from chargeover._http import parsing
print(parsing.PARSER is parsing.H11Parser)
"""
    assert run_python("-c", program).stdout == "True\n"
