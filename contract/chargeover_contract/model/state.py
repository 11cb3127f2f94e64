"""What must be true of the customers of one example: the dict, and the rules of the document and its pages."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from chargeover_contract.equality import is_same

from .contacts import DEFAULTS, SOMETHING, expected, expected_elsewhere
from .values import SHOWN, WRITABLE, Fields

# What never changes, whatever is sent.
_STABLE = ("customer_id", "token", "write_datetime", "write_ipaddr")
ABSENT_FROM_ROWS = frozenset({"tags"})
"""What the rows of a list may lack (recorded)."""
_PARENT, _KEY = "parent_customer_id", "external_key"


@dataclass(slots=True)
class State:
    """The customers that must be there, each as it was read last.

    Attributes:
        is_own: whether the server is our sandbox, so that what it decides itself is expected too.
        customers: by ID; every field of the answer.
        spent: keys of customers that were deleted.
        given_up: keys that a customer had once and gave up.
        paid: pairs of a child and the parent that has paid for it.
    """

    is_own: bool
    customers: dict[int, Fields] = field(default_factory=dict[int, Fields])
    spent: set[str] = field(default_factory=set[str])
    given_up: set[str] = field(default_factory=set[str])
    paid: set[tuple[int, int]] = field(default_factory=set[tuple[int, int]])

    def holder(self, key: str) -> int | None:
        """The customer that has a key now, if any."""
        return next((one for one, fields in self.customers.items() if key and fields.get(_KEY) == key), None)

    def key_is_refused(self, key: str, customer_id: int | None) -> bool | None:
        """Whether a customer cannot have a key. None if the document leaves it open."""
        if not key:
            return False if self.is_own else None
        if self.holder(key) not in {None, customer_id} or key in self.spent:
            return True
        return None if key in self.given_up and not self.is_own else False

    def parent_is_refused(self, parent: int | None, customer_id: int) -> bool | None:
        """Whether a customer cannot have a parent, or none. None if the document leaves it open."""
        old = self.customers[customer_id].get(_PARENT)
        if parent == old:
            return False if self.is_own or old is None else None
        if old is not None and (customer_id, old) in self.paid:
            return True
        if parent is None:
            return False
        if parent not in self.customers or customer_id in {parent, *self.above(parent)}:
            return True if self.is_own else None
        return False

    def above(self, customer_id: int) -> Iterator[int]:
        """The parent, its parent, and so on."""
        while (parent := self.customers[customer_id].get(_PARENT)) is not None:
            yield parent
            customer_id = parent

    def is_parent(self, customer_id: int) -> bool:
        """Whether this one is the parent of another."""
        return any(fields.get(_PARENT) == customer_id for fields in self.customers.values())

    def created(self, shown: Fields, sent: Fields) -> Iterator[str]:
        """Take a new customer in, as it was read; what is wrong with it."""
        wrong = list(_wrong(shown, self._known_of_a_creation(sent)))
        # It may be another customer: nothing may be written to it.
        if not wrong:
            self.customers[shown["customer_id"]] = dict(shown)
        yield from wrong

    def _known_of_a_creation(self, sent: Fields) -> Fields:
        """The fields that a creation decides. What was not sent has a default, which only ours is known to have."""
        if not self.is_own:
            return expected_elsewhere(sent)
        return {**dict.fromkeys(sorted(WRITABLE)), **DEFAULTS, **expected({}, sent)}

    def changed(self, shown: Fields, sent: Fields) -> Iterator[str]:
        """Take a changed customer in, as it was read; what is wrong with it."""
        before = self.customers[shown["customer_id"]]
        kept = {name: before.get(name) for name in (*_STABLE, *sorted(WRITABLE))}
        if self.is_own:
            yield from _wrong(shown, {**kept, **expected(before, sent)})
        else:
            if any(name.startswith("superuser_") for name in sent):
                # Names follow one another, and a contact may be made.
                kept = {name: value for name, value in kept.items() if not name.startswith("superuser_")}
            yield from _wrong(shown, {**kept, **expected_elsewhere(sent)})
        yield from self._wrong_dates(before, shown)
        self.note_given_up_key(before, sent)
        self.customers[shown["customer_id"]] = dict(shown)

    def note_given_up_key(self, before: Fields, sent: Fields) -> None:
        """Remember the key that a customer had, if it has another one now."""
        if before.get(_KEY) and sent.get(_KEY, before[_KEY]) != before[_KEY]:
            self.given_up.add(before[_KEY])

    def _wrong_dates(self, before: Fields, after: Fields) -> Iterator[str]:
        old, new = (_moment(fields.get("mod_datetime")) for fields in (before, after))
        # What is shown are whole seconds.
        if old and new and new < old:
            yield f"mod_datetime went from {old} to {new}"

    def unchanged(self, shown: Fields, *, in_a_list: bool = False) -> Iterator[str]:
        """What is wrong with a customer that no request has changed."""
        before = self.customers[shown["customer_id"]]
        absent = ABSENT_FROM_ROWS - shown.keys() if in_a_list else frozenset[str]()
        yield from _wrong(shown, {name: before.get(name) for name in sorted({*SHOWN, *before, *shown} - absent)})

    def deleted(self, customer_id: int) -> None:
        """Take a customer out."""
        fields = self.customers.pop(customer_id)
        if fields.get(_KEY):
            self.spent.add(fields[_KEY])
        self.paid = {pair for pair in self.paid if customer_id not in pair}


def _wrong(shown: Fields, expected: Fields) -> Iterator[str]:
    for name, value in expected.items():
        found = shown.get(name)
        if value is SOMETHING:
            if not found:
                yield f"{name} of customer {shown.get('customer_id')} is {found!r}, and should have been made up"
        elif name == "no_procfees" and found in (0, 1) and found == value:
            continue  # a number, or the flag itself
        elif not is_same(found, value):
            yield f"{name} of customer {shown.get('customer_id')} is {shown.get(name)!r:.200}, not {value!r:.200}"


def _moment(value: Any) -> datetime | None:
    """A moment, if the answer says it in a form that can be compared."""
    try:
        moment = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        return None
    return moment if moment.tzinfo else None
