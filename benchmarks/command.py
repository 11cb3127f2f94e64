"""The command's start: its help against the import of its library, and one read against the client's own."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence

import servers
from account import CUSTOMER_ID, PASSWORD, USERNAME
from rounds import Spread, interleaved
from table import Row, Target

NAME = "command"
_ONE_CALL = (
    f"from chargeover import ChargeOver\nwith ChargeOver() as client: print(client.customers.get({CUSTOMER_ID}))"
)


def measure(rounds: int) -> Iterator[Row]:
    """Ratios of whole processes, from their start to their end."""
    python = (sys.executable, "-c")
    command = (sys.executable, "-m", "chargeover_cli")
    with servers.sandbox() as url:
        account = {"CHARGEOVER_BASE_URL": url, "CHARGEOVER_USERNAME": USERNAME, "CHARGEOVER_PASSWORD": PASSWORD}
        environment = {**os.environ, **account}
        processes = {
            "help": (*command, "--help"),
            "library": (*python, "import typer"),
            "get": (*command, "customers", "get", str(CUSTOMER_ID)),
            "call": (*python, _ONE_CALL),
        }
        sides = {name: lambda words=words: _seconds(words, environment) for name, words in processes.items()}
        seconds = interleaved(sides, rounds)
    shown = Spread.of_ratio(seconds["help"], seconds["library"])
    read = Spread.of_ratio(seconds["get"], seconds["call"])
    yield Row(NAME, "time of chargeover --help / import typer", shown, Target(2.0, at_most=True))
    yield Row(NAME, "time of chargeover customers get / import and one call", read, Target(1.3, at_most=True))


def _seconds(words: Sequence[str], environment: dict[str, str]) -> float:
    start = time.perf_counter()
    subprocess.run(words, env=environment, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - start
