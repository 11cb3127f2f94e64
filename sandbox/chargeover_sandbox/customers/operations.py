"""The operations on customers, by their operationId: what happens once a request has passed every check."""

import secrets
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from chargeover_sandbox.contract.handlers import CheckedRequest
from chargeover_sandbox.contract.problems import shortened
from chargeover_sandbox.contract.responses import Refusal, Response, success

from .queries import EVERYTHING
from .rules import check_deletion, check_external_key, check_parent
from .store import Store
from .times import now_after


class CustomerOperations:
    """Each public method handles the operation whose operationId is its name."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def list_customers(self, request: CheckedRequest) -> Response:
        """Return a page of customers."""
        parameters = request.parameters
        condition, values = parameters.get("where", EVERYTHING)
        order = parameters.get("order", "customer_id")
        rest = f"ORDER BY {order} LIMIT ? OFFSET ?"
        found = self._store.find(condition, (*values, parameters["limit"], parameters["offset"]), rest)
        return success(HTTPStatus.OK, found)

    def count_customers(self, request: CheckedRequest) -> Response:
        """Return the number of customers."""
        return success(HTTPStatus.OK, self._store.count(*request.parameters.get("where", EVERYTHING)))

    def create_customer(self, request: CheckedRequest) -> Response:
        """Add a customer."""
        fields = request.body
        check_external_key(self._store, None, fields)
        check_parent(self._store, None, None, fields)
        now = now_after(None)
        own = {
            "token": secrets.token_hex(6),
            "superuser_token": secrets.token_hex(6),
            "write_datetime": now,
            "write_ipaddr": request.client,
            "mod_datetime": now,
            "mod_ipaddr": request.client,
        }
        customer_id = self._store.insert({**fields, **own})
        return success(HTTPStatus.CREATED, {"id": customer_id}, _location(request, customer_id))

    def get_customer(self, request: CheckedRequest) -> Response:
        """Return a customer."""
        customer_id = self._named(request)
        found = self._store.find("customer_id = ?", (customer_id,))
        if not found:
            raise _not_found(customer_id)
        return success(HTTPStatus.OK, found[0])

    get_customer_by_external_key = get_customer
    get_customer_by_token = get_customer

    def update_customer(self, request: CheckedRequest) -> Response:
        """Change the fields that were sent, and only those."""
        customer_id = self._named(request)
        self._change(request, customer_id, request.body)
        # Code 201 with HTTP 202, as in the published example: a client must not expect the two to be equal.
        return success(HTTPStatus.ACCEPTED, {"id": customer_id}, _location(request, customer_id), code=201)

    update_customer_by_external_key = update_customer

    def disconnect_parent(self, request: CheckedRequest) -> Response:
        """Disconnect a customer from its parent, under the same rule as an update that does so."""
        self._change(request, self._named(request), {"parent_customer_id": None})
        return success(HTTPStatus.OK, True)

    def delete_customer(self, request: CheckedRequest) -> Response:
        """Delete a customer that has no children."""
        customer_id = self._named(request)
        if self._store.stored_values(customer_id, ("customer_id",)) is None:
            raise _not_found(customer_id)
        check_deletion(self._store, customer_id)
        self._store.delete(customer_id)
        return success(HTTPStatus.OK, True)

    delete_customer_by_external_key = delete_customer

    def _change(self, request: CheckedRequest, customer_id: int, changes: Mapping[str, Any]) -> None:
        current = self._store.stored_values(customer_id, ("parent_customer_id", "mod_datetime"))
        if current is None:
            raise _not_found(customer_id)
        parent, changed = current
        check_external_key(self._store, customer_id, changes)
        check_parent(self._store, customer_id, parent, changes)
        own = {"mod_datetime": now_after(changed), "mod_ipaddr": request.client}
        self._store.update(customer_id, {**changes, **own})

    def _named(self, request: CheckedRequest) -> int:
        """The ID of the customer that the path names by its ID, its external key or its token."""
        parameters = request.parameters
        if "customer_id" in parameters:
            return int(parameters["customer_id"])
        (name,) = {"external_key", "token"} & parameters.keys()
        customer_id = self._store.id_of(name, parameters[name])
        if customer_id is None:
            message = f"There is no customer with the {name.replace('_', ' ')} {shortened(parameters[name])!r}."
            raise Refusal(HTTPStatus.NOT_FOUND, message)
        return customer_id


def _not_found(customer_id: int) -> Refusal:
    return Refusal(HTTPStatus.NOT_FOUND, f"There is no customer {customer_id}.")


def _location(request: CheckedRequest, customer_id: int) -> dict[str, str]:
    return {"Location": f"{request.url}/api/v3/customer/{customer_id}"}
