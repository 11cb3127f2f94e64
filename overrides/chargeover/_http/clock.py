"""The time of a client: read for deadlines and pace, and waited for between attempts."""

import threading
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass


async def _async_sleep(seconds: float) -> None:
    import anyio  # only where it is needed: it takes a while to import

    await anyio.sleep(seconds)


@dataclass(frozen=True, slots=True)
class Clock:
    """Time, as a client reads it and waits for it. A test can pass its own, so that retries take no real time.

    Attributes:
        now: seconds that never go back.
        sleep: waits for so many seconds, in a ChargeOver.
        async_sleep: waits for so many seconds, in an AsyncChargeOver, under asyncio or trio.
    """

    now: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    async_sleep: Callable[[float], Awaitable[None]] = _async_sleep

    def wait(self, seconds: float, stop: threading.Event | None) -> None:
        """Sleep, but no longer than until an event is set. A sleep of the caller's own is not cut short."""
        if stop is not None and self.sleep is time.sleep:
            stop.wait(seconds)
        else:
            self.sleep(seconds)


SYSTEM_CLOCK = Clock()
