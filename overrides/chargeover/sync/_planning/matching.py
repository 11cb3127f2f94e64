"""Rows and the customers that they name, brought together in as few requests as possible."""

import math
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from chargeover._calls.envelopes import as_id
from chargeover._client import ChargeOver
from chargeover._customers.customer import Customer
from chargeover._customers.listing import LARGEST_PAGE
from chargeover._customers.operations import UPDATE
from chargeover._errors import NotFoundError
from chargeover._wire import MOST_BULK_REQUESTS
from chargeover.sync._ahead import one_ahead
from chargeover.sync._progress import Meter, OnProgress
from chargeover.sync._requests import is_whole, read_request

from .keys import Key
from .staging import Staging, Wanted

UNLISTED = frozenset({"tags"})
"""Fields that the rows of a list lack (recorded)."""
_BATCH = 1000


class Match(NamedTuple):
    """A row, and the customer that it names.

    Attributes:
        wanted: the row.
        customer: the customer; None if there is none.
        looks_alike: whether the customer's key only looks like that of the row. It is then not the one that is named.
    """

    wanted: Wanted
    customer: Customer | None
    looks_alike: bool = False


def matches(
    client: ChargeOver, staging: Staging, key: Key, in_flight: int, on_progress: OnProgress | None
) -> Iterator[Match]:
    """The customers of all rows: by pages of the whole account, or by key, whichever is fewer requests.

    By pages, a row without a customer is not given. In both ways, customers whose fields are in the rows and not in
    the response are read again one by one, 25 in a request.
    """
    rows = staging.count
    by_key = math.ceil(rows / MOST_BULK_REQUESTS)
    total = client.customers.count() if by_key > 1 else None
    if total is None or by_key <= math.ceil(total / LARGEST_PAGE) + staging.with_unlisted / MOST_BULK_REQUESTS:
        meter = Meter("customers", rows, on_progress)
        source = iter(staging.all())
        while batch := list(islice(source, _BATCH)):
            yield from _by_key(client, batch, in_flight)
            meter.done += len(batch)
            meter.tell()
        return
    meter = Meter("customers", total, on_progress)
    for page in one_ahead(client.customers.list().pages()):
        yield from _whole(client, [*_in_page(staging, key, page)], in_flight)
        meter.done += len(page)
        meter.tell()


def _in_page(staging: Staging, key: Key, page: list[Customer]) -> Iterator[Match]:
    if key == "customer_id":
        ids = {number: one for one in page if (number := as_id(one.raw.get("customer_id"))) is not None}
        if ids:
            for wanted in staging.by_ids(min(ids), max(ids)):
                if customer := ids.get(int(wanted.key)):
                    yield Match(wanted, customer)
        return
    keyed = [(one.external_key, one) for one in page if one.external_key]
    found: dict[str | int, list[Wanted]] = {}
    alike: list[Wanted] = []
    exact = {name for name, _ in keyed}
    for wanted in staging.by_keys([name for name, _ in keyed]):
        if wanted.key in exact:
            found.setdefault(wanted.key, []).append(wanted)
        else:
            alike.append(wanted)
    for name, customer in keyed:
        for wanted in found.get(name, ()):
            yield Match(wanted, customer)
    for wanted in alike:
        yield Match(wanted, None, looks_alike=True)


def _by_key(client: ChargeOver, batch: list[Wanted], in_flight: int) -> Iterator[Match]:
    for wanted, customer in zip(batch, _read(client, batch, in_flight), strict=True):
        yield Match(wanted, customer)


def _whole(client: ChargeOver, found: list[Match], in_flight: int) -> Iterator[Match]:
    """The matches, with customers read again whose rows of the list lack a field that is wanted."""
    lacking = [match.wanted for match in found if match.customer and _lacks(match.customer, match.wanted)]
    again = {one.input: whole for one, whole in zip(lacking, _read(client, lacking, in_flight), strict=True)}
    for match in found:
        yield match._replace(customer=again[match.wanted.input]) if match.wanted.input in again else match


def _lacks(customer: Customer, wanted: Wanted) -> bool:
    return any(name not in customer.raw and name in UPDATE.fields for name in wanted.fields)


def _read(client: ChargeOver, batch: list[Wanted], in_flight: int) -> Iterator[Customer | None]:
    requests = [read_request(wanted.key) for wanted in batch]
    with client.bulk(requests, in_flight=in_flight, errors="return") as results:
        for result in results:
            if isinstance(result.error, NotFoundError) and not is_whole(result.error):
                yield None
            elif result.error:
                raise result.error
            else:
                yield result.value
