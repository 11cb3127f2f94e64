"""The only code with I/O, and so the only code that exists twice: send a call, hand the answer over to be read."""

from typing import TypeVar

import httpx2

from ._answers import read_envelope
from ._errors import APIConnectionError, APITimeoutError, ChargeOverError, ClosedClientError
from ._exchange import MASK, SECRET_HEADERS, SentRequest, sent_request
from ._operations import Call
from ._settings import Settings
from ._version import __version__
from ._wire import WireRequest

T = TypeVar("T")


class Transport:
    """Sends calls over one pool of connections.

    The environment's proxies are for https alone: one would carry plain http, and the password in it, away from this
    machine.
    """

    def __init__(self, settings: Settings) -> None:
        self._requests = _Requests(settings)
        self._http = httpx2.Client(follow_redirects=False, trust_env=not settings.is_plain_http)

    def send(self, call: Call[T]) -> T:
        """Send a call and read its answer.

        Raises:
            ChargeOverError: see the tree in ``chargeover._errors``.
        """
        try:
            response = self._http.send(self._requests.build(call.request), auth=None)
        except _FAILURES as error:
            raise _translated(error, closed=self._http.is_closed) from error
        return call.read(read_envelope(response))

    def close(self) -> None:
        """Close the connections. May be called more than once."""
        self._http.close()


class AsyncTransport:
    """Sends calls over one pool of connections, without blocking."""

    def __init__(self, settings: Settings) -> None:
        self._requests = _Requests(settings)
        self._http = httpx2.AsyncClient(follow_redirects=False, trust_env=not settings.is_plain_http)

    async def send(self, call: Call[T]) -> T:
        """Send a call and read its answer.

        Raises:
            ChargeOverError: see the tree in ``chargeover._errors``.
        """
        try:
            response = await self._http.send(self._requests.build(call.request), auth=None)
        except _FAILURES as error:
            raise _translated(error, closed=self._http.is_closed) from error
        return call.read(read_envelope(response))

    async def close(self) -> None:
        """Close the connections. May be called more than once."""
        await self._http.aclose()


# RuntimeError is how the library says that its client is closed.
_FAILURES = (httpx2.HTTPError, httpx2.InvalidURL, httpx2.StreamError, RuntimeError)


class _Requests:
    """Turns a request of the API into one of the HTTP library.

    Built here and not by the library's client, which would merge the same headers, no cookies and no parameters again
    for each request. What a request carries is then what stands here, and no more.
    """

    def __init__(self, settings: Settings) -> None:
        self._base_url = settings.base_url
        self._headers = httpx2.Headers(
            {
                "Authorization": settings.authorization,
                "Accept": "application/json",
                "Accept-Encoding": "gzip, deflate",
                "User-Agent": f"chargeover-python-unofficial/{__version__}",
            }
        )
        self._timeout = httpx2.Timeout(settings.timeout).as_dict()

    def build(self, request: WireRequest) -> httpx2.Request:
        return httpx2.Request(
            request.method,
            self._base_url + request.path,
            headers=self._headers,
            json=request.body,
            extensions={"timeout": self._timeout},
        )


def _translated(error: Exception, *, closed: bool) -> ChargeOverError:
    """The error that a caller sees for one of the HTTP library's."""
    if isinstance(error, RuntimeError):
        if closed:
            return ClosedClientError("This client is closed. Make a new one, or keep the calls inside its with block.")
        hint = ". An AsyncChargeOver belongs to one event loop; make a new one for each" if "loop" in str(error) else ""
        return APIConnectionError(f"The request could not be sent: {error}{hint}")
    request = _request_of(error)
    where = f"{request.method} {request.url}" if request else "the request"
    kind = type(error).__name__
    if isinstance(error, httpx2.TimeoutException):
        seconds = error.request.extensions["timeout"]["read"]
        return APITimeoutError(f"No answer within {seconds:g} s for {where}: {kind}", request)
    if isinstance(error, (httpx2.DecodingError, httpx2.ReadError, httpx2.RemoteProtocolError)):
        reason = f"The answer to {where} could not be read, and the request may have been carried out"
        return APIConnectionError(f"{reason}: {str(error) or kind}", request)
    return APIConnectionError(f"No answer for {where}: {str(error) or kind}", request)


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
