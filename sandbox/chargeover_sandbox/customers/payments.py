"""The payments that a test records, after which a customer's parent is fixed."""

from http import HTTPStatus
from typing import Any

from chargeover_sandbox.contract.document import Body, Validator
from chargeover_sandbox.contract.handlers import Action
from chargeover_sandbox.contract.problems import Problem
from chargeover_sandbox.contract.responses import Response, invalid, success

from .store import Store

_ID = {"type": "integer", "minimum": 1, "maximum": 2**63 - 1}
_PAYMENT: dict[str, Any] = {
    "type": "object",
    "properties": {"customer_id": _ID, "paid_by": _ID},
    "required": ["customer_id", "paid_by"],
    "additionalProperties": False,
}


def payment_action(store: Store) -> Action:
    """The endpoint that records that a parent has paid for its child."""

    def record(body: dict[str, Any]) -> Response:
        child, parent = body["customer_id"], body["paid_by"]
        found = store.stored_values(child, ("parent_customer_id",))
        if found is None:
            raise invalid(Problem("customer_id", f"there is no customer {child}"))
        if found[0] != parent:
            raise invalid(Problem("paid_by", f"customer {parent} is not the parent of customer {child}"))
        return success(HTTPStatus.CREATED, {"id": store.add_payment(child, parent)})

    return Action(Body(Validator(_PAYMENT), frozenset(_PAYMENT["required"])), record)
