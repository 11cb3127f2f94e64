"""The sandbox's own endpoints, under /_sandbox: not part of the API, and not in openapi.yaml."""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from .answers import Reply, invalid, success
from .contract import Body, Validator
from .problems import Problem
from .store import Store

PREFIX = "/_sandbox/"
_ID = {"type": "integer", "minimum": 1, "maximum": 2**63 - 1}
_PAYMENT: dict[str, Any] = {
    "type": "object",
    "properties": {"customer_id": _ID, "paid_by": _ID},
    "required": ["customer_id", "paid_by"],
    "additionalProperties": False,
}


@dataclass(frozen=True, slots=True)
class Action:
    """One endpoint, for POST.

    Attributes:
        body: what the request body must be; None if it is ignored.
        run: what is done with the body.
    """

    body: Body | None
    run: Callable[[dict[str, int]], Reply]


class Admin:
    """Record payments, empty everything.

    Attributes:
        actions: by path.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        payment = Body(Validator(_PAYMENT), frozenset(_PAYMENT["required"]))
        self.actions: dict[str, Action] = {
            f"{PREFIX}payments": Action(payment, self._record_payment),
            f"{PREFIX}reset": Action(None, self._reset),
        }

    def _record_payment(self, body: dict[str, int]) -> Reply:
        """Record that a parent has paid for its child, after which the child's parent is fixed."""
        child, parent = body["customer_id"], body["paid_by"]
        found = self._store.part(child, ("parent_customer_id",))
        if found is None:
            raise invalid(Problem("customer_id", f"there is no customer {child}"))
        if found[0] != parent:
            raise invalid(Problem("paid_by", f"customer {parent} is not the parent of customer {child}"))
        return success(HTTPStatus.CREATED, {"id": self._store.add_payment(child, parent)})

    def _reset(self, _: dict[str, int]) -> Reply:
        self._store.clear()
        return success(HTTPStatus.OK, True)
