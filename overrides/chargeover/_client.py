"""The two clients: the address of an account, the credentials, and what can be done there."""

import os
from abc import ABC, abstractmethod
from collections.abc import AsyncIterable, Callable, Iterable, Mapping, Sequence
from datetime import tzinfo
from types import TracebackType
from typing import TYPE_CHECKING, Any, Generic, NoReturn, Self, TypeVar, cast

from ._errors import ConfigurationError, InvalidFieldError
from ._http.clock import SYSTEM_CLOCK, Clock
from ._http.forks import Lock
from ._settings.checks import check_is, checked_zone
from ._settings.options import DEFAULTS, RequestOptions, RetryEvent, check_headers, check_parameters
from ._settings.secrets import Arguments, Environment

if TYPE_CHECKING:  # imported once they are needed: the HTTP library, and all that uses it, by the first call
    import ssl

    import httpx2

    from ._bulk.results import BulkProgress
    from ._bulk.runs import AsyncBulkResults, BulkResults, Errors
    from ._calls.call import Call
    from ._calls.conditions import Order, Where
    from ._calls.raw import RawEnvelope
    from ._customers.async_methods import AsyncCustomers
    from ._customers.methods import Customers
    from ._customers.operations import BulkRequest
    from ._exchange import SentRequest
    from ._http.authorization import Credentials
    from ._http.middleware import AsyncMiddleware, Middleware
    from ._http.rows import AsyncRowIterator, RowIterator
    from ._http.transport import AsyncTransport, Transport
    from ._subscriptions import AsyncWebhooks, Webhooks

Value = TypeVar("Value")
Http = TypeVar("Http", "httpx2.Client", "httpx2.AsyncClient")
Layer = TypeVar("Layer", "Middleware", "Middleware | AsyncMiddleware")

LARGEST_RESPONSE = 64 * 1024 * 1024
"""The default of ``max_response_bytes``."""


class _Client(ABC, Generic[Http, Layer]):
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


class ChargeOver(_Client["httpx2.Client", "Middleware"]):
    """A client of one ChargeOver account.

    Use it in a ``with`` block, or call ``close()`` to release its connections. One client may serve many threads.
    Arguments that are left out are read from the environment when the client is built.

    Args:
        instance: the first label of the account's host name: ``"acme"`` for https://acme.chargeover.com (docs).
            Default: CHARGEOVER_INSTANCE.
        base_url: the whole address, such as that of a sandbox, instead of ``instance``. Plain http is refused except
            for loopback hosts; see ``allow_plain_http``. Default: CHARGEOVER_BASE_URL.
        username: the API key's user name (docs). Default: CHARGEOVER_USERNAME.
        password: the API key's private key (docs). Default: CHARGEOVER_PASSWORD.
        credentials: a function that returns ``(username, password)``, instead of the two: it is asked before the first
            request, and once more in a call that met a 401, as after a rotation.
        timeout: seconds to wait for a connection and for each part of a response. Default: CHARGEOVER_TIMEOUT, or 30.
        deadline: seconds that a call may take in total, including waits and retries. Default: CHARGEOVER_DEADLINE, or
            120.
        max_retries: how many times a failed request is sent again, at most. Default: CHARGEOVER_MAX_RETRIES, or 3.
        on_retry: called with a RetryEvent before each wait.
        requests_per_second: the most requests per second, over all threads; None for no limit. After a 429 the client
            slows down by itself. Default: CHARGEOVER_REQUESTS_PER_SECOND, or no limit.
        max_connections: the most connections at once. Default: CHARGEOVER_MAX_CONNECTIONS, or 100.
        max_response_bytes: a larger response, decompressed, is an error. Default: CHARGEOVER_MAX_RESPONSE_BYTES, or
            64 MiB.
        proxy: the URL of a proxy. Default: CHARGEOVER_PROXY, or the environment's proxies; both for https only.
        allow_plain_http: True sends the password and all data unencrypted where ``base_url`` says so, with one warning
            for each address: for a sandbox in another container. Hosts of chargeover.com are refused all the same.
            Default: CHARGEOVER_ALLOW_PLAIN_HTTP (``1`` or ``0``), or False.
        ssl_context: certificates, to trust a private authority or to present a client certificate.
        http_client: an httpx2.Client to send with. Its connections, transport and event hooks are used; its headers,
            auth, cookies and timeouts are not. It is not closed.
        middleware: functions around each attempt, the first outermost: ``def f(request, call_next)`` returns the
            response of ``call_next(request)``. See Middleware.
        default_headers: headers of every request besides the client's own.
        default_query: query parameters of every request besides those of the operation.
        user_agent: an addition to the User-Agent header, such as ``"acme-sync/1.2"``. Default: CHARGEOVER_USER_AGENT.
        log_bodies: log bodies at level DEBUG too, with everything masked that may be about a person. Default:
            CHARGEOVER_LOG_BODIES (``1`` or ``0``), or False.
        record: a HAR file to which each attempt is added, without secrets and with stand-ins for all values (see
            StandIns). It is readable even if the process is killed. With 16 MiB it gets a number, such as
            ``traffic.1.har``, and the next one begins; three such files are kept.
        record_values: True keeps the values; only secrets are left out.
        clock: the time that the client reads and waits for; a test can pass its own.
        timezone: the account's time zone, as a name such as ``"America/Chicago"`` or a tzinfo: a date and time that
            comes without a zone is in it (docs). Default: CHARGEOVER_TIMEZONE, or unknown, so that it is
            naive.

    Attributes:
        customers: the customers of the account.
        webhooks: subscriptions to webhooks.
        base_url: the address of the account.

    Raises:
        ConfigurationError: a setting is missing, contradicts another one, or is not safe.
    """

    _is_async = False

    @property
    def customers(self) -> "Customers":
        """The customers of the account."""
        if self._customers is None:
            from ._customers.methods import Customers

            self._customers = Customers(self._transport)
        return cast("Customers", self._customers)

    @property
    def webhooks(self) -> "Webhooks":
        """Subscriptions to webhooks; ``chargeover.webhooks`` reads what then comes."""
        from ._subscriptions import Webhooks

        return Webhooks(self._transport)

    @property
    def _transport(self) -> "Transport":
        return cast("Transport", self._opened or self._open())

    def _connected(self) -> "Transport":
        from ._http.connections import pool
        from ._http.transport import Transport

        connections = pool(self._connections, self._http_client)
        connections.is_refused = self._is_closed
        return Transport(connections, self._session, self._options)

    def bulk(
        self,
        requests: "Iterable[BulkRequest[Value]]",
        *,
        in_flight: int = 8,
        errors: "Errors" = "raise",
        on_progress: "Callable[[BulkProgress], object] | None" = None,
        options: RequestOptions | None = None,
    ) -> "BulkResults[BulkRequest[Value], Value]":
        """Send many requests, up to 25 in each bulk request (docs).

        Nothing is sent before iteration starts. A request that fails does not undo the others (assumed).

        Args:
            requests: the requests, any number of them, taken lazily. Those in the same bulk request are carried out in
                order; bulk requests in flight together overtake one another. ``in_flight=1`` keeps all in order.
            in_flight: bulk requests in flight at once, at most.
            errors: ``"raise"`` raises a BulkError after the last result if some failed; ``"return"`` only returns the
                results.
            on_progress: called after each bulk request, in order, with the progress so far.
            options: for these requests, overriding those of the client.

        Returns:
            An iterator of one result for each request, in order.

        Raises:
            InvalidFieldError: an option that is not allowed; nothing was sent.
        """
        from ._bulk.runs import BulkResults, RunOptions

        run = RunOptions(in_flight, errors, on_progress)
        return BulkResults(self._transport.with_options(options), requests, _call_of, run)

    def request(
        self,
        method: str,
        path: str,
        *,
        params: Mapping[str, str | int] | None = None,
        body: Any = None,
        options: RequestOptions | None = None,
    ) -> "RawEnvelope":
        """Send any request of the API, such as one that the contract does not describe.

        It has the credentials, the retries, the limits and the errors of all other calls. A POST is sent again only if
        it was certainly not carried out.

        Args:
            method: GET, POST, PUT or DELETE.
            path: the path below the account's address, such as ``"/api/v3/invoice/1"``. It cannot lead to another host.
            params: the query.
            body: the JSON body; None for a request without one.
            options: for this request, overriding those of the client.

        Returns:
            The envelope, as a dict; ``.response`` is the result itself, None without one.

        Raises:
            InvalidFieldError: an argument that cannot be sent; nothing was sent.
            ChargeOverError: any other failure.
        """
        from ._calls.raw import raw_call

        return self._transport.send(raw_call(method, path, params, body), options)

    def preview(
        self,
        method: str,
        path: str,
        *,
        params: Mapping[str, str | int] | None = None,
        body: Any = None,
        options: RequestOptions | None = None,
    ) -> "SentRequest":
        """The request that ``request`` would send, without secrets. Nothing is sent.

        Raises:
            InvalidFieldError: as for ``request``.
        """
        from ._calls.raw import raw_call

        return self._transport.preview(raw_call(method, path, params, body), options)

    def iterate(
        self,
        path: str,
        *,
        where: "Where | None" = None,
        order: "str | Order | None" = None,
        limit: int | None = None,
        page_size: int | None = None,
        offset: int = 0,
        options: RequestOptions | None = None,
    ) -> "RowIterator[dict[str, Any]]":
        """Read any collection page by page, such as one that the contract does not describe.

        Pages continue after the last ID, as those of ``customers.list`` do, if the rows have an ID that is named after
        the collection (``invoice_id`` at ``/api/v3/invoice``), and by offset otherwise.

        Args:
            path: the path of the collection below the account's address, such as ``"/api/v3/invoice"``.
            where: as for ``customers.list``.
            order: as for ``customers.list``.
            limit: the most rows to return; None for all.
            page_size: how many to fetch at a time, from 1 to 500 (the default).
            offset: how many to skip at the start.
            options: for these requests, overriding those of the client.

        Returns:
            An iterator of rows, each the JSON object as it came. ``.pages()`` returns them as lists.

        Raises:
            InvalidFieldError: an argument that is not allowed; nothing was sent.
            ChargeOverError: from the iterator: any failure of a request.
        """
        from ._calls.paging import LARGEST_PAGE, Pages
        from ._calls.raw import RawCollection
        from ._http.rows import RowIterator

        size = LARGEST_PAGE if page_size is None else page_size
        pages = Pages(RawCollection(path), where, order, limit, size, offset)
        return RowIterator(self._transport.with_options(options), pages)

    def close(self) -> None:
        """Close the connections. Calling it again does nothing."""
        if self._owns_connections and not self._is_closed:
            self._is_closed = True
            if self._opened is not None:
                self._opened.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()


class AsyncChargeOver(_Client["httpx2.AsyncClient", "Middleware | AsyncMiddleware"]):
    """A client of one ChargeOver account, for asyncio: the same arguments and methods as ChargeOver, awaited.

    Use it in an ``async with`` block, or call ``await close()`` to release its connections. One client may serve many
    tasks of one event loop. ``http_client`` is an httpx2.AsyncClient here.
    """

    _is_async = True

    @property
    def customers(self) -> "AsyncCustomers":
        """The customers of the account."""
        if self._customers is None:
            from ._customers.async_methods import AsyncCustomers

            self._customers = AsyncCustomers(self._transport)
        return cast("AsyncCustomers", self._customers)

    @property
    def webhooks(self) -> "AsyncWebhooks":
        """Subscriptions to webhooks; ``chargeover.webhooks`` reads what then comes."""
        from ._subscriptions import AsyncWebhooks

        return AsyncWebhooks(self._transport)

    @property
    def _transport(self) -> "AsyncTransport":
        return cast("AsyncTransport", self._opened or self._open())

    def _connected(self) -> "AsyncTransport":
        from ._http.connections import async_pool
        from ._http.transport import AsyncTransport

        connections = async_pool(self._connections, self._http_client)
        connections.is_refused = self._is_closed
        return AsyncTransport(connections, self._session, self._options)

    def bulk(
        self,
        requests: "Iterable[BulkRequest[Value]] | AsyncIterable[BulkRequest[Value]]",
        *,
        in_flight: int = 8,
        errors: "Errors" = "raise",
        on_progress: "Callable[[BulkProgress], object] | None" = None,
        options: RequestOptions | None = None,
    ) -> "AsyncBulkResults[BulkRequest[Value], Value]":
        """Send many requests, up to 25 in each bulk request (docs).

        Nothing is sent before iteration starts. A request that fails does not undo the others (assumed).

        Args:
            requests: the requests, any number of them, taken lazily. Those in the same bulk request are carried out in
                order; bulk requests in flight together overtake one another. ``in_flight=1`` keeps all in order.
            in_flight: bulk requests in flight at once, at most.
            errors: ``"raise"`` raises a BulkError after the last result if some failed; ``"return"`` only returns the
                results.
            on_progress: called after each bulk request, in order, with the progress so far.
            options: for these requests, overriding those of the client.

        Returns:
            An async iterator of one result for each request, in order.

        Raises:
            InvalidFieldError: an option that is not allowed; nothing was sent.
        """
        from ._bulk.runs import AsyncBulkResults, RunOptions

        run = RunOptions(in_flight, errors, on_progress)
        return AsyncBulkResults(self._transport.with_options(options), requests, _call_of, run)

    async def request(
        self,
        method: str,
        path: str,
        *,
        params: Mapping[str, str | int] | None = None,
        body: Any = None,
        options: RequestOptions | None = None,
    ) -> "RawEnvelope":
        """Send any request of the API, such as one that the contract does not describe.

        It has the credentials, the retries, the limits and the errors of all other calls. A POST is sent again only if
        it was certainly not carried out.

        Args:
            method: GET, POST, PUT or DELETE.
            path: the path below the account's address, such as ``"/api/v3/invoice/1"``. It cannot lead to another host.
            params: the query.
            body: the JSON body; None for a request without one.
            options: for this request, overriding those of the client.

        Returns:
            The envelope, as a dict; ``.response`` is the result itself, None without one.

        Raises:
            InvalidFieldError: an argument that cannot be sent; nothing was sent.
            ChargeOverError: any other failure.
        """
        from ._calls.raw import raw_call

        return await self._transport.send(raw_call(method, path, params, body), options)

    def preview(
        self,
        method: str,
        path: str,
        *,
        params: Mapping[str, str | int] | None = None,
        body: Any = None,
        options: RequestOptions | None = None,
    ) -> "SentRequest":
        """The request that ``request`` would send, without secrets. Nothing is sent.

        Raises:
            InvalidFieldError: as for ``request``.
        """
        from ._calls.raw import raw_call

        return self._transport.preview(raw_call(method, path, params, body), options)

    def iterate(
        self,
        path: str,
        *,
        where: "Where | None" = None,
        order: "str | Order | None" = None,
        limit: int | None = None,
        page_size: int | None = None,
        offset: int = 0,
        options: RequestOptions | None = None,
    ) -> "AsyncRowIterator[dict[str, Any]]":
        """Read any collection page by page, such as one that the contract does not describe.

        Pages continue after the last ID, as those of ``customers.list`` do, if the rows have an ID that is named after
        the collection (``invoice_id`` at ``/api/v3/invoice``), and by offset otherwise.

        Args:
            path: the path of the collection below the account's address, such as ``"/api/v3/invoice"``.
            where: as for ``customers.list``.
            order: as for ``customers.list``.
            limit: the most rows to return; None for all.
            page_size: how many to fetch at a time, from 1 to 500 (the default).
            offset: how many to skip at the start.
            options: for these requests, overriding those of the client.

        Returns:
            An async iterator of rows, each the JSON object as it came. ``.pages()`` returns them as lists.

        Raises:
            InvalidFieldError: an argument that is not allowed; nothing was sent.
            ChargeOverError: from the async iterator: any failure of a request.
        """
        from ._calls.paging import LARGEST_PAGE, Pages
        from ._calls.raw import RawCollection
        from ._http.rows import AsyncRowIterator

        size = LARGEST_PAGE if page_size is None else page_size
        pages = Pages(RawCollection(path), where, order, limit, size, offset)
        return AsyncRowIterator(self._transport.with_options(options), pages)

    async def close(self) -> None:
        """Close the connections. Calling it again does nothing."""
        if self._owns_connections and not self._is_closed:
            self._is_closed = True
            if self._opened is not None:
                await self._opened.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.close()


def _call_of(request: "BulkRequest[Value]") -> "Call[Value]":
    from ._customers.operations import BulkRequest

    if not isinstance(request, BulkRequest):  # pyright: ignore[reportUnnecessaryIsInstance]  callers without types
        raise InvalidFieldError(f"Each request must be a BulkRequest, not {type(request).__name__}.")
    return request.call
