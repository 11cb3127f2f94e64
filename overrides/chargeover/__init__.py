"""An unofficial, typed Python client of the ChargeOver customer API.

with ChargeOver(instance="acme", username="…", password="…") as client:
    client.customers.update(1234, company="Acme Ltd", bill_city="Berlin")

(seed), (docs), (client) and (assumed) in the docstrings say where a fact about the API comes from; docs/fidelity.md
explains them.
"""

from ._client import AsyncChargeOver, ChargeOver
from ._customer import Customer
from ._customers import AsyncCustomers, Customers
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
    InvalidResponseError,
    NotFoundError,
    RateLimitError,
    UnexpectedStatusError,
    UnknownFieldError,
)
from ._exchange import ReceivedResponse, SentRequest
from ._version import __version__
from ._wire import CustomerCreateFields, CustomerUpdateFields, DeliveryMethod

__all__ = [
    "APIConnectionError",
    "APIStatusError",
    "APITimeoutError",
    "AsyncChargeOver",
    "AsyncCustomers",
    "AuthenticationError",
    "BadRequestError",
    "ChargeOver",
    "ChargeOverError",
    "ClosedClientError",
    "ConfigurationError",
    "Customer",
    "CustomerCreateFields",
    "CustomerUpdateFields",
    "Customers",
    "DeliveryMethod",
    "InternalServerError",
    "InvalidFieldError",
    "InvalidResponseError",
    "NotFoundError",
    "RateLimitError",
    "ReceivedResponse",
    "SentRequest",
    "UnexpectedStatusError",
    "UnknownFieldError",
    "__version__",
]
