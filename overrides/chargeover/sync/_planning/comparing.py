"""What a row would change in a customer."""

import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from chargeover._calls.fields import checked_creation
from chargeover._customers.customer import Customer
from chargeover._customers.operations import CREATION, UPDATE
from chargeover.sync._store.values import decoded, encoded, is_empty, is_same, text_of, value_of

_SENT_BEFORE = """
SELECT changes.new, changes.read_back FROM rows JOIN changes USING (row)
WHERE rows.customer_id = ? AND changes.field = ? AND rows.outcome = 'done' ORDER BY rows.row DESC LIMIT 1
"""


class PlannedChange(NamedTuple):
    """One field that is to be changed: the values as JSON, ``old`` None if the response lacked the member."""

    field: str
    old: str | None
    new: str


class Comparison(NamedTuple):
    """What a row would change, and what it asks for that is not possible, by field."""

    changes: list[PlannedChange]
    notices: list[tuple[str, str]]


class Comparer:
    """Compares rows with customers.

    Args:
        earlier: plans that were applied: where a customer has what was read back after a value was sent, that value is
            not sent again.
    """

    def __init__(self, earlier: Sequence[sqlite3.Connection]) -> None:
        self._earlier = earlier

    def compared(self, customer: Customer, fields: Mapping[str, Any]) -> Comparison:
        """What the fields of a row would change.

        Args:
            customer: the customer as it is.
            fields: the JSON values that are wanted, by field.
        """
        changes: list[PlannedChange] = []
        notices: list[tuple[str, str]] = []
        for name, value in fields.items():
            has = value_of(customer, name)
            if name in customer.raw and is_same(has, value):
                continue
            rule = UPDATE.fields.get(name)
            if rule is None:
                notices.append((name, "it can only be given to a new customer, and was left as it is."))
            elif value is None and "null" not in rule.types:
                if not is_empty(has):
                    notices.append((name, "it cannot be emptied: the API takes no empty value for it. It is kept."))
            elif not self._is_what_became_of(customer, name, value):
                changes.append(PlannedChange(name, text_of(customer, name), encoded(value)))
        return Comparison(changes, notices)

    def _is_what_became_of(self, customer: Customer, name: str, value: object) -> bool:
        for plan in self._earlier:
            sent = plan.execute(_SENT_BEFORE, (customer.customer_id, name)).fetchone()
            if sent and sent[1] is not None:
                return is_same(decoded(sent[0]), value) and is_same(decoded(sent[1]), value_of(customer, name))
        return False


def creation(key: str, fields: Mapping[str, Any]) -> list[PlannedChange]:
    """What a new customer is made of.

    Raises:
        InvalidFieldError: a required field is missing.
    """
    values = {name: value for name, value in fields.items() if not is_empty(value)}
    body = checked_creation(CREATION, {**values, "external_key": key})
    del body["external_key"]
    return [PlannedChange(name, None, encoded(value)) for name, value in body.items()]
