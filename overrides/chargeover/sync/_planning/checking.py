"""A row checked against the contract, by the checks that the client itself makes before it sends."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from chargeover._calls.fields import checked_update
from chargeover._customers.operations import CREATION, UPDATE
from chargeover._errors import InvalidFieldError
from chargeover._wire import Rule
from chargeover.sync._rows import Problem, Row

from .keys import Key, key_of


@dataclass(slots=True)
class CheckedRow:
    """A row whose values may be sent, or the problems that keep it from it.

    Attributes:
        key: its key; None if that is a problem.
        fields: the JSON values by field, without the key. None asks for a field to be emptied, although the contract
            has no empty value for it.
        problems: what is wrong.
    """

    key: str | int | None = None
    fields: dict[str, object] = field(default_factory=dict[str, object])
    problems: list[Problem] = field(default_factory=list[Problem])


def checked_row(row: Row, key_name: Key, *, creates: bool) -> CheckedRow:
    """The row, checked.

    Args:
        row: what was read.
        key_name: the field that is the key.
        creates: whether customers may be created, so that fields of a creation are allowed.
    """
    checked = CheckedRow(problems=list(row.problems))
    if row.values is None:
        if not checked.problems:
            checked.problems.append(Problem("", "the row could not be read."))
        return checked
    values = row.values
    try:
        checked.key = key_of(values, key_name)
    except InvalidFieldError as error:
        checked.problems.append(Problem(key_name, str(error)))
    rest: dict[str, object] = {}
    for name, value in values.items():
        if name == key_name:
            continue
        rule = UPDATE.fields.get(name)
        if value is None and rule and "null" not in rule.types:
            empty = empty_value(rule)
            if empty is None:
                checked.fields[name] = None
                continue
            value = empty
        rest[name] = value
    _check(rest, checked, creates=creates)
    return checked


def empty_value(rule: Rule) -> object:
    """The value that empties a field, or None if the contract has none (null is for the parent alone)."""
    if rule.types == ("string",) and not rule.choices and not rule.shortest:
        return ""
    return [] if "array" in rule.types else None


def _check(values: Mapping[str, object], checked: CheckedRow, *, creates: bool) -> None:
    if not values:
        return
    try:
        checked.fields.update(checked_update(UPDATE, values))
    except InvalidFieldError:
        # Each field by itself then, so that all that is wrong is said at once.
        for name, value in values.items():
            body = CREATION if creates and name in CREATION.fields and name not in UPDATE.fields else UPDATE
            try:
                checked.fields.update(checked_update(body, {name: value}))
            except InvalidFieldError as error:
                checked.problems.append(Problem(name, str(error)))
