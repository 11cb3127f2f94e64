"""The business rules that an update and a creation must keep."""

from .answers import invalid
from .problems import Problem
from .store import Fields, Store


def check_parent(store: Store, customer_id: int | None, current: Fields, changes: Fields) -> None:
    """The rules about ``parent_customer_id``.

    The parent can only be changed, or removed, while it has not made a payment for the customer (seed). It must exist,
    and no customer may be above itself (assumed).

    Args:
        store: the customers.
        customer_id: the customer that changes; None if it is new.
        current: its fields so far.
        changes: the fields that were sent.

    Raises:
        Refusal: 400.
    """
    name = "parent_customer_id"
    if name not in changes:
        return
    old, new = current.get(name), changes[name]
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
    if store.find(new) is None:
        raise invalid(Problem(name, f"there is no customer {new}"))
    if customer_id in store.ancestors(new):
        raise invalid(Problem(name, f"customer {new} is below customer {customer_id}, so it cannot be its parent"))


def check_external_key(store: Store, customer_id: int | None, changes: Fields) -> None:
    """External keys are unique in an account (docs). An empty one is no key (assumed).

    Raises:
        Refusal: 400.
    """
    key = changes.get("external_key")
    holder = store.id_of_external_key(key) if key else None
    if holder is not None and holder != customer_id:
        raise invalid(Problem("external_key", f"{key!r} is already the key of customer {holder}"))
