"""The seam: the one place where generated code is imported and called.

What comes out of here is plain: request arguments as data, field types, field rules. The generated ``UNSET``, unions
and response parsing stay behind it. Of the generated modules only the request builders are used. Their parsers raise
on answers that the API really gives (null for an object, a missing key), so ``_answers`` reads answers itself.
"""

# pyright: reportPrivateUsage=false
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, cast
from urllib.parse import quote, urlencode

from chargeover_api.api.bulk import bulk as _bulk
from chargeover_api.api.customers import count_customers as _count_customers
from chargeover_api.api.customers import create_customer as _create_customer
from chargeover_api.api.customers import delete_customer as _delete_customer
from chargeover_api.api.customers import delete_customer_by_external_key as _delete_customer_by_external_key
from chargeover_api.api.customers import disconnect_parent as _disconnect_parent
from chargeover_api.api.customers import get_customer as _get_customer
from chargeover_api.api.customers import get_customer_by_external_key as _get_customer_by_external_key
from chargeover_api.api.customers import get_customer_by_token as _get_customer_by_token
from chargeover_api.api.customers import list_customers as _list_customers
from chargeover_api.api.customers import update_customer as _update_customer
from chargeover_api.api.customers import update_customer_by_external_key as _update_customer_by_external_key
from chargeover_api.fields import (
    CUSTOMER,
    CUSTOMER_CREATE,
    CUSTOMER_CREATE_REQUIRED,
    CUSTOMER_UPDATE,
    MOST_BULK_REQUESTS,
    PARAMETERS,
    CustomerAttributes,
    CustomerCreateFields,
    CustomerQuery,
    CustomerUpdateFields,
    Rule,
)
from chargeover_api.models import BulkMethod, DeliveryMethod
from chargeover_api.models.no_fields import NoFields
from chargeover_api.types import UNSET

if TYPE_CHECKING:
    from chargeover_api.models import BulkRequest, CustomerCreate, CustomerFields

__all__ = [
    "CHOICES",
    "CUSTOMER",
    "CUSTOMER_CREATE",
    "CUSTOMER_CREATE_REQUIRED",
    "CUSTOMER_UPDATE",
    "KEYS",
    "MOST_BULK_REQUESTS",
    "PARAMETERS",
    "BulkMethod",
    "CustomerAttributes",
    "CustomerCreateFields",
    "CustomerQuery",
    "CustomerUpdateFields",
    "DeliveryMethod",
    "Rule",
    "WireRequest",
    "bulk",
    "count_customers",
    "create_customer",
    "delete_customer",
    "delete_customer_by_external_key",
    "disconnect_parent",
    "get_customer",
    "get_customer_by_external_key",
    "get_customer_by_token",
    "list_customers",
    "update_customer",
    "update_customer_by_external_key",
]


CHOICES: Mapping[str, frozenset[str]] = {
    name: frozenset(rule.choices) for name, rule in CUSTOMER_UPDATE.items() if rule.choices
}
"""The texts of enumerated fields, by the name of the field."""
KEYS = tuple(name for name, rule in PARAMETERS.items() if rule.types == ("string",))
"""Texts that can stand for an ID in a path: ``external_key:abc``."""


class WireRequest(NamedTuple):
    """A request of the API, as data.

    Attributes:
        method: in capitals.
        path: the path, with the query if there is one.
        body: the JSON body, or None if there is none.
    """

    method: str
    path: str
    body: Any


class _CheckedBody:
    """A body that was checked, in the form that the generated code asks for.

    Its attrs classes would take the 56 fields apart and put them together again.
    """

    def __init__(self, body: dict[str, Any]) -> None:
        self._body = body

    def to_dict(self) -> dict[str, Any]:
        return self._body


def bulk(requests: Sequence[WireRequest]) -> WireRequest:
    """The request of bulk: several requests in one."""
    return _request(_bulk._get_kwargs(body=[cast("BulkRequest", _CheckedBody(_part(one))) for one in requests]))


def _part(request: WireRequest) -> dict[str, Any]:
    part = {"request_method": request.method, "uri": request.path}
    return part if request.body is None else {**part, "payload": request.body}


def count_customers(where: str | None) -> WireRequest:
    """The request of count_customers."""
    return _request(_count_customers._get_kwargs(where=UNSET if where is None else where))


def create_customer(body: dict[str, Any]) -> WireRequest:
    """The request of create_customer, for a body that was checked."""
    return _request(_create_customer._get_kwargs(body=cast("CustomerCreate", _CheckedBody(body))))


def delete_customer(customer_id: int) -> WireRequest:
    """The request of delete_customer."""
    return _request(_delete_customer._get_kwargs(customer_id))


def delete_customer_by_external_key(external_key: str) -> WireRequest:
    """The request of delete_customer_by_external_key."""
    return _request(_delete_customer_by_external_key._get_kwargs(external_key))


def disconnect_parent(customer_id: int) -> WireRequest:
    """The request of disconnect_parent."""
    return _request(_disconnect_parent._get_kwargs(customer_id, body=NoFields()))


def get_customer(customer_id: int) -> WireRequest:
    """The request of get_customer."""
    return _request(_get_customer._get_kwargs(customer_id))


def get_customer_by_external_key(external_key: str) -> WireRequest:
    """The request of get_customer_by_external_key."""
    return _request(_get_customer_by_external_key._get_kwargs(external_key))


def get_customer_by_token(token: str) -> WireRequest:
    """The request of get_customer_by_token."""
    return _request(_get_customer_by_token._get_kwargs(token))


def list_customers(where: str | None, order: str | None, limit: int, offset: int) -> WireRequest:
    """The request of list_customers. What is the API's default is not sent."""
    arguments = _list_customers._get_kwargs(
        where=UNSET if where is None else where,
        order=UNSET if order is None else order,
        limit=limit,
        offset=offset or UNSET,
    )
    return _request(arguments)


def update_customer(customer_id: int, body: dict[str, Any]) -> WireRequest:
    """The request of update_customer, for a body that was checked."""
    return _request(_update_customer._get_kwargs(customer_id, body=cast("CustomerFields", _CheckedBody(body))))


def update_customer_by_external_key(external_key: str, body: dict[str, Any]) -> WireRequest:
    """The request of update_customer_by_external_key, for a body that was checked."""
    arguments = _update_customer_by_external_key._get_kwargs(
        external_key, body=cast("CustomerFields", _CheckedBody(body))
    )
    return _request(arguments)


def _request(arguments: Mapping[str, Any]) -> WireRequest:
    path = arguments["url"]
    if query := arguments.get("params"):
        # Colons and commas stay as the published syntax has them; everything else that is special is escaped.
        path += "?" + urlencode(query, quote_via=quote, safe=":,")
    return WireRequest(arguments["method"].upper(), path, arguments.get("json"))
