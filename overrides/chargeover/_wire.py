"""The seam: the one place where generated code is imported and called.

What comes out of here is plain: request arguments as data, field types, field rules. The generated ``UNSET``, unions
and response parsing stay behind it. Of the generated modules only the request builders are used. Their parsers raise
on answers that the API really gives (null for an object, a missing key), so ``_answers`` reads answers itself.
"""

# pyright: reportPrivateUsage=false
from collections.abc import Mapping
from typing import Any, NotRequired, TypedDict, cast

from chargeover_api.api.customers import create_customer as _create_customer
from chargeover_api.api.customers import get_customer as _get_customer
from chargeover_api.api.customers import update_customer as _update_customer
from chargeover_api.fields import (
    CUSTOMER,
    CUSTOMER_CREATE,
    CUSTOMER_UPDATE,
    CustomerAttributes,
    CustomerCreateFields,
    CustomerUpdateFields,
    Field,
)
from chargeover_api.models import CustomerCreate as _CustomerCreate
from chargeover_api.models import CustomerFields as _CustomerFields
from chargeover_api.models import DeliveryMethod

__all__ = [
    "CUSTOMER",
    "CUSTOMER_CREATE",
    "CUSTOMER_UPDATE",
    "CustomerAttributes",
    "CustomerCreateFields",
    "CustomerUpdateFields",
    "DeliveryMethod",
    "Field",
    "RequestArguments",
    "create_customer",
    "get_customer",
    "update_customer",
]


class RequestArguments(TypedDict):
    """What the HTTP library's ``request`` is called with."""

    method: str
    url: str
    json: NotRequired[dict[str, Any]]
    headers: NotRequired[dict[str, str]]


def create_customer(body: Mapping[str, Any]) -> RequestArguments:
    """The request of create_customer, for a body that was checked."""
    return cast("RequestArguments", _create_customer._get_kwargs(body=_CustomerCreate.from_dict(body)))


def get_customer(customer_id: int) -> RequestArguments:
    """The request of get_customer."""
    return cast("RequestArguments", _get_customer._get_kwargs(customer_id))


def update_customer(customer_id: int, body: Mapping[str, Any]) -> RequestArguments:
    """The request of update_customer, for a body that was checked."""
    arguments = _update_customer._get_kwargs(customer_id, body=_CustomerFields.from_dict(body))
    return cast("RequestArguments", arguments)
