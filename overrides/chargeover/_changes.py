"""Changes of customers as ``bulk_update`` takes them: which customer, and its new fields."""

from collections.abc import Mapping, Sequence
from typing import cast

from . import _operations
from ._bulk import BulkRequest
from ._customer import Customer
from ._diff import Diff, diff_call
from ._errors import InvalidFieldError

Change = tuple[int | str | Customer, Mapping[str, object]]
"""A customer's ID, or its external key if it is a string, or a Customer; and the fields that change, by name."""


def diff_request(change: Change) -> BulkRequest[Diff]:
    """The request that reads what one change would change; see ``update_request``."""
    customer, fields = _checked_pair(change)
    return BulkRequest(diff_call(customer, fields))


def update_request(change: Change) -> BulkRequest[int | None]:
    """The request of one change.

    Raises:
        UnknownFieldError: a name that the contract does not have.
        InvalidFieldError: no pair of a customer and fields, or a value that the contract forbids.
    """
    customer, fields = _checked_pair(change)
    if isinstance(customer, str):
        return BulkRequest(_operations.update_customer_by_external_key(customer, fields))
    return BulkRequest(_operations.update_customer(customer, fields))


def _checked_pair(change: Change) -> Change:
    if not _is_pair(change):
        raise InvalidFieldError(
            f"A change must be a pair such as (1234, {{'company': 'Acme Ltd'}}), not {_kind(change)}."
        )
    return change


def _is_pair(change: object) -> bool:
    if not isinstance(change, (tuple, list)):
        return False
    parts = cast("Sequence[object]", change)
    return len(parts) == 2 and isinstance(parts[1], Mapping)


def _kind(change: object) -> str:
    # Not the change itself: it may be somebody's data.
    if not isinstance(change, tuple):
        return type(change).__name__
    return "(" + ", ".join(type(part).__name__ for part in cast("tuple[object, ...]", change)) + ")"
