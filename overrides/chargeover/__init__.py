"""An unofficial, typed Python client of the ChargeOver customer API.

with ChargeOver(instance="acme", username="…", password="…") as client:
    client.customers.update(1234, company="Acme Ltd", bill_city="Berlin")

(seed), (docs), (client) and (assumed) in the docstrings say where a fact about the API comes from; docs/fidelity.md
explains them.
"""

from ._bulk import BulkProgress, BulkRequest, BulkResult
from ._bulk_runs import AsyncBulkResults, BulkResults
from ._client import AsyncChargeOver, ChargeOver
from ._conditions import Condition, Field, Order
from ._customer import Customer
from ._customers import AsyncCustomers, Customers
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
    UnexpectedStatusError,
    UnknownFieldError,
)
from ._exchange import ReceivedResponse, SentRequest
from ._listing import AsyncCustomerIterator, CustomerIterator
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
    "AuthenticationError",
    "BadRequestError",
    "BulkError",
    "BulkProgress",
    "BulkRequest",
    "BulkResult",
    "BulkResults",
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
    "DeliveryMethod",
    "Field",
    "InternalServerError",
    "InvalidFieldError",
    "InvalidResponseError",
    "NotFoundError",
    "Order",
    "RateLimitError",
    "ReceivedResponse",
    "SentRequest",
    "UnexpectedStatusError",
    "UnknownFieldError",
    "__version__",
]
