"""The client for asyncio: the same arguments and methods as ChargeOver, awaited."""

from collections.abc import AsyncIterable, Callable, Iterable, Mapping
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, cast

from ._base_client import BaseClient, Value, call_of
from ._settings.options import RequestOptions

if TYPE_CHECKING:  # imported once they are needed: the HTTP library, and all that uses it, by the first call
    import httpx2  # noqa: F401  the base of the class names it

    from ._bulk.results import BulkProgress
    from ._bulk.runs import AsyncBulkResults, Errors
    from ._calls.conditions import Order, Where
    from ._calls.raw import RawEnvelope
    from ._customers.async_methods import AsyncCustomers
    from ._customers.operations import BulkRequest
    from ._exchange import SentRequest
    from ._http.middleware import AsyncMiddleware, Middleware  # noqa: F401
    from ._http.rows import AsyncRowIterator
    from ._http.transport import AsyncTransport
    from ._subscriptions import AsyncWebhooks


class AsyncChargeOver(BaseClient["httpx2.AsyncClient", "Middleware | AsyncMiddleware"]):
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
        return AsyncBulkResults(self._transport.with_options(options), requests, call_of, run)

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
