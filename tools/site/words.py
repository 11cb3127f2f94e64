"""What openapi.yaml says of a field, in words for a page."""

from collections.abc import Iterator
from dataclasses import dataclass

from tools.contract import Contract, Node, source_of


@dataclass(frozen=True)
class Property:
    """A property of a schema.

    Attributes:
        node: what the document says of it, references followed.
        source: its own ``x-source``.
        assumed: its own ``x-assumed``, or that of the schema around it; empty if there is none.
        is_required: whether it must be there.
    """

    name: str
    node: Node
    source: str
    assumed: str
    is_required: bool


def properties(document: Contract, schema: Node) -> Iterator[Property]:
    """The properties of a schema, those of the schemas that it is composed of first."""
    _, required = document.fields(schema)
    around = document.resolve(schema)
    for part in document.parts(schema):
        for name, raw in part.get("properties", {}).items():
            node = document.resolve(raw)
            # The field's own words take precedence over those of the schema around it.
            assumed = node.get("x-assumed", part.get("x-assumed", around.get("x-assumed", "")))
            yield Property(name, node, source_of(raw, name), assumed, name in required)


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
