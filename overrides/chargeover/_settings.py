"""Where the client connects to and as whom: arguments first, then the environment."""

import base64
import ipaddress
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import SplitResult, urlsplit

from ._errors import ConfigurationError

DEFAULT_TIMEOUT = 30.0
"""Seconds to wait for a connection, for each part of the answer, and for a free connection of the pool."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that a client is built from.

    Attributes:
        base_url: scheme, host and path prefix, without a slash at the end.
        authorization: the value of the Authorization header. A secret.
        timeout: seconds.
    """

    base_url: str
    authorization: str = field(repr=False)
    timeout: float


def resolve(
    *,
    instance: str | None,
    base_url: str | None,
    username: str | None,
    password: str | None,
    timeout: float,
    environ: Mapping[str, str],
) -> Settings:
    """Settings from arguments and environment variables.

    Raises:
        ConfigurationError: something is missing, contradicts something else, or is not safe.
    """
    if instance is None and base_url is None:
        instance, base_url = environ.get("CHARGEOVER_INSTANCE"), environ.get("CHARGEOVER_BASE_URL")
    if instance is not None and base_url is not None:
        raise ConfigurationError(
            "Both an instance and a base URL are set (arguments instance and base_url, or CHARGEOVER_INSTANCE and "
            "CHARGEOVER_BASE_URL). Set one of them."
        )
    if base_url is not None:
        url = _checked_url(base_url)
    elif instance is not None:
        url = _instance_url(instance)
    else:
        raise ConfigurationError(
            "No account is set. Pass instance='acme' for https://acme.chargeover.com, or base_url=… for a sandbox, "
            "or set CHARGEOVER_INSTANCE or CHARGEOVER_BASE_URL."
        )
    username = _needed(username, "username", "CHARGEOVER_USERNAME", environ)
    password = _needed(password, "password", "CHARGEOVER_PASSWORD", environ)
    if ":" in username:
        raise ConfigurationError("The username must not contain a colon: HTTP Basic authentication cannot carry it.")
    return Settings(url, _basic(username, password), _checked_timeout(timeout))


def _needed(value: str | None, argument: str, variable: str, environ: Mapping[str, str]) -> str:
    value = environ.get(variable) if value is None else value
    if not value:
        raise ConfigurationError(f"No {argument} is set. Pass {argument}=…, or set {variable}.")
    return value


def _basic(username: str, password: str) -> str:
    try:
        pair = f"{username}:{password}".encode()
    except UnicodeEncodeError:
        # From None: the error that came first shows the whole string.
        raise ConfigurationError("The username or the password is not valid Unicode text.") from None
    return "Basic " + base64.b64encode(pair).decode("ascii")


def _instance_url(instance: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?", instance):
        raise ConfigurationError(
            f"instance={instance!r} is not the name of an account. It is the first label of the account's host name: "
            "'acme' for https://acme.chargeover.com. For any other address use base_url=."
        )
    return f"https://{instance}.chargeover.com"


def _checked_url(base_url: str) -> str:
    try:
        parts = urlsplit(base_url)
        port_is_valid = parts.port is None or parts.port > 0
    except ValueError:
        port_is_valid, parts = False, urlsplit("")
    if parts.username is not None or parts.password is not None:
        raise ConfigurationError("base_url must not contain credentials. Pass username= and password= instead.")
    if not port_is_valid or parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ConfigurationError(f"base_url={base_url!r} is not a URL such as 'https://acme.chargeover.com'.")
    if parts.query or parts.fragment:
        raise ConfigurationError(f"base_url={base_url!r} must end before any '?' or '#'.")
    if parts.scheme == "http" and not _is_loopback(parts):
        raise ConfigurationError(
            f"base_url={base_url!r} would send the credentials unencrypted. "
            "Use https; plain http is for loopback hosts alone."
        )
    return base_url.rstrip("/")


def _is_loopback(parts: SplitResult) -> bool:
    host = parts.hostname or ""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _checked_timeout(timeout: object) -> float:
    if isinstance(timeout, bool) or not isinstance(timeout, (int, float)) or not 0 < timeout < math.inf:
        raise ConfigurationError(f"timeout={timeout!r} must be a number of seconds above 0, and finite.")
    return float(timeout)
