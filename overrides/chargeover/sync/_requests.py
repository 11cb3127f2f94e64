"""Requests of a bulk request, as both planning and applying make them."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar
from urllib.parse import urlencode

from chargeover._customers import operations
from chargeover._customers.customer import Customer
from chargeover._customers.operations import BulkRequest
from chargeover._errors import ChargeOverError

Value = TypeVar("Value")


def read_request(key: str | int) -> BulkRequest[Customer]:
    """The request that reads the customer of a key: a text is an external key."""
    if isinstance(key, str):
        return BulkRequest(operations.get_customer_by_external_key(key))
    return BulkRequest(operations.get_customer(key))


def with_query(request: BulkRequest[Value], parameters: Mapping[str, str | int]) -> BulkRequest[Value]:
    """The request with more parameters in its own path."""
    wire = request.call.request
    path = f"{wire.path}{'&' if '?' in wire.path else '?'}{urlencode(parameters)}"
    return BulkRequest(replace(request.call, request=wire._replace(path=path)))


def is_whole(error: ChargeOverError) -> bool:
    """Whether a bulk request failed as a whole, and not one of its parts."""
    url = getattr(error, "url", None)
    return url is None or str(url).partition("?")[0].endswith("/_bulk")
