"""Values as a plan keeps them: JSON, and NULL for a member that a response lacked."""

import json
from typing import Any

from chargeover._customers.customer import Customer
from chargeover._wire import CUSTOMER

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=str).encode
_decode = json.JSONDecoder().raw_decode
_TEXTS = frozenset(name for name, rule in CUSTOMER.items() if "string" in rule.types and not rule.is_moment)


def encoded(value: object) -> str:
    """The value as JSON."""
    return _encode(value)


def decoded(text: str | None) -> Any:
    """The value of a text that a plan keeps; None for NULL too."""
    return None if text is None else _decode(text)[0]


def value_of(customer: Customer, field: str) -> object:
    """What a customer has in a field, as the attribute of a Customer; the usual case, a text, is not converted."""
    value: object = customer.raw.get(field)
    return value if type(value) is str and field in _TEXTS else getattr(customer, field, None)


def text_of(customer: Customer, field: str) -> str | None:
    """What a customer has in a field, as JSON; None if the response lacks the member."""
    return _encode(value_of(customer, field)) if field in customer.raw else None


def is_same(value: object, other: object) -> bool:
    """Whether two values of a field mean the same.

    Null, an empty text and an empty list do: the service may return either for a field that was emptied (recorded).
    """
    return value == other or (is_empty(value) and is_empty(other))


def is_empty(value: object) -> bool:
    """Whether a value stands for nothing: null, an empty text, an empty list."""
    return value is None or value == "" or value == []
