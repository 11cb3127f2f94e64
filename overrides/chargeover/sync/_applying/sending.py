"""Items sent in bulk requests, and what their results mean."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from chargeover._bulk.results import BulkResult
from chargeover._client import ChargeOver
from chargeover._customers import operations
from chargeover._customers.operations import BulkRequest
from chargeover._errors import ChargeOverError
from chargeover._settings.options import RequestOptions
from chargeover.sync._requests import with_query

from .journal import Item


class Sent(NamedTuple):
    """What is known of an item after it was sent.

    Attributes:
        item: the item. One that was created has its ID.
        error: why it failed; None if the server said yes.
    """

    item: Item
    error: ChargeOverError | None


class Sender:
    """Sends items in bulk requests.

    Args:
        client: the account.
        in_flight: bulk requests in flight at once, at most.
        parameters: what each request has in its query besides.
    """

    def __init__(self, client: ChargeOver, in_flight: int, parameters: Mapping[str, str | int]) -> None:
        self._client = client
        self._in_flight = in_flight
        self._parameters = parameters
        # In the query of the bulk request and in that of each of its parts: which of them counts is not published.
        self._options = RequestOptions(extra_query=parameters) if parameters else None

    def send(self, items: Sequence[Item], sent: list[Sent], note: Callable[[], None]) -> None:
        """Send items.

        Args:
            items: the items.
            sent: each item is added to it once its result is known, also where an exception ends the run.
            note: called after each result.
        """
        requests = [self._request(item) for item in items]
        results = self._client.bulk(requests, in_flight=self._in_flight, errors="return", options=self._options)
        try:
            for result in results:
                sent.append(_sent(items, result))
                note()
        finally:
            results.close()  # waits for what is in flight
            sent.extend(_sent(items, result) for result in results.undelivered)

    def _request(self, item: Item) -> BulkRequest[Any]:
        if item.customer_id is None:
            request: BulkRequest[Any] = BulkRequest(operations.create_customer(item.fields))
        else:
            request = BulkRequest(operations.update_customer(item.customer_id, item.fields))
        return with_query(request, self._parameters) if self._parameters else request


def _sent(items: Sequence[Item], result: BulkResult[Any, Any]) -> Sent:
    item = items[result.index]
    if result.error is None and item.creates:
        item.customer_id = result.value
    return Sent(item, result.error)
