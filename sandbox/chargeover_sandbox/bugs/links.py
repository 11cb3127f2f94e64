"""Broken rules about parents and external keys."""

from collections.abc import Callable
from http import HTTPStatus
from typing import cast

from chargeover_sandbox.contract.handlers import CheckedRequest, Handler
from chargeover_sandbox.contract.problems import Problem
from chargeover_sandbox.contract.responses import Response, invalid, success
from chargeover_sandbox.customers.store import Fields

from .bug import Category
from .patching import CREATION, DELETIONS, DISCONNECTION, UPDATES, WRITES, PatchableSandbox, wrap

LINKS = Category("Parents and external keys")


@LINKS.in_sandbox
def update_ignores_payment_rule(sandbox: PatchableSandbox) -> None:
    """An update changes or removes a parent that has paid."""
    sandbox.without_rule(("update_customer",), "has_paid_for", lambda *_: False)


@LINKS.in_sandbox
def update_by_key_ignores_payment_rule(sandbox: PatchableSandbox) -> None:
    """An update by external key changes or removes a parent that has paid."""
    sandbox.without_rule(("update_customer_by_external_key",), "has_paid_for", lambda *_: False)


@LINKS.in_sandbox
def disconnect_ignores_payment_rule(sandbox: PatchableSandbox) -> None:
    """A disconnection removes a parent that has paid."""
    sandbox.without_rule((DISCONNECTION,), "has_paid_for", lambda *_: False)


@LINKS.in_sandbox
def payment_rule_for_null_only(sandbox: PatchableSandbox) -> None:
    """A parent that has paid cannot be removed but can be changed."""
    sandbox.without_rule(
        UPDATES, "has_paid_for", lambda *_: False, lambda request: request.body.get("parent_customer_id") is not None
    )


@LINKS.in_sandbox
def payment_freezes_customer(sandbox: PatchableSandbox) -> None:
    """A customer whose parent has paid cannot be changed at all."""

    def update(handler: Handler, request: CheckedRequest) -> Response:
        customer_id = request.parameters["customer_id"]
        stored = sandbox.store.stored_values(customer_id, ("parent_customer_id",))
        if stored and stored[0] and sandbox.store.has_paid_for(stored[0], customer_id):
            raise invalid(Problem("customer_id", "its parent has made a payment for it"))
        return handler(request)

    sandbox.change_handler(("update_customer",), update)


@LINKS.in_sandbox
def same_parent_refused(sandbox: PatchableSandbox) -> None:
    """An update that repeats a parent that has paid is refused."""

    def update(handler: Handler, request: CheckedRequest) -> Response:
        customer_id, parent = request.parameters["customer_id"], request.body.get("parent_customer_id")
        if parent is not None and sandbox.store.has_paid_for(parent, customer_id):
            raise invalid(Problem("parent_customer_id", "it has made a payment"))
        return handler(request)

    sandbox.change_handler(("update_customer",), update)


@LINKS.in_sandbox
def null_does_not_disconnect(sandbox: PatchableSandbox) -> None:
    """Null for the parent is acknowledged but changes nothing."""
    sandbox.change_fields(UPDATES, lambda fields: {name: value for name, value in fields.items() if value is not None})


@LINKS.in_sandbox
def disconnect_does_nothing(sandbox: PatchableSandbox) -> None:
    """A disconnection is acknowledged but not carried out."""
    sandbox.without_rule((DISCONNECTION,), "update", lambda *_: None)


@LINKS.in_sandbox
def disconnect_needs_a_parent(sandbox: PatchableSandbox) -> None:
    """A customer without a parent cannot be disconnected."""

    def disconnect(handler: Handler, request: CheckedRequest) -> Response:
        if sandbox.store.stored_values(request.parameters["customer_id"], ("parent_customer_id",)) == (None,):
            raise invalid(Problem("parent_customer_id", "the customer has no parent"))
        return handler(request)

    sandbox.change_handler((DISCONNECTION,), disconnect)


@LINKS.in_sandbox
def own_parent_allowed(sandbox: PatchableSandbox) -> None:
    """A customer may be its own parent."""

    def update(handler: Handler, request: CheckedRequest) -> Response:
        customer_id = request.parameters.get("customer_id")
        if customer_id is None or request.body.get("parent_customer_id") != customer_id:
            return handler(request)
        sandbox.store.update(customer_id, request.body)
        return success(
            HTTPStatus.ACCEPTED, {"id": customer_id}, {"Location": f"{request.url}/api/v3/customer/{customer_id}"}
        )

    sandbox.change_handler(("update_customer",), update)


@LINKS.in_sandbox
def parent_cycle_allowed(sandbox: PatchableSandbox) -> None:
    """A customer may be its own ancestor."""
    sandbox.without_rule(UPDATES, "ancestors", lambda *_: set[int]())


@LINKS.in_sandbox
def unknown_parent_is_ignored(sandbox: PatchableSandbox) -> None:
    """A parent that does not exist is silently dropped."""

    def drop(fields: Fields) -> Fields:
        parent = fields.get("parent_customer_id")
        if parent is not None and sandbox.store.stored_values(parent, ("customer_id",)) is None:
            del fields["parent_customer_id"]
        return fields

    sandbox.change_fields(WRITES, drop)


@LINKS.in_sandbox
def crashes_on_unknown_parent(sandbox: PatchableSandbox) -> None:
    """A new customer with a parent that does not exist gets a 500."""
    sandbox.without_rule((CREATION,), "stored_values", lambda *_: (None,))


@LINKS.in_sandbox
def create_drops_parent(sandbox: PatchableSandbox) -> None:
    """A new customer has no parent."""
    sandbox.change_fields(
        (CREATION,), lambda fields: {name: value for name, value in fields.items() if name != "parent_customer_id"}
    )


@LINKS.in_sandbox
def delete_orphans_children(sandbox: PatchableSandbox) -> None:
    """A parent can be deleted, and its children silently lose it."""
    _delete_parents(sandbox, lambda _, child: sandbox.store.update(child, {"parent_customer_id": None}))


@LINKS.in_sandbox
def delete_takes_children(sandbox: PatchableSandbox) -> None:
    """A parent can be deleted, along with its children."""
    _delete_parents(sandbox, lambda delete, child: delete(child))


def _delete_parents(sandbox: PatchableSandbox, let_go: Callable[[Callable[[int], None], int], None]) -> None:
    first_child = sandbox.store.first_child

    def delete(real: Callable[[int], None], customer_id: int) -> None:
        while (child := first_child(customer_id)) is not None:
            let_go(sandbox.store.delete, child)
        real(customer_id)

    wrap(sandbox.store, "delete", delete)
    sandbox.without_rule(DELETIONS, "first_child", lambda *_: None)


@LINKS.in_sandbox
def external_key_not_unique(sandbox: PatchableSandbox) -> None:
    """A new customer may have another customer's external key."""
    sandbox.connection.execute("DROP INDEX IF EXISTS customer_external_key_is_unique")
    sandbox.without_rule((CREATION,), "id_of", lambda *_: None)


@LINKS.in_sandbox
def external_key_reusable_after_delete(sandbox: PatchableSandbox) -> None:
    """The external key of a deleted customer may be used again."""

    def delete(real: Callable[[int], None], customer_id: int) -> None:
        real(customer_id)
        sandbox.connection.execute("DELETE FROM spent_external_key WHERE customer_id = ?", (customer_id,))

    wrap(sandbox.store, "delete", delete)


@LINKS.in_sandbox
def freed_external_key_stays_used(sandbox: PatchableSandbox) -> None:
    """An external key that a customer no longer has cannot be used again."""

    def change(real: Callable[[int, Fields], None], customer_id: int, fields: Fields) -> None:
        if "external_key" in fields:
            sandbox.connection.execute(
                "INSERT OR IGNORE INTO spent_external_key SELECT external_key, customer_id FROM customer "
                "WHERE customer_id = ? AND external_key <> '' AND external_key <> ?",
                (customer_id, fields["external_key"]),
            )
        real(customer_id, fields)

    wrap(sandbox.store, "update", change)


@LINKS.in_sandbox
def empty_external_key_is_unique(sandbox: PatchableSandbox) -> None:
    """Only one customer may have an empty external key."""

    def write(handler: Handler, request: CheckedRequest) -> Response:
        if request.body.get("external_key") == "" and sandbox.store.count("external_key = ''", ()):
            raise invalid(Problem("external_key", "'' is already the key of another customer"))
        return handler(request)

    sandbox.change_handler(WRITES, write)


@LINKS.in_sandbox
def own_external_key_refused(sandbox: PatchableSandbox) -> None:
    """An update that repeats a customer's own external key is refused."""

    def update(handler: Handler, request: CheckedRequest) -> Response:
        key = request.body.get("external_key")
        if key and sandbox.store.id_of("external_key", key) is not None:
            raise invalid(Problem("external_key", f"{key!r} is already used"))
        return handler(request)

    sandbox.change_handler(UPDATES, update)


@LINKS.in_sandbox
def external_key_ignores_case(sandbox: PatchableSandbox) -> None:
    """The case of an external key does not matter."""
    _look_up(sandbox, "lower(external_key) = lower(asked)")


@LINKS.in_sandbox
def external_key_prefix_is_enough(sandbox: PatchableSandbox) -> None:
    """The beginning of an external key finds its customer."""
    _look_up(sandbox, "substr(external_key, 1, length(asked)) = asked")


def _look_up(sandbox: PatchableSandbox, condition: str) -> None:
    """If no external key matches the path exactly, take the first that matches a condition."""

    def find(real: Callable[[str, str], int | None], name: str, value: str) -> int | None:
        found = real(name, value)
        if found is None and name == "external_key":
            row = sandbox.connection.execute(
                f"SELECT min(customer_id) FROM customer, (SELECT ? AS asked) WHERE {condition}",  # noqa: S608  not from a request
                (value,),
            ).fetchone()
            return cast("int | None", row[0])
        return found

    wrap(sandbox.store, "id_of", find)


@LINKS.in_sandbox
def encoded_slash_splits_path(sandbox: PatchableSandbox) -> None:
    """A customer whose external key has a slash cannot be found by it."""
    sandbox.change_path(lambda path: path.replace(b"%2F", b"/"))


@LINKS.in_sandbox
def token_is_not_found(sandbox: PatchableSandbox) -> None:
    """No customer is found by its token."""

    def find(real: Callable[[str, str], int | None], name: str, value: str) -> int | None:
        return None if name == "token" else real(name, value)

    wrap(sandbox.store, "id_of", find)


@LINKS.in_sandbox
def update_by_key_creates(sandbox: PatchableSandbox) -> None:
    """An update by an unknown external key creates a customer."""

    def create(handler: Handler, request: CheckedRequest) -> Response:
        sandbox.store.insert({**request.body, "external_key": request.parameters["external_key"]})
        return handler(request)

    sandbox.change_not_found(("update_customer_by_external_key",), create)
