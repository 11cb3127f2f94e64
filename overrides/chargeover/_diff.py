"""What an update would change: its fields, as they are and as they would be."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from . import _operations
from . import _wire as wire  # pyright: ignore[reportPrivateUsage]
from ._answers import Envelope
from ._customer import Customer
from ._fields import checked_update
from ._operations import Call


class Difference(NamedTuple):
    """One field that an update would change.

    Attributes:
        before: its value now, as the attribute of a Customer gives it.
        after: the value that would be sent.
    """

    before: Any
    after: Any


Diff = dict[str, Difference]
"""The fields that an update would change, by name, in the order in which they were given."""


def diff_call(customer: int | str | Customer, fields: Mapping[str, object]) -> Call[Diff]:
    """Read a customer, by its ID or its external key, and compare."""
    body = checked_update(wire.CUSTOMER_UPDATE, fields)
    if isinstance(customer, str):
        call = _operations.get_customer_by_external_key(customer)
    else:
        call = _operations.get_customer(customer)

    def read(answer: Envelope) -> Diff:
        found = call.read(answer)
        pairs = {name: Difference(getattr(found, name), value) for name, value in body.items()}
        return {name: pair for name, pair in pairs.items() if pair.before != pair.after}

    return Call(call.request, read)
