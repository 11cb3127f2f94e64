r"""Conditions on fields and orders, written as the API's ``where`` and ``order``.

``field:OPERATOR:value``, joined by commas; a comma and a colon inside a value are written ``\,`` and ``\:`` (docs). No
escape of the backslash is published: it is written ``\\`` where it would otherwise escape what follows it, and as it is
everywhere else (assumed). A flag is written 1 or 0 (assumed).
"""

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Generic, NoReturn, TypeVar, cast

from chargeover._errors import InvalidFieldError
from chargeover._text import half_surrogate
from chargeover._wire import Rule

from .scalars import plain_value

Value = TypeVar("Value")
_MOST = 10**100
_MOST_PLACES = 400
_SPECIAL = re.compile(r"[,:]|\\(?=[\\,:]|\Z)")
"""Characters of a value that are escaped."""
_PIECE = re.compile(r"\\[\\,:]|[,:\\]|[^,:\\]+")


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition on one field, such as ``Field.bill_state == "MN"``. ``str()`` gives it as the API writes it.

    Attributes:
        field: the name of the field.
        operator: EQUALS, NOTEQUALS, GT, LT, GTE, LTE, CONTAINS, IS or ISNOT (docs).
        value: the value as text, without escapes; NULL after IS and ISNOT.
    """

    field: str
    operator: str
    value: str

    def __str__(self) -> str:
        return f"{self.field}:{self.operator}:{_SPECIAL.sub(_escaped, self.value)}"

    def __bool__(self) -> NoReturn:
        raise TypeError(
            "A condition is neither true nor false: pass it as where=. To combine conditions, pass a list, each with "
            "one comparison: where=[Field.terms_id > 1, Field.terms_id < 5]."
        )


@dataclass(frozen=True, slots=True)
class Order:
    """An order of the result, such as ``Field.company.asc()``. ``str()`` gives it as the API writes it.

    Attributes:
        field: the name of the field.
        direction: ASC or DESC (docs).
    """

    field: str
    direction: str

    def __str__(self) -> str:
        return f"{self.field}:{self.direction}"


class QueryField(Generic[Value]):
    """A field for conditions. Comparing it gives a Condition; comparing it with None, a test for null."""

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name

    def __eq__(self, value: Value | None) -> Condition:  # type: ignore[override]  # pyright: ignore[reportIncompatibleMethodOverride]
        return self.is_null() if value is None else self._condition("EQUALS", value)

    def __ne__(self, value: Value | None) -> Condition:  # type: ignore[override]  # pyright: ignore[reportIncompatibleMethodOverride]
        return self.is_not_null() if value is None else self._condition("NOTEQUALS", value)

    def __gt__(self, value: Value) -> Condition:
        return self._condition("GT", value)

    def __lt__(self, value: Value) -> Condition:
        return self._condition("LT", value)

    def __ge__(self, value: Value) -> Condition:
        return self._condition("GTE", value)

    def __le__(self, value: Value) -> Condition:
        return self._condition("LTE", value)

    def contains(self, text: str) -> Condition:
        """The value, as text, contains this text."""
        return Condition(self.name, "CONTAINS", self._string(text))

    def is_null(self) -> Condition:
        """The field has no value."""
        return Condition(self.name, "IS", "NULL")

    def is_not_null(self) -> Condition:
        """The field has a value."""
        return Condition(self.name, "ISNOT", "NULL")

    def asc(self) -> Order:
        """Order by this field, the lowest first."""
        return Order(self.name, "ASC")

    def desc(self) -> Order:
        """Order by this field, the highest first."""
        return Order(self.name, "DESC")

    def __hash__(self) -> int:
        return hash(self.name)

    def __repr__(self) -> str:
        return f"Field.{self.name}"

    def _condition(self, operator: str, value: Value) -> Condition:
        return Condition(self.name, operator, self._text(plain_value(value)))

    def _text(self, value: object) -> str:
        raise NotImplementedError

    def _string(self, value: object) -> str:
        return self._checked(value, isinstance(value, str), "a string")

    def _checked(self, value: object, fits: bool, allowed: str) -> str:
        if not fits:
            raise InvalidFieldError(
                f"{self.name} is compared with {allowed}, not {value!r} ({type(value).__name__}).", self.name
            )
        text = str.__str__(value) if isinstance(value, str) else str(value)
        if half_surrogate(text) is not None:
            message = f"{self.name} is compared with half of a surrogate pair, which is not valid text."
            raise InvalidFieldError(message, self.name)
        return text


class TextField(QueryField[str]):
    """A text. The sandbox compares exactly, by code points; how ChargeOver compares is not published."""

    __slots__ = ()

    def _text(self, value: object) -> str:
        return self._string(value)


class NumberField(QueryField["int | float | Decimal"]):
    """A number."""

    __slots__ = ()

    def _text(self, value: object) -> str:
        if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)) or not _is_finite(value):
            return self._checked(value, False, "a finite number")
        return str(int(value)) if value == int(value) else format(Decimal(str(value)), "f")


class FlagField(QueryField[bool]):
    """A flag."""

    __slots__ = ()

    def is_true(self) -> Condition:
        """The flag is set."""
        return self._condition("EQUALS", True)

    def is_false(self) -> Condition:
        """The flag is not set; an object without a value for it does not match (assumed)."""
        return self._condition("EQUALS", False)

    def _text(self, value: object) -> str:
        self._checked(value, isinstance(value, bool), "True or False")
        return "1" if value else "0"


class DateTimeField(QueryField["date | str"]):
    """A date and time, compared with a datetime, a date, or a text of the caller's own, whose colons are escaped.

    A datetime with a time zone is written in UTC, and one without is in the account's zone (docs). Both are whole
    seconds, as the API stores them (recorded): a bound in between becomes the second that selects the same customers.
    """

    __slots__ = ()

    def _condition(self, operator: str, value: "date | str") -> Condition:
        if not isinstance(value, datetime) or not value.microsecond:
            return Condition(self.name, operator, self._text(value))
        self._checked(value, operator not in {"EQUALS", "NOTEQUALS"}, "whole seconds")
        try:
            whole = value.replace(microsecond=0) + timedelta(seconds=operator in {"GTE", "LT"})
        except OverflowError:
            self._checked(value, False, "a datetime before the end of the year 9999")
            raise
        return Condition(self.name, operator, self._text(whole))

    def _text(self, value: object) -> str:
        if isinstance(value, datetime):
            if value.tzinfo is None:
                return value.isoformat(" ", "seconds")
            try:
                return value.astimezone(UTC).isoformat(timespec="seconds")
            except OverflowError:
                return self._checked(value, False, "a datetime that exists in UTC")
        return self._checked(value, isinstance(value, (str, date)), "a datetime, a date or a string")


class ListField(QueryField[str]):
    """A list of texts. A condition matches if it matches one of them (assumed)."""

    __slots__ = ()

    def _text(self, value: object) -> str:
        return self._string(value)


def _is_finite(value: int | float | Decimal) -> bool:
    # Python refuses to print a whole number of thousands of digits.
    if isinstance(value, int):
        return abs(value) < _MOST
    if isinstance(value, Decimal):
        return value.is_finite() and abs(value.adjusted()) < _MOST_PLACES
    return math.isfinite(value)


def query_field(name: str, rule: Rule) -> QueryField[str] | NumberField | FlagField | DateTimeField:
    """The field of a name, with the comparisons that its rule allows."""
    if rule.is_moment:
        return DateTimeField(name)
    if "array" in rule.types:
        return ListField(name)
    if "boolean" in rule.types:
        return FlagField(name)
    return NumberField(name) if {"integer", "number"} & set(rule.types) else TextField(name)


Where = str | Condition | Iterable[Condition]
"""A selection: conditions that must all match, or the text of a ``where`` in the API's syntax.

A colon inside a value of such a text is escaped if it is not yet.
"""


def where_text(where: Where | None) -> str | None:
    """The text of a ``where``, or None to select everything.

    Raises:
        InvalidFieldError: not conditions, nor a text.
    """
    if where is None or isinstance(where, str):
        text = _checked_text("where", where)
        return text and _with_colons_escaped(text)
    given = cast("object", where)
    # Iterating over a mapping or bytes would find no condition in them.
    if not isinstance(given, (Condition, Iterable)) or isinstance(given, (bytes, Mapping)):
        raise InvalidFieldError(f"where must be conditions such as Field.company == 'Acme', or a text, not {where!r}.")
    terms: list[Condition] = [where] if isinstance(where, Condition) else [*where]
    for number, term in enumerate(cast("list[object]", terms)):
        if not isinstance(term, Condition):
            message = f"where[{number}] must be a condition such as Field.company == 'Acme', not {term!r}."
            raise InvalidFieldError(f"{message} Pass a text in the API's syntax alone: where='…'.")
    return ",".join(map(str, terms)) or None


def _escaped(found: re.Match[str]) -> str:
    return "\\" + found[0]


def _with_colons_escaped(text: str) -> str:
    """The text with the colons escaped that stand in a value: the third of a term, and those after it."""
    pieces: list[str] = []
    colons = 0
    for piece in _PIECE.findall(text):
        if piece in {",", ":"}:
            colons = 0 if piece == "," else colons + 1
        pieces.append("\\:" if piece == ":" and colons > 2 else piece)
    return "".join(pieces)


def order_text(order: str | Order | None) -> str | None:
    """The text of an ``order``, or None for the default."""
    return str(order) if isinstance(order, Order) else _checked_text("order", order)


def _checked_text(name: str, text: object) -> str | None:
    if text is None:
        return None
    if not isinstance(text, str) or not text:
        raise InvalidFieldError(f"{name} must be a text that is not empty; leave it out otherwise. It is {text!r}.")
    if half_surrogate(text) is not None:
        raise InvalidFieldError(f"{name} is not valid Unicode text: it has half of a surrogate pair.")
    return text
