"""Connection pools: how many connections, which proxy, which certificates; or the HTTP client of the caller."""

import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

import httpx2

from chargeover._errors import ConfigurationError
from chargeover._settings.checks import check_is, check_whole_number
from chargeover._settings.secrets import Secret

Http = TypeVar("Http")

_MAX_CONNECTIONS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Connections:
    """How connections are made.

    Attributes:
        is_plain_http: whether they go to a loopback host without encryption. The environment's proxies are for https
            only: one would carry plain http, and the password in it, away from this machine.
        max_connections: at once, at most; None for the default.
        proxy: the URL of a proxy, which may have a password in it; None for those of the environment.
        ssl_context: certificates; None for the usual authorities.

    Raises:
        ConfigurationError: a value that is not allowed, or not safe.
    """

    is_plain_http: bool
    max_connections: int | None
    proxy: Secret | None = field(repr=False)
    ssl_context: ssl.SSLContext | None

    def __post_init__(self) -> None:
        check_whole_number("max_connections", self.max_connections, 1)
        check_is("ssl_context", self.ssl_context, ssl.SSLContext)
        if self.proxy is not None and self.is_plain_http:
            raise ConfigurationError("A proxy for plain http would carry the password unencrypted. Use https.")

    def arguments(self) -> dict[str, Any]:
        """The arguments of an HTTP client.

        Raises:
            ValueError, httpx2.InvalidURL: the proxy is not a valid URL.
        """
        number = self.max_connections or _MAX_CONNECTIONS
        arguments: dict[str, Any] = {
            "limits": httpx2.Limits(max_connections=number, max_keepalive_connections=number),
            "follow_redirects": False,
            "trust_env": not self.is_plain_http and self.proxy is None,
        }
        if self.ssl_context is not None:
            arguments["verify"] = self.ssl_context
        if self.proxy is not None:
            arguments["proxy"] = proxy = httpx2.Proxy(self.proxy.reveal())
            if not proxy.url.host or not 0 < (proxy.url.port or 443) < 65_536:
                raise ValueError
        return arguments

    def refuse_besides_a_client(self) -> None:
        """Refuse settings that the caller's own HTTP client decides.

        Raises:
            ConfigurationError: one of them is set.
        """
        for name in ("max_connections", "proxy", "ssl_context"):
            if getattr(self, name) is not None:
                raise ConfigurationError(f"{name} and http_client are both set. Set it on the http_client instead.")


def _opened(kind: Callable[..., Http], connections: Connections) -> Http:
    try:
        return kind(**connections.arguments())
    except ImportError:
        problem = "A SOCKS proxy needs the package socksio: pip install 'httpx2[socks]'."
    except OSError as error:
        name = "SSL_CERT_FILE and SSL_CERT_DIR"
        problem = f"The certificates that {name} name cannot be loaded: {error.strerror or type(error).__name__}."
    except (ValueError, httpx2.InvalidURL):
        name = "A proxy of the environment (HTTPS_PROXY, ALL_PROXY)" if connections.proxy is None else "proxy"
        problem = f"{name} is not a URL such as 'http://proxy.acme.example:3128'."
    # Raised here, outside the handlers: the library's text and frames may hold a proxy's password.
    raise ConfigurationError(problem)


def pool(connections: Connections, http_client: object) -> httpx2.Client:
    """The HTTP client of a ChargeOver.

    Raises:
        ConfigurationError: the caller's own is of the wrong type, or a setting is not allowed.
    """
    if http_client is None:
        return _opened(httpx2.Client, connections)
    if not isinstance(http_client, httpx2.Client):
        raise ConfigurationError(f"http_client must be an httpx2.Client, not {type(http_client).__name__}.")
    connections.refuse_besides_a_client()
    return http_client


def async_pool(connections: Connections, http_client: object) -> httpx2.AsyncClient:
    """The HTTP client of an AsyncChargeOver; see ``pool``."""
    if http_client is None:
        return _opened(httpx2.AsyncClient, connections)
    if not isinstance(http_client, httpx2.AsyncClient):
        raise ConfigurationError(f"http_client must be an httpx2.AsyncClient, not {type(http_client).__name__}.")
    connections.refuse_besides_a_client()
    return http_client
