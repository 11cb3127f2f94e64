"""Everything that this package raises.

::

    ChargeOverError
    ├── ConfigurationError (ValueError)     the client cannot be built from what it was given
    ├── ClosedClientError (RuntimeError)    the client was closed before the call
    ├── UnknownFieldError (TypeError)       the contract has no such field; nothing was sent
    ├── InvalidFieldError (ValueError)      the contract does not allow this value; nothing was sent
    ├── APIConnectionError                  no answer came
    │   ├── APITimeoutError                 ... within the time that was set
    │   └── ResponseTooLargeError           an answer came that is larger than allowed
    ├── APIStatusError                      an answer came, and it says no
    │   ├── BadRequestError                 400
    │   ├── AuthenticationError             401
    │   ├── NotFoundError                   404
    │   ├── RateLimitError                  429
    │   ├── InternalServerError             500 to 599
    │   └── UnexpectedStatusError           any other status
    ├── InvalidResponseError                the HTTP status says yes, the body cannot be read as the answer
    └── BulkError (ExceptionGroup)          some requests of a bulk run failed; it groups their errors

The class of an APIStatusError follows from the HTTP status alone, never from the envelope's ``code``, which may differ
(seed).
"""

import http
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Self, cast

from ._exchange import ReceivedResponse, SentRequest
from ._hints import hint_for
from ._json import read_json
from ._retry_after import retry_after

if TYPE_CHECKING:
    from ._bulk import BulkResult


# Which of them ChargeOver sends, if any, is not published.
_REQUEST_IDS = ("x-request-id", "request-id", "x-correlation-id", "x-amzn-requestid", "cf-ray")


class ChargeOverError(Exception):
    """The base of everything that this package raises."""

    @property
    def reason(self) -> str:
        """What was wrong, in short: without the request, for a report that names the item itself."""
        return str(self)


class ConfigurationError(ChargeOverError, ValueError):
    """The client cannot be built from what it was given."""


class ClosedClientError(ChargeOverError, RuntimeError):
    """The client was closed before the call."""


class UnknownFieldError(ChargeOverError, TypeError):
    """A field that the contract does not have. Nothing was sent.

    Attributes:
        field: the name that was given.
        suggestion: the nearest name that exists, or None.
    """

    def __init__(self, message: str, field: str, suggestion: str | None = None) -> None:
        super().__init__(message)
        self.field = field
        self.suggestion = suggestion

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (str(self), self.field, self.suggestion)


class InvalidFieldError(ChargeOverError, ValueError):
    """A value that the contract does not allow. Nothing was sent.

    Attributes:
        field: the name of the field, or None if the call as a whole was refused.
    """

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (str(self), self.field)


class APIConnectionError(ChargeOverError):
    """No answer came: no connection, a connection that broke, or an answer that was no HTTP.

    Attributes:
        request: what was sent, or would have been; None if not even that could be built.
        method: the HTTP method of the request, or None.
        url: the URL of the request, or None.
        was_sent: whether any of it may have reached the server. If not, it was certainly not carried out.
        is_transient: whether the same request may have more luck later.
        attempts: how often it was tried.
        hint: what may help, where that is known; None otherwise. It is a note of the exception too.
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
    """No answer came within the time that was set."""


class ResponseTooLargeError(APIConnectionError):
    """The answer is larger than the client was told to read. The request may have been carried out."""


class AnswerError(ChargeOverError):
    """An answer came. The parts of the envelope are read leniently: what is not there is None.

    Attributes:
        http_status: the HTTP status.
        code: the envelope's code, or None. It may differ from the HTTP status (seed).
        message: the envelope's message, or None.
        details: the envelope's details, or None.
        method: the HTTP method of the request.
        url: the URL of the request.
        headers: the headers of the answer, by lower-case name, without secrets.
        body: the bytes of the answer.
        request_id: the answer's own ID, from one of the usual headers; None if it has none (assumed).
        retry_after: seconds to wait that the server asked for; None if it did not.
        attempts: how often the request was tried.
        hint: what may help, where that is known; None otherwise. It is a note of the exception too.
        request: what was sent.
        response: what came back.
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
        """What the server said; without the request."""
        return self.message or self._about_the_body("the body says nothing more")

    def _about_the_body(self, finding: str) -> str:
        if not self.response.body:
            return "the body is empty"
        content_type = self.response.headers.get("content-type", "no content type")
        return f"{finding} ({content_type}, {len(self.response.body)} bytes)"


class APIStatusError(AnswerError):
    """The answer says no: by its HTTP status, or by its envelope under an HTTP status that says yes."""


class BadRequestError(APIStatusError):
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


class InvalidResponseError(AnswerError):
    """The HTTP status says that the request was done, and the body cannot be read as its answer.

    A change was most likely made: look before you repeat it.

    Attributes:
        finding: what is wrong with the body.
    """

    def __init__(
        self,
        request: SentRequest,
        response: ReceivedResponse,
        finding: str = "the body cannot be read as an answer",
    ) -> None:
        self.finding = finding
        super().__init__(request, response)

    def _arguments(self) -> tuple[Any, ...]:
        return self.request, self.response, self.finding

    @property
    def reason(self) -> str:
        """What is wrong with the answer; without the request."""
        return self._about_the_body(self.finding)


class BulkError(ChargeOverError, ExceptionGroup[ChargeOverError]):
    """Some requests of a bulk run failed. The others were done.

    ``except* NotFoundError`` and the like work on it.

    Attributes:
        exceptions: the errors, each once.
        results: the results that failed, in the order of the input.
        done: how many requests were answered, these included.
    """

    results: "tuple[BulkResult[Any, Any], ...]"
    done: int

    @classmethod
    def of(cls, results: "Sequence[BulkResult[Any, Any]]", done: int) -> Self:
        """The error for these failed results, out of so many."""
        errors = list({id(result.error): result.error for result in results if result.error}.values())
        return cls._group(f"{len(results)} of {done} items failed, the first: {errors[0]}", errors, results, done)

    def derive(self, excs: Sequence[Exception]) -> Self:  # type: ignore[override]  # pyright: ignore[reportIncompatibleMethodOverride]
        """The same error for a part of its exceptions."""
        errors = cast("list[ChargeOverError]", list(excs))
        kept = set(map(id, errors))
        return self._group(self.message, errors, [one for one in self.results if id(one.error) in kept], self.done)

    @classmethod
    def _group(
        cls, message: str, errors: Sequence[ChargeOverError], results: "Sequence[BulkResult[Any, Any]]", done: int
    ) -> Self:
        # Set here and not by __init__, whose arguments are those that a group is unpickled with.
        group = cls(message, errors)
        group.results = tuple(results)
        group.done = done
        return group


_BY_STATUS: dict[int, type[APIStatusError]] = {
    400: BadRequestError,
    401: AuthenticationError,
    404: NotFoundError,
    429: RateLimitError,
}


def error_class(status: int) -> type[APIStatusError]:
    """The class of the error that an HTTP status leads to."""
    if 500 <= status <= 599:
        return InternalServerError
    return _BY_STATUS.get(status, UnexpectedStatusError)


def _envelope_of(body: bytes) -> dict[str, Any]:
    envelope = read_json(body)
    return cast("dict[str, Any]", envelope) if isinstance(envelope, dict) else {}


def _status_line(status: int) -> str:
    try:
        return f"{status} {http.HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)
