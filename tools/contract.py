"""openapi.yaml as the tools read it: loaded, with references followed and ``allOf`` merged."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import yaml

Node = dict[str, Any]

ROOT = Path(__file__).resolve().parent.parent
PATH = ROOT / "openapi.yaml"
METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
SOURCES = {
    "seed": 'seed: the published page "Update a customer"',
    "recorded": "recorded: responses of the real service",
    "docs": "docs: ChargeOver's other pages",
    "client": "client: the vendor's client libraries and public connectors",
    "assumed": "assumed: nothing is published about it",
}
"""The values of ``x-source``, each with its meaning."""


class ContractError(Exception):
    """The document cannot be used as it is. The message names the place and says what would be right."""

    def __init__(self, place: str, problem: str) -> None:
        super().__init__(f"openapi.yaml, {place}: {problem}")
        self.problem = problem


@dataclass(frozen=True)
class Operation:
    """One method of one path.

    Attributes:
        method: in capitals.
        path: the path template.
        parameters: with references followed; one of the operation replaces the path's of the same name and place.
        node: what the document says of the operation.
        item: what it says of the path.
    """

    method: str
    path: str
    parameters: list[Node]
    node: Node
    item: Node

    @property
    def id(self) -> str:
        """The operationId."""
        return str(self.node["operationId"])

    @property
    def place(self) -> str:
        """Where the operation stands in the document."""
        return f"{self.method} {self.path}"


class Contract:
    """A document of OpenAPI 3.1.

    Attributes:
        root: the whole document.
        schemas: ``components.schemas``.
    """

    def __init__(self, root: Node) -> None:
        self.root = root
        self.schemas: Node = root.get("components", {}).get("schemas", {})

    @classmethod
    def load(cls, path: Path = PATH) -> "Contract":
        """The document in a file.

        Raises:
            ContractError: the file is not YAML, or not a mapping.
        """
        return cls.parse(path.read_text(encoding="utf-8"))

    @classmethod
    def parse(cls, text: str) -> "Contract":
        """The document that a text holds.

        Raises:
            ContractError: the text is not YAML, or not a mapping.
        """
        try:
            root = yaml.safe_load(text)
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            place = f"line {mark.line + 1}" if mark else "the whole file"
            raise ContractError(place, f"not valid YAML: {getattr(error, 'problem', None) or error}.") from None
        if not isinstance(root, dict):
            raise ContractError("the whole file", "a mapping is expected, with openapi, info and paths.")
        return cls(cast("Node", root))

    def resolve(self, node: Any) -> Any:
        """The node with its ``$ref`` followed; what stands beside the reference wins.

        Raises:
            ContractError: a reference that leads nowhere, to another file, or back to itself.
        """
        beside: Node = {}
        seen: list[str] = []
        while isinstance(node, dict) and "$ref" in node:
            reference: str = cast("Node", node)["$ref"]
            beside = {**{key: value for key, value in cast("Node", node).items() if key != "$ref"}, **beside}
            if reference in seen:
                raise ContractError(reference, "the reference leads back to itself.")
            seen.append(reference)
            node = self._target(reference)
        return {**cast("Node", node), **beside} if beside and isinstance(node, dict) else cast("Any", node)

    def _target(self, reference: str) -> Any:
        if not reference.startswith("#/"):
            raise ContractError(
                f"$ref {reference}", "only references within the document are followed, such as #/components/…."
            )
        node: Any = self.root
        for key in reference.removeprefix("#/").split("/"):
            key = key.replace("~1", "/").replace("~0", "~")
            if not isinstance(node, dict) or key not in node:
                raise ContractError(f"$ref {reference}", "the reference leads nowhere.")
            node = cast("Node", node)[key]
        return node

    def check_references(self) -> None:
        """Follow every reference of the document, and see what each schema is composed of.

        Raises:
            ContractError: a reference that leads nowhere, to another file or back, or a schema composed of itself.
        """
        stack: list[tuple[str, object]] = [("", self.root)]
        while stack:
            place, node = stack.pop()
            if isinstance(node, dict):
                children = cast("Node", node)
                if isinstance(children.get("$ref"), str):
                    try:
                        self.resolve({"$ref": children["$ref"]})
                    except ContractError as error:
                        raise ContractError(place, f"$ref {children['$ref']}: {error.problem}") from None
                stack += [(f"{place}.{key}".removeprefix("."), one) for key, one in children.items()]
            elif isinstance(node, list):
                stack += [(f"{place}.{index}", one) for index, one in enumerate(cast("list[object]", node))]
        for name, schema in self.schemas.items():
            try:
                list(self.parts(schema))
            except ContractError as error:
                raise ContractError(f"components.schemas.{name}", error.problem) from None

    def operations(self) -> Iterator[Operation]:
        """All operations, in the document's order."""
        for path, raw in self.root.get("paths", {}).items():
            item = self.resolve(raw)
            for method, node in item.items():
                if method in METHODS:
                    nodes = (self.resolve(one) for one in (*item.get("parameters", []), *node.get("parameters", [])))
                    parameters: dict[tuple[str, str], Node] = {(one["in"], one["name"]): one for one in nodes}
                    yield Operation(method.upper(), path, list(parameters.values()), node, item)

    def parts(self, schema: Any) -> Iterator[Any]:
        """The schemas that must all hold for a schema to hold, those that it is composed of first.

        None of them has ``$ref`` or ``allOf``; one may be True or False.

        Raises:
            ContractError: a schema that is composed of itself.
        """
        yield from self._parts(schema, ())

    def _parts(self, schema: Any, within: tuple[int, ...]) -> Iterator[Any]:
        if not isinstance(schema, Mapping):
            yield schema
            return
        node = cast("Node", schema)
        if id(node) in within:
            raise ContractError(str(node.get("description", "a schema")), "the schema is composed of itself.")
        within = (*within, id(node))
        if "$ref" in node:
            yield from self._parts(self._target(node["$ref"]), within)
        for part in node.get("allOf", ()):
            yield from self._parts(part, within)
        yield {key: value for key, value in node.items() if key not in {"$ref", "allOf"}}

    def fields(self, schema: Any) -> tuple[dict[str, Node], set[str]]:
        """The properties of an object schema and the names of those that are required."""
        properties: dict[str, Node] = {}
        required: set[str] = set()
        for part in self.parts(schema):
            if isinstance(part, Mapping):
                properties.update(cast("Node", part).get("properties", {}))
                required.update(cast("Node", part).get("required", ()))
        return properties, required


def source_of(node: Node, place: str) -> str:
    """Where a fact comes from.

    Raises:
        ContractError: it does not say so.
    """
    source = node.get("x-source")
    if source not in SOURCES:
        was = "x-source is missing" if source is None else f"x-source is {source}"
        raise ContractError(place, f"{was}; it must say where this comes from: {', '.join(SOURCES)}.")
    return str(source)


def name_of(reference: Any) -> str:
    """The last word of a node's ``$ref``: the name of a component. Empty if the node is not a reference."""
    return str(cast("Node", reference).get("$ref", "")).rpartition("/")[2] if isinstance(reference, dict) else ""
