"""How connections are made: how many, over which proxy, with which certificates."""

import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from chargeover._errors import ConfigurationError

from .checks import check_is, check_whole_number
from .secrets import Environment, Secret

if TYPE_CHECKING:
    import ssl


@dataclass(frozen=True, slots=True, kw_only=True)
class Connections:
    """How connections are made.

    Attributes:
        url: where they go. The environment's proxies are for https only: one would carry plain http, and the password
            in it, away from this machine.
        max_connections: at once, at most; None for the default.
        proxy: the URL of a proxy, which may have a password in it; None for those of the environment.
        ssl_context: certificates; None for the usual authorities.

    Raises:
        ConfigurationError: a value that is not allowed, or not safe.
    """

    url: str
    max_connections: int | None
    proxy: Secret | None = field(repr=False)
    ssl_context: "ssl.SSLContext | None"

    def __post_init__(self) -> None:
        check_whole_number("max_connections", self.max_connections, 1)
        if self.ssl_context is not None:
            import ssl

            check_is("ssl_context", self.ssl_context, ssl.SSLContext)
        if self.proxy is not None and self.is_plain_http:
            raise ConfigurationError("A proxy for plain http would carry the password unencrypted. Use https.")

    @property
    def is_plain_http(self) -> bool:
        """Whether they are not encrypted, and go through no proxy."""
        return self.url.startswith("http:")

    def may_fail(self, environment: Environment) -> bool:
        """Whether a proxy or certificates are set that may prove wrong: they are tried when the client is built."""
        if self.proxy is not None or self.ssl_context is not None:
            return True
        if self.is_plain_http:
            return False
        # Windows and macOS keep proxies elsewhere too.
        has_proxies = sys.platform in {"win32", "darwin"} or environment.has_any("HTTPS_PROXY", "ALL_PROXY")
        return has_proxies or not _can_be_certificates(environment)

    def refuse_besides_a_client(self) -> None:
        """Refuse settings that the caller's own HTTP client decides.

        Raises:
            ConfigurationError: one of them is set.
        """
        for name in ("max_connections", "proxy", "ssl_context"):
            if getattr(self, name) is not None:
                raise ConfigurationError(f"{name} and http_client are both set. Set it on the http_client instead.")


def _can_be_certificates(environment: Environment) -> bool:
    """A look at the certificates that the environment names: to load them takes as long as all else of a new client."""
    file, folder = environment.get("SSL_CERT_FILE"), environment.get("SSL_CERT_DIR")
    try:
        return (not file or b"-----BEGIN " in Path(file).read_bytes()) and (not folder or Path(folder).is_dir())
    except (OSError, ValueError):
        return False
