"""The key that a row names its customer by."""

import unicodedata
from collections.abc import Mapping
from typing import Literal

from chargeover._calls.envelopes import as_id
from chargeover._calls.fields import checked_parameter
from chargeover._errors import InvalidFieldError

Key = Literal["external_key", "customer_id"]


def key_of(values: Mapping[str, object], name: Key) -> str | int:
    """The key of a row.

    Raises:
        InvalidFieldError: it is missing, or is not allowed.
    """
    value = values.get(name)
    if value is None or value == "":
        raise InvalidFieldError("it is empty, and names the customer.", name)
    if name == "customer_id":
        return checked_parameter(name, as_id(value) or value)  # type: ignore[return-value]
    return checked_parameter(name, str(value) if type(value) is int else value)  # type: ignore[return-value]


def folded(key: str) -> str:
    """The key without what an eye misses: case, spaces, invisible characters, and the form of Unicode."""
    if key.isascii():
        return "".join(key.casefold().split())
    text = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", key).casefold())
    return "".join(one for one in text if not one.isspace() and unicodedata.category(one) != "Cf")
