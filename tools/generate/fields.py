"""Render chargeover_api/fields.py: the contract's object schemas as keyword types, checking rules and attributes.

openapi-python-client renders attrs classes only. The wrapper needs four things more, all from the same document:
a TypedDict of each request body for ``**fields: Unpack[...]``, the rules that a value is checked by before it is sent,
the attributes of a returned object, and the fields that a query can name. So a field that is added to openapi.yaml
reaches the wrapper by itself.
"""

from collections.abc import Iterator, Set

from tools.contract import Contract, ContractError, Node, name_of
from tools.generate.bodies import Bodies, is_moment, plain, types_of
from tools.generate.words import docstring, is_name, snake

PYTHON_TYPES = {"string": "str", "integer": "int", "number": "float", "boolean": "bool", "null": "None"}
BUILTINS = {"str", "int", "float", "bool", "list", "tuple", "property"}
# The kinds of conditions that a query can have, as type variables: the wrapper defines the conditions.
KINDS = {"string": "Text", "integer": "Number", "number": "Number", "boolean": "Flag", "array": "List"}
MOMENT = "Moment"
UNDERSTOOD = {
    "type", "format", "minimum", "maximum", "minLength", "enum", "items", "default",
    "title", "description", "examples", "deprecated",
}  # fmt: skip
UNDERSTOOD_OF_A_BODY = {
    "type", "properties", "required", "additionalProperties", "unevaluatedProperties",
    "title", "description", "examples", "deprecated",
}  # fmt: skip
FORMATS = {"integer": {"int32", "int64"}, "number": {"float", "double"}}
"""Formats that restrict a value no further than its Python type and the bounds beside them."""
RESERVED = {"self", "customer_id", "fields", "options"}
"""Arguments of the wrapper's methods besides the fields."""
RESERVED_OF_OBJECTS = {"raw", "get", "items", "keys", "to_dict", "to_json", "values"}
"""Attributes of a returned object besides the fields."""
WRITTEN_BY_THE_WRAPPER = {"where", "order"}
"""Query parameters that the wrapper writes itself, from conditions, and does not take from a caller as they are."""
HEADER = '''"""Field types and rules of openapi.yaml. Written by `make generate`; never edited by hand."""

import builtins
import sys
from datetime import datetime
from decimal import Decimal
from typing import Final, Generic, Literal, NamedTuple, Required, TypeVar

{imports}

if sys.version_info >= (3, 13):
    from typing import TypedDict
    from warnings import deprecated
else:  # before 3.12, pydantic takes no other TypedDict
    from typing_extensions import TypedDict, deprecated


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
    is_deprecated: bool = False
    """Whether it is better not sent any more."""


'''


def render_fields(contract: Contract) -> str:
    """The source text of fields.py for a document.

    Raises:
        ContractError: something in it that the client could not offer, or a rule that it could not check.
    """
    renderer = _Renderer(contract)
    renderer.refuse_forgotten_fields()
    parts = [renderer.parameters(), renderer.most_bulk_requests(), renderer.kinds()]
    for name in renderer.bodies.sent():
        renderer.refuse_names(name, RESERVED)
        rules = renderer.rules(name)
        parts += [renderer.typed_dict(name), rules, renderer.required(name)]
    for name in renderer.bodies.returned():
        renderer.refuse_names(name, RESERVED_OF_OBJECTS)
        rules = renderer.rules(name)
        parts += [renderer.attributes(name), rules, renderer.query(name)]
    return HEADER.format(imports="\n".join(renderer.imports())) + "\n\n".join(parts)


class _Renderer:
    def __init__(self, contract: Contract) -> None:
        self.bodies = Bodies(contract)
        self._contract = contract
        self._schemas = contract.schemas
        self._enums = [name for name, schema in self._schemas.items() if "enum" in schema]

    def imports(self) -> Iterator[str]:
        for name in self._enums:
            yield f"from .models.{snake(name)} import {name}"

    def refuse_forgotten_fields(self) -> None:
        """Stop at a field that can be written and was forgotten in what is returned."""
        for name, returned in self.bodies.writers():
            there = {field for other in returned for field in self.bodies.fields(other)}
            for field in self.bodies.fields(name):
                if returned and field not in there:
                    raise ContractError(
                        f"{name}.{field}", f"add it to {' or '.join(returned)} too: what is sent is also returned."
                    )

    def refuse_names(self, name: str, reserved: Set[str]) -> None:
        """Stop at a field that cannot be an argument, or an attribute, of its own name."""
        for field in self.bodies.fields(name):
            place = f"{name}.{field}"
            if not is_name(field):
                raise ContractError(
                    place, "Python cannot have this name, under which the client would offer the field; leave it out."
                )
            if field in reserved:
                raise ContractError(place, "the client uses this name for something else; leave the field out.")
            if field in {
                "Decimal",
                "Literal",
                "Required",
                "builtins",
                "datetime",
                "deprecated",
                *self._enums,
                *KINDS.values(),
                MOMENT,
            }:
                raise ContractError(place, "generated code uses this name for something else; leave the field out.")

    def _meaning(self, name: str) -> str:
        return str(self._schemas[name].get("description", ""))

    def kinds(self) -> str:
        return "\n".join(f'{kind} = TypeVar("{kind}")' for kind in (*dict.fromkeys(KINDS.values()), MOMENT)) + "\n"

    def typed_dict(self, name: str) -> str:
        lines = [f"class {name}Fields(TypedDict, total=False):", *docstring(self._meaning(name))]
        properties, required = self._contract.fields(self._schemas[name])
        for field, schema in properties.items():
            hint = self._hint(f"{name}.{field}", schema, properties.keys(), accepts=True)
            lines.append(f"    {field}: Required[{hint}]" if field in required else f"    {field}: {hint}")
            lines += docstring(schema.get("description", ""))
        return "\n".join(lines) + "\n"

    def attributes(self, name: str) -> str:
        lines = [f"class {name}Attributes:", *docstring(self._meaning(name))]
        properties = self.bodies.fields(name)
        decorator = "builtins.property" if "property" in properties else "property"
        for field, schema in properties.items():
            hint = self._hint(f"{name}.{field}", schema, properties.keys(), accepts=False)
            # Properties, so that a type checker refuses to assign to what was only read.
            lines += [f"    @{decorator}"]
            if schema.get("deprecated"):
                lines += [f'    @deprecated("ChargeOver marks {field} as deprecated.")']
            lines += [f"    def {field}(self) -> {hint}:"]
            lines += docstring(schema.get("description", ""), " " * 8)
            lines += ["        raise NotImplementedError", ""]
        return "\n".join(lines) + "\n"

    def query(self, name: str) -> str:
        kinds = [*dict.fromkeys(KINDS.values()), MOMENT]
        lines = [f"class {name}Query(Generic[{', '.join(kinds)}]):"]
        lines += docstring(f"The fields that a query of {name.lower()}s can name, by the kind of their conditions.")
        for field, schema in self.bodies.fields(name).items():
            kind = self._kind(f"{name}.{field}", schema)
            lines += [f"    {field}: {kind}", *docstring(schema.get("description", ""))]
        return "\n".join(lines) + "\n"

    def parameters(self) -> str:
        rules: dict[str, str] = {}
        for operation in self.bodies.operations:
            for parameter in operation.parameters:
                name = parameter["name"]
                if name in WRITTEN_BY_THE_WRAPPER:
                    continue
                rule = self._rule(f"parameter {name} of {operation.id}", parameter.get("schema", {}))
                if rules.setdefault(name, rule) != rule:
                    raise ContractError(
                        f"parameter {name} of {operation.id}",
                        "its rules differ from those of the same name elsewhere; the client has one rule for a name.",
                    )
        return "\n".join(
            [
                "PARAMETERS: Final[dict[str, Rule]] = {",
                *(f"    {name!r}: {rule}," for name, rule in rules.items()),
                "}\n",
            ]
        )

    def most_bulk_requests(self) -> str:
        return f"MOST_BULK_REQUESTS: Final = {self.bodies.bulk()[1]}\n"

    def rules(self, name: str) -> str:
        for part in self._contract.parts(self._schemas[name]):
            _refuse_unknown(name, part, UNDERSTOOD_OF_A_BODY)
        lines = [f"{snake(name).upper()}: Final[dict[str, Rule]] = {{"]
        for field, schema in self.bodies.fields(name).items():
            lines.append(f"    {field!r}: {self._rule(f'{name}.{field}', schema)},")
        return "\n".join([*lines, "}"]) + "\n"

    def required(self, name: str) -> str:
        properties, required = self._contract.fields(self._schemas[name])
        names = tuple(field for field in properties if field in required)
        return f"{snake(name).upper()}_REQUIRED: Final[tuple[str, ...]] = {names!r}\n"

    def _rule(self, place: str, schema: Node) -> str:
        node = plain(self._contract, place, schema)
        _refuse_unknown(place, node, UNDERSTOOD)
        types = types_of(place, node)
        if unknown := {*types} - PYTHON_TYPES.keys() - {"array"}:
            raise ContractError(place, f"the client cannot check the type {', '.join(sorted(unknown))}.")
        arguments = [repr(types)]
        for key in ("minimum", "maximum"):
            if key in node and not isinstance(node[key], int):
                raise ContractError(place, f"the client checks whole bounds only, not {key}: {node[key]}.")
            arguments += [f"{key}={node[key]}"] if key in node else []
        if "enum" in node:
            arguments.append(f"choices={tuple(value for value in node['enum'] if value is not None)!r}")
        if "array" in types:
            items = plain(self._contract, f"{place}[]", node.get("items", {}))
            _refuse_unknown(f"{place}[]", items, {"type", "description"})
            if unknown := {*types_of(place, items)} - PYTHON_TYPES.keys():
                raise ContractError(f"{place}[]", f"the client cannot check the type {', '.join(sorted(unknown))}.")
            arguments.append(f"items={types_of(place, items)!r}")
        if "minLength" in node:
            arguments.append(f"shortest={node['minLength']}")
        if is_moment(node):
            arguments.append("is_moment=True")
        if node.get("deprecated"):
            arguments.append("is_deprecated=True")
        return f"Rule({', '.join(arguments)})"

    def _hint(self, place: str, schema: Node, fields: Set[str], *, accepts: bool) -> str:
        """The Python type of a field: of what a caller may pass, or of what a caller gets."""

        def builtin(name: str) -> str:
            # Within a class, a field of this name hides the builtin type.
            return f"builtins.{name}" if name in BUILTINS & fields else name

        node = plain(self._contract, place, schema)
        hints: list[str] = []
        for json_type in types_of(place, node):
            if json_type == "string" and (name := self._enum(schema)):
                hints.append(f"{name} | Literal[{', '.join(map(repr, self._schemas[name]['enum']))}]")
            elif json_type == "string" and is_moment(node) and not accepts:
                hints.append("datetime")
            elif json_type == "number" and not accepts:
                hints.append("Decimal")
            elif json_type == "array":
                items = types_of(f"{place}[]", plain(self._contract, f"{place}[]", node.get("items", {})))
                element = " | ".join(builtin(PYTHON_TYPES[item]) for item in items)
                hints.append(f"{builtin('list')}[{element}]")
                if accepts:
                    hints.append(f"{builtin('tuple')}[{element}, ...]")
            else:
                hints.append(builtin(PYTHON_TYPES[json_type]))
        return " | ".join(hints)

    def _enum(self, schema: Node) -> str:
        """The name of the enumeration that a field refers to, if it refers to one."""
        named = [schema, *(part for key in ("allOf", "anyOf", "oneOf") for part in schema.get(key, ()))]
        return next((name for one in named if (name := name_of(one)) in self._enums), "")

    def _kind(self, place: str, schema: Node) -> str:
        """The kind of the conditions on a field."""
        node = plain(self._contract, place, schema)
        types = {*types_of(place, node)} - {"null"}
        if len(types) != 1:
            raise ContractError(place, "a returned field needs one type besides null.")
        return MOMENT if is_moment(node) else KINDS[types.pop()]


def _refuse_unknown(place: str, schema: Node, understood: Set[str]) -> None:
    """Stop at a keyword that the rules cannot check: a value that the contract forbids would be sent."""
    unknown = [key for key in schema if key not in understood and not key.startswith("x-")]
    types = types_of(place, schema) if "type" in schema else ()
    if "format" in schema and not any(schema["format"] in FORMATS.get(json_type, ()) for json_type in types):
        unknown.append(f"format: {schema['format']}")
    if any(not isinstance(value, str) for value in schema.get("enum", ()) if value is not None or "null" not in types):
        unknown.append("an enum of other values than strings")
    if unknown:
        raise ContractError(
            place, f"the client cannot check {', '.join(unknown)}; leave it to the description, or teach {__name__}."
        )
