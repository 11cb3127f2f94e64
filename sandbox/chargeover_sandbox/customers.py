"""The operations on customers, by their operationId: what is done when a request has passed every check."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from .answers import Refusal, Reply, success
from .problems import shortened
from .queries import EVERYTHING
from .rules import check_deletion, check_external_key, check_parent
from .store import Store
from .times import now_after

OWN_FIELDS = {
    "token": "string",
    "superuser_token": "string",
    "write_datetime": "string",
    "write_ipaddr": "string",
    "mod_datetime": "string",
    "mod_ipaddr": "string",
}
"""The fields that the sandbox itself writes and stores, with their JSON types."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A request that has passed every check that the document asks for.

    Attributes:
        parameters: the parameters of path and query, by name; ``where`` and ``order`` as SQL.
        body: the JSON body, or None if the operation has none.
        client: the address of the client.
        url: the server's own address, without a slash at the end.
    """

    parameters: Mapping[str, Any]
    body: Any
    client: str
    url: str


Handler = Callable[[Checked], Reply]


class CustomerOperations:
    """What the sandbox can do with customers.

    Attributes:
        handlers: each operation, by its operationId.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self.handlers: dict[str, Handler] = {
            "list_customers": self.list_customers,
            "count_customers": self.count_customers,
            "create_customer": self.create_customer,
            "get_customer": self.get_customer,
            "get_customer_by_external_key": self.get_customer,
            "get_customer_by_token": self.get_customer,
            "update_customer": self.update_customer,
            "update_customer_by_external_key": self.update_customer,
            "delete_customer": self.delete_customer,
            "delete_customer_by_external_key": self.delete_customer,
            "disconnect_parent": self.disconnect_parent,
        }

    def list_customers(self, request: Checked) -> Reply:
        """Give a page of customers back."""
        asked = request.parameters
        condition, values = asked.get("where", EVERYTHING)
        order = asked.get("order", "customer_id")
        rest = f"ORDER BY {order} LIMIT ? OFFSET ?"
        found = self._store.find(condition, (*values, asked["limit"], asked["offset"]), rest)
        return success(HTTPStatus.OK, found)

    def count_customers(self, request: Checked) -> Reply:
        """Give a number of customers back."""
        return success(HTTPStatus.OK, self._store.count(*request.parameters.get("where", EVERYTHING)))

    def create_customer(self, request: Checked) -> Reply:
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

    def get_customer(self, request: Checked) -> Reply:
        """Give a customer back."""
        customer_id = self._named(request)
        found = self._store.find("customer_id = ?", (customer_id,))
        if not found:
            raise _not_found(customer_id)
        return success(HTTPStatus.OK, found[0])

    def update_customer(self, request: Checked) -> Reply:
        """Change the fields that were sent, and no others."""
        customer_id = self._named(request)
        self._change(request, customer_id, request.body)
        # Code 201 under HTTP 202, as in the published example: a client must not rely on the two being the same.
        return success(HTTPStatus.ACCEPTED, {"id": customer_id}, _location(request, customer_id), code=201)

    def disconnect_parent(self, request: Checked) -> Reply:
        """Take a customer's parent away, under the same rule as an update that does."""
        self._change(request, self._named(request), {"parent_customer_id": None})
        return success(HTTPStatus.OK, True)

    def delete_customer(self, request: Checked) -> Reply:
        """Delete a customer that nobody has as a parent."""
        customer_id = self._named(request)
        if self._store.part(customer_id, ("customer_id",)) is None:
            raise _not_found(customer_id)
        check_deletion(self._store, customer_id)
        self._store.delete(customer_id)
        return success(HTTPStatus.OK, True)

    def _change(self, request: Checked, customer_id: int, changes: Mapping[str, Any]) -> None:
        current = self._store.part(customer_id, ("parent_customer_id", "mod_datetime"))
        if current is None:
            raise _not_found(customer_id)
        parent, changed = current
        check_external_key(self._store, customer_id, changes)
        check_parent(self._store, customer_id, parent, changes)
        own = {"mod_datetime": now_after(changed), "mod_ipaddr": request.client}
        self._store.change(customer_id, {**changes, **own})

    def _named(self, request: Checked) -> int:
        """The ID of the customer that the path names, by its ID or otherwise."""
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


def _location(request: Checked, customer_id: int) -> dict[str, str]:
    return {"Location": f"{request.url}/api/v3/customer/{customer_id}"}
