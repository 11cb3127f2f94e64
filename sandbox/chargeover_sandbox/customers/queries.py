"""``where`` and ``order``, turned into SQL over ``shown_customer``, or refused with the term that is wrong."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import NamedTuple

from chargeover_sandbox.contract.document import FieldKind
from chargeover_sandbox.contract.problems import Problem, nearest, shortened
from chargeover_sandbox.contract.responses import Refusal, errors, invalid

from .times import AccountTime

_SQL = {"EQUALS": "=", "NOTEQUALS": "<>", "GT": ">", "LT": "<", "GTE": ">=", "LTE": "<="}
_COMPARING = (*_SQL, "CONTAINS")
_NULL_TESTS = ("IS", "ISNOT")
_MOST_TERMS = 200
"""A ``where`` with more terms is refused. SQLite's own limit depends on how it was built."""
_PIECE = re.compile(r"\\([\\:,])|(,)|(:)|[^\\:,]+|\\")
"""An escaped character, the end of a term or of a part of it, or other text, such as a lone backslash."""
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
        filterable: the fields that a ``where`` can name.
        time: reads dates.
        lenient: whether a ``where`` can name every field or be empty, and an ``order`` have several terms or none.
    """

    fields: Mapping[str, FieldKind]
    filterable: Sequence[str]
    time: AccountTime
    lenient: bool

    def where(self, text: str) -> Condition:
        """The condition of a ``where``: terms joined by commas, all of which must hold (docs).

        Raises:
            Refusal: 400, with the number and the text of the wrong term.
        """
        if self.lenient and not text:
            return EVERYTHING
        conditions = [self._condition(number, *term) for number, term in enumerate(_terms(text), 1)]
        values = tuple(value for condition in conditions for value in condition.values)
        return Condition(" AND ".join(condition.sql for condition in conditions), values)

    def order(self, text: str) -> str:
        """The SQL of an ``order``: ``field:ASC`` or ``field:DESC`` (docs); equal values are in the order of their IDs.

        Dates that look equal are in the order of time: the fraction of a second is stored, though not shown.

        Raises:
            Refusal: 400.
        """
        if not self.lenient:
            return self._order(text)
        return ", ".join([*map(self._order, filter(None, text.split(","))), "customer_id"])

    def _order(self, text: str) -> str:
        field, _, direction = text.partition(":")
        if direction not in {"ASC", "DESC"}:
            raise invalid(Problem("order", f"{text!r} does not have the form field:ASC or field:DESC"))
        if field not in self.fields:
            raise invalid(Problem("order", f"{text!r}: a customer has no field {field!r}{_meant(field, self.fields)}"))
        return f'"{field}" {direction}' + (", customer_id" if field != "customer_id" else "")

    def _condition(self, number: int, term: str, parts: list[str]) -> Condition:
        def refused(reason: str) -> Exception:
            return invalid(Problem("where", f"term {number}, {term!r}: {reason}"))

        if len(parts) != 3:
            raise refused("it does not have the form field:OPERATOR:value")
        field, operator, value = parts
        if not self.lenient and field not in self.filterable:
            reason = f"term {number}: the fields that can be named are {', '.join(self.filterable)}"
            problem = Problem("where", reason + _meant(field, self.filterable))
            raise Refusal(HTTPStatus.BAD_REQUEST, f"You cannot filter by: {shortened(field)}", errors([problem]))
        kind = self.fields.get(field)
        if kind is None:
            raise refused(f"a customer has no field {field!r}{_meant(field, self.fields)}")
        if operator in _NULL_TESTS:
            if value != "NULL":
                raise refused(f"{operator} takes NULL only")
            return Condition(f'"{field}" {"IS" if operator == "IS" else "IS NOT"} NULL', ())
        if operator not in _COMPARING:
            raise refused(f"there is no operator {operator!r}, only {', '.join((*_COMPARING, *_NULL_TESTS))}")
        if kind.json_type == "array":
            return Condition(f'one_of("{field}", ?, ?)', (operator, value))
        if operator == "CONTAINS" and kind.is_moment:
            return Condition(f'instr(shown_moment("{field}"), ?)', (value,))
        if operator == "CONTAINS":
            return Condition(f'instr(CAST("{field}" AS TEXT), ?)', (value,))
        try:
            if kind.is_moment:
                # What is compared is what is shown: whole seconds.
                whole = f"""substr("{field}", 1, 19) || '.000000+00:00'"""
                return Condition(f"{whole} {_SQL[operator]} ?", (self.time.read(value),))
            return Condition(f'"{field}" {_SQL[operator]} ?', (_reader(kind)(value),))
        except ValueError as error:
            raise refused(f"{field} is compared with {error}") from None


def _meant(field: str, fields: Iterable[str]) -> str:
    similar = nearest(field, fields)
    return f"; did you mean {similar}?" if similar else ""


def _terms(text: str) -> list[tuple[str, list[str]]]:
    """Each term as it was sent, and its parts, at most three, with what was escaped in them unescaped.

    A colon in a value is escaped (docs); a bare one cannot be mistaken, so it is read as well.
    """
    terms: list[tuple[str, list[str]]] = []
    start, parts = 0, [""]
    for found in _PIECE.finditer(text):
        escaped, ends_term, ends_part = found.groups()
        if ends_term:
            terms.append((text[start : found.start()], parts))
            start, parts = found.end(), [""]
            if len(terms) == _MOST_TERMS:
                raise invalid(Problem("where", f"it has more than {_MOST_TERMS} terms"))
        elif ends_part and len(parts) < 3:
            parts.append("")
        else:
            parts[-1] += escaped or found[0]
    return [*terms, (text[start:], parts)]


def _reader(kind: FieldKind) -> Callable[[str], object]:
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
