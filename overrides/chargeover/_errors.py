"""Everything that this package raises.

::

    ChargeOverError
    ├── ConfigurationError (ValueError)     the client cannot be built from these arguments
    ├── ClosedClientError (RuntimeError)    the client was closed before the call
    ├── InvalidRequestError                 the request is wrong: refused here, or by the server
    │   ├── InvalidFieldError (ValueError)      the contract does not allow this value; nothing was sent
    │   │   └── UnknownFieldError (TypeError)       the contract has no such field; nothing was sent
    │   └── BadRequestError                     400; an APIStatusError too
    ├── APIConnectionError                  no response came
    │   ├── APITimeoutError                 ... within the time allowed
    │   └── ResponseTooLargeError           the response is larger than allowed
    ├── APIStatusError                      the server refused the request
    │   ├── BadRequestError                 400
    │   ├── AuthenticationError             401
    │   ├── NotFoundError                   404
    │   ├── RateLimitError                  429
    │   ├── InternalServerError             500 to 599
    │   └── UnexpectedStatusError           any other status
    ├── InvalidResponseError                the HTTP status is a success, the body cannot be read
    └── BulkError (ExceptionGroup)          some requests of a bulk run failed; it groups their errors

The class of an APIStatusError follows from the HTTP status alone, never from the envelope's ``code``, which may differ
(seed). BulkError is defined beside the results that it carries, in ``_bulk/results.py``.
"""

import http
from collections.abc import Mapping
from typing import Any, cast

from ._exchange import ReceivedResponse, SentRequest, read_json, retry_after
from ._text import printable

_CREDENTIALS = "The username is the API key's user name and the password its private key (docs), not a person's own."
_PARENT = "A parent must exist, and stays once it has made a payment for the customer (seed)."
_EXTERNAL_KEY = (
    "An external key is unique in the account and, by default, stays used when its customer is deleted (docs)."
)
_ADDRESS = "Is this the account's own address? The instance is the first label of its host name."
_RATE = "Over the rate limit, whose numbers are not published. requests_per_second= slows this client down."

# Which of them ChargeOver sends, if any, is not published.
_REQUEST_IDS = ("x-request-id", "request-id", "x-correlation-id", "x-amzn-requestid", "cf-ray")


class ChargeOverError(Exception):
    """The base of everything that this package raises."""

    @property
    def reason(self) -> str:
        """The problem in short, without the request: for a report that names the item itself."""
        return str(self)


class ConfigurationError(ChargeOverError, ValueError):
    """The client cannot be built from these arguments."""


class ClosedClientError(ChargeOverError, RuntimeError):
    """The client was closed before the call, or its connections belong to the process before a fork."""


class InvalidRequestError(ChargeOverError):
    """The request is wrong: refused before it was sent (InvalidFieldError), or by the server (BadRequestError).

    Sending it again changes nothing; the data has to change.
    """


class InvalidFieldError(InvalidRequestError, ValueError):
    """A value that the contract does not allow. Nothing was sent.

    Attributes:
        field: the name of the field, or None if the call as a whole was refused.
    """

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (str(self), self.field)


class UnknownFieldError(InvalidFieldError, TypeError):
    """A field that the contract does not have. Nothing was sent.

    Attributes:
        field: the name that was given.
        suggestion: the nearest name that exists, or None.
    """

    def __init__(self, message: str, field: str, suggestion: str | None = None) -> None:
        super().__init__(message, field)
        self.suggestion = suggestion

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (str(self), self.field, self.suggestion)


class APIConnectionError(ChargeOverError):
    """No response came: no connection, a broken connection, or bytes that are not HTTP.

    Attributes:
        request: what was sent, or would have been; None if not even that could be built.
        method: the HTTP method of the request, or None.
        url: the URL of the request, or None.
        was_sent: whether any of it may have reached the server. If False, it was certainly not carried out.
        is_transient: whether the same request may succeed later.
        attempts: how many attempts were made.
        hint: advice, where there is any; None otherwise. It is a note of the exception too.
    """

    def __init__(
        self,
        message: str,
        request: SentRequest | None = None,
        was_sent: bool = True,
        is_transient: bool = True,
        hint: str | None = None,
    ) -> None:
        super().__init__(message)
        self.request = request
        self.method = request.method if request else None
        self.url = request.url if request else None
        self.was_sent = was_sent
        self.is_transient = is_transient
        self.attempts = 1
        self.hint = hint
        if hint:
            self.add_note(f"Hint: {hint}")

    def __reduce__(self) -> tuple[Any, ...]:
        arguments = (str(self), self.request, self.was_sent, self.is_transient, self.hint)
        return type(self), arguments, {"attempts": self.attempts}


class APITimeoutError(APIConnectionError):
    """No response came within the time allowed."""


class ResponseTooLargeError(APIConnectionError):
    """The response is larger than ``max_response_bytes``. The request may have been carried out."""


class ResponseError(ChargeOverError):
    """A response came. The parts of the envelope are read leniently: a missing one is None.

    Attributes:
        http_status: the HTTP status.
        code: the envelope's code, or None. It may differ from the HTTP status (seed).
        message: the envelope's message, or None.
        details: the envelope's details, or None.
        method: the HTTP method of the request.
        url: the URL of the request.
        headers: the headers of the response, by lower-case name, without secrets.
        body: the bytes of the response.
        request_id: the ID of the response, from one of the usual headers; None if it has none (assumed).
        retry_after: seconds that the server asked to wait; None if it did not ask.
        attempts: how many attempts were made.
        hint: advice, where there is any; None otherwise. It is a note of the exception too.
        request: the request.
        response: the response.
    """

    def __init__(self, request: SentRequest, response: ReceivedResponse) -> None:
        envelope = _envelope_of(response.body)
        code, message = envelope.get("code"), envelope.get("message")
        self.http_status: int = response.status
        self.code: int | None = code if isinstance(code, int) else None
        self.message: str | None = message if isinstance(message, str) else None
        self.details: Any = envelope.get("details")
        self.method: str = request.method
        self.url: str = request.url
        self.headers: Mapping[str, str] = response.headers
        self.body: bytes = response.body
        self.request_id: str | None = next(filter(None, map(response.headers.get, _REQUEST_IDS)), None)
        self.retry_after: float | None = retry_after(response.headers)
        self.attempts: int = 1
        self.hint: str | None = hint_for(request, response)
        self.request: SentRequest = request
        self.response: ReceivedResponse = response
        super().__init__(self._describe())
        if self.hint:
            self.add_note(f"Hint: {self.hint}")

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), self._arguments(), {"attempts": self.attempts}

    def _arguments(self) -> tuple[Any, ...]:
        return self.request, self.response

    def _describe(self) -> str:
        return f"{_status_line(self.http_status)} for {self.method} {self.url}: {self.reason}"

    @property
    def reason(self) -> str:
        """The server's message, without the request: on one line, and cut if it is long. ``message`` is all of it."""
        return printable(self.message) if self.message else self._about_the_body("the body says nothing more")

    def _about_the_body(self, finding: str) -> str:
        if not self.response.body:
            return "the body is empty"
        content_type = self.response.headers.get("content-type", "no content type")
        return f"{printable(finding)} ({printable(content_type, 100)}, {len(self.response.body)} bytes)"


class APIStatusError(ResponseError):
    """The server refused the request: by its HTTP status, or by the envelope under a successful HTTP status."""


class BadRequestError(APIStatusError, InvalidRequestError):
    """400: a parameter or a field is missing or invalid, or a rule forbids the change (seed)."""


class AuthenticationError(APIStatusError):
    """401: the credentials are missing or wrong (seed)."""


class NotFoundError(APIStatusError):
    """404: there is no object with this ID (docs)."""


class RateLimitError(APIStatusError):
    """429: over the rate limit, whose numbers are not published (docs)."""


class InternalServerError(APIStatusError):
    """500 to 599: a fault at the server, or in front of it (docs)."""


class UnexpectedStatusError(APIStatusError):
    """Any other status, registered or not."""


class InvalidResponseError(ResponseError):
    """The HTTP status says that the request was carried out, but the body cannot be read.

    A change was most likely made: read the object before you repeat the request.

    Attributes:
        finding: the problem with the body.
    """

    def __init__(
        self,
        request: SentRequest,
        response: ReceivedResponse,
        finding: str = "the body cannot be read as a response",
    ) -> None:
        self.finding = finding
        super().__init__(request, response)

    def _arguments(self) -> tuple[Any, ...]:
        return self.request, self.response, self.finding

    @property
    def reason(self) -> str:
        """The problem with the response, without the request."""
        return self._about_the_body(self.finding)


_BY_STATUS: dict[int, type[APIStatusError]] = {
    400: BadRequestError,
    401: AuthenticationError,
    404: NotFoundError,
    429: RateLimitError,
}


def error_class(status: int) -> type[APIStatusError]:
    """The error class of an HTTP status."""
    if 500 <= status <= 599:
        return InternalServerError
    return _BY_STATUS.get(status, UnexpectedStatusError)


def hint_for(request: SentRequest, response: ReceivedResponse) -> str | None:
    """Advice about a refusal, or None."""
    status = response.status
    if status == 401:
        return _CREDENTIALS
    if status == 429:
        return _RATE
    if 300 <= status <= 399:
        target = printable(response.headers.get("location", "no address"), 200)
        return f"Redirects are not followed, because the credentials would travel along (to {target}). {_ADDRESS}"
    if status in {403, 404} and not isinstance(read_json(response.body), dict):
        return _ADDRESS
    if status == 400:
        return _about_fields(request)
    return None


def unknown_host(host: str) -> str | None:
    """Advice where nothing answers at a ChargeOver host, or None."""
    return f"Nothing answers at {host}. {_ADDRESS}" if host.endswith(".chargeover.com") else None


def _about_fields(request: SentRequest) -> str | None:
    fields = read_json(request.body) if request.body else None
    if not isinstance(fields, dict):
        return None
    hints = [
        hint for name, hint in (("parent_customer_id", _PARENT), ("external_key", _EXTERNAL_KEY)) if name in fields
    ]
    return " ".join(hints) or None


def _envelope_of(body: bytes) -> dict[str, Any]:
    envelope = read_json(body)
    return cast("dict[str, Any]", envelope) if isinstance(envelope, dict) else {}


def _status_line(status: int) -> str:
    try:
        return f"{status} {http.HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)
