"""``make bench-sync-million``: time and memory of a plan of a million rows, planned and applied, and of a tenth of it.

python benchmarks/sync_million.py [ROWS]
"""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from crm_sync import fill, rows_of
from customers import connected
from servers import sandbox

from chargeover import sync

_ROWS = 1_000_000
_MOST_MEGABYTES = 300
_MOST_TIMES = 11


def main() -> None:
    """Measure both sizes, each in a process of its own, against one account."""
    if sys.argv[1:2] == ["--measure"]:
        measure(sys.argv[2], int(sys.argv[3]))
        return
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else _ROWS
    seconds: list[float] = []
    for number in (rows // 10, rows):
        # An account of as many customers: reading them is a part of the work.
        with sandbox() as url:
            fill(url, number)
            command = [sys.executable, __file__, "--measure", url, str(number)]
            done = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
        plan, apply, megabytes, size = map(float, done)
        seconds.append(plan + apply)
        verdict = "met" if megabytes < _MOST_MEGABYTES else "short"
        print(
            f"{number:>9,} rows: plan {plan:.1f} s, apply {apply:.1f} s, {number / (plan + apply):,.0f} rows a second; "
            f"peak {megabytes:.0f} MB (< {_MOST_MEGABYTES}: {verdict}); the plan has {size:.0f} MB",
            flush=True,
        )
    ratio = seconds[1] / seconds[0]
    verdict = "met" if ratio <= _MOST_TIMES else "short"
    print(f"ten times the rows take {ratio:.1f} times as long (<= {_MOST_TIMES}: {verdict})")


def measure(url: str, number: int) -> None:
    """Plan and apply; prints seconds, seconds, the peak of memory and the size of the file, both in megabytes."""
    with tempfile.TemporaryDirectory() as folder, connected(url) as client:
        start = time.perf_counter()
        plan = sync.plan(client, rows_of(number, "Bonn"), Path(folder) / "crm.plan")
        planned = time.perf_counter()
        status = sync.apply(client, plan)
        applied = time.perf_counter()
        if status.done != number:
            raise RuntimeError(f"{status.done} of {number} rows were done: {status}")
        (peak,) = (line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
        megabytes = int(peak.split()[1]) * 1024 / 1e6
        print(planned - start, applied - planned, megabytes, plan.path.stat().st_size / 1e6)


if __name__ == "__main__":
    main()
