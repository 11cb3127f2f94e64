"""``customers.bulk_update`` of many customers against a loop of single updates of the same client."""

import asyncio
import time
from collections.abc import Iterator
from functools import partial

from account import PASSWORD, USERNAME
from customers import changes, connected
from rounds import Spread, interleaved
from servers import delayed_sandbox, sandbox
from table import Row, Target

from chargeover import AsyncChargeOver, ChargeOver

NAME = "client-bulk"
_CUSTOMERS = 10_000
# Each update of the loop takes as long as any other, so a part of the loop tells its whole.
_LOOP = 1_000
_DELAYED_LOOP = 40
# Waiting takes the same time in each round: nine of them lay within 3 % of their median.
_DELAYED_ROUNDS = 5


def measure(rounds: int) -> Iterator[Row | str]:
    """Ratios of the times for all customers: with nothing in between, and with 50 ms before each request."""
    with sandbox(_CUSTOMERS) as url, connected(url) as client, asyncio.Runner() as runner:
        seconds = interleaved(
            {
                "loop": partial(_loop, client, _LOOP),
                "bulk": partial(_bulk, client),
                "async loop": lambda: runner.run(_async_loop(url)),
                "async bulk": lambda: runner.run(_async_bulk(url)),
            },
            rounds,
        )
    ours = Spread.of_ratio(seconds["loop"], seconds["bulk"])
    what = "bulk_update / a loop of single updates, no latency"
    yield Row(NAME, what, ours, Target(15.0, at_most=False))
    by_async = Spread.of_ratio(seconds["async loop"], seconds["async bulk"])
    yield Row(NAME, "  for information: AsyncChargeOver", by_async)
    yield Row(NAME, "  for information: updates per second", Spread.of([_CUSTOMERS / one for one in seconds["bulk"]]))
    with delayed_sandbox(_CUSTOMERS) as url, connected(url) as client:
        seconds = interleaved(
            {"loop": partial(_loop, client, _DELAYED_LOOP), "bulk": partial(_bulk, client)},
            min(rounds, _DELAYED_ROUNDS),
        )
    ours = Spread.of_ratio(seconds["loop"], seconds["bulk"])
    yield Row(NAME, "bulk_update / a loop of single updates, 50 ms latency", ours, Target(150.0, at_most=False))
    yield (
        f"{NAME}: all times are for {_CUSTOMERS:,} customers, those with latency from at most {_DELAYED_ROUNDS} "
        f"rounds. bulk_update is measured whole; of the loop, {_LOOP:,} updates are measured without latency and "
        f"{_DELAYED_LOOP} with it, and the rest is taken to go on like them."
    )


def _loop(client: ChargeOver, number: int) -> float:
    """The seconds that a loop over all customers would take, by its first ones."""
    start = time.perf_counter()
    for customer_id, fields in changes(number):
        client.customers.update(customer_id, **fields)
    return (time.perf_counter() - start) * _CUSTOMERS / number


def _bulk(client: ChargeOver) -> float:
    start = time.perf_counter()
    for _ in client.customers.bulk_update(changes(_CUSTOMERS)):
        pass
    return time.perf_counter() - start


async def _async_loop(url: str) -> float:
    async with AsyncChargeOver(base_url=url, username=USERNAME, password=PASSWORD) as client:
        start = time.perf_counter()
        for customer_id, fields in changes(_LOOP):
            await client.customers.update(customer_id, **fields)
        return (time.perf_counter() - start) * _CUSTOMERS / _LOOP


async def _async_bulk(url: str) -> float:
    async with AsyncChargeOver(base_url=url, username=USERNAME, password=PASSWORD) as client:
        start = time.perf_counter()
        async for _ in client.customers.bulk_update(changes(_CUSTOMERS)):
            pass
        return time.perf_counter() - start
