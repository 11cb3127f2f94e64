"""Customers as people look at them: found by any text, and one of them with its family."""

from http import HTTPStatus
from typing import Any

from chargeover_sandbox.contract.handlers import CheckedRequest, Handler
from chargeover_sandbox.contract.responses import Response, success

from .operations import not_found
from .queries import EVERYTHING, Condition
from .store import Fields, Store

_SEARCHED = ("company", "external_key", "bill_city", "superuser_name", "superuser_email")
_SHOWN = ("company", "external_key", "parent_customer_id", "customer_status_str", "balance")
_MOST_CHILDREN = 200


def browsing_controls(store: Store) -> dict[str, Handler]:
    """The operations of the control that read customers without a trace: no exchange, no fault, no limit.

    Args:
        store: the customers.
    """

    def row(fields: Fields) -> dict[str, Any]:
        customer_id = fields["customer_id"]
        shown = {name: fields.get(name) for name in _SHOWN}
        return {"customer_id": customer_id, **shown, "children": store.children_of(customer_id)}

    def browse_customers(request: CheckedRequest) -> Response:
        condition, values = _condition(request.parameters.get("text", ""))
        page = (request.parameters["limit"], request.parameters["offset"])
        found = store.find(condition, (*values, *page), "ORDER BY customer_id DESC LIMIT ? OFFSET ?")
        return success(HTTPStatus.OK, {"count": store.count(condition, values), "customers": [*map(row, found)]})

    def show_customer(request: CheckedRequest) -> Response:
        customer_id: int = request.parameters["customer_id"]
        found = store.find("customer_id = ?", (customer_id,))
        if not found:
            raise not_found()
        parents: dict[int, Fields] = {}
        above = found
        while above:  # none is there if a planted bug let a parent go, and the way is a circle if one allows that
            parent = above[0].get("parent_customer_id")
            if parent is None or parent in parents:
                break
            above = store.find("customer_id = ?", (parent,))
            parents |= {fields["customer_id"]: fields for fields in above}
        rest = "ORDER BY customer_id LIMIT ?"
        children = store.find("parent_customer_id = ?", (customer_id, _MOST_CHILDREN), rest)
        return success(
            HTTPStatus.OK,
            {
                "customer": found[0],
                "parents": [*map(row, parents.values())],
                "children": [*map(row, children)],
                "children_count": store.children_of(customer_id),
            },
        )

    return {run.__name__: run for run in (browse_customers, show_customer)}


def _condition(text: str) -> Condition:
    if not text:
        return EVERYTHING
    # The pieces are joined, so that each row is compared once; the character between them is typed by no one.
    joined = " || char(31) || ".join(f"coalesce({name}, '')" for name in _SEARCHED)
    escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    like = f"({joined}) LIKE ? ESCAPE '\\'"
    is_id = text.isascii() and text.isdigit() and int(text) < 2**63
    return Condition(f"({like} OR customer_id = ?)", (f"%{escaped}%", int(text) if is_id else 0))
