"""The sandbox on a socket."""

import asyncio
import socket
from collections.abc import Callable
from http import HTTPStatus

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.auto import AutoHTTPProtocol

from chargeover_sandbox.contract.responses import Refusal

USERNAME = "sandbox"
PASSWORD = "sandbox"  # noqa: S105  it protects nothing except test data of the sandbox

_GRACE = 2
"""Seconds that a request in progress has left when the server is stopped."""


class _EnvelopeProtocol(AutoHTTPProtocol):  # type: ignore[misc,valid-type]  # one of two classes, depending on what is installed
    """The server's HTTP protocol, except that even a request that is not HTTP gets an envelope."""

    transport: asyncio.Transport

    def send_400_response(self, msg: str) -> None:
        content = Refusal(HTTPStatus.BAD_REQUEST, f"This is not an HTTP request: {msg}").response.rendered()
        head = (
            "HTTP/1.1 400 Bad Request\r\n"
            "content-type: application/json\r\n"
            f"content-length: {len(content)}\r\n"
            "connection: close\r\n\r\n"
        )
        self.transport.write(head.encode("ascii") + content)
        self.transport.close()


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
        """Start to accept requests, then call ``on_ready``."""
        await super().startup(sockets)
        if self.started:
            self._on_ready()

    def serve_until_stopped(self) -> None:
        """Serve requests until a signal or ``should_exit`` stops the server."""
        self.run(sockets=[self._listener])


def listen(host: str, port: int) -> socket.socket:
    """A listening socket; port 0 means any free port.

    Raises:
        OSError: the address does not belong to this machine, or the port is in use or out of range.
    """
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family, backlog=1024)
    except (OverflowError, UnicodeError) as error:
        raise OSError(str(error)) from error
