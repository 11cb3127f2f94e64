"""An unofficial, typed Python client of the ChargeOver customer API.

with ChargeOver(instance="acme", username="…", password="…") as client:
    client.customers.update(1234, company="Acme Ltd", bill_city="Berlin")

(seed), (docs), (client) and (assumed) in the docstrings name the source of a fact about the API; docs/fidelity.md
explains them.
"""

from . import webhooks as webhooks
from ._bulk.results import BulkError, BulkProgress, BulkResult
from ._bulk.runs import AsyncBulkResults, BulkResults, Errors
from ._calls.conditions import Condition, Order, Where
from ._calls.raw import RawEnvelope
from ._client import AsyncChargeOver, ChargeOver
from ._customers.async_methods import AsyncCustomers, AsyncCustomersWithRawResponse
from ._customers.changes import Change, Difference
from ._customers.customer import Customer
from ._customers.field import Field
from ._customers.listing import AsyncCustomerIterator, CustomerIterator
from ._customers.methods import Customers, CustomersWithRawResponse
from ._customers.operations import BulkRequest
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
from ._http.clock import Clock
from ._http.raw import RawResponse
from ._http.rows import AsyncRowIterator, RowIterator
from ._settings.options import RequestOptions, RetryEvent
from ._version import __version__
from ._wire import CustomerCreateFields, CustomerUpdateFields, DeliveryMethod

__all__ = [
    "APIConnectionError",
    "APIStatusError",
    "APITimeoutError",
    "AsyncBulkResults",
    "AsyncChargeOver",
    "AsyncCustomerIterator",
    "AsyncCustomers",
    "AsyncCustomersWithRawResponse",
    "AsyncRowIterator",
    "AuthenticationError",
    "BadRequestError",
    "BulkError",
    "BulkProgress",
    "BulkRequest",
    "BulkResult",
    "BulkResults",
    "Change",
    "ChargeOver",
    "ChargeOverError",
    "Clock",
    "ClosedClientError",
    "Condition",
    "ConfigurationError",
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
    "NotFoundError",
    "Order",
    "RateLimitError",
    "RawEnvelope",
    "RawResponse",
    "ReceivedResponse",
    "RequestOptions",
    "ResponseTooLargeError",
    "RetryEvent",
    "RowIterator",
    "SentRequest",
    "UnexpectedStatusError",
    "UnknownFieldError",
    "Where",
    "__version__",
]
