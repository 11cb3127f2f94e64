"""What one schema accepts and another does not, for the keywords of JSON Schema that openapi.yaml has.

References are followed and `allOf` is laid together first, so it does not matter where a schema is written down. A
keyword that is not understood may stay as it is; to add or change one counts as a restriction, because nobody can tell.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple, cast

from tools.contract import Contract

_TYPES = frozenset({"null", "boolean", "integer", "number", "string", "array", "object"})
_AT_LEAST = ("minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties")
_AT_MOST = ("maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties")
# They say nothing about which values fit.
_NOTES = frozenset({"title", "description", "deprecated", "example", "examples", "externalDocs", "$comment"})
_DEEPEST = 40


class Gap(NamedTuple):
    """A restriction of the outer schema that the inner one has not.

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
    """Some schemas that must all hold, laid together."""

    def __init__(self, document: Contract, schemas: list[Any], depth: int = 0) -> None:
        if depth > _DEEPEST:
            raise SystemExit("A schema that refers to itself is not understood by this check.")
        self._document, self._depth = document, depth
        self.types = _TYPES
        self.values: frozenset[str] | None = None
        self.bounds: dict[str, float] = {}
        self.others: dict[str, set[str]] = {}
        self.required: set[str] = set()
        self.properties: dict[str, list[Any]] = {}
        self.items: list[Any] = []
        self.is_closed = False
        self.default: Any = None
        for schema in schemas:
            for part in document.parts(schema):
                self._add(part)

    def property(self, name: str) -> "Shape":
        """The shape of a property; of anything if it is not listed."""
        return Shape(self._document, self.properties.get(name, []), self._depth + 1)

    def item(self) -> "Shape":
        """The shape of the elements."""
        return Shape(self._document, self.items, self._depth + 1)

    def _add(self, schema: Any) -> None:
        if isinstance(schema, bool):
            self.types = self.types if schema else frozenset[str]()
            return
        for keyword, value in schema.items():
            self._add_keyword(keyword, value)

    def _add_keyword(self, keyword: str, value: Any) -> None:
        if keyword == "type":
            names: set[str] = {value} if isinstance(value, str) else set(value)
            self.types &= names | ({"integer"} if "number" in names else set())
        elif keyword in {"enum", "const"}:
            values = frozenset(json.dumps(one) for one in (value if keyword == "enum" else [value]))
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
        elif keyword not in _NOTES and not keyword.startswith("x-"):
            self.others.setdefault(keyword, set()).add(json.dumps(self._spelled_out(value), sort_keys=True))

    def _spelled_out(self, value: Any, depth: int = 0) -> Any:
        """The value without references: what one refers to may change while the reference stays."""
        if depth > _DEEPEST:
            raise SystemExit("A schema that refers to itself is not understood by this check.")
        value = self._document.resolve(value)
        if isinstance(value, dict):
            return {key: self._spelled_out(one, depth + 1) for key, one in cast("dict[str, Any]", value).items()}
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


def _words(values: frozenset[str] | set[str]) -> str:
    return " or ".join(sorted(values)) or "nothing"
