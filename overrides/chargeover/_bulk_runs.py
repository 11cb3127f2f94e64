"""Bulk requests under way: as many at once as allowed, and their results in the order of the input."""

import asyncio
import warnings
from collections import deque
from collections.abc import AsyncGenerator, AsyncIterable, AsyncIterator, Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar

from ._bulk import Batch, Batches, BulkProgress, BulkRequest, BulkResult
from ._errors import BulkError, ChargeOverError
from ._fields import checked_value
from ._transport import AsyncTransport, Transport
from ._wire import Rule

Item = TypeVar("Item")
Value = TypeVar("Value")

Errors = Literal["raise", "return"]


@dataclass(slots=True)
class Options:
    """How a run goes.

    Attributes:
        in_flight: bulk requests under way at once, at most.
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
    """Counts what was answered, and keeps the failures that are to be raised."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._done = 0
        self._failed = 0
        self._failures: list[BulkResult[Any, Any]] = []

    def note(self, results: list[BulkResult[Item, Value]]) -> list[BulkResult[Item, Value]]:
        failures = [result for result in results if not result.ok]
        self._done += len(results)
        self._failed += len(failures)
        if self._options.errors == "raise":
            self._failures += failures
        if self._options.on_progress:
            self._options.on_progress(BulkProgress(self._done, self._failed))
        return results

    def end(self, cause: Exception | None) -> None:
        """Raise what is to be raised at the end; ``cause`` is what ended the input early, if anything did."""
        if self._failures:
            raise BulkError.of(self._failures, self._done) from cause
        if cause:
            raise cause


class BulkResults(Iterator[BulkResult[Item, Value]]):
    """The results of a bulk run, in the order of the input. Requests are sent as results are asked for.

    Input is taken lazily, and no more results are kept than requests are under way.

    Raises:
        BulkError: after the last result, if some failed and ``errors="raise"``.
    """

    def __init__(
        self,
        transport: Transport,
        items: Iterable[Item],
        request_of: Callable[[Item], BulkRequest[Value]],
        options: Options,
    ) -> None:
        self._transport = transport
        self._options = options
        self._results = self._run(items, Batches(request_of))
        self._is_asked = False

    def __next__(self) -> BulkResult[Item, Value]:
        self._is_asked = True
        return next(self._results)

    def __del__(self) -> None:
        _warn_if_unasked(self)

    def _run(
        self, items: Iterable[Item], batches: Batches[Item, Value]
    ) -> Generator[BulkResult[Item, Value], None, None]:
        tally = _Tally[Item, Value](self._options)
        under_way: deque[Future[list[BulkResult[Item, Value]]]] = deque()
        cause: Exception | None = None
        source = iter(items)
        pool = ThreadPoolExecutor(self._options.in_flight, "chargeover-bulk")
        try:
            while cause is None:
                batch = None
                try:
                    while batch is None:
                        batch = batches.add(next(source))
                except StopIteration:
                    break
                except Exception as error:  # noqa: BLE001  the input's own; raised again when all that was sent is answered
                    cause = error
                    break
                under_way.append(pool.submit(self._send, batch))
                if len(under_way) > self._options.in_flight:
                    yield from tally.note(under_way.popleft().result())
            if rest := batches.rest():
                under_way.append(pool.submit(self._send, rest))
            while under_way:
                yield from tally.note(under_way.popleft().result())
        finally:
            pool.shutdown(cancel_futures=True)
        tally.end(cause)

    def _send(self, batch: Batch[Item, Value]) -> list[BulkResult[Item, Value]]:
        call = batch.call()
        try:
            return list(batch.results(self._transport.send(call) if call else []))
        except ChargeOverError as error:
            return list(batch.results(error))


class AsyncBulkResults(AsyncIterator[BulkResult[Item, Value]]):
    """The results of a bulk run, in the order of the input. See BulkResults; the input may be async too."""

    def __init__(
        self,
        transport: AsyncTransport,
        items: Iterable[Item] | AsyncIterable[Item],
        request_of: Callable[[Item], BulkRequest[Value]],
        options: Options,
    ) -> None:
        self._transport = transport
        self._options = options
        self._results = self._run(items, Batches(request_of))
        self._is_asked = False

    async def __anext__(self) -> BulkResult[Item, Value]:
        self._is_asked = True
        return await anext(self._results)

    def __del__(self) -> None:
        _warn_if_unasked(self)

    async def _run(
        self, items: Iterable[Item] | AsyncIterable[Item], batches: Batches[Item, Value]
    ) -> AsyncGenerator[BulkResult[Item, Value], None]:
        tally = _Tally[Item, Value](self._options)
        under_way: deque[asyncio.Task[list[BulkResult[Item, Value]]]] = deque()
        cause: Exception | None = None
        source = aiter(items) if isinstance(items, AsyncIterable) else _asynchronous(items)
        try:
            while cause is None:
                batch = None
                try:
                    while batch is None:
                        batch = batches.add(await anext(source))
                except StopAsyncIteration:
                    break
                except Exception as error:  # noqa: BLE001  the input's own; raised again when all that was sent is answered
                    cause = error
                    break
                under_way.append(asyncio.create_task(self._send(batch)))
                if len(under_way) >= self._options.in_flight:
                    for result in tally.note(await under_way.popleft()):
                        yield result
            if rest := batches.rest():
                under_way.append(asyncio.create_task(self._send(rest)))
            while under_way:
                for result in tally.note(await under_way.popleft()):
                    yield result
        finally:
            for task in under_way:
                task.cancel()
            await asyncio.gather(*under_way, return_exceptions=True)
        tally.end(cause)

    async def _send(self, batch: Batch[Item, Value]) -> list[BulkResult[Item, Value]]:
        call = batch.call()
        try:
            return list(batch.results(await self._transport.send(call) if call else []))
        except ChargeOverError as error:
            return list(batch.results(error))


async def _asynchronous(items: Iterable[Item]) -> AsyncIterator[Item]:
    for item in items:
        yield item


def _warn_if_unasked(results: BulkResults[Any, Any] | AsyncBulkResults[Any, Any]) -> None:
    if not getattr(results, "_is_asked", True):
        message = "The results of a bulk run were never asked for, so nothing was sent. Iterate over them."
        warnings.warn(message, RuntimeWarning, stacklevel=3, source=results)
