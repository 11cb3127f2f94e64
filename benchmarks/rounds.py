"""Measuring side by side: A B A B …, so that a slow minute of the machine falls on both."""

import gc
import random
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

# So that all benchmarks together end within ten minutes, on a slow machine too.
_LONGEST = 45.0
_FEWEST_ROUNDS = 3
_RESAMPLES = 2000


@dataclass(frozen=True, slots=True)
class Spread:
    """What the rounds gave: a value for each, of which the middle counts, and how far they lie apart."""

    values: tuple[float, ...]

    @classmethod
    def of(cls, values: Sequence[float]) -> Self:
        """The spread of one value per round."""
        return cls(tuple(values))

    @classmethod
    def of_ratio(cls, top: Sequence[float], bottom: Sequence[float]) -> Self:
        """The spread of the ratios, each between two values of the same round."""
        return cls(tuple(one / other for one, other in zip(top, bottom, strict=True)))

    @property
    def median(self) -> float:
        """The middle."""
        return statistics.median(self.values)

    @property
    def low(self) -> float:
        """The least."""
        return min(self.values)

    @property
    def high(self) -> float:
        """The greatest."""
        return max(self.values)

    def over(self, earlier: "Spread") -> tuple[float, float, float]:
        """The ratio of the medians of two runs, and the ends of its 95 % bootstrap interval.

        The rounds of two runs do not belong together, so there are no ratios of the rounds.
        """
        chance = random.Random(1)  # the same table for the same files

        def median(values: tuple[float, ...]) -> float:
            return statistics.median(chance.choices(values, k=len(values)))

        ratios = sorted(median(self.values) / median(earlier.values) for _ in range(_RESAMPLES))
        edge = _RESAMPLES // 40
        return self.median / earlier.median, ratios[edge], ratios[-1 - edge]


def interleaved(
    sides: Mapping[str, Callable[[], float]], rounds: int, turns: int = 1, *, warms_up: bool = True
) -> dict[str, list[float]]:
    """Measure the sides in turn, for one round that does not count and then for those that do.

    Args:
        sides: by name, what measures it once.
        rounds: how many rounds count; after 45 seconds, at least three.
        turns: how often each side is measured in one round. Many short turns are steadier than one long one, because
            a machine changes its speed within less than a second.
        warms_up: false leaves out the round that does not count, where one takes a minute anyway.

    Returns:
        By name, one value per round: the mean of its turns.
    """
    values: dict[str, list[float]] = {name: [] for name in sides}
    end = time.monotonic() + _LONGEST
    for done in range(warms_up + rounds):
        if done >= warms_up + _FEWEST_ROUNDS and time.monotonic() > end:
            break
        gc.collect()  # each round starts alike; within it, the collector runs as usual
        taken = [{name: measure() for name, measure in sides.items()} for _ in range(turns)]
        for name in sides:
            values[name].append(statistics.fmean(turn[name] for turn in taken))
    return {name: counted[warms_up:] for name, counted in values.items()}
