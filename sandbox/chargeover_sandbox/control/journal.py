"""The journal of an account: the requests that it received, their responses, and what went wrong on purpose."""

import asyncio
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from http import HTTPStatus
from typing import Any

from starlette.types import Scope

from chargeover_sandbox.contract.handlers import CheckedRequest
from chargeover_sandbox.contract.responses import Response, success
from chargeover_sandbox.webhooks.deliveries import Attempt

from .endpoints import Control
from .entry import Entry
from .har import har_of
from .paths import PathPattern
from .sending import SentEntry
from .verdict import Judge

MOST_EXCHANGES = 1000
MOST_BYTES = 32 * 1024 * 1024
"""Of all bodies and headers together. The latest exchange is kept, however large it is."""
_LONGEST_WAIT = 60_000


class Journal:
    """The last exchanges of an account: at most 1,000, and at most 32 MiB.

    Args:
        judge: says what an exchange was, and whether openapi.yaml allows it.

    Attributes:
        dropped: how many exchanges are no longer in it.
    """

    def __init__(self, judge: Judge) -> None:
        self._judge = judge
        self._entries: deque[Entry] = deque()
        self._size = 0
        self._last = 0
        self._waiting: set[asyncio.Future[None]] = set()
        self._is_over = False
        self.dropped = 0

    def record(self, scope: Scope, received: bytearray, response: Response, content: bytes, started: float) -> None:
        """Add an exchange without a fault."""
        self.add(scope, received, response.status, response.headers, content, started, None)

    def add(
        self,
        scope: Scope,
        received: bytearray,
        status: int | None,
        headers: Mapping[str, str],
        content: bytes,
        started: float,
        fault: str | None,
        *,
        carried_out: bool = True,
    ) -> Entry:
        """Add an exchange; see ``Entry``."""
        self._last += 1
        return self._added(Entry(self._last, scope, received, status, headers, content, started, fault, carried_out))

    def add_sent(self, attempt: Attempt) -> None:
        """Add an attempt to deliver a webhook."""
        self._last += 1
        self._added(SentEntry(self._last, attempt))

    def _added(self, entry: Entry) -> Entry:
        self._entries.append(entry)
        self._size += entry.size
        while len(self._entries) > MOST_EXCHANGES or (self._size > MOST_BYTES and len(self._entries) > 1):
            self._size -= self._entries.popleft().size
            self.dropped += 1
        if self._waiting:
            self._wake()
        return entry

    def clear(self) -> None:
        """Forget everything; numbers go on."""
        self._entries.clear()
        self._size = self.dropped = 0

    def stop(self) -> None:
        """Let nothing wait any longer."""
        self._is_over = True
        self._wake()

    def _wake(self) -> None:
        for waiting in self._waiting:
            if not waiting.done():
                waiting.set_result(None)

    def shown(self, parameters: Mapping[str, Any]) -> dict[str, Any]:
        """The exchanges that match, for a response, and how many there are.

        Args:
            parameters: see ``list_exchanges`` in control/openapi.yaml.
        """
        found = list(self._matching(parameters))
        limit = parameters.get("limit")
        chosen = found if limit is None else found[len(found) - min(limit, len(found)) :]
        return {
            "count": len(found),
            "dropped": self.dropped,
            "exchanges": [self._judge.shown(entry) for entry in chosen],
        }

    def _matching(self, parameters: Mapping[str, Any]) -> Iterator[Entry]:
        tests: list[Callable[[Entry], bool]] = []
        given = dict(parameters)
        if (after := given.get("after")) is not None:
            tests.append(lambda entry: entry.id > after)
        if method := given.get("method"):
            tests.append(lambda entry: entry.method == method)
        if (status := given.get("status")) is not None:
            tests.append(lambda entry: entry.status == (status or None))
        if operation := given.get("operation"):
            tests.append(lambda entry: self._judge.operation_of(entry) == operation)
        if path := given.get("path"):
            pattern = PathPattern(path, self._judge.contract.templates())
            tests.append(
                lambda entry: pattern.matches(entry.raw_path.decode("latin-1"), self._judge.match(entry).template)
            )
        if (customer := given.get("customer_id")) is not None:
            tests.append(lambda entry: self._judge.customer_of(entry) == customer)
        return (entry for entry in self._entries if all(test(entry) for test in tests))

    async def waited_for(self, parameters: Mapping[str, Any], count: int, timeout: float) -> dict[str, Any]:  # noqa: ASYNC109  it is not an error if the time is over
        """Like ``shown``, once ``count`` exchanges match or the time is over."""
        loop = asyncio.get_running_loop()
        until = loop.time() + timeout
        while sum(1 for _ in self._matching(parameters)) < count:
            left = until - loop.time()
            if left <= 0 or self._is_over:
                break
            waiting = loop.create_future()
            self._waiting.add(waiting)
            try:
                await asyncio.wait({waiting}, timeout=left)
            finally:
                self._waiting.discard(waiting)
        return self.shown(parameters)

    def har(self, url: str) -> dict[str, Any]:
        """All exchanges as a HAR 1.2 document."""
        return har_of([self._judge.shown(entry) for entry in self._entries], url)


def journal_controls(journal: Journal) -> dict[str, Control]:
    """The operations on the journal of an account."""

    async def list_exchanges(request: CheckedRequest) -> Response:
        given = request.parameters
        patience = min(given.get("wait_ms", 0), _LONGEST_WAIT) / 1000
        found = await journal.waited_for(given, given.get("count", 1), patience) if patience else journal.shown(given)
        return success(HTTPStatus.OK, found)

    def export_journal(request: CheckedRequest) -> Response:
        return Response(HTTPStatus.OK, journal.har(request.url))

    def clear_journal(_: CheckedRequest) -> Response:
        journal.clear()
        return success(HTTPStatus.OK, True)

    return {run.__name__: run for run in (list_exchanges, export_journal, clear_journal)}
