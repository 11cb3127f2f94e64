"""openapi.yaml as the suite holds answers against it. Read here anew: the server's reading of it is under test."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import jsonschema_rs

from chargeover_contract.findings import printable
from chargeover_contract.openapi import DOCUMENT, operations, resolved
from chargeover_contract.options import SKIPS_ASSUMED

# A server gives these of its own accord; no request can ask for them.
NOT_ON_REQUEST = frozenset({429, 500})


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation of the document.

    Attributes:
        name: its operationId.
        method: in capitals.
        path: the template.
        statuses: those that the document has for it.
    """

    name: str
    method: str
    path: str
    statuses: frozenset[int]


OPERATIONS: Mapping[str, Operation] = {
    node["operationId"]: Operation(node["operationId"], method, path, frozenset(map(int, node["responses"])))
    for method, path, node in operations()
}


def _pattern(path: str) -> re.Pattern[str]:
    return re.compile("".join(piece if number % 2 == 0 else "[^/]+" for number, piece in enumerate(_pieces(path))))


def _pieces(path: str) -> list[str]:
    """Literal text and parameters in turn."""
    return [piece if number % 2 else re.escape(piece) for number, piece in enumerate(re.split(r"\{(\w+)\}", path))]


# The most literal first: of two paths that fit, the document means the one that says more (OpenAPI 3.1).
_PATHS = sorted(
    ((_pattern(path), path) for path in DOCUMENT["paths"]),
    key=lambda one: len(re.sub(r"\{\w+\}", "", one[1])),
    reverse=True,
)


def path_of(url_path: str) -> str | None:
    """The template that a path fits, without its query; None if the document has none."""
    plain = url_path.partition("?")[0]
    return next((path for pattern, path in _PATHS if pattern.fullmatch(plain)), None)


def operation_at(method: str, url_path: str) -> Operation | None:
    """The operation that a request asks for, or None."""
    path = path_of(url_path)
    found = (one for one in OPERATIONS.values() if one.method == method and one.path == path)
    return next(found, None)


def operation_named(label: str) -> str:
    """The operationId of a method and a template, such as ``GET /api/v3/customer``; empty if there is none."""
    method, _, path = label.partition(" ")
    return next((one.name for one in OPERATIONS.values() if (one.method, one.path) == (method, path)), "")


def is_assumed(name: str, status: int) -> bool:
    """Whether nothing published says that an operation has a status."""
    return _answer(name, status).get("x-source") == "assumed"


@dataclass(frozen=True, slots=True)
class Violation:
    """One thing in a response that the document does not allow. ``str()`` is the cause.

    No value is repeated, only where it stands: the customers of a real account are private.

    Attributes:
        cause: the same sentence for every response with the same fault.
        says: what the document asks for.
        source: the ``x-source`` of that place, or an RFC.
        family: the sentence for many such causes, one for each field; empty for none.
    """

    cause: str
    says: str
    source: str
    family: str = ""

    def __str__(self) -> str:
        return self.cause


_ENVELOPE = "every response is one JSON envelope: code, status, message, details, response"


def violations(method: str, url_path: str, status: int, headers: Mapping[str, str], body: bytes) -> Iterator[Violation]:
    """What is wrong with a response: with its envelope always, with the rest where the document has this status.

    Args:
        method: of the request.
        url_path: of the request.
        status: of the response.
        headers: of the response, by lower-case name.
        body: of the response.
    """
    kind = printable(headers.get("content-type", "")).partition(";")[0].strip().lower()
    try:
        # As text first: json would guess the encoding, and take a byte order mark.
        envelope: Any = json.loads(body.decode("utf-8"))
    except (ValueError, RecursionError):
        is_json = kind == "application/json" and body
        what = "not valid JSON in UTF-8" if is_json else f"`{kind or 'without a type'}`" if body else "empty"
        family = f"the bodies of many statuses are {what}"
        yield Violation(f"the body of a {status} is {what}", _ENVELOPE, "seed", family)
        return
    if kind != "application/json":
        came = f"is `{kind}`" if kind else "is missing"
        yield Violation(f"`Content-Type` of the response {came}", "application/json", "seed")
    whole = _whole(envelope)
    if whole is not envelope:
        what = "half a surrogate pair, such as \\ud800, stands in the body"
        yield Violation(what, "JSON text is Unicode text, which has none", "RFC 8259 8.2")
    name = "SuccessEnvelope" if status < 400 else "ErrorEnvelope"
    found = [*_misfits(_envelope_validator(name), {"$ref": f"#/components/schemas/{name}"}, whole, name)]
    if status >= 400 and isinstance(whole, dict) and not whole.get("message"):
        found.append(Violation("the message of an error is empty", "a message says what went wrong", "seed"))
    if status >= 400 and status != 404 and isinstance(whole, dict) and whole.get("response", False) is None:
        cause = "`response` is null in an error other than 404"
        found.append(Violation(cause, "null is for an unknown object; it is false otherwise", "seed"))
    operation = operation_at(method, url_path) or _any_at(url_path)
    if operation and status in operation.statuses:
        schema = _answer(operation.name, status)["content"]["application/json"]["schema"]
        validator = _body_validator(operation.name, status)
        found += _misfits(validator, schema, whole, f"the schema of {operation.name} {status}")
        found += _wrong_headers(operation.name, status, headers)
    # The schema of a body contains that of the envelope: each cause once.
    once = {violation.cause: violation for violation in reversed(found)}
    yield from (one for one in once.values() if not (SKIPS_ASSUMED and one.source == "assumed"))


def _wrong_headers(name: str, status: int, headers: Mapping[str, str]) -> Iterator[Violation]:
    for header, node in _headers(name, status).items():
        source = node.get("x-source", "")
        if header.lower() not in headers:
            yield Violation(f"`{header}` is missing on {status}", f"the header {header} is required", source)
        elif not jsonschema_rs.is_valid(node["schema"], printable(headers[header.lower()])):
            yield Violation(f"`{header}` on {status} does not fit its schema", f"{node['schema']}", source)


def _whole(value: Any) -> Any:
    """The same value, or one in which U+FFFD stands for each half of a surrogate pair."""
    if isinstance(value, str):
        clean = _SURROGATE.sub("\ufffd", value)
        return value if clean == value else clean
    if isinstance(value, list):
        items = [_whole(one) for one in value]
        return items if any(one is not other for one, other in zip(items, value, strict=True)) else value
    if isinstance(value, dict):
        members = {_whole(name): _whole(one) for name, one in value.items()}
        is_same = members.keys() == value.keys() and all(members[name] is value[name] for name in value)
        return value if is_same else members
    return value


_SURROGATE = re.compile("[\ud800-\udfff]")


def _any_at(url_path: str) -> Operation | None:
    """The first operation of a path: what the document says of refusals, it says for all methods alike."""
    path = path_of(url_path)
    return next((one for one in OPERATIONS.values() if one.path == path), None)


def _misfits(validator: jsonschema_rs.Draft202012Validator, schema: Any, value: Any, name: str) -> Iterator[Violation]:
    for error in validator.iter_errors(value):
        steps = ["*" if isinstance(step, int) else printable(step) for step in error.instance_path]
        kind: Any = error.kind
        said = f"{kind.name}: {json.dumps(kind.value)[:200]}" if kind.name in _TOLD else kind.name
        if kind.name == "required":
            steps.append(kind.property)
            cause = f"`{'/'.join(steps)}` is missing"
        elif not steps:
            cause = f"the body is not what {name} asks for ({kind.name})"
        elif len(steps) > 1 and steps[-1] in _CUSTOMER:
            cause = f"`{steps[-1]}` of a customer is not what the document asks for ({kind.name})"
            family = f"many fields of a customer are not what the document asks for ({kind.name})"
            yield Violation(cause, f"{name}, {'/'.join(steps)}: {said}", _source(schema, steps), family)
            continue
        else:
            cause = f"`{'/'.join(steps)}` is not what the document asks for ({kind.name})"
        yield Violation(cause, f"{name}, {said}", _source(schema, steps))


_CUSTOMER = frozenset(DOCUMENT["components"]["schemas"]["Customer"]["properties"])


_TOLD = frozenset({"type", "enum", "const", "minimum", "maximum", "minLength", "maxItems", "required"})
"""Rules whose value is a part of the document, and not of a response."""


def _source(schema: Any, steps: Sequence[str]) -> str:
    """The ``x-source`` nearest to a place in a body."""
    nodes, source = [schema], ""
    for step in [None, *steps]:
        if step is not None:
            nodes = [below for node in nodes for below in _below(node, step)]
        nodes = [part for node in nodes for part in _parts(node)]
        source = next((node["x-source"] for node in nodes if "x-source" in node), source)
    return source


def _parts(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    whole = resolved(node)
    yield whole
    for name in ("allOf", "anyOf", "oneOf"):
        for part in whole.get(name, ()):
            yield from _parts(part)


def _below(node: dict[str, Any], step: str) -> Iterator[dict[str, Any]]:
    found = node.get("items") if step == "*" else node.get("properties", {}).get(step)
    if isinstance(found, dict):
        yield found


@cache
def _envelope_validator(name: str) -> jsonschema_rs.Draft202012Validator:
    return _validator({"$ref": f"#/components/schemas/{name}"})


@cache
def _body_validator(name: str, status: int) -> jsonschema_rs.Draft202012Validator:
    return _validator(_answer(name, status)["content"]["application/json"]["schema"])


@cache
def _headers(name: str, status: int) -> dict[str, dict[str, Any]]:
    """The headers that must be there."""
    headers = {header: resolved(node) for header, node in _answer(name, status).get("headers", {}).items()}
    return {header: node for header, node in headers.items() if node.get("required")}


def _answer(name: str, status: int) -> dict[str, Any]:
    node = next(node for _, _, node in operations() if node["operationId"] == name)
    return resolved(node["responses"][str(status)])


def _validator(schema: dict[str, Any]) -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator({**schema, "components": DOCUMENT["components"]})
