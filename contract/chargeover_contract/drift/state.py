"""What the customers of a recording were like before each of its exchanges, so that a sandbox can start from there."""

import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import unquote

from chargeover_contract.document import operation_at

from . import schemas
from .exchange import Recorded

Row = dict[str, Any]
_KEYS = ("external_key", "token")
_PARENT = "parent_customer_id"
_NAMED = re.compile(r"/api/v3/customer/(?:(?P<id>\d{1,18})|(?P<key>\w+):(?P<value>[^/?]+))(?![^/?])", re.ASCII)


class Account:
    """The customers that a recording has shown so far."""

    def __init__(self) -> None:
        self._known: dict[int, Row] = {}

    def before(self, one: Recorded) -> list[Row]:
        """The customers that an exchange needs, as rows of a seed: those of its response, and those that it names."""
        operation = operation_at(one.method, one.path)
        if operation is None or operation.name == "create_customer":
            return self._together(self._with_key_of(one), one)
        shown = [dict(row) for row in schemas.customers_in(one.result)] if one.status < 300 else []
        named = _NAMED.match(one.path)
        if operation.name == "list_customers":
            return self._together(shown, one)
        if not named or one.status == 404:
            return []
        row = shown[0] if shown else self._named(named)
        if named["key"] in _KEYS:
            row = {**row, named["key"]: unquote(named["value"])}
        elif named["id"]:
            row = {**row, "customer_id": int(named["id"])}
        rows = [row, *(other for other in self._with_key_of(one) if other.get("customer_id") != row.get("customer_id"))]
        if one.status >= 400 or one.method == "DELETE":
            rows += [other for other in self._known.values() if other.get(_PARENT) == row.get("customer_id")]
        return self._together(rows, one)

    def after(self, one: Recorded) -> None:
        """Note what an exchange shows, and what it changes."""
        operation = operation_at(one.method, one.path)
        if operation is None or one.status >= 300:
            return
        for row in schemas.customers_in(one.result):
            self._note(row.get("customer_id"), row)
        named = _NAMED.match(one.path)
        customer_id = self._named(named).get("customer_id") if named else None
        if named and named["id"]:
            customer_id = int(named["id"])
        if operation.name == "create_customer" and isinstance(one.result, dict) and isinstance(one.body, dict):
            self._note(one.result.get("id"), one.body)
        elif operation.name.startswith("update_customer") and isinstance(one.body, dict):
            self._note(customer_id, one.body)
        elif operation.name == "disconnect_parent":
            self._note(customer_id, {_PARENT: None})
        elif operation.name.startswith("delete_customer"):
            self._known.pop(customer_id or 0, None)

    def _note(self, customer_id: Any, fields: Mapping[str, Any]) -> None:
        if type(customer_id) is int and customer_id > 0:
            self._known[customer_id] = {**self._known.get(customer_id, {}), **fields, "customer_id": customer_id}

    def _named(self, named: re.Match[str]) -> Row:
        if named["id"]:
            return self._known.get(int(named["id"]), {})
        value = unquote(named["value"])
        return next((row for row in self._known.values() if row.get(named["key"]) == value), {})

    def _with_key_of(self, one: Recorded) -> list[Row]:
        """Those with the external key that is sent: a second one is refused."""
        key = one.body.get("external_key") if isinstance(one.body, dict) else None
        if not key or one.status < 400:
            return []
        return [row for row in self._known.values() if row.get("external_key") == key]

    def _together(self, rows: Iterable[Row], one: Recorded) -> list[Row]:
        """Rows with their parents, as far as the request depends on them."""
        found = [*rows]
        wanted = {row.get(_PARENT) for row in found}
        if isinstance(one.body, dict):
            wanted.add(one.body.get(_PARENT))
        there = {row.get("customer_id") for row in found}
        needs_parents = one.method != "GET" or _PARENT in one.query
        if needs_parents:
            # One that has not been seen is there if the request succeeded; perhaps it was refused since it is not.
            parents = {
                parent
                for parent in wanted - there
                if type(parent) is int and parent > 0 and (one.status < 400 or parent in self._known)
            }
            found += [{**self._known.get(parent, {}), "customer_id": parent, _PARENT: None} for parent in parents]
            return found
        return [row if row.get(_PARENT) in there else {**row, _PARENT: None} for row in found]


def seedable(rows: Iterable[Row]) -> list[Row]:
    """Rows with the fields that a seed can have."""
    made: list[Row] = []
    for row in rows:
        kept = {name: value for name, value in row.items() if name in schemas.CUSTOMER and value is not None}
        made.append({**kept, "company": kept.get("company") or "Acme Ltd"})
    return made
