"""The only code with I/O, and so the only code that exists twice: send a call, hand the answer over to be read."""

from typing import TypeVar

import httpx2

from ._errors import APIConnectionError, APITimeoutError, ChargeOverError, ClosedClientError
from ._exchange import SentRequest, sent_request
from ._operations import Call
from ._settings import Settings
from ._version import __version__

T = TypeVar("T")


class Transport:
    """Sends calls over one pool of connections."""

    def __init__(self, settings: Settings) -> None:
        self._http = httpx2.Client(
            base_url=settings.base_url,
            headers=_headers(settings),
            timeout=settings.timeout,
            follow_redirects=False,
        )

    def send(self, call: Call[T]) -> T:
        """Send a call and read its answer.

        Raises:
            ChargeOverError: see the tree in ``chargeover._errors``.
        """
        if self._http.is_closed:
            raise _closed()
        try:
            response = self._http.request(**call.arguments)
        except _FAILURES as error:
            raise _translated(error) from error
        return call.read(response)

    def close(self) -> None:
        """Close the connections. May be called more than once."""
        self._http.close()


class AsyncTransport:
    """Sends calls over one pool of connections, without blocking."""

    def __init__(self, settings: Settings) -> None:
        self._http = httpx2.AsyncClient(
            base_url=settings.base_url,
            headers=_headers(settings),
            timeout=settings.timeout,
            follow_redirects=False,
        )

    async def send(self, call: Call[T]) -> T:
        """Send a call and read its answer.

        Raises:
            ChargeOverError: see the tree in ``chargeover._errors``.
        """
        if self._http.is_closed:
            raise _closed()
        try:
            response = await self._http.request(**call.arguments)
        except _FAILURES as error:
            raise _translated(error) from error
        return call.read(response)

    async def close(self) -> None:
        """Close the connections. May be called more than once."""
        await self._http.aclose()


_FAILURES = (httpx2.HTTPError, httpx2.InvalidURL, httpx2.StreamError)


def _headers(settings: Settings) -> dict[str, str]:
    # Set as a header and not as the library's auth object, which would work it out again for each request.
    return {
        "Authorization": settings.authorization,
        "Accept": "application/json",
        "User-Agent": f"chargeover-python-unofficial/{__version__}",
    }


def _closed() -> ChargeOverError:
    return ClosedClientError("This client is closed. Make a new one, or keep the calls inside its with block.")


def _translated(error: Exception) -> ChargeOverError:
    """The error that a caller sees for one of the HTTP library's."""
    request = _request_of(error)
    where = f"{request.method} {request.url}" if request else "the request"
    reason = str(error) or type(error).__name__
    if isinstance(error, httpx2.TimeoutException):
        return APITimeoutError(f"No answer in time for {where}: {type(error).__name__}", request)
    return APIConnectionError(f"No answer for {where}: {reason}", request)


def _request_of(error: Exception) -> SentRequest | None:
    try:
        return sent_request(error.request) if isinstance(error, httpx2.RequestError) else None
    except RuntimeError:  # the library's own way to say that there was no request yet
        return None
