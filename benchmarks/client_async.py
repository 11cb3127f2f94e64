"""``AsyncChargeOver`` against a bare ``httpx.AsyncClient``, with the same number of updates in flight.

With either parser of responses: that of the extra ``fast``, and the one without it.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator

import httpx
import httpx2
from account import AUTHORIZATION, CUSTOMER_ID, PASSWORD, PATH, USERNAME
from rounds import Spread, interleaved
from servers import static_server
from table import Row, Target
from updates import next_fields

from chargeover import AsyncChargeOver, CustomerUpdateFields
from chargeover._http import parsing

NAME = "client-async"
_IN_FLIGHT = 16
_TURNS = 8
_CALLS_EACH = 5
_HEADERS = {"Authorization": AUTHORIZATION, "Accept": "application/json"}

Update = Callable[[CustomerUpdateFields], Awaitable[object]]


def measure(rounds: int) -> Iterator[Row]:
    """Ratios of the requests per second against a server that costs nearly nothing."""
    with static_server() as url, asyncio.Runner() as runner:
        client = AsyncChargeOver(base_url=url, username=USERNAME, password=PASSWORD)
        parsers = {"h11": parsing.H11Parser, "httptools": parsing.HttptoolsParser}
        by_hand = httpx.AsyncClient(base_url=url, headers=_HEADERS)
        by_hand2 = httpx2.AsyncClient(base_url=url, headers=_HEADERS)

        async def update_by_hand(fields: CustomerUpdateFields) -> object:
            return (await by_hand.put(PATH, json=fields)).json()

        async def update_by_hand2(fields: CustomerUpdateFields) -> object:
            return (await by_hand2.put(PATH, json=fields)).json()

        async def close() -> None:
            await client.close()
            await by_hand.aclose()
            await by_hand2.aclose()

        def updates_with(parser: str) -> float:
            parsing.PARSER = parsers[parser]
            return runner.run(_seconds(lambda fields: client.customers.update(CUSTOMER_ID, **fields)))

        seconds = interleaved(
            {
                "h11": lambda: updates_with("h11"),
                "httptools": lambda: updates_with("httptools"),
                "httpx": lambda: runner.run(_seconds(update_by_hand)),
                "httpx2": lambda: runner.run(_seconds(update_by_hand2)),
            },
            rounds,
            _TURNS,
        )
        runner.run(close())
    ours = {name: Spread.of_ratio(seconds["httpx"], seconds[name]) for name in parsers}
    by_httpx2 = Spread.of_ratio(seconds["httpx"], seconds["httpx2"])
    what = f"updates per second / httpx, {_IN_FLIGHT} in flight"
    yield Row(NAME, what, ours["h11"], Target(3.0, at_most=False))
    yield Row(NAME, f"{what}, with the extra fast", ours["httptools"], Target(5.0, at_most=False))
    yield Row(NAME, "  for information: bare httpx2 / httpx", by_httpx2)


async def _seconds(update: Update) -> float:
    start = time.perf_counter()
    await asyncio.gather(*(_one_after_another(update) for _ in range(_IN_FLIGHT)))
    return time.perf_counter() - start


async def _one_after_another(update: Update) -> None:
    for _ in range(_CALLS_EACH):
        await update(next_fields())
