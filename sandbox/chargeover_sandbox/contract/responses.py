"""Responses: the envelope around each, the refusals that become one, and the check that the document allows them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, Literal

import orjson

from .document import Operation
from .problems import Problem, problems, shortened


@dataclass(slots=True)
class Response:
    """An HTTP response before it is written out.

    Attributes:
        status: the HTTP status.
        envelope: the JSON body.
        headers: headers besides Content-Type and Content-Length.
    """

    status: int
    envelope: dict[str, Any]
    headers: Mapping[str, str] = field(default_factory=dict[str, str])

    def rendered(self) -> bytes:
        """The body's bytes."""
        return orjson.dumps(self.envelope)


class Refusal(Exception):  # noqa: N818  it becomes a response and is not a fault
    """A request that is refused. Any code may raise it; the application turns it into the response.

    Args:
        status: the HTTP status.
        message: the envelope's message: what was wrong and what would be right.
        details: the envelope's details.
        headers: headers of the response.
        response: the envelope's response: false, or null for an unknown object.
    """

    def __init__(
        self,
        status: int,
        message: str,
        details: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
        response: Literal[False] | None = False,
    ) -> None:
        super().__init__(message)
        envelope = {
            "code": int(status),
            "status": "Error",
            "message": message,
            "details": dict(details or {}),
            "response": response,
        }
        self.response = Response(int(status), envelope, headers or {})


def success(
    status: int, response: object, headers: Mapping[str, str] | None = None, code: int | None = None
) -> Response:
    """The response to a request that was carried out. ``code`` is the envelope's own; by default, the HTTP status."""
    envelope: dict[str, Any] = {
        "code": int(code or status),
        "status": "OK",
        "message": "",
        "details": {},
        "response": response,
    }
    return Response(int(status), envelope, headers or {})


def invalid(*found: Problem) -> Refusal:
    """The 400 for wrong fields: the published message (seed), and each field with its reason."""
    reasons = "; ".join(map(str, _short(found)))
    return Refusal(HTTPStatus.BAD_REQUEST, f"Missing or invalid parameter. [{reasons}]", errors(found))


def errors(found: Sequence[Problem]) -> dict[str, Any]:
    """The details of a 400: each field with its reason."""
    return {"errors": [{"field": problem.field, "reason": problem.reason} for problem in _short(found)]}


def _short(found: Sequence[Problem]) -> list[Problem]:
    return [Problem(shortened(problem.field), shortened(problem.reason)) for problem in found]


class ContractBreach(Exception):  # noqa: N818  named after the event
    """The sandbox was about to send a response that openapi.yaml does not allow: a fault of the sandbox."""


def check_response(operation: Operation, response: Response) -> None:
    """Check one of the sandbox's own responses against the document.

    Raises:
        ContractBreach: the status is not documented, the body or a header does not match its schema, or a header is
            missing.
    """
    if finding := _breach(operation, response):
        raise ContractBreach(f"the {response.status} response of {operation.operation_id} {finding}")


def _breach(operation: Operation, response: Response) -> str | None:
    documented = operation.responses.get(response.status)
    if documented is None:
        return "is not in openapi.yaml"
    if not documented.validator.is_valid(response.envelope):
        reasons = "; ".join(map(str, problems(documented.validator, response.envelope)))
        return f"does not match its schema: {reasons}"
    headers = {header.lower(): value for header, value in response.headers.items()}
    if missing := documented.required_headers - headers.keys():
        return f"lacks the header {', '.join(sorted(missing))}"
    for header, value in headers.items():
        if header in documented.headers and not documented.headers[header].is_valid(value):
            return f"has a wrong header, {header}: {value}"
    return None
