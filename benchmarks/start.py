"""The sandbox's start, until its first answer, and its memory at rest."""

import re
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from account import AUTHORIZATION, CUSTOMER_ID, PASSWORD, USERNAME
from rounds import Spread, interleaved
from table import Row, Target
from updates import next_fields

from chargeover import ChargeOver

NAME = "start"
_UPDATES = 300


def measure(rounds: int) -> Iterator[Row | str]:
    """Seconds until the first answer, and megabytes after some updates; milliseconds of one within a process."""
    memory: list[float] = []
    seconds = interleaved({"start": lambda: _start(memory)}, rounds)["start"]
    yield Row(NAME, "seconds from process start to first answer", Spread.of(seconds), Target(1.0, at_most=True))
    if memory:
        what = f"megabytes of memory after {_UPDATES} updates"
        yield Row(NAME, what, Spread.of(memory), Target(75.0, at_most=True))
    else:
        yield "The sandbox's memory is left out: this system has no /proc."
    local = [_local() for _ in range(rounds)]
    for place, (what, limit) in enumerate((("first", 25.0), ("second", 10.0))):
        spread = Spread.of([starts[place] for starts in local])
        yield Row(NAME, f"milliseconds of the {what} LocalSandbox of a process", spread, Target(limit, at_most=True))


_LOCAL = """
import time
from chargeover_sandbox import LocalSandbox
for _ in range(2):
    start = time.perf_counter()
    with LocalSandbox():
        print((time.perf_counter() - start) * 1000)
"""


def _local() -> list[float]:
    """The starts of two sandboxes, one after the other, in a new process that has imported the package."""
    done = subprocess.run([sys.executable, "-c", _LOCAL], capture_output=True, text=True, check=True)
    return [float(line) for line in done.stdout.split()]


def _start(memory: list[float]) -> float:
    start = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-m", "chargeover_sandbox", "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        try:
            assert process.stdout is not None
            url = re.findall(r"http://\S+", process.stdout.readline())[0]
            _ask(url)
            seconds = time.perf_counter() - start
            _use(url)
            memory.extend(_megabytes(process.pid))
        finally:
            process.terminate()
    return seconds


def _ask(url: str) -> None:
    headers = {"Authorization": AUTHORIZATION, "Content-Type": "application/json"}
    request = urllib.request.Request(f"{url}/_sandbox/reset", b"{}", headers)
    urllib.request.urlopen(request).close()


def _use(url: str) -> None:
    with ChargeOver(base_url=url, username=USERNAME, password=PASSWORD) as client:
        client.customers.create(company="Acme Ltd")
        for _ in range(_UPDATES):
            client.customers.update(CUSTOMER_ID, **next_fields())


def _megabytes(process_id: int) -> list[float]:
    """Resident memory, or nothing where the system does not tell."""
    status = Path(f"/proc/{process_id}/status")
    if not status.is_file():
        return []
    kibibytes = re.findall(r"^VmRSS:\s+(\d+) kB", status.read_text(encoding="ascii"), re.MULTILINE)
    return [int(number) * 1024 / 1e6 for number in kibibytes]
