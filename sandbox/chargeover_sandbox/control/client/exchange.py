"""One entry of the journal."""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, Self


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request that the sandbox received, and its response.

    Attributes:
        id: its number in the account.
        time: when the request came.
        duration: seconds until the response was there, delays included.
        method: the HTTP method.
        path: the path as it was sent, without the query.
        query: the query string as it was sent; empty if there was none.
        headers: the headers of the request, by lower-case name; credentials are masked.
        body: the bytes of its body; empty if it had none, or if it was refused before its body was read.
        status: the HTTP status of the response; None if no response was sent.
        response_headers: the headers of the response, by lower-case name.
        response: the bytes of its body.
        operation: the operationId in openapi.yaml; None if it has no such operation.
        template: the path as openapi.yaml has it, or None.
        customer_id: the customer that the path names, or else the response; None if neither does.
        verdict: whether openapi.yaml allows the request and the response.
        problem: why it does not, or None.
        fault: what went wrong on purpose, or None.
        carried_out: whether the application saw the request.
    """

    id: int
    time: datetime
    duration: float
    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    body: bytes
    status: int | None
    response_headers: Mapping[str, str]
    response: bytes
    operation: str | None
    template: str | None
    customer_id: int | None
    verdict: Literal["valid", "invalid request", "invalid response"]
    problem: str | None
    fault: str | None
    carried_out: bool

    @property
    def url(self) -> str:
        """The path with its query."""
        return f"{self.path}?{self.query}" if self.query else self.path

    @property
    def json(self) -> Any:
        """The JSON value of the request's body; None if it is not JSON."""
        return _json(self.body)

    @property
    def envelope(self) -> Any:
        """The JSON value of the response's body; None if it is not JSON."""
        return _json(self.response)

    @classmethod
    def of(cls, shown: Mapping[str, Any]) -> Self:
        """The exchange that a response of the control shows."""
        members: dict[str, Any] = {name: shown[name] for name in cls.__dataclass_fields__}
        members |= {name: _bytes(shown, name) for name in ("body", "response")}
        members["time"] = datetime.fromisoformat(shown["time"])
        return cls(**members)

    def __str__(self) -> str:
        fault = f" (fault {self.fault})" if self.fault else ""
        return f"#{self.id} {self.method} {self.url} -> {self.status or 'no response'}{fault}"


def _json(content: bytes) -> Any:
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        return None


def _bytes(shown: Mapping[str, Any], name: str) -> bytes:
    text: str | None = shown[name]
    return base64.b64decode(shown[f"{name}_base64"]) if text is None else text.encode()
