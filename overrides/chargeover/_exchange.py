"""What was sent and what came back, as plain values without secrets: the form in which errors carry them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import httpx2

# Headers whose values never leave the HTTP library's own objects.
SECRET_HEADERS = frozenset({"authorization", "proxy-authorization", "cookie", "set-cookie"})
MASK = "[removed]"


@dataclass(frozen=True, slots=True)
class SentRequest:
    """A request as it was sent, or would have been.

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


@dataclass(frozen=True, slots=True)
class ReceivedResponse:
    """An answer as it came.

    Attributes:
        status: the HTTP status.
        headers: header values by lower-case name; those that carry secrets are masked.
        body: the body's bytes.
    """

    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(default=b"", repr=False)


def sent_request(request: httpx2.Request) -> SentRequest:
    """The plain form of a request of the HTTP library."""
    return SentRequest(request.method, str(request.url), _without_secrets(request.headers), request.content)


def received_response(response: httpx2.Response) -> ReceivedResponse:
    """The plain form of an answer of the HTTP library, which must have been read."""
    return ReceivedResponse(response.status_code, _without_secrets(response.headers), response.content)


def _without_secrets(headers: httpx2.Headers) -> dict[str, str]:
    return {name: MASK if name in SECRET_HEADERS else value for name, value in headers.items()}
