"""The business rules for creating, updating and deleting a customer."""

from collections.abc import Mapping
from typing import Any

from chargeover_sandbox.contract.problems import Problem
from chargeover_sandbox.contract.responses import invalid

from .store import Store


def check_parent(store: Store, customer_id: int | None, old: int | None, changes: Mapping[str, Any]) -> None:
    """Check the rules about ``parent_customer_id``.

    The parent can only be changed or removed while it has not made a payment for the customer (seed). It must exist,
    and a customer cannot be its own ancestor (assumed).

    Args:
        store: the customers.
        customer_id: the customer to change; None for a new one.
        old: its current parent.
        changes: the fields that were sent.

    Raises:
        Refusal: 400.
    """
    name = "parent_customer_id"
    if name not in changes:
        return
    new = changes[name]
    if old == new:
        return
    if customer_id is not None and old is not None and store.has_paid_for(old, customer_id):
        raise invalid(
            Problem(
                name,
                f"it cannot be changed or removed, because parent {old} has made a payment for customer {customer_id}",
            )
        )
    if new is None:
        return
    if new == customer_id:
        raise invalid(Problem(name, f"customer {customer_id} cannot be its own parent"))
    if store.stored_values(new, (name,)) is None:
        raise invalid(Problem(name, f"there is no customer {new}"))
    if customer_id in store.ancestors(new):
        raise invalid(Problem(name, f"customer {new} is below customer {customer_id}, so it cannot be its parent"))


def check_external_key(store: Store, customer_id: int | None, changes: Mapping[str, Any]) -> None:
    """Check that an external key is unique in the account; that of a deleted customer stays used (docs).

    An empty text is not a key (assumed).

    Raises:
        Refusal: 400.
    """
    key = changes.get("external_key")
    if not key:
        return
    holder = store.id_of("external_key", key)
    if holder is not None and holder != customer_id:
        raise invalid(Problem("external_key", f"{key!r} is already the key of customer {holder}"))
    former = store.former_holder(key)
    if former is not None:
        raise invalid(Problem("external_key", f"{key!r} was the key of customer {former}, which was deleted"))


def check_deletion(store: Store, customer_id: int) -> None:
    """Check that a customer has no children: a parent cannot be deleted (assumed).

    Raises:
        Refusal: 400.
    """
    child = store.first_child(customer_id)
    if child is not None:
        reason = f"customer {customer_id} is the parent of customer {child}; disconnect or delete its children first"
        raise invalid(Problem("customer_id", reason))
