"""What a customer that was read says about an item; no I/O."""

from chargeover._customers.customer import Customer
from chargeover._errors import (
    APIConnectionError,
    APIStatusError,
    AuthenticationError,
    ChargeOverError,
    ClosedClientError,
    InternalServerError,
    InvalidFieldError,
    RateLimitError,
)
from chargeover.sync._requests import is_whole

from .journal import Item, Verdict
from .reading import Found
from .sending import Sent

_NEITHER = "It was under way when its result was lost, and the customer has neither the old nor the planned values."
_HELD = "The customer had the planned values already; nothing was sent."


def before_sending(item: Item, found: Found, *, force: bool) -> Verdict:
    """Whether an item may be sent: ``planned`` if so.

    Args:
        item: the item, which has not been sent.
        found: its customer as it is now.
        force: whether changes since the plan was made are overwritten.
    """
    if isinstance(found, ChargeOverError):
        return Verdict(item, "failed" if _is_refusal(found) else "planned", found.reason)
    if found is None:
        if item.creates:
            return Verdict(item, "planned")
        return Verdict(item, "failed", "The customer does not exist any more.")
    if item.has_new(found):
        return Verdict(item, "unchanged", _HELD)
    if item.creates:
        return Verdict(item, "stale", "A customer with this key has been created since the plan was made.")
    if item.has_old(found) or force:
        return Verdict(item, "planned", customer=found)
    return Verdict(item, "stale", f"Changed since the plan was made: {', '.join(_changed(item, found))}.")


def known_outcome(sent: Sent) -> Verdict | None:
    """What became of an item by its own result; None if only its customer can tell."""
    item, error = sent
    if error is None:
        return Verdict(item, "accepted")
    if isinstance(error, InvalidFieldError):
        return Verdict(item, "failed", error.reason)
    if isinstance(error, (AuthenticationError, ClosedClientError, RateLimitError)):
        return Verdict(item, "planned", error.reason)
    if isinstance(error, APIConnectionError) and not error.was_sent:
        return Verdict(item, "planned", error.reason)
    # The key of a refused creation may be taken by an attempt of this plan whose response was lost.
    if _is_refusal(error) and not is_whole(error) and not item.creates:
        return Verdict(item, "failed", error.reason)
    return None


def after_a_loss(item: Item, found: Found, error: ChargeOverError | None) -> Verdict:
    """What became of an item whose result is not known: by what the customer has now.

    Args:
        item: the item, which may have been sent.
        found: its customer as it is now.
        error: why the result is not known; None if the process died.
    """
    reason = None if error is None else error.reason
    if isinstance(found, ChargeOverError):
        return Verdict(item, "sending", found.reason)
    if found is None:
        # A refused creation whose key is free was refused for another reason.
        if item.creates:
            return Verdict(item, "failed" if _is_refusal(error) else "planned", reason)
        return Verdict(item, "failed", "The customer does not exist any more.")
    if item.has_new(found):
        item.customer_id = found.customer_id
        return Verdict(item, "done", customer=found)
    if item.creates and _is_refusal(error):
        return Verdict(item, "failed", reason)
    return Verdict(item, "planned", reason) if item.has_old(found) else Verdict(item, "unclear", _NEITHER)


def read_back(item: Item, found: Found) -> Verdict:
    """The end of an item that the server has accepted."""
    if isinstance(found, ChargeOverError):
        return Verdict(item, "accepted", found.reason)
    return Verdict(item, "done", customer=found)


def _is_refusal(error: ChargeOverError | None) -> bool:
    return isinstance(error, APIStatusError) and not isinstance(error, (InternalServerError, RateLimitError))


def _changed(item: Item, customer: Customer) -> list[str]:
    return [change.field for change in item.changes if not change.is_old_in(customer)]
