"""The operations on customers, by their operationId: what happens once a request has passed every check."""

from collections.abc import Callable, Mapping
from functools import partial
from http import HTTPStatus
from typing import Any

from chargeover_sandbox.contract.handlers import CheckedRequest
from chargeover_sandbox.contract.responses import Refusal, Response, success

from .contacts import CONTACT_FIELDS, with_contact
from .queries import EVERYTHING
from .rules import check_deletion, check_external_key, check_parent
from .store import Fields, Store
from .times import Clock
from .tokens import Tokens
from .views import ABSENT, after_seed

Changed = Callable[[str, int, Callable[[], Fields]], None]
"""Is told of a change within its transaction: insert, update or delete, the ID, and how the customer can be read."""

_ABSENT_FROM_ROWS = frozenset({"tags"})
"""What the rows of a list lack (recorded)."""


class CustomerOperations:
    """Each public method handles the operation whose operationId is its name.

    Args:
        store: the customers.
        clock: the source of dates.
        tokens: the source of tokens.
        update_code: the ``code`` in the envelope of an update.
        page: the size of a page if the limit is 0, which only a lenient sandbox takes.
        changed: told of each change: the event, the ID, and how the customer can be read.
    """

    def __init__(
        self, store: Store, clock: Clock, tokens: Tokens, update_code: int, page: int, changed: Changed
    ) -> None:
        self._store = store
        self._clock = clock
        self._tokens = tokens
        self._changed = changed
        self._update_code = update_code
        self._page = page

    def list_customers(self, request: CheckedRequest) -> Response:
        """Return a page of customers; the rows lack what only a single customer has (recorded)."""
        parameters = request.parameters
        condition, values = parameters.get("where", EVERYTHING)
        order = parameters.get("order", "customer_id")
        rest = f"ORDER BY {order} LIMIT ? OFFSET ?"
        limit = parameters["limit"] or self._page
        found = self._store.find(condition, (*values, limit, parameters["offset"]), rest)
        rows = [{name: value for name, value in row.items() if name not in _ABSENT_FROM_ROWS} for row in found]
        return success(HTTPStatus.OK, rows)

    def count_customers(self, request: CheckedRequest) -> Response:
        """Return the number of customers."""
        return success(HTTPStatus.OK, self._store.count(*request.parameters.get("where", EVERYTHING)))

    def create_customer(self, request: CheckedRequest) -> Response:
        """Add a customer."""
        fields = request.body
        check_external_key(self._store, None, fields)
        check_parent(self._store, None, None, fields)
        now = self._clock.stamped()
        customer_id = self._store.next_id()
        own = {
            "token": self._tokens.of("customer", customer_id),
            "write_datetime": now,
            "write_ipaddr": request.client,
            "mod_datetime": now,
            "mod_ipaddr": request.client,
        }
        customer_id = self._store.insert({**with_contact(customer_id, {}, fields, self._tokens), **own})
        self._changed("insert", customer_id, partial(self._shown, customer_id))
        return success(HTTPStatus.CREATED, {"id": customer_id}, _location(request, customer_id))

    def get_customer(self, request: CheckedRequest) -> Response:
        """Return a customer."""
        customer_id = self._named(request)
        found = self._store.find("customer_id = ?", (customer_id,))
        if not found:
            raise not_found()
        return success(HTTPStatus.OK, found[0])

    get_customer_by_external_key = get_customer
    get_customer_by_token = get_customer

    def update_customer(self, request: CheckedRequest) -> Response:
        """Change the fields that were sent, and only those."""
        customer_id = self._named(request)
        self._change(request, customer_id, request.body)
        # By default 201 with HTTP 202, as in the published example: a client must not expect the two to be equal.
        location = _location(request, customer_id)
        return success(HTTPStatus.ACCEPTED, {"id": customer_id}, location, code=self._update_code)

    update_customer_by_external_key = update_customer

    def disconnect_parent(self, request: CheckedRequest) -> Response:
        """Disconnect a customer from its parent, under the same rule as an update that does so."""
        self._change(request, self._named(request), {"parent_customer_id": None})
        return success(HTTPStatus.OK, True)

    def delete_customer(self, request: CheckedRequest) -> Response:
        """Delete a customer that has no children."""
        customer_id = self._named(request)
        if self._store.stored_values(customer_id, ("customer_id",)) is None:
            raise not_found()
        check_deletion(self._store, customer_id)
        self._changed("delete", customer_id, partial(self._shown, customer_id))
        self._store.delete(customer_id)
        return success(HTTPStatus.OK, True)

    delete_customer_by_external_key = delete_customer

    def _change(self, request: CheckedRequest, customer_id: int, changes: Mapping[str, Any]) -> None:
        names = ("parent_customer_id", "mod_datetime", ABSENT, *CONTACT_FIELDS)
        current = self._store.stored_values(customer_id, names)
        if current is None:
            raise not_found()
        parent, changed, absent, *contact = current
        check_external_key(self._store, customer_id, changes)
        check_parent(self._store, customer_id, parent, changes)
        before: Fields = dict(zip(CONTACT_FIELDS, contact, strict=True))
        own: Fields = {"mod_datetime": self._clock.stamped(changed), "mod_ipaddr": request.client}
        complete = {**with_contact(customer_id, before, changes, self._tokens), **own}
        if absent is not None:
            complete |= after_seed(absent, complete)
        self._store.update(customer_id, complete)
        self._changed("update", customer_id, partial(self._shown, customer_id))

    def _shown(self, customer_id: int) -> Fields:
        return self._store.find("customer_id = ?", (customer_id,))[0]

    def _named(self, request: CheckedRequest) -> int:
        """The ID of the customer that the path names by its ID, its external key or its token."""
        parameters = request.parameters
        if "customer_id" in parameters:
            return int(parameters["customer_id"])
        (name,) = {"external_key", "token"} & parameters.keys()
        customer_id = self._store.id_of(name, parameters[name])
        if customer_id is None:
            raise not_found()
        return customer_id


def not_found() -> Refusal:
    """The 404 for a customer that does not exist."""
    return Refusal(HTTPStatus.NOT_FOUND, "This customer does not exist.", response=None)  # recorded


def _location(request: CheckedRequest, customer_id: int) -> dict[str, str]:
    return {"Location": f"{request.url}/api/v3/customer/{customer_id}"}
