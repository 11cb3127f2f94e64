"""Connections of asyncio, at a fraction of the time that those of httpcore2 take.

They keep the promises of ``network``: each step within its timeout, every byte counted, and no request over a
connection that the server has closed.
"""

import asyncio
import re
import select
import ssl
import time
from collections import defaultdict
from collections.abc import AsyncIterator
from functools import partial
from http import HTTPStatus
from typing import Any, cast

import httpx2

from chargeover._errors import ResponseTooLargeError

from . import parsing
from .exchange import Exchange
from .network import Kept, current_exchange

Origin = tuple[str, str, int]

_EYEBALLS = 0.25
"""Seconds after which the next address of a host is tried beside the first."""
_NUMERIC = re.compile(r"[\d.]+|.*:.*")
_NOT_IN_A_LINE = re.compile(rb"[\r\n\0]")
_PIECE = 64 * 1024


class _Connection(Kept, asyncio.Protocol):
    """A connection, and the response that it is receiving."""

    def __init__(self, origin: Origin) -> None:
        super().__init__()
        self.origin = origin
        self.loop = asyncio.get_running_loop()
        self.is_closed = False
        self.idle_since = 0.0
        self._transport: asyncio.Transport
        self._exchange: Exchange | None = None

    async def exchanged(self, exchange: Exchange) -> httpx2.Response:
        """Send the request of an exchange and receive the whole response. It closes itself unless it can be kept.

        Raises:
            httpx2.TransportError: of a timeout, a lost connection, or a response that is not HTTP.
            ResponseTooLargeError: too many bytes came.
        """
        self._exchange = exchange
        self._parser = parsing.PARSER(self)
        self._complete: asyncio.Future[bool] = self.loop.create_future()
        self._status = 0
        self._headers: list[tuple[bytes, bytes]] = []
        self._parts: list[bytes] = []
        self._is_writing = False
        self._timeout = _timeout(exchange, "read")
        self._moved_at = self.loop.time()
        self._timer = self.loop.call_later(self._timeout, self._look_at_the_clock)
        self.begins(exchange)
        can_be_kept = False
        try:
            self._transport.write(_bytes(exchange.request))  # in no variable: tools that print locals would show it
            can_be_kept = await self._complete
        finally:
            self._timer.cancel()
            self._exchange = None
            if not can_be_kept or self._is_writing:
                self.close()
        response = httpx2.Response(
            self._status, headers=self._headers, stream=_Body(self._parts), request=exchange.request
        )
        self._parts, self._headers = [], []  # they would be kept as long as the connection
        self.heed(response.headers)
        return response

    def is_usable(self, keepalive: float) -> bool:
        """Whether another request may be sent over it."""
        if self.is_closed or self.is_due() or time.monotonic() > self.idle_since + keepalive:
            return False
        return not _is_readable(self._transport.get_extra_info("socket"))

    def close(self) -> None:
        """Close it, without a wait for what has not been sent."""
        self.is_closed = True
        self._transport.abort()

    # What the event loop calls.

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the transport."""
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        """Parse a part of the response."""
        if self._exchange is None or self._complete.done():
            self.close()  # nothing was asked
            return
        self._moved_at = self.loop.time()
        try:
            self._exchange.received(len(data))
            self._parser.feed(data)
        except ResponseTooLargeError as error:
            self._fail(error)
        except parsing.ParsingError as error:
            self._fail(httpx2.RemoteProtocolError(str(error)), error)

    def pause_writing(self) -> None:
        """Note that the server does not read."""
        self._is_writing = True

    def resume_writing(self) -> None:
        """Note that it does again."""
        self._is_writing = False
        self._moved_at = self.loop.time()

    def connection_lost(self, exc: Exception | None) -> None:
        """End the exchange."""
        self.is_closed = True
        if self._exchange is None:
            return
        if exc is not None:
            self._fail(httpx2.ReadError(str(exc)), exc)
        elif self._status and self._ends_with_connection:
            self.on_end(can_be_kept=False)
        else:
            what = "the body was complete" if self._status else "it responded"
            self._fail(httpx2.RemoteProtocolError(f"The server closed the connection before {what}"))

    # What the parser calls.

    def on_head(self, status: int, headers: list[tuple[bytes, bytes]]) -> None:
        """Keep the status and the headers, unless it is an interim response."""
        if status == HTTPStatus.SWITCHING_PROTOCOLS:
            self._fail(httpx2.RemoteProtocolError("The server switches to another protocol"))
        if status >= HTTPStatus.OK:
            self._status, self._headers = status, headers
            framing = {name.lower(): value.lower() for name, value in headers}
            is_chunked = b"chunked" in framing.get(b"transfer-encoding", b"")
            self._ends_with_connection = not is_chunked and b"content-length" not in framing

    def on_body(self, body: bytes) -> None:
        """Keep a part of the body."""
        self._parts.append(body)

    def on_end(self, *, can_be_kept: bool) -> None:
        """End the exchange."""
        if not self._complete.done():
            self._complete.set_result(can_be_kept)

    def _look_at_the_clock(self) -> None:
        left = self._moved_at + self._timeout - self.loop.time()
        if left > 0:
            self._timer = self.loop.call_later(left, self._look_at_the_clock)
        elif self._is_writing:
            self._fail(httpx2.WriteTimeout("the server does not read the request"))
        else:
            self._fail(httpx2.ReadTimeout("nothing comes from the server"))

    def _fail(self, error: Exception, cause: Exception | None = None) -> None:
        if self._exchange is None or self._complete.done():
            return
        error.__cause__ = cause
        if isinstance(error, httpx2.RequestError):
            error.request = self._exchange.request
        self._complete.set_exception(error)


class _Body(httpx2.AsyncByteStream):
    """A body that has come, in the parts in which it is decompressed."""

    def __init__(self, parts: list[bytes]) -> None:
        self._parts = parts

    async def __aiter__(self) -> AsyncIterator[bytes]:
        self._parts.reverse()
        while self._parts:
            part = self._parts.pop()
            for start in range(0, len(part), _PIECE):
                yield part[start : start + _PIECE]


class AsyncioPool:
    """Connections of one event loop.

    Args:
        connections: how many there are, at most.
        keepalive: seconds that an idle one is kept; 0 to keep none.
        context: certificates; None where no encryption is used.
    """

    def __init__(self, connections: int, keepalive: float, context: ssl.SSLContext | None) -> None:
        if context is not None:
            context.set_alpn_protocols(["http/1.1"])
        self._context = context
        self._keepalive = keepalive
        self._is_closed = False
        self._free = asyncio.Semaphore(connections)
        self._all: set[_Connection] = set()
        self._idle: defaultdict[Origin, list[_Connection]] = defaultdict(list)

    async def exchanged(self, request: httpx2.Request) -> httpx2.Response:
        """Send a request and receive the whole response.

        Raises:
            httpx2.TransportError: the exchange failed.
            ResponseTooLargeError: too many bytes came.
            RuntimeError: it was closed meanwhile, or a connection belongs to another event loop.
        """
        exchange = current_exchange()
        url = request.url
        origin = (url.scheme, url.host, url.port or (443 if url.scheme == "https" else 80))
        async with self._free:
            connection = self._kept(origin) or await self._connected(origin, exchange)
            try:
                return await connection.exchanged(exchange)
            finally:
                if connection.is_closed or self._is_closed or not self._keepalive:
                    self._discard(connection)
                else:
                    connection.idle_since = time.monotonic()
                    self._idle[origin].append(connection)

    async def aclose(self) -> None:
        """Close all connections.

        Raises:
            RuntimeError: the event loop of a connection has ended.
        """
        self._is_closed = True
        connections, self._all = self._all, set()
        self._idle.clear()
        for connection in connections:
            connection.close()
        await asyncio.sleep(0)  # in which the event loop closes the sockets

    def _kept(self, origin: Origin) -> _Connection | None:
        idle = self._idle[origin]
        while idle:
            if idle[-1].loop is not asyncio.get_running_loop():
                raise RuntimeError("a connection belongs to a different event loop")
            connection = idle.pop()
            if connection.is_usable(self._keepalive):
                return connection
            self._discard(connection)
        return None

    async def _connected(self, origin: Origin, exchange: Exchange) -> _Connection:
        scheme, host, port = origin
        loop = asyncio.get_running_loop()
        options: dict[str, Any] = {"ssl": self._context, "server_hostname": host} if scheme == "https" else {}
        if isinstance(loop, asyncio.BaseEventLoop) and not _NUMERIC.fullmatch(host):
            options["happy_eyeballs_delay"] = _EYEBALLS  # other loops do not know this argument
        try:
            async with asyncio.timeout(_timeout(exchange, "connect")):
                _, connection = await loop.create_connection(partial(_Connection, origin), host, port, **options)
        except TimeoutError as error:
            raise httpx2.ConnectTimeout("the server does not connect", request=exchange.request) from error
        except OSError as error:  # of TLS too
            raise httpx2.ConnectError(str(error), request=exchange.request) from error
        self._all.add(connection)
        if self._is_closed:
            self._discard(connection)
            raise RuntimeError("it is closed")
        return connection

    def _discard(self, connection: _Connection) -> None:
        connection.close()
        self._all.discard(connection)


def _timeout(exchange: Exchange, step: str) -> float:
    """Seconds that a step may take."""
    timeouts: dict[str, float] = exchange.request.extensions["timeout"]
    return min(timeouts[step], exchange.remaining)


def _bytes(request: httpx2.Request) -> bytes:
    """A request as it is sent.

    Raises:
        httpx2.LocalProtocolError: a header would end the line that it is in.
    """
    lines = [b"%s %s HTTP/1.1" % (request.method.encode("ascii"), request.url.raw_path)]
    lines += [b"%s: %s" % header for header in request.headers.raw]
    if any(map(_NOT_IN_A_LINE.search, lines)):
        raise httpx2.LocalProtocolError("a line of the head has a line break in it", request=request)
    return b"\r\n".join([*lines, b"", request.content])


def _is_readable(sock: Any) -> bool:
    """Whether something has come over an idle connection, if only its end."""
    if hasattr(select, "poll"):
        poll = select.poll()
        poll.register(sock, select.POLLIN)
        return bool(poll.poll(0))
    return bool(select.select([sock], [], [], 0)[0])
