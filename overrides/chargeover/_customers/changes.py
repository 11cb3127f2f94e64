"""Changes of customers as ``bulk_update`` takes them, and what they would change."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, cast

from chargeover._calls.call import Call
from chargeover._calls.envelopes import Envelope
from chargeover._calls.fields import checked_update, given_fields, is_mapping
from chargeover._errors import InvalidFieldError
from chargeover._wire import CustomerUpdateFields

from . import operations
from .customer import Customer, differs

Change = tuple[int | str | Customer, CustomerUpdateFields]
"""A customer (its ID, its external key as a string, or a Customer) and its new fields, by name."""


class Difference(NamedTuple):
    """One field that an update would change.

    Attributes:
        before: its present value, as the attribute of a Customer: None if it is null, or if the response lacks it.
        after: the value that would be sent.
    """

    before: Any
    after: Any


Diff = dict[str, Difference]
"""The fields that an update would change, by name, in the order in which they were given."""


def diff_call(customer: int | str | Customer, fields: Mapping[str, object]) -> Call[Diff]:
    """Read a customer, by its ID or its external key, and compare."""
    body = checked_update(operations.UPDATE, fields)
    if isinstance(customer, str):
        call = operations.get_customer_by_external_key(customer)
    else:
        call = operations.get_customer(customer)

    def read(envelope: Envelope) -> Diff:
        found = call.read(envelope)
        return {
            name: Difference(getattr(found, name), value) for name, value in body.items() if differs(found, name, value)
        }

    return Call(call.request, read)


def diff_of(change: Change) -> Call[Diff]:
    """The call that reads what one change would change; see ``update_of``."""
    return diff_call(*checked_pair(change))


def update_of(change: Change) -> Call[int | None]:
    """The call of one change.

    Raises:
        UnknownFieldError: a name that the contract does not have.
        InvalidFieldError: not a pair of a customer and fields, or a value that the contract does not allow.
    """
    customer, fields = checked_pair(change)
    if isinstance(customer, str):
        return operations.update_customer_by_external_key(customer, fields)
    return operations.update_customer(customer, fields)


def checked_pair(change: Change) -> Change:
    """A change, with its fields as a dictionary.

    Raises:
        InvalidFieldError: it is not a pair of a customer and fields.
    """
    if not _is_pair(change):
        raise InvalidFieldError(
            f"A change must be a pair such as (1234, {{'company': 'Acme Ltd'}}), not {_kind(change)}."
        )
    return change[0], cast("CustomerUpdateFields", given_fields(change[1], {}))


def _is_pair(change: object) -> bool:
    if not isinstance(change, (tuple, list)):
        return False
    parts = cast("Sequence[object]", change)
    return len(parts) == 2 and is_mapping(parts[1])


def _kind(change: object) -> str:
    # Not the change itself: it may be personal data.
    if not isinstance(change, tuple):
        return type(change).__name__
    return "(" + ", ".join(type(part).__name__ for part in cast("tuple[object, ...]", change)) + ")"
