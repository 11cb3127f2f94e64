"""Functions of the caller's around each attempt: what they are given, and what becomes of it."""

import inspect
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NoReturn, Self, cast
from urllib.parse import urlsplit

from chargeover._errors import ConfigurationError
from chargeover._exchange import SECRET_HEADERS, ReceivedResponse, SentRequest
from chargeover._settings.options import OWN_HEADERS, check_headers

if TYPE_CHECKING:
    import httpx2


@dataclass(frozen=True, slots=True)
class OutgoingRequest(SentRequest):
    """A request as a middleware is given it. Without secrets: the client adds the credentials when it sends it.

    It cannot be changed; pass a changed copy on: ``call_next(request.with_headers(traceparent="…"))``, or one by
    ``dataclasses.replace``.

    Attributes:
        attempt: the number of the attempt, from 1.
    """

    attempt: int = 1

    def with_headers(self, headers: "dict[str, str] | None" = None, /, **others: str) -> Self:
        """A copy with these headers besides, or instead of, its own.

        Args:
            headers: values by name.
            **others: the same, as arguments; an underscore stands for a hyphen.
        """
        given = {**(headers or {}), **{name.replace("_", "-"): value for name, value in others.items()}}
        return replace(self, headers={**self.headers, **{name.lower(): value for name, value in given.items()}})


CallNext = Callable[[OutgoingRequest], ReceivedResponse]
"""Sends the request and returns the response, whatever its status; raises an APIConnectionError if none came."""
AsyncCallNext = Callable[[OutgoingRequest], Awaitable[ReceivedResponse]]
"""As CallNext, awaited."""
Middleware = Callable[[OutgoingRequest, CallNext], ReceivedResponse]
"""A function around each attempt: it returns the response of ``call_next(request)``, or one of its own."""
AsyncMiddleware = Callable[[OutgoingRequest, AsyncCallNext], Awaitable[ReceivedResponse]]
"""A function around each attempt of an AsyncChargeOver. See Middleware."""


def checked_middleware(middleware: Iterable[Any], *, is_async: bool) -> tuple[Any, ...]:
    """The middleware of a client.

    Raises:
        ConfigurationError: one of it is not a function, or is async in a ChargeOver.
    """
    if callable(middleware) or not isinstance(middleware, Iterable):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise ConfigurationError("middleware must be a list of functions, each of a request and call_next.")
    functions = tuple(middleware)
    for function in functions:
        if not callable(function):
            raise ConfigurationError(f"middleware must be functions, not of type {type(function).__name__}.")
        if not is_async and is_async_function(function):
            _refuse_async()
    return functions


def is_async_function(function: object) -> bool:
    """Whether a function, or an object that can be called, is async."""
    called = getattr(function, "__call__", None)  # noqa: B004
    return inspect.iscoroutinefunction(function) or inspect.iscoroutinefunction(called)


def outgoing(request: "httpx2.Request", attempt: int) -> OutgoingRequest:
    """A request of the HTTP library as a middleware is given it."""
    from chargeover._exchange import sent_request

    plain = sent_request(request)
    return OutgoingRequest(plain.method, plain.url, plain.headers, plain.body, attempt)


def changed_request(original: "httpx2.Request", wanted: OutgoingRequest) -> "httpx2.Request":
    """The request that a middleware passed on, with the secrets of the original one.

    Raises:
        ConfigurationError: it goes to another server, or has a header that cannot be sent.
    """
    import httpx2

    if not isinstance(wanted, OutgoingRequest):  # pyright: ignore[reportUnnecessaryIsInstance]  callers without types
        raise ConfigurationError(f"call_next must be given the request of the middleware, not {type(wanted).__name__}.")
    if urlsplit(wanted.url)[:2] != urlsplit(str(original.url))[:2]:
        raise ConfigurationError("A middleware cannot send a request to another server: it carries the credentials.")
    secrets = {name: value for name, value in original.headers.items() if name in SECRET_HEADERS}
    headers = {name: value for name, value in wanted.headers.items() if name.lower() not in OWN_HEADERS}
    check_headers("middleware", headers)
    return httpx2.Request(
        wanted.method,
        wanted.url,
        headers={**secrets, **headers},
        content=wanted.body or None,
        extensions=original.extensions,
    )


def chained(middleware: tuple[Middleware, ...], send: CallNext) -> CallNext:
    """A function that sends a request through all middleware."""
    for function in reversed(middleware):
        send = _link(function, send)
    return send


def _link(function: Middleware, call_next: CallNext) -> CallNext:
    def call(request: OutgoingRequest) -> ReceivedResponse:
        return _checked(function(request, call_next))

    return call


def async_chained(middleware: tuple[AsyncMiddleware, ...], send: AsyncCallNext) -> AsyncCallNext:
    """A function that sends a request through all middleware, awaited."""
    for function in reversed(middleware):
        send = _async_link(function, send)
    return send


def _async_link(function: AsyncMiddleware, call_next: AsyncCallNext) -> AsyncCallNext:
    async def call(request: OutgoingRequest) -> ReceivedResponse:
        found: object = function(request, call_next)
        return _checked(await cast("Awaitable[object]", found) if inspect.isawaitable(found) else found)

    return call


def _checked(response: object) -> ReceivedResponse:
    if isinstance(response, ReceivedResponse):
        return response
    if inspect.iscoroutine(response):
        response.close()
        _refuse_async()
    kind = type(response).__name__
    raise ConfigurationError(f"A middleware must return the response, such as that of call_next(request), not {kind}.")


def _refuse_async() -> NoReturn:
    raise ConfigurationError("A middleware is an async function, which only an AsyncChargeOver awaits.")
