"""A customer as the API returned it."""

import difflib
from collections.abc import Mapping
from typing import Any

from ._wire import CUSTOMER, CustomerAttributes

_TRUE = frozenset({"1", "true", "t", "yes", "y", "on"})
_FALSE = frozenset({"0", "false", "f", "no", "n", "off", ""})


class Customer(CustomerAttributes):
    """A customer, with the fields of the contract as attributes.

    An attribute is None where the answer has null or nothing, and where it has something that cannot be given as the
    documented type; looser forms are read (``1`` or ``"1"`` for a flag, ``"12"`` for a number) (client). ``raw`` keeps
    everything as it came, fields that no page lists included.

    Attributes:
        raw: the JSON object of the answer.
    """

    __slots__ = ("raw",)

    raw: dict[str, Any]

    def __init__(self, raw: Mapping[str, Any]) -> None:
        self.raw = dict(raw)

    def __getattr__(self, name: str) -> Any:
        rule = CUSTOMER.get(name)
        if rule is None:
            nearest = difflib.get_close_matches(name, CUSTOMER, n=1)
            hint = f" Did you mean {nearest[0]!r}?" if nearest else ""
            raise AttributeError(f"A customer has no attribute {name!r}.{hint}", name=name, obj=self)
        return _as_documented(rule.types[0], self.raw.get(name))

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *CUSTOMER})

    def __eq__(self, other: object) -> bool:
        return self.raw == other.raw if isinstance(other, Customer) else NotImplemented

    __hash__ = None  # type: ignore[assignment]  # it holds a dict

    def __repr__(self) -> str:
        return f"Customer(customer_id={self.customer_id!r}, company={self.company!r})"


def _as_documented(json_type: str, value: object) -> object:
    """The value as the documented type, or None if it cannot be given as that."""
    match json_type:
        case "string":
            if isinstance(value, (int, float)) and not isinstance(value, bool):
                return str(value)
            return value if isinstance(value, str) else None
        case "integer":
            number = _number(value)
            return int(number) if number is not None and number == int(number) else None
        case "number":
            return _number(value)
        case "boolean":
            return _flag(value)
        case _:
            return value if isinstance(value, list) else None  # pyright: ignore[reportUnknownVariableType]


def _number(value: object) -> int | float | None:
    if isinstance(value, str):
        try:
            value = int(value) if value.removeprefix("-").isdigit() else float(value)
        except ValueError:
            return None
    if isinstance(value, bool) or not isinstance(value, (int, float)) or value != value or abs(value) == float("inf"):
        return None
    return value


def _flag(value: object) -> bool | None:
    if isinstance(value, bool):
        return value
    if isinstance(value, (int, float)):
        return value != 0
    if isinstance(value, str):
        word = value.strip().lower()
        return True if word in _TRUE else False if word in _FALSE else None
    return None
