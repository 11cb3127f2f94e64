"""The payments that a test records, after which a customer's parent is fixed."""

from http import HTTPStatus

from chargeover_sandbox.contract.handlers import CheckedRequest, Handler
from chargeover_sandbox.contract.problems import Problem
from chargeover_sandbox.contract.responses import Response, invalid, success

from .store import Store


def payment_control(store: Store) -> Handler:
    """The operation of the control that records that a parent has paid for its child."""

    def record(request: CheckedRequest) -> Response:
        child, parent = request.body["customer_id"], request.body["paid_by"]
        found = store.stored_values(child, ("parent_customer_id",))
        if found is None:
            raise invalid(Problem("customer_id", f"there is no customer {child}"))
        if found[0] != parent:
            raise invalid(Problem("paid_by", f"customer {parent} is not the parent of customer {child}"))
        return success(HTTPStatus.CREATED, {"id": store.add_payment(child, parent)})

    return record
