"""What the requests of an operation can have in them, as the document lists it."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from .openapi import DOCUMENT, operations, resolved


@cache
def parameters_of(name: str) -> tuple[tuple[str, str], ...]:
    """Place (``path`` or ``query``) and name of each parameter of an operation."""
    path, node = _operation(name)
    nodes = [resolved(one) for one in (*DOCUMENT["paths"][path].get("parameters", ()), *node.get("parameters", ()))]
    return tuple(dict.fromkeys((one["in"], one["name"]) for one in nodes))


@cache
def fields_of(name: str) -> tuple[str, ...]:
    """The fields of an operation's body; of an array, those of its items."""
    _, node = _operation(name)
    if "requestBody" not in node:
        return ()
    schema = resolved(node["requestBody"])["content"]["application/json"]["schema"]
    return tuple(dict.fromkeys(_properties(schema)))


def _operation(name: str) -> tuple[str, dict[str, Any]]:
    return next((path, node) for _, path, node in operations() if node["operationId"] == name)


def _properties(schema: dict[str, Any]) -> Iterator[str]:
    node = resolved(schema)
    yield from node.get("properties", ())
    for part in node.get("allOf", ()):
        yield from _properties(part)
    if isinstance(node.get("items"), dict):
        yield from _properties(node["items"])
