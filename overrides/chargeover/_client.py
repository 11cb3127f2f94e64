"""The two clients: where an account is, as whom, and what can be done there."""

import os
import ssl
from abc import ABC, abstractmethod
from collections.abc import AsyncIterable, Callable, Iterable, Mapping
from types import TracebackType
from typing import Any, Generic, NoReturn, Self, TypeVar

import httpx2

from ._async_customers import AsyncCustomers
from ._bulk import BulkProgress, BulkRequest
from ._bulk_runs import AsyncBulkResults, BulkResults, Errors, Options
from ._connections import Connections, async_pool, pool
from ._customers import Customers
from ._errors import InvalidFieldError
from ._limiter import Limiter
from ._log import configure
from ._options import DEFAULTS, RequestOptions, RetryEvent
from ._secrets import Arguments, Environment
from ._sending import Account
from ._settings import resolve
from ._transport import AsyncTransport, Transport

Value = TypeVar("Value")
Http = TypeVar("Http", httpx2.Client, httpx2.AsyncClient)

LARGEST_RESPONSE = 64 * 1024 * 1024
"""Bytes of an answer that are read, at most, where nothing else is set."""


class _Client(ABC, Generic[Http]):
    """What the two clients have in common: everything but the sending."""

    base_url: str

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
    ) -> None:
        texts = Arguments(instance=instance, base_url=base_url, username=username, password=password, proxy=proxy)
        del instance, base_url, username, password, proxy  # a traceback that shows locals must not show these
        environment = Environment(os.environ)
        configure(environment)
        options = RequestOptions(timeout=timeout, deadline=deadline, max_retries=max_retries, on_retry=on_retry)
        settings = resolve(texts, environment)
        connections = Connections(
            is_plain_http=settings.is_plain_http,
            max_connections=max_connections,
            proxy=texts.get("proxy"),
            ssl_context=ssl_context,
        )
        account = Account(
            settings,
            Limiter(requests_per_second),
            largest_response=LARGEST_RESPONSE if max_response_bytes is None else max_response_bytes,
            user_agent=user_agent,
            logs_bodies=log_bodies,
        )
        self.base_url = settings.base_url
        self._owns_connections = http_client is None
        self._open(connections, http_client, account, options.over(DEFAULTS))

    @abstractmethod
    def _open(self, connections: Connections, http_client: Any, account: Account, options: RequestOptions) -> None: ...

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
        """A client of the same account over the same connections, with other options. This one stays as it is.

        Args:
            timeout: see RequestOptions, as for all of these. None keeps what this client has.
            deadline: see there.
            max_retries: see there.
            on_retry: see there.
            extra_headers: see there.
            extra_query: see there.
            extra_body: see there.

        Returns:
            The other client. Closing it leaves the connections open: they are this one's.

        Raises:
            ConfigurationError: a value that cannot be.
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
        # A client that could not be built is printed too, by tools that show the locals of a traceback.
        return f"{type(self).__name__}(base_url={getattr(self, 'base_url', None)!r})"

    def __reduce__(self) -> NoReturn:
        raise TypeError(
            "A client cannot be pickled or copied: it has connections and a password. Make one where it is used."
        )


class ChargeOver(_Client[httpx2.Client]):
    """A client of one ChargeOver account.

    Usable in a ``with`` block or without one; ``close()`` gives its connections back. One client may serve many
    threads. Arguments that are left out are read from the environment when the client is built.

    Args:
        instance: the first label of the account's host name: ``"acme"`` for https://acme.chargeover.com (docs).
            Default: CHARGEOVER_INSTANCE.
        base_url: instead of ``instance``, the whole address, such as that of a sandbox. Plain http is refused except
            for loopback hosts. Default: CHARGEOVER_BASE_URL.
        username: the API key's user name (docs). Default: CHARGEOVER_USERNAME.
        password: the API key's private key (docs). Default: CHARGEOVER_PASSWORD.
        timeout: seconds to wait for a connection and for each part of an answer; 30 if it is left out.
        deadline: seconds that a call may take in all, waits and repetitions included; 120 if it is left out.
        max_retries: how often a request that failed is sent again, at most; 3 if it is left out.
        on_retry: called with a RetryEvent before each wait.
        requests_per_second: at most so many, over all threads; None for no limit of the client's own. After a 429 the
            client slows down by itself.
        max_connections: connections at once, at most; 100 if it is left out.
        max_response_bytes: an answer that is larger, decompressed, is an error; 64 MiB if it is left out.
        proxy: the URL of a proxy. Without it, the environment's proxies are used, for https alone.
        ssl_context: certificates of its own, to trust a private authority or to show a client certificate.
        http_client: an httpx2.Client to send with, instead of one of its own. Its connections, transport and event
            hooks are used, its headers, auth, cookies and timeouts are not, and it is not closed.
        user_agent: what the User-Agent header says besides version, Python and platform: ``"acme-sync/1.2"``.
        log_bodies: log bodies at level DEBUG too, with everything that may be about a person masked.

    Attributes:
        customers: the customers of the account.
        base_url: the address that requests go to.

    Raises:
        ConfigurationError: something is missing, contradicts something else, or is not safe.
    """

    customers: Customers

    def _open(self, connections: Connections, http_client: Any, account: Account, options: RequestOptions) -> None:
        self._transport = Transport(pool(connections, http_client), account, options)
        self.customers = Customers(self._transport)

    def _use(self, options: RequestOptions) -> None:
        self._transport = self._transport.with_options(options)
        self.customers = Customers(self._transport)

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

        Nothing is sent before the results are asked for. A request that fails does not undo the others (assumed).

        Args:
            requests: the requests, any number of them, taken lazily. Those that are in the same bulk request are
                carried out in order; bulk requests that are under way at the same time overtake one another, so
                with ``in_flight=1`` all is in order.
            in_flight: bulk requests under way at once, at most.
            errors: ``"raise"`` raises a BulkError after the last result if some failed; ``"return"`` leaves it at the
                results.
            on_progress: called after each bulk request, in order, with what was done so far.
            options: for these requests alone, instead of the client's.

        Returns:
            An iterator of one result for each request, in order.

        Raises:
            InvalidFieldError: an option that cannot be; nothing was sent.
        """
        run = Options(in_flight, errors, on_progress)
        return BulkResults(self._transport.with_options(options), requests, _itself, run)

    def close(self) -> None:
        """Close the connections. May be called more than once."""
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

    Usable in an ``async with`` block or without one; ``await close()`` gives its connections back. One client may serve
    many tasks of one event loop. ``http_client`` is an httpx2.AsyncClient here.
    """

    customers: AsyncCustomers

    def _open(self, connections: Connections, http_client: Any, account: Account, options: RequestOptions) -> None:
        self._transport = AsyncTransport(async_pool(connections, http_client), account, options)
        self.customers = AsyncCustomers(self._transport)

    def _use(self, options: RequestOptions) -> None:
        self._transport = self._transport.with_options(options)
        self.customers = AsyncCustomers(self._transport)

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
        run = Options(in_flight, errors, on_progress)
        return AsyncBulkResults(self._transport.with_options(options), requests, _itself, run)

    async def close(self) -> None:
        """Close the connections. May be called more than once."""
        if self._owns_connections:
            await self._transport.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.close()


def _itself(request: BulkRequest[Value]) -> BulkRequest[Value]:
    if not isinstance(request, BulkRequest):  # pyright: ignore[reportUnnecessaryIsInstance]  callers without types
        raise InvalidFieldError(f"Each request must be a BulkRequest, not {type(request).__name__}.")
    return request
