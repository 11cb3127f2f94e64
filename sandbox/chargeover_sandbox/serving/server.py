"""The sandbox on a socket."""

import asyncio
import os
import socket
import sys
import time
from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path
from typing import Any
from weakref import WeakSet

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.auto import AutoHTTPProtocol

from chargeover_sandbox.contract.responses import Refusal

USERNAME = "sandbox"
PASSWORD = "sandbox"  # noqa: S105  it protects nothing except test data of the sandbox

_GRACE = 2
"""Seconds that a request in progress has left when the server is stopped."""


LONGEST_HEAD = 65_536
"""Bytes of a request line with its headers and trailers; more are refused with 431 instead of being collected."""

_listeners: "WeakSet[socket.socket]" = WeakSet()


def _close_listeners() -> None:
    """In a forked child, which would keep their ports in use after the sandboxes have ended."""
    for listener in tuple(_listeners):
        if listener.fileno() >= 0:
            # Not closed: the event loop thinks that it owns the descriptor, and would close the next of its number.
            with Path(os.devnull).open("rb") as nothing:
                os.dup2(nothing.fileno(), listener.fileno(), inheritable=False)


if hasattr(os, "register_at_fork"):  # not on Windows
    os.register_at_fork(after_in_child=_close_listeners)


class _Protocol(AutoHTTPProtocol):  # type: ignore[misc,valid-type]  # one of two classes, depending on what is installed
    """The server's HTTP protocol, with an envelope around every refusal and a limit on headers.

    The methods from ``data_received`` on belong to the httptools protocol; the other one, h11, has such a limit and
    never calls them, and it reads the next request of a connection after the response to the last.
    """

    transport: asyncio.Transport

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.access_log = False  # Config's own switch would remove the handlers of the program that runs the sandbox
        self._running: Any = None
        self._head = 0
        self._pending = 0

    def send_400_response(self, msg: str) -> None:
        """Refuse what is not HTTP, or has too long a head, and close the connection."""
        refusal = Refusal(HTTPStatus.BAD_REQUEST, f"This is not an HTTP request: {msg}")
        if max(self._head, self._pending) > LONGEST_HEAD:
            message = f"The request line and the headers have more than {LONGEST_HEAD} bytes."
            refusal = Refusal(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, message)
        status = HTTPStatus(refusal.response.status)
        content = refusal.response.rendered()
        head = (
            f"HTTP/1.1 {status} {status.phrase}\r\n"
            "content-type: application/json\r\n"
            f"content-length: {len(content)}\r\n"
            "connection: close\r\n\r\n"
        )
        self.transport.write(head.encode("ascii") + content)
        self.transport.close()

    def data_received(self, data: bytes) -> None:
        """Read a part of a request."""
        self._pending += len(data)  # the parser collects a header until it is complete
        super().data_received(data)
        if self._pending > LONGEST_HEAD and not self.transport.is_closing():
            self.send_400_response("")

    def on_message_begin(self) -> None:
        """Begin to count."""
        self._head = 0
        super().on_message_begin()

    def on_url(self, url: bytes) -> None:
        """Count a part of the request line."""
        self._count(len(url))
        super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        """Count a header or a trailer."""
        self._count(len(name) + len(value) + len(": \r\n"))
        super().on_header(name, value)

    def on_body(self, body: bytes) -> None:
        """Take a part of the body, which has a limit of its own."""
        self._pending = 0
        super().on_body(body)

    def on_message_complete(self) -> None:
        """End a request."""
        self._pending = 0
        super().on_message_complete()

    def _count(self, size: int) -> None:
        self._pending = 0
        self._head += size
        if self._head > LONGEST_HEAD:
            raise ValueError("the head is too long")  # the parser makes it an error, and that ends the connection

    def _start_asgi_task(self, cycle: Any, app: ASGIApp) -> None:
        self._running = cycle
        super()._start_asgi_task(cycle, app)

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell the request that is being served that its client has gone, even if others wait behind it."""
        if self._running is not None and not self._running.response_complete:
            self._running.disconnected = True
            self._running.message_event.set()
        super().connection_lost(exc)


class _SteadyLoop(asyncio.ProactorEventLoop if sys.platform == "win32" else asyncio.SelectorEventLoop):
    """An event loop whose clock goes on while a test has replaced ``time.monotonic``, as freezegun does."""

    def time(self, _clock: Callable[[], float] = time.monotonic) -> float:
        """Seconds."""
        return _clock()


def _new_loop() -> asyncio.AbstractEventLoop:
    try:
        import uvloop
    except ImportError:
        return _SteadyLoop()
    return uvloop.new_event_loop()


class SandboxServer(uvicorn.Server):
    """A server that reports when it is ready.

    Args:
        app: the application.
        listener: the socket, already bound and listening.
        on_ready: called once, when the server accepts requests.
    """

    def __init__(self, app: ASGIApp, listener: socket.socket, on_ready: Callable[[], None]) -> None:
        config = uvicorn.Config(
            app,
            http=_Protocol,
            ws="none",
            lifespan="off",
            log_config=None,  # logging belongs to the program
            log_level=None,
            server_header=False,
            proxy_headers=False,
            timeout_graceful_shutdown=_GRACE,
        )
        super().__init__(config)
        self._listener = listener
        self._on_ready = on_ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start to accept requests, then call ``on_ready``."""
        await super().startup(sockets)
        if self.started:
            self._on_ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop to accept requests, and end when those under way were answered, or were told that they cannot be."""
        await super().shutdown(sockets)
        if self.server_state.tasks:  # cancelled, but not told so yet: a signal may end the process at once
            await asyncio.wait(tuple(self.server_state.tasks), timeout=_GRACE)

    def serve_until_stopped(self) -> None:
        """Serve requests until a signal or ``should_exit`` stops the server."""
        # Not asyncio.run, which tools for notebooks replace.
        with asyncio.Runner(loop_factory=_new_loop) as runner:
            runner.run(self.serve(sockets=[self._listener]))


def listen(host: str, port: int) -> socket.socket:
    """A listening socket; port 0 means any free port.

    Raises:
        OSError: the address does not belong to this machine, or the port is in use or out of range.
    """
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        listener = socket.create_server((host, port), family=family, backlog=1024)
    except (OverflowError, UnicodeError) as error:
        raise OSError(str(error)) from error
    _listeners.add(listener)
    return listener
