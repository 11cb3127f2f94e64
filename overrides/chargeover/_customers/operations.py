"""Each operation on customers once, without I/O: its request, and how its response is read.

Sync and async methods, and the bulk requests at the end, are made of the same calls.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Generic, TypeVar, Unpack, cast, overload

from chargeover import _wire as wire  # pyright: ignore[reportPrivateUsage]
from chargeover._calls.call import Call, KnownResult
from chargeover._calls.conditions import Order, Where, order_text, where_text
from chargeover._calls.envelopes import Envelope, as_count, as_id, identified, listed
from chargeover._calls.fields import (
    NO_FIELDS,
    BodyRules,
    checked_creation,
    checked_parameter,
    checked_update,
    given_fields,
)
from chargeover._errors import BadRequestError, ChargeOverError, InvalidFieldError, NotFoundError
from chargeover._text import half_surrogate
from chargeover._wire import BulkMethod, CustomerCreateFields, CustomerUpdateFields, WireRequest, requests

from .customer import Customer, customer_of, differs

Value_co = TypeVar("Value_co", covariant=True)

_READ_ONLY = (wire.CUSTOMER, "It is returned, and cannot be sent.")
CREATION = BodyRules("create", wire.CUSTOMER_CREATE, wire.CUSTOMER_CREATE_REQUIRED, (_READ_ONLY,))
UPDATE = BodyRules(
    "update", wire.CUSTOMER_UPDATE, (), ((wire.CUSTOMER_CREATE, "It can only be given to create()."), _READ_ONLY)
)


def create_customer(fields: Mapping[str, object]) -> Call[int]:
    """Create a customer; the result is its ID."""
    return creation(checked_creation(CREATION, fields))


def creation(body: dict[str, Any]) -> Call[int]:
    """Create a customer with fields that were checked."""
    # A key is unique: a second creation with it is refused, so nothing is created twice.
    if body.get("external_key"):
        return Call(requests.create_customer(body), _new_id, may_be_doubled=True, recover=partial(_look_for, body))
    return Call(requests.create_customer(body), _new_id)


def get_customer(customer: int | Customer) -> Call[Customer]:
    """Read a customer."""
    customer_id = _id_of(customer)
    return Call(requests.get_customer(customer_id), partial(_customer_with, customer_id))


def get_customer_by_external_key(external_key: str) -> Call[Customer]:
    """Read a customer by its external key."""
    key = checked_parameter("external_key", external_key)
    return Call(requests.get_customer_by_external_key(key), _customer)


def get_customer_by_token(token: str) -> Call[Customer]:
    """Read a customer by its token."""
    return Call(requests.get_customer_by_token(checked_parameter("token", token)), _customer)


def list_customers(where: str | None, order: str | None, limit: int, offset: int) -> Call[list[Customer]]:
    """Read one page of customers."""
    limit = checked_parameter("limit", limit)
    offset = checked_parameter("offset", offset)
    return Call(requests.list_customers(where, order, limit, offset), _customers)


def count_customers(where: str | None) -> Call[int]:
    """Count customers."""
    return Call(requests.count_customers(where), _number)


def update_customer(customer: int | Customer, fields: Mapping[str, object]) -> Call[int]:
    """Change a customer; the result is its ID."""
    customer_id = _id_of(customer)
    body = checked_update(UPDATE, fields)
    return Call(requests.update_customer(customer_id, body), partial(_changed_id, customer_id))


def update_customer_by_external_key(external_key: str, fields: Mapping[str, object]) -> Call[int | None]:
    """Change a customer; the result is its ID, or None if the response lacks it."""
    key = checked_parameter("external_key", external_key)
    body = checked_update(UPDATE, fields)
    return Call(requests.update_customer_by_external_key(key, body), identified)


def delete_customer(customer: int | Customer) -> Call[None]:
    """Delete a customer."""
    return Call(requests.delete_customer(_id_of(customer)), _nothing, recover=_is_gone)


def delete_customer_by_external_key(external_key: str) -> Call[None]:
    """Delete a customer by its external key."""
    key = checked_parameter("external_key", external_key)
    return Call(requests.delete_customer_by_external_key(key), _nothing, recover=_is_gone)


def disconnect_parent(customer: int | Customer) -> Call[None]:
    """Disconnect a customer from its parent."""
    return Call(requests.disconnect_parent(_id_of(customer)), _nothing)


def _id_of(customer: int | Customer) -> int:
    if not isinstance(customer, Customer):
        return checked_parameter("customer_id", customer)
    customer_id = as_id(customer.raw.get("customer_id"))
    if customer_id is None:
        raise InvalidFieldError("This customer came without an ID, so no request can name it.", "customer_id")
    return customer_id


# Functions of the module, and not of the calls, so that a bulk request can be pickled as a part of a BulkError.
def _new_id(envelope: Envelope) -> int:
    customer_id = identified(envelope) or as_id(envelope.location.rstrip("/").rpartition("/")[2])
    if customer_id is None:
        raise envelope.invalid("it has no customer ID")
    return customer_id


def _look_for(body: Mapping[str, Any], error: ChargeOverError) -> Call[int] | None:
    """The call that finds out whether a creation, refused at a retry, was carried out by an earlier attempt."""
    if not isinstance(error, BadRequestError):
        return None
    return Call(requests.get_customer_by_external_key(body["external_key"]), partial(_recognised_id, body, error))


def _recognised_id(body: Mapping[str, Any], error: ChargeOverError, envelope: Envelope) -> int:
    found = _customer(envelope)
    customer_id = as_id(found.raw.get("customer_id"))
    # The customer of an earlier attempt has the fields that were sent; another one with the same key does not.
    if customer_id is None or any(differs(found, name, value) for name, value in body.items()):
        raise error
    return customer_id


def _changed_id(asked: int, envelope: Envelope) -> int:
    # The update was carried out, whatever the response looks like: without an ID in it, this is the one.
    _check_id(identified(envelope), asked, envelope)
    return asked


def _customer_with(asked: int, envelope: Envelope) -> Customer:
    found = _customer(envelope)
    _check_id(as_id(found.raw.get("customer_id")), asked, envelope)
    return found


def _check_id(returned: int | None, asked: int, envelope: Envelope) -> None:
    """Refuse a response about another customer, such as one left over on the connection or in a cache."""
    if returned is not None and returned != asked:
        raise envelope.invalid(f"it is about customer {returned}, not {asked}")


def _customers(envelope: Envelope) -> list[Customer]:
    found = listed(envelope)
    if found is None:
        raise envelope.invalid("its response is not a list of customers")
    return [_as_customer(one, envelope) for one in found]


def _number(envelope: Envelope) -> int:
    number = as_count(envelope.response)
    if number is None:
        raise envelope.invalid("its response is not a number")
    return number


def _customer(envelope: Envelope) -> Customer:
    return _as_customer(envelope.response, envelope)


def _as_customer(found: object, envelope: Envelope) -> Customer:
    """A customer. An object without members may come as null or as an empty array (client)."""
    if isinstance(found, dict):
        return customer_of(cast("dict[str, Any]", found), envelope.zone)
    if found is None or found == []:
        return Customer({}, envelope.zone)
    raise envelope.invalid("its response is not a customer")


def _is_gone(error: ChargeOverError) -> KnownResult[None] | None:
    """Not found at a retry of a deletion: an earlier attempt carried it out."""
    return KnownResult(None) if isinstance(error, NotFoundError) else None


def _nothing(envelope: Envelope) -> None:
    """A successful envelope has nothing more to read."""


@dataclass(frozen=True, slots=True)
class BulkRequest(Generic[Value_co]):
    """One request for ``client.bulk(...)``, made by one of the methods below. Making one sends nothing.

    The methods take the arguments of those of ``client.customers``, raise the same errors for invalid ones, and lead to
    the same results. Deletions cannot be part of a bulk request (docs).

    Attributes:
        call: its request, and how its response is read; for the client itself.
    """

    call: Call[Value_co] = field(repr=False)

    @property
    def method(self) -> str:
        """The HTTP method: GET, POST or PUT."""
        return self.call.request.method

    @property
    def uri(self) -> str:
        """The path, including any query."""
        return self.call.request.path

    @property
    def payload(self) -> Any:
        """The JSON body, or None without one."""
        return self.call.request.body

    def __repr__(self) -> str:
        return f"BulkRequest({self.method} {self.uri})"

    @overload
    @staticmethod
    def create_customer(**others: Unpack[CustomerCreateFields]) -> "BulkRequest[int]": ...
    @overload
    @staticmethod
    def create_customer(fields: CustomerCreateFields, **others: Unpack[CustomerUpdateFields]) -> "BulkRequest[int]": ...
    @staticmethod
    def create_customer(fields: CustomerCreateFields | None = None, **others: Any) -> "BulkRequest[int]":
        """Create a customer; its value is the new ID."""
        return BulkRequest(create_customer(given_fields(fields, others)))

    @staticmethod
    def get_customer(customer_id: int | Customer) -> "BulkRequest[Customer]":
        """Read a customer."""
        return BulkRequest(get_customer(customer_id))

    @staticmethod
    def get_customer_by_external_key(external_key: str) -> "BulkRequest[Customer]":
        """Read a customer by its external key."""
        return BulkRequest(get_customer_by_external_key(external_key))

    @staticmethod
    def list_customers(
        *, where: Where | None = None, order: str | Order | None = None, limit: int = 10, offset: int = 0
    ) -> "BulkRequest[list[Customer]]":
        """Read one page of customers, 1 to 500 of them."""
        return BulkRequest(list_customers(where_text(where), order_text(order), limit, offset))

    @staticmethod
    def count_customers(*, where: Where | None = None) -> "BulkRequest[int]":
        """Count customers."""
        return BulkRequest(count_customers(where_text(where)))

    @staticmethod
    def update_customer(
        customer_id: int | Customer,
        fields: CustomerUpdateFields = NO_FIELDS,
        **others: Unpack[CustomerUpdateFields],
    ) -> "BulkRequest[int]":
        """Change a customer; its value is the ID."""
        return BulkRequest(update_customer(customer_id, given_fields(fields, others)))

    @staticmethod
    def update_customer_by_external_key(
        customer_key: str, /, fields: CustomerUpdateFields = NO_FIELDS, **others: Unpack[CustomerUpdateFields]
    ) -> "BulkRequest[int | None]":
        """Change a customer by its external key; its value is the ID, or None if the response lacks it."""
        return BulkRequest(update_customer_by_external_key(customer_key, given_fields(fields, others)))

    @staticmethod
    def disconnect_parent(customer_id: int | Customer) -> "BulkRequest[None]":
        """Disconnect a customer from its parent."""
        return BulkRequest(disconnect_parent(customer_id))

    @staticmethod
    def request(method: str, uri: str, payload: Any = None) -> "BulkRequest[Any]":
        """Any other request; its value is the ``response`` of its envelope, as it came.

        Args:
            method: GET, POST or PUT.
            uri: the path from ``/api/v3`` on, including any query.
            payload: the JSON body; None for a request without one.

        Raises:
            InvalidFieldError: an argument that a bulk request cannot carry.
        """
        if method not in set(BulkMethod):
            raise InvalidFieldError(f"method must be {', '.join(BulkMethod)}, not {method!r}.", "method")
        if not uri.startswith("/") or half_surrogate(uri) is not None:
            raise InvalidFieldError(f"uri must be a path such as '/api/v3/customer/2', not {uri!r}.", "uri")
        try:
            json.dumps(payload, ensure_ascii=False, allow_nan=False).encode()
        except (TypeError, ValueError, RecursionError) as error:
            raise InvalidFieldError(f"payload is not valid JSON: {error}.", "payload") from None
        return BulkRequest(Call(WireRequest(method, uri, payload), _response))


def _response(envelope: Envelope) -> Any:
    return envelope.response
