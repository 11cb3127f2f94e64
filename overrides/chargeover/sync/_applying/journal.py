"""The plan while it is applied: which rows are next, and what became of them, each step committed before the next."""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from chargeover._customers.customer import Customer
from chargeover.sync._store.files import transaction
from chargeover.sync._store.schema import Outcome
from chargeover.sync._store.values import decoded, encoded, is_same, text_of, value_of

_NEXT = """
SELECT rows.row, key, customer_id, action, field, old, new
FROM (
    SELECT row, key, customer_id, action FROM rows
    WHERE row > ? AND outcome = ? ORDER BY row LIMIT ?
) AS rows JOIN changes USING (row) ORDER BY rows.row
"""
_OUTCOME = "UPDATE rows SET outcome = ?, reason = ?, customer_id = coalesce(?, customer_id) WHERE row = ?"


class ItemChange(NamedTuple):
    """One field of an item.

    Attributes:
        field: its name.
        old: its value when the plan was made.
        new: the value that is to be sent.
        was_absent: whether the response lacked it when the plan was made.
    """

    field: str
    old: Any
    new: Any
    was_absent: bool

    def is_new_in(self, customer: Customer) -> bool:
        """Whether a customer has the planned value."""
        return self.field in customer.raw and is_same(value_of(customer, self.field), self.new)

    def is_old_in(self, customer: Customer) -> bool:
        """Whether a customer has the value that it had when the plan was made."""
        if self.field not in customer.raw or self.was_absent:
            return self.was_absent and self.field not in customer.raw
        return is_same(value_of(customer, self.field), self.old)


@dataclass(slots=True)
class Item:
    """One row that is being applied.

    Attributes:
        row: its number in the plan.
        key: its key in the input.
        customer_id: the customer; None until it is created.
        creates: whether it is a creation.
        changes: the fields that are to be changed.
    """

    row: int
    key: str
    customer_id: int | None
    creates: bool
    changes: list[ItemChange]

    @property
    def fields(self) -> dict[str, Any]:
        """What is sent."""
        fields = {change.field: change.new for change in self.changes}
        return {**fields, "external_key": self.key} if self.creates else fields

    def has_new(self, customer: Customer) -> bool:
        """Whether a customer has all planned values."""
        return all(change.is_new_in(customer) for change in self.changes)

    def take_old(self, customer: Customer) -> None:
        """Make what a customer has now the old values: it is to be overwritten all the same."""
        self.changes = [
            change._replace(old=value_of(customer, change.field), was_absent=change.field not in customer.raw)
            for change in self.changes
        ]

    def has_old(self, customer: Customer) -> bool:
        """Whether a customer has all values that it had when the plan was made. A creation had no customer."""
        return not self.creates and all(change.is_old_in(customer) for change in self.changes)


@dataclass(slots=True)
class Verdict:
    """What became of an item.

    Attributes:
        item: the item.
        outcome: what became of it.
        reason: why, where that needs a reason.
        customer: the customer as it was read back; None if it was not.
    """

    item: Item
    outcome: Outcome
    reason: str | None = None
    customer: Customer | None = field(default=None, repr=False)

    @property
    def is_ready(self) -> bool:
        """Whether it is to be sent now: planned, and nothing speaks against it."""
        return self.outcome == "planned" and self.reason is None


class Journal:
    """Reads and writes the rows of a plan that is being applied."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        # Readers never block the writer, and a commit is one write that is waited for.
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")

    def close(self) -> None:
        """Make the plan one file again, unless someone reads it at this moment."""
        self._connection.execute("PRAGMA busy_timeout = 100")
        try:
            self._connection.execute("PRAGMA journal_mode = DELETE")
        except sqlite3.OperationalError:
            return

    def after(self, row: int, outcome: Outcome, limit: int) -> list[Item]:
        """The next rows behind a row that have an outcome."""
        found = self._connection.execute(_NEXT, (row, outcome, limit))
        return [_item(list(lines)) for _, lines in groupby(found, key=itemgetter(0))]

    def note(self, verdicts: Iterable[Verdict]) -> None:
        """Commit what became of rows, and the values that were read back."""
        rows: list[tuple[object, ...]] = []
        values: list[tuple[object, ...]] = []
        for one in verdicts:
            rows.append((one.outcome, one.reason, one.item.customer_id, one.item.row))
            if one.customer is not None:
                values.extend(
                    (text_of(one.customer, change.field), one.item.row, change.field) for change in one.item.changes
                )
        with transaction(self._connection):
            self._connection.executemany(_OUTCOME, rows)
            self._connection.executemany("UPDATE changes SET read_back = ? WHERE row = ? AND field = ?", values)

    def replace_old(self, items: Iterable[Item]) -> None:
        """Commit the old values of items, which are not those of the plan any more."""
        values = [
            (None if change.was_absent else encoded(change.old), item.row, change.field)
            for item in items
            for change in item.changes
        ]
        if values:
            with transaction(self._connection):
                self._connection.executemany("UPDATE changes SET old = ? WHERE row = ? AND field = ?", values)


def _item(lines: Sequence[tuple[Any, ...]]) -> Item:
    row, key, customer_id, action, *_ = lines[0]
    changes = [ItemChange(name, decoded(old), decoded(new), old is None) for *_, name, old, new in lines]
    return Item(row, key, customer_id, action == "create", changes)
