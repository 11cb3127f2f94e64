"""Connection pools of httpcore2 behind the interface of httpx2, with the network of this package under them."""

import asyncio
import importlib.util
import ssl
from collections.abc import AsyncIterator, Iterator
from typing import TYPE_CHECKING, Any, cast

import httpcore2
import httpx2

from .network import AsyncBackend, Backend, Kept

if TYPE_CHECKING:
    from .asyncio_pool import AsyncioPool

_FAILURES = (
    httpcore2.TimeoutException,
    httpcore2.NetworkError,
    httpcore2.ProxyError,
    httpcore2.ProtocolError,
    httpcore2.UnsupportedProtocol,
)
_SOCKS = {"socks5", "socks5h"}


class _Body(httpx2.SyncByteStream):
    def __init__(self, response: httpcore2.Response, request: httpx2.Request) -> None:
        self._stream = cast("Any", response.stream)
        self._request = request

    def __iter__(self) -> Iterator[bytes]:
        try:
            yield from self._stream
        except _FAILURES as error:
            raise _translated(error, self._request) from error

    def close(self) -> None:
        self._stream.close()


class Transport(httpx2.BaseTransport):
    """Sends requests over a pool.

    Args:
        options: of ``httpcore2.ConnectionPool``.
        proxy: which to use; None for none.

    Attributes:
        is_closed: whether it is closed.
    """

    def __init__(self, options: dict[str, Any], proxy: httpx2.Proxy | None) -> None:
        self.is_closed = False
        self._backend = Backend()
        options = {**options, "network_backend": self._backend}
        self._pool: httpcore2.ConnectionPool
        if proxy is None:
            self._pool = httpcore2.ConnectionPool(**options)
        elif proxy.url.scheme in _SOCKS:
            self._pool = httpcore2.SOCKSProxy(**options, **proxy_options(proxy))
        else:
            self._pool = httpcore2.HTTPProxy(**options, **proxy_options(proxy))

    def send(self, request: httpx2.Request) -> httpx2.Response:
        """Send a request as ``handle_request`` does.

        Raises:
            RuntimeError: it is closed.
        """
        if self.is_closed:
            raise RuntimeError("it is closed")
        return self.handle_request(request)

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send a request and read the head of its response."""
        try:
            response = self._pool.handle_request(_core_request(request))
        except _FAILURES as error:
            raise _translated(error, request) from error
        return _response(request, response, _Body(response, request))

    def leave(self) -> None:
        """Close the sockets of this process, which belong to its parent too."""
        self._backend.leave()

    def close(self) -> None:
        """Close the connections."""
        self.is_closed = True
        self._pool.close()


class _AsyncBody(httpx2.AsyncByteStream):
    def __init__(self, response: httpcore2.Response, request: httpx2.Request) -> None:
        self._stream = cast("Any", response.stream)
        self._request = request

    async def __aiter__(self) -> AsyncIterator[bytes]:
        try:
            async for part in self._stream:
                yield part
        except _FAILURES as error:
            raise _translated(error, self._request) from error

    async def aclose(self) -> None:
        await self._stream.aclose()


class AsyncTransport(httpx2.AsyncBaseTransport):
    """Sends requests over a pool, without blocking; see Transport."""

    def __init__(self, options: dict[str, Any], proxy: httpx2.Proxy | None) -> None:
        self.is_closed = False
        # trio has connections of its own, and so does a proxy.
        self._of_asyncio = None if proxy else _asyncio_pool(options)
        options = {**options, "network_backend": AsyncBackend()}
        self._pool: httpcore2.AsyncConnectionPool
        if proxy is None:
            self._pool = httpcore2.AsyncConnectionPool(**options)
        elif proxy.url.scheme in _SOCKS:
            self._pool = httpcore2.AsyncSOCKSProxy(**options, **proxy_options(proxy))
        else:
            self._pool = httpcore2.AsyncHTTPProxy(**options, **proxy_options(proxy))

    async def send(self, request: httpx2.Request) -> httpx2.Response:
        """Send a request as ``handle_async_request`` does.

        Raises:
            RuntimeError: it is closed.
        """
        if self.is_closed:
            raise RuntimeError("it is closed")
        return await self.handle_async_request(request)

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send a request and read the head of its response."""
        if self._of_asyncio is not None and _is_asyncio():
            return await self._of_asyncio.exchanged(request)
        try:
            response = await self._pool.handle_async_request(_core_request(request))
        except _FAILURES as error:
            raise _translated(error, request) from error
        return _response(request, response, _AsyncBody(response, request))

    async def aclose(self) -> None:
        """Close the connections."""
        self.is_closed = True
        if self._of_asyncio is not None and _is_asyncio():
            await self._of_asyncio.aclose()
        await self._pool.aclose()


def _is_asyncio() -> bool:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True


def _asyncio_pool(options: dict[str, Any]) -> "AsyncioPool":
    from .asyncio_pool import AsyncioPool  # which a ChargeOver does not need

    keepalive = options["keepalive_expiry"] if options["max_keepalive_connections"] else 0
    return AsyncioPool(options["max_connections"], keepalive, options["ssl_context"])


def proxy_options(proxy: httpx2.Proxy) -> dict[str, Any]:
    """What a pool of httpcore2 is told about a proxy.

    Raises:
        ImportError: it is a SOCKS proxy, and the package for those is not installed.
    """
    options: dict[str, Any] = {"proxy_url": _core_url(proxy.url), "proxy_auth": proxy.raw_auth}
    if proxy.url.scheme not in _SOCKS:
        return {**options, "proxy_headers": proxy.headers.raw, "proxy_ssl_context": proxy.ssl_context}
    if importlib.util.find_spec("socksio") is None:
        raise ImportError
    return options


def pool_options(connections: int, keepalive: float, context: ssl.SSLContext | None) -> dict[str, Any]:
    """What a pool of httpcore2 is told about its connections.

    Args:
        connections: how many there are, at most.
        keepalive: seconds that an idle one is kept.
        context: certificates; None where no encryption is used.
    """
    return {
        "max_connections": connections,
        "max_keepalive_connections": connections,
        "keepalive_expiry": keepalive,
        "ssl_context": context,
    }


def _core_url(url: httpx2.URL) -> httpcore2.URL:
    return httpcore2.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)


def _core_request(request: httpx2.Request) -> httpcore2.Request:
    return httpcore2.Request(
        request.method,
        _core_url(request.url),
        headers=request.headers.raw,
        content=cast("Any", request.stream),
        extensions=request.extensions,
    )


def _response(request: httpx2.Request, response: httpcore2.Response, body: _Body | _AsyncBody) -> httpx2.Response:
    extensions: dict[str, Any] = cast("Any", response).extensions
    found = httpx2.Response(
        response.status, headers=response.headers, stream=body, request=request, extensions=extensions
    )
    stream = extensions["network_stream"]
    if isinstance(stream, Kept):
        stream.heed(found.headers)
    return found


def _translated(error: Exception, request: httpx2.Request) -> Exception:
    """The exception of httpx2 that has the same name."""
    found: Exception = getattr(httpx2, type(error).__name__)(str(error), request=request)
    return found
