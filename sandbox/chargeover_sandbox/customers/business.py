"""The business data of a customer, which a test sets: what the service computes from invoices and payments."""

from http import HTTPStatus

from chargeover_sandbox.contract.handlers import CheckedRequest, Handler
from chargeover_sandbox.contract.problems import Problem
from chargeover_sandbox.contract.responses import Response, invalid, success

from .store import Store


def business_control(store: Store) -> Handler:
    """The operation of the control that sets the business data of a customer.

    No date changes, since no request of the API did it.
    """

    def set_data(request: CheckedRequest) -> Response:
        customer_id = request.parameters["customer_id"]
        if store.stored_values(customer_id, ("customer_id",)) is None:
            raise invalid(Problem("customer_id", f"there is no customer {customer_id}"))
        if request.body:
            store.update(customer_id, request.body)
        return success(HTTPStatus.OK, {"id": customer_id})

    return set_data
