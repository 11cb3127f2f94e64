"""Customers that are created, changed, read or deleted incorrectly."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from http import HTTPStatus

from chargeover_sandbox.contract.handlers import CheckedRequest, Handler
from chargeover_sandbox.contract.responses import Refusal, Response, success
from chargeover_sandbox.customers.store import Fields
from chargeover_sandbox.customers.times import stamp

from .bug import Category
from .patching import CREATION, DELETIONS, GETS, UPDATES, PatchableSandbox, wrap

CUSTOMERS = Category("Customers")


@CUSTOMERS.in_sandbox
def update_is_lost(sandbox: PatchableSandbox) -> None:
    """An update is acknowledged but not stored."""
    wrap(sandbox.store, "update", lambda *_: None)


@CUSTOMERS.in_sandbox
def second_update_is_lost(sandbox: PatchableSandbox) -> None:
    """Only the first update of a customer is stored."""
    seen = sandbox.memory()

    def change(real: Callable[[int, Fields], None], customer_id: int, fields: Fields) -> None:
        if not seen.get(customer_id):
            real(customer_id, fields)
        seen[customer_id] = True

    wrap(sandbox.store, "update", change)


@CUSTOMERS.in_sandbox
def stale_read(sandbox: PatchableSandbox) -> None:
    """The first read after an update returns the customer as it was before."""
    before = sandbox.memory()

    def change(real: Callable[[int, Fields], None], customer_id: int, fields: Fields) -> None:
        (before[customer_id],) = sandbox.store.find("customer_id = ?", (customer_id,))
        real(customer_id, fields)

    def read(handler: Handler, request: CheckedRequest) -> Response:
        response = handler(request)
        customer = response.envelope["response"]
        return success(HTTPStatus.OK, before.pop(customer["customer_id"], customer))

    wrap(sandbox.store, "update", change)
    sandbox.change_handler(GETS, read)


@CUSTOMERS.in_sandbox
def update_wipes_other_fields(sandbox: PatchableSandbox) -> None:
    """An update clears every field that it does not send, except the parent."""
    others = dict.fromkeys(sandbox.contract.fields("CustomerUpdate"))
    del others["parent_customer_id"]
    sandbox.change_fields(UPDATES, lambda fields: {**others, **fields})


@CUSTOMERS.in_sandbox
def update_wipes_address(sandbox: PatchableSandbox) -> None:
    """An update of one line of the billing address clears the others."""
    others = {name: None for name in sandbox.contract.fields("CustomerUpdate") if name.startswith("bill_")}
    sandbox.change_fields(UPDATES, lambda fields: {**others, **fields} if fields.keys() & others.keys() else fields)


@CUSTOMERS.in_sandbox
def update_hits_neighbour(sandbox: PatchableSandbox) -> None:
    """An update also changes the customer with the previous ID."""
    unique = {"external_key", "parent_customer_id"}

    def change(real: Callable[[int, Fields], None], customer_id: int, fields: Fields) -> None:
        real(customer_id, fields)
        real(customer_id - 1, {name: value for name, value in fields.items() if name not in unique})

    wrap(sandbox.store, "update", change)


@CUSTOMERS.in_sandbox
def update_of_unknown_customer_is_accepted(sandbox: PatchableSandbox) -> None:
    """An update of a customer that does not exist is acknowledged like any other."""

    def accept(handler: Handler, request: CheckedRequest) -> Response:
        customer_id = request.parameters["customer_id"]
        location = {"Location": f"{request.url}/api/v3/customer/{customer_id}"}
        return success(HTTPStatus.ACCEPTED, {"id": customer_id}, location)

    sandbox.change_not_found(("update_customer",), accept)


@CUSTOMERS.in_sandbox
def refused_update_is_half_done(sandbox: PatchableSandbox) -> None:
    """An update that breaks a rule still changes its other fields."""
    allowed: list[tuple[int, Fields]] = []

    def update(handler: Handler, request: CheckedRequest) -> Response:
        try:
            return handler(request)
        except Refusal:
            linking = {"external_key", "parent_customer_id"}
            rest = {name: value for name, value in request.body.items() if name not in linking}
            if rest:
                allowed.append((request.parameters["customer_id"], rest))
            raise

    async def carried_out(real: Callable[..., Awaitable[Response]], *arguments: object) -> Response:
        allowed.clear()
        try:
            return await real(*arguments)
        except Refusal:
            with sandbox.app.database.transaction():  # the request's own was rolled back
                for customer_id, fields in allowed:
                    sandbox.store.update(customer_id, fields)
            raise

    sandbox.change_handler(("update_customer",), update)
    sandbox.change_transaction(carried_out)


@CUSTOMERS.in_sandbox
def update_keeps_mod_datetime(sandbox: PatchableSandbox) -> None:
    """An update leaves mod_datetime unchanged."""
    sandbox.change_update(lambda _, fields: {name: value for name, value in fields.items() if name != "mod_datetime"})


@CUSTOMERS.in_sandbox
def read_changes_customer(sandbox: PatchableSandbox) -> None:
    """A read changes mod_datetime."""

    def read(handler: Handler, request: CheckedRequest) -> Response:
        response = handler(request)
        customer = response.envelope["response"]
        later = stamp(datetime.now(UTC) + timedelta(seconds=1))
        sandbox.store.update(customer["customer_id"], {"mod_datetime": later})
        return response

    sandbox.change_handler(GETS, read)


@CUSTOMERS.in_sandbox
def create_makes_two(sandbox: PatchableSandbox) -> None:
    """A creation adds the customer twice."""

    def insert(real: Callable[[Fields], int], fields: Fields) -> int:
        customer_id = real(fields)
        real({name: value for name, value in fields.items() if name not in {"external_key", "token"}})
        return customer_id

    wrap(sandbox.store, "insert", insert)


@CUSTOMERS.in_sandbox
def create_forgets_address(sandbox: PatchableSandbox) -> None:
    """A creation does not store the billing address."""
    sandbox.change_fields(
        (CREATION,),
        lambda fields: {name: value for name, value in fields.items() if not name.startswith("bill_")},
    )


@CUSTOMERS.in_sandbox
def refused_creation_uses_an_id(sandbox: PatchableSandbox) -> None:
    """A creation that breaks a rule still adds a customer."""
    refused: list[Fields] = []

    def create(handler: Handler, request: CheckedRequest) -> Response:
        try:
            return handler(request)
        except Refusal:
            refused.append({"company": request.body["company"]})
            raise

    async def carried_out(real: Callable[..., Awaitable[Response]], *arguments: object) -> Response:
        refused.clear()
        try:
            return await real(*arguments)
        except Refusal:
            with sandbox.app.database.transaction():
                for fields in refused:
                    sandbox.store.insert(fields)
            raise

    sandbox.change_handler((CREATION,), create)
    sandbox.change_transaction(carried_out)


@CUSTOMERS.in_sandbox
def tokens_are_equal(sandbox: PatchableSandbox) -> None:
    """Every customer has the same token."""
    sandbox.change_stored(lambda fields: {**fields, "token": "0" * 12} if "token" in fields else fields)


@CUSTOMERS.in_sandbox
def delete_keeps_customer(sandbox: PatchableSandbox) -> None:
    """A deletion is acknowledged but not carried out."""
    wrap(sandbox.store, "delete", lambda *_: None)


@CUSTOMERS.in_sandbox
def delete_deletes_all(sandbox: PatchableSandbox) -> None:
    """A deletion deletes every customer."""

    def delete(real: Callable[[int], None], customer_id: int) -> None:
        real(customer_id)
        sandbox.connection.execute("DELETE FROM payment")
        sandbox.connection.execute("UPDATE customer SET parent_customer_id = NULL")
        sandbox.connection.execute("DELETE FROM customer")

    wrap(sandbox.store, "delete", delete)


@CUSTOMERS.in_sandbox
def second_delete_succeeds(sandbox: PatchableSandbox) -> None:
    """A deletion of a customer that does not exist is acknowledged like any other."""
    sandbox.change_not_found(DELETIONS, lambda handler, request: success(HTTPStatus.OK, True))


@CUSTOMERS.in_sandbox
def id_is_reused(sandbox: PatchableSandbox) -> None:
    """The ID of a deleted customer is given to the next one."""

    def delete(real: Callable[[int], None], customer_id: int) -> None:
        real(customer_id)
        sandbox.connection.execute("UPDATE sqlite_sequence SET seq = 0 WHERE name = 'customer'")

    wrap(sandbox.store, "delete", delete)


@CUSTOMERS.in_sandbox
def deleted_is_found_by_key(sandbox: PatchableSandbox) -> None:
    """A deleted customer can still be read by its external key."""
    deleted = sandbox.memory()

    def delete(real: Callable[[int], None], customer_id: int) -> None:
        (customer,) = sandbox.store.find("customer_id = ?", (customer_id,))
        deleted[customer_id] = customer
        real(customer_id)

    def read(handler: Handler, request: CheckedRequest) -> Response:
        key = request.parameters["external_key"]
        for customer in deleted.values():
            if customer["external_key"] == key:
                return success(HTTPStatus.OK, customer)
        return handler(request)

    wrap(sandbox.store, "delete", delete)
    sandbox.change_handler(("get_customer_by_external_key",), read)
