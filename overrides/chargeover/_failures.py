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


def translated(error: Exception, options: RequestOptions, *, is_closed: bool) -> ChargeOverError:
    """The error that a caller sees for one of the HTTP library's, which becomes its cause."""
    _remove_frames(error)
    if isinstance(error, RuntimeError) and not isinstance(error, httpx2.StreamError):
        if is_closed:
            return ClosedClientError("This client is closed. Make a new one, or keep the calls inside its with block.")
        loop = ". An AsyncChargeOver belongs to one event loop; make a new one for each" if "loop" in str(error) else ""
        return APIConnectionError(f"The request could not be sent: {error}{loop}", is_transient=False)
    request = _request_of(error)
    where = f"{request.method} {request.url}" if request else "the request"
    kind = type(error).__name__
    was_sent = not isinstance(error, (*_UNSENT, httpx2.UnsupportedProtocol, httpx2.LocalProtocolError))
    if isinstance(error, httpx2.TimeoutException):
        phase = "pool" if isinstance(error, httpx2.PoolTimeout) else "read"
        seconds = error.request.extensions.get("timeout", {}).get(phase) or options.timeout or math.inf
        return APITimeoutError(f"No answer within {seconds:g} s for {where}: {kind}", request, was_sent)
    reason = str(error) or kind
    if isinstance(error, _UNREADABLE):
        message = f"The answer to {where} could not be read, and the request may have been carried out: {reason}"
        return APIConnectionError(message, request)
    is_transient = not isinstance(error, _HOPELESS) and isinstance(error, (httpx2.TransportError, OSError))
    hint = unknown_host(error.request.url.host) if isinstance(error, httpx2.ConnectError) else None
    return APIConnectionError(f"No answer for {where}: {reason}", request, was_sent, is_transient, hint)


def _request_of(error: Exception) -> SentRequest | None:
    """The request of an error. Its secrets are removed there too: the error stays reachable as ``__cause__``."""
    if not isinstance(error, httpx2.RequestError):
        return None
    try:
        request = error.request
    except RuntimeError:  # the library's way to say that there was no request yet
        return None
    for name in SECRET_HEADERS & request.headers.keys():
        request.headers[name] = MASK
    return sent_request(request)


def _remove_frames(error: BaseException | None) -> None:
    """Forget the library's frames: their locals have the headers in plain text, and some tools print locals."""
    while error is not None:
        error.__traceback__ = None
        error = error.__cause__ or error.__context__
