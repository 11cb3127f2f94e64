"""The bulk requests of a run that are under way, oldest first; whatever ends the run, each leads to results."""

import asyncio
import contextvars
import sys
import threading
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from queue import SimpleQueue
from typing import Any, Generic, TypeVar

from chargeover._errors import APIConnectionError, AuthenticationError, ChargeOverError, ClosedClientError
from chargeover._http.transport import AsyncTransport, Transport

from .batches import Batch
from .results import BulkResult

Item = TypeVar("Item")
Value = TypeVar("Value")

# After these, no request of the run can succeed.
_FATAL = (AuthenticationError, ClosedClientError)


@dataclass(slots=True)
class Settled(Generic[Item, Value]):
    """The results of a batch, and the error that makes another batch pointless."""

    results: list[BulkResult[Item, Value]]
    fatal: BaseException | None = None


class _Job(Generic[Item, Value]):
    """A batch that is sent in the context of the thread that iterates."""

    def __init__(self, transport: Transport, batch: Batch[Item, Value]) -> None:
        self._transport = transport
        self._batch = batch
        self._context = contextvars.copy_context()
        self._is_begun = threading.Event()
        self._is_done = threading.Event()
        self._settled: Settled[Item, Value] | None = None
        self.is_handed_over = False
        """Whether a thread is sure to run it."""

    def wait_until_begun(self) -> None:
        """Wait until a thread runs it, so that it is still sent although the run ends."""
        self._is_begun.wait(1.0)

    def settled(self) -> Settled[Item, Value]:
        """Wait for the results."""
        if self.is_handed_over:  # Ctrl-C may have come before
            self._is_done.wait()
        return self.unsettled()

    def unsettled(self) -> Settled[Item, Value]:
        """The results if nothing is known of the request."""
        return self._settled or _unknown(self._batch, "the run ended")

    def run(self) -> None:
        """Send it."""
        self.is_handed_over = True
        self._is_begun.set()
        self._context.run(self._run)

    def _run(self) -> None:
        try:
            self._settled = self._send()
        except BaseException as error:  # noqa: BLE001  such as that of a hook: raised where the run is iterated
            self._settled = _unknown(self._batch, f"the run was ended by {type(error).__name__}: {error}", error)
        self._is_done.set()

    def _send(self) -> Settled[Item, Value]:
        rounds = self._batch.rounds()
        try:
            call = next(rounds)
            while True:
                try:
                    outcomes = self._transport.send(call)
                except ChargeOverError as error:
                    call = rounds.throw(error)
                else:
                    call = rounds.send(outcomes)
        except StopIteration as end:
            return Settled(list(self._batch.results(end.value)))
        except ChargeOverError as error:
            return _failed(self._batch, error)


class Workers(Generic[Item, Value]):
    """Threads that send batches, as many as batches are under way at once.

    Threads of their own, and not those of an executor: it refuses work once the main thread has ended. They are
    daemons, so that a program that was interrupted does not wait for them: the thread that iterates does that, if it
    still can.
    """

    def __init__(self, transport: Transport) -> None:
        self._stop = threading.Event()
        self._transport = transport.until(self._stop)
        self._jobs: deque[_Job[Item, Value]] = deque()
        self._queue: SimpleQueue[_Job[Item, Value] | None] = SimpleQueue()
        self._threads: list[threading.Thread] = []

    def __len__(self) -> int:
        return len(self._jobs)

    def start(self, batch: Batch[Item, Value]) -> None:
        """Send another batch: in a thread, or here if there can be no further thread any more, as at exit."""
        job = _Job(self._transport, batch)
        # Noted first: Ctrl-C may come in between.
        self._jobs.append(job)
        if self._threads and not self._threads[0].is_alive():
            self._threads.clear()  # a fork left them to the parent process
        if len(self._threads) < len(self._jobs):
            thread = threading.Thread(target=_work, args=(self._queue,), name="chargeover-bulk", daemon=True)
            try:
                thread.start()
            except RuntimeError:
                job.run()
                return
            self._threads.append(thread)
        self._queue.put(job)
        job.is_handed_over = True

    def first(self) -> Settled[Item, Value]:
        """Wait for the oldest batch, and take it out."""
        settled = self._jobs[0].settled()
        self._jobs.popleft()
        return settled

    def stop(self) -> Iterator[BulkResult[Item, Value]]:
        """Send nothing more, and give the results of the batches under way.

        Another interruption ends the wait for them, and so does the end of the interpreter, which stops the threads.
        """
        waits = not sys.is_finalizing()
        try:
            for job in self._jobs if waits else ():
                job.wait_until_begun()
        except KeyboardInterrupt:
            waits = False
        self._stop.set()
        self._queue.put(None)
        while self._jobs:
            try:
                settled = self._jobs[0].settled() if waits else self._jobs[0].unsettled()
            except KeyboardInterrupt:
                waits = False
                continue
            self._jobs.popleft()
            yield from settled.results


def _work(queue: "SimpleQueue[_Job[Any, Any] | None]") -> None:
    while job := queue.get():
        job.run()
        del job  # the next one may take its time
    queue.put(None)  # for the other threads


class Tasks(Generic[Item, Value]):
    """The batches that tasks are sending."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport
        self._tasks: deque[tuple[Batch[Item, Value], asyncio.Task[Settled[Item, Value]]]] = deque()

    def __len__(self) -> int:
        return len(self._tasks)

    def start(self, batch: Batch[Item, Value]) -> None:
        """Send another batch."""
        self._tasks.append((batch, asyncio.create_task(self._send(batch))))

    async def first(self) -> Settled[Item, Value]:
        """Wait for the oldest batch, and take it out."""
        settled = await self._tasks[0][1]
        self._tasks.popleft()
        return settled

    async def stop(self) -> list[BulkResult[Item, Value]]:
        """Cancel what is under way; returns a result for each item of it."""
        for _, task in self._tasks:
            task.cancel()
        await asyncio.gather(*(task for _, task in self._tasks), return_exceptions=True)
        results: list[BulkResult[Item, Value]] = []
        for batch, task in self._tasks:
            is_known = not task.cancelled() and task.exception() is None
            results += (task.result() if is_known else _unknown(batch, "the request was cancelled")).results
        self._tasks.clear()
        return results

    async def _send(self, batch: Batch[Item, Value]) -> Settled[Item, Value]:
        rounds = batch.rounds()
        try:
            call = next(rounds)
            while True:
                try:
                    outcomes = await self._transport.send(call)
                except ChargeOverError as error:
                    call = rounds.throw(error)
                else:
                    call = rounds.send(outcomes)
        except StopIteration as end:
            return Settled(list(batch.results(end.value)))
        except ChargeOverError as error:
            return _failed(batch, error)
        except Exception as error:  # noqa: BLE001  such as that of a hook: raised where the run is iterated
            return _unknown(batch, f"the run was ended by {type(error).__name__}: {error}", error)


def _failed(batch: Batch[Item, Value], error: ChargeOverError) -> Settled[Item, Value]:
    return Settled(list(batch.results(error)), error if isinstance(error, _FATAL) else None)


def _unknown(batch: Batch[Item, Value], reason: str, cause: BaseException | None = None) -> Settled[Item, Value]:
    error = APIConnectionError(f"It is not known whether this was carried out: {reason}")
    error.__cause__ = cause
    return Settled(list(batch.results(error)), cause)
