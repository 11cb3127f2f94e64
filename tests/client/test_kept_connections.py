"""Idle connections: the client lets go first, and a connection that the server closed costs no request."""

import socket
import threading
import time
from collections.abc import Callable
from typing import Any

import httpcore2
import pytest

from chargeover import APIConnectionError
from tests.support.clients import ask
from tests.support.https import serving

_BODY = b'{"code":201,"status":"OK","message":"","details":{},"response":{"id":1,"customer_id":1}}'
LENGTH = b"Content-Length: %d\r\n" % len(_BODY)


class Server:
    """Answers each request, and notes those of each connection; ``then`` is what it does after the first answer."""

    def __init__(self, headers: bytes = b"", then: Callable[[socket.socket], bool] | None = None) -> None:
        self.connections: list[list[bytes]] = []
        self.closed = threading.Event()
        self._headers = headers
        self._then = then

    def __call__(self, connection: socket.socket) -> None:
        requests: list[bytes] = []
        self.connections.append(requests)
        is_first = len(self.connections) == 1
        while request := connection.recv(65536):
            requests.append(request.split(b" ")[0])
            if is_first and self._then and len(requests) > 1:
                return
            connection.sendall(b"HTTP/1.1 201 OK\r\n" + LENGTH + self._headers + b"\r\n" + _BODY)
            if is_first and self._then and self._then(connection):
                self.closed.set()
                return


def close_now(connection: socket.socket) -> bool:
    connection.shutdown(socket.SHUT_RDWR)
    connection.close()
    return True


def close_at_the_next_request(_: socket.socket) -> bool:
    return False


def create(client: Any) -> Any:
    return client.customers.create(company="x")


def get(client: Any) -> Any:
    return client.customers.get(1)


async def twice(
    kind: str, port: int, call: Callable[[Any], Any], wait: Callable[[], object] = lambda: None, **options: Any
) -> None:
    """Make a call two times, and wait in between."""

    def act(client: Any) -> None:
        call(client)
        wait()
        call(client)

    async def act_async(client: Any) -> None:
        await call(client)
        wait()
        await call(client)

    await ask(kind, f"http://127.0.0.1:{port}", act if kind == "sync" else act_async, **options)


both = pytest.mark.parametrize("kind", ["sync", "async"])


@both
async def test_one_that_the_server_closed_is_not_used(kind: str) -> None:
    server = Server(then=close_now)
    with serving(server) as port:
        await twice(kind, port, create, wait=lambda: server.closed.wait(5), max_retries=0)
    assert server.connections == [[b"POST"], [b"POST"]]


@both
async def test_nor_one_that_it_closes_at_the_last_moment(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # The pool looked a moment too early.
    monkeypatch.setattr(httpcore2.HTTP11Connection, "has_expired", lambda _: False)
    monkeypatch.setattr(httpcore2.AsyncHTTP11Connection, "has_expired", lambda _: False)
    server = Server(then=close_now)
    events: list[object] = []
    with serving(server) as port:
        wait = lambda: server.closed.wait(5)  # noqa: E731
        await twice(kind, port, create, wait=wait, max_retries=0, on_retry=events.append)
    assert server.connections == [[b"POST"], [b"POST"]]
    assert events == []


@both
async def test_a_request_that_is_lost_with_it_is_sent_again_at_once(kind: str, waits: list[float]) -> None:
    server = Server(then=close_at_the_next_request)
    with serving(server) as port:
        await twice(kind, port, get)
    assert server.connections == [[b"GET", b"GET"], [b"GET"]]
    assert waits == [0.0]


@both
async def test_a_creation_that_is_lost_with_it_is_not(kind: str, waits: list[float]) -> None:
    server = Server(then=close_at_the_next_request)
    with serving(server) as port, pytest.raises(APIConnectionError) as caught:
        await twice(kind, port, create)
    assert server.connections == [[b"POST", b"POST"]]
    assert (caught.value.was_sent, caught.value.attempts, waits) == (True, 1, [])


@both
@pytest.mark.parametrize(
    ("said", "connections"),
    [("timeout=1", 2), ("max=100, TIMEOUT = 1", 2), ("timeout=0", 2), ("timeout=30", 1), ("max=5", 1), ("soon", 1)],
)
async def test_the_server_says_how_long_it_keeps_one(kind: str, said: str, connections: int) -> None:
    server = Server(f"Keep-Alive: {said}\r\n".encode())
    with serving(server) as port:
        await twice(kind, port, get, wait=lambda: time.sleep(0.02))
    assert len(server.connections) == connections


@pytest.mark.long
@both
async def test_the_client_lets_go_before_five_seconds(kind: str) -> None:
    server = Server()
    with serving(server) as port:
        await twice(kind, port, get, wait=lambda: time.sleep(4.1))
    assert len(server.connections) == 2
