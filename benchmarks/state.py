"""The ways back to 10,000 customers: a reset and a snapshot, each over HTTP after a change, in memory and in a file."""

import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from rounds import Spread, interleaved
from table import Row, Target

from chargeover import ChargeOver
from chargeover_sandbox import LocalSandbox

NAME = "state"
_CUSTOMERS = 10_000


def measure(rounds: int) -> Iterator[Row | str]:
    """Milliseconds of a reset and of a restored snapshot."""
    with (
        tempfile.TemporaryDirectory() as folder,
        LocalSandbox() as in_memory,
        LocalSandbox(Path(folder) / "state.sqlite3") as in_file,
    ):
        sides: dict[str, Callable[[], float]] = {}
        for place, sandbox in (("memory", in_memory), ("a file", in_file)):
            sandbox.seed(generate=_CUSTOMERS)
            sandbox.snapshots.take("all")
            sides[f"reset to {_CUSTOMERS:,} customers in {place}"] = _timed(sandbox, sandbox.reset)
            sides[f"snapshot of {_CUSTOMERS:,} customers in {place}"] = _timed(sandbox, _restore(sandbox))
        for name, seconds in interleaved(sides, rounds, turns=5).items():
            spread = Spread.of([one * 1000 for one in seconds])
            limit = 5.0 if name.startswith("reset") and name.endswith("memory") else 50.0
            yield Row(NAME, f"milliseconds of a {name}", spread, Target(limit, at_most=True))


def _restore(sandbox: LocalSandbox) -> Callable[[], None]:
    return lambda: sandbox.snapshots.restore("all")


def _timed(sandbox: LocalSandbox, go_back: Callable[[], None]) -> Callable[[], float]:
    def once() -> float:
        with ChargeOver(base_url=sandbox.url, username=sandbox.username, password=sandbox.password) as client:
            client.customers.update(1, company="changed")
        start = time.perf_counter()
        go_back()
        return time.perf_counter() - start

    return once
