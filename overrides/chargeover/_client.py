"""The client: the address of an account, the credentials, and what can be done there."""

from collections.abc import Callable, Iterable, Mapping
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, cast

from ._base_client import BaseClient, Value, call_of
from ._settings.options import RequestOptions

if TYPE_CHECKING:  # imported once they are needed: the HTTP library, and all that uses it, by the first call
    import httpx2  # noqa: F401  the base of the class names it

    from ._bulk.results import BulkProgress
    from ._bulk.runs import BulkResults, Errors
    from ._calls.conditions import Order, Where
    from ._calls.raw import RawEnvelope
    from ._customers.methods import Customers
    from ._customers.operations import BulkRequest
    from ._exchange import SentRequest
    from ._http.middleware import Middleware  # noqa: F401
    from ._http.rows import RowIterator
    from ._http.transport import Transport
    from ._subscriptions import Webhooks


class ChargeOver(BaseClient["httpx2.Client", "Middleware"]):
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
        return BulkResults(self._transport.with_options(options), requests, call_of, run)

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
