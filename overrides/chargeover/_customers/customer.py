"""A customer as the API returned it."""

import json
import math
import re
from abc import ABCMeta
from collections import abc
from collections.abc import ItemsView, Iterator, KeysView, Mapping, ValuesView
from datetime import datetime, tzinfo
from decimal import Decimal
from typing import Any, NoReturn, cast

from chargeover._exchange import MOST_DIGITS, ExactNumber
from chargeover._wire import CUSTOMER, CustomerAttributes, Rule

_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,4})?", re.ASCII | re.IGNORECASE)
_TRUE = frozenset({"1", "true", "t", "yes", "y", "on"})
_FALSE = frozenset({"0", "false", "f", "no", "n", "off", ""})


class Customer(CustomerAttributes):
    """A customer, with the fields of the contract as attributes.

    An attribute is None where the response has null or nothing, or a value that cannot be converted to the documented
    type. Looser forms are read: ``1`` or ``"1"`` for a flag, ``"12"`` for a number, dates in several forms (client).
    Amounts of money are exact. A date and time is aware where the response names its zone or the client knows the
    account's (``timezone=``), and naive otherwise. ``raw`` keeps everything as it came, including fields that the
    documentation does not list.

    What a response lacks is not empty: the rows of a list lack ``tags`` (recorded). ``"tags" in customer`` says whether
    this one has them.

    It is read like a mapping of what the response has: ``customer["company"]`` is the value of the attribute, or for a
    member that the contract does not list the value as it came; ``dict(customer)`` and ``to_dict()`` have all of them.
    Two customers are equal if they have the same members with the same values, whatever form they came in; numbers are
    compared exactly.

    Args:
        raw: the JSON object of a response.
        timezone: the zone of dates that name none; None leaves them naive.

    Attributes:
        raw: the JSON object of the response. A number too long for a computer's arithmetic is kept as text.
    """

    __slots__ = ("_zone", "raw")

    raw: dict[str, Any]

    def __init__(self, raw: Mapping[str, Any], timezone: tzinfo | None = None) -> None:
        self.raw = dict(raw)
        self._zone = timezone

    def __contains__(self, name: object) -> bool:
        return name in self.raw

    def __getitem__(self, name: str) -> Any:
        value = self.raw[name]
        return getattr(self, name) if name in CUSTOMER else value

    def __iter__(self) -> Iterator[str]:
        return iter(self.raw)

    def __len__(self) -> int:
        return len(self.raw)

    def __bool__(self) -> bool:
        return True

    def get(self, name: str, default: Any = None) -> Any:
        """The value of a member, or another one where the response lacks it."""
        return self[name] if name in self.raw else default

    def keys(self) -> KeysView[str]:
        """The names of the members of the response."""
        return self.raw.keys()

    def values(self) -> ValuesView[Any]:
        """Their values."""
        return self.to_dict().values()

    def items(self) -> ItemsView[str, Any]:
        """Names and values."""
        return self.to_dict().items()

    def to_dict(self) -> dict[str, Any]:
        """The members of the response with the values of the attributes: Decimal, datetime, bool.

        A member that the contract does not list is in it as it came.
        """
        return {name: self[name] for name in self.raw}

    def to_json(self) -> str:
        """``to_dict()`` as a JSON object: dates and times in ISO 8601, amounts as texts with all their digits."""
        return json.dumps(self.to_dict(), default=_json_text, ensure_ascii=False)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Customer):
            return NotImplemented
        if self.raw.keys() != other.raw.keys():
            return False
        return all(_held(self, name) == _held(other, name) for name in self.raw)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: object) -> Any:
        from pydantic_core import core_schema  # only pydantic asks for it

        members = core_schema.dict_schema(core_schema.str_schema())
        made = core_schema.no_info_after_validator_function(cls, members)
        return core_schema.json_or_python_schema(
            json_schema=made,
            python_schema=core_schema.union_schema([core_schema.is_instance_schema(cls), made]),
            serialization=core_schema.plain_serializer_function_ser_schema(cls.to_dict, return_schema=members),
        )

    def __hash__(self) -> int:
        raise TypeError(
            "A Customer has no hash: it is equal to another by its values. Use customer.customer_id as a key."
        )

    def __repr__(self) -> str:
        return f"Customer(customer_id={self.customer_id!r}, company={self.company!r})"


def customer_of(raw: dict[str, Any], timezone: tzinfo | None) -> Customer:
    """A customer that keeps the object of a response, which nothing else holds: copies take an eighth of a list."""
    customer = Customer.__new__(Customer)
    customer.raw = raw
    customer._zone = timezone  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]
    return customer


# Not a base class: its metaclass would make every isinstance(…, Customer) slower.
cast("ABCMeta", abc.Mapping).register(Customer)


def differs(customer: Customer, name: str, value: object) -> bool:
    """Whether a field has another value than this one, or none that is known: what a response lacks may be anything."""
    return name not in customer or getattr(customer, name) != value


_UNCONVERTED = {"string": str, "integer": int, "boolean": bool, "array": list, "object": dict}


class _Attribute:
    """One field of the contract, converted from ``raw`` when it is read: unused fields cost nothing."""

    __slots__ = ("_as_it_is", "_kind", "_name")

    def __init__(self, name: str, rule: Rule) -> None:
        self._name = name
        self._kind = "date-time" if rule.is_moment else next(kind for kind in rule.types if kind != "null")
        # Most values need no conversion.
        self._as_it_is: type | None = _UNCONVERTED.get(self._kind)

    def __get__(self, customer: Customer | None, owner: type[Customer]) -> object:
        if customer is None:
            return self
        value = customer.raw.get(self._name)
        if value is None or type(value) is self._as_it_is:
            return value
        value = _as_documented(self._kind, value)
        # A customer of an older pickle has no zone.
        if isinstance(value, datetime) and value.tzinfo is None and (zone := getattr(customer, "_zone", None)):
            return value.replace(tzinfo=zone)
        return value

    def __set__(self, customer: Customer, value: object) -> NoReturn:
        raise AttributeError(f"A Customer is read-only. To change the customer: customers.update(…, {self._name}=…)")


for _name, _rule in CUSTOMER.items():
    setattr(Customer, _name, _Attribute(_name, _rule))


def _as_documented(kind: str, value: object) -> object:
    """The value as the documented type, or None if it cannot be converted."""
    match kind:
        case "date-time":
            return _date_time(value)
        case "string":
            return value if isinstance(value, str) else _printed(value)
        case "integer":
            number = _number(value)
            return int(number) if number is not None and number == int(number) else None
        case "number":
            return _decimal(value)
        case "boolean":
            return _flag(value)
        case "array":
            return value if isinstance(value, list) else None  # pyright: ignore[reportUnknownVariableType]
        case _:
            return value if isinstance(value, dict) else None  # pyright: ignore[reportUnknownVariableType]


def _held(customer: Customer, name: str) -> object:
    """The value that counts for equality: the typed one, or the raw one where there is none."""
    value = customer[name]
    return _exactly(customer.raw[name] if value is None else value)


def _exactly(value: object) -> object:
    """A value that equals another exactly if their numbers do: as floats, long ones would."""
    match value:
        case ExactNumber():
            return Decimal(value.text)
        case float():
            return Decimal(str(value))
        case dict():
            members = cast("dict[str, object]", value)
            return {name: _exactly(one) for name, one in members.items()}
        case list():
            return [_exactly(one) for one in cast("list[object]", value)]
        case _:
            return value


def _json_text(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _printed(value: object) -> str | None:
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
        return None
    return value.text if isinstance(value, ExactNumber) else str(value)


def _number(value: object) -> int | float | Decimal | None:
    if isinstance(value, ExactNumber):
        value = Decimal(value.text)
    if isinstance(value, str):
        if len(value) > MOST_DIGITS:
            return None
        try:
            value = int(value) if value.removeprefix("-").isdigit() else float(value)
        except ValueError:
            return None
    if isinstance(value, (float, Decimal)):
        return value if math.isfinite(value) else None
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _decimal(value: object) -> Decimal | None:
    match value:
        case bool():
            return None
        case ExactNumber():
            text = value.text
        case int() | float() | Decimal():
            text = str(value)
        case str():
            text = value.strip()
        case _:
            return None
    if len(text) > MOST_DIGITS or not _NUMBER.fullmatch(text) or not math.isfinite(float(text)):
        return None
    return Decimal(text)


def _date_time(value: object) -> datetime | None:
    if isinstance(value, datetime):
        return value
    try:
        return datetime.fromisoformat(value.strip()) if isinstance(value, str) else None
    except ValueError:
        return None


def _flag(value: object) -> bool | None:
    if isinstance(value, bool):
        return value
    if isinstance(value, (int, float)):
        return value != 0
    if isinstance(value, str):
        word = value.strip().lower()
        return True if word in _TRUE else False if word in _FALSE else None
    return None
