"""The exceptions of the HTTP library as those of this package."""

import math

import httpx2

from chargeover._errors import APIConnectionError, APITimeoutError, ChargeOverError, ClosedClientError, unknown_host
from chargeover._exchange import MASK, SECRET_HEADERS, SentRequest, sent_request
from chargeover._settings.options import RequestOptions

FAILURES = (httpx2.HTTPError, httpx2.InvalidURL, httpx2.CookieConflict, httpx2.StreamError, RuntimeError, OSError)
"""Everything that the library raises. RuntimeError is how it says that its client is closed."""

# These happen before the first byte of a request is sent.
_UNSENT = (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout, httpx2.ProxyError)
# These would happen again.
_HOPELESS = (httpx2.UnsupportedProtocol, httpx2.LocalProtocolError, httpx2.TooManyRedirects, httpx2.HTTPStatusError)
_UNREADABLE = (httpx2.DecodingError, httpx2.ReadError, httpx2.WriteError, httpx2.CloseError, httpx2.RemoteProtocolError)


def translated(
    error: Exception,
    request: httpx2.Request | None,
    options: RequestOptions,
    handled: BaseException | None,
    *,
    is_closed: bool,
) -> ChargeOverError:
    """The error that a caller sees for an exception of the HTTP library, which becomes its cause.

    Args:
        error: the exception of the library.
        request: the request; None if it could not even be built.
        options: those of the call.
        handled: the exception that the caller was handling when it called. It ends the library's chain of exceptions,
            and is left alone.
        is_closed: whether the library's client is closed.
    """
    _remove_frames(error, handled)
    sent = _without_secrets(request) if request else None
    if isinstance(error, RuntimeError) and not isinstance(error, httpx2.StreamError):
        if is_closed:
            return ClosedClientError(
                "This client is closed. Create a new one, or keep the calls inside its with block."
            )
        loop = (
            ". An AsyncChargeOver belongs to one event loop; create one for each loop" if "loop" in str(error) else ""
        )
        return APIConnectionError(f"The request could not be sent: {error}{loop}", sent, is_transient=False)
    where = f"{sent.method} {sent.url}" if sent else "the request"
    kind = type(error).__name__
    is_unsent = isinstance(error, (*_UNSENT, httpx2.UnsupportedProtocol, httpx2.LocalProtocolError))
    # A hook of the caller's HTTP client may raise the same errors, about requests of its own.
    is_about_it = _request_of(error) is request
    was_sent = request is not None and not (is_unsent and is_about_it)
    if isinstance(error, httpx2.TimeoutException):
        phase = "pool" if isinstance(error, httpx2.PoolTimeout) else "read"
        seconds = request.extensions["timeout"][phase] if request else options.timeout or math.inf
        return APITimeoutError(f"No response within {round(seconds, 3):g} s for {where}: {kind}", sent, was_sent)
    reason = str(error) or kind
    if isinstance(error, _UNREADABLE):
        message = f"The response to {where} could not be read, and the request may have been carried out: {reason}"
        return APIConnectionError(message, sent)
    is_transient = not isinstance(error, _HOPELESS) and isinstance(error, (httpx2.TransportError, OSError))
    is_unreached = is_about_it and isinstance(error, httpx2.ConnectError)
    hint = unknown_host(request.url.host) if request and is_unreached else None
    return APIConnectionError(f"No response to {where}: {reason}", sent, was_sent, is_transient, hint)


def _request_of(error: Exception) -> httpx2.Request | None:
    try:
        return error.request if isinstance(error, httpx2.RequestError) else None
    except RuntimeError:  # how the library says that it has none
        return None


def _without_secrets(request: httpx2.Request) -> SentRequest:
    """The plain form of a request. Its secrets are removed in place too: the library's errors refer to it."""
    for name in SECRET_HEADERS & request.headers.keys():
        request.headers[name] = MASK
    return sent_request(request)


def _remove_frames(error: BaseException | None, handled: BaseException | None) -> None:
    """Drop the library's frames: their locals hold the headers in plain text, and some tools print locals."""
    while error is not None and error is not handled:
        error.__traceback__ = None
        error = error.__cause__ or error.__context__
