"""Measuring side by side: A B A B …, so that a slow minute of the machine falls on both."""

import gc
import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, slots=True)
class Spread:
    """What the rounds gave: the middle, and how far they lie apart."""

    median: float
    low: float
    high: float

    @classmethod
    def of(cls, values: Sequence[float]) -> Self:
        """The spread of one value per round."""
        return cls(statistics.median(values), min(values), max(values))

    @classmethod
    def of_ratio(cls, top: Sequence[float], bottom: Sequence[float]) -> Self:
        """The spread of the ratios, each between two values of the same round."""
        return cls.of([one / other for one, other in zip(top, bottom, strict=True)])


def interleaved(sides: Mapping[str, Callable[[], float]], rounds: int, turns: int = 1) -> dict[str, list[float]]:
    """Measure the sides in turn, for one round that does not count and then for those that do.

    Args:
        sides: by name, what measures it once.
        rounds: how many rounds count.
        turns: how often each side is measured in one round. Many short turns are steadier than one long one, because
            a machine changes its speed within less than a second.

    Returns:
        By name, one value per round: the mean of its turns.
    """
    values: dict[str, list[float]] = {name: [] for name in sides}
    for _ in range(1 + rounds):
        gc.collect()  # each round starts alike; within it, the collector runs as it does for everybody
        taken = [{name: measure() for name, measure in sides.items()} for _ in range(turns)]
        for name in sides:
            values[name].append(statistics.fmean(turn[name] for turn in taken))
    return {name: counted for name, (_, *counted) in values.items()}
