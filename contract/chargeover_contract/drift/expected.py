"""Holds an exchange against openapi.yaml."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import parse_qsl

import jsonschema_rs

from chargeover_contract.document import Operation, operation_at, path_of, violations
from chargeover_contract.findings import Finding
from chargeover_contract.openapi import DOCUMENT

from . import schemas
from .exchange import Recorded, kinds_at, name_of, template_of

CONTRACT, SANDBOX, NEW = "contract wrong", "sandbox wrong", "new in the API"
"""What a finding says: the verdicts."""
_REFUSED = frozenset({400, 404, 405})
_OF_ANY_PATH = frozenset({401, 429, 500})
_INTEGER = re.compile(r"-?\d{1,18}", re.ASCII)
_RULES = {"unevaluatedProperties", "additionalProperties"}


def findings_in(one: Recorded) -> Iterator[Finding]:
    """What does not agree with the document, each once."""
    operation = operation_at(one.method, one.path)
    found = [*_of_the_path(one, operation), *_of_the_response(one, operation)]
    if operation and one.status < 400:
        found += [*_of_the_query(one, operation), *_of_the_request(one, operation)]
    name = operation.name if operation else ""
    for finding in {finding.cause: finding for finding in found}.values():
        yield Finding(
            finding.cause,
            finding.came,
            finding.says,
            finding.source,
            finding.part,
            one.place,
            finding.operation or name,
            family=finding.family,
        )


def members_of(finding: Finding) -> set[str]:
    """The names between the backticks of a cause: what it already explains."""
    return {step for name in finding.cause.split("`")[1::2] for step in name.split("/")}


def _of_the_path(one: Recorded, operation: Operation | None) -> Iterator[Finding]:
    if operation is None:
        if one.status in _REFUSED | _OF_ANY_PATH or one.status >= 500:
            return
        template = path_of(one.path)
        what = f"`{one.method} {template or template_of(one.path)}` is not in the contract"
        says = "the path has other methods" if template else "no such path"
        yield Finding(what, f"a {one.status}", says, "openapi.yaml", NEW)
    elif one.status not in operation.statuses:
        statuses = ", ".join(map(str, sorted(operation.statuses)))
        cause = f"{operation.name} has the status {one.status}, which the contract does not have"
        verdict = CONTRACT if one.status < 400 else NEW
        yield Finding(cause, f"a {one.status}", f"one of {statuses}", "openapi.yaml", verdict)


def _of_the_response(one: Recorded, operation: Operation | None) -> Iterator[Finding]:
    envelope, is_known = one.envelope, not operation or one.status in operation.statuses
    status, says = one.status, envelope.get("status") if isinstance(envelope, dict) else None
    disagrees = says == ("OK" if status >= 400 else "Error")
    if disagrees and is_known:
        cause = f"the HTTP status {status} comes with an envelope whose `status` is {says}"
        yield Finding(cause, f"{says}", "an envelope that agrees with the HTTP status", "seed", CONTRACT)
    if disagrees:
        status = 400 if status < 400 else 200
    if operation and status < 400 and status not in operation.statuses:
        status = schemas.success_of(operation)
    headers = one.headers if one.has_headers else {**_ENOUGH, **one.headers}
    for violation in violations(one.method, one.path, status, headers, one.received):
        if (disagrees or not is_known) and violation.cause.startswith("`response` is null in an error"):
            continue
        rule = violation.cause.rpartition("(")[2].rstrip(")")
        verdict = NEW if rule in {"enum", "const"} else CONTRACT
        came = _came(violation.cause, envelope)
        yield Finding(violation.cause, came, violation.says, violation.source, verdict, family=violation.family)
    schema = schemas.response_schema(operation, status)
    for path in schemas.unknown_members(envelope, [schema]):
        *_, member = path
        where = "of a customer" if len(path) > 1 and path[0] == "response" else "of the envelope"
        family = "members of a customer are new" if where == "of a customer" else ""
        cause = f"`{member}` {where} is not in the contract"
        yield Finding(cause, "a member of this name", "no member of this name", "openapi.yaml", NEW, family=family)
    if operation and status < 400:
        for customer in schemas.customers_in(one.result):
            yield from _of_the_values(customer)


_ENOUGH = {"content-type": "application/json", "location": "/", "www-authenticate": "Basic", "allow": "GET"}
"""Stands for headers that a recording does not have."""


def _came(cause: str, envelope: Any) -> str:
    if cause.endswith("is missing") or " is missing on " in cause:
        return "a response without it"
    if not cause.endswith("(type)"):
        return "a value that is not allowed"
    name = cause.split("`")[1].rpartition("/")[2] if "`" in cause else ""
    return " and ".join(sorted(kinds_at(envelope, name))) or "a value of another type"


def _of_the_values(customer: Mapping[str, Any]) -> Iterator[Finding]:
    for name, value in customer.items():
        if not isinstance(value, str) or not value:
            continue
        node = schemas.CUSTOMER.get(name, {})
        source = node.get("x-source", "")
        if node.get("x-format") == "date-time" and not schemas.is_moment(value):
            cause = f"`{name}` of a customer has a form that the contract does not have (form)"
            yield Finding(cause, "a text of another form", schemas.MOMENT, source, CONTRACT)
        choices = schemas.CHOICES.get(name)
        if choices and value not in choices:
            cause = f"`{name}` of a customer has a value that the contract does not list (enum)"
            yield Finding(cause, "another value", f"one of {', '.join(map(str, choices))}", "seed", NEW)


def _of_the_query(one: Recorded, operation: Operation) -> Iterator[Finding]:
    parameters = schemas.query_schemas(operation)
    for name, text in parse_qsl(one.query, keep_blank_values=True):
        node = parameters.get(name)
        if node is None:
            continue  # others are ignored, as the document says
        schema = node["schema"]
        value: Any = int(text) if schema.get("type") == "integer" and _INTEGER.fullmatch(text) else text
        for error in jsonschema_rs.Draft202012Validator(schema).iter_errors(value):
            kind: Any = error.kind
            cause = f"the parameter `{name}` is accepted although the contract refuses it ({kind.name})"
            yield Finding(cause, f"a {one.status}", f"{kind.name}: {kind.value}", node["x-source"], CONTRACT)
        if name == "where":
            terms = {term.partition(":")[0] for term in text.replace("\\,", "").split(",")}
            for term in sorted(terms - {*node["x-fields"]}):
                cause = f"`where` can name `{name_of(term)}`, which the contract does not have there"
                yield Finding(cause, f"a {one.status}", "a field that has been seen in one", node["x-source"], NEW)


def _of_the_request(one: Recorded, operation: Operation) -> Iterator[Finding]:
    schema = schemas.request_schema(operation)
    if schema is None:
        return
    accepted = f"is accepted by {operation.name}"
    validator = jsonschema_rs.Draft202012Validator({**schema, "components": DOCUMENT["components"]})
    for error in validator.iter_errors(one.body):
        kind: Any = error.kind
        if kind.name in _RULES:
            known = schemas.properties_of(schema)
            for name in sorted({*kind.unexpected} - known.keys()):
                cause = f"`{name_of(name)}` {accepted}, although the contract does not have it"
                yield Finding(cause, f"a {one.status}", "a 400", "assumed", NEW)
            continue
        steps = ["*" if isinstance(step, int) else name_of(step) for step in error.instance_path]
        where = f"`{'/'.join(steps)}`" if steps else "the body"
        verdict = NEW if kind.name in {"enum", "const"} else CONTRACT
        says = f"{kind.name}: {json.dumps(kind.value)[:200]}" if kind.name in {"type", "enum"} else kind.name
        cause = f"{where} {accepted} although the contract refuses it ({kind.name})"
        yield Finding(cause, f"a {one.status}", says, "openapi.yaml", verdict)
