"""``import chargeover`` against ``import httpx``: alone, with the first client, and with the first call, which imports
what the statement left for later. Each in a fresh interpreter.
"""

import subprocess
import sys
from collections.abc import Iterator, Mapping
from functools import partial

import httpx  # noqa: F401  the programs need it
from account import AUTHORIZATION, CUSTOMER_ID, PASSWORD, PATH, USERNAME
from rounds import Spread, interleaved
from servers import static_server
from table import Row, Target

NAME = "import"


def measure(rounds: int) -> Iterator[Row]:
    """Ratios of the times of the same steps by hand with httpx."""
    with static_server() as url:
        ours = _steps(
            "chargeover",
            f"c = chargeover.ChargeOver(base_url={url!r}, username={USERNAME!r}, password={PASSWORD!r})",
            f"c.customers.update({CUSTOMER_ID}, company='Acme')",
        )
        by_hand = _steps(
            "httpx",
            f"c = httpx.Client(base_url={url!r}, headers={{'Authorization': {AUTHORIZATION!r}}})",
            f"c.put({PATH!r}, json={{'company': 'Acme'}}).json()",
        )
        programs = {f"ours {step}": code for step, code in ours.items()}
        programs |= {f"httpx {step}": code for step, code in by_hand.items()}
        programs["httpx2"] = "import httpx2"
        seconds = interleaved({name: partial(_seconds, code) for name, code in programs.items()}, rounds)
    limits = {"import": 0.9, "client": 1.2}
    words = {"import": "alone", "client": "and the first client", "call": "and the first call"}
    for step, what in words.items():
        ratio = Spread.of_ratio(seconds[f"ours {step}"], seconds[f"httpx {step}"])
        target = Target(limits[step], at_most=True) if step in limits else None
        yield Row(NAME, f"time of import chargeover / import httpx, {what}", ratio, target)
    late = [call - imported for call, imported in zip(seconds["ours call"], seconds["ours import"], strict=True)]
    yield Row(NAME, "  for information: milliseconds of ours after the import", Spread.of([one * 1e3 for one in late]))
    by_httpx2 = Spread.of_ratio(seconds["httpx2"], seconds["httpx import"])
    yield Row(NAME, "  for information: import httpx2 / import httpx", by_httpx2)


def _steps(module: str, client: str, call: str) -> Mapping[str, str]:
    statement = f"import {module}"
    return {"import": statement, "client": f"{statement}\n{client}", "call": f"{statement}\n{client}\n{call}"}


def _seconds(code: str) -> float:
    timed = f"import time; start = time.perf_counter()\n{code}\nprint(time.perf_counter() - start)"
    done = subprocess.run([sys.executable, "-I", "-c", timed], capture_output=True, text=True, check=True)
    return float(done.stdout)
