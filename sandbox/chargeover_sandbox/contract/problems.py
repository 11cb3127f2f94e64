"""Why a value does not match its schema, in words that point at a field."""

import operator
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import islice
from typing import Any, cast

import jsonschema_rs

from .document import Validator

_Kind = jsonschema_rs.ValidationErrorKind
REQUIRED = "it is required"
_LONGEST = 200
"""Characters."""
_MOST = 100
"""A body with a million unknown names does not get a million reasons back."""
_LONGEST_NAME = 60
"""Characters of a name that a similar one is looked for: the comparison takes quadratic time."""
_MOST_SIMILAR = 10
_SIMILARITY = 0.7
_LONGEST_TEXT = 100_000
"""Characters of a text that errors are looked for in."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One reason why a value does not match its schema.

    Attributes:
        field: the place, such as ``tags[0]``; empty for the value as a whole.
        reason: what is wrong and what would be right.
    """

    field: str
    reason: str

    def __str__(self) -> str:
        return f"{self.field or 'the body'}: {self.reason}"


def problems(validator: Validator, value: object, fields: Set[str] = frozenset()) -> list[Problem]:
    """Why a value does not match its schema, one reason for each place, in the order of discovery.

    These are at most the first 100 reasons. Of a longer list only the first 100 items are looked at, and of a text the
    first 100,000 characters, because the validator collects all of its errors, with copies of the values, before it
    returns any. If nothing is wrong there, the result is the first reason elsewhere.

    Args:
        validator: the schema.
        value: the value, which does not match it.
        fields: names that the schema has. When schemas are composed, one wrong value makes a validator treat its valid
            neighbors as not evaluated, and so as unexpected; these names are not reported for that.
    """
    found: dict[str, Problem] = {}
    for error in _errors(validator, value):
        kind = error.kind
        if isinstance(kind, (_Kind.UnevaluatedProperties, _Kind.AdditionalProperties)):
            for name in islice(kind.unexpected, len(fields) + _MOST):
                if name not in fields:
                    similar = nearest(name, fields) if len(found) < _MOST_SIMILAR else None
                    found[name] = Problem(name, _unknown(name, similar))
        elif isinstance(kind, _Kind.Required):
            name = _place([*error.instance_path, kind.property])
            found[name] = Problem(name, REQUIRED)
        else:
            place = _place(error.instance_path)
            found.setdefault(place, Problem(place, error.message))
    return list(islice(found.values(), _MOST))


def _unknown(name: str, similar: str | None) -> str:
    if not name:
        return "there is no field without a name"
    return f"there is no such field; did you mean {similar}?" if similar else "there is no such field"


def _errors(validator: Validator, value: object) -> Iterator[jsonschema_rs.ValidationError]:
    short = _shortened_value(value)
    found = list(validator.iter_errors(cast("Any", short)))
    yield from found
    if not found and short is not value:
        try:
            validator.validate(cast("Any", value))
        except jsonschema_rs.ValidationError as first:
            yield first


def _shortened_value(value: object) -> object:
    """The value itself, or a copy in which long lists and very long texts end early."""
    if isinstance(value, str):
        return value[:_LONGEST_TEXT]
    if isinstance(value, list):
        items = cast("list[object]", value)
        short: list[object] = [_shortened_value(item) for item in items[:_MOST]]
        is_same = len(items) <= _MOST and all(map(operator.is_, items, short))
        return items if is_same else short
    if isinstance(value, dict):
        members = cast("dict[str, object]", value)
        copy = {name: _shortened_value(member) for name, member in members.items()}
        return members if all(map(operator.is_, members.values(), copy.values())) else copy
    return value


def _place(path: list[str | int]) -> str:
    steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return "".join(steps).removeprefix(".")


def nearest(given: str, known: Iterable[str]) -> str | None:
    """The known name that was probably meant; None if there is none, or if the given one is very long."""
    if len(given) > _LONGEST_NAME:
        return None
    found = get_close_matches(given, known, 1, _SIMILARITY)
    return found[0] if found else None


def shortened(text: str) -> str:
    """The text, shortened for a response: a refusal must not be as large as the request that it refuses."""
    if len(text) <= _LONGEST:
        return text
    half = _LONGEST // 2
    # The beginning shows what was sent, the end what would be right.
    return f"{text[:half]} … {text[-half:]}"
