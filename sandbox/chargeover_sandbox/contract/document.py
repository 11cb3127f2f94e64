"""openapi.yaml, compiled: routes, parameters, bodies, responses and authentication come from here.

Anything in the document that this module does not understand stops the sandbox at start, with a ValueError.
"""

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes

import jsonschema_rs

from .parsing import parsed

Node = dict[str, Any]
Validator = jsonschema_rs.Draft202012Validator

METHODS = ("get", "put", "post", "delete", "patch", "head", "options", "trace")
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]*)")
_REFERENCE = '"$ref": "#/components/'
"""How a reference to a component begins, in the text of a schema."""
_ADDRESS = "urn:components"
"""Where a schema finds the components."""
_PATHS = 256
"""So many paths are remembered with the route of each."""
# Found without importlib.resources, whose imports take 2 ms of a first start.
_PACKAGE = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True)
class Parameter:
    """A path parameter or a query parameter.

    Attributes:
        name: its name.
        is_in_path: whether it is in the path; otherwise it is in the query.
        is_integer: whether its value is an integer; otherwise it is a string.
        default: its value if it is not sent; None if it has none.
        validator: its schema.
    """

    name: str
    is_in_path: bool
    is_integer: bool
    default: int | str | None
    validator: Validator

    def read(self, text: str) -> object:
        """The value of a piece of a URL: an integer if the schema wants one and the text is one, otherwise the text."""
        # Not int(text), which accepts signs, underscores and the digits of other scripts.
        return int(text) if self.is_integer and len(text) < 100 and _INTEGER.fullmatch(text) else text


@dataclass(frozen=True, slots=True)
class FieldKind:
    """What the document says about a field.

    Attributes:
        json_type: its JSON type, apart from null.
        is_moment: whether it is a string that holds a date and a time.
        is_number: whether it is a boolean that a response has as the number 0 or 1.
    """

    json_type: str
    is_moment: bool
    is_number: bool


@dataclass(frozen=True, slots=True)
class Body:
    """A request body of one media type.

    Attributes:
        validator: its schema.
        fields: the names of all its properties, including those of composed schemas.
        tidied: what is done to a JSON value before it is checked; a strict sandbox leaves it as it is.
    """

    validator: Validator
    fields: frozenset[str]
    tidied: Callable[[Any], Any] = lambda value: value


@dataclass(frozen=True, slots=True)
class DocumentedResponse:
    """What the document says about one status of one operation.

    Attributes:
        validator: the schema of the body.
        headers: the schemas of its headers, by lower-case name.
        required_headers: the lower-case names of the headers that it must have.
    """

    validator: Validator
    headers: Mapping[str, Validator]
    required_headers: frozenset[str]


@dataclass(frozen=True, slots=True)
class Operation:
    """One method of one path.

    Attributes:
        operation_id: its operationId in the document.
        needs_credentials: whether it requires HTTP Basic authentication.
        parameters: its path and query parameters.
        bodies: its request body, by media type; empty if it has none.
        responses: the responses that it may give, by HTTP status.
    """

    operation_id: str
    needs_credentials: bool
    parameters: tuple[Parameter, ...]
    bodies: dict[str, Body]
    responses: Mapping[int, DocumentedResponse]


@dataclass(frozen=True, slots=True)
class Route:
    """One path of the document.

    Attributes:
        template: the path as the document has it.
        segments: the pieces between the slashes, each as its literal beginning and the name of the parameter after it,
            or None.
        operations: by method in capitals.
    """

    template: str
    segments: tuple[tuple[str, str | None], ...]
    operations: Mapping[str, Operation]

    def match(self, segments: Sequence[str]) -> dict[str, str] | None:
        """The text of each parameter, or None if a path of the same number of pieces does not match."""
        texts: dict[str, str] = {}
        # From the end, because that is where paths differ.
        for (beginning, name), given in zip(reversed(self.segments), reversed(segments), strict=True):
            if name is None:
                if beginning != given:
                    return None
            elif given.startswith(beginning) and given != beginning:
                texts[name] = given.removeprefix(beginning)
            else:
                return None
        return texts


class Contract:
    """The document, compiled.

    Attributes:
        match: the route of a path as it was sent, and the text of its parameters; None if the document has no such
            path.
        error_envelope: the schema of every refusal.

    Raises:
        ValueError: the document uses a feature that the sandbox does not support.
    """

    def __init__(self, document: Node) -> None:
        self._document = document
        self._validators: dict[str, Validator] = {}
        # Read once for all schemas: with a copy of the components in each, compiling them took 13 ms instead of 2.
        self._components = jsonschema_rs.Registry(
            [(_ADDRESS, {"components": document["components"]})], jsonschema_rs.Draft202012
        )
        # The most literal first: of two paths that match, OpenAPI 3.1 prefers the more concrete one.
        self._routes_by_length: defaultdict[int, list[Route]] = defaultdict(list)
        for route in sorted(self._routes(), key=_literalness, reverse=True):
            self._routes_by_length[len(route.segments)].append(route)
        self.error_envelope = self._validator({"$ref": "#/components/schemas/ErrorEnvelope"})
        # A path is sent again and again: those sent last are not taken apart each time (4 µs of 70 for an update).
        self.match = lru_cache(_PATHS)(self._match)
        self._kinds: dict[str, dict[str, FieldKind]] = {}

    def _match(self, path: bytes) -> tuple[Route, dict[str, str]] | None:
        # The path is split before it is decoded, so that an encoded slash belongs to a value and not to the path.
        # Invalid UTF-8 is kept, so that the parameter that has it can be refused by name.
        if b"%" in path:
            segments = [unquote_to_bytes(piece).decode(errors="surrogateescape") for piece in path.split(b"/")]
        else:
            segments = path.decode(errors="surrogateescape").split("/")
        for route in self._routes_by_length.get(len(segments), ()):
            texts = route.match(segments)
            if texts is not None:
                return route, texts
        return None

    def operation_ids(self) -> set[str]:
        """The operationIds of all operations."""
        return {operation.operation_id for operation in self.operations()}

    def operations(self) -> Iterator[Operation]:
        """All operations."""
        for routes in self._routes_by_length.values():
            for route in routes:
                yield from route.operations.values()

    def templates(self) -> list[str]:
        """All paths, as the document has them."""
        return list(self._document["paths"])

    def fields(self, schema: str) -> dict[str, FieldKind]:
        """The properties of a component schema, including those of composed schemas, in the document's order."""
        if schema not in self._kinds:
            self._kinds[schema] = dict(self._fields({"$ref": f"#/components/schemas/{schema}"}))
        return dict(self._kinds[schema])

    def properties(self, schema: str) -> dict[str, Node]:
        """The schema of each property of a component schema, including those of composed schemas."""
        return dict(self._properties({"$ref": f"#/components/schemas/{schema}"}))

    def default(self, operation_id: str, parameter: str) -> Any:
        """The default of a parameter of an operation."""
        (operation,) = (one for one in self.operations() if one.operation_id == operation_id)
        (found,) = (one for one in operation.parameters if one.name == parameter)
        return found.default

    def named_by(self, parameter: str) -> tuple[str, ...]:
        """The fields that have been seen in a component parameter: its ``x-fields``."""
        return tuple(self._document["components"]["parameters"][parameter]["x-fields"])

    def _routes(self) -> Iterator[Route]:
        for template, item in self._document["paths"].items():
            shared = item.get("parameters", [])
            operations = {method.upper(): self._operation(item[method], shared) for method in METHODS if method in item}
            yield Route(template, tuple(_segment(piece) for piece in template.split("/")), operations)

    def _operation(self, node: Node, shared: list[Node]) -> Operation:
        operation_id: str = node["operationId"]
        parameters = tuple(self._parameter(self._resolve(one)) for one in [*shared, *node.get("parameters", [])])
        body = self._resolve(node.get("requestBody", {"content": {}, "required": True}))
        if not body.get("required"):
            raise ValueError(
                f"openapi.yaml: the sandbox supports required request bodies only, unlike that of {operation_id}"
            )
        bodies = {
            media: Body(self._validator(entry["schema"]), frozenset(self._names(entry["schema"])))
            for media, entry in body["content"].items()
        }
        responses = {int(status): self._response(self._resolve(one)) for status, one in node["responses"].items()}
        return Operation(operation_id, self._needs_credentials(node), parameters, bodies, responses)

    def _needs_credentials(self, node: Node) -> bool:
        schemes: Node = self._document["components"]["securitySchemes"]
        # An operation's own list wins, even an empty one, which needs no credentials.
        alternatives: list[Node] = node["security"] if "security" in node else self._document.get("security", [])
        for alternative in alternatives:
            for name in alternative:
                if (schemes[name]["type"], schemes[name].get("scheme")) != ("http", "basic"):
                    raise ValueError(f"openapi.yaml: the sandbox supports HTTP Basic authentication only, not {name}")
        return bool(alternatives) and {} not in alternatives

    def _response(self, node: Node) -> DocumentedResponse:
        headers: dict[str, Node] = {
            name.lower(): self._resolve(header) for name, header in node.get("headers", {}).items()
        }
        return DocumentedResponse(
            self._validator(node["content"]["application/json"]["schema"]),
            {name: self._validator(header["schema"]) for name, header in headers.items()},
            frozenset(name for name, header in headers.items() if header.get("required")),
        )

    def _parameter(self, node: Node) -> Parameter:
        if node["in"] not in {"path", "query"} or (node["in"] == "query" and node.get("required")):
            raise ValueError(
                f"openapi.yaml: the sandbox supports path parameters and optional query parameters only, unlike "
                f"{node['name']}"
            )
        schema = self._resolve(node["schema"])
        is_integer = schema["type"] == "integer"
        validator = self._validator(schema)
        return Parameter(node["name"], node["in"] == "path", is_integer, schema.get("default"), validator)

    def _fields(self, schema: Node) -> Iterator[tuple[str, FieldKind]]:
        for name, resolved in self._properties(schema):
            types = {resolved["type"]} if isinstance(resolved["type"], str) else {*resolved["type"]} - {"null"}
            (json_type,) = types
            is_number = resolved.get("x-format") == "flag"
            is_moment = resolved.get("x-format") == "date-time"
            yield name, FieldKind("boolean" if is_number else json_type, is_moment, is_number)

    def _properties(self, schema: Node) -> Iterator[tuple[str, Node]]:
        schema = self._resolve(schema)
        for name, node in schema.get("properties", {}).items():
            yield name, self._resolve(node)
        for part in schema.get("allOf", ()):
            yield from self._properties(part)

    def _names(self, schema: Node) -> Iterator[str]:
        return (name for name, _ in self._properties(schema))

    def _validator(self, schema: Node) -> Validator:
        # Compiling a schema compiles everything that it refers to, and most operations share their error responses.
        text = json.dumps(schema, sort_keys=True)
        if text not in self._validators:
            # A value that is never shown is not shown in a refusal either.
            mask = "the value" if '"writeOnly": true' in text else None
            addressed = text.replace(_REFERENCE, _REFERENCE.replace("#", f"{_ADDRESS}#"))
            self._validators[text] = Validator(addressed, validate_formats=False, mask=mask, registry=self._components)
        return self._validators[text]

    def _resolve(self, node: Node) -> Node:
        """The node with its ``$ref`` followed, a pointer into this document."""
        while "$ref" in node:
            target = self._document
            for key in node["$ref"].removeprefix("#/").split("/"):
                target = target[key]
            node = target
        return node


def _segment(piece: str) -> tuple[str, str | None]:
    beginning, brace, name = piece.partition("{")
    return (beginning, name.removesuffix("}")) if brace else (piece, None)


def _literalness(route: Route) -> tuple[int, int]:
    """How literal a path is: the number of pieces without a parameter, then of characters before parameters."""
    literal = sum(name is None for _, name in route.segments)
    return literal, sum(len(beginning) for beginning, name in route.segments if name)


def load_contract(changes: Sequence[Callable[[Node], None]] = ()) -> Contract:
    """The contract that is installed with the sandbox, or the one in the checkout that it runs from.

    Args:
        changes: functions that change the document before it is compiled. Without any, the contract is shared by the
            whole process: do not change it.

    Raises:
        ValueError: the document is not valid YAML, or uses a feature that the sandbox does not support.
    """
    if not changes:
        return _unchanged(document_text())
    changed = deepcopy(document())
    for change in changes:
        change(changed)
    return Contract(changed)


@lru_cache(1)
def _unchanged(text: str) -> Contract:
    return Contract(_parsed(text))


def document() -> Node:
    """The parsed document, shared: do not change it.

    Raises:
        ValueError: it is not valid YAML.
    """
    return _parsed(document_text())


def document_text() -> str:
    """The text of the document that is installed with the sandbox, or of the one in the checkout that it runs from."""
    installed = _PACKAGE / "openapi.yaml"
    found = installed if installed.is_file() else _PACKAGE.parents[1] / "openapi.yaml"
    return found.read_text(encoding="utf-8")


@lru_cache(1)
def _parsed(text: str) -> Node:
    return parsed(text, _PACKAGE / "openapi.json")
