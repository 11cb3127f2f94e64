"""The server's HTTP protocol, with an envelope around every refusal of its own and a limit on headers.

It is uvicorn's, over httptools where that is installed, otherwise over h11, which has a limit on headers itself.
"""

import asyncio
import socket
from asyncio.trsock import TransportSocket
from http import HTTPStatus
from typing import Any, cast

from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.protocols.http.h11_impl import RequestResponseCycle as H11Cycle

from chargeover_sandbox.contract.responses import Refusal
from chargeover_sandbox.control.faulting import TRANSPORT

LONGEST_HEAD = 65_536
"""Bytes of a request line with its headers and trailers; more are refused with 431 instead of being collected."""

_MOST_UNREAD = 32 * 1024 * 1024
"""Bytes of a body that are thrown away behind a response, so that a client that goes on sending can read it. More of
them, and the connection is closed."""


def _refuse(transport: asyncio.Transport, status: HTTPStatus, message: str) -> None:
    """Send a refusal and close the connection."""
    content = Refusal(status, message).response.rendered()
    head = (
        f"HTTP/1.1 {status} {status.phrase}\r\n"
        "content-type: application/json\r\n"
        f"content-length: {len(content)}\r\n"
        "connection: close\r\n\r\n"
    )
    transport.write(head.encode("ascii") + content)
    transport.close()


def _send_at_once(transport: asyncio.Transport) -> None:
    """Let the body of a response follow its head at once, instead of waiting 40 ms for the client's delayed ACK.

    uvloop does so itself. asyncio does only for sockets that name TCP as their protocol, and those that a listener of
    ``socket.create_server`` accepts do not.
    """
    connection = transport.get_extra_info("socket")
    if isinstance(connection, TransportSocket) and connection.family in {socket.AF_INET, socket.AF_INET6}:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


class _OverH11(H11Protocol):
    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.access_log = False  # Config's own switch would remove the handlers of the program that runs the sandbox
        self._unread = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        self.app_state = {**self.app_state, TRANSPORT: transport}
        _send_at_once(transport)
        super().connection_made(transport)

    def send_400_response(self, msg: str) -> None:
        _refuse(self.transport, HTTPStatus.BAD_REQUEST, f"This is not an HTTP request: {msg}")

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        cycle = cast("H11Cycle | None", self.cycle)
        is_unread = cycle is not None and cycle.response_complete and cycle.more_body
        self._unread = self._unread + len(data) if is_unread else 0
        if self._unread > _MOST_UNREAD:
            self.transport.close()


_best: type[asyncio.Protocol] = _OverH11

try:
    from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle
except ImportError:
    pass
else:

    class _OverHttptools(HttpToolsProtocol):
        def __init__(self, *arguments: Any, **options: Any) -> None:
            super().__init__(*arguments, **options)
            self.access_log = False
            self._running: RequestResponseCycle | None = None
            self._head = 0
            self._pending = 0
            self._unread = 0

        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
            self.app_state = {**self.app_state, TRANSPORT: transport}
            _send_at_once(transport)
            super().connection_made(transport)

        def send_400_response(self, msg: str) -> None:
            if max(self._head, self._pending) > LONGEST_HEAD:
                message = f"The request line and the headers have more than {LONGEST_HEAD} bytes."
                _refuse(self.transport, HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, message)
            else:
                _refuse(self.transport, HTTPStatus.BAD_REQUEST, f"This is not an HTTP request: {msg}")

        def data_received(self, data: bytes) -> None:
            self._pending += len(data)  # the parser collects a header until it is complete
            super().data_received(data)
            if self._pending > LONGEST_HEAD and not self.transport.is_closing():
                self.send_400_response("")

        def on_message_begin(self) -> None:
            self._head = 0
            self._unread = 0
            super().on_message_begin()

        def on_url(self, url: bytes) -> None:
            self._count(len(url))
            super().on_url(url)

        def on_header(self, name: bytes, value: bytes) -> None:
            self._count(len(name) + len(value) + len(": \r\n"))
            super().on_header(name, value)

        def on_body(self, body: bytes) -> None:
            self._pending = 0  # the body has a limit of its own
            super().on_body(body)
            if self._running is not None and self._running.response_complete:
                self._unread += len(body)
                if self._unread > _MOST_UNREAD:
                    self.transport.close()

        def on_message_complete(self) -> None:
            self._pending = 0
            super().on_message_complete()

        def _count(self, size: int) -> None:
            self._pending = 0
            self._head += size
            if self._head > LONGEST_HEAD:
                raise ValueError("the head is too long")  # for the parser, an error that ends the connection

        def _start_asgi_task(self, cycle: RequestResponseCycle, app: ASGIApp) -> None:  # type: ignore[override]  # starlette's types, not uvicorn's
            self._running = cycle
            super()._start_asgi_task(cycle, app)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]

        def connection_lost(self, exc: Exception | None) -> None:
            # Uvicorn tells only the last request of a connection that its client has gone, not the one being served.
            if self._running is not None and not self._running.response_complete:
                self._running.disconnected = True
                self._running.message_event.set()
            super().connection_lost(exc)

    _best = _OverHttptools

PROTOCOL = _best
"""The class for uvicorn."""
