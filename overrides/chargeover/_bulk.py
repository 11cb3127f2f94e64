"""Bulk requests without I/O: what can be sent in one, and how the one answer is taken apart."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, NamedTuple, TypeVar, Unpack, cast

from . import _operations
from . import _wire as wire  # pyright: ignore[reportPrivateUsage]
from ._answers import Envelope, as_count, is_envelope, says_no
from ._conditions import Order, Where, order_text, where_text
from ._customer import Customer
from ._errors import ChargeOverError, InvalidFieldError, error_class
from ._exchange import ReceivedResponse, SentRequest
from ._operations import Call
from ._retries import Repeat
from ._text import half_surrogate
from ._wire import BulkMethod, CustomerCreateFields, CustomerUpdateFields, WireRequest

Item = TypeVar("Item")
Value = TypeVar("Value")
Value_co = TypeVar("Value_co", covariant=True)

MOST_REQUESTS = wire.MOST_BULK_REQUESTS
"""Requests in one bulk request, at most (docs)."""


@dataclass(frozen=True, slots=True)
class BulkRequest(Generic[Value_co]):
    """One request for ``client.bulk(...)``, made by one of the methods below. Nothing is sent before that.

    The methods have the arguments of those of ``client.customers``, raise the same errors for wrong ones, and lead to
    the same results. Deletions cannot be part of a bulk request (docs).
    """

    _call: Call[Value_co] = field(repr=False)

    @property
    def method(self) -> str:
        """The HTTP method: GET, POST or PUT."""
        return self._call.request.method

    @property
    def uri(self) -> str:
        """The path, with the query if there is one."""
        return self._call.request.path

    @property
    def payload(self) -> Any:
        """The JSON body, or None if there is none."""
        return self._call.request.body

    def __repr__(self) -> str:
        return f"BulkRequest({self.method} {self.uri})"

    @staticmethod
    def create_customer(**fields: Unpack[CustomerCreateFields]) -> "BulkRequest[int]":
        """Create a customer; its value is the new ID."""
        return BulkRequest(_operations.create_customer(fields))

    @staticmethod
    def get_customer(customer_id: int | Customer) -> "BulkRequest[Customer]":
        """Read a customer."""
        return BulkRequest(_operations.get_customer(customer_id))

    @staticmethod
    def get_customer_by_external_key(external_key: str) -> "BulkRequest[Customer]":
        """Read a customer by its external key."""
        return BulkRequest(_operations.get_customer_by_external_key(external_key))

    @staticmethod
    def list_customers(
        *, where: Where | None = None, order: str | Order | None = None, limit: int = 10, offset: int = 0
    ) -> "BulkRequest[list[Customer]]":
        """Read one page of customers, 1 to 500 of them."""
        return BulkRequest(_operations.list_customers(where_text(where), order_text(order), limit, offset))

    @staticmethod
    def count_customers(*, where: Where | None = None) -> "BulkRequest[int]":
        """Count customers."""
        return BulkRequest(_operations.count_customers(where_text(where)))

    @staticmethod
    def update_customer(customer_id: int | Customer, **fields: Unpack[CustomerUpdateFields]) -> "BulkRequest[int]":
        """Change a customer; its value is the ID."""
        return BulkRequest(_operations.update_customer(customer_id, fields))

    @staticmethod
    def update_customer_by_external_key(
        customer_key: str, /, **fields: Unpack[CustomerUpdateFields]
    ) -> "BulkRequest[int | None]":
        """Change a customer by its external key; its value is the ID, or None if the answer does not say it."""
        return BulkRequest(_operations.update_customer_by_external_key(customer_key, fields))

    @staticmethod
    def disconnect_parent(customer_id: int | Customer) -> "BulkRequest[None]":
        """Disconnect a customer from its parent."""
        return BulkRequest(_operations.disconnect_parent(customer_id))

    @staticmethod
    def raw(method: str, uri: str, payload: Any = None) -> "BulkRequest[Any]":
        """Any other request; its value is the ``response`` of its answer, as it came.

        Args:
            method: GET, POST or PUT.
            uri: the path from ``/api/v3`` on, with a query if there is one.
            payload: the JSON body; None if there is none.

        Raises:
            InvalidFieldError: something that cannot be part of a bulk request.
        """
        if method not in set(BulkMethod):
            raise InvalidFieldError(f"method must be {', '.join(BulkMethod)}, not {method!r}.", "method")
        if not uri.startswith("/") or half_surrogate(uri) is not None:
            raise InvalidFieldError(f"uri must be a path such as '/api/v3/customer/2', not {uri!r}.", "uri")
        try:
            json.dumps(payload, ensure_ascii=False, allow_nan=False).encode()
        except (TypeError, ValueError, RecursionError) as error:
            raise InvalidFieldError(f"payload is no JSON value: {error}.", "payload") from None
        return BulkRequest(Call(WireRequest(method, uri, payload), _response))


@dataclass(frozen=True, slots=True)
class BulkResult(Generic[Item, Value]):
    """What became of one item of the input.

    Attributes:
        index: its position in the input, from 0.
        item: the item itself, as it was given.
        value: the result; None if there is an error.
        error: why it failed; None if it was done. Where the bulk request as a whole failed, such as without a
            connection, all its items have that error.
    """

    index: int
    item: Item
    value: Value | None
    error: ChargeOverError | None

    @property
    def ok(self) -> bool:
        """Whether it was done."""
        return self.error is None

    def __repr__(self) -> str:
        # Not the item: it may be long, and is the caller's own.
        outcome = f"value={self.value!r}" if self.error is None else f"error={self.error!r}"
        return f"BulkResult(index={self.index}, {outcome})"


class BulkProgress(NamedTuple):
    """How far it is.

    Attributes:
        done: how many items have been answered, the failed ones included.
        failed: how many of them failed.
    """

    done: int
    failed: int


@dataclass(slots=True)
class Batch(Generic[Item, Value]):
    """Items that travel together. Those that could not be turned into a request have an error and are not sent."""

    first: int
    items: list[Item] = field(default_factory=list["Item"])
    requests: list[BulkRequest[Value] | ChargeOverError] = field(
        default_factory=list["BulkRequest[Value] | ChargeOverError"]
    )

    def call(self) -> Call[list[Value | ChargeOverError]] | None:
        """The call that carries out all requests, or None if there is none."""
        calls = [one._call for one in self.requests if isinstance(one, BulkRequest)]  # pyright: ignore[reportPrivateUsage]  # noqa: SLF001  of this module
        return _bulk_call(calls) if calls else None

    def results(
        self, outcomes: Sequence[Value | ChargeOverError] | ChargeOverError
    ) -> Iterator[BulkResult[Item, Value]]:
        """The results, in the order of the items.

        Args:
            outcomes: what became of each request that was sent, or why all of them failed.
        """
        answered = iter(()) if isinstance(outcomes, ChargeOverError) else iter(outcomes)
        for number, (item, request) in enumerate(zip(self.items, self.requests, strict=True), self.first):
            if isinstance(request, ChargeOverError):
                outcome: Value | ChargeOverError = request
            else:
                outcome = outcomes if isinstance(outcomes, ChargeOverError) else next(answered)
            if isinstance(outcome, ChargeOverError):
                yield BulkResult(number, item, None, outcome)
            else:
                yield BulkResult(number, item, outcome, None)


class Batches(Generic[Item, Value]):
    """Gathers items into batches of as many as a bulk request can carry.

    Args:
        request_of: turns an item into its request; a ChargeOverError that it raises becomes the item's result.
    """

    def __init__(self, request_of: Callable[[Item], BulkRequest[Value]]) -> None:
        self._request_of = request_of
        self._batch: Batch[Item, Value] = Batch(0)

    def add(self, item: Item) -> Batch[Item, Value] | None:
        """Add an item; the result is the batch if it is full now."""
        self._batch.items.append(item)
        try:
            self._batch.requests.append(self._request_of(item))
        except ChargeOverError as error:
            self._batch.requests.append(error)
        return self.rest() if len(self._batch.items) == MOST_REQUESTS else None

    def rest(self) -> Batch[Item, Value] | None:
        """The batch that is not full yet, or None if it is empty."""
        batch = self._batch
        self._batch = Batch(batch.first + len(batch.items))
        return batch if batch.items else None


def _bulk_call(calls: Sequence[Call[Value]]) -> Call[list[Value | ChargeOverError]]:
    def read(answer: Envelope) -> list[Value | ChargeOverError]:
        response: object = answer.response
        answers: object = cast("dict[str, Any]", response).get("_bulk") if isinstance(response, dict) else response
        if not isinstance(answers, list) or len(cast("list[object]", answers)) != len(calls):
            raise answer.invalid(f"it does not have one answer for each of the {len(calls)} requests")
        sent, _ = answer.exchange()
        base_url = sent.url.removesuffix(request.path)
        return [_outcome(call, one, base_url) for call, one in zip(calls, cast("list[object]", answers), strict=True)]

    request = wire.bulk([call.request for call in calls])
    # As often as each of them may be sent alone.
    return Call(request, read, may_be_doubled=all(call.repeat is Repeat.ALWAYS and not call.recover for call in calls))


def _response(answer: Envelope) -> Any:
    return answer.response


def _outcome(call: Call[Value], content: object, base_url: str) -> Value | ChargeOverError:
    """The result of one request, or its error: decided by the ``status`` of its answer, as for a whole answer.

    Without one its ``code`` decides: it has no HTTP status of its own.
    """
    members: Mapping[str, Any] = cast("dict[str, Any]", content) if is_envelope(content) else {}
    code = as_count(members.get("code"))
    status = 200 if code is None else code

    def exchange() -> tuple[SentRequest, ReceivedResponse]:
        body = b"" if call.request.body is None else json.dumps(call.request.body).encode()
        received = ReceivedResponse(status, {}, json.dumps(content, default=str).encode())
        return SentRequest(call.request.method, base_url + call.request.path, {}, body), received

    answer = Envelope(members, "", exchange)
    if not members:
        return answer.invalid("its part of the bulk answer cannot be read")
    if says_no(members) or (members.get("status") is None and not 200 <= status <= 299):
        return error_class(status)(*exchange())
    try:
        return call.read(answer)
    except ChargeOverError as error:
        return error
