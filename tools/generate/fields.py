"""Render chargeover_api/fields.py: the contract's object schemas as keyword types, checking rules and attributes.

openapi-python-client renders attrs classes only. The wrapper needs four things more, all from the same document:
a TypedDict of each request body for ``**fields: Unpack[...]``, the rules that a value is checked by before it is sent,
the attributes of a returned customer, and the fields that a query can name. So a field that is added to openapi.yaml
reaches the wrapper by itself.
"""

import re
import sys
import textwrap
from collections.abc import Iterator, Set

from tools.contract import Contract, Node, name_of

# The schemas of answers that the wrapper shows as objects with attributes.
ANSWERS = ("Customer",)
PYTHON_TYPES = {
    "string": "str",
    "integer": "int",
    "number": "float",
    "boolean": "bool",
    "null": "None",
    "object": "dict[str, Any]",
}
# The kinds of conditions that a query can have, as type variables: what a condition is, the wrapper says.
KINDS = {"string": "Text", "integer": "Number", "number": "Number", "boolean": "Flag", "array": "List"}
MOMENT = "Moment"
UNDERSTOOD = {
    "type", "format", "minimum", "maximum", "minLength", "enum", "items", "default",
    "description", "examples", "deprecated",
}  # fmt: skip
# Arguments of the wrapper's methods besides the fields.
RESERVED = {"customer_id", "dry_run", "options"}
# Query parameters that the wrapper writes itself, from conditions, and does not take from a caller as they are.
WRITTEN_BY_THE_WRAPPER = {"where", "order"}
HEADER = '''"""Field types and rules of openapi.yaml. Written by `make generate`; never edited by hand."""

from datetime import datetime
from typing import Any, Final, Generic, Literal, NamedTuple, Required, TypedDict, TypeVar

{imports}


class Rule(NamedTuple):
    """What openapi.yaml says of one field or parameter."""

    types: tuple[str, ...]
    """JSON types: string, integer, number, boolean, array, null."""
    minimum: int | None = None
    maximum: int | None = None
    choices: tuple[str, ...] = ()
    """The values of an enum, or nothing if any value of the type will do."""
    items: tuple[str, ...] = ()
    """JSON types of the elements of an array."""
    shortest: int = 0
    """The least number of characters of a text."""
    is_moment: bool = False
    """Whether a text stands for a date and a time."""


'''


def render_fields(contract: Contract) -> str:
    """The source text of fields.py for a document."""
    renderer = _Renderer(contract)
    renderer.refuse_what_the_wrapper_cannot_offer()
    parts = [renderer.parameters(), renderer.most_bulk_requests()]
    for name in renderer.body_names():
        parts += [renderer.typed_dict(name), renderer.rules(name), renderer.required(name)]
    for name in ANSWERS:
        parts += [renderer.attributes(name), renderer.rules(name), renderer.query(name)]
    return HEADER.format(imports="\n".join(renderer.imports())) + "\n\n".join(parts)


class _Renderer:
    def __init__(self, contract: Contract) -> None:
        self._contract = contract
        self._schemas = contract.schemas
        self._parameters: Node = contract.root["components"]["parameters"]
        self._enums = [name for name, schema in self._schemas.items() if "enum" in schema]

    def body_names(self) -> list[str]:
        """The names of the schemas of all request bodies that have fields, each once, in the document's order."""
        names = [
            name_of(operation.node["requestBody"]["content"]["application/json"]["schema"])
            for operation in self._contract.operations()
            if "requestBody" in operation.node
        ]
        return [name for name in dict.fromkeys(names) if self._flatten(name)]

    def imports(self) -> Iterator[str]:
        for name in self._enums:
            yield f"from .models.{_snake(name)} import {name}"

    def typed_dict(self, name: str) -> str:
        lines = [f"class {name}Fields(TypedDict, total=False):", *_docstring(self._schemas[name]["description"])]
        properties, required = self._contract.fields(self._schemas[name])
        for field, schema in properties.items():
            hint = self._hint(schema, accepts=True)
            lines.append(f"    {field}: Required[{hint}]" if field in required else f"    {field}: {hint}")
            lines += _docstring(schema.get("description", ""))
        return "\n".join(lines) + "\n"

    def attributes(self, name: str) -> str:
        lines = [f"class {name}Attributes:", *_docstring(self._schemas[name]["description"])]
        properties = self._flatten(name)
        for field, schema in properties.items():
            # Properties, so that a type checker refuses to assign to what was only read.
            lines += ["    @property", f"    def {field}(self) -> {self._hint(schema, accepts=False)}:"]
            lines += [f"    {line}" for line in _docstring(schema.get("description", ""))]
            lines += ["        raise NotImplementedError", ""]
        return "\n".join(lines) + "\n"

    def refuse_what_the_wrapper_cannot_offer(self) -> None:
        """Stop at a field that is never returned, having been forgotten there, or that is an argument already."""
        returned = {field for name in ANSWERS for field in self._flatten(name)}
        for name in self.body_names():
            if taken := RESERVED & self._flatten(name).keys():
                sys.exit(f"openapi.yaml: {name} has {', '.join(taken)}, which is an argument of the wrapper.")
            if forgotten := [field for field in self._flatten(name) if field not in returned]:
                sys.exit(f"openapi.yaml: {name} has {', '.join(forgotten)}, which {' and '.join(ANSWERS)} has not.")

    def query(self, name: str) -> str:
        kinds = [*dict.fromkeys(KINDS.values()), MOMENT]
        lines = [f'{kind} = TypeVar("{kind}")' for kind in kinds]
        lines += [f"class {name}Query(Generic[{', '.join(kinds)}]):"]
        lines += _docstring(f"The fields that a query of {name.lower()}s can name, by the kind of their conditions.")
        for field, schema in self._flatten(name).items():
            lines += [f"    {field}: {self._kind(schema)}", *_docstring(schema.get("description", ""))]
        return "\n".join(lines) + "\n"

    def parameters(self) -> str:
        lines = ["PARAMETERS: Final[dict[str, Rule]] = {"]
        lines += [
            f"    {parameter['name']!r}: {self._rule(parameter['name'], parameter['schema'])},"
            for parameter in self._parameters.values()
            if parameter["name"] not in WRITTEN_BY_THE_WRAPPER
        ]
        return "\n".join([*lines, "}"]) + "\n"

    def most_bulk_requests(self) -> str:
        return f"MOST_BULK_REQUESTS: Final = {self._schemas['BulkRequests']['maxItems']}\n"

    def rules(self, name: str) -> str:
        properties = self._flatten(name)
        lines = [f"{_snake(name).upper()}: Final[dict[str, Rule]] = {{"]
        lines += [f"    {field!r}: {self._rule(f'{name}.{field}', schema)}," for field, schema in properties.items()]
        return "\n".join([*lines, "}"]) + "\n"

    def required(self, name: str) -> str:
        properties, required = self._contract.fields(self._schemas[name])
        names = tuple(field for field in properties if field in required)
        return f"{_snake(name).upper()}_REQUIRED: Final[tuple[str, ...]] = {names!r}\n"

    def _rule(self, place: str, schema: Node) -> str:
        merged = self._contract.resolve(schema)
        _refuse_unknown(place, merged)
        arguments = [repr(_types(merged))]
        arguments += [f"{key}={merged[key]}" for key in ("minimum", "maximum") if key in merged]
        if "enum" in merged:
            arguments.append(f"choices={tuple(merged['enum'])!r}")
        if "items" in merged:
            items = self._contract.resolve(merged["items"])
            _refuse_unknown(f"{place}[]", items, {"type", "description"})
            arguments.append(f"items={_types(items)!r}")
        if "minLength" in merged:
            arguments.append(f"shortest={merged['minLength']}")
        if _is_moment(merged):
            arguments.append("is_moment=True")
        return f"Rule({', '.join(arguments)})"

    def _flatten(self, name: str) -> dict[str, Node]:
        """The properties of a schema and of all that it is composed of."""
        return self._contract.fields(self._schemas[name])[0]

    def _hint(self, schema: Node, *, accepts: bool) -> str:
        """The Python type of a field: of what a caller may pass, or of what a caller gets."""
        name = name_of(schema)
        if name in self._enums:
            return f"{name} | Literal[{', '.join(map(repr, self._schemas[name]['enum']))}]"
        merged = self._contract.resolve(schema)
        hints: list[str] = []
        for json_type in _types(merged):
            if _is_moment(merged) and json_type == "string" and not accepts:
                hints.append("datetime")
            elif json_type == "array":
                element = " | ".join(PYTHON_TYPES[item] for item in _types(self._contract.resolve(merged["items"])))
                hints.append(f"list[{element}]")
                if accepts:
                    hints.append(f"tuple[{element}, ...]")
            else:
                hints.append(PYTHON_TYPES[json_type])
        return " | ".join(hints)

    def _kind(self, schema: Node) -> str:
        """The kind of the conditions on a field."""
        merged = self._contract.resolve(schema)
        if _is_moment(merged):
            return MOMENT
        (json_type,) = {*_types(merged)} - {"null"}
        return KINDS[json_type]


def _is_moment(schema: Node) -> bool:
    return bool(schema.get("x-format") == "date-time")


def _refuse_unknown(place: str, schema: Node, understood: Set[str] = UNDERSTOOD) -> None:
    """Stop at what the rules could not keep: a value that the contract forbids would be sent."""
    unknown = [key for key in schema if key not in understood and not key.startswith("x-")]
    if schema.get("format", "int64") != "int64":
        unknown.append(f"format: {schema['format']}")
    if "enum" in schema and any(not isinstance(value, str) for value in schema["enum"]):
        unknown.append("an enum of other values than strings")
    if unknown:
        sys.exit(
            f"openapi.yaml, {place}: tools/generate/fields.py does not understand {', '.join(unknown)}. Teach it first."
        )


def _types(schema: Node) -> tuple[str, ...]:
    types = schema["type"]
    return (types,) if isinstance(types, str) else tuple(types)


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


def _docstring(text: str) -> list[str]:
    if not text:
        return []
    paragraphs = [" ".join(paragraph.split()) for paragraph in text.strip().split("\n\n")]
    lines = "\n\n".join(textwrap.fill(paragraph, 100) for paragraph in paragraphs).split("\n")
    if len(lines) == 1:
        return [f'    """{lines[0]}"""']
    return [f'    """{lines[0]}', *(f"    {line}".rstrip() for line in lines[1:]), '    """']
