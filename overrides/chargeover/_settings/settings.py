"""The address and the credentials of a client: arguments first, then the environment."""

import base64
import ipaddress
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, cast

from chargeover._errors import ConfigurationError
from chargeover._text import half_surrogate

from .plain_http import VARIABLE, is_allowed
from .secrets import Arguments, Environment, Hidden, Secret
from .urls import PlainUrl, read_url

if TYPE_CHECKING:
    import httpx2

_LABEL = re.compile(r"[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?")


@dataclass(frozen=True, slots=True)
class Settings:
    """The address and the credentials.

    Attributes:
        base_url: scheme, host and path prefix, without a slash at the end.
        authorization: the value of the Authorization header; None if a function gives the credentials.
        is_plain_http: whether the address is plain http.
        leaves_unencrypted: whether it is plain http to a host other than this machine.
    """

    base_url: str
    authorization: Secret | None = field(repr=False)
    is_plain_http: bool
    leaves_unencrypted: bool


def resolve(
    arguments: Arguments,
    environment: Environment,
    *,
    allow_plain_http: bool | None = None,
    has_credentials: bool = False,
) -> Settings:
    """Settings from arguments and environment variables; an empty variable counts as not set.

    No local variable of a function that raises holds a text in plain form: it may be a password in the wrong place, and
    some tools print locals.

    Args:
        arguments: instance, base_url, username and password.
        environment: what holds where none is given.
        allow_plain_http: whether plain http may go to hosts other than this machine; None leaves it to the environment.
        has_credentials: whether a function gives the user name and the password.

    Raises:
        ConfigurationError: something is missing, contradicts something else, or is not safe.
    """
    instance, base_url = arguments.get("instance"), arguments.get("base_url")
    if instance is None and base_url is None:
        instance, base_url = environment.secret("CHARGEOVER_INSTANCE"), environment.secret("CHARGEOVER_BASE_URL")
    if instance is not None and base_url is not None:
        raise ConfigurationError(
            "Both an instance and a base URL are set (arguments instance and base_url, or CHARGEOVER_INSTANCE and "
            "CHARGEOVER_BASE_URL). Set one of them."
        )
    if instance is not None:
        base_url = _url_of_instance(instance)
    if base_url is None:
        raise ConfigurationError(
            "No account is set. Pass instance='acme' for https://acme.chargeover.com, or base_url=… for a sandbox, "
            "or set CHARGEOVER_INSTANCE or CHARGEOVER_BASE_URL."
        )
    if problem := _problem_of_url(base_url.reveal(), plain_http=is_allowed(allow_plain_http, environment)):
        raise ConfigurationError(problem)
    authorization = _authorization(arguments, environment, has_credentials=has_credentials)
    url = read_url(base_url.reveal())
    is_plain = url is not None and url.scheme == "http"
    leaves = is_plain and url is not None and not _is_loopback(url.host)
    return Settings(base_url.reveal().rstrip("/"), authorization, is_plain, leaves)


def _authorization(arguments: Arguments, environment: Environment, *, has_credentials: bool) -> Secret | None:
    username, password = arguments.get("username"), arguments.get("password")
    if has_credentials:
        if username is not None or password is not None:
            raise ConfigurationError("credentials= gives both: leave out username= and password=.")
        return None
    username = _checked_username(environment.secret("CHARGEOVER_USERNAME") if username is None else username)
    password = _checked_password(environment.secret("CHARGEOVER_PASSWORD") if password is None else password)
    return _basic(username, password)


def authorization_of(given: Hidden) -> Secret:
    """The value of the Authorization header for what a function of the caller's gave.

    Raises:
        ConfigurationError: it is not a pair of a user name and a password that can be sent.
    """
    is_sequence = isinstance(given.value, (tuple, list))
    kinds = [type(one) for one in cast("Sequence[object]", given.value)] if is_sequence else []
    if len(kinds) != 2 or not all(issubclass(kind, str) for kind in kinds):
        found = f"({', '.join(kind.__name__ for kind in kinds)})" if kinds else type(given.value).__name__
        raise ConfigurationError(f"credentials() must return a pair of texts, (username, password), not {found}.")
    username, password = (Secret(str.__str__(text)) for text in cast("Sequence[str]", given.value))
    return _basic(_checked_username(username), _checked_password(password))


def _basic(username: Secret, password: Secret) -> Secret:
    pair = f"{username.reveal()}:{password.reveal()}".encode()
    return Secret("Basic " + base64.b64encode(pair).decode("ascii"))


def _checked_username(username: Secret | None) -> Secret:
    if not username:
        raise ConfigurationError("No username is set. Pass username=…, or set CHARGEOVER_USERNAME.")
    if half_surrogate(username.reveal()) is not None:
        raise ConfigurationError("The username is not valid Unicode text: it has half of a surrogate pair.")
    if ":" in username.reveal():
        raise ConfigurationError("The username must not contain a colon: HTTP Basic authentication cannot carry it.")
    return username


def _checked_password(password: Secret | None) -> Secret:
    if not password:
        raise ConfigurationError("No password is set. Pass password=…, or set CHARGEOVER_PASSWORD.")
    if half_surrogate(password.reveal()) is not None:
        raise ConfigurationError("The password is not valid Unicode text: it has half of a surrogate pair.")
    return password


def _url_of_instance(instance: Secret) -> Secret:
    if not re.fullmatch(r"[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?", instance.reveal()):
        raise ConfigurationError(
            f"{_quoted('instance', instance.reveal())} is not the name of an account. It is the first label of the "
            "account's host name: 'acme' for https://acme.chargeover.com. For any other address use base_url=."
        )
    return Secret(f"https://{instance.reveal()}.chargeover.com")


def _problem_of_url(text: str, *, plain_http: bool) -> str | None:
    """Why an address cannot be used. Read with the HTTP library: what checks is what connects."""
    shown = _quoted("base_url", text)
    if "@" in text:
        return "base_url must not contain credentials. Pass username= and password= instead."
    if "?" in text or "#" in text:
        return f"{shown} must end before any '?' or '#'."
    url = None
    # Spaces, control characters and backslashes: one URL parser escapes what another takes for a separator.
    if not re.search(r"[\s\\\x00-\x1f\x7f]", text):
        url = read_url(text)
    if url is None or url.scheme not in {"http", "https"} or not is_reachable(url):
        return f"{shown} is not a URL such as 'https://acme.chargeover.com'."
    if "/api/v3" in url.path:
        return f"{shown} must end before /api/v3, which the client adds."
    if url.scheme == "https" or _is_loopback(url.host):
        return None
    if _is_of_the_service(url.host):
        return f"{shown} would send the credentials unencrypted. Use https, the only scheme of ChargeOver."
    if not plain_http:
        return (
            f"{shown} would send the credentials unencrypted. Use https; plain http is for loopback hosts. For a "
            f"sandbox on a network of your own, allow_plain_http=True or {VARIABLE}=1 allows it."
        )
    return None


def is_reachable(url: "PlainUrl | httpx2.URL") -> bool:
    """Whether a URL has a host that can be looked up, and a port that there is."""
    if url.port is not None and not 0 < url.port < 65_536:
        return False
    host = url.raw_host.decode("ascii", "replace")
    try:
        if ":" in host:
            address, _, zone = host.partition("%")
            return bool(ipaddress.IPv6Address(address)) and zone.isalnum() >= bool(zone)
        return len(url.host) <= 253 and all(_LABEL.fullmatch(label) for label in host.removesuffix(".").split("."))
    except ValueError:  # not an address; or the host is one that IDNA does not allow
        return False


def _quoted(argument: str, text: str) -> str:
    """The argument and its value for a message, without the value if it may contain a password."""
    return argument if "@" in text or len(text) > 200 else f"{argument}={text!r}"


@lru_cache(maxsize=16)  # asked twice by each new client
def _is_loopback(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _is_of_the_service(host: str) -> bool:
    name = host.removesuffix(".")
    return name == "chargeover.com" or name.endswith(".chargeover.com")
