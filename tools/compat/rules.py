"""The rules of `make check-compat`: which changes of the contract break clients of an earlier one.

What may be sent must not become less; what may be returned must not become more, nor lose a field or a status. New
operations, new optional parameters and new fields are always welcome. How something is written does not matter:
defaults are filled in, references followed, and names of headers, content types and schemes compared without case.

Written here because nothing on PyPI, npm or in Debian decides this for OpenAPI 3.1 (tried in 2026-11): oasdiff is on
none of them; openapi-diff of npm refuses 3.1; @pb33f/openapi-changes downloads itself at installation; @useoptic/optic,
with 630 packages, does not start without an override, and then misses a tightened pattern or maximum, a removed request
field, a new required field and anything under `allOf`; api-schema-diff does not look into components.
"""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple, cast

from tools.compat.shapes import Shape, gaps
from tools.contract import Contract, Node, Operation

RULES = {
    "server-removed": "a server is gone",
    "server-value-removed": "a value of a variable in the URL of a server may no longer be used",
    "operation-removed": "an operation is gone",
    "operation-renamed": "an operationId has changed, and with it a name in every generated client",
    "security-changed": "credentials that were enough no longer are, or are now needed",
    "parameter-removed": "a parameter is gone",
    "parameter-required": "a parameter has to be sent",
    "parameter-form-changed": "a parameter is written in another way",
    "default-changed": "leaving a value out means something else",
    "body-required": "a body has to be sent",
    "request-media-type-removed": "a body may no longer have a content type",
    "request-type-narrowed": "a type of JSON may no longer be sent",
    "request-value-removed": "a value of an enumeration may no longer be sent",
    "request-bound-tightened": "a minimum or maximum allows less",
    "request-rule-changed": "a pattern, a format or another keyword is new or has changed",
    "request-field-required": "a field has to be sent",
    "request-field-removed": "a field may no longer be sent",
    "request-object-closed": "fields that are not listed may no longer be sent",
    "status-removed": "a documented status is gone",
    "header-removed": "a documented header of a response is gone",
    "header-optional": "a header of a response may be missing",
    "response-media-type-removed": "a response no longer has a content type",
    "response-type-widened": "a response may hold another type of JSON",
    "response-value-added": "a response may hold a value that was not in its enumeration",
    "response-bound-loosened": "a response may exceed a minimum or maximum that it kept",
    "response-rule-changed": "a response no longer keeps a pattern, a format or another keyword",
    "response-field-optional": "a field of a response may be missing",
    "response-field-removed": "a documented field of a response is gone",
    "response-object-opened": "a response may have fields that are not listed",
}
# For requests the new document is the outer one (it must still take what the old one took), for responses the old one.
# A kind that is missing is allowed: a new field in a request, and in a response.
_REQUEST = {
    "type": "request-type-narrowed",
    "value": "request-value-removed",
    "bound": "request-bound-tightened",
    "other": "request-rule-changed",
    "required": "request-field-required",
    "closed": "request-object-closed",
    "unknown": "request-field-removed",
    "default": "default-changed",
}
_RESPONSE = {
    "type": "response-type-widened",
    "value": "response-value-added",
    "bound": "response-bound-loosened",
    "other": "response-rule-changed",
    "required": "response-field-optional",
    "closed": "response-object-opened",
    "new": "response-field-removed",
}


class Break(NamedTuple):
    """A change that breaks clients: the rule, the thing that changed, and an operation that has it."""

    rule: str
    what: str
    operation: str


def breaks(old: Contract, new: Contract) -> list[Break]:
    """Every change from the old document to the new one that breaks a rule."""
    return list(_Comparison(old, new).breaks())


class _Comparison:
    def __init__(self, old: Contract, new: Contract) -> None:
        self._old, self._new = old, new

    def breaks(self) -> Iterator[Break]:
        operations = {_wire_name(operation): operation for operation in self._new.operations()}
        for old in self._old.operations():
            new = operations.get(_wire_name(old))
            if new is None:
                yield Break("operation-removed", old.id, old.place)
                continue
            for rule, what in self._operation(old, new):
                yield Break(rule, what, old.place)

    def _operation(self, old: Operation, new: Operation) -> Iterator[tuple[str, str]]:
        if old.id != new.id:
            yield "operation-renamed", f"was {old.id}, is {new.id}"
        yield from self._servers(old, new)
        now = _ways_in(self._new, new)
        for way in _ways_in(self._old, old):
            # Where no credentials are needed, any will do.
            if way not in now and {} not in now:
                yield "security-changed", f"{' and '.join(way) or 'nothing'} was enough"
        yield from self._parameters(old, new)
        yield from self._body(old, new)
        for status, response in old.node["responses"].items():
            found = _covering(new.node["responses"], str(status))
            if found is None:
                yield "status-removed", status
            else:
                yield from self._response(status, response, found)

    def _servers(self, old: Operation, new: Operation) -> Iterator[tuple[str, str]]:
        after = {server["url"]: server.get("variables", {}) for server in _servers(self._new, new)}
        for server in _servers(self._old, old):
            url = server["url"]
            if url not in after:
                yield "server-removed", url
                continue
            for name, was in server.get("variables", {}).items():
                now = after[url].get(name, {})
                if was.get("default") != now.get("default"):
                    yield "default-changed", f"{name} in {url}: was {was.get('default')}, is {now.get('default')}"
                gone = {*was["enum"]} - {*now.get("enum", was["enum"])} if "enum" in was else set[str]()
                if gone or ("enum" in now and "enum" not in was):
                    values = " or ".join(sorted(gone)) or "any other value"
                    yield "server-value-removed", f"{name} in {url}: {values}"

    def _parameters(self, old: Operation, new: Operation) -> Iterator[tuple[str, str]]:
        before, after = _parameters(old), _parameters(new)
        for name in sorted(before.keys() - after.keys()):
            yield "parameter-removed", name
        for name, parameter in after.items():
            was = before.get(name)
            if parameter.get("required", False) and not (was and was.get("required", False)):
                yield "parameter-required", name
            if was is None:
                continue
            forms = _form(was), _form(parameter)
            for key, form in forms[0].items():
                if form != forms[1][key]:
                    yield "parameter-form-changed", f"{name}: {key} was {form}, is {forms[1][key]}"
            yield from self._request(_schema_of(was), _schema_of(parameter), name)

    def _body(self, old: Operation, new: Operation) -> Iterator[tuple[str, str]]:
        nothing: Node = {"content": {}}
        before = self._old.resolve(old.node.get("requestBody", nothing))
        after = self._new.resolve(new.node.get("requestBody", nothing))
        if after.get("required", False) and not before.get("required", False):
            yield "body-required", "request body"
        contents = _by_lower_name(after["content"])
        for media_type, content in _by_lower_name(before["content"]).items():
            if media_type in contents:
                now = contents[media_type]
                yield from self._request(content.get("schema", True), now.get("schema", True), "request body")
            else:
                yield "request-media-type-removed", media_type

    def _response(self, status: str, old: Any, new: Any) -> Iterator[tuple[str, str]]:
        before, after = self._old.resolve(old), self._new.resolve(new)
        headers = _by_lower_name(after.get("headers", {}))
        for name, header in before.get("headers", {}).items():
            if name.lower() not in headers:
                yield "header-removed", f"{status} {name}"
                continue
            was, now = self._old.resolve(header), self._new.resolve(headers[name.lower()])
            if was.get("required", False) and not now.get("required", False):
                yield "header-optional", f"{status} {name}"
            yield from self._returned(_schema_of(was), _schema_of(now), f"{status} {name}")
        contents = _by_lower_name(after.get("content", {}))
        for media_type, content in _by_lower_name(before.get("content", {})).items():
            if media_type in contents:
                now = contents[media_type].get("schema", True)
                yield from self._returned(content.get("schema", True), now, f"{status} body")
            else:
                yield "response-media-type-removed", f"{status} {media_type}"

    def _request(self, old: Any, new: Any, place: str) -> Iterator[tuple[str, str]]:
        shapes = Shape(self._new, [new], "request"), Shape(self._old, [old], "request")
        for gap in gaps(*shapes, place):
            if gap.kind in _REQUEST:
                yield _REQUEST[gap.kind], f"{gap.place}: was {gap.inner}, is {gap.outer}"

    def _returned(self, old: Any, new: Any, place: str) -> Iterator[tuple[str, str]]:
        shapes = Shape(self._old, [old], "response"), Shape(self._new, [new], "response")
        for gap in gaps(*shapes, place):
            if gap.kind in _RESPONSE:
                yield _RESPONSE[gap.kind], f"{gap.place}: was {gap.outer}, is {gap.inner}"


def _wire_name(operation: Operation) -> str:
    """What distinguishes an operation on the wire, where names of path parameters do not matter."""
    return f"{operation.method} {re.sub(r'{[^}]*}', '{}', operation.path)}"


def _servers(document: Contract, operation: Operation) -> list[Node]:
    for node in (operation.node, operation.item, document.root):
        if node.get("servers"):
            return cast("list[Node]", node["servers"])
    return [{"url": "/"}]


def _ways_in(document: Contract, operation: Operation) -> list[Node]:
    """The ways to authenticate: for each, what the schemes mean and which scopes are needed."""
    stated = cast("list[Node]", operation.node.get("security", document.root.get("security", [])))
    schemes = document.root.get("components", {}).get("securitySchemes", {})
    return [
        {_scheme(document.resolve(schemes.get(name, {"type": name}))): sorted(scopes) for name, scopes in way.items()}
        for way in stated or [{}]
    ]


def _scheme(node: Node) -> str:
    """The meaning of a scheme in words, whatever its name in the document is."""
    words = {key: value for key, value in node.items() if key != "description" and not key.startswith("x-")}
    if "scheme" in words:
        words["scheme"] = str(words["scheme"]).lower()  # RFC 9110: case does not matter
    if words.get("in") == "header":
        words["name"] = str(words["name"]).lower()
    return " ".join(f"{value}" for _, value in sorted(words.items(), key=lambda one: one[0] != "type"))


def _covering(responses: Node, status: str) -> Any:
    """The response that a status has: its own, that of its range, or the default."""
    names = {str(name).upper(): name for name in responses}
    found = next((names[one] for one in (status.upper(), f"{status[0]}XX", "DEFAULT") if one in names), None)
    return None if found is None else responses[found]


def _by_lower_name(nodes: Node) -> Node:
    return {name.lower().replace(" ", ""): node for name, node in nodes.items()}


def _parameters(operation: Operation) -> dict[str, Node]:
    return {
        f"{one['in']} parameter {one['name'].lower() if one['in'] == 'header' else one['name']}": one
        for one in operation.parameters
    }


def _form(parameter: Node) -> Node:
    """How a parameter is written, with the defaults of OpenAPI filled in."""
    style = parameter.get("style", "form" if parameter["in"] in {"query", "cookie"} else "simple")
    return {
        "style": style,
        "explode": parameter.get("explode", style == "form"),
        "allowReserved": parameter.get("allowReserved", False),
        "content": " and ".join(_by_lower_name(parameter.get("content", {}))) or "none",
    }


def _schema_of(node: Node) -> Any:
    """The schema of a parameter or of a header, which may stand under a content type."""
    for content in node.get("content", {}).values():
        return content.get("schema", True)
    return node.get("schema", True)
