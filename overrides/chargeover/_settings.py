"""Where the client connects to and as whom: arguments first, then the environment."""

import base64
import ipaddress
import re
from dataclasses import dataclass, field

import httpx2

from ._errors import ConfigurationError
from ._secrets import Environment, Secret
from ._text import half_surrogate


@dataclass(frozen=True, slots=True)
class Settings:
    """Where requests go, and as whom.

    Attributes:
        base_url: scheme, host and path prefix, without a slash at the end.
        authorization: the value of the Authorization header.
        is_plain_http: whether the address is http, which only a loopback host may be.
    """

    base_url: str
    authorization: Secret = field(repr=False)
    is_plain_http: bool


def resolve(
    *, instance: object, base_url: object, username: object, password: Secret | None, environment: Environment
) -> Settings:
    """Settings from arguments and environment variables; an empty variable is one that is not set.

    Raises:
        ConfigurationError: something is missing, contradicts something else, or is not safe.
    """
    if instance is None and base_url is None:
        instance = environment.get("CHARGEOVER_INSTANCE")
        base_url = environment.get("CHARGEOVER_BASE_URL")
    if instance is not None and base_url is not None:
        raise ConfigurationError(
            "Both an instance and a base URL are set (arguments instance and base_url, or CHARGEOVER_INSTANCE and "
            "CHARGEOVER_BASE_URL). Set one of them."
        )
    if instance is None and base_url is None:
        raise ConfigurationError(
            "No account is set. Pass instance='acme' for https://acme.chargeover.com, or base_url=… for a sandbox, "
            "or set CHARGEOVER_INSTANCE or CHARGEOVER_BASE_URL."
        )
    text = _instance_url(_text("instance", instance)) if base_url is None else _text("base_url", base_url)
    url = _checked_url(text)
    username = _username(environment.get("CHARGEOVER_USERNAME") if username is None else username)
    password = environment.secret("CHARGEOVER_PASSWORD") if password is None else password
    if not password:
        raise ConfigurationError("No password is set. Pass password=…, or set CHARGEOVER_PASSWORD.")
    if half_surrogate(password.reveal()) is not None:
        raise ConfigurationError("The password is not valid Unicode text: it has half of a surrogate pair.")
    return Settings(text.rstrip("/"), _basic(username, password), url.scheme == "http")


def secret_argument(name: str, value: object) -> Secret | None:
    """An argument that is a secret; None if it was not given.

    Raises:
        ConfigurationError: it is no string.
    """
    return None if value is None else Secret(_text(name, value))


def _basic(username: str, password: Secret) -> Secret:
    pair = f"{username}:{password.reveal()}".encode()
    return Secret("Basic " + base64.b64encode(pair).decode("ascii"))


def _username(value: object) -> str:
    text = _text("username", "" if value is None else value)
    if not text:
        raise ConfigurationError("No username is set. Pass username=…, or set CHARGEOVER_USERNAME.")
    if half_surrogate(text) is not None:
        raise ConfigurationError("The username is not valid Unicode text: it has half of a surrogate pair.")
    if ":" in text:
        raise ConfigurationError("The username must not contain a colon: HTTP Basic authentication cannot carry it.")
    return text


def _text(argument: str, value: object) -> str:
    if not isinstance(value, str):
        raise ConfigurationError(f"{argument} must be a string, not a value of type {type(value).__name__}.")
    return str.__str__(value)


def _instance_url(instance: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?", instance):
        raise ConfigurationError(
            f"{_quoted('instance', instance)} is not the name of an account. It is the first label of the account's "
            "host name: 'acme' for https://acme.chargeover.com. For any other address use base_url=."
        )
    return f"https://{instance}.chargeover.com"


def _checked_url(text: str) -> httpx2.URL:
    """The URL as the HTTP library understands it: the one that checks is the one that connects."""
    shown = _quoted("base_url", text)
    if "@" in text:
        raise ConfigurationError("base_url must not contain credentials. Pass username= and password= instead.")
    if "?" in text or "#" in text:
        raise ConfigurationError(f"{shown} must end before any '?' or '#'.")
    url = None
    # Spaces, control characters and backslashes: what one reader of URLs escapes, another takes for a separator.
    if not re.search(r"[\s\\\x00-\x1f\x7f]", text):
        try:
            url = httpx2.URL(text)
        except (httpx2.InvalidURL, ValueError):
            url = None
    if url is None or url.scheme not in {"http", "https"} or not url.host or not 0 < (url.port or 443) < 65_536:
        raise ConfigurationError(f"{shown} is not a URL such as 'https://acme.chargeover.com'.")
    if "/api/v3" in url.path:
        raise ConfigurationError(f"{shown} must end before /api/v3, which the client adds.")
    if url.scheme == "http" and not _is_loopback(url.host):
        raise ConfigurationError(
            f"{shown} would send the credentials unencrypted. Use https; plain http is for loopback hosts alone."
        )
    return url


def _quoted(argument: str, text: str) -> str:
    """The argument and its value for a message; not the value where a password may be part of it."""
    return argument if "@" in text or len(text) > 200 else f"{argument}={text!r}"


def _is_loopback(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
