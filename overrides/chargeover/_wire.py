"""The seam: the one place where generated code is imported and called.

What comes out of here is plain: request arguments as data, field types, field rules. The generated ``UNSET``, unions
and response parsing stay behind it. Of the generated modules only the request builders are used. Their parsers raise
on answers that the API really gives (null for an object, a missing key), so ``_answers`` reads answers itself.
"""

# pyright: reportPrivateUsage=false
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from chargeover_api.api.customers import create_customer as _create_customer
from chargeover_api.api.customers import get_customer as _get_customer
from chargeover_api.api.customers import update_customer as _update_customer
from chargeover_api.fields import (
    CUSTOMER,
    CUSTOMER_CREATE,
    CUSTOMER_CREATE_REQUIRED,
    CUSTOMER_UPDATE,
    PATH_PARAMETERS,
    CustomerAttributes,
    CustomerCreateFields,
    CustomerUpdateFields,
    Field,
)
from chargeover_api.models import DeliveryMethod

if TYPE_CHECKING:
    from chargeover_api.models import CustomerCreate, CustomerFields

__all__ = [
    "CUSTOMER",
    "CUSTOMER_CREATE",
    "CUSTOMER_CREATE_REQUIRED",
    "CUSTOMER_UPDATE",
    "PATH_PARAMETERS",
    "CustomerAttributes",
    "CustomerCreateFields",
    "CustomerUpdateFields",
    "DeliveryMethod",
    "Field",
    "WireRequest",
    "create_customer",
    "get_customer",
    "update_customer",
]


class WireRequest(NamedTuple):
    """A request of the API, as data."""

    method: str
    path: str
    body: dict[str, Any] | None


class _CheckedBody:
    """A body that was checked, in the form that the generated code asks for.

    Its attrs classes would take the 56 fields apart and put them together again.
    """

    def __init__(self, body: dict[str, Any]) -> None:
        self._body = body

    def to_dict(self) -> dict[str, Any]:
        return self._body


def create_customer(body: dict[str, Any]) -> WireRequest:
    """The request of create_customer, for a body that was checked."""
    return _request(_create_customer._get_kwargs(body=cast("CustomerCreate", _CheckedBody(body))))


def get_customer(customer_id: int) -> WireRequest:
    """The request of get_customer."""
    return _request(_get_customer._get_kwargs(customer_id))


def update_customer(customer_id: int, body: dict[str, Any]) -> WireRequest:
    """The request of update_customer, for a body that was checked."""
    return _request(_update_customer._get_kwargs(customer_id, body=cast("CustomerFields", _CheckedBody(body))))


def _request(arguments: Mapping[str, Any]) -> WireRequest:
    return WireRequest(arguments["method"].upper(), arguments["url"], arguments.get("json"))
