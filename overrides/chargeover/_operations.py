"""Each operation once, without I/O: what to send and how to read the answer. Sync and async send the same calls."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, cast

from . import _wire as wire  # pyright: ignore[reportPrivateUsage]
from ._answers import Envelope, as_count, as_id, identified
from ._customer import Customer
from ._fields import checked_creation, checked_parameter, checked_update

Result_co = TypeVar("Result_co", covariant=True)


@dataclass(slots=True)
class Call(Generic[Result_co]):
    """One call of one operation.

    Attributes:
        request: what to send.
        read: turns the answer into the result, or raises a ChargeOverError.
    """

    request: wire.WireRequest
    read: Callable[[Envelope], Result_co]


def create_customer(fields: Mapping[str, object]) -> Call[int]:
    """Create a customer; the result is its ID."""

    def read(answer: Envelope) -> int:
        customer_id = identified(answer) or as_id(answer.location.rstrip("/").rpartition("/")[2])
        if customer_id is None:
            raise answer.invalid("there is no ID of a customer in it")
        return customer_id

    body = checked_creation(wire.CUSTOMER_CREATE, wire.CUSTOMER_CREATE_REQUIRED, fields)
    return Call(wire.create_customer(body), read)


def get_customer(customer_id: int) -> Call[Customer]:
    """Read a customer."""
    return Call(wire.get_customer(checked_parameter("customer_id", customer_id)), _customer)


def get_customer_by_external_key(external_key: str) -> Call[Customer]:
    """Read a customer by its external key."""
    key = checked_parameter("external_key", external_key)
    return Call(wire.get_customer_by_external_key(key), _customer)


def get_customer_by_token(token: str) -> Call[Customer]:
    """Read a customer by its token."""
    return Call(wire.get_customer_by_token(checked_parameter("token", token)), _customer)


def list_customers(where: str | None, order: str | None, limit: int, offset: int) -> Call[list[Customer]]:
    """Read one page of customers."""
    limit = checked_parameter("limit", limit)
    offset = checked_parameter("offset", offset)

    def read(answer: Envelope) -> list[Customer]:
        found: object = answer.response
        # Null where a list was documented is an empty one; anything else is not a page.
        found = [] if found is None else found
        if not isinstance(found, list) or not all(isinstance(one, dict) for one in cast("list[object]", found)):
            raise answer.invalid("its response is no list of customers")
        return [Customer(one) for one in cast("list[dict[str, Any]]", found)]

    return Call(wire.list_customers(where, order, limit, offset), read)


def count_customers(where: str | None) -> Call[int]:
    """Count customers."""

    def read(answer: Envelope) -> int:
        number = as_count(answer.response)
        if number is None:
            raise answer.invalid("its response is no number")
        return number

    return Call(wire.count_customers(where), read)


def update_customer(customer_id: int, fields: Mapping[str, object]) -> Call[int]:
    """Change a customer; the result is its ID."""
    customer_id = checked_parameter("customer_id", customer_id)
    body = checked_update(wire.CUSTOMER_UPDATE, fields)
    # The update was done, whatever the answer looks like: without an ID in it, the one that was asked for.
    return Call(wire.update_customer(customer_id, body), lambda answer: identified(answer) or customer_id)


def update_customer_by_external_key(external_key: str, fields: Mapping[str, object]) -> Call[int | None]:
    """Change a customer; the result is its ID, or None if the answer does not say it."""
    key = checked_parameter("external_key", external_key)
    body = checked_update(wire.CUSTOMER_UPDATE, fields)
    return Call(wire.update_customer_by_external_key(key, body), identified)


def delete_customer(customer_id: int) -> Call[None]:
    """Delete a customer."""
    return Call(wire.delete_customer(checked_parameter("customer_id", customer_id)), _nothing)


def delete_customer_by_external_key(external_key: str) -> Call[None]:
    """Delete a customer by its external key."""
    return Call(wire.delete_customer_by_external_key(checked_parameter("external_key", external_key)), _nothing)


def disconnect_parent(customer_id: int) -> Call[None]:
    """Disconnect a customer from its parent."""
    return Call(wire.disconnect_parent(checked_parameter("customer_id", customer_id)), _nothing)


def _customer(answer: Envelope) -> Customer:
    found: object = answer.response
    if not isinstance(found, dict):
        raise answer.invalid("its response is no customer")
    return Customer(cast("dict[str, Any]", found))


def _nothing(answer: Envelope) -> None:
    """The envelope said yes, and there is nothing more to read."""
