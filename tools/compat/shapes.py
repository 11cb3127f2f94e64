"""What one schema accepts and another does not, for the keywords of JSON Schema that openapi.yaml has.

Meanings are compared, not spellings: references are followed, ``allOf`` is merged, an alternative to null is a second
type, and a keyword that restricts nothing (``minLength: 0``) is as good as none. A keyword that is not understood may
stay as it is; to add or change one counts as a restriction, because its effect is unknown.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal, NamedTuple, cast

from tools.contract import Contract, ContractError, Node

Direction = Literal["request", "response"]

_TYPES = frozenset({"null", "boolean", "integer", "number", "string", "array", "object"})
_AT_LEAST = ("minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties")
_AT_MOST = ("maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties")
# They say nothing about which values fit.
_NOTES = frozenset({"title", "description", "deprecated", "example", "examples", "externalDocs", "$comment"})
# Where a property may not be, by the keyword at the property.
_ABSENT: Mapping[Direction, str] = {"request": "readOnly", "response": "writeOnly"}
_NO_RESTRICTION: tuple[tuple[str, object], ...] = (
    ("minLength", 0),
    ("minItems", 0),
    ("minProperties", 0),
    ("uniqueItems", False),
    ("items", True),
    ("items", {}),
    ("additionalProperties", True),
    ("additionalProperties", {}),
    ("unevaluatedProperties", True),
    ("unevaluatedProperties", {}),
)
_DEEPEST = 40


class Gap(NamedTuple):
    """A restriction of the outer schema that the inner one does not have.

    Attributes:
        kind: a short word for it, from which a rule gets its name.
        place: where, such as `request body.tags[]`.
        outer: what the outer schema has there.
        inner: what the inner schema has there.
    """

    kind: str
    place: str
    outer: str
    inner: str


class Shape:
    """Some schemas that must all hold, merged.

    Attributes:
        types: the JSON types that fit.
        values: the values of an enumeration, as JSON; None if there is none.
        bounds: minimum, maxLength and so on, by keyword.
        others: keywords that are compared as they are written, references followed.
        required: names of properties that must be there.
        properties: the schemas of each property.
        items: the schemas of an element.
        default: what is assumed where nothing is given; None if nothing is said.
        is_closed: whether properties that are not listed are refused.
    """

    def __init__(self, document: Contract, schemas: list[Any], direction: Direction, depth: int = 0) -> None:
        if depth > _DEEPEST:
            raise ContractError("a schema", "it refers to itself, which this comparison cannot follow.")
        self._document, self._depth = document, depth
        self._direction: Direction = direction
        self.types = _TYPES
        self.values: frozenset[str] | None = None
        self.bounds: dict[str, float] = {}
        self.others: dict[str, set[str]] = {}
        self.required: set[str] = set()
        self.properties: dict[str, list[Any]] = {}
        self.items: list[Any] = []
        self.default: Any = None
        self.is_closed = False
        for schema in schemas:
            for part in document.parts(schema):
                self._add(part)
        self._tidy()

    def property(self, name: str) -> "Shape":
        """The shape of a property; of anything if it is not listed."""
        return Shape(self._document, self.properties.get(name, []), self._direction, self._depth + 1)

    def item(self) -> "Shape":
        """The shape of the elements."""
        return Shape(self._document, self.items, self._direction, self._depth + 1)

    def _add(self, schema: Any) -> None:
        if isinstance(schema, bool):
            self.types = self.types if schema else frozenset[str]()
            return
        for keyword, value in schema.items():
            if (keyword, value) not in _NO_RESTRICTION:
                self._add_keyword(keyword, value)

    def _add_keyword(self, keyword: str, value: Any) -> None:
        if keyword == "type":
            names: set[str] = {value} if isinstance(value, str) else set(value)
            self.types &= names | ({"integer"} if "number" in names else set())
        elif keyword in {"enum", "const"}:
            values = frozenset(_canonical(one) for one in (value if keyword == "enum" else [value]))
            self.values = values if self.values is None else self.values & values
        elif keyword in _AT_LEAST or keyword in _AT_MOST:
            stricter = max if keyword in _AT_LEAST else min
            self.bounds[keyword] = stricter(value, self.bounds.get(keyword, value))
        elif keyword == "required":
            self.required.update(value)
        elif keyword == "properties":
            for name, schema in value.items():
                self.properties.setdefault(name, []).append(schema)
        elif keyword == "items":
            self.items.append(value)
        elif keyword == "default":
            self.default = value
        elif keyword in {"additionalProperties", "unevaluatedProperties"} and isinstance(value, bool):
            self.is_closed = self.is_closed or not value
        elif keyword in {"anyOf", "oneOf"} and len(others := self._besides_null(value)) == 1:
            self._add_alternative(others[0], with_null=len(others) < len(value))
        elif keyword == "x-format" or not (keyword in _NOTES or keyword.startswith("x-")):
            self.others.setdefault(keyword, set()).add(_canonical(self._spelled_out(value)))

    def _besides_null(self, alternatives: list[Any]) -> list[Any]:
        return [one for one in alternatives if self._document.resolve(one) != {"type": "null"}]

    def _add_alternative(self, schema: Any, *, with_null: bool) -> None:
        for part in self._document.parts(schema):
            if with_null and isinstance(part, dict):
                part = {**cast("Node", part)}
                if "const" in part:
                    part["enum"] = [part.pop("const")]
                if "enum" in part:
                    part["enum"] = [*part["enum"], None]
                if "type" in part:
                    part["type"] = [*([part["type"]] if isinstance(part["type"], str) else part["type"]), "null"]
            self._add(part)

    def _tidy(self) -> None:
        """Give one form to what can be written in several, and leave out properties of the other direction."""
        if self.types <= {"integer", "null"}:
            for keyword, wide, step in (("exclusiveMinimum", "minimum", 1), ("exclusiveMaximum", "maximum", -1)):
                if keyword in self.bounds:
                    self._add_keyword(wide, self.bounds.pop(keyword) + step)
        if self.values is not None and self.types != _TYPES:
            # An enumeration allows null only where the type does.
            self.values = frozenset(one for one in self.values if one != "null" or "null" in self.types)
        for name, schemas in [*self.properties.items()]:
            if any(self._is_absent(part) for one in schemas for part in self._document.parts(one)):
                del self.properties[name]
                self.required.discard(name)
        for keyword in ("readOnly", "writeOnly"):
            self.others.pop(keyword, None)

    def _is_absent(self, schema: Any) -> bool:
        return isinstance(schema, dict) and cast("Node", schema).get(_ABSENT[self._direction]) is True

    def _spelled_out(self, value: Any, depth: int = 0) -> Any:
        """The value without references: what one refers to may change while the reference stays."""
        if depth > _DEEPEST:
            raise ContractError("a schema", "it refers to itself, which this comparison cannot follow.")
        value = self._document.resolve(value)
        if isinstance(value, dict):
            members = cast("Node", value).items()
            return {key: self._spelled_out(one, depth + 1) for key, one in members if key not in _NOTES}
        if isinstance(value, list):
            return [self._spelled_out(one, depth + 1) for one in cast("Iterable[Any]", value)]
        return value


def gaps(outer: Shape, inner: Shape, place: str) -> Iterator[Gap]:
    """Why a value that fits the inner shape may not fit the outer one, and fields that only one of them knows."""
    if inner.types - outer.types:
        yield Gap("type", place, _words(outer.types), _words(inner.types))
    if outer.values is not None and (inner.values is None or inner.values - outer.values):
        yield Gap("value", place, _words(outer.values), "any" if inner.values is None else _words(inner.values))
    for keyword, bound in outer.bounds.items():
        other = inner.bounds.get(keyword)
        if other is None or (bound > other if keyword in _AT_LEAST else bound < other):
            yield Gap("bound", place, f"{keyword} {bound}", f"{keyword} {'unset' if other is None else other}")
    for keyword, values in outer.others.items():
        if values - inner.others.get(keyword, set[str]()):
            yield Gap("other", place, f"{keyword} {_words(values)}", _words(inner.others.get(keyword, set[str]())))
    if outer.default != inner.default:
        yield Gap("default", place, f"default {outer.default}", f"default {inner.default}")
    for name in sorted(outer.required - inner.required):
        yield Gap("required", f"{place}.{name}", "required", "optional")
    if outer.is_closed and not inner.is_closed:
        yield Gap("closed", place, "no other fields", "any other field")
    for name in (*inner.properties, *(outer.properties.keys() - inner.properties.keys())):
        where = f"{place}.{name}"
        if name not in outer.properties:
            yield Gap("unknown", where, "not listed", "listed")
        elif name not in inner.properties:
            yield Gap("new", where, "listed", "not listed")
        else:
            yield from gaps(outer.property(name), inner.property(name), where)
    if outer.items:
        yield from gaps(outer.item(), inner.item(), f"{place}[]")


def _canonical(value: Any) -> str:
    """A value as JSON, the same for values that JSON does not tell apart."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return json.dumps(value, sort_keys=True)


def _words(values: frozenset[str] | set[str]) -> str:
    return " or ".join(sorted(values)) or "nothing"
