"""The sandbox on a socket."""

import asyncio
import contextlib
import os
import socket
import time
from collections.abc import Awaitable, Callable, Coroutine
from pathlib import Path
from queue import Empty, SimpleQueue
from weakref import WeakSet

import uvicorn
from starlette.types import ASGIApp

from .protocol import PROTOCOL

USERNAME = "sandbox"
PASSWORD = "sandbox"  # noqa: S105  it protects nothing except test data of the sandbox

_TICK = 0.1
"""Seconds between two looks for a signal; the server library counts ten of them as a second."""

_GRACE = 2
"""Seconds that a request in progress has left when the server is stopped."""

_STEP = 0.002
"""Seconds between two looks whether all connections are closed, while the server stops."""


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


def _seconds(_clock: Callable[[], float] = time.monotonic) -> float:
    """The time on a clock that goes on while a test has replaced ``time.monotonic``, as freezegun does."""
    return _clock()


def _new_loop() -> asyncio.AbstractEventLoop:
    try:
        import uvloop
    except ImportError:
        loop = asyncio.new_event_loop()
        loop.time = _seconds  # type: ignore[method-assign]
        return loop
    return uvloop.new_event_loop()


class SandboxServer(uvicorn.Server):
    """A server that reports when it is ready.

    Args:
        app: the application.
        listener: the socket, already bound and listening.
        on_ready: called once, when the server accepts requests.
        on_stop: called once, when the server begins to stop.
        on_stopped: called once, when it serves no more requests.
    """

    def __init__(
        self,
        app: ASGIApp,
        listener: socket.socket,
        on_ready: Callable[[], None],
        on_stop: Callable[[], None] = lambda: None,
        on_stopped: Callable[[], Awaitable[None]] | None = None,
    ) -> None:
        config = uvicorn.Config(
            app,
            http=PROTOCOL,
            ws="none",
            lifespan="off",
            log_config=None,  # logging belongs to the program
            log_level=None,
            server_header=False,
            proxy_headers=False,
        )
        super().__init__(config)
        self._listener = listener
        self._on_ready = on_ready
        self._on_stop = on_stop
        self._on_stopped = on_stopped
        self._stopped: asyncio.Event | None = None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start to accept requests, then call ``on_ready``."""
        self._loop = asyncio.get_running_loop()
        await super().startup(sockets)
        if self.started:
            self._on_ready()

    async def main_loop(self) -> None:
        """Wait for the end: as the server library does, except that ``stop`` does not wait for its next look."""
        self._loop, self._stopped = asyncio.get_running_loop(), asyncio.Event()
        ticks = 0
        while not await self.on_tick(ticks):
            ticks += 1
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(_TICK):
                    await self._stopped.wait()

    def stop(self) -> None:
        """Stop the server, from any thread."""
        self.should_exit = True
        if self._stopped:
            with contextlib.suppress(RuntimeError):  # it has stopped already
                self._loop.call_soon_threadsafe(self._stopped.set)

    def carry_out(self, work: Coroutine[None, None, None], patience: float) -> None:
        """Carry out some work between two requests, from another thread.

        Args:
            work: what is awaited on the server's event loop.
            patience: seconds that it may take.

        Raises:
            TimeoutError: it took longer. Its own exceptions are raised too.
        """
        done: SimpleQueue[asyncio.Task[None]] = SimpleQueue()  # 40 µs faster than asyncio's own way
        self._loop.call_soon_threadsafe(lambda: self._loop.create_task(work).add_done_callback(done.put))
        try:
            task = done.get(timeout=patience)
        except Empty:
            raise TimeoutError(f"The sandbox did not carry it out within {patience:.0f} seconds.") from None
        task.result()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop to accept requests, and end when those under way were answered, or were told that they cannot be.

        The server library looks only each tenth of a second whether the connections are closed, at the earliest after
        the first: for most sandboxes of a test, that was nearly all of their end.
        """
        self._on_stop()
        for closed in (*self.servers, *(sockets or ())):
            closed.close()
        for connection in tuple(self.server_state.connections):
            connection.shutdown()
        over_at = self._loop.time() + _GRACE
        while (self.server_state.connections or self.server_state.tasks) and not self.force_exit:
            if self._loop.time() > over_at:
                break
            await asyncio.sleep(_STEP)
        for task in self.server_state.tasks:
            task.cancel()
        if self.server_state.tasks:  # cancelled, but not told so yet: a signal may end the process at once
            await asyncio.wait(tuple(self.server_state.tasks), timeout=_GRACE)
        if self._on_stopped:
            await self._on_stopped()

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
        # As bytes: for a text, Python first imports its codec for international names (6 ms of a first start).
        name = host.encode() if host.isascii() else host
        family = socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)[0][0]
        listener = socket.create_server((host, port), family=family, backlog=1024)
    except (OverflowError, UnicodeError) as error:
        raise OSError(str(error)) from error
    _listeners.add(listener)
    return listener
