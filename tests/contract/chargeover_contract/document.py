"""openapi.yaml as the suite holds answers against it. Read here anew: the server's reading of it is under test."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import jsonschema_rs

from chargeover_contract.openapi import DOCUMENT, operations, resolved

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


def violations(method: str, url_path: str, status: int, headers: Mapping[str, str], body: bytes) -> Iterator[str]:
    """What is wrong with an answer: with its envelope always, with the rest where the document has this status.

    No value is repeated, only where it stands: the customers of a real account are private.

    Args:
        method: of the request.
        url_path: of the request.
        status: of the answer.
        headers: of the answer, by lower-case name.
        body: of the answer.
    """
    if headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        yield f"Content-Type is {headers.get('content-type')!r}, not application/json"
    try:
        # As text first: json would guess the encoding, and take a byte order mark.
        envelope: Any = json.loads(body.decode("utf-8"))
    except ValueError:
        yield f"the body is not one JSON value ({len(body)} bytes)"
        return
    name = "SuccessEnvelope" if status < 400 else "ErrorEnvelope"
    yield from _misfits(name, _envelope_validator(name), envelope)
    if status >= 400 and isinstance(envelope, dict) and not envelope.get("message"):
        yield "the message is empty, though something went wrong"
    if status >= 400 and status != 404 and isinstance(envelope, dict) and envelope.get("response", False) is None:
        yield "the response is null, which is for an unknown object"
    operation = operation_at(method, url_path) or _any_at(url_path)
    if operation and status in operation.statuses:
        yield from _misfits(f"{operation.name} {status}", _body_validator(operation.name, status), envelope)
        for header, schema in _headers(operation.name, status).items():
            if header.lower() not in headers:
                yield f"{operation.name} answers {status} without the header {header}"
            elif not jsonschema_rs.is_valid(schema, headers[header.lower()]):
                yield f"{operation.name} answers {status} with a header {header} that does not fit its schema"


def _any_at(url_path: str) -> Operation | None:
    """The first operation of a path: what the document says of refusals, it says for all methods alike."""
    path = path_of(url_path)
    return next((one for one in OPERATIONS.values() if one.path == path), None)


def _misfits(name: str, validator: jsonschema_rs.Draft202012Validator, value: Any) -> Iterator[str]:
    for error in validator.iter_errors(value):
        place = "/".join(map(str, error.instance_path)) or "the envelope"
        rule = "/".join(map(str, error.schema_path))
        yield f"{name}: {place} does not keep {rule}"


@cache
def _envelope_validator(name: str) -> jsonschema_rs.Draft202012Validator:
    return _validator({"$ref": f"#/components/schemas/{name}"})


@cache
def _body_validator(name: str, status: int) -> jsonschema_rs.Draft202012Validator:
    return _validator(_answer(name, status)["content"]["application/json"]["schema"])


@cache
def _headers(name: str, status: int) -> dict[str, dict[str, Any]]:
    """The schemas of the headers that must be there."""
    headers = {header: resolved(node) for header, node in _answer(name, status).get("headers", {}).items()}
    return {header: node["schema"] for header, node in headers.items() if node.get("required")}


def _answer(name: str, status: int) -> dict[str, Any]:
    node = next(node for _, _, node in operations() if node["operationId"] == name)
    return resolved(node["responses"][str(status)])


def _validator(schema: dict[str, Any]) -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator({**schema, "components": DOCUMENT["components"]})
