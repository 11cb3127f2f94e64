"""A load generator that costs less than the servers it drives: raw requests over sockets that stay open."""

import asyncio
import time
from collections.abc import Iterator
from functools import partial
from http import HTTPStatus
from typing import cast

import httptools
import uvloop
from updates import raw_requests

CONNECTIONS = 16


def requests_per_second(url: str, seconds: float) -> float:
    """Updates that a server answers per second, with one always in flight on each connection.

    Raises:
        RuntimeError: an answer is not 202, or a connection was closed by the server.
    """
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(_drive(url, seconds))


async def _drive(url: str, seconds: float) -> float:
    host, port = url.removeprefix("http://").split(":")
    requests = raw_requests(f"{host}:{port}")
    loop = asyncio.get_running_loop()
    start = time.perf_counter()
    connect = partial(_Connection, requests, start + seconds)
    connections = [(await loop.create_connection(connect, host, int(port)))[1] for _ in range(CONNECTIONS)]
    answered = await asyncio.gather(*(connection.answered for connection in connections))
    return sum(answered) / (time.perf_counter() - start)


class _Connection(asyncio.Protocol):
    """One connection: the next request goes out when the answer to the last one is there."""

    def __init__(self, requests: Iterator[bytes], end: float) -> None:
        self.answered: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self._requests = requests
        self._end = end
        self._count = 0
        self._parser = httptools.HttpResponseParser(self)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        self._transport.write(next(self._requests))

    def data_received(self, data: bytes) -> None:
        self._parser.feed_data(data)

    def on_message_complete(self) -> None:
        """An answer is there (called by the parser)."""
        status = self._parser.get_status_code()
        if status != HTTPStatus.ACCEPTED:
            self._fail(f"an update was answered with {status}")
            return
        self._count += 1
        if time.perf_counter() < self._end:
            self._transport.write(next(self._requests))
        else:
            self.answered.set_result(self._count)
            self._transport.close()

    def connection_lost(self, _: Exception | None) -> None:
        self._fail("the server closed a connection")

    def _fail(self, reason: str) -> None:
        if not self.answered.done():
            self.answered.set_exception(RuntimeError(reason))
        self._transport.close()
