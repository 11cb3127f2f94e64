"""An unofficial, typed Python client of the ChargeOver customer API.

with ChargeOver(instance="acme", username="…", password="…") as client:
    client.customers.update(1234, company="Acme Ltd", bill_city="Berlin")

(seed), (docs), (client) and (assumed) in the docstrings say where a fact about the API comes from; docs/fidelity.md
explains them.
"""

from ._async_customers import AsyncCustomers, AsyncCustomersWithRawResponse
from ._bulk import BulkProgress, BulkRequest, BulkResult
from ._bulk_runs import AsyncBulkResults, BulkResults, Errors
from ._changes import Change
from ._client import AsyncChargeOver, ChargeOver
from ._conditions import Condition, Field, Order, Where
from ._customer import Customer
from ._customers import Customers, CustomersWithRawResponse
from ._diff import Difference
from ._errors import (
    APIConnectionError,
    APIStatusError,
    APITimeoutError,
    AuthenticationError,
    BadRequestError,
    BulkError,
    ChargeOverError,
    ClosedClientError,
    ConfigurationError,
    InternalServerError,
    InvalidFieldError,
    InvalidResponseError,
    NotFoundError,
    RateLimitError,
    ResponseTooLargeError,
    UnexpectedStatusError,
    UnknownFieldError,
)
from ._exchange import ReceivedResponse, SentRequest
from ._listing import AsyncCustomerIterator, CustomerIterator
from ._options import RequestOptions, RetryEvent
from ._raw import RawResponse
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
    "InvalidResponseError",
    "NotFoundError",
    "Order",
    "RateLimitError",
    "RawResponse",
    "ReceivedResponse",
    "RequestOptions",
    "ResponseTooLargeError",
    "RetryEvent",
    "SentRequest",
    "UnexpectedStatusError",
    "UnknownFieldError",
    "Where",
    "__version__",
]
