"""An unofficial, typed Python client of the ChargeOver customer API.

with ChargeOver(instance="acme", username="…", password="…") as client:
    client.customers.update(1234, company="Acme Ltd", bill_city="Berlin")

(seed), (docs), (client) and (assumed) in the docstrings name the source of a fact about the API; docs/fidelity.md
explains them.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Final

from ._version import __version__

if TYPE_CHECKING:
    from . import webhooks as webhooks
    from ._async_client import AsyncChargeOver
    from ._bulk.results import BulkError, BulkProgress, BulkResult
    from ._bulk.runs import AsyncBulkResults, BulkResults, Errors
    from ._calls.conditions import Condition, Order, Where
    from ._calls.raw import RawEnvelope
    from ._client import ChargeOver
    from ._customers.async_methods import AsyncCustomers, AsyncCustomersWithRawResponse
    from ._customers.changes import Change, Difference
    from ._customers.customer import Customer
    from ._customers.field import Field
    from ._customers.listing import AsyncCustomerIterator, CustomerIterator
    from ._customers.methods import Customers, CustomersWithRawResponse
    from ._customers.operations import BulkRequest
    from ._customers.upserts import KeyedChange, Upserted
    from ._errors import (
        APIConnectionError,
        APIStatusError,
        APITimeoutError,
        AuthenticationError,
        BadRequestError,
        ChargeOverError,
        ClosedClientError,
        ConfigurationError,
        InternalServerError,
        InvalidFieldError,
        InvalidRequestError,
        InvalidResponseError,
        NotFoundError,
        RateLimitError,
        ResponseTooLargeError,
        UnexpectedStatusError,
        UnknownFieldError,
    )
    from ._exchange import ReceivedResponse, SentRequest
    from ._http.authorization import Credentials
    from ._http.clock import Clock
    from ._http.middleware import AsyncCallNext, AsyncMiddleware, CallNext, Middleware, OutgoingRequest
    from ._http.raw import RawResponse
    from ._http.rows import AsyncRowIterator, RowIterator
    from ._recording.stand_ins import StandIns
    from ._settings.options import RequestOptions, RetryEvent
    from ._subscriptions import AsyncWebhooks, Webhooks
    from ._wire import CustomerCreateFields, CustomerUpdateFields, DeliveryMethod

__all__ = [
    "APIConnectionError",
    "APIStatusError",
    "APITimeoutError",
    "AsyncBulkResults",
    "AsyncCallNext",
    "AsyncChargeOver",
    "AsyncCustomerIterator",
    "AsyncCustomers",
    "AsyncCustomersWithRawResponse",
    "AsyncMiddleware",
    "AsyncRowIterator",
    "AsyncWebhooks",
    "AuthenticationError",
    "BadRequestError",
    "BulkError",
    "BulkProgress",
    "BulkRequest",
    "BulkResult",
    "BulkResults",
    "CallNext",
    "Change",
    "ChargeOver",
    "ChargeOverError",
    "Clock",
    "ClosedClientError",
    "Condition",
    "ConfigurationError",
    "Credentials",
    "Customer",
    "CustomerCreateFields",
    "CustomerIterator",
    "CustomerUpdateFields",
    "Customers",
    "CustomersWithRawResponse",
    "DeliveryMethod",
    "Difference",
    "Errors",
    "Field",
    "InternalServerError",
    "InvalidFieldError",
    "InvalidRequestError",
    "InvalidResponseError",
    "KeyedChange",
    "Middleware",
    "NotFoundError",
    "Order",
    "OutgoingRequest",
    "RateLimitError",
    "RawEnvelope",
    "RawResponse",
    "ReceivedResponse",
    "RequestOptions",
    "ResponseTooLargeError",
    "RetryEvent",
    "RowIterator",
    "SentRequest",
    "StandIns",
    "UnexpectedStatusError",
    "UnknownFieldError",
    "Upserted",
    "Webhooks",
    "Where",
    "__version__",
]

# The imports above once more, carried out when a name is first asked for: an import of the package loads none of it.
_PLACES: Final = {
    "_async_client": ("AsyncChargeOver",),
    "_bulk.results": (
        "BulkError",
        "BulkProgress",
        "BulkResult",
    ),
    "_bulk.runs": (
        "AsyncBulkResults",
        "BulkResults",
        "Errors",
    ),
    "_calls.conditions": (
        "Condition",
        "Order",
        "Where",
    ),
    "_calls.raw": ("RawEnvelope",),
    "_client": ("ChargeOver",),
    "_customers.async_methods": (
        "AsyncCustomers",
        "AsyncCustomersWithRawResponse",
    ),
    "_customers.changes": (
        "Change",
        "Difference",
    ),
    "_customers.customer": ("Customer",),
    "_customers.field": ("Field",),
    "_customers.listing": (
        "AsyncCustomerIterator",
        "CustomerIterator",
    ),
    "_customers.methods": (
        "Customers",
        "CustomersWithRawResponse",
    ),
    "_customers.operations": ("BulkRequest",),
    "_customers.upserts": ("KeyedChange", "Upserted"),
    "_errors": (
        "APIConnectionError",
        "APIStatusError",
        "APITimeoutError",
        "AuthenticationError",
        "BadRequestError",
        "ChargeOverError",
        "ClosedClientError",
        "ConfigurationError",
        "InternalServerError",
        "InvalidFieldError",
        "InvalidRequestError",
        "InvalidResponseError",
        "NotFoundError",
        "RateLimitError",
        "ResponseTooLargeError",
        "UnexpectedStatusError",
        "UnknownFieldError",
    ),
    "_exchange": (
        "ReceivedResponse",
        "SentRequest",
    ),
    "_http.authorization": ("Credentials",),
    "_http.clock": ("Clock",),
    "_http.middleware": ("AsyncCallNext", "AsyncMiddleware", "CallNext", "Middleware", "OutgoingRequest"),
    "_http.raw": ("RawResponse",),
    "_http.rows": ("AsyncRowIterator", "RowIterator"),
    "_recording.stand_ins": ("StandIns",),
    "_settings.options": (
        "RequestOptions",
        "RetryEvent",
    ),
    "_subscriptions": ("AsyncWebhooks", "Webhooks"),
    "_wire": (
        "CustomerCreateFields",
        "CustomerUpdateFields",
        "DeliveryMethod",
    ),
}
_PLACE_OF: Final = {name: place for place, names in _PLACES.items() for name in names}


if not TYPE_CHECKING:  # which would take it to have any name

    def __getattr__(name: str) -> object:
        if name == "webhooks":
            return import_module(".webhooks", __name__)
        if name not in _PLACE_OF:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = getattr(import_module(f".{_PLACE_OF[name]}", __name__), name)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__, "webhooks"})
