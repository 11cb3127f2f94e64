"""One exchange of a request and its response, measured as a whole: until when it may go on, and what came so far."""

from collections.abc import Callable
from contextvars import ContextVar

import httpcore2
import httpx2

from chargeover._errors import ResponseTooLargeError
from chargeover._exchange import sent_request

OVERHEAD = 64 * 1024
"""Bytes that the headers and the framing of a response may have besides its body."""


class StaleConnectionError(Exception):
    """The server closed a kept connection before any of the request was sent over it."""


class Exchange:
    """An exchange in progress. The network layer finds it through ``current``.

    Args:
        request: the request.
        over_at: when it must be over.
        now: the time, in seconds that never go back.
        largest: bytes that a body may have, at most.
    """

    __slots__ = (
        "_largest",
        "_now",
        "_over_at",
        "_parts",
        "_received",
        "_size",
        "began",
        "is_begun",
        "is_over_kept",
        "request",
        "wants_new",
    )

    def __init__(self, request: httpx2.Request, over_at: float, now: Callable[[], float], largest: int) -> None:
        self.request = request
        self.began = now()
        self.is_begun = False
        """Whether a connection has been used for it, if only to ask a proxy for another one."""
        self.is_over_kept = False
        """Whether a connection of an earlier exchange carries it."""
        self.wants_new = False
        """Whether only a new connection may carry it."""
        self._over_at = over_at
        self._now = now
        self._largest = largest
        self._received = 0
        self._size = 0
        self._parts: list[bytes] = []

    @property
    def remaining(self) -> float:
        """Seconds until it must be over."""
        return self._over_at - self._now()

    @property
    def seconds(self) -> float:
        """Seconds since it began."""
        return self._now() - self.began

    @property
    def is_unanswered(self) -> bool:
        """Whether no byte of a response has come."""
        return not self._received

    def left(self, timeout: float | None, kind: type[httpcore2.TimeoutException] = httpcore2.ReadTimeout) -> float:
        """Seconds that one step of the network may take.

        Raises:
            httpcore2.TimeoutException: of this kind; the deadline has passed.
        """
        remaining = self._over_at - self._now()
        if remaining <= 0:
            raise kind("the deadline has passed")
        return remaining if timeout is None or timeout > remaining else timeout

    def received(self, count: int) -> None:
        """Count bytes as they came from the network, compressed or not, whatever they are for.

        Raises:
            ResponseTooLargeError: they are more than a response of the largest size needs.
        """
        self._received += count
        if self._received > self._largest + OVERHEAD:
            raise self._too_large()

    def check(self, response: httpx2.Response) -> None:
        """Refuse a body that is compressed more than once: a few bytes of it could take hours to decompress.

        Raises:
            httpx2.DecodingError: it is.
        """
        if "," in response.headers.get("content-encoding", ""):
            raise httpx2.DecodingError("it is compressed more than once", request=self.request)

    def add(self, part: bytes) -> None:
        """Keep a part of the body, decompressed.

        Raises:
            ResponseTooLargeError: the body is larger than the client reads.
            httpx2.ReadTimeout: the deadline has passed.
        """
        self._parts.append(part)
        self._size += len(part)
        if self._size > self._largest:
            raise self._too_large()
        if self._now() > self._over_at:
            raise httpx2.ReadTimeout("the deadline has passed", request=self.request)

    def body(self) -> bytes:
        """The body."""
        return self._parts[0] if len(self._parts) == 1 else b"".join(self._parts)

    def _too_large(self) -> ResponseTooLargeError:
        where = f"{self.request.method} {self.request.url}"
        limit = f"is larger than {self._largest} bytes (max_response_bytes)"
        message = f"The response to {where} {limit}, and the request may have been carried out"
        return ResponseTooLargeError(message, sent_request(self.request))


current: ContextVar[Exchange | None] = ContextVar("chargeover_exchange", default=None)
"""The exchange that this thread or task is at."""
