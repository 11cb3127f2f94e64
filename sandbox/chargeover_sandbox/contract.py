"""openapi.yaml as the sandbox lives by it: routes, parameters, bodies and answers, all from the document."""

import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any, cast

import jsonschema_rs
import yaml

Node = dict[str, Any]
Validator = jsonschema_rs.Draft202012Validator
Kind = jsonschema_rs.ValidationErrorKind

METHODS = ("get", "put", "post", "delete", "patch", "head", "options", "trace")
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]*)")


@dataclass(frozen=True, slots=True)
class Problem:
    """One reason why a value does not fit its schema.

    Attributes:
        field: where, such as ``tags[0]``; empty for the value as a whole.
        reason: what is wrong and what would be right.
    """

    field: str
    reason: str

    def __str__(self) -> str:
        return f"{self.field}: {self.reason}" if self.field else self.reason


@dataclass(frozen=True, slots=True)
class Parameter:
    """A path parameter."""

    name: str
    is_integer: bool
    validator: Validator

    def read(self, text: str) -> object:
        """The value that a piece of a URL stands for: an integer where it can only be one."""
        # Not int(text): that takes signs, underscores and the digits of other scripts.
        return int(text) if self.is_integer and len(text) < 100 and _INTEGER.fullmatch(text) else text


@dataclass(frozen=True, slots=True)
class Body:
    """A request body of one media type.

    Attributes:
        validator: its schema.
        fields: the names of all its properties, those of composed schemas included.
    """

    validator: Validator
    fields: frozenset[str]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the document says of one status of one operation."""

    validator: Validator
    required_headers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Operation:
    """One method of one path."""

    operation_id: str
    method: str
    bodies: Mapping[str, Body]
    answers: Mapping[int, Answer]


@dataclass(frozen=True, slots=True)
class Route:
    """One path of the document, with its operations by method in capitals."""

    template: str
    pattern: re.Pattern[str]
    parameters: tuple[Parameter, ...]
    operations: Mapping[str, Operation]

    @property
    def allow(self) -> str:
        """The value of the Allow header."""
        return ", ".join(sorted(self.operations))


class Contract:
    """The document, compiled."""

    def __init__(self, document: Node) -> None:
        self._document = document
        self.routes = tuple(self._routes())
        self.error_envelope = self._validator({"$ref": "#/components/schemas/ErrorEnvelope"})

    def match(self, path: str) -> tuple[Route, dict[str, str]] | None:
        """The route of a path, and the text of its parameters; None if the document has no such path."""
        for route in self.routes:
            if found := route.pattern.fullmatch(path):
                return route, found.groupdict()
        return None

    def operation_ids(self) -> set[str]:
        """The IDs of all operations."""
        return {operation.operation_id for route in self.routes for operation in route.operations.values()}

    def properties(self, schema: str) -> list[str]:
        """The names of the properties of a component, in the document's order."""
        return list(self._document["components"]["schemas"][schema]["properties"])

    def _routes(self) -> Iterator[Route]:
        for template, item in self._document["paths"].items():
            parameters = tuple(self._parameter(self._resolve(node)) for node in item.get("parameters", ()))
            operations = {method.upper(): self._operation(method, item[method]) for method in METHODS if method in item}
            pattern = re.compile(re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>[^/]+)", re.escape(template)))
            yield Route(template, pattern, parameters, operations)

    def _operation(self, method: str, node: Node) -> Operation:
        body: Node = node.get("requestBody", {"content": {}})
        bodies = {
            media: Body(self._validator(entry["schema"]), frozenset(self._fields(entry["schema"])))
            for media, entry in body["content"].items()
        }
        answers = {int(status): self._answer(self._resolve(answer)) for status, answer in node["responses"].items()}
        return Operation(node["operationId"], method.upper(), bodies, answers)

    def _answer(self, node: Node) -> Answer:
        headers: Node = node.get("headers", {})
        required = tuple(name for name, header in headers.items() if self._resolve(header).get("required"))
        return Answer(self._validator(node["content"]["application/json"]["schema"]), required)

    def _fields(self, schema: Node) -> Iterator[str]:
        schema = self._resolve(schema)
        yield from schema.get("properties", ())
        for part in schema.get("allOf", ()):
            yield from self._fields(part)

    def _parameter(self, node: Node) -> Parameter:
        return Parameter(node["name"], node["schema"]["type"] == "integer", self._validator(node["schema"]))

    def _validator(self, schema: Node) -> Validator:
        return Validator({**schema, "components": self._document["components"]}, validate_formats=False)

    def _resolve(self, node: Node) -> Node:
        """The node with its ``$ref`` followed, a pointer into this document."""
        while "$ref" in node:
            target = self._document
            for key in node["$ref"].removeprefix("#/").split("/"):
                target = target[key]
            node = target
        return node


def load_contract() -> Contract:
    """The contract that was installed with the sandbox, or that of the checkout it is run from."""
    installed = files("chargeover_sandbox").joinpath("openapi.yaml")
    if installed.is_file():
        text = installed.read_text(encoding="utf-8")
    else:
        text = Path(__file__).parents[2].joinpath("openapi.yaml").read_text(encoding="utf-8")
    # The parser in C reads the document in a tenth of the time, and start-up is most of a short test.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return Contract(cast("Node", yaml.load(text, Loader=loader)))  # noqa: S506  both are safe loaders


def problems(validator: Validator, value: object, fields: Set[str] = frozenset()) -> list[Problem]:
    """Every reason why a value does not fit, each place once, in the order in which they were found.

    Args:
        validator: the schema.
        value: what does not fit it.
        fields: names that the schema has. One wrong value makes a validator count its right neighbours as not
            evaluated, and so as unexpected, when schemas are composed; these names are not reported for that.
    """
    found: dict[str, Problem] = {}
    for error in validator.iter_errors(cast("Any", value)):
        kind = error.kind
        if isinstance(kind, (Kind.UnevaluatedProperties, Kind.AdditionalProperties)):
            for name in kind.unexpected:
                if name not in fields:
                    found[name] = Problem(name, "there is no such field")
        else:
            place = _pointer(error.instance_path)
            found.setdefault(place, Problem(place, error.message))
    return list(found.values())


def _pointer(path: list[str | int]) -> str:
    steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return "".join(steps).removeprefix(".")
