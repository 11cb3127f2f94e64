"""Changes of customers as ``bulk_update`` takes them: which customer, and its new fields."""

from collections.abc import Mapping, Sequence
from typing import cast

from . import _operations
from ._bulk import BulkRequest
from ._errors import InvalidFieldError
from ._wire import CustomerUpdateFields

Change = tuple[int | str, CustomerUpdateFields]
"""A customer's ID, or its external key if it is a string; and the fields that change."""


def update_request(change: Change) -> BulkRequest[int | None]:
    """The request of one change.

    Raises:
        UnknownFieldError: a name that the contract does not have.
        InvalidFieldError: no pair of a customer and fields, or a value that the contract forbids.
    """
    if not _is_pair(change):
        raise InvalidFieldError(
            f"A change must be a pair such as (1234, {{'company': 'Acme Ltd'}}), not {_kind(change)}."
        )
    customer, fields = change
    if isinstance(customer, str):
        return BulkRequest(_operations.update_customer_by_external_key(customer, fields))
    return BulkRequest(_operations.update_customer(customer, fields))


def _is_pair(change: object) -> bool:
    if not isinstance(change, (tuple, list)):
        return False
    parts = cast("Sequence[object]", change)
    return len(parts) == 2 and isinstance(parts[1], Mapping)


def _kind(change: object) -> str:
    # Not the change itself: it may be somebody's data.
    parts = (
        ", ".join(type(part).__name__ for part in cast("Sequence[object]", change)) if isinstance(change, tuple) else ""
    )
    return f"({parts})"
