"""What was sent and what came back, as plain values without secrets: the form in which errors carry them."""

import json
import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx2

# Headers whose values never leave the HTTP library's own objects.
SECRET_HEADERS = frozenset({"authorization", "proxy-authorization", "cookie", "set-cookie"})
MASK = "[removed]"


@dataclass(frozen=True, slots=True)
class SentRequest:
    """A request as it was sent, or would have been. It carries no secret.

    Attributes:
        method: the HTTP method, in capitals.
        url: the whole URL.
        headers: header values by lower-case name; those that carry secrets are masked.
        body: the body's bytes; empty if there was none.
    """

    method: str
    url: str
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(default=b"", repr=False)

    def json(self) -> Any:
        """The body as a JSON value; None if there was none."""
        return json.loads(self.body) if self.body else None

    def curl(self) -> str:
        """The request as a command for a shell, with the credentials as the variables that the client reads too."""
        words = ["curl", "-X", self.method, shlex.quote(self.url)]
        words += ["-u", '"$CHARGEOVER_USERNAME:$CHARGEOVER_PASSWORD"']
        if self.body:
            content_type = self.headers.get("content-type", "application/json")
            words += ["-H", shlex.quote(f"Content-Type: {content_type}")]
            words += ["--data-raw", shlex.quote(self.body.decode(errors="replace"))]
        return " ".join(words)


@dataclass(frozen=True, slots=True)
class ReceivedResponse:
    """An answer as it came.

    Attributes:
        status: the HTTP status.
        headers: header values by lower-case name; those that carry secrets are masked.
        body: the body's bytes, decompressed.
    """

    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(default=b"", repr=False)


@dataclass(slots=True)
class Answer:
    """An answer of the HTTP library, read to its end.

    Attributes:
        status: the HTTP status.
        headers: its headers.
        body: the body's bytes, decompressed.
        request: what was sent.
    """

    status: int
    headers: httpx2.Headers
    body: bytes
    request: httpx2.Request = field(repr=False)

    def exchange(self) -> tuple[SentRequest, ReceivedResponse]:
        """What was sent and what came back, in plain form."""
        return sent_request(self.request), self.received()

    def received(self) -> ReceivedResponse:
        """What came back, in plain form."""
        return ReceivedResponse(self.status, _without_secrets(self.headers), self.body)


def sent_request(request: httpx2.Request) -> SentRequest:
    """The plain form of a request of the HTTP library."""
    return SentRequest(request.method, str(request.url), _without_secrets(request.headers), request.content)


def _without_secrets(headers: httpx2.Headers) -> dict[str, str]:
    return {name: MASK if name in SECRET_HEADERS else value for name, value in headers.items()}
