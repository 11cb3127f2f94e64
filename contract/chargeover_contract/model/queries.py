"""Queries: conditions about what the customers have, and what the dict says of them."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from .values import FILTERABLE, WRITABLE, Fields

_COMPARED: dict[str, Callable[[Any, Any], bool]] = {
    "EQUALS": lambda one, other: bool(one == other),
    "NOTEQUALS": lambda one, other: bool(one != other),
    "GT": lambda one, other: bool(one > other),
    "LT": lambda one, other: bool(one < other),
    "GTE": lambda one, other: bool(one >= other),
    "LTE": lambda one, other: bool(one <= other),
    "CONTAINS": lambda one, other: other in one,
}
# Fields that have been seen in a where and whose values are the caller's own, so that the dict knows them.
_ASKED = tuple(name for name in FILTERABLE if name in WRITABLE and name != "custom_20")


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition on one field. ``str()`` gives it as the API writes it.

    Attributes:
        field: the name of the field.
        operator: as the API has it.
        value: as text, without escapes.
    """

    field: str
    operator: str
    value: str

    def __str__(self) -> str:
        value = re.sub(r"[\\:,]", r"\\\g<0>", self.value)
        return f"{self.field}:{self.operator}:{value}"


@dataclass(frozen=True, slots=True)
class Question:
    """A condition before it is known which customers there are.

    Attributes:
        field: picks the field, among those that the customer has a value for.
        operator: as the API has it.
        whose: picks the customer whose value is compared with.
        twist: what is done to that value first, so that not all is found with EQUALS.
    """

    field: int
    operator: str
    whose: int
    twist: str

    def about(self, customers: Sequence[Fields]) -> tuple[Condition, Callable[[Fields], bool]] | None:
        """The condition, and what it means; None if it cannot be asked of these customers."""
        if not customers:
            return None
        example = customers[self.whose % len(customers)]
        if self.operator in {"IS", "ISNOT"}:
            name = _ASKED[self.field % len(_ASKED)]
            wants_null = self.operator == "IS"
            return Condition(name, self.operator, "NULL"), lambda fields: (fields.get(name) is None) == wants_null
        names = [name for name in _ASKED if _can_be_compared(self.operator, example.get(name))]
        if not names:
            return None
        name = names[self.field % len(names)]
        value = self._twisted(example[name][0] if isinstance(example[name], list) else example[name])
        text = str(int(value)) if isinstance(value, bool) else str(value)
        return Condition(name, self.operator, text), lambda fields: self._holds(fields.get(name), value)

    def _twisted(self, value: Any) -> Any:
        if isinstance(value, bool):
            return value if self.twist == "same" else not value
        if isinstance(value, int):
            return value + {"same": 0, "longer": 1, "shorter": -1, "other case": 10}[self.twist]
        twisted: dict[str, str] = {
            "same": value,
            "longer": f"{value}x",
            "shorter": value[1:],
            "other case": value.swapcase(),
        }
        return twisted[self.twist]

    def _holds(self, value: Any, other: Any) -> bool:
        compare = _COMPARED[self.operator]
        if isinstance(value, list):
            return any(compare(one, other) for one in value)
        return value is not None and compare(value, other)


def _can_be_compared(operator: str, value: Any) -> bool:
    if isinstance(value, list):
        return bool(value)
    if isinstance(value, bool):
        return operator in {"EQUALS", "NOTEQUALS"}
    return isinstance(value, str) or (isinstance(value, int) and operator != "CONTAINS")


QUESTIONS = st.builds(
    Question,
    field=st.integers(0, 60),
    operator=st.sampled_from((*_COMPARED, "IS", "ISNOT")),
    whose=st.integers(0, 50),
    twist=st.sampled_from(("same", "same", "same", "longer", "shorter", "other case")),
)


def say(
    questions: Sequence[Question], customers: Sequence[Fields], *, is_own: bool
) -> tuple[list[Condition], list[Fields]]:
    """The conditions that can be asked, and the customers that they must find.

    How a backslash is escaped is not published, so another server than ours is not asked for one.
    """
    conditions: list[Condition] = []
    found = list(customers)
    for question in questions:
        asked = question.about(customers)
        if asked is None:
            continue
        condition, holds = asked
        if "\\" in condition.value and not is_own:
            continue
        conditions.append(condition)
        found = [fields for fields in found if holds(fields)]
    return conditions, found


def where_text(conditions: Iterable[Condition]) -> str:
    """The ``where`` in which all conditions hold."""
    return ",".join(map(str, conditions))


def in_order(customers: Sequence[Fields], field: str, *, descending: bool) -> list[Fields]:
    """Customers by a field, null first; what is equal in the order of the IDs."""
    by_id = sorted(customers, key=lambda fields: int(fields["customer_id"]))

    def place(fields: Fields) -> tuple[bool, Any]:
        value = fields.get(field)
        return (False, 0) if value is None else (True, value)

    return sorted(by_id, key=place, reverse=descending)
