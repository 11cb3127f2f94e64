"""``customers.list()`` of many customers: its time against pages fetched by hand, and its memory."""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
from account import AUTHORIZATION
from customers import connected, read
from rounds import Spread, interleaved
from servers import HERE, sandbox
from table import Row, Target

NAME = "client-list"
_CUSTOMERS = 50_000
_FEWER = 5_000
_PAGE = 500
_PATH = "/api/v3/customer"
_HEADERS = {"Authorization": AUTHORIZATION, "Accept": "application/json"}
_MOST_ROUNDS = 5
# Peaks of memory differ by little from one process to the next.
_PROCESSES = 2

Page = list[dict[str, Any]]


def measure(rounds: int) -> Iterator[Row | str]:
    """Ratios of the times for all customers, and of the memory for all and for a tenth."""
    rounds = min(rounds, _MOST_ROUNDS)
    yield f"{NAME}: the times are from {rounds} rounds, each peak of memory is from {_PROCESSES} processes."
    with sandbox(_CUSTOMERS) as url:
        with connected(url) as client, httpx.Client(base_url=url, headers=_HEADERS) as by_hand:
            seconds = interleaved(
                {
                    "wrapper": lambda: _seconds(lambda: read(client, _CUSTOMERS)),
                    "offset": lambda: _seconds(lambda: _read(_by_offset(by_hand))),
                    "keyset": lambda: _seconds(lambda: _read(_by_last_id(by_hand))),
                },
                rounds,
            )
        what = f"time of customers.list() of {_CUSTOMERS:,} / pages by hand with httpx, by offset"
        yield Row(NAME, what, Spread.of_ratio(seconds["wrapper"], seconds["offset"]), Target(1.3, at_most=True))
        by_last_id = Spread.of_ratio(seconds["wrapper"], seconds["keyset"])
        yield Row(NAME, "  for information: / pages by hand, by the last ID", by_last_id)
        if Path("/proc/self/status").is_file():
            yield from _memory(url, "list", "customers.list()")
            yield from _memory(url, "update", "bulk_update")
        else:
            yield "The client's memory is left out: this system has no /proc."


def _memory(url: str, command: str, name: str) -> Iterator[Row]:
    fewer, all_of_them = ([_peak(command, url, number) for _ in range(_PROCESSES)] for number in (_FEWER, _CUSTOMERS))
    what = f"peak of memory: {name} of {_CUSTOMERS:,} / of {_FEWER:,}"
    yield Row(NAME, what, Spread.of_ratio(all_of_them, fewer), Target(1.1, at_most=True))
    yield Row(NAME, f"  for information: megabytes of {name} of {_FEWER:,}", Spread.of(fewer))
    yield Row(NAME, f"  for information: megabytes of {name} of {_CUSTOMERS:,}", Spread.of(all_of_them))


def _peak(command: str, url: str, number: int) -> float:
    program = [sys.executable, str(HERE / "peak.py"), command, url, str(number)]
    return float(subprocess.run(program, capture_output=True, text=True, check=True).stdout)


def _seconds(listing: Callable[[], int]) -> float:
    start = time.perf_counter()
    number = listing()
    seconds = time.perf_counter() - start
    if number != _CUSTOMERS:
        raise RuntimeError(f"a list has {number} of {_CUSTOMERS} customers")
    return seconds


def _read(pages: Iterator[Page]) -> int:
    return sum(1 for page in pages for one in page if one["company"] and one["customer_id"])


def _by_offset(client: httpx.Client) -> Iterator[Page]:
    offset = 0
    while page := _page(client, {"limit": _PAGE, "offset": offset}):
        yield page
        offset += len(page)


def _by_last_id(client: httpx.Client) -> Iterator[Page]:
    last_id = 0
    while page := _page(client, {"where": f"customer_id:GT:{last_id}", "order": "customer_id:ASC", "limit": _PAGE}):
        yield page
        last_id = page[-1]["customer_id"]


def _page(client: httpx.Client, asked: dict[str, str | int]) -> Page:
    page: Page = json.loads(client.get(_PATH, params=asked).content)["response"]
    return page
