"""How webhooks get there: off the path of requests, in order for each address, and again until they are received."""

import asyncio
import logging
import socket
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

from chargeover_sandbox.requests.app import seconds
from chargeover_sandbox.requests.urls import is_loopback

from .targets import Targets

if TYPE_CHECKING:
    import httpx2

    _Http = tuple[ModuleType, httpx2.AsyncHTTPTransport]

logger = logging.getLogger("chargeover_sandbox")

MOST_WAITING = 1000
"""Webhooks that may wait for one address; further ones are dropped."""
MOST_ATTEMPTS = 8
"""How often one is sent, at most (assumed)."""
PATIENCE = 10.0
"""Seconds that a receiver has to respond (assumed)."""
_LONGEST_WAIT = 60.0
_GRACE = 2.0
"""Seconds that are left to what is under way when the sandbox stops."""


@dataclass(slots=True)
class Message:
    """One webhook on its way.

    Attributes:
        webhook_id: that of the subscription; None for one of the command line.
        url: where it goes.
        event: what happened.
        object_id: what it happened to.
        headers: those of the request.
        body: its bytes.
        attempts: how often it was sent so far.
        is_dropped: whether it is not to be sent again.
    """

    webhook_id: int | None
    url: str
    event: str
    object_id: int
    headers: dict[str, str] = field(repr=False)
    body: bytes = field(repr=False)
    attempts: int = 0
    is_dropped: bool = False

    def masked(self) -> bytes:
        """The body with asterisks in place of its last member, the secret."""
        beginning, name, _ = self.body.rpartition(b'"security_token":')
        return b'%b%b"***"}' % (beginning, name)


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt to deliver a webhook, and what came of it.

    Attributes:
        webhook_id: that of the subscription; None for one of the command line.
        url: where it was sent.
        event: what happened: insert, update or delete.
        object_id: what it happened to.
        number: which attempt it was, from 1.
        time: when it began, in seconds since 1970.
        duration: seconds.
        headers: the headers that were sent.
        body: the bytes that were sent, with the secret masked.
        status: the HTTP status of the response; None without one.
        problem: why it was not received; None if it was.
        next_in: seconds until the next attempt; None if none follows.
    """

    webhook_id: int | None
    url: str
    event: str
    object_id: int
    number: int
    time: float
    duration: float
    headers: dict[str, str] = field(repr=False)
    body: bytes = field(repr=False)
    status: int | None
    problem: str | None
    next_in: float | None


@dataclass(slots=True)
class _State:
    """What became of the webhooks of one subscription: how many were received, and what went wrong last."""

    received: int = 0
    problem: str | None = None


@dataclass(slots=True, eq=False)
class _Queue:
    """What is on its way to one address: being sent, to be sent soon, and to be sent again, by its identity."""

    current: Message | None = None

    ready: deque[Message] = field(default_factory=deque[Message])
    later: dict[int, tuple[Message, asyncio.TimerHandle]] = field(
        default_factory=dict[int, tuple[Message, asyncio.TimerHandle]]
    )
    task: asyncio.Task[None] | None = None
    dropped: int = 0
    has_given_up: bool = False  # said once, until one is received

    def messages(self) -> list[Message]:
        return [*filter(None, (self.current,)), *self.ready, *(message for message, _ in self.later.values())]


class Deliveries:
    """Sends webhooks on the event loop of the server. All methods are called there.

    Args:
        targets: where they may go.
        first_wait: seconds until the second attempt; each later wait is twice as long, up to a minute.
        on_attempt: called after each attempt.
    """

    def __init__(self, targets: Targets, first_wait: float, on_attempt: Callable[[Attempt], None]) -> None:
        self._targets = targets
        self._first_wait = first_wait
        self._on_attempt = on_attempt
        self._queues: dict[str, _Queue] = {}
        self._states: dict[tuple[int | None, str], _State] = {}
        self._http: _Http | None = None
        self._is_stopping = False

    def put(self, message: Message) -> None:
        """Send a webhook soon."""
        queue = self._queues.setdefault(message.url, _Queue())
        if len(queue.ready) + len(queue.later) >= MOST_WAITING:
            if not queue.dropped:
                logger.warning("%s receives too slowly: further webhooks to it are dropped", message.url)
            queue.dropped += 1
            return
        queue.ready.append(message)
        self._wake(queue)

    def state(self, webhook_id: int | None, url: str) -> dict[str, object]:
        """How many webhooks of a subscription were received, how many wait, and what went wrong last."""
        state = self._states.get((webhook_id, url)) or _State()
        queue = self._queues.get(url) or _Queue()
        waiting = sum(one.webhook_id == webhook_id for one in queue.messages())
        return {"received": state.received, "waiting": waiting, "problem": state.problem}

    def clear(self) -> None:
        """Drop everything."""
        for queue in self._queues.values():
            for _, timer in queue.later.values():
                timer.cancel()
            if queue.task:
                queue.task.cancel()
        self._queues.clear()
        self._states.clear()

    def drop(self, webhook_id: int) -> None:
        """Drop what is on its way to one subscription. An attempt that has begun is not interrupted."""
        for queue in self._queues.values():
            for message in queue.messages():
                if message.webhook_id == webhook_id:
                    message.is_dropped = True
        for key in [key for key in self._states if key[0] == webhook_id]:
            del self._states[key]

    async def finish(self) -> None:
        """Let what is under way finish, for a moment, and drop the rest."""
        self._is_stopping = True
        for queue in self._queues.values():
            for _, timer in queue.later.values():
                timer.cancel()
        tasks = [queue.task for queue in self._queues.values() if queue.task]
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=_GRACE)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        for url, queue in self._queues.items():
            if dropped := len(queue.messages()):
                logger.warning("the sandbox has stopped: %d webhooks to %s were not received", dropped, url)
        self._queues.clear()
        if self._http:
            await self._http[1].aclose()

    def _wake(self, queue: _Queue) -> None:
        if queue.task is None:
            queue.task = asyncio.get_running_loop().create_task(self._work(queue))

    async def _work(self, queue: _Queue) -> None:
        while queue.ready:
            queue.current = queue.ready.popleft()
            if not queue.current.is_dropped and not await self._deliver(queue, queue.current) and self._is_stopping:
                break
            queue.current = None
        queue.task = None
        queue.dropped = 0

    async def _deliver(self, queue: _Queue, message: Message) -> bool:
        """Send a webhook once, and see to it that it is sent again; whether it was received."""
        message.attempts += 1
        began, start = time.time(), seconds()
        status, error = await self._send(message)
        problem = None if status == 200 else error or f"the response was {status}, not 200"
        next_in = self._wait(message) if problem else None
        if next_in is not None:
            again = asyncio.get_running_loop().call_later(next_in, self._again, queue, message)
            queue.later[id(message)] = (message, again)
        elif problem and not self._is_stopping and not queue.has_given_up:
            logger.warning("a webhook to %s was given up after attempt %d: %s", message.url, message.attempts, problem)
        queue.has_given_up = problem is not None and (queue.has_given_up or next_in is None)
        if not message.is_dropped:
            state = self._states.setdefault((message.webhook_id, message.url), _State())
            state.received, state.problem = state.received + (status == 200), problem
        self._on_attempt(
            Attempt(
                webhook_id=message.webhook_id,
                url=message.url,
                event=message.event,
                object_id=message.object_id,
                number=message.attempts,
                time=began,
                duration=seconds() - start,
                headers=message.headers,
                body=message.masked(),
                status=status,
                problem=problem,
                next_in=next_in,
            )
        )
        return problem is None

    def _again(self, queue: _Queue, message: Message) -> None:
        del queue.later[id(message)]
        queue.ready.append(message)
        self._wake(queue)

    def _wait(self, message: Message) -> float | None:
        """Seconds until the next attempt, or None if there is none."""
        if message.attempts >= MOST_ATTEMPTS or message.is_dropped or self._is_stopping:
            return None
        return min(self._first_wait * 2.0 ** (message.attempts - 1), _LONGEST_WAIT)

    async def _send(self, message: Message) -> tuple[int | None, str | None]:
        """The status of the response, or why there is none."""
        try:
            if self._http is None:
                # In a thread: requests would wait for the import, and for the certificates.
                self._http = await asyncio.to_thread(_opened)
            library, transport = self._http
            request = library.Request("POST", message.url, content=message.body, headers=message.headers)
            async with asyncio.timeout(PATIENCE):
                await self._check_address(request.url)
                response = await transport.handle_async_request(request)
                await response.aclose()  # its body is not read (docs)
        except TimeoutError:
            return None, f"no response within {PATIENCE:.0f} seconds"
        except Exception as error:  # noqa: BLE001  whatever a receiver does, the next webhook is still sent
            return None, f"{type(error).__name__}: {error}"
        return response.status_code, None

    async def _check_address(self, url: "httpx2.URL") -> None:
        """Refuse a loopback name that leads elsewhere.

        Raises:
            OSError: it does, or it cannot be looked up.
        """
        if self._targets.is_named(str(url)):
            return
        found = await asyncio.get_running_loop().getaddrinfo(url.host, url.port, type=socket.SOCK_STREAM)
        for *_, address in found:
            if not is_loopback(str(address[0])):
                raise OSError(f"{url.host} is {address[0]}, not a loopback address")


def _opened() -> "_Http":
    """The HTTP library and a transport: without a client, which would follow the environment, and log."""
    library = import_module("httpx2")
    limits = library.Limits(max_keepalive_connections=0)
    return library, library.AsyncHTTPTransport(limits=limits, trust_env=False)
