"""Broken rules about parents and external keys."""

from collections.abc import Callable
from http import HTTPStatus
from typing import cast

from chargeover_sandbox.answers import Reply, invalid, success
from chargeover_sandbox.customers import Checked, Handler
from chargeover_sandbox.problems import Problem
from chargeover_sandbox.store import Fields

from .bug import Category
from .parts import CREATION, DELETIONS, DISCONNECTION, UPDATES, WRITES, Parts, wrap

LINKS = Category("Parents and external keys")


@LINKS.in_sandbox
def update_ignores_payment_rule(parts: Parts) -> None:
    """An update changes or removes a parent that has paid."""
    parts.without_rule(("update_customer",), "has_paid_for", lambda *_: False)


@LINKS.in_sandbox
def update_by_key_ignores_payment_rule(parts: Parts) -> None:
    """An update by external key changes or removes a parent that has paid."""
    parts.without_rule(("update_customer_by_external_key",), "has_paid_for", lambda *_: False)


@LINKS.in_sandbox
def disconnect_ignores_payment_rule(parts: Parts) -> None:
    """A disconnection removes a parent that has paid."""
    parts.without_rule((DISCONNECTION,), "has_paid_for", lambda *_: False)


@LINKS.in_sandbox
def payment_rule_for_null_only(parts: Parts) -> None:
    """A parent that has paid cannot be removed, but changed."""
    parts.without_rule(
        UPDATES, "has_paid_for", lambda *_: False, lambda request: request.body.get("parent_customer_id") is not None
    )


@LINKS.in_sandbox
def payment_freezes_customer(parts: Parts) -> None:
    """A customer whose parent has paid cannot be changed at all."""

    def update(handler: Handler, request: Checked) -> Reply:
        customer_id = request.parameters["customer_id"]
        stored = parts.store.part(customer_id, ("parent_customer_id",))
        if stored and stored[0] and parts.store.has_paid_for(stored[0], customer_id):
            raise invalid(Problem("customer_id", "its parent has made a payment for it"))
        return handler(request)

    parts.change_handler(("update_customer",), update)


@LINKS.in_sandbox
def same_parent_refused(parts: Parts) -> None:
    """A customer whose parent has paid cannot be sent the same parent again."""

    def update(handler: Handler, request: Checked) -> Reply:
        customer_id, parent = request.parameters["customer_id"], request.body.get("parent_customer_id")
        if parent is not None and parts.store.has_paid_for(parent, customer_id):
            raise invalid(Problem("parent_customer_id", "it has made a payment"))
        return handler(request)

    parts.change_handler(("update_customer",), update)


@LINKS.in_sandbox
def null_does_not_disconnect(parts: Parts) -> None:
    """Null for the parent is answered, and changes nothing."""
    parts.change_fields(UPDATES, lambda fields: {name: value for name, value in fields.items() if value is not None})


@LINKS.in_sandbox
def disconnect_does_nothing(parts: Parts) -> None:
    """A disconnection is answered and not done."""
    parts.without_rule((DISCONNECTION,), "change", lambda *_: None)


@LINKS.in_sandbox
def disconnect_needs_a_parent(parts: Parts) -> None:
    """A customer without a parent cannot be disconnected."""

    def disconnect(handler: Handler, request: Checked) -> Reply:
        if parts.store.part(request.parameters["customer_id"], ("parent_customer_id",)) == (None,):
            raise invalid(Problem("parent_customer_id", "there is no parent"))
        return handler(request)

    parts.change_handler((DISCONNECTION,), disconnect)


@LINKS.in_sandbox
def own_parent_allowed(parts: Parts) -> None:
    """A customer may be its own parent."""

    def update(handler: Handler, request: Checked) -> Reply:
        customer_id = request.parameters.get("customer_id")
        if customer_id is None or request.body.get("parent_customer_id") != customer_id:
            return handler(request)
        parts.store.change(customer_id, request.body)
        return success(
            HTTPStatus.ACCEPTED, {"id": customer_id}, {"Location": f"{request.url}/api/v3/customer/{customer_id}"}
        )

    parts.change_handler(("update_customer",), update)


@LINKS.in_sandbox
def parent_cycle_allowed(parts: Parts) -> None:
    """A customer may be below itself."""
    parts.without_rule(UPDATES, "ancestors", lambda *_: set[int]())


@LINKS.in_sandbox
def unknown_parent_is_ignored(parts: Parts) -> None:
    """A parent that does not exist is dropped without a word."""

    def drop(fields: Fields) -> Fields:
        parent = fields.get("parent_customer_id")
        if parent is not None and parts.store.part(parent, ("customer_id",)) is None:
            del fields["parent_customer_id"]
        return fields

    parts.change_fields(WRITES, drop)


@LINKS.in_sandbox
def crashes_on_unknown_parent(parts: Parts) -> None:
    """A new customer with a parent that does not exist is a 500."""
    parts.without_rule((CREATION,), "part", lambda *_: (None,))


@LINKS.in_sandbox
def create_drops_parent(parts: Parts) -> None:
    """A new customer has no parent."""
    parts.change_fields(
        (CREATION,), lambda fields: {name: value for name, value in fields.items() if name != "parent_customer_id"}
    )


@LINKS.in_sandbox
def delete_orphans_children(parts: Parts) -> None:
    """A parent can be deleted, and its children lose it without a word."""
    _delete_parents(parts, lambda _, child: parts.store.change(child, {"parent_customer_id": None}))


@LINKS.in_sandbox
def delete_takes_children(parts: Parts) -> None:
    """A parent can be deleted, and its children with it."""
    _delete_parents(parts, lambda delete, child: delete(child))


def _delete_parents(parts: Parts, let_go: Callable[[Callable[[int], None], int], None]) -> None:
    a_child = parts.store.a_child

    def delete(real: Callable[[int], None], customer_id: int) -> None:
        while (child := a_child(customer_id)) is not None:
            let_go(parts.store.delete, child)
        real(customer_id)

    wrap(parts.store, "delete", delete)
    parts.without_rule(DELETIONS, "a_child", lambda *_: None)


@LINKS.in_sandbox
def external_key_not_unique(parts: Parts) -> None:
    """A new customer may have the external key of another."""
    parts.database.execute("DROP INDEX IF EXISTS customer_external_key_is_unique")
    parts.without_rule((CREATION,), "id_of", lambda *_: None)


@LINKS.in_sandbox
def external_key_reusable_after_delete(parts: Parts) -> None:
    """The external key of a deleted customer may be used again."""

    def delete(real: Callable[[int], None], customer_id: int) -> None:
        real(customer_id)
        parts.database.execute("DELETE FROM spent_external_key WHERE customer_id = ?", (customer_id,))

    wrap(parts.store, "delete", delete)


@LINKS.in_sandbox
def freed_external_key_stays_used(parts: Parts) -> None:
    """An external key that a customer gave up cannot be used again."""

    def change(real: Callable[[int, Fields], None], customer_id: int, fields: Fields) -> None:
        if "external_key" in fields:
            parts.database.execute(
                "INSERT OR IGNORE INTO spent_external_key SELECT external_key, customer_id FROM customer "
                "WHERE customer_id = ? AND external_key <> '' AND external_key <> ?",
                (customer_id, fields["external_key"]),
            )
        real(customer_id, fields)

    wrap(parts.store, "change", change)


@LINKS.in_sandbox
def empty_external_key_is_unique(parts: Parts) -> None:
    """Only one customer may have an empty external key."""

    def write(handler: Handler, request: Checked) -> Reply:
        if request.body.get("external_key") == "" and parts.store.count("external_key = ''", ()):
            raise invalid(Problem("external_key", "'' is already the key of another customer"))
        return handler(request)

    parts.change_handler(WRITES, write)


@LINKS.in_sandbox
def own_external_key_refused(parts: Parts) -> None:
    """A customer cannot be sent its own external key again."""

    def update(handler: Handler, request: Checked) -> Reply:
        key = request.body.get("external_key")
        if key and parts.store.id_of("external_key", key) is not None:
            raise invalid(Problem("external_key", f"{key!r} is already used"))
        return handler(request)

    parts.change_handler(UPDATES, update)


@LINKS.in_sandbox
def external_key_ignores_case(parts: Parts) -> None:
    """Capitals and small letters are one in an external key."""
    _look_up(parts, "lower(external_key) = lower(?)")


@LINKS.in_sandbox
def external_key_prefix_is_enough(parts: Parts) -> None:
    """The beginning of an external key finds its customer."""
    _look_up(parts, "substr(external_key, 1, length(?1)) = ?1")


def _look_up(parts: Parts, condition: str) -> None:
    """Where a path names no external key exactly, take the first that a condition holds for."""

    def find(real: Callable[[str, str], int | None], name: str, value: str) -> int | None:
        found = real(name, value)
        if found is None and name == "external_key":
            row = parts.database.execute(
                f"SELECT min(customer_id) FROM customer WHERE {condition}",  # noqa: S608  not from a request
                (value,),
            ).fetchone()
            return cast("int | None", row[0])
        return found

    wrap(parts.store, "id_of", find)


@LINKS.in_sandbox
def encoded_slash_splits_path(parts: Parts) -> None:
    """A customer whose external key has a slash cannot be asked for."""
    parts.change_path(lambda path: path.replace(b"%2F", b"/"))


@LINKS.in_sandbox
def token_is_not_found(parts: Parts) -> None:
    """No customer is found by its token."""

    def find(real: Callable[[str, str], int | None], name: str, value: str) -> int | None:
        return None if name == "token" else real(name, value)

    wrap(parts.store, "id_of", find)


@LINKS.in_sandbox
def update_by_key_creates(parts: Parts) -> None:
    """An update by an external key that nobody has creates a customer."""

    def create(handler: Handler, request: Checked) -> Reply:
        parts.store.insert({**request.body, "external_key": request.parameters["external_key"]})
        return handler(request)

    parts.change_not_found(("update_customer_by_external_key",), create)
