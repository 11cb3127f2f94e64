"""One queue for all requests of a client: never faster than asked for, and slower for a while after a 429."""

import time
from collections.abc import Callable

from chargeover._settings.checks import check_above_zero

from .forks import Lock

_FIRST_INTERVAL = 0.05
_LARGEST_INTERVAL = 2.0
_RECOVERY = 0.9
_SHORTEST_INTERVAL = 0.001


class Limiter:
    """Gives each request its turn.

    A 429 stops all requests of the client for as long as the server asked for, and then spaces them: twice as far
    apart as before with each further 429, a tenth closer with each success (assumed: the numbers of the rate limit are
    not published). A request that waits for its turn when a 429 comes takes a new place behind it.

    Args:
        requests_per_second: at most so many; None for no limit.
        clock: seconds that never go back.

    Raises:
        ConfigurationError: the rate is not allowed.
    """

    def __init__(self, requests_per_second: float | None, clock: Callable[[], float] = time.monotonic) -> None:
        check_above_zero("requests_per_second", requests_per_second, "requests")
        self._least = 1 / requests_per_second if requests_per_second else 0.0
        self._interval = self._least
        self._next = 0.0
        self._opens = 0.0
        self._clock = clock
        self._lock = Lock()
        self.refusals = 0
        """How many times a 429 came. Each makes the places taken before it void."""

    def turn(self, patience: float) -> float:
        """Take the next place in the queue; returns the seconds to wait for it.

        Args:
            patience: seconds that can be waited. A later place is not taken, so that no request waits behind one
                that gave up.
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
        """Note a 429: hold all requests for so many seconds, and space them further apart after that."""
        with self._lock:
            self.refusals += 1
            self._opens = max(self._opens, self._clock() + wait)
            self._next = self._opens
            self._interval = max(self._least, min(max(self._interval * 2, _FIRST_INTERVAL), _LARGEST_INTERVAL))

    def accepted(self) -> None:
        """Note a success."""
        if self._interval > self._least:
            with self._lock:
                shorter = self._interval * _RECOVERY
                self._interval = max(self._least, shorter if shorter > _SHORTEST_INTERVAL else 0.0)
