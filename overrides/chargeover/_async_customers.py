"""The customers of an account, for asyncio: ``client.customers`` of an AsyncChargeOver."""

from collections.abc import AsyncIterable, Callable, Iterable
from typing import Literal, Unpack, cast, overload

from . import _operations
from ._bulk import BulkProgress
from ._bulk_runs import AsyncBulkResults, Errors, Options
from ._changes import Change, diff_request, update_request
from ._conditions import Order, Where, where_text
from ._customer import Customer
from ._diff import Diff, diff_call
from ._exchange import SentRequest
from ._listing import LARGEST_PAGE, AsyncCustomerIterator, Paging
from ._options import RequestOptions
from ._raw import AsyncRawTransport, async_keeping_the_answer
from ._transport import AsyncTransport
from ._wire import CustomerCreateFields, CustomerUpdateFields


class AsyncCustomers:
    """The customers of an account, through an AsyncChargeOver client. Each method is that of Customers, awaited."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def create(self, *, options: RequestOptions | None = None, **fields: Unpack[CustomerCreateFields]) -> int:
        """Create a customer. See Customers.create."""
        return await self._transport.send(_operations.create_customer(fields), options)

    async def get(self, customer_id: int | Customer, *, options: RequestOptions | None = None) -> Customer:
        """Read a customer. See Customers.get."""
        return await self._transport.send(_operations.get_customer(customer_id), options)

    async def get_by_external_key(self, external_key: str, *, options: RequestOptions | None = None) -> Customer:
        """Read a customer by its external key. See Customers.get_by_external_key."""
        return await self._transport.send(_operations.get_customer_by_external_key(external_key), options)

    async def get_by_token(self, token: str, *, options: RequestOptions | None = None) -> Customer:
        """Read a customer by its token. See Customers.get_by_token."""
        return await self._transport.send(_operations.get_customer_by_token(token), options)

    def list(
        self,
        *,
        where: Where | None = None,
        order: str | Order | None = None,
        limit: int | None = None,
        page_size: int = LARGEST_PAGE,
        offset: int = 0,
        options: RequestOptions | None = None,
    ) -> AsyncCustomerIterator:
        """Find customers, for ``async for``. See Customers.list."""
        return AsyncCustomerIterator(
            self._transport.with_options(options), Paging(where, order, limit, page_size, offset)
        )

    async def count(self, *, where: Where | None = None, options: RequestOptions | None = None) -> int:
        """Count customers. See Customers.count."""
        return await self._transport.send(_operations.count_customers(where_text(where)), options)

    @overload
    async def update(
        self,
        customer_id: int | Customer,
        *,
        dry_run: Literal[False] = False,
        options: RequestOptions | None = None,
        **fields: Unpack[CustomerUpdateFields],
    ) -> int: ...
    @overload
    async def update(
        self,
        customer_id: int | Customer,
        *,
        dry_run: Literal[True],
        options: RequestOptions | None = None,
        **fields: Unpack[CustomerUpdateFields],
    ) -> SentRequest: ...
    async def update(
        self,
        customer_id: int | Customer,
        *,
        dry_run: bool = False,
        options: RequestOptions | None = None,
        **fields: Unpack[CustomerUpdateFields],
    ) -> int | SentRequest:
        """Change the fields that are given. See Customers.update."""
        call = _operations.update_customer(customer_id, fields)
        return self._transport.preview(call, options) if dry_run else await self._transport.send(call, options)

    @overload
    async def update_by_external_key(
        self,
        customer_key: str,
        /,
        *,
        dry_run: Literal[False] = False,
        options: RequestOptions | None = None,
        **fields: Unpack[CustomerUpdateFields],
    ) -> int | None: ...
    @overload
    async def update_by_external_key(
        self,
        customer_key: str,
        /,
        *,
        dry_run: Literal[True],
        options: RequestOptions | None = None,
        **fields: Unpack[CustomerUpdateFields],
    ) -> SentRequest: ...
    async def update_by_external_key(
        self,
        customer_key: str,
        /,
        *,
        dry_run: bool = False,
        options: RequestOptions | None = None,
        **fields: Unpack[CustomerUpdateFields],
    ) -> int | SentRequest | None:
        """Change the fields of the customer that has an external key. See Customers.update_by_external_key."""
        call = _operations.update_customer_by_external_key(customer_key, fields)
        return self._transport.preview(call, options) if dry_run else await self._transport.send(call, options)

    def bulk_update(
        self,
        changes: Iterable[Change] | AsyncIterable[Change],
        *,
        in_flight: int = 8,
        errors: Errors = "raise",
        on_progress: Callable[[BulkProgress], object] | None = None,
        options: RequestOptions | None = None,
    ) -> AsyncBulkResults[Change, int | None]:
        """Change many customers, for ``async for``. See Customers.bulk_update; the input may be async too."""
        return AsyncBulkResults(
            self._transport.with_options(options), changes, update_request, Options(in_flight, errors, on_progress)
        )

    async def diff(
        self,
        customer: int | str | Customer,
        /,
        *,
        options: RequestOptions | None = None,
        **fields: Unpack[CustomerUpdateFields],
    ) -> Diff:
        """What an update would change. See Customers.diff."""
        return await self._transport.send(diff_call(customer, fields), options)

    def bulk_diff(
        self,
        changes: Iterable[Change] | AsyncIterable[Change],
        *,
        in_flight: int = 8,
        errors: Errors = "raise",
        on_progress: Callable[[BulkProgress], object] | None = None,
        options: RequestOptions | None = None,
    ) -> AsyncBulkResults[Change, Diff]:
        """What ``bulk_update`` would change, for ``async for``. See Customers.bulk_diff."""
        run = Options(in_flight, errors, on_progress)
        return AsyncBulkResults(self._transport.with_options(options), changes, diff_request, run)

    async def delete(self, customer_id: int | Customer, *, options: RequestOptions | None = None) -> None:
        """Delete a customer. See Customers.delete."""
        return await self._transport.send(_operations.delete_customer(customer_id), options)

    async def delete_by_external_key(self, external_key: str, *, options: RequestOptions | None = None) -> None:
        """Delete the customer that has an external key. See Customers.delete_by_external_key."""
        return await self._transport.send(_operations.delete_customer_by_external_key(external_key), options)

    async def disconnect_parent(self, customer_id: int | Customer, *, options: RequestOptions | None = None) -> None:
        """Disconnect a customer from its parent. See Customers.disconnect_parent."""
        return await self._transport.send(_operations.disconnect_parent(customer_id), options)

    @property
    def with_raw_response(self) -> "AsyncCustomersWithRawResponse":
        """The same methods, but each gives a RawResponse: the result, and the answer's status, headers and body."""
        return AsyncCustomersWithRawResponse(AsyncCustomers(cast("AsyncTransport", AsyncRawTransport(self._transport))))


class AsyncCustomersWithRawResponse:
    """The methods of AsyncCustomers that send one request, each with a RawResponse as its result."""

    def __init__(self, customers: "AsyncCustomers") -> None:
        self.create = async_keeping_the_answer(customers.create)
        self.get = async_keeping_the_answer(customers.get)
        self.get_by_external_key = async_keeping_the_answer(customers.get_by_external_key)
        self.get_by_token = async_keeping_the_answer(customers.get_by_token)
        self.count = async_keeping_the_answer(customers.count)
        self.update = async_keeping_the_answer(customers.update)
        self.update_by_external_key = async_keeping_the_answer(customers.update_by_external_key)
        self.diff = async_keeping_the_answer(customers.diff)
        self.delete = async_keeping_the_answer(customers.delete)
        self.delete_by_external_key = async_keeping_the_answer(customers.delete_by_external_key)
        self.disconnect_parent = async_keeping_the_answer(customers.disconnect_parent)
