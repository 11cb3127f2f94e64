"""Why a value does not match its schema, in words that point at a field."""

from collections.abc import Set
from dataclasses import dataclass
from typing import Any, cast

import jsonschema_rs

from .document import Validator

_Kind = jsonschema_rs.ValidationErrorKind
REQUIRED = "it is required"
_LONGEST = 200
"""Characters."""


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
    """Every reason why a value does not match its schema, one for each place, in the order of discovery.

    Args:
        validator: the schema.
        value: the value, which does not match it.
        fields: names that the schema has. When schemas are composed, one wrong value makes a validator treat its valid
            neighbors as not evaluated, and so as unexpected; these names are not reported for that.
    """
    found: dict[str, Problem] = {}
    for error in validator.iter_errors(cast("Any", value)):
        kind = error.kind
        if isinstance(kind, (_Kind.UnevaluatedProperties, _Kind.AdditionalProperties)):
            for name in kind.unexpected:
                if name not in fields:
                    found[name] = Problem(
                        name, "there is no such field" if name else "there is no field without a name"
                    )
        elif isinstance(kind, _Kind.Required):
            name = _place([*error.instance_path, kind.property])
            found[name] = Problem(name, REQUIRED)
        else:
            place = _place(error.instance_path)
            found.setdefault(place, Problem(place, error.message))
    return list(found.values())


def _place(path: list[str | int]) -> str:
    steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return "".join(steps).removeprefix(".")


def shortened(text: str) -> str:
    """The text, shortened for a response: a refusal must not be as large as the request that it refuses."""
    if len(text) <= _LONGEST:
        return text
    half = _LONGEST // 2
    # The beginning shows what was sent, the end what would be right.
    return f"{text[:half]} … {text[-half:]}"
