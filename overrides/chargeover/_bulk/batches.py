"""Calls that travel together in one bulk request, without I/O, and its one response taken apart."""

import json
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import tzinfo
from functools import partial
from typing import Any, Generic, TypeVar, cast

from chargeover._calls.call import Call, Repeat
from chargeover._calls.envelopes import Envelope, as_count, is_envelope, is_refusal
from chargeover._errors import ChargeOverError, error_class
from chargeover._exchange import ReceivedResponse, SentRequest
from chargeover._wire import MOST_BULK_REQUESTS, WireRequest, requests

from .results import BulkResult

Item = TypeVar("Item")
Value = TypeVar("Value")


@dataclass(slots=True)
class Batch(Generic[Item, Value]):
    """Items that travel together. An item without a call has an error instead, and is not sent."""

    first: int
    items: list[Item] = field(default_factory=list["Item"])
    calls: list[Call[Value] | ChargeOverError] = field(default_factory=list["Call[Value] | ChargeOverError"])

    def rounds(
        self,
    ) -> Generator[Call[list[Value | ChargeOverError]], list[Value | ChargeOverError], list[Value | ChargeOverError]]:
        """The bulk requests that carry out all calls, and then those that are made in place of failed ones.

        Each is answered with its outcomes; returns those of all calls.
        """
        calls = [one for one in self.calls if isinstance(one, Call)]
        outcomes: list[Value | ChargeOverError] = []
        found: list[Value | ChargeOverError]
        places = [*range(len(calls))]
        while places:
            try:
                found = yield _bulk_call(calls)
            except ChargeOverError as error:
                if not outcomes:
                    raise
                # The others have their outcomes.
                found = [error for _ in calls]
            outcomes = outcomes or found
            for place, outcome in zip(places, found, strict=True):
                outcomes[place] = outcome
            following: dict[int, Call[Value]] = {}
            for place, call, outcome in zip(places, calls, found, strict=True):
                again = _instead(call, outcome) if isinstance(outcome, ChargeOverError) else None
                if isinstance(again, Call):
                    following[place] = again
                elif again is not None:
                    outcomes[place] = again
            places, calls = [*following], [*following.values()]
        return outcomes

    def results(
        self, outcomes: Sequence[Value | ChargeOverError] | ChargeOverError
    ) -> Iterator[BulkResult[Item, Value]]:
        """The results, in the order of the items.

        Args:
            outcomes: the value or the error of each call that was sent, or the error of the whole bulk request.
        """
        answered = iter(()) if isinstance(outcomes, ChargeOverError) else iter(outcomes)
        for number, (item, call) in enumerate(zip(self.items, self.calls, strict=True), self.first):
            if isinstance(call, ChargeOverError):
                outcome: Value | ChargeOverError = call
            else:
                outcome = outcomes if isinstance(outcomes, ChargeOverError) else next(answered)
            if isinstance(outcome, ChargeOverError):
                yield BulkResult(number, item, None, outcome)
            else:
                yield BulkResult(number, item, outcome, None)


class Batches(Generic[Item, Value]):
    """Gathers items into batches of as many as a bulk request can carry.

    Args:
        call_of: turns an item into its call; a ChargeOverError that it raises becomes the item's result.
    """

    def __init__(self, call_of: Callable[[Item], Call[Value]]) -> None:
        self._call_of = call_of
        self._batch: Batch[Item, Value] = Batch(0)

    def add(self, item: Item) -> Batch[Item, Value] | None:
        """Add an item; returns the batch once it is full.

        Raises:
            Exception: what reading the item raised, unless it is a ChargeOverError. The item was not added.
        """
        try:
            call: Call[Value] | ChargeOverError = self._call_of(item)
        except ChargeOverError as error:
            call = error
        self._batch.items.append(item)
        self._batch.calls.append(call)
        return self.rest() if len(self._batch.items) == MOST_BULK_REQUESTS else None

    def rest(self) -> Batch[Item, Value] | None:
        """The last batch, which is not full, or None if it is empty."""
        batch = self._batch
        self._batch = Batch(batch.first + len(batch.items))
        return batch if batch.items else None


def _bulk_call(calls: Sequence[Call[Value]]) -> Call[list[Value | ChargeOverError]]:
    def read(envelope: Envelope) -> list[Value | ChargeOverError]:
        response: object = envelope.response
        parts: object = cast("dict[str, Any]", response).get("_bulk") if isinstance(response, dict) else response
        if not isinstance(parts, list) or len(cast("list[object]", parts)) != len(calls):
            raise envelope.invalid(f"it does not have one response for each of the {len(calls)} requests")
        sent, _ = envelope.exchange()
        base_url = sent.url.removesuffix(request.path)
        return [
            _outcome(call, one, base_url, envelope.zone)
            for call, one in zip(calls, cast("list[object]", parts), strict=True)
        ]

    request = requests.bulk([_part(call.request) for call in calls])
    # Repeatable if each of its calls is.
    return Call(request, read, may_be_doubled=all(call.repeat is Repeat.ALWAYS and not call.recover for call in calls))


def _instead(call: Call[Value], error: ChargeOverError) -> Call[Value] | ChargeOverError | None:
    try:
        return call.instead(error) if call.instead else None
    except ChargeOverError as found:
        return found


def _part(request: WireRequest) -> dict[str, Any]:
    part = {"request_method": request.method, "uri": request.path}
    return part if request.body is None else {**part, "payload": request.body}


def _outcome(call: Call[Value], content: object, base_url: str, zone: tzinfo | None) -> Value | ChargeOverError:
    """The result of one request, or its error: decided by the ``status`` of its part, as for a whole envelope.

    Without one, its ``code`` decides: it has no HTTP status of its own.
    """
    members: Mapping[str, Any] = cast("dict[str, Any]", content) if is_envelope(content) else {}
    exchange = partial(_exchange_of, call.request, content, base_url, members)
    envelope = Envelope(members, "", exchange, zone)
    if not members:
        return envelope.invalid("its part of the bulk response cannot be read")
    if is_refusal(members) or (members.get("status") is None and not 200 <= _status(members) <= 299):
        return error_class(_status(members))(*exchange())
    try:
        return call.read(envelope)
    except ChargeOverError as error:
        return error


def _status(members: Mapping[str, Any]) -> int:
    code = as_count(members.get("code"))
    return 200 if code is None else code


def _exchange_of(
    request: WireRequest, content: object, base_url: str, members: Mapping[str, Any]
) -> tuple[SentRequest, ReceivedResponse]:
    """One request of a bulk request and its part of the response, as if they had travelled alone."""
    body = b"" if request.body is None else json.dumps(request.body).encode()
    received = ReceivedResponse(_status(members), {}, json.dumps(content, default=str).encode())
    return SentRequest(request.method, base_url + request.path, {}, body), received
