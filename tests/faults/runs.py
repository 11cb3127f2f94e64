"""One call by a real client while a server is at fault, and its outcome."""

import itertools
import time
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from typing import Any

from chargeover import AsyncChargeOver, ChargeOver, ChargeOverError, Clock, RetryEvent
from tests.support.http import TRUST

from .calls import told, told_error
from .fault import Kind
from .server import FaultServer, fault_server

USERNAME, PASSWORD = "u", "s3cret-and-long"


class ImpatientTime:
    """The real time, except that the waits of a client pass at once. ``clock`` is for a client."""

    def __init__(self) -> None:
        self._waited = 0.0
        self.clock = Clock(self._now, self._wait, self._async_wait)

    def _now(self) -> float:
        return time.monotonic() + self._waited

    def _wait(self, seconds: float) -> None:
        self._waited += seconds

    async def _async_wait(self, seconds: float) -> None:
        self._wait(seconds)


@dataclass
class Run:
    """A call that was made.

    Attributes:
        kind: what the server did.
        server: the server.
        error: what was raised.
        outcome: what came of it, in a few words.
        retries: each retry.
        seconds: how long it took, without the waits.
    """

    kind: Kind
    server: FaultServer
    error: ChargeOverError | None = None
    outcome: str = ""
    retries: list[RetryEvent] = field(default_factory=list[RetryEvent])
    seconds: float = 0.0

    def do(self) -> None:
        with self._client() as client, self._watched():
            self.outcome = told(self.kind.call.make(client), self.kind.call.shows)

    async def do_async(self) -> None:
        async with self._async_client() as client:
            with self._watched():
                self.outcome = told(await self.kind.call.make_async(client), self.kind.call.shows)

    def row(self) -> str:
        """The row of the table that would be right."""
        waits = [f"waits {event.wait:g} s, " for event in self.retries if getattr(event.error, "retry_after", 0)]
        return f"| {title(self.kind)} | {self.kind.call.name} | {''.join(waits)}{self.outcome} | {self._requests()} |"

    def _requests(self) -> str:
        methods = itertools.groupby(request.partition(" ")[0] for request in self.server.requests)
        sent = [method if (number := len([*group])) == 1 else f"{method} x{number}" for method, group in methods]
        tries = len(self.retries) + 1
        more = f" ({tries} tries)" if tries > len(self.server.requests) else ""
        return f"{', '.join(sent) or 'none'}{more}"

    def _on_retry(self, event: RetryEvent) -> None:
        self.retries.append(event)
        if len(self.retries) == self.kind.refused:
            self.server.open()

    def _arguments(self) -> dict[str, Any]:
        return {
            "base_url": f"{self.kind.scheme}://127.0.0.1:{self.server.port}",
            "username": USERNAME,
            "password": PASSWORD,
            "on_retry": self._on_retry,
            "ssl_context": TRUST,
            "clock": ImpatientTime().clock,
            **self.kind.options,
        }

    @contextmanager
    def _client(self) -> Generator[ChargeOver]:
        with ChargeOver(**self._arguments()) as client:
            yield client

    @asynccontextmanager
    async def _async_client(self) -> AsyncGenerator[AsyncChargeOver]:
        async with AsyncChargeOver(**self._arguments()) as client:
            yield client

    @contextmanager
    def _watched(self) -> Generator[None]:
        began = time.monotonic()
        try:
            yield
        except ChargeOverError as error:
            self.error, self.outcome = error, told_error(error)
        finally:
            self.seconds = time.monotonic() - began


def title(kind: Kind) -> str:
    """What stands in the first column of the table."""
    return f"**{kind.name}**: {kind.does}"


@contextmanager
def server_of(kind: Kind) -> Generator[FaultServer]:
    """The server of a kind of fault."""
    with fault_server(kind.script, is_open=kind.refused == 0) as server:
        yield server
