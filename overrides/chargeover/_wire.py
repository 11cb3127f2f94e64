"""The seam: the one place where generated code is imported.

What comes out of here is plain: requests as data, field types, field rules. The generated attrs classes and parsers
stay behind it: they raise on responses that the API really gives (null for an object, a missing key), so ``_calls``
reads responses itself.
"""

from collections.abc import Mapping

from chargeover_api import requests
from chargeover_api.fields import (
    CUSTOMER,
    CUSTOMER_CREATE,
    CUSTOMER_CREATE_REQUIRED,
    CUSTOMER_UPDATE,
    MOST_BULK_REQUESTS,
    PARAMETERS,
    WEBHOOK_SUBSCRIPTION,
    WEBHOOK_SUBSCRIPTION_REQUIRED,
    CustomerAttributes,
    CustomerCreateFields,
    CustomerQuery,
    CustomerUpdateFields,
    Rule,
)
from chargeover_api.models.bulk_method import BulkMethod
from chargeover_api.models.delivery_method import DeliveryMethod
from chargeover_api.requests import WireRequest

__all__ = [
    "CHOICES",
    "CUSTOMER",
    "CUSTOMER_CREATE",
    "CUSTOMER_CREATE_REQUIRED",
    "CUSTOMER_UPDATE",
    "KEYS",
    "MOST_BULK_REQUESTS",
    "PARAMETERS",
    "WEBHOOK_SUBSCRIPTION",
    "WEBHOOK_SUBSCRIPTION_REQUIRED",
    "BulkMethod",
    "CustomerAttributes",
    "CustomerCreateFields",
    "CustomerQuery",
    "CustomerUpdateFields",
    "DeliveryMethod",
    "Rule",
    "WireRequest",
    "requests",
]


CHOICES: Mapping[str, frozenset[str]] = {
    name: frozenset(rule.choices) for name, rule in CUSTOMER_UPDATE.items() if rule.choices
}
"""The texts of enumerated fields, by the name of the field."""
KEYS = tuple(name for name, rule in PARAMETERS.items() if rule.types == ("string",))
"""Texts that can stand for an ID in a path: ``external_key:abc``."""
