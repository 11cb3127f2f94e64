"""The rules of `make check-compat`: which changes of the contract break somebody who relies on an earlier one.

What may be sent must not become less; what may be answered must not become more, nor lose a field or a status. New
operations, new optional parameters and new fields are always welcome.

Written here because nothing that PyPI, npm or Debian has decides this for OpenAPI 3.1 (tried in 2026-11): oasdiff is in
none of them; openapi-diff of npm refuses 3.1; @pb33f/openapi-changes is a download at installation; @useoptic/optic, of
630 packages, does not start without an override, and then says nothing of a tightened pattern or maximum, a removed
request field, a new required field or what stands under `allOf`; api-schema-diff does not look into components.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple, cast

from tools.compat.shapes import Shape, gaps
from tools.contract import Contract, Node, Operation

RULES = {
    "server-removed": "a server is gone",
    "operation-removed": "an operation is gone",
    "operation-renamed": "an operationId, and with it a name in every generated client, is another",
    "security-changed": "a way to authenticate is gone",
    "parameter-removed": "a parameter is gone",
    "parameter-required": "a parameter has to be sent",
    "parameter-form-changed": "a parameter is written in another way",
    "default-changed": "leaving a parameter out means something else",
    "body-required": "a body has to be sent",
    "request-media-type-removed": "a body may no longer be of a content type",
    "request-type-narrowed": "a type of JSON may no longer be sent",
    "request-value-removed": "a value of an enumeration may no longer be sent",
    "request-bound-tightened": "a minimum or maximum leaves less",
    "request-rule-changed": "a pattern, a format or another keyword is new or another",
    "request-field-required": "a field has to be sent",
    "request-field-removed": "a field may no longer be sent",
    "request-object-closed": "fields that are not listed may no longer be sent",
    "status-removed": "a documented status is gone",
    "header-removed": "a documented header of an answer is gone",
    "header-optional": "a header of an answer may be missing",
    "response-media-type-removed": "an answer no longer has a content type",
    "response-type-widened": "an answer may hold another type of JSON",
    "response-value-added": "an answer may hold a value that was not in its enumeration",
    "response-bound-loosened": "an answer may leave a minimum or maximum that it kept",
    "response-rule-changed": "an answer no longer keeps a pattern, a format or another keyword",
    "response-field-optional": "a field of an answer may be missing",
    "response-field-removed": "a documented field of an answer is gone",
    "response-object-opened": "an answer may have fields that are not listed",
}
# A request is looked at from the new document (it must still take what the old one took), an answer from the old one.
# What is not here is allowed: a new field in a request, and in an answer.
_REQUEST = {
    "type": "request-type-narrowed",
    "value": "request-value-removed",
    "bound": "request-bound-tightened",
    "other": "request-rule-changed",
    "required": "request-field-required",
    "closed": "request-object-closed",
    "unknown": "request-field-removed",
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
    """A change that breaks somebody: the rule, what about, and where it is met."""

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
        urls = {server["url"] for server in self._new.root.get("servers", [])}
        for server in self._old.root.get("servers", []):
            if server["url"] not in urls:
                yield Break("server-removed", server["url"], "servers")
        operations = {operation.place: operation for operation in self._new.operations()}
        for old in self._old.operations():
            new = operations.get(old.place)
            if new is None:
                yield Break("operation-removed", old.id, old.place)
                continue
            for rule, what in self._operation(old, new):
                yield Break(rule, what, old.place)

    def _operation(self, old: Operation, new: Operation) -> Iterator[tuple[str, str]]:
        if old.id != new.id:
            yield "operation-renamed", f"was {old.id}, is {new.id}"
        now = _ways_in(self._new, new)
        for way in _ways_in(self._old, old):
            if way not in now:
                yield "security-changed", f"{' and '.join(way) or 'none'} was enough"
        yield from self._parameters(old, new)
        yield from self._body(old, new)
        for status, response in old.node["responses"].items():
            if status in new.node["responses"]:
                yield from self._response(status, response, new.node["responses"][status])
            else:
                yield "status-removed", status

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
            for key in ("style", "explode", "allowReserved", "content"):
                if was.get(key) != parameter.get(key):
                    yield "parameter-form-changed", f"{name}: {key} was {was.get(key)}, is {parameter.get(key)}"
            schemas = was.get("schema", True), parameter.get("schema", True)
            default, now = Shape(self._old, [schemas[0]]).default, Shape(self._new, [schemas[1]]).default
            if default != now:
                yield "default-changed", f"{name}: was {default}, is {now}"
            yield from self._request(*schemas, name)

    def _body(self, old: Operation, new: Operation) -> Iterator[tuple[str, str]]:
        nothing: Node = {"content": {}}
        before = self._old.resolve(old.node.get("requestBody", nothing))
        after = self._new.resolve(new.node.get("requestBody", nothing))
        if after.get("required", False) and not before.get("required", False):
            yield "body-required", "request body"
        for media_type, content in before["content"].items():
            if media_type in after["content"]:
                now = after["content"][media_type]
                yield from self._request(content.get("schema", True), now.get("schema", True), "request body")
            else:
                yield "request-media-type-removed", media_type

    def _response(self, status: str, old: Any, new: Any) -> Iterator[tuple[str, str]]:
        before, after = self._old.resolve(old), self._new.resolve(new)
        headers = after.get("headers", {})
        for name, header in before.get("headers", {}).items():
            if name not in headers:
                yield "header-removed", f"{status} {name}"
                continue
            was, now = self._old.resolve(header), self._new.resolve(headers[name])
            if was.get("required", False) and not now.get("required", False):
                yield "header-optional", f"{status} {name}"
            yield from self._answer(was.get("schema", True), now.get("schema", True), f"{status} {name}")
        contents = after.get("content", {})
        for media_type, content in before.get("content", {}).items():
            if media_type in contents:
                now = contents[media_type].get("schema", True)
                yield from self._answer(content.get("schema", True), now, f"{status} body")
            else:
                yield "response-media-type-removed", f"{status} {media_type}"

    def _request(self, old: Any, new: Any, place: str) -> Iterator[tuple[str, str]]:
        for gap in gaps(Shape(self._new, [new]), Shape(self._old, [old]), place):
            if gap.kind in _REQUEST:
                yield _REQUEST[gap.kind], f"{gap.place}: was {gap.inner}, is {gap.outer}"

    def _answer(self, old: Any, new: Any, place: str) -> Iterator[tuple[str, str]]:
        for gap in gaps(Shape(self._old, [old]), Shape(self._new, [new]), place):
            if gap.kind in _RESPONSE:
                yield _RESPONSE[gap.kind], f"{gap.place}: was {gap.outer}, is {gap.inner}"


def _ways_in(document: Contract, operation: Operation) -> list[Node]:
    return cast("list[Node]", operation.node.get("security", document.root.get("security", [{}])))


def _parameters(operation: Operation) -> dict[str, Node]:
    return {f"{parameter['in']} parameter {parameter['name']}": parameter for parameter in operation.parameters}
