"""Each operation once, without I/O: what to send and how to read the answer. Sync and async send the same calls."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar, cast

import httpx2

from . import _wire as wire  # pyright: ignore[reportPrivateUsage]
from ._answers import as_id, identified, read_envelope
from ._customer import Customer
from ._errors import InvalidResponseError
from ._fields import checked_creation, checked_id, checked_update

Result_co = TypeVar("Result_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Call(Generic[Result_co]):
    """One call of one operation.

    Attributes:
        request: what to send.
        read: turns the answer into the result, or raises a ChargeOverError.
    """

    request: wire.WireRequest
    read: Callable[[httpx2.Response], Result_co]


def create_customer(fields: Mapping[str, object]) -> Call[int]:
    """Create a customer; the result is its ID."""
    body = checked_creation(wire.CUSTOMER_CREATE, wire.CUSTOMER_CREATE_REQUIRED, fields)

    def read(response: httpx2.Response) -> int:
        location = response.headers.get("location", "")
        customer_id = identified(read_envelope(response)) or as_id(location.rstrip("/").rpartition("/")[2])
        if customer_id is None:
            raise InvalidResponseError.from_response(response)
        return customer_id

    return Call(wire.create_customer(body), read)


def get_customer(customer_id: int) -> Call[Customer]:
    """Read a customer."""

    def read(response: httpx2.Response) -> Customer:
        found: object = read_envelope(response).get("response")
        if not isinstance(found, dict):
            raise InvalidResponseError.from_response(response)
        return Customer(cast("dict[str, object]", found))

    return Call(wire.get_customer(checked_id("customer_id", customer_id)), read)


def update_customer(customer_id: int, fields: Mapping[str, object]) -> Call[int]:
    """Change a customer; the result is its ID."""
    customer_id = checked_id("customer_id", customer_id)
    body = checked_update(wire.CUSTOMER_UPDATE, fields)

    def read(response: httpx2.Response) -> int:
        # The update was done, whatever the answer looks like: without an ID in it, the one that was asked for.
        return identified(read_envelope(response)) or customer_id

    return Call(wire.update_customer(customer_id, body), read)
