"""The sandbox on a socket."""

import asyncio
import socket
from collections.abc import Callable
from http import HTTPStatus

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.auto import AutoHTTPProtocol

from .answers import Refusal

USERNAME = "sandbox"
PASSWORD = "sandbox"  # noqa: S105  nothing is behind it but the sandbox's own test data

_GRACE = 2
"""Seconds that a request which is under way gets to end when the server is stopped."""


class _EnvelopeProtocol(AutoHTTPProtocol):  # type: ignore[misc,valid-type]  # one of two classes, chosen by what is installed
    """The server's HTTP protocol, but that a request which is no HTTP gets an envelope like any other."""

    transport: asyncio.Transport

    def send_400_response(self, msg: str) -> None:
        content = Refusal(HTTPStatus.BAD_REQUEST, f"This is no HTTP request: {msg}").reply.rendered()
        head = (
            "HTTP/1.1 400 Bad Request\r\n"
            "content-type: application/json\r\n"
            f"content-length: {len(content)}\r\n"
            "connection: close\r\n\r\n"
        )
        self.transport.write(head.encode("ascii") + content)
        self.transport.close()


class SandboxServer(uvicorn.Server):
    """A server that says when it is ready to answer.

    Args:
        app: the application.
        listener: the socket to answer on, already bound and listening.
        on_ready: called once, when requests are answered.
    """

    def __init__(self, app: ASGIApp, listener: socket.socket, on_ready: Callable[[], None]) -> None:
        config = uvicorn.Config(
            app,
            http=_EnvelopeProtocol,
            ws="none",
            lifespan="off",
            log_level="warning",
            access_log=False,
            server_header=False,
            proxy_headers=False,
            timeout_graceful_shutdown=_GRACE,
        )
        super().__init__(config)
        self._listener = listener
        self._on_ready = on_ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start to answer, then say so."""
        await super().startup(sockets)
        if self.started:
            self._on_ready()

    def serve_until_stopped(self) -> None:
        """Answer requests until a signal or ``should_exit`` ends it."""
        self.run(sockets=[self._listener])


def listen(host: str, port: int) -> socket.socket:
    """A listening socket; port 0 takes a free one.

    Raises:
        OSError: the address is not of this machine, or the port is in use or impossible.
    """
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family, backlog=1024)
    except (OverflowError, UnicodeError) as error:
        raise OSError(str(error)) from error
