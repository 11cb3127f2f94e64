"""``import chargeover`` against ``import httpx``, each in a fresh interpreter."""

import subprocess
import sys
from collections.abc import Iterator
from functools import partial

from rounds import Spread, interleaved
from table import Row, Target

NAME = "import"


def measure(rounds: int) -> Iterator[Row]:
    """Ratios of the time of the import statement alone."""
    seconds = interleaved({name: partial(_seconds, name) for name in ("chargeover", "httpx", "httpx2")}, rounds)
    ours = Spread.of_ratio(seconds["chargeover"], seconds["httpx"])
    by_httpx2 = Spread.of_ratio(seconds["httpx2"], seconds["httpx"])
    yield Row(NAME, "time of import chargeover / import httpx", ours, Target(1.3, at_most=True))
    yield Row(NAME, "  for information: import httpx2 / import httpx", by_httpx2)


def _seconds(module: str) -> float:
    code = f"import time; start = time.perf_counter(); import {module}; print(time.perf_counter() - start)"
    done = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True)
    return float(done.stdout)
