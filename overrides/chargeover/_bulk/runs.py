"""Bulk requests in flight: as many at once as allowed, with their results in the order of the input."""

import asyncio
import warnings
from collections import deque
from collections.abc import AsyncGenerator, AsyncIterable, AsyncIterator, Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Generic, Literal, Self, TypeVar

from chargeover._calls.call import Call
from chargeover._calls.fields import checked_value
from chargeover._errors import AuthenticationError, ChargeOverError, ClosedClientError
from chargeover._http.transport import AsyncTransport, Transport
from chargeover._wire import Rule

from .batches import Batch, Batches
from .results import BulkError, BulkProgress, BulkResult

Item = TypeVar("Item")
Value = TypeVar("Value")

Errors = Literal["raise", "return"]

# After these, no request of the run can succeed.
_FATAL = (AuthenticationError, ClosedClientError)
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


@dataclass(slots=True)
class _Settled(Generic[Item, Value]):
    """The results of a batch, and the error that makes another batch pointless."""

    results: list[BulkResult[Item, Value]]
    fatal: ChargeOverError | None = None


class _Tally(Generic[Item, Value]):
    """Counts results, and keeps what to raise at the end."""

    def __init__(self, options: RunOptions) -> None:
        self._options = options
        self._done = 0
        self._failed = 0
        self._failures: list[BulkResult[Any, Any]] = []
        self.cause: Exception | None = None
        """What ended the input early: its own exception, or an error that every further request would meet."""

    def note(self, settled: _Settled[Item, Value]) -> list[BulkResult[Item, Value]]:
        failures = [result for result in settled.results if not result.ok]
        self._done += len(settled.results)
        self._failed += len(failures)
        self.cause = self.cause or settled.fatal
        if self._options.errors == "raise":
            self._failures += failures
        if self._options.on_progress:
            self._options.on_progress(BulkProgress(self._done, self._failed))
        return settled.results

    def end(self) -> None:
        """Raise what was kept, if anything."""
        if self._failures:
            raise BulkError.of(self._failures, self._done) from self.cause
        if self.cause:
            raise self.cause


class BulkResults(Iterator[BulkResult[Item, Value]]):
    """The results of a bulk run, in the order of the input. Requests are sent as results are asked for.

    Input is taken lazily, and no more results are kept than requests are in flight. To stop early, call ``close()`` or
    leave a ``with`` block: requests in flight are completed, and nothing more is sent.

    Raises:
        BulkError: after the last result, if some failed and ``errors="raise"``.
    """

    def __init__(
        self,
        transport: Transport,
        items: Iterable[Item],
        call_of: Callable[[Item], Call[Value]],
        options: RunOptions,
    ) -> None:
        self._results = _results(transport, items, Batches(call_of), options)
        self._is_asked = False

    def __next__(self) -> BulkResult[Item, Value]:
        self._is_asked = True
        return next(self._results)

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


class AsyncBulkResults(AsyncIterator[BulkResult[Item, Value]]):
    """The results of a bulk run, in the order of the input. See BulkResults; the input may be async too.

    Stopping early cancels the requests in flight; whether they were carried out is then unknown.
    """

    def __init__(
        self,
        transport: AsyncTransport,
        items: Iterable[Item] | AsyncIterable[Item],
        call_of: Callable[[Item], Call[Value]],
        options: RunOptions,
    ) -> None:
        self._results = _async_results(transport, items, Batches(call_of), options)
        self._is_asked = False

    async def __anext__(self) -> BulkResult[Item, Value]:
        self._is_asked = True
        return await anext(self._results)

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
    transport: Transport, items: Iterable[Item], batches: Batches[Item, Value], options: RunOptions
) -> Generator[BulkResult[Item, Value], None, None]:
    tally = _Tally[Item, Value](options)
    under_way: deque[Future[_Settled[Item, Value]]] = deque()
    source = iter(items)
    pool = ThreadPoolExecutor(options.in_flight, "chargeover-bulk")
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
                under_way.append(pool.submit(_send, transport, batch))
                if len(under_way) >= options.in_flight:
                    yield from tally.note(under_way.popleft().result())
        if rest := batches.rest():
            under_way.append(pool.submit(_send, transport, rest))
        while under_way:
            yield from tally.note(under_way.popleft().result())
    finally:
        pool.shutdown(cancel_futures=True)
    tally.end()


async def _async_results(
    transport: AsyncTransport,
    items: Iterable[Item] | AsyncIterable[Item],
    batches: Batches[Item, Value],
    options: RunOptions,
) -> AsyncGenerator[BulkResult[Item, Value], None]:
    tally = _Tally[Item, Value](options)
    under_way: deque[asyncio.Task[_Settled[Item, Value]]] = deque()
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
                under_way.append(asyncio.create_task(_async_send(transport, batch)))
                if len(under_way) >= options.in_flight:
                    for result in tally.note(await under_way.popleft()):
                        yield result
        if rest := batches.rest():
            under_way.append(asyncio.create_task(_async_send(transport, rest)))
        while under_way:
            for result in tally.note(await under_way.popleft()):
                yield result
    finally:
        for task in under_way:
            task.cancel()
        await asyncio.gather(*under_way, return_exceptions=True)
    tally.end()


def _send(transport: Transport, batch: Batch[Item, Value]) -> _Settled[Item, Value]:
    call = batch.call()
    try:
        return _Settled(list(batch.results(transport.send(call) if call else [])))
    except ChargeOverError as error:
        return _failed(batch, error)


async def _async_send(transport: AsyncTransport, batch: Batch[Item, Value]) -> _Settled[Item, Value]:
    call = batch.call()
    try:
        return _Settled(list(batch.results(await transport.send(call) if call else [])))
    except ChargeOverError as error:
        return _failed(batch, error)


def _failed(batch: Batch[Item, Value], error: ChargeOverError) -> _Settled[Item, Value]:
    return _Settled(list(batch.results(error)), error if isinstance(error, _FATAL) else None)


async def _asynchronous(items: Iterable[Item]) -> AsyncIterator[Item]:
    for item in items:
        yield item
