"""Connection pools: how many connections, which proxy, which certificates; or the HTTP client of the caller."""

import urllib.request
from collections.abc import Callable
from functools import partial
from typing import Any, Generic, TypeVar

import httpx2

from chargeover._errors import ClosedClientError, ConfigurationError
from chargeover._settings.connections import Connections
from chargeover._settings.secrets import Secret
from chargeover._settings.settings import is_reachable

from .forks import AfterFork
from .transports import AsyncTransport, Transport, pool_options, proxy_options

Http = TypeVar("Http", httpx2.Client | Transport, httpx2.AsyncClient | AsyncTransport)
"""The HTTP client of the caller, or the connections of this package."""

_MAX_CONNECTIONS = 100
KEEPALIVE = 4.0
"""Seconds that an idle connection is kept. Many servers let go after 5: the client has to be first (assumed)."""


class Pool(AfterFork, Generic[Http]):
    """The connections that all transports of a client share.

    After a fork, the child opens connections of its own. It cannot do that for an HTTP client of the caller.

    Args:
        http: the connections.
        reopen: leaves them to the parent process and returns others; None for an HTTP client of the caller.
    """

    def __init__(self, http: Http, reopen: Callable[[], Http] | None) -> None:
        super().__init__()
        self._http: Http = http
        self._reopen: Callable[[], Http] | None = reopen
        self._is_used = False
        self._is_of_the_parent = False
        self.is_refused = False
        """Whether the client was closed before it had a use for these connections."""

    def http(self) -> Http:
        """The connections.

        Raises:
            ClosedClientError: it is one of the caller that was used before a fork.
        """
        if self._is_of_the_parent:
            raise ClosedClientError(
                "This http_client was used before a fork, and its connections belong to the parent process. Create "
                "both clients in the child process."
            )
        if self.is_refused:
            raise RuntimeError("the client is closed")  # as the library does
        self._is_used = True
        return self._http

    def sender(self) -> Callable[[httpx2.Request], Any]:
        """A function that sends a request and returns the response with its body still to be read, or an awaitable one.

        Raises:
            ClosedClientError: the connections belong to the parent process.
        """
        http: Any = self.http()
        return http.send if self.is_own else partial(http.send, stream=True, auth=None, follow_redirects=False)

    @property
    def is_own(self) -> bool:
        """Whether its connections were made here, and not by the caller."""
        return self._reopen is not None

    @property
    def is_closed(self) -> bool:
        """Whether it is closed."""
        return self.is_refused or self._http.is_closed

    def after_fork(self) -> None:
        """Leave the connections to the parent process."""
        if self._reopen is None:
            self._is_of_the_parent = self._is_used
        elif not self._http.is_closed:
            self._http = self._reopen()


def _options(connections: Connections) -> dict[str, Any]:
    """The options of the pool.

    Raises:
        OSError: the certificates of the environment cannot be loaded.
    """
    context = connections.ssl_context
    if context is None and not connections.is_plain_http:
        context = httpx2.create_ssl_context()
    return pool_options(connections.max_connections or _MAX_CONNECTIONS, KEEPALIVE, context)


def _proxy(connections: Connections) -> httpx2.Proxy | None:
    """The proxy, if there is one.

    Raises:
        ValueError, httpx2.InvalidURL: it is not a valid URL.
    """
    text = connections.proxy
    if text is None and not connections.is_plain_http:
        text = _of_the_environment(httpx2.URL(connections.url))
    if text is None:
        return None
    proxy = httpx2.Proxy(text.reveal())
    if not is_reachable(proxy.url):
        raise ValueError
    return proxy


def _checked(connections: Connections) -> tuple[dict[str, Any], httpx2.Proxy | None]:
    """The options of a pool, and its proxy.

    Raises:
        ConfigurationError: one of them cannot be used.
    """
    try:
        options, proxy = _options(connections), _proxy(connections)
        if proxy:
            proxy_options(proxy)
    except ImportError:
        problem = "A SOCKS proxy needs the package socksio: pip install 'httpx2[socks]'."
    except OSError as error:
        name = "SSL_CERT_FILE and SSL_CERT_DIR"
        problem = f"The certificates that {name} name cannot be loaded: {error.strerror or type(error).__name__}."
    except (ValueError, httpx2.InvalidURL):
        name = "A proxy of the environment (HTTPS_PROXY, ALL_PROXY)" if connections.proxy is None else "proxy"
        problem = f"{name} is not a URL such as 'http://proxy.acme.example:3128'."
    else:
        return options, proxy
    # Raised here, outside the handlers: the library's text and frames may hold a proxy's password.
    raise ConfigurationError(problem)


def pool(connections: Connections, http_client: object) -> Pool[httpx2.Client | Transport]:
    """The connections of a ChargeOver.

    Raises:
        ConfigurationError: the caller's own is of the wrong type, or a setting is not allowed.
    """
    if http_client is not None:
        if not isinstance(http_client, httpx2.Client):
            raise ConfigurationError(f"http_client must be an httpx2.Client, not {type(http_client).__name__}.")
        connections.refuse_besides_a_client()
        return Pool(http_client, None)
    options, proxy = _checked(connections)
    opened = Transport(options, proxy)

    def reopen() -> Transport:
        nonlocal opened
        opened.leave()
        opened = Transport(options, proxy)
        return opened

    return Pool(opened, reopen)


def async_pool(connections: Connections, http_client: object) -> Pool[httpx2.AsyncClient | AsyncTransport]:
    """The connections of an AsyncChargeOver; see ``pool``."""
    if http_client is not None:
        if not isinstance(http_client, httpx2.AsyncClient):
            raise ConfigurationError(f"http_client must be an httpx2.AsyncClient, not {type(http_client).__name__}.")
        connections.refuse_besides_a_client()
        return Pool(http_client, None)
    options, proxy = _checked(connections)
    left: list[AsyncTransport] = []

    def opened() -> AsyncTransport:
        left.append(AsyncTransport(options, proxy))
        # The earlier ones are kept: to drop them would close sockets of an event loop that the parent still runs.
        return left[-1]

    return Pool(opened(), opened)


def _of_the_environment(url: httpx2.URL) -> Secret | None:
    if url.scheme == "http":
        return None
    proxies = urllib.request.getproxies()
    name = "https" if proxies.get("https") else "all"
    if not proxies.get(name) or urllib.request.proxy_bypass(url.host):
        return None
    return Secret(proxies[name] if "://" in proxies[name] else f"http://{proxies[name]}")
