"""What openapi.yaml says about the members of a body."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from chargeover_contract.document import Operation
from chargeover_contract.openapi import DOCUMENT, operations, resolved

from .exchange import name_of

_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)[ T]([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?(Z|[+-]\d\d:?\d\d)?", re.ASCII)
MOMENT = "a date and time such as 2026-01-31 09:30:00 or 2026-01-31T09:30:00-06:00"


def node_of(name: str) -> dict[str, Any]:
    """The operation object of an operationId."""
    return next(node for _, _, node in operations() if node["operationId"] == name)


def success_of(operation: Operation) -> int:
    """The status of success."""
    return min(operation.statuses)


def response_schema(operation: Operation | None, status: int) -> dict[str, Any]:
    """The schema of a response: of the operation where the document has it, of the envelope otherwise."""
    if operation and status < 400:
        known = status if status in operation.statuses else success_of(operation)
        response = resolved(node_of(operation.name)["responses"][str(known)])
        schema: dict[str, Any] = response["content"]["application/json"]["schema"]
        return schema
    return {"$ref": f"#/components/schemas/{'SuccessEnvelope' if status < 400 else 'ErrorEnvelope'}"}


def request_schema(operation: Operation) -> dict[str, Any] | None:
    """The schema of what is sent; None for nothing."""
    body = node_of(operation.name).get("requestBody")
    schema: dict[str, Any] | None = body and body["content"]["application/json"]["schema"]
    return schema


def query_schemas(operation: Operation) -> Mapping[str, dict[str, Any]]:
    """The parameters of the query, each with its node."""
    parameters = map(resolved, node_of(operation.name).get("parameters", ()))
    return {one["name"]: one for one in parameters if one["in"] == "query"}


def parts_of(node: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The node, and all that it is made of."""
    whole = resolved({**node})
    yield whole
    for name in ("allOf", "anyOf", "oneOf"):
        for part in whole.get(name, ()):
            yield from parts_of(part)


def properties_of(node: Mapping[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """The members of an object, each with the nodes that describe it."""
    found: dict[str, list[dict[str, Any]]] = {}
    for part in parts_of(node):
        for name, below in part.get("properties", {}).items():
            found.setdefault(name, []).append(below)
    return found


def unknown_members(value: Any, nodes: list[dict[str, Any]], path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The paths of members that the document does not have. An object without described members may have any."""
    if isinstance(value, list):
        items = [part["items"] for node in nodes for part in parts_of(node) if isinstance(part.get("items"), dict)]
        for one in value:
            yield from unknown_members(one, items, (*path, "*")) if items else ()
    elif isinstance(value, dict):
        known: dict[str, list[dict[str, Any]]] = {}
        for node in nodes:
            for name, below in properties_of(node).items():
                known.setdefault(name, []).extend(below)
        for name, one in value.items() if known else ():
            if name in known:
                yield from unknown_members(one, known[name], (*path, name))
            else:
                yield (*path, name_of(name))


CUSTOMER: Mapping[str, dict[str, Any]] = DOCUMENT["components"]["schemas"]["Customer"]["properties"]
_WRITABLE = properties_of({"$ref": "#/components/schemas/CustomerUpdate"})
CHOICES: Mapping[str, list[Any]] = {
    name: part["enum"]
    for name, nodes in _WRITABLE.items()
    for node in nodes
    for part in parts_of(node)
    if "enum" in part
}
"""The values that a field can be set to, where the document lists them; a response says only that it is a text."""


def is_moment(text: str) -> bool:
    """Whether a text is a date and time in a form that has been seen."""
    found = _MOMENT.fullmatch(text)
    try:
        return bool(found and date.fromisoformat(found[1]))
    except ValueError:
        return False


def customers_in(value: Any) -> Iterator[dict[str, Any]]:
    """The customers of a result: one, or a page of them."""
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, dict) and CUSTOMER.keys() & one.keys() - {"customer_id"}:
            yield one
