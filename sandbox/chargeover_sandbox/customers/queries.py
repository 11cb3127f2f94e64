"""``where`` and ``order``, turned into SQL over ``shown_customer``, or refused with the term that is wrong."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

from chargeover_sandbox.contract.document import FieldKind
from chargeover_sandbox.contract.problems import Problem
from chargeover_sandbox.contract.responses import invalid

from .times import stamp

_SQL = {"EQUALS": "=", "NOTEQUALS": "<>", "GT": ">", "LT": "<", "GTE": ">=", "LTE": "<="}
_COMPARING = (*_SQL, "CONTAINS")
_NULL_TESTS = ("IS", "ISNOT")
_SEPARATOR = re.compile(r"\\,|(,)")
_FLAGS = {"1": 1, "true": 1, "0": 0, "false": 0}
_INTEGER = re.compile(r"-?[0-9]{1,30}")
_NUMBER = re.compile(r"-?[0-9]{1,30}(\.[0-9]{1,30})?")


class Condition(NamedTuple):
    """A SQL condition, with a placeholder for each of its values."""

    sql: str
    values: tuple[object, ...]


EVERYTHING = Condition("1", ())


@dataclass(frozen=True, slots=True)
class Queries:
    """Reads ``where`` and ``order``.

    Args:
        fields: the fields that a customer has in a response.
    """

    fields: Mapping[str, FieldKind]

    def where(self, text: str) -> Condition:
        """The condition of a ``where``: terms joined by commas, all of which must hold (docs).

        Raises:
            Refusal: 400, with the number and the text of the wrong term.
        """
        conditions = [self._condition(number, term) for number, term in enumerate(_terms(text), 1)]
        values = tuple(value for condition in conditions for value in condition.values)
        return Condition(" AND ".join(condition.sql for condition in conditions), values)

    def order(self, text: str) -> str:
        """The SQL of an ``order``: ``field:ASC`` or ``field:DESC`` (docs); equal values are in the order of their IDs.

        Raises:
            Refusal: 400.
        """
        field, _, direction = text.partition(":")
        if direction not in {"ASC", "DESC"}:
            raise invalid(Problem("order", f"{text!r} does not have the form field:ASC or field:DESC"))
        if field not in self.fields:
            raise invalid(Problem("order", f"{text!r}: a customer has no field {field!r}"))
        return f'"{field}" {direction}' + (", customer_id" if field != "customer_id" else "")

    def _condition(self, number: int, term: str) -> Condition:
        def refused(reason: str) -> Exception:
            return invalid(Problem("where", f"term {number}, {term!r}: {reason}"))

        field, *rest = term.split(":", 2)
        if len(rest) != 2:
            raise refused("it does not have the form field:OPERATOR:value")
        operator, value = rest[0], rest[1].replace("\\:", ":")
        kind = self.fields.get(field)
        if kind is None:
            raise refused(f"a customer has no field {field!r}")
        if operator in _NULL_TESTS:
            if value != "NULL":
                raise refused(f"{operator} takes NULL only")
            return Condition(f'"{field}" {"IS" if operator == "IS" else "IS NOT"} NULL', ())
        if operator not in _COMPARING:
            raise refused(f"there is no operator {operator!r}, only {', '.join((*_COMPARING, *_NULL_TESTS))}")
        if kind.json_type == "array":
            return Condition(f'one_of("{field}", ?, ?)', (operator, value))
        if operator == "CONTAINS":
            return Condition(f'instr(CAST("{field}" AS TEXT), ?)', (value,))
        try:
            return Condition(f'"{field}" {_SQL[operator]} ?', (_reader(kind)(value),))
        except ValueError as error:
            raise refused(f"{field} is compared with {error}") from None


def _terms(text: str) -> list[str]:
    """The terms, with escaped commas unescaped."""
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
    # No stored number exceeds 64 bits, so an exact value is not needed: SQLite compares with the float correctly.
    return int(text) if -(2**63) <= int(text) < 2**63 else float(text)


def _number(text: str) -> float:
    if not _NUMBER.fullmatch(text):
        raise ValueError("a number")
    return float(text)


def _flag(text: str) -> int:
    if text not in _FLAGS:
        raise ValueError("a boolean: 1 or 0")
    return _FLAGS[text]


def _moment(text: str) -> str:
    """The stored text of a date, or of a date and a time; without a time zone, it is in UTC."""
    try:
        moment = datetime.fromisoformat(text)
        return stamp(moment if moment.tzinfo else moment.replace(tzinfo=UTC))
    except (ValueError, OverflowError):
        raise ValueError("a date such as 2026-01-31 or 2026-01-31T09:30:00+00:00") from None
