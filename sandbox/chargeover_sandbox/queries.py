"""``where`` and ``order``: read, or refused at the term that is wrong, and turned into SQL over ``shown_customer``."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

from .answers import invalid
from .contract import FieldKind
from .problems import Problem
from .times import stamp

_SQL = {"EQUALS": "=", "NOTEQUALS": "<>", "GT": ">", "LT": "<", "GTE": ">=", "LTE": "<="}
_COMPARING = (*_SQL, "CONTAINS")
_NULL_TESTS = ("IS", "ISNOT")
_SEPARATOR = re.compile(r"\\,|(,)")
_FLAGS = {"1": 1, "true": 1, "0": 0, "false": 0}
_INTEGER = re.compile(r"-?[0-9]{1,30}")
_NUMBER = re.compile(r"-?[0-9]{1,30}(\.[0-9]{1,30})?")


class Condition(NamedTuple):
    """A condition in SQL, with a mark for each of its values."""

    sql: str
    values: tuple[object, ...]


EVERYTHING = Condition("1", ())


@dataclass(frozen=True, slots=True)
class Queries:
    """Reads what a query asks for.

    Args:
        fields: the fields that a customer has in an answer.
    """

    fields: Mapping[str, FieldKind]

    def where(self, text: str) -> Condition:
        """The condition of a ``where``: terms joined by commas, which all must hold (docs).

        Raises:
            Refusal: 400, with the number and the text of the term that is wrong.
        """
        conditions = [self._condition(number, term) for number, term in enumerate(_terms(text), 1)]
        values = tuple(value for condition in conditions for value in condition.values)
        return Condition(" AND ".join(condition.sql for condition in conditions), values)

    def order(self, text: str) -> str:
        """The SQL of an ``order``: ``field:ASC`` or ``field:DESC`` (docs); what is equal is in the order of the IDs.

        Raises:
            Refusal: 400.
        """
        field, _, direction = text.partition(":")
        if direction not in {"ASC", "DESC"}:
            raise invalid(Problem("order", f"{text!r} is not of the form field:ASC or field:DESC"))
        if field not in self.fields:
            raise invalid(Problem("order", f"{text!r}: a customer has no field {field!r}"))
        return f'"{field}" {direction}' + (", customer_id" if field != "customer_id" else "")

    def _condition(self, number: int, term: str) -> Condition:
        def refused(reason: str) -> Exception:
            return invalid(Problem("where", f"term {number}, {term!r}: {reason}"))

        field, *rest = term.split(":", 2)
        if len(rest) != 2:
            raise refused("it is not of the form field:OPERATOR:value")
        operator, value = rest
        kind = self.fields.get(field)
        if kind is None:
            raise refused(f"a customer has no field {field!r}")
        if operator in _NULL_TESTS:
            if value != "NULL":
                raise refused(f"{operator} is for NULL alone")
            return Condition(f'"{field}" {"IS" if operator == "IS" else "IS NOT"} NULL', ())
        if operator not in _COMPARING:
            raise refused(f"there is no operator {operator!r}, but {', '.join((*_COMPARING, *_NULL_TESTS))}")
        if kind.json_type == "array":
            return Condition(f'one_of("{field}", ?, ?)', (operator, value))
        if operator == "CONTAINS":
            return Condition(f'instr(CAST("{field}" AS TEXT), ?)', (value,))
        try:
            return Condition(f'"{field}" {_SQL[operator]} ?', (_reader(kind)(value),))
        except ValueError as error:
            raise refused(f"{field} is compared with {error}") from None


def _terms(text: str) -> list[str]:
    """The terms, each with its escaped commas as what they stand for."""
    terms: list[str] = []
    start = 0
    for found in _SEPARATOR.finditer(text):
        if found[1]:
            terms.append(text[start : found.start()])
            start = found.end()
    return [term.replace("\\,", ",") for term in (*terms, text[start:])]


def _reader(kind: FieldKind) -> Callable[[str], object]:
    if kind.is_moment:
        return _moment
    return {"integer": _integer, "number": _number, "boolean": _flag}.get(kind.json_type, str)


def _integer(text: str) -> int | float:
    if not _INTEGER.fullmatch(text):
        raise ValueError("a whole number")
    # Beyond 64 bits no stored number can be equal, and SQLite compares with the float rightly.
    return int(text) if -(2**63) <= int(text) < 2**63 else float(text)


def _number(text: str) -> float:
    if not _NUMBER.fullmatch(text):
        raise ValueError("a number")
    return float(text)


def _flag(text: str) -> int:
    if text not in _FLAGS:
        raise ValueError("a flag: 1 or 0")
    return _FLAGS[text]


def _moment(text: str) -> str:
    """A date, or a date and a time, with or without a zone (UTC), as the text that is stored."""
    try:
        moment = datetime.fromisoformat(text)
        return stamp(moment if moment.tzinfo else moment.replace(tzinfo=UTC))
    except (ValueError, OverflowError):
        raise ValueError("a date such as 2026-01-31 or 2026-01-31T09:30:00+00:00") from None
