"""What the two clients have in common: the account, the options, and everything else except the sending."""

import os
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from datetime import tzinfo
from typing import TYPE_CHECKING, Any, Generic, NoReturn, Self, TypeVar

from ._errors import ConfigurationError, InvalidFieldError
from ._http.clock import SYSTEM_CLOCK, Clock
from ._http.forks import Lock
from ._settings.checks import check_is, checked_zone
from ._settings.options import DEFAULTS, RequestOptions, RetryEvent, check_headers, check_parameters
from ._settings.secrets import Arguments, Environment

if TYPE_CHECKING:  # imported once they are needed: the HTTP library, and all that uses it, by the first call
    import ssl

    import httpx2

    from ._calls.call import Call
    from ._customers.operations import BulkRequest
    from ._http.authorization import Credentials
    from ._http.middleware import AsyncMiddleware, Middleware

Value = TypeVar("Value")
Http = TypeVar("Http", "httpx2.Client", "httpx2.AsyncClient")
Layer = TypeVar("Layer", "Middleware", "Middleware | AsyncMiddleware")

LARGEST_RESPONSE = 64 * 1024 * 1024
"""The default of ``max_response_bytes``."""


class BaseClient(ABC, Generic[Http, Layer]):
    """What the two clients have in common: everything except the sending."""

    _is_async: bool

    def __init__(
        self,
        *,
        instance: str | None = None,
        base_url: str | None = None,
        username: str | None = None,
        password: str | None = None,
        credentials: "Credentials | None" = None,
        timeout: float | None = None,
        deadline: float | None = None,
        max_retries: int | None = None,
        on_retry: Callable[[RetryEvent], object] | None = None,
        requests_per_second: float | None = None,
        max_connections: int | None = None,
        max_response_bytes: int | None = None,
        proxy: str | None = None,
        allow_plain_http: bool | None = None,
        ssl_context: "ssl.SSLContext | None" = None,
        http_client: Http | None = None,
        middleware: "Sequence[Layer]" = (),
        default_headers: Mapping[str, str] | None = None,
        default_query: Mapping[str, str | int] | None = None,
        user_agent: str | None = None,
        log_bodies: bool | None = None,
        record: "str | os.PathLike[str] | None" = None,
        record_values: bool = False,
        clock: Clock | None = None,
        timezone: str | tzinfo | None = None,
    ) -> None:
        texts = Arguments(instance=instance, base_url=base_url, username=username, password=password, proxy=proxy)
        del instance, base_url, username, password, proxy  # a traceback that shows locals must not show these
        from ._http.authorization import Authorization
        from ._http.limiter import Limiter
        from ._http.logger import configure
        from ._http.middleware import checked_middleware
        from ._http.session import Session
        from ._settings.connections import Connections
        from ._settings.plain_http import warn_once
        from ._settings.settings import resolve
        from ._settings.variables import Variables

        environment = Environment(os.environ)
        configure(environment)
        is_own = http_client is None
        given = Variables(environment)
        options = RequestOptions(
            timeout=given.number("TIMEOUT", timeout, "seconds"),
            deadline=given.number("DEADLINE", deadline, "seconds"),
            max_retries=given.whole_number("MAX_RETRIES", max_retries, 0),
            on_retry=on_retry,
        )
        if credentials is not None and not callable(credentials):
            raise ConfigurationError("credentials must be a function that returns (username, password).")
        settings = resolve(
            texts, environment, allow_plain_http=allow_plain_http, has_credentials=credentials is not None
        )
        if settings.leaves_unencrypted:
            warn_once(settings.base_url)
        connections = Connections(
            url=settings.base_url,
            max_connections=given.whole_number("MAX_CONNECTIONS", max_connections, 1) if is_own else max_connections,
            proxy=given.proxy(texts.get("proxy"), is_used=is_own and not settings.is_plain_http),
            ssl_context=ssl_context,
        )
        check_is("clock", clock, Clock)
        check_headers("default_headers", default_headers)
        check_parameters("default_query", default_query)
        clock = clock or SYSTEM_CLOCK
        largest_response = given.whole_number("MAX_RESPONSE_BYTES", max_response_bytes, 1)
        self._session = Session(
            settings.base_url,
            Authorization(settings.authorization, credentials),
            clock,
            Limiter(given.number("REQUESTS_PER_SECOND", requests_per_second, "requests"), clock.now),
            largest_response=LARGEST_RESPONSE if largest_response is None else largest_response,
            user_agent=given.text("USER_AGENT", user_agent),
            logs_bodies=bool(given.flag("LOG_BODIES", log_bodies)),
            zone=checked_zone(given.text("TIMEZONE", timezone)),
            default_headers=dict(default_headers or {}),
            default_query=dict(default_query or {}),
            middleware=(
                *checked_middleware(middleware, is_async=self._is_async),
                *self._recording(record, shows_values=record_values),
            ),
        )
        self._base_url = settings.base_url
        self._connections = connections
        self._options = options.over(DEFAULTS)
        self._http_client: object = http_client
        self._owns_connections = is_own
        self._lock = Lock()
        self._opened: Any = None
        self._customers: Any = None
        self._is_closed = False
        if http_client is not None or on_retry is not None or connections.may_fail(environment):
            self._open()  # whatever is wrong with these is said here, and not by the first call

    def _recording(self, file: "str | os.PathLike[str] | None", *, shows_values: bool) -> tuple[Any, ...]:
        """The innermost middleware, which records what is sent; nothing without a file."""
        if file is None:
            return ()
        from ._recording.recorder import Recorder

        recorder = Recorder(file, shows_values=shows_values)
        return (recorder.record_async if self._is_async else recorder.record,)

    @abstractmethod
    def _connected(self) -> Any:
        """The transport of this client, over connections that it may open."""

    def _open(self) -> Any:
        """The transport, made at the first use of it."""
        with self._lock:
            if self._opened is None:
                self._opened = self._connected()
        return self._opened

    @property
    def base_url(self) -> str:
        """The address of the account."""
        return self._base_url

    def with_options(
        self,
        *,
        timeout: float | None = None,
        deadline: float | None = None,
        max_retries: int | None = None,
        on_retry: Callable[[RetryEvent], object] | None = None,
        extra_headers: Mapping[str, str] | None = None,
        extra_query: Mapping[str, str | int] | None = None,
        extra_body: Mapping[str, Any] | None = None,
    ) -> Self:
        """A client of the same account over the same connections, with other options. This client does not change.

        Args:
            timeout: see RequestOptions, as for all of these. None keeps the option of this client.
            deadline: see RequestOptions.
            max_retries: see RequestOptions.
            on_retry: see RequestOptions.
            extra_headers: see RequestOptions.
            extra_query: see RequestOptions.
            extra_body: see RequestOptions.

        Returns:
            The other client. Closing it leaves the connections open: they belong to this one.

        Raises:
            ConfigurationError: a value that is not allowed.
        """
        options = RequestOptions(
            timeout=timeout,
            deadline=deadline,
            max_retries=max_retries,
            on_retry=on_retry,
            extra_headers=extra_headers,
            extra_query=extra_query,
            extra_body=extra_body,
        )
        transport = self._open().with_options(options)
        other = object.__new__(type(self))
        vars(other).update(vars(self))
        other._owns_connections = False
        other._opened, other._customers = transport, None
        return other

    def __repr__(self) -> str:
        # Tools that show the locals of a traceback also print a client whose __init__ failed.
        return f"{type(self).__name__}(base_url={getattr(self, '_base_url', None)!r})"

    def __reduce__(self) -> NoReturn:
        raise TypeError(
            "A client cannot be pickled or copied: it has connections and a password. Create one where it is used."
        )


def call_of(request: "BulkRequest[Value]") -> "Call[Value]":
    from ._customers.operations import BulkRequest

    if not isinstance(request, BulkRequest):  # pyright: ignore[reportUnnecessaryIsInstance]  callers without types
        raise InvalidFieldError(f"Each request must be a BulkRequest, not {type(request).__name__}.")
    return request.call
