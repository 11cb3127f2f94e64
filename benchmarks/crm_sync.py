"""``sync.plan`` and ``sync.apply`` of 100,000 rows, against the least program without plan and journal."""

import json
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
from account import AUTHORIZATION
from customers import connected
from rounds import Spread, interleaved
from servers import sandbox
from table import Row, Target

from chargeover import BulkRequest, sync

NAME = "sync"
_ROWS = 100_000
_PAGE = 500
_BULK = 25
_IN_FLIGHT = 8
_CUSTOMER = "/api/v3/customer"
_HEADERS = {"Authorization": AUTHORIZATION, "Accept": "application/json"}
# A round takes more than a minute, so none of them only warms up: filling the account has done that for the sandbox.
_MOST_ROUNDS = 2

Fields = dict[str, str]


def measure(rounds: int) -> Iterator[Row | str]:
    """The ratio of the times; each side changes two of five fields of every customer."""
    rounds = min(rounds, _MOST_ROUNDS)
    yield f"{NAME}: from {rounds} rounds. Both sides have {_IN_FLIGHT} bulk requests in flight."
    with sandbox() as url:
        fill(url, _ROWS)
        seconds = interleaved(
            {
                "ours": lambda: _seconds(url, _ours),
                "least": lambda: _seconds(url, _least),
                "least with read-backs": lambda: _seconds(url, _least_with_read_backs),
            },
            rounds,
            warms_up=False,
        )
    what = f"plan and apply of {_ROWS:,} rows / page reads, stale reads and bulk calls by hand"
    yield Row(NAME, what, Spread.of_ratio(seconds["ours"], seconds["least"]), Target(2.0, at_most=True))
    with_read_backs = Spread.of_ratio(seconds["ours"], seconds["least with read-backs"])
    yield Row(NAME, "  for information: / the same with every change read back", with_read_backs)
    yield Row(NAME, "  for information: rows per second", Spread.of([_ROWS / one for one in seconds["ours"]]))


def rows_of(number: int, city: str) -> Iterator[Fields]:
    """The rows of an export: another city changes two of their five fields."""
    for one in range(number):
        yield {
            "external_key": f"crm-{one}",
            "company": f"Company {one}",
            "superuser_email": f"{one}@x.example",
            "bill_postcode": "10115",
            "bill_city": f"{city} {one}",
            "custom_1": f"seen in {city}",
        }


def fill(url: str, number: int) -> None:
    """Make the customers of an export."""
    with connected(url) as client:
        requests = (BulkRequest.create_customer(**row) for row in rows_of(number, "Ulm"))  # type: ignore[typeddict-item]
        for _ in client.bulk(requests, in_flight=_IN_FLIGHT):
            pass


_cities = iter(f"Bonn-{number}" for number in range(1_000_000))


def _seconds(url: str, side: Any) -> float:
    city = next(_cities)
    start = time.perf_counter()
    changed = side(url, city)
    seconds = time.perf_counter() - start
    if changed != _ROWS:
        raise RuntimeError(f"{changed} of {_ROWS} customers were changed")
    return seconds


def _ours(url: str, city: str) -> int:
    with tempfile.TemporaryDirectory() as folder, connected(url) as client:
        plan = sync.plan(client, rows_of(_ROWS, city), Path(folder) / "crm.plan")
        return sync.apply(client, plan, in_flight=_IN_FLIGHT).done


def _least_with_read_backs(url: str, city: str) -> int:
    return _least(url, city, reads_back=True)


def _least(url: str, city: str, *, reads_back: bool = False) -> int:
    rows = {row.pop("external_key"): row for row in rows_of(_ROWS, city)}
    with httpx.Client(base_url=url, headers=_HEADERS) as client, ThreadPoolExecutor(_IN_FLIGHT) as pool:
        changes: list[tuple[int, Fields, dict[str, Any]]] = []
        last_id = 0
        while page := _page(client, last_id):
            last_id = page[-1]["customer_id"]
            for customer in page:
                row = rows.get(customer["external_key"] or "", {})
                if new := {name: value for name, value in row.items() if customer[name] != value}:
                    changes.append((customer["customer_id"], new, {name: customer[name] for name in new}))

        def change(batch: list[tuple[int, Fields, dict[str, Any]]]) -> int:
            reads = [{"request_method": "GET", "uri": f"{_CUSTOMER}/{number}"} for number, _, _ in batch]
            present = _bulk(client, reads)
            writes = [
                {"request_method": "PUT", "uri": f"{_CUSTOMER}/{number}", "payload": new}
                for (number, new, old), now in zip(batch, present, strict=True)
                if all(now["response"][name] == value for name, value in old.items())
            ]
            done = sum(one["status"] == "OK" for one in _bulk(client, writes))
            if reads_back:
                _bulk(client, reads)
            return done

        return sum(pool.map(change, [changes[at : at + _BULK] for at in range(0, len(changes), _BULK)]))


def _page(client: httpx.Client, last_id: int) -> list[dict[str, Any]]:
    asked = {"where": f"customer_id:GT:{last_id}", "order": "customer_id:ASC", "limit": _PAGE}
    page: list[dict[str, Any]] = json.loads(client.get(_CUSTOMER, params=asked).content)["response"]
    return page


def _bulk(client: httpx.Client, parts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    response: list[dict[str, Any]] = json.loads(client.post("/api/v3/_bulk", json=parts).content)["response"]["_bulk"]
    return response
