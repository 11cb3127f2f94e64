"""``client.customers.update`` against the same request by hand, one after the other over one connection."""

import time
from collections.abc import Callable, Iterator

import httpx
import httpx2
from account import AUTHORIZATION, CUSTOMER_ID, PASSWORD, PATH, USERNAME
from rounds import Spread, interleaved
from servers import sandbox, static_server
from table import Row, Target
from updates import next_fields

from chargeover import ChargeOver, CustomerUpdateFields

NAME = "client-sync"
_TURNS = 30
_CALLS = 10
_HEADERS = {"Authorization": AUTHORIZATION, "Accept": "application/json"}


def measure(rounds: int) -> Iterator[Row]:
    """Ratios of the time per call: against a server that costs nearly nothing, and against the sandbox."""
    with static_server() as url:
        ours, by_httpx2 = _ratios_to_httpx(url, rounds)
    yield Row(NAME, "time per update / httpx", ours, Target(1.0, at_most=True))
    yield Row(NAME, "  for information: bare httpx2 / httpx", by_httpx2)
    with sandbox() as url:
        ours, by_httpx2 = _ratios_to_httpx(url, rounds)
    yield Row(NAME, "  the same with the sandbox as the server", ours)
    yield Row(NAME, "  for information: the same, bare httpx2 / httpx", by_httpx2)


def _ratios_to_httpx(url: str, rounds: int) -> tuple[Spread, Spread]:
    with (
        ChargeOver(base_url=url, username=USERNAME, password=PASSWORD) as client,
        httpx.Client(base_url=url, headers=_HEADERS) as by_hand,
        httpx2.Client(base_url=url, headers=_HEADERS) as by_hand2,
    ):
        seconds = interleaved(
            {
                "wrapper": lambda: _seconds(lambda fields: client.customers.update(CUSTOMER_ID, **fields)),
                "httpx": lambda: _seconds(lambda fields: by_hand.put(PATH, json=fields).json()),
                "httpx2": lambda: _seconds(lambda fields: by_hand2.put(PATH, json=fields).json()),
            },
            rounds,
            _TURNS,
        )
    return Spread.of_ratio(seconds["wrapper"], seconds["httpx"]), Spread.of_ratio(seconds["httpx2"], seconds["httpx"])


def _seconds(update: Callable[[CustomerUpdateFields], object]) -> float:
    start = time.perf_counter()
    for _ in range(_CALLS):
        update(next_fields())
    return time.perf_counter() - start
