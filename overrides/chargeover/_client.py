"""The two clients: the address of an account, the credentials, and what can be done there."""

import base64
import hashlib
import os
import ssl
from abc import ABC, abstractmethod
from collections.abc import AsyncIterable, Callable, Iterable, Mapping
from datetime import tzinfo
from types import TracebackType
from typing import Any, Generic, NoReturn, Self, TypeVar

import httpx2

from ._bulk.results import BulkProgress
from ._bulk.runs import AsyncBulkResults, BulkResults, Errors, RunOptions
from ._calls.call import Call
from ._customers.async_methods import AsyncCustomers
from ._customers.methods import Customers
from ._customers.operations import BulkRequest
from ._errors import InvalidFieldError
from ._http.clock import SYSTEM_CLOCK, Clock
from ._http.connections import Connections, async_pool, pool
from ._http.limiter import Limiter
from ._http.log import configure
from ._http.session import Session
from ._http.transport import AsyncTransport, Transport
from ._settings.checks import check_is, checked_zone
from ._settings.options import DEFAULTS, RequestOptions, RetryEvent
from ._settings.secrets import Arguments, Environment
from ._settings.settings import resolve

Value = TypeVar("Value")
Http = TypeVar("Http", httpx2.Client, httpx2.AsyncClient)

LARGEST_RESPONSE = 64 * 1024 * 1024
"""The default of ``max_response_bytes``."""


class _Client(ABC, Generic[Http]):
    """What the two clients have in common: everything except the sending."""

    def __init__(
        self,
        *,
        instance: str | None = None,
        base_url: str | None = None,
        username: str | None = None,
        password: str | None = None,
        timeout: float | None = None,
        deadline: float | None = None,
        max_retries: int | None = None,
        on_retry: Callable[[RetryEvent], object] | None = None,
        requests_per_second: float | None = None,
        max_connections: int | None = None,
        max_response_bytes: int | None = None,
        proxy: str | None = None,
        ssl_context: ssl.SSLContext | None = None,
        http_client: Http | None = None,
        user_agent: str | None = None,
        log_bodies: bool = False,
        clock: Clock | None = None,
        timezone: str | tzinfo | None = None,
    ) -> None:
        texts = Arguments(instance=instance, base_url=base_url, username=username, password=password, proxy=proxy)
        del instance, base_url, username, password, proxy  # a traceback that shows locals must not show these
        environment = Environment(os.environ)
        configure(environment)
        options = RequestOptions(timeout=timeout, deadline=deadline, max_retries=max_retries, on_retry=on_retry)
        settings = resolve(texts, environment)
        connections = Connections(
            url=settings.base_url,
            max_connections=max_connections,
            proxy=texts.get("proxy"),
            ssl_context=ssl_context,
        )
        check_is("clock", clock, Clock)
        clock = clock or SYSTEM_CLOCK
        session = Session(
            settings,
            clock,
            Limiter(requests_per_second, clock.now),
            largest_response=LARGEST_RESPONSE if max_response_bytes is None else max_response_bytes,
            user_agent=user_agent,
            logs_bodies=log_bodies,
            zone=checked_zone(timezone),
        )
        self._base_url = settings.base_url
        self._authorization = settings.authorization
        self._owns_connections = http_client is None
        self._open(connections, http_client, session, options.over(DEFAULTS))

    @property
    def base_url(self) -> str:
        """The address of the account."""
        return self._base_url

    @abstractmethod
    def _open(self, connections: Connections, http_client: Any, session: Session, options: RequestOptions) -> None: ...

    @abstractmethod
    def _use(self, options: RequestOptions) -> None: ...

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
        other = object.__new__(type(self))
        vars(other).update(vars(self))
        other._owns_connections = False
        other._use(options)
        return other

    def __repr__(self) -> str:
        # Tools that show the locals of a traceback also print a client whose __init__ failed.
        return f"{type(self).__name__}(base_url={getattr(self, '_base_url', None)!r})"

    def __reduce__(self) -> NoReturn:
        raise TypeError(
            "A client cannot be pickled or copied: it has connections and a password. Create one where it is used."
        )


def user_of(client: "ChargeOver | AsyncChargeOver") -> str:
    """A hash of the account's address and the user name, to recognise both without keeping the name."""
    header = client._authorization  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]  of the same module
    name = base64.b64decode(header.reveal().removeprefix("Basic ")).partition(b":")[0]
    return hashlib.sha256(client.base_url.encode() + b"\n" + name).hexdigest()


class ChargeOver(_Client[httpx2.Client]):
    """A client of one ChargeOver account.

    Use it in a ``with`` block, or call ``close()`` to release its connections. One client may serve many threads.
    Arguments that are left out are read from the environment when the client is built.

    Args:
        instance: the first label of the account's host name: ``"acme"`` for https://acme.chargeover.com (docs).
            Default: CHARGEOVER_INSTANCE.
        base_url: the whole address, such as that of a sandbox, instead of ``instance``. Plain http is refused except
            for loopback hosts. Default: CHARGEOVER_BASE_URL.
        username: the API key's user name (docs). Default: CHARGEOVER_USERNAME.
        password: the API key's private key (docs). Default: CHARGEOVER_PASSWORD.
        timeout: seconds to wait for a connection and for each part of a response. Default: 30.
        deadline: seconds that a call may take in total, including waits and retries. Default: 120.
        max_retries: how many times a failed request is sent again, at most. Default: 3.
        on_retry: called with a RetryEvent before each wait.
        requests_per_second: the most requests per second, over all threads; None for no limit. After a 429 the client
            slows down by itself.
        max_connections: the most connections at once. Default: 100.
        max_response_bytes: a larger response, decompressed, is an error. Default: 64 MiB.
        proxy: the URL of a proxy. Default: the environment's proxies, for https only.
        ssl_context: certificates, to trust a private authority or to present a client certificate.
        http_client: an httpx2.Client to send with. Its connections, transport and event hooks are used; its headers,
            auth, cookies and timeouts are not. It is not closed.
        user_agent: an addition to the User-Agent header, such as ``"acme-sync/1.2"``.
        log_bodies: log bodies at level DEBUG too, with everything masked that may be about a person.
        clock: the time that the client reads and waits for; a test can pass its own.
        timezone: the account's time zone, as a name such as ``"America/Chicago"`` or a tzinfo: a date and time that
            comes without a zone is in it (docs). Default: unknown, so that such a one is a naive datetime.

    Attributes:
        customers: the customers of the account.
        base_url: the address of the account.

    Raises:
        ConfigurationError: a setting is missing, contradicts another one, or is not safe.
    """

    @property
    def customers(self) -> Customers:
        """The customers of the account."""
        return self._customers

    def _open(self, connections: Connections, http_client: Any, session: Session, options: RequestOptions) -> None:
        self._transport = Transport(pool(connections, http_client), session, options)
        self._customers = Customers(self._transport)

    def _use(self, options: RequestOptions) -> None:
        self._transport = self._transport.with_options(options)
        self._customers = Customers(self._transport)

    def bulk(
        self,
        requests: Iterable[BulkRequest[Value]],
        *,
        in_flight: int = 8,
        errors: Errors = "raise",
        on_progress: Callable[[BulkProgress], object] | None = None,
        options: RequestOptions | None = None,
    ) -> BulkResults[BulkRequest[Value], Value]:
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
        run = RunOptions(in_flight, errors, on_progress)
        return BulkResults(self._transport.with_options(options), requests, _call_of, run)

    def close(self) -> None:
        """Close the connections. Calling it again does nothing."""
        if self._owns_connections:
            self._transport.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()


class AsyncChargeOver(_Client[httpx2.AsyncClient]):
    """A client of one ChargeOver account, for asyncio: the same arguments and methods as ChargeOver, awaited.

    Use it in an ``async with`` block, or call ``await close()`` to release its connections. One client may serve many
    tasks of one event loop. ``http_client`` is an httpx2.AsyncClient here.
    """

    @property
    def customers(self) -> AsyncCustomers:
        """The customers of the account."""
        return self._customers

    def _open(self, connections: Connections, http_client: Any, session: Session, options: RequestOptions) -> None:
        self._transport = AsyncTransport(async_pool(connections, http_client), session, options)
        self._customers = AsyncCustomers(self._transport)

    def _use(self, options: RequestOptions) -> None:
        self._transport = self._transport.with_options(options)
        self._customers = AsyncCustomers(self._transport)

    def bulk(
        self,
        requests: Iterable[BulkRequest[Value]] | AsyncIterable[BulkRequest[Value]],
        *,
        in_flight: int = 8,
        errors: Errors = "raise",
        on_progress: Callable[[BulkProgress], object] | None = None,
        options: RequestOptions | None = None,
    ) -> AsyncBulkResults[BulkRequest[Value], Value]:
        """Send many requests, up to 25 in each bulk request. See ChargeOver.bulk; the input may be async too."""
        run = RunOptions(in_flight, errors, on_progress)
        return AsyncBulkResults(self._transport.with_options(options), requests, _call_of, run)

    async def close(self) -> None:
        """Close the connections. Calling it again does nothing."""
        if self._owns_connections:
            await self._transport.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.close()


def _call_of(request: BulkRequest[Value]) -> Call[Value]:
    if not isinstance(request, BulkRequest):  # pyright: ignore[reportUnnecessaryIsInstance]  callers without types
        raise InvalidFieldError(f"Each request must be a BulkRequest, not {type(request).__name__}.")
    return request.call
