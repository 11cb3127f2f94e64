"""The requests of openapi.yaml, as data. Written by `make generate`; never edited by hand."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import quote as _quote
from urllib.parse import urlencode as _urlencode


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


def list_customers(
    where: str | None = None, order: str | None = None, limit: int | None = None, offset: int | None = None
) -> WireRequest:
    """List customers: ``GET /api/v3/customer``.

    Args:
        where: Terms that must all hold, joined by commas: `field:OPERATOR:value`, or `field:IS:NULL` and
            `field:ISNOT:NULL`. The operators are EQUALS, NOTEQUALS, GT, LT, GTE, LTE and CONTAINS. Inside a
            value, a colon is written `\\:`, a comma `\\,` and a backslash `\\\\`. A date is `2026-01-31`,
            `2026-01-31 09:30:00` in the account's time zone, or ISO 8601 with an offset. A term can name
            the fields in `x-fields`, which have been seen in one. None is not sent.
        order: The order of the result: `field:ASC` or `field:DESC`. None is not sent.
        limit: The maximum number of customers to return. None and the default, 10, are not sent.
        offset: The number of customers to skip at the start. None and the default, 0, are not sent.
    """
    return WireRequest(
        "GET",
        "/api/v3/customer"
        + _query(
            {
                "where": where,
                "order": order,
                "limit": None if limit == 10 else limit,
                "offset": None if offset == 0 else offset,
            }
        ),
        None,
    )


def create_customer(body: Mapping[str, Any]) -> WireRequest:
    """Create a customer: ``POST /api/v3/customer``.

    Args:
        body: ``CustomerCreate``, as JSON values that were checked.
    """
    return WireRequest("POST", "/api/v3/customer", body)


def get_customer(customer_id: int) -> WireRequest:
    """Get a customer: ``GET /api/v3/customer/{customer_id}``.

    Args:
        customer_id: Customer ID #.
    """
    return WireRequest("GET", f"/api/v3/customer/{customer_id}", None)


def update_customer(customer_id: int, body: Mapping[str, Any]) -> WireRequest:
    """Update a customer: ``PUT /api/v3/customer/{customer_id}``.

    Args:
        customer_id: Customer ID #.
        body: ``CustomerUpdate``, as JSON values that were checked.
    """
    return WireRequest("PUT", f"/api/v3/customer/{customer_id}", body)


def delete_customer(customer_id: int) -> WireRequest:
    """Delete a customer: ``DELETE /api/v3/customer/{customer_id}``.

    Args:
        customer_id: Customer ID #.
    """
    return WireRequest("DELETE", f"/api/v3/customer/{customer_id}", None)


def disconnect_parent(customer_id: int) -> WireRequest:
    """Disconnect a customer from its parent: ``POST /api/v3/customer/{customer_id}/_action/disconnectParent``.

    Args:
        customer_id: Customer ID #.
    """
    return WireRequest("POST", f"/api/v3/customer/{customer_id}/_action/disconnectParent", {})


def get_customer_by_external_key(external_key: str) -> WireRequest:
    """Get a customer by its external key: ``GET /api/v3/customer/external_key:{external_key}``.

    Args:
        external_key: The external key of the customer.
    """
    return WireRequest("GET", f"/api/v3/customer/external_key:{_quote(external_key, safe='')}", None)


def update_customer_by_external_key(external_key: str, body: Mapping[str, Any]) -> WireRequest:
    """Update a customer by its external key: ``PUT /api/v3/customer/external_key:{external_key}``.

    Args:
        external_key: The external key of the customer.
        body: ``CustomerUpdate``, as JSON values that were checked.
    """
    return WireRequest("PUT", f"/api/v3/customer/external_key:{_quote(external_key, safe='')}", body)


def delete_customer_by_external_key(external_key: str) -> WireRequest:
    """Delete a customer by its external key: ``DELETE /api/v3/customer/external_key:{external_key}``.

    Args:
        external_key: The external key of the customer.
    """
    return WireRequest("DELETE", f"/api/v3/customer/external_key:{_quote(external_key, safe='')}", None)


def get_customer_by_token(token: str) -> WireRequest:
    """Get a customer by its token: ``GET /api/v3/customer/token:{token}``.

    Args:
        token: The token of the customer.
    """
    return WireRequest("GET", f"/api/v3/customer/token:{_quote(token, safe='')}", None)


def count_customers(where: str | None = None) -> WireRequest:
    """Count customers: ``GET /api/v3/customer/_count``.

    Args:
        where: Terms that must all hold, joined by commas: `field:OPERATOR:value`, or `field:IS:NULL` and
            `field:ISNOT:NULL`. The operators are EQUALS, NOTEQUALS, GT, LT, GTE, LTE and CONTAINS. Inside a
            value, a colon is written `\\:`, a comma `\\,` and a backslash `\\\\`. A date is `2026-01-31`,
            `2026-01-31 09:30:00` in the account's time zone, or ISO 8601 with an offset. A term can name
            the fields in `x-fields`, which have been seen in one. None is not sent.
    """
    return WireRequest("GET", "/api/v3/customer/_count" + _query({"where": where}), None)


def bulk(body: Sequence[Mapping[str, Any]]) -> WireRequest:
    """Send up to 25 requests in one: ``POST /api/v3/_bulk``.

    Args:
        body: ``BulkRequests``, as JSON values.
    """
    return WireRequest("POST", "/api/v3/_bulk", body)


def subscribe_webhook(body: Mapping[str, Any]) -> WireRequest:
    """Subscribe to an event: ``POST /api/v3/_resthook``.

    Args:
        body: ``WebhookSubscription``, as JSON values that were checked.
    """
    return WireRequest("POST", "/api/v3/_resthook", body)


def _query(parameters: Mapping[str, str | int | float | None]) -> str:
    """The query with its question mark; empty if no parameter has a value."""
    given = {
        name: str(value).lower() if isinstance(value, bool) else value
        for name, value in parameters.items()
        if value is not None
    }
    # Colons and commas stay as the published syntax has them; everything else that is special is escaped.
    return f"?{_urlencode(given, quote_via=_quote, safe=':,')}" if given else ""
