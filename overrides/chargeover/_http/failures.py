"""The exceptions of the HTTP library as those of this package."""

import re
import ssl

import httpx2

from chargeover._errors import APIConnectionError, APITimeoutError, ChargeOverError, ClosedClientError, unknown_host
from chargeover._exchange import MASK, SECRET_HEADERS, SentRequest, sent_request
from chargeover._text import printable

from .exchange import Exchange, StaleConnectionError

FAILURES = (
    httpx2.HTTPError,
    httpx2.InvalidURL,
    httpx2.CookieConflict,
    httpx2.StreamError,
    StaleConnectionError,
    RuntimeError,
    OSError,
    UnicodeError,
    OverflowError,
)
"""Everything that the library raises. RuntimeError is how it says that its client is closed; UnicodeError and
OverflowError how Python refuses a host name and a port."""

DROPPED = (httpx2.NetworkError, httpx2.RemoteProtocolError)
"""How the library says that the other side closed the connection."""

# These happen before the first byte of a request is sent.
_UNSENT = (
    httpx2.ConnectError,
    httpx2.ConnectTimeout,
    httpx2.PoolTimeout,
    httpx2.ProxyError,
    StaleConnectionError,
    UnicodeError,
    OverflowError,
)
# These would happen again.
_HOPELESS = (httpx2.UnsupportedProtocol, httpx2.LocalProtocolError, httpx2.TooManyRedirects, httpx2.HTTPStatusError)
_UNREADABLE = (httpx2.DecodingError, httpx2.ReadError, httpx2.WriteError, httpx2.CloseError, httpx2.RemoteProtocolError)
# What OpenSSL calls the failures that a later attempt would meet again: certificates of either side, and two sides that
# have no version, cipher or name in common.
_UNTRUSTED = re.compile(
    "CERTIFICATE|UNKNOWN_CA|ACCESS_DENIED|HANDSHAKE_FAILURE|INSUFFICIENT_SECURITY|WRONG_VERSION|PROTOCOL_VERSION"
    "|UNSUPPORTED_PROTOCOL|NO_PROTOCOLS|UNRECOGNIZED_NAME|HTTP_REQUEST|PSK|DH_KEY_TOO_SMALL|NO_SHARED_CIPHER"
)
_CLIENT_CERTIFICATE = "It asks for a client certificate: pass ssl_context= with one (load_cert_chain)."


def translated(
    error: Exception,
    exchange: Exchange | None,
    handled: BaseException | None,
    *,
    is_closed: bool,
) -> ChargeOverError:
    """The error that a caller sees for an exception of the HTTP library, which becomes its cause.

    Args:
        error: the exception of the library.
        exchange: the exchange; None if the request could not even be built.
        handled: the exception that the caller was handling when it called. It ends the library's chain of exceptions,
            and is left alone.
        is_closed: whether the library's client is closed.
    """
    refusal = _refusal(error, handled)
    _remove_frames(error, handled)
    request = exchange.request if exchange else None
    sent = _without_secrets(request) if request else None
    if isinstance(error, RuntimeError) and not isinstance(error, httpx2.StreamError):
        if is_closed:
            return ClosedClientError(
                "This client is closed. Create a new one, or keep the calls inside its with block."
            )
        loop = (
            ". An AsyncChargeOver belongs to one event loop; create one for each loop" if "loop" in str(error) else ""
        )
        return APIConnectionError(
            f"The request could not be sent: {printable(str(error))}{loop}", sent, is_transient=False
        )
    where = f"{sent.method} {sent.url}" if sent else "the request"
    kind = type(error).__name__
    is_unsent = isinstance(error, (*_UNSENT, httpx2.UnsupportedProtocol, httpx2.LocalProtocolError))
    # A hook of the caller's HTTP client may raise the same errors, about requests of its own.
    is_about_it = not isinstance(error, httpx2.RequestError) or _request_of(error) is request
    was_sent = request is not None and not (is_unsent and is_about_it)
    if isinstance(error, httpx2.TimeoutException):
        within = f"within {_rounded(exchange.seconds)} s " if exchange else ""
        return APITimeoutError(f"No response {within}for {where}: {kind}", sent, was_sent)
    reason = printable(str(error)) or kind
    if refusal is not None and is_about_it:
        hint = _CLIENT_CERTIFICATE if "CERTIFICATE_REQUIRED" in _openssl_reason(refusal) else None
        return APIConnectionError(f"No secure connection for {where}: {reason}", sent, was_sent, False, hint)
    if isinstance(error, _UNREADABLE):
        message = f"The response to {where} could not be read, and the request may have been carried out: {reason}"
        return APIConnectionError(message, sent)
    is_transient = not isinstance(error, _HOPELESS) and isinstance(
        error, (httpx2.TransportError, OSError, StaleConnectionError)
    )
    is_unreached = is_about_it and isinstance(error, httpx2.ConnectError)
    hint = unknown_host(request.url.host) if request and is_unreached else None
    return APIConnectionError(f"No response to {where}: {reason}", sent, was_sent, is_transient, hint)


def _rounded(seconds: float) -> str:
    return f"{round(seconds, 1 if seconds >= 0.1 else 3):g}"


def _refusal(error: BaseException | None, handled: BaseException | None) -> ssl.SSLError | None:
    """What kept the two sides from a secure connection, and would again."""
    while error is not None and error is not handled:
        if isinstance(error, ssl.SSLError):
            is_untrusted = isinstance(error, ssl.SSLCertVerificationError) or _UNTRUSTED.search(_openssl_reason(error))
            return error if is_untrusted else None
        error = error.__cause__ or error.__context__
    return None


def _openssl_reason(error: ssl.SSLError) -> str:
    return getattr(error, "reason", None) or ""  # one that OpenSSL did not raise has no reason


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
