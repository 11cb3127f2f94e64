"""How far a plan has come."""

import time
from collections.abc import Callable
from typing import Literal, NamedTuple

Phase = Literal["rows", "customers", "apply"]


class Progress(NamedTuple):
    """How far the work has come.

    Attributes:
        phase: ``rows``: reading the input; ``customers``: reading what ChargeOver has; ``apply``: changing it.
        done: rows (or customers, while those are read) so far.
        total: of how many; None while that is not known.
        failed: how many of the rows need a person so far: refused, stale or unclear.
        per_second: how many a second since the phase began.
        seconds_left: how long the rest will take at that pace; None while that is not known.
    """

    phase: Phase
    done: int
    total: int | None
    failed: int
    per_second: float
    seconds_left: float | None


OnProgress = Callable[[Progress], object]


class Meter:
    """Counts one phase and tells of it."""

    def __init__(self, phase: Phase, total: int | None, tell: OnProgress | None) -> None:
        self._phase: Phase = phase
        self._total = total
        self._tell = tell
        self._start = time.monotonic()
        self.done = 0
        self.failed = 0

    def tell(self, under_way: int = 0) -> None:
        """Tell how far it has come.

        Args:
            under_way: how many more are known, which ``done`` does not count yet.
        """
        if self._tell is None:
            return
        done = self.done + under_way
        rate = done / max(time.monotonic() - self._start, 1e-6)
        left = None if self._total is None or not rate else max(self._total - done, 0) / rate
        self._tell(Progress(self._phase, done, self._total, self.failed, rate, left))
