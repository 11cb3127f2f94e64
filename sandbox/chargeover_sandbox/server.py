"""The sandbox on a socket."""

import socket
from collections.abc import Callable

import uvicorn
from starlette.types import ASGIApp

USERNAME = "sandbox"
PASSWORD = "sandbox"  # noqa: S105  nothing is behind it but the sandbox's own test data


class SandboxServer(uvicorn.Server):
    """A server that says when it is ready to answer.

    Args:
        app: the application.
        listener: the socket to answer on, already bound and listening.
        on_ready: called once, when requests are answered.
    """

    def __init__(self, app: ASGIApp, listener: socket.socket, on_ready: Callable[[], None]) -> None:
        super().__init__(uvicorn.Config(app, log_level="warning", access_log=False, server_header=False))
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
        OSError: the address is not of this machine, or the port is in use.
    """
    family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
    return socket.create_server((host, port), family=family, backlog=1024)


def url_of(listener: socket.socket) -> str:
    """The URL that a listening socket is reached at."""
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
