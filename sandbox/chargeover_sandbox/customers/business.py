"""The business data of a customer, which a test sets: what the service computes from invoices and payments."""

from http import HTTPStatus
from typing import Any

from chargeover_sandbox.contract.document import Body, Node, Validator
from chargeover_sandbox.contract.handlers import Action
from chargeover_sandbox.contract.problems import Problem
from chargeover_sandbox.contract.responses import Response, invalid, success

from .store import Store

_ID: Node = {"type": "integer", "minimum": 1, "maximum": 2**63 - 1}
_AMOUNT: Node = {"type": "number", "minimum": -1e15, "maximum": 1e15}

BUSINESS_SCHEMAS: dict[str, Node] = {
    "balance": _AMOUNT,
    "paid": _AMOUNT,
    "total": _AMOUNT,
    "customer_status_id": _ID,
    "customer_status_name": {"type": "string"},
    "customer_status_str": {"enum": ["active-current", "active-overdue", "inactive-manual", "inactive-activity"]},
    "customer_status_state": {"enum": ["a", "i"]},
}
"""The fields that a test can set, with their schemas. The values of the status are those that were seen (client)."""

_DATA: Node = {
    "type": "object",
    "properties": {"customer_id": _ID, **BUSINESS_SCHEMAS},
    "required": ["customer_id"],
    "additionalProperties": False,
}


def business_action(store: Store) -> Action:
    """The endpoint that sets the business data of a customer. No date changes, since no request of the API did it."""

    def set_data(body: dict[str, Any]) -> Response:
        customer_id = body.pop("customer_id")
        if store.stored_values(customer_id, ("customer_id",)) is None:
            raise invalid(Problem("customer_id", f"there is no customer {customer_id}"))
        if body:
            store.update(customer_id, body)
        return success(HTTPStatus.OK, {"id": customer_id})

    return Action(Body(Validator(_DATA), frozenset(_DATA["properties"])), set_data)
