"""One call under way, without I/O: each attempt's request, what became of it, and whether there is another one."""

import math
import platform
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, Generic, TypeVar, cast
from urllib.parse import quote, urlencode

import httpx2

from ._answers import read_envelope
from ._checks import check_header_text, check_whole_number
from ._errors import (
    AnswerError,
    APIConnectionError,
    APITimeoutError,
    ChargeOverError,
    InvalidFieldError,
    RateLimitError,
    ResponseTooLargeError,
)
from ._exchange import Answer, SentRequest, sent_request
from ._failures import translated
from ._limiter import Limiter
from ._log import log_attempt, log_bodies, log_retry
from ._operations import Call, Known
from ._options import RequestOptions, RetryEvent
from ._retries import LONGEST_RETRY_AFTER, may_have_been_processed, may_repeat, wait_before
from ._settings import Settings
from ._version import __version__
from ._wire import WireRequest

T = TypeVar("T")


@dataclass(slots=True)
class Account:
    """What all calls of a client, and of the clients made from it by ``with_options``, have in common.

    Attributes:
        settings: where requests go, and as whom.
        limiter: the queue of all requests.
        largest_response: bytes of an answer that are read, at most.
        user_agent: what the User-Agent header says besides the client's own.
        logs_bodies: whether bodies are logged too.
        clock: seconds that never go back.
    """

    settings: Settings
    limiter: Limiter
    largest_response: int
    user_agent: str | None = None
    logs_bodies: bool = False
    clock: Callable[[], float] = time.monotonic
    headers: httpx2.Headers = field(init=False, repr=False)

    def __post_init__(self) -> None:
        check_whole_number("max_response_bytes", self.largest_response, 1)
        if self.user_agent is not None:
            check_header_text("user_agent", self.user_agent)
        own = f"chargeover-python-unofficial/{__version__} python/{platform.python_version()} {sys.platform}"
        self.headers = httpx2.Headers(
            {
                "Authorization": self.settings.authorization.reveal(),
                "Accept": "application/json",
                "Accept-Encoding": "gzip, deflate",
                "User-Agent": f"{own} {self.user_agent}" if self.user_agent else own,
            }
        )

    def request(self, request: WireRequest, options: RequestOptions, remaining: float) -> httpx2.Request:
        """A request of the API as one of the HTTP library.

        Built here and not by the library's client, which would merge the same headers, no cookies and no parameters
        again for each request. What a request carries is then what stands here, and no more.

        Args:
            request: what to ask for.
            options: all of them set.
            remaining: seconds until the deadline.

        Raises:
            InvalidFieldError: ``extra_body`` for a request that has no JSON object, or with a field of the call.
        """
        path, body = request.path, request.body
        if options.extra_query:
            path += ("&" if "?" in path else "?") + urlencode(options.extra_query, quote_via=quote)
        if options.extra_body:
            body = _with_extra(body, options.extra_body)
        headers = self.headers
        if options.extra_headers:
            headers = httpx2.Headers(headers)
            headers.update(options.extra_headers)
        timeout = min(options.timeout or math.inf, remaining)
        # A free connection may be waited for as long as the call may last: a thousand tasks share a hundred of them.
        timeouts = {"connect": timeout, "read": timeout, "write": timeout, "pool": remaining}
        return httpx2.Request(
            request.method, self.settings.base_url + path, headers=headers, json=body, extensions={"timeout": timeouts}
        )

    def preview(self, request: WireRequest, options: RequestOptions) -> SentRequest:
        """What would be sent, without secrets."""
        return sent_request(self.request(request, options, options.deadline or math.inf))


class Sending(Generic[T]):
    """One call under way.

    Args:
        call: the call.
        options: all of them set.
        account: what its client has in common with others.
        over_at: when it must be over, by the account's clock; None for the deadline of the options from now.
    """

    def __init__(self, call: Call[T], options: RequestOptions, account: Account, over_at: float | None = None) -> None:
        self._call = call
        self._options = options
        self._account = account
        self._over_at = account.clock() + cast("float", options.deadline) if over_at is None else over_at
        self._began = 0.0
        self._request: httpx2.Request | None = None
        self._is_doubtful = False
        self._refusals: int | None = None
        self._last: ChargeOverError | None = None
        # What the caller is in the middle of handling: it becomes the context of every failure here.
        self._handled = sys.exception()
        self.attempt = 0

    def begin(self) -> None:
        """Begin an attempt."""
        self.attempt += 1
        self._refusals = None

    def turn(self) -> float:
        """Seconds to wait before asking again; 0 if it is this attempt's turn.

        Raises:
            APITimeoutError: the turn is after the deadline. Nothing was sent.
        """
        limiter = self._account.limiter
        if self._refusals == limiter.refusals:
            return 0.0  # it waited for its place, and nothing was refused meanwhile
        self._refusals = limiter.refusals
        remaining = self._over_at - self._account.clock()
        wait = limiter.turn(remaining)
        if wait > 0 and wait >= remaining:
            request = self._account.preview(self._call.request, self._options)
            again = " again" if self._last else ""
            finding = f"was not sent{again}: its turn would come in {wait:.1f} s, which is after the deadline"
            message = f"{request.method} {request.url} {finding}"
            raise self.failed(APITimeoutError(message, request, False, False)) from self._last
        return wait

    def request(self) -> httpx2.Request:
        """The request of this attempt."""
        self._began = self._account.clock()
        remaining = max(self._over_at - self._began, 0.001)
        self._request = self._account.request(self._call.request, self._options, remaining)
        return self._request

    def body_of(self, response: httpx2.Response) -> "BodyReader":
        """What collects the body of an answer."""
        return BodyReader(response, self._account, self._over_at)

    def answered(self, response: httpx2.Response, body: bytes) -> T:
        """The result of an answer.

        Raises:
            ChargeOverError: the answer says no, or cannot be read.
        """
        request = cast("httpx2.Request", self._request)
        log_attempt(request, response.status_code, self._account.clock() - self._began, self.attempt)
        if self._account.logs_bodies:
            log_bodies(request.content, body)
        try:
            result = self._call.read(read_envelope(Answer(response.status_code, response.headers, body, request)))
        except ChargeOverError as error:
            raise self.failed(error) from None
        self._account.limiter.accepted()
        return result

    def broken(self, error: Exception, *, is_closed: bool) -> ChargeOverError:
        """The error for an attempt that the HTTP library gave up."""
        found = error
        if not isinstance(found, ChargeOverError):
            found = translated(error, self._request, self._options, self._handled, is_closed=is_closed)
        if self._request is not None:
            log_attempt(self._request, type(found).__name__, self._account.clock() - self._began, self.attempt)
        return self.failed(found)

    def failed(self, error: ChargeOverError) -> ChargeOverError:
        """Note a failure, and how often was tried."""
        if isinstance(error, RateLimitError):
            wait = wait_before(1, error) if error.retry_after is None else error.retry_after
            self._account.limiter.refused(min(wait, LONGEST_RETRY_AFTER))
        if isinstance(error, APIConnectionError):
            error.was_sent = error.was_sent or self._is_doubtful  # by this attempt or by an earlier one
        if isinstance(error, (APIConnectionError, AnswerError)):
            error.attempts = max(error.attempts, self.attempt)
        return error

    def recovery(self, error: ChargeOverError) -> "Known[T] | Sending[T] | None":
        """What an earlier attempt led to, if one may have been carried out, or the call that finds out."""
        found = self._call.recover(error) if self._call.recover and self._is_doubtful else None
        if not isinstance(found, Call):
            return found
        # What is extra belongs to the call, not to the question what became of it.
        options = replace(self._options, extra_query=None, extra_body=None)
        return Sending(found, options, self._account, self._over_at)

    def may_repeat(self, error: BaseException | None) -> bool:
        """Whether there may be another attempt after this failure."""
        if not isinstance(error, ChargeOverError):
            return False
        self._last = error
        self._is_doubtful = self._is_doubtful or may_have_been_processed(error)
        return self.attempt <= cast("int", self._options.max_retries) and may_repeat(self._call.repeat, error)

    def wait(self, error: BaseException | None) -> float:
        """Seconds to wait after this failure."""
        return wait_before(self.attempt, cast("ChargeOverError", error))

    def is_over(self, wait: float) -> bool:
        """Whether there is no time left for another attempt after so many seconds."""
        return self._account.clock() + wait >= self._over_at

    def note_retry(self, error: BaseException | None, wait: float) -> None:
        """Tell the log and the caller's hook that there will be another attempt."""
        request, failure = cast("httpx2.Request", self._request), cast("ChargeOverError", error)
        log_retry(request, failure, wait, self.attempt)
        if self._options.on_retry:
            self._options.on_retry(RetryEvent(request.method, str(request.url), self.attempt, wait, failure))


class BodyReader:
    """Collects the parts of a body, up to a size and to a time."""

    def __init__(self, response: httpx2.Response, account: Account, over_at: float) -> None:
        self._response = response
        self._account = account
        self._over_at = over_at
        self._parts: list[bytes] = []
        self._size = 0

    def add(self, part: bytes) -> None:
        """Add a part, decompressed.

        Raises:
            ResponseTooLargeError: it is more than the client reads.
            APITimeoutError: it took longer than the call may take.
        """
        self._parts.append(part)
        self._size += len(part)
        if self._size > self._account.largest_response:
            limit = f"is larger than {self._account.largest_response} bytes (max_response_bytes)"
            raise ResponseTooLargeError(self._finding(limit), sent_request(self._response.request))
        if self._account.clock() > self._over_at:
            raise APITimeoutError(
                self._finding("was not complete at the deadline"), sent_request(self._response.request)
            )

    def _finding(self, finding: str) -> str:
        request = self._response.request
        return f"The answer to {request.method} {request.url} {finding}, and the request may have been carried out"

    def whole(self) -> bytes:
        """The body."""
        return self._parts[0] if len(self._parts) == 1 else b"".join(self._parts)


def _with_extra(body: Any, extra: Any) -> Any:
    if not isinstance(body, dict):
        raise InvalidFieldError("extra_body is for a request whose body is a JSON object.", "extra_body")
    fields = cast("dict[str, Any]", body)
    if both := sorted(fields.keys() & dict(extra)):
        raise InvalidFieldError(f"extra_body has {', '.join(both)}, which the call has too.", "extra_body")
    return {**fields, **extra}
