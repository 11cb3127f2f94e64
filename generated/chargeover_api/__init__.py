"""A client library for accessing ChargeOver customer API (unofficial)"""

from .client import AuthenticatedClient, Client

__all__ = (
    "AuthenticatedClient",
    "Client",
)
