"""Options of a client or of one call: times, retries, and extra headers, parameters and members."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any, Final, NamedTuple, cast

from chargeover._errors import ChargeOverError, ConfigurationError
from chargeover._exchange import SECRET_HEADERS
from chargeover._text import half_surrogate

from .checks import check_above_zero, check_header_text, check_is, check_whole_number

_HEADER_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
# The client sets these for every request.
OWN_HEADERS = SECRET_HEADERS | {"host", "content-length", "transfer-encoding", "connection"}


class RetryEvent(NamedTuple):
    """A failed request that is about to be sent again: the argument of ``on_retry``.

    Attributes:
        method: the HTTP method.
        url: the URL.
        attempt: how many attempts were made so far, from 1.
        wait: seconds until the next attempt.
        error: why it failed.
    """

    method: str
    url: str
    attempt: int
    wait: float
    error: ChargeOverError


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestOptions:
    """Options of one call, or of all calls of a client made by ``with_options``. None keeps what the client has.

    Attributes:
        timeout: seconds to wait for a connection and for each part of a response.
        deadline: seconds that a call may take in total, including waits and retries.
        max_retries: how many times a failed request is sent again, at most; 0 for never.
        on_retry: called before each wait. An AsyncChargeOver awaits it if it is an async function.
        extra_headers: headers besides the client's own.
        extra_query: query parameters besides those of the operation.
        extra_body: JSON members besides those of the operation, for fields that the contract does not have yet. They
            are sent unchecked.

    Raises:
        ConfigurationError: a value that is not allowed.
    """

    timeout: float | None = None
    deadline: float | None = None
    max_retries: int | None = None
    on_retry: Callable[[RetryEvent], object] | None = field(default=None, repr=False)
    extra_headers: Mapping[str, str] | None = field(default=None, repr=False, hash=False)
    extra_query: Mapping[str, str | int] | None = field(default=None, hash=False)
    extra_body: Mapping[str, Any] | None = field(default=None, repr=False, hash=False)

    def __post_init__(self) -> None:
        check_above_zero("timeout", self.timeout, "seconds")
        check_above_zero("deadline", self.deadline, "seconds")
        check_whole_number("max_retries", self.max_retries, 0)
        if self.on_retry is not None and not callable(self.on_retry):
            raise ConfigurationError(f"on_retry must be a function, not of type {type(self.on_retry).__name__}.")
        check_is("extra_body", self.extra_body, Mapping)
        check_headers("extra_headers", self.extra_headers)
        check_parameters("extra_query", self.extra_query)
        if self.extra_body is not None:
            _check_body(self.extra_body)

    def over(self, base: "RequestOptions") -> "RequestOptions":
        """These options, or those of ``base`` where these are None; headers, parameters and members are merged."""
        given = {one.name: value for one in fields(self) if (value := getattr(self, one.name)) is not None}
        for name in ("extra_headers", "extra_query", "extra_body"):
            if name in given:
                given[name] = {**(getattr(base, name) or {}), **given[name]}
        return replace(base, **given)


def check_headers(argument: str, headers: Mapping[str, str] | None) -> None:
    """Refuse headers that cannot be sent, or that the client sets itself.

    Raises:
        ConfigurationError.
    """
    check_is(argument, headers, Mapping)
    given: Mapping[object, object] = cast("Mapping[object, object]", headers or {})
    for name, value in given.items():
        if not isinstance(name, str) or not _HEADER_NAME.fullmatch(name):
            raise ConfigurationError(f"{argument}: {name!r} is not the name of a header.")
        if name.lower() in OWN_HEADERS:
            raise ConfigurationError(f"{argument}: {name} is set by the client itself.")
        check_header_text(f"{argument}: the value of {name}", value)


def check_parameters(argument: str, query: Mapping[str, str | int] | None) -> None:
    """Refuse query parameters that cannot be sent.

    Raises:
        ConfigurationError.
    """
    check_is(argument, query, Mapping)
    given: Mapping[object, object] = cast("Mapping[object, object]", query or {})
    for name, value in given.items():
        if not isinstance(name, str) or not name or half_surrogate(name) is not None:
            raise ConfigurationError(f"{argument}: {name!r} is not the name of a parameter.")
        is_text = isinstance(value, str) and half_surrogate(value) is None
        if not is_text and (not isinstance(value, int) or isinstance(value, bool)):
            raise ConfigurationError(f"{argument}: the value of {name} must be a text or a whole number.")


def _check_body(body: Mapping[str, Any]) -> None:
    try:
        json.dumps(dict(body), ensure_ascii=False, allow_nan=False).encode()
    except (TypeError, ValueError, RecursionError):
        is_json = False
    else:
        is_json = True
    if not is_json or not all(isinstance(name, str) for name in body):  # pyright: ignore[reportUnnecessaryIsInstance]
        # Not the value: it may be personal data.
        raise ConfigurationError("extra_body must be a JSON object: names, and values that JSON can represent.")


DEFAULTS: Final = RequestOptions(timeout=30.0, deadline=120.0, max_retries=3)
"""The defaults of a client."""
