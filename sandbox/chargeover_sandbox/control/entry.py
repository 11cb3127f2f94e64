"""One exchange, as the journal keeps it."""

import time
from collections.abc import Mapping
from typing import Any

from starlette.types import Scope

from chargeover_sandbox.requests.app import seconds


class Entry:
    """One exchange, as cheaply as it can be kept; everything else about it is found out when it is asked for.

    Attributes:
        id: its number in the account.
        method: the HTTP method.
        raw_path: the path as it was sent.
        raw_query: the query string as it was sent.
        raw_headers: the headers of the request, by lower-case name.
        version: the version of HTTP.
        received: the bytes of the request's body.
        status: the status of the response; None if none was sent.
        response_headers: the headers of the response.
        content: the bytes of the response's body.
        fault: the fault that it met; None if it met none.
        carried_out: whether the application saw the request.
        time: when the request came, in seconds since 1970.
        duration: seconds until the response was there, delays included.
        size: the bytes that it counts for.
    """

    __slots__ = (
        "_started", "carried_out", "content", "duration", "fault", "id", "method", "raw_headers", "raw_path",
        "raw_query", "received", "response_headers", "size", "status", "time", "verdict", "version",
    )  # fmt: skip

    def __init__(
        self,
        number: int,
        scope: Scope,
        received: bytearray,
        status: int | None,
        headers: Mapping[str, str],
        content: bytes,
        started: float,
        fault: str | None,
        carried_out: bool,
    ) -> None:
        self.id = number
        self.method: str = scope["method"]
        self.raw_path: bytes = scope["raw_path"]
        self.raw_query: bytes = scope["query_string"]
        self.raw_headers: list[tuple[bytes, bytes]] = scope["headers"]
        self.version: str = scope["http_version"]
        self.received = received
        self.status = status
        self.response_headers = headers
        self.content = content
        self.fault = fault
        self.carried_out = carried_out
        self._started = started
        self.duration = seconds() - started
        self.time = time.time() - self.duration
        self.verdict: dict[str, Any] | None = None
        head = sum([len(name) + len(value) for name, value in self.raw_headers])
        self.size = len(received) + len(content) + len(self.raw_path) + len(self.raw_query) + head

    def end(self) -> None:
        """Count what was waited since it was recorded."""
        self.duration = seconds() - self._started
