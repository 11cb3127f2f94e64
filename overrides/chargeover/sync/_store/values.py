"""Values as a plan keeps them: JSON, and NULL for a member that a response lacked."""

import json
from typing import Any

from chargeover._customers.customer import Customer

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=str).encode
_decode = json.JSONDecoder().decode


def encoded(value: object) -> str:
    """The value as JSON."""
    return _encode(value)


def decoded(text: str | None) -> Any:
    """The value of a text that a plan keeps; None for NULL too."""
    return None if text is None else _decode(text)


def value_in(customer: Customer, field: str) -> str | None:
    """What a customer has in a field, as JSON; None if the response lacks the member."""
    return encoded(getattr(customer, field)) if field in customer else None


def holds(customer: Customer, field: str, text: str | None) -> bool:
    """Whether a customer has this value in a field, compared as the documented type.

    Null, an empty text and an empty list are the same: the service may return either for a field that was emptied
    (recorded). A member that the response lacks holds nothing that is known.
    """
    if field not in customer:
        return text is None
    value = getattr(customer, field)
    return text is not None and is_same(value, decoded(text))


def is_same(value: object, other: object) -> bool:
    """Whether two values of a field mean the same."""
    return value == other or (is_empty(value) and is_empty(other))


def is_empty(value: object) -> bool:
    """Whether a value stands for nothing: null, an empty text, an empty list."""
    return value is None or value == "" or value == []
