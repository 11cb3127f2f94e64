"""The network as the HTTP library uses it: each step within the deadline of the whole exchange, each byte counted."""

import math
import re
import socket
import ssl
import time
from collections.abc import Iterable
from typing import Any, cast
from weakref import WeakSet

import anyio
import httpcore2
import httpx2

from .exchange import Exchange, StaleConnectionError, current

_PIECE = 64 * 1024
_KEEPALIVE = re.compile(r"\btimeout\s*=\s*(\d{1,9})", re.ASCII | re.IGNORECASE)


class Kept:
    """What a connection of either kind knows about its exchanges.

    A request is collected until it is complete (or large) and leaves in one piece: a connection that the server has
    closed meanwhile is then noticed before any of the request is sent.
    """

    def __init__(self) -> None:
        self.outgoing = bytearray()
        self._last: Exchange | None = None
        self._let_go_at = math.inf

    def heed(self, headers: httpx2.Headers) -> None:
        """Use it for no request after the time that the server says it keeps it (Keep-Alive), less a second."""
        if seconds := _KEEPALIVE.search(headers.get("keep-alive", "")):
            self._let_go_at = time.monotonic() + int(seconds[1]) - 1

    def is_due(self) -> bool:
        """Whether no other request may be sent over it: its time is over, or a new connection is asked for."""
        exchange = current.get()
        return time.monotonic() > self._let_go_at or (exchange is not None and exchange.wants_new)

    def begins(self, exchange: Exchange) -> bool:
        """Note the exchange; whether this is its beginning, over a connection of an earlier one."""
        if exchange is self._last:
            return False
        exchange.is_over_kept, self._last = self._last is not None, exchange
        exchange.is_begun, exchange.wants_new = True, False
        return exchange.is_over_kept


def current_exchange() -> Exchange:
    """The exchange that this thread or task is at."""
    exchange = current.get()
    if exchange is None:
        raise RuntimeError("The connections of a client carry its own requests only.")
    return exchange


class _Stream(Kept, httpcore2.NetworkStream):
    def __init__(self, stream: httpcore2.NetworkStream, streams: "WeakSet[_Stream]") -> None:
        super().__init__()
        self._stream = stream
        self._streams = streams
        streams.add(self)

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        if self.outgoing:
            self._send(timeout)
        exchange = current_exchange()
        part = self._stream.read(max_bytes, exchange.left(timeout))
        exchange.received(len(part))
        return part

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self.outgoing += buffer
        if not buffer or len(self.outgoing) > _PIECE:
            self._send(timeout)

    def _send(self, timeout: float | None) -> None:
        exchange = current_exchange()
        whole, self.outgoing = bytes(self.outgoing), bytearray()
        is_kept = self.begins(exchange)
        if is_kept and self._stream.get_extra_info("is_readable"):
            raise StaleConnectionError
        for start in range(0, len(whole), _PIECE):
            try:
                self._stream.write(whole[start : start + _PIECE], exchange.left(timeout, httpcore2.WriteTimeout))
            except httpcore2.WriteError:
                if is_kept and not start:
                    raise StaleConnectionError from None
                raise

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        left = current_exchange().left(timeout, httpcore2.ConnectTimeout)
        return _Stream(self._stream.start_tls(ssl_context, server_hostname, left), self._streams)

    def get_extra_info(self, info: str) -> Any:
        if info == "is_readable" and self.is_due():
            return True
        return self._stream.get_extra_info(info)


class Backend(httpcore2.NetworkBackend):
    """Connects for a client that blocks."""

    def __init__(self) -> None:
        self._backend = httpcore2.SyncBackend()
        self._streams: WeakSet[_Stream] = WeakSet()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: "Iterable[httpcore2.SOCKET_OPTION] | None" = None,
    ) -> httpcore2.NetworkStream:
        """Connect to the first address of a host that can be reached before the deadline."""
        exchange = current_exchange()
        failure: httpcore2.NetworkError | None = None
        for address in _addresses(host, port):
            left = exchange.left(timeout, httpcore2.ConnectTimeout)
            try:
                stream = self._backend.connect_tcp(address, port, left, local_address, socket_options)
            except httpcore2.ConnectError as error:
                failure = error
            else:
                return _Stream(stream, self._streams)
        raise failure or httpcore2.ConnectError(f"{host} has no address")

    def leave(self) -> None:
        """Close the sockets of this process alone. Nothing is sent, so that the parent can go on with its own."""
        for stream in list(self._streams):
            stream.get_extra_info("socket").close()
        self._streams.clear()


class _AsyncStream(Kept, httpcore2.AsyncNetworkStream):
    def __init__(self, stream: httpcore2.AsyncNetworkStream) -> None:
        super().__init__()
        self._stream = stream

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        if self.outgoing:
            await self._send(timeout)
        exchange = current_exchange()
        part = await self._stream.read(max_bytes, exchange.left(timeout))
        exchange.received(len(part))
        return part

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self.outgoing += buffer
        if not buffer or len(self.outgoing) > _PIECE:
            await self._send(timeout)

    async def _send(self, timeout: float | None) -> None:
        exchange = current_exchange()
        whole, self.outgoing = bytes(self.outgoing), bytearray()
        if self.begins(exchange) and self._stream.get_extra_info("is_readable"):
            raise StaleConnectionError
        await self._stream.write(whole, exchange.left(timeout, httpcore2.WriteTimeout))

    async def aclose(self) -> None:
        await self._stream.aclose()

    async def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.AsyncNetworkStream:
        try:
            return _AsyncStream(await self._stream.start_tls(ssl_context, server_hostname, timeout))
        except BaseException:  # the library closes it after an Exception only, and the deadline cancels
            with anyio.CancelScope(shield=True):
                await self._stream.aclose()
            raise

    def get_extra_info(self, info: str) -> Any:
        if info == "is_readable" and self.is_due():
            return True
        return self._stream.get_extra_info(info)


class AsyncBackend(httpcore2.AsyncNetworkBackend):
    """Connects for a client that does not block. The deadline is kept around the whole exchange, not here."""

    def __init__(self) -> None:
        # What the library exports under this name is a class or, where anyio is missing, a message.
        self._backend = cast("httpcore2.AsyncNetworkBackend", httpcore2.AnyIOBackend())

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: "Iterable[httpcore2.SOCKET_OPTION] | None" = None,
    ) -> httpcore2.AsyncNetworkStream:
        """Connect to a host."""
        return _AsyncStream(await self._backend.connect_tcp(host, port, timeout, local_address, socket_options))


def _addresses(host: str, port: int) -> list[str]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError, OverflowError) as error:
        raise httpcore2.ConnectError(str(error)) from error
    return [str(address[0]) for *_, address in found]
