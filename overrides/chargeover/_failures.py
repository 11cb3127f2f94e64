"""The exceptions of the HTTP library as those of this package."""

import math

import httpx2

from ._errors import APIConnectionError, APITimeoutError, ChargeOverError, ClosedClientError
from ._exchange import MASK, SECRET_HEADERS, SentRequest, sent_request
from ._hints import unknown_host
from ._options import RequestOptions

FAILURES = (httpx2.HTTPError, httpx2.InvalidURL, httpx2.CookieConflict, httpx2.StreamError, RuntimeError, OSError)
"""Everything that the library raises. RuntimeError is how it says that its client is closed."""

# What happens before the first byte of a request is on its way.
_UNSENT = (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout, httpx2.ProxyError)
# What would happen again in the same way.
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
    """The error that a caller sees for one of the HTTP library's, which becomes its cause.

    Args:
        error: what the library raised.
        request: what it was to send; None if not even that could be built.
        options: those of the call.
        handled: what the caller was handling when it called. It is at the end of the library's chain of exceptions, and
            stays as it is.
        is_closed: whether the library's client is closed.
    """
    _remove_frames(error, handled)
    sent = _without_secrets(request) if request else None
    if isinstance(error, RuntimeError) and not isinstance(error, httpx2.StreamError):
        if is_closed:
            return ClosedClientError("This client is closed. Make a new one, or keep the calls inside its with block.")
        loop = ". An AsyncChargeOver belongs to one event loop; make a new one for each" if "loop" in str(error) else ""
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
        return APITimeoutError(f"No answer within {round(seconds, 3):g} s for {where}: {kind}", sent, was_sent)
    reason = str(error) or kind
    if isinstance(error, _UNREADABLE):
        message = f"The answer to {where} could not be read, and the request may have been carried out: {reason}"
        return APIConnectionError(message, sent)
    is_transient = not isinstance(error, _HOPELESS) and isinstance(error, (httpx2.TransportError, OSError))
    is_unreached = is_about_it and isinstance(error, httpx2.ConnectError)
    hint = unknown_host(request.url.host) if request and is_unreached else None
    return APIConnectionError(f"No answer for {where}: {reason}", sent, was_sent, is_transient, hint)


def _request_of(error: Exception) -> httpx2.Request | None:
    try:
        return error.request if isinstance(error, httpx2.RequestError) else None
    except RuntimeError:  # the library's way to say that there is none
        return None


def _without_secrets(request: httpx2.Request) -> SentRequest:
    """The plain form of a request. Its secrets are removed in place too: errors of the library lead to it."""
    for name in SECRET_HEADERS & request.headers.keys():
        request.headers[name] = MASK
    return sent_request(request)


def _remove_frames(error: BaseException | None, handled: BaseException | None) -> None:
    """Forget the library's frames: their locals have the headers in plain text, and some tools print locals."""
    while error is not None and error is not handled:
        error.__traceback__ = None
        error = error.__cause__ or error.__context__
