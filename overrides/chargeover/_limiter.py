"""One queue for all requests of a client: never faster than asked for, and slower for a while after a 429."""

import threading
import time
from collections.abc import Callable

from ._checks import check_above_zero

_FIRST_INTERVAL = 0.05
_LARGEST_INTERVAL = 2.0
_RECOVERY = 0.9
_SHORTEST_INTERVAL = 0.001


class Limiter:
    """Gives each request the time at which it may go.

    A 429 stops all requests of the client for as long as the server asked for, and then spaces them: twice as far
    apart as before with each further 429, a tenth closer with each success (assumed: the numbers of the rate limit are
    not published). Who waits for a place when a 429 comes takes a new one behind it.

    Args:
        requests_per_second: at most so many; None for no limit of the client's own.
        clock: seconds that never go back.

    Raises:
        ConfigurationError: a rate that cannot be.
    """

    def __init__(self, requests_per_second: float | None, clock: Callable[[], float] = time.monotonic) -> None:
        check_above_zero("requests_per_second", requests_per_second, "requests")
        self._least = 1 / requests_per_second if requests_per_second else 0.0
        self._interval = self._least
        self._next = 0.0
        self._opens = 0.0
        self._clock = clock
        self._lock = threading.Lock()
        self.refusals = 0
        """How often a 429 came. It makes the places that were taken before it void."""

    def turn(self, patience: float) -> float:
        """Take the next place in the queue; the result is how many seconds to wait for it.

        Args:
            patience: seconds that can be waited. A place that comes later is not taken, so that nobody waits behind
                those who gave up.
        """
        if not self._interval and self._next <= self._clock():
            return 0.0
        with self._lock:
            now = self._clock()
            wait = max(self._next - now, 0.0)
            if wait < patience:
                self._next = now + wait + self._interval
            return wait

    def refused(self, wait: float) -> None:
        """Note a 429: nothing goes for so many seconds, and what goes then goes more slowly."""
        with self._lock:
            self.refusals += 1
            self._opens = max(self._opens, self._clock() + wait)
            self._next = self._opens
            self._interval = max(self._least, min(max(self._interval * 2, _FIRST_INTERVAL), _LARGEST_INTERVAL))

    def accepted(self) -> None:
        """Note that a request went through."""
        if self._interval > self._least:
            with self._lock:
                shorter = self._interval * _RECOVERY
                self._interval = max(self._least, shorter if shorter > _SHORTEST_INTERVAL else 0.0)
