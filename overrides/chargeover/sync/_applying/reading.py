"""Customers read for many rows at once: by a range of IDs where they lie close together, else 25 in a request."""

import math
from collections.abc import Iterable, Sequence

from chargeover._calls.envelopes import as_id
from chargeover._client import ChargeOver
from chargeover._customers.customer import Customer
from chargeover._customers.listing import LARGEST_PAGE
from chargeover._errors import ChargeOverError, NotFoundError
from chargeover._wire import MOST_BULK_REQUESTS
from chargeover.sync._requests import is_whole, read_request

from .journal import Item

Found = Customer | ChargeOverError | None
"""A customer; None if there is none; or the error of the request that should have read it."""


def customers_of(client: ChargeOver, items: Sequence[Item], in_flight: int, *, in_ranges: bool = True) -> list[Found]:
    """What each item's customer is now.

    Args:
        client: the account.
        items: the items.
        in_flight: bulk requests in flight at once, at most.
        in_ranges: whether lists may be read, as fresh as the customers themselves (assumed).

    Raises:
        ChargeOverError: a request failed as a whole.
    """
    found: dict[int, Found] = {}
    ids = [item.customer_id for item in items if item.customer_id is not None]
    if (
        in_ranges
        and ids
        and math.ceil((max(ids) - min(ids) + 1) / LARGEST_PAGE) < math.ceil(len(ids) / MOST_BULK_REQUESTS)
    ):
        found.update(_in_range(client, items, min(ids), max(ids)))
    rest = [item for item in items if _is_open(item, found)]
    found.update(zip((item.row for item in rest), _one_by_one(client, rest, in_flight), strict=True))
    return [found[item.row] for item in items]


def _in_range(client: ChargeOver, items: Iterable[Item], first: int, last: int) -> dict[int, Found]:
    """What the rows of a list say. A customer that is not among them is read by itself, to be sure of it."""
    by_id = {item.customer_id: item for item in items}
    where = f"customer_id:GTE:{first},customer_id:LTE:{last}"
    return {
        by_id[number].row: customer
        for customer in client.customers.list(where=where, limit=last - first + 1)
        if (number := as_id(customer.raw.get("customer_id"))) in by_id
    }


def _is_open(item: Item, found: dict[int, Found]) -> bool:
    customer = found.get(item.row)
    # The rows of a list lack members that a single customer has (recorded).
    return not isinstance(customer, Customer) or any(change.field not in customer.raw for change in item.changes)


def _one_by_one(client: ChargeOver, items: Sequence[Item], in_flight: int) -> list[Found]:
    requests = [read_request(item.key if item.customer_id is None else item.customer_id) for item in items]
    found: list[Found] = []
    with client.bulk(requests, in_flight=in_flight, errors="return") as results:
        for result in results:
            if result.error and is_whole(result.error):
                raise result.error
            found.append(None if isinstance(result.error, NotFoundError) else result.error or result.value)
    return found
