"""openapi.yaml as the pages read it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import yaml

Node = dict[str, Any]

SOURCES = {
    "seed": 'seed: the published page "Update a customer"',
    "docs": "docs: ChargeOver's other pages",
    "client": "client: the vendor's client libraries and public connectors",
    "assumed": "assumed: nobody published it",
}


@dataclass(frozen=True)
class Operation:
    """One method of one path."""

    method: str
    path: str
    parameters: list[Node]
    node: Node

    @property
    def id(self) -> str:
        """The operationId."""
        return str(self.node["operationId"])

    @property
    def python(self) -> str:
        """The client's method that performs it, by the rule that their names follow."""
        name = self.id.replace("_customers", "").replace("_customer", "")
        return "ChargeOver.bulk" if name == "bulk" else f"Customers.{name}"


@dataclass(frozen=True)
class Property:
    """A property of a schema.

    Attributes:
        node: what the document says of it, references followed.
        source: its own ``x-source``, or that of the schema around it.
        assumed: its own ``x-assumed``, or that of the schema around it; empty if there is none.
        is_required: whether it must be there.
    """

    name: str
    node: Node
    source: str
    assumed: str
    is_required: bool


class Document:
    """The document, with its references followed."""

    def __init__(self, path: Path) -> None:
        self.root: Node = yaml.safe_load(path.read_text(encoding="utf-8"))
        self.schemas: Node = self.root["components"]["schemas"]

    def resolve(self, node: Node) -> Node:
        """The node with its ``$ref`` followed; what stands beside the reference wins."""
        if "$ref" not in node:
            return node
        target: Any = self.root
        for key in node["$ref"].removeprefix("#/").split("/"):
            target = target[key]
        return {**self.resolve(cast("Node", target)), **{key: value for key, value in node.items() if key != "$ref"}}

    def operations(self) -> Iterator[Operation]:
        """All operations, in the document's order."""
        for path, item in self.root["paths"].items():
            for method, node in item.items():
                if method != "parameters":
                    shared = [*item.get("parameters", []), *node.get("parameters", [])]
                    yield Operation(method.upper(), path, [self.resolve(one) for one in shared], node)

    def properties(self, schema: Node) -> Iterator[Property]:
        """The properties of a schema, those of the schemas that it is composed of first."""
        return self._properties(self.resolve(schema), "assumed", "", frozenset())

    def _properties(self, schema: Node, source: str, assumed: str, required: frozenset[str]) -> Iterator[Property]:
        required |= frozenset(schema.get("required", ()))
        source = schema.get("x-source", source)
        assumed = schema.get("x-assumed", assumed)
        for part in schema.get("allOf", ()):
            yield from self._properties(self.resolve(part), source, assumed, required)
        for name, raw in schema.get("properties", {}).items():
            node = self.resolve(raw)
            # The field's own words go before the schema's.
            yield Property(
                name,
                node,
                raw.get("x-source", source),
                node.get("x-assumed", assumed),
                name in required,
            )


def type_text(node: Node) -> str:
    """The type of a value and its limits, for people."""
    types = [node["type"]] if isinstance(node.get("type"), str) else node.get("type", [])
    plain = [name for name in types if name != "null"]
    text = " or ".join(plain) or "any JSON"
    if "items" in node:
        text += f" of {type_text(node['items'])}" if "type" in node["items"] else " of objects"
    if "format" in node:
        text += f" ({node['format']})"
    if node.get("x-format") == "date-time":
        text += ", a date and a time"
    if "enum" in node:
        text += ": " + " or ".join(f"`{value}`" for value in node["enum"])
    if "const" in node:
        text += f": `{str(node['const']).lower() if isinstance(node['const'], bool) else node['const']}`"
    limits = [
        f"{word} {node[key]}"
        for key, word in (
            ("minimum", "at least"),
            ("maximum", "at most"),
            ("minLength", "length at least"),
            ("maxItems", "items at most"),
            ("default", "default"),
        )
        if key in node
    ]
    return ", ".join([text, *limits])


def is_nullable(node: Node) -> bool:
    """Whether null is a value of it."""
    types = node.get("type", ["null"])  # without a type, anything goes
    return "null" in types if isinstance(types, list) else types == "null"


def one_line(text: str) -> str:
    """A text of the document on one line."""
    return " ".join(text.split())
