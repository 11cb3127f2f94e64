"""Bulk requests in flight: as many at once as allowed, with their results in the order of the input."""

import warnings
from collections import deque
from collections.abc import AsyncGenerator, AsyncIterable, AsyncIterator, Callable, Generator, Iterable, Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import TYPE_CHECKING, Any, Generic, Literal, Self, TypeVar

from chargeover._calls.call import Call
from chargeover._calls.fields import checked_value
from chargeover._errors import ConfigurationError
from chargeover._not_copied import NotAwaited, NotCopied
from chargeover._wire import Rule

from .batches import Batches
from .results import BulkError, BulkProgress, BulkResult

if TYPE_CHECKING:  # threads, tasks and the HTTP library are imported once a run begins
    from chargeover._http.transport import AsyncTransport, Transport

    from .under_way import Settled

Item = TypeVar("Item")
Value = TypeVar("Value")

Errors = Literal["raise", "return"]

_ASYNCIO_ONLY = "Bulk runs need asyncio. Under trio, run a ChargeOver in a thread, or send the calls one by one."
_UNASKED = "The results of a bulk run were never asked for, so nothing was sent. Iterate over them."


@dataclass(slots=True)
class RunOptions:
    """The options of a run.

    Attributes:
        in_flight: bulk requests in flight at once, at most.
        errors: whether failures are raised at the end, besides being in their results.
        on_progress: called after each bulk request, in the order of the input.
    """

    in_flight: int
    errors: Errors
    on_progress: Callable[[BulkProgress], object] | None

    def __post_init__(self) -> None:
        checked_value("in_flight", self.in_flight, Rule(("integer",), minimum=1))
        checked_value("errors", self.errors, Rule(("string",), choices=("raise", "return")))


class _Tally(Generic[Item, Value]):
    """Counts results, and keeps what to raise at the end."""

    def __init__(self, options: RunOptions) -> None:
        self._options = options
        self._done = 0
        self._failed = 0
        self._failures: list[BulkResult[Any, Any]] = []
        self.cause: BaseException | None = None
        """What ended the input early: its own exception, or an error that every further request would meet."""

    def note(self, settled: "Settled[Item, Value]") -> None:
        failures = [result for result in settled.results if not result.ok]
        self._done += len(settled.results)
        self._failed += len(failures)
        self.cause = self.cause or settled.fatal
        if self._options.errors == "raise":
            self._failures += failures
        if self._options.on_progress:
            self._options.on_progress(BulkProgress(self._done, self._failed))

    def end(self) -> None:
        """Raise what was kept, if anything."""
        if self._failures and (self.cause is None or isinstance(self.cause, Exception)):
            raise BulkError.of(self._failures, self._done) from self.cause
        if self.cause:
            raise self.cause


class BulkResults(NotCopied, Iterator[BulkResult[Item, Value]]):
    """The results of a bulk run, in the order of the input. Requests are sent as results are asked for.

    Input is taken lazily, and no more results are kept than requests are in flight. To stop early, call ``close()`` or
    leave a ``with`` block: requests in flight are completed, and nothing more is sent, not even a retry. An exception
    in between, such as KeyboardInterrupt, does the same. ``undelivered`` then has the results that are left.

    Raises:
        BulkError: after the last result, if some failed and ``errors="raise"``.
    """

    def __init__(
        self,
        transport: "Transport",
        items: Iterable[Item],
        call_of: Callable[[Item], Call[Value]],
        options: RunOptions,
    ) -> None:
        self._undelivered: deque[BulkResult[Item, Value]] = deque()
        self._results = _results(transport, items, Batches(call_of), options, self._undelivered)
        self._is_asked = False

    def __next__(self) -> BulkResult[Item, Value]:
        self._is_asked = True
        return next(self._results)

    @property
    def undelivered(self) -> list[BulkResult[Item, Value]]:
        """The results that are known and that iteration has not given.

        After an early end, these and those that were given are the results of all items that may have been sent.
        """
        return [*self._undelivered]

    def close(self) -> None:
        """End the run. May be called more than once."""
        self._is_asked = True
        self._results.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def __del__(self) -> None:
        if not getattr(self, "_is_asked", True):
            warnings.warn(_UNASKED, RuntimeWarning, stacklevel=2, source=self)


class AsyncBulkResults(NotCopied, NotAwaited, AsyncIterator[BulkResult[Item, Value]]):
    """The results of a bulk run, in the order of the input. See BulkResults; the input may be async too.

    Stopping early, or cancelling the task, cancels the requests in flight. Each of their items then has a result in
    ``undelivered``, whose error says that it is unknown whether it was carried out.
    """

    _instead = "async for result in …, or [result async for result in …]"

    def __init__(
        self,
        transport: "AsyncTransport",
        items: Iterable[Item] | AsyncIterable[Item],
        call_of: Callable[[Item], Call[Value]],
        options: RunOptions,
    ) -> None:
        self._undelivered: deque[BulkResult[Item, Value]] = deque()
        self._results = _async_results(transport, items, Batches(call_of), options, self._undelivered)
        self._is_asked = False

    async def __anext__(self) -> BulkResult[Item, Value]:
        self._is_asked = True
        return await anext(self._results)

    @property
    def undelivered(self) -> list[BulkResult[Item, Value]]:
        """The results that are known and that iteration has not given.

        After an early end, these and those that were given are the results of all items that may have been sent.
        """
        return [*self._undelivered]

    async def close(self) -> None:
        """End the run. May be called more than once."""
        self._is_asked = True
        await self._results.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.close()

    def __del__(self) -> None:
        if not getattr(self, "_is_asked", True):
            warnings.warn(_UNASKED, RuntimeWarning, stacklevel=2, source=self)


# Functions and not methods: a generator that held its iterator would keep both alive after the last use of it.
def _results(
    transport: "Transport",
    items: Iterable[Item],
    batches: Batches[Item, Value],
    options: RunOptions,
    undelivered: deque[BulkResult[Item, Value]],
) -> Generator[BulkResult[Item, Value], None, None]:
    from .under_way import Workers

    tally = _Tally[Item, Value](options)
    workers = Workers[Item, Value](transport)
    source = iter(items)
    try:
        while tally.cause is None:
            try:
                batch = batches.add(next(source))
            except StopIteration:
                break
            except Exception as error:  # noqa: BLE001  the input's own; raised once everything that was sent has its result
                tally.cause = error
                break
            if batch is not None:
                workers.start(batch)
                if len(workers) >= options.in_flight:
                    yield from _given(workers.first(), tally, undelivered)
        if rest := batches.rest():
            workers.start(rest)
        while workers:
            yield from _given(workers.first(), tally, undelivered)
    finally:
        undelivered.extend(workers.stop())
    tally.end()


def _given(
    settled: "Settled[Item, Value]", tally: _Tally[Item, Value], undelivered: deque[BulkResult[Item, Value]]
) -> Generator[BulkResult[Item, Value], None, None]:
    undelivered.extend(settled.results)
    tally.note(settled)
    while undelivered:
        yield undelivered.popleft()


async def _async_results(
    transport: "AsyncTransport",
    items: Iterable[Item] | AsyncIterable[Item],
    batches: Batches[Item, Value],
    options: RunOptions,
    undelivered: deque[BulkResult[Item, Value]],
) -> AsyncGenerator[BulkResult[Item, Value], None]:
    import asyncio

    from .under_way import Tasks

    try:
        asyncio.get_running_loop()
    except RuntimeError:
        raise ConfigurationError(_ASYNCIO_ONLY) from None
    tally = _Tally[Item, Value](options)
    tasks = Tasks[Item, Value](transport)
    source = aiter(items) if isinstance(items, AsyncIterable) else _asynchronous(items)
    try:
        while tally.cause is None:
            try:
                batch = batches.add(await anext(source))
            except StopAsyncIteration:
                break
            except Exception as error:  # noqa: BLE001  the input's own; raised once everything that was sent has its result
                tally.cause = error
                break
            if batch is not None:
                tasks.start(batch)
                if len(tasks) >= options.in_flight:
                    for result in _given(await tasks.first(), tally, undelivered):
                        yield result
        if rest := batches.rest():
            tasks.start(rest)
        while tasks:
            for result in _given(await tasks.first(), tally, undelivered):
                yield result
    finally:
        undelivered.extend(await tasks.stop())
    tally.end()


async def _asynchronous(items: Iterable[Item]) -> AsyncIterator[Item]:
    for item in items:
        yield item
