"""Each operation once, without I/O: what to send and how to read the answer. Sync and async send the same calls."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic, TypeVar, cast

from . import _wire as wire  # pyright: ignore[reportPrivateUsage]
from ._answers import Envelope, as_count, as_id, identified
from ._customer import Customer
from ._errors import BadRequestError, ChargeOverError, InvalidFieldError, NotFoundError
from ._fields import checked_creation, checked_parameter, checked_update
from ._retries import Repeat

Result_co = TypeVar("Result_co", covariant=True)


@dataclass(slots=True)
class Call(Generic[Result_co]):
    """One call of one operation.

    Attributes:
        request: what to send.
        read: turns the answer into the result, or raises a ChargeOverError.
        may_be_doubled: whether a POST, carried out twice, does what it does once. Any other method does.
        recover: after an attempt that may have been carried out although it failed, and another one that failed with
            this error: what the first one led to, or how to find out; None if the error says all.
    """

    request: wire.WireRequest
    read: Callable[[Envelope], Result_co]
    may_be_doubled: bool = False
    recover: "Callable[[ChargeOverError], Known[Result_co] | Call[Result_co] | None] | None" = None

    @property
    def repeat(self) -> Repeat:
        """Whether it may be sent again when nobody knows whether it was carried out."""
        return Repeat.ALWAYS if self.may_be_doubled or self.request.method != "POST" else Repeat.UNLESS_PROCESSED


@dataclass(slots=True)
class Known(Generic[Result_co]):
    """A result that is known without asking."""

    result: Result_co


def create_customer(fields: Mapping[str, object]) -> Call[int]:
    """Create a customer; the result is its ID."""
    body = checked_creation(wire.CUSTOMER_CREATE, wire.CUSTOMER_CREATE_REQUIRED, fields)
    # A key is unique, so a second creation with it is refused: nothing can be created twice.
    if body.get("external_key"):
        return Call(wire.create_customer(body), _new_id, may_be_doubled=True, recover=partial(_look_for, body))
    return Call(wire.create_customer(body), _new_id)


def get_customer(customer: int | Customer) -> Call[Customer]:
    """Read a customer."""
    customer_id = _id_of(customer)
    return Call(wire.get_customer(customer_id), partial(_customer_with, customer_id))


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
    return Call(wire.list_customers(where, order, limit, offset), _customers)


def count_customers(where: str | None) -> Call[int]:
    """Count customers."""
    return Call(wire.count_customers(where), _number)


def update_customer(customer: int | Customer, fields: Mapping[str, object]) -> Call[int]:
    """Change a customer; the result is its ID."""
    customer_id = _id_of(customer)
    body = checked_update(wire.CUSTOMER_UPDATE, fields)
    return Call(wire.update_customer(customer_id, body), partial(_changed_id, customer_id))


def update_customer_by_external_key(external_key: str, fields: Mapping[str, object]) -> Call[int | None]:
    """Change a customer; the result is its ID, or None if the answer does not say it."""
    key = checked_parameter("external_key", external_key)
    body = checked_update(wire.CUSTOMER_UPDATE, fields)
    return Call(wire.update_customer_by_external_key(key, body), identified)


def delete_customer(customer: int | Customer) -> Call[None]:
    """Delete a customer."""
    return Call(wire.delete_customer(_id_of(customer)), _nothing, recover=_is_gone)


def delete_customer_by_external_key(external_key: str) -> Call[None]:
    """Delete a customer by its external key."""
    key = checked_parameter("external_key", external_key)
    return Call(wire.delete_customer_by_external_key(key), _nothing, recover=_is_gone)


def disconnect_parent(customer: int | Customer) -> Call[None]:
    """Disconnect a customer from its parent."""
    return Call(wire.disconnect_parent(_id_of(customer)), _nothing)


def _id_of(customer: int | Customer) -> int:
    if not isinstance(customer, Customer):
        return checked_parameter("customer_id", customer)
    customer_id = as_id(customer.raw.get("customer_id"))
    if customer_id is None:
        raise InvalidFieldError("This customer came without an ID, so it cannot be named by it.", "customer_id")
    return customer_id


# Functions of this module, and not of the calls: a bulk request, which is part of a BulkError, is then pickled with it.
def _new_id(answer: Envelope) -> int:
    customer_id = identified(answer) or as_id(answer.location.rstrip("/").rpartition("/")[2])
    if customer_id is None:
        raise answer.invalid("there is no ID of a customer in it")
    return customer_id


def _look_for(body: Mapping[str, Any], error: ChargeOverError) -> Call[int] | None:
    """How to find out whether a creation was carried out that was refused at a later attempt."""
    if not isinstance(error, BadRequestError):
        return None
    return Call(wire.get_customer_by_external_key(body["external_key"]), partial(_recognised_id, body, error))


def _recognised_id(body: Mapping[str, Any], error: ChargeOverError, answer: Envelope) -> int:
    found = _customer(answer)
    customer_id = as_id(found.raw.get("customer_id"))
    # The customer of an earlier attempt has what was sent; one that merely has the same key does not.
    if customer_id is None or any(getattr(found, name) != value for name, value in body.items()):
        raise error
    return customer_id


def _changed_id(asked: int, answer: Envelope) -> int:
    # The update was done, whatever the answer looks like: without an ID in it, the one that was asked for.
    _check_id(identified(answer), asked, answer)
    return asked


def _customer_with(asked: int, answer: Envelope) -> Customer:
    found = _customer(answer)
    _check_id(as_id(found.raw.get("customer_id")), asked, answer)
    return found


def _check_id(answered: int | None, asked: int, answer: Envelope) -> None:
    """Refuse an answer about another customer, such as one that was left over on the connection, or in a cache."""
    if answered is not None and answered != asked:
        raise answer.invalid(f"it is about customer {answered}, not {asked}")


def _customers(answer: Envelope) -> list[Customer]:
    found: object = answer.response
    # An array with gaps comes as an object whose names are numbers; an empty one may come as null.
    if isinstance(found, dict):
        found = [*cast("dict[str, object]", found).values()]
    if found is not None and not isinstance(found, list):
        raise answer.invalid("its response is no list of customers")
    return [_as_customer(one, answer) for one in cast("list[object]", found or [])]


def _number(answer: Envelope) -> int:
    number = as_count(answer.response)
    if number is None:
        raise answer.invalid("its response is no number")
    return number


def _customer(answer: Envelope) -> Customer:
    return _as_customer(answer.response, answer)


def _as_customer(found: object, answer: Envelope) -> Customer:
    """A customer. An object without members may come as null or as an empty array (client)."""
    if found is None or found == []:
        return Customer({})
    if not isinstance(found, dict):
        raise answer.invalid("its response is no customer")
    return Customer(cast("dict[str, Any]", found))


def _is_gone(error: ChargeOverError) -> Known[None] | None:
    """Not found, after a deletion that may have been carried out: it was."""
    return Known(None) if isinstance(error, NotFoundError) else None


def _nothing(answer: Envelope) -> None:
    """The envelope said yes, and there is nothing more to read."""
