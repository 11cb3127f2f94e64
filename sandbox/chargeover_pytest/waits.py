"""Time for the clients of a test: a wait is over at once, and the time afterwards is as if it had passed."""

import time
from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar

import anyio.lowlevel

from chargeover import Clock, _base_client

_ahead: ContextVar[float] = ContextVar("chargeover_ahead", default=0.0)
"""By how many seconds the time of a thread or task is ahead of the real one. Of its own: they wait at the same time."""


def clock_that_notes(waits: list[float]) -> Clock:
    """A clock that adds the seconds of each wait to a list, instead of waiting.

    Deadlines and rates still hold, because its time moves on by each wait.
    """
    real = time.monotonic

    def now() -> float:
        return real() + _ahead.get()

    def sleep(seconds: float) -> None:
        waits.append(seconds)
        _ahead.set(_ahead.get() + seconds)

    async def async_sleep(seconds: float) -> None:
        sleep(seconds)
        await anyio.lowlevel.checkpoint()

    return Clock(now, sleep, async_sleep)


@contextmanager
def noted() -> Generator[list[float]]:
    """Give this clock to all clients that are built in a block; the result is the list."""
    waits: list[float] = []
    name = "SYSTEM_CLOCK"
    before = getattr(_base_client, name)
    setattr(_base_client, name, clock_that_notes(waits))
    try:
        yield waits
    finally:
        setattr(_base_client, name, before)
