"""The customers of an account, for asyncio: ``client.customers`` of an AsyncChargeOver."""

from collections.abc import AsyncIterable, Callable, Iterable
from typing import TYPE_CHECKING, Unpack, cast

from chargeover._bulk.results import BulkProgress
from chargeover._bulk.runs import AsyncBulkResults, Errors, RunOptions
from chargeover._calls.conditions import Order, Where, where_text
from chargeover._calls.fields import given_fields
from chargeover._exchange import SentRequest
from chargeover._http.raw import AsyncRawTransport, async_with_response
from chargeover._settings.options import RequestOptions
from chargeover._wire import CustomerCreateFields, CustomerUpdateFields

from . import operations
from .changes import Change, Diff, diff_call, diff_of, update_of
from .customer import Customer
from .listing import LARGEST_PAGE, AsyncCustomerIterator, Paging
from .upserts import KeyedChange, Upserted, upsert_call, upsert_of

if TYPE_CHECKING:
    from chargeover._http.transport import AsyncTransport


class AsyncCustomers:
    """The customers of an account, through an AsyncChargeOver client. Each method is that of Customers, awaited."""

    def __init__(self, transport: "AsyncTransport") -> None:
        self._transport = transport

    async def create(
        self,
        fields: CustomerCreateFields | None = None,
        *,
        options: RequestOptions | None = None,
        **others: Unpack[CustomerCreateFields],
    ) -> int:
        """Create a customer. See Customers.create."""
        return await self._transport.send(operations.create_customer(given_fields(fields, others)), options)

    async def get(self, customer_id: int | Customer, *, options: RequestOptions | None = None) -> Customer:
        """Read a customer. See Customers.get."""
        return await self._transport.send(operations.get_customer(customer_id), options)

    async def get_by_external_key(self, external_key: str, *, options: RequestOptions | None = None) -> Customer:
        """Read a customer by its external key. See Customers.get_by_external_key."""
        return await self._transport.send(operations.get_customer_by_external_key(external_key), options)

    async def get_by_token(self, token: str, *, options: RequestOptions | None = None) -> Customer:
        """Read a customer by its token. See Customers.get_by_token."""
        return await self._transport.send(operations.get_customer_by_token(token), options)

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
        return await self._transport.send(operations.count_customers(where_text(where)), options)

    async def update(
        self,
        customer_id: int | Customer,
        fields: CustomerUpdateFields | None = None,
        *,
        options: RequestOptions | None = None,
        **others: Unpack[CustomerUpdateFields],
    ) -> int:
        """Change the given fields. See Customers.update."""
        return await self._transport.send(
            operations.update_customer(customer_id, given_fields(fields, others)), options
        )

    async def update_by_external_key(
        self,
        customer_key: str,
        /,
        fields: CustomerUpdateFields | None = None,
        *,
        options: RequestOptions | None = None,
        **others: Unpack[CustomerUpdateFields],
    ) -> int | None:
        """Change the fields of the customer that has an external key. See Customers.update_by_external_key."""
        return await self._transport.send(
            operations.update_customer_by_external_key(customer_key, given_fields(fields, others)), options
        )

    async def upsert(
        self,
        external_key: str,
        /,
        fields: CustomerUpdateFields | None = None,
        *,
        options: RequestOptions | None = None,
        **others: Unpack[CustomerUpdateFields],
    ) -> Upserted:
        """Change the customer that has an external key, or create it. See Customers.upsert."""
        return await self._transport.send(upsert_call(external_key, given_fields(fields, others)), options)

    def preview(
        self,
        customer_id: int | Customer,
        fields: CustomerUpdateFields | None = None,
        *,
        options: RequestOptions | None = None,
        **others: Unpack[CustomerUpdateFields],
    ) -> SentRequest:
        """The request that ``update`` would send. Not awaited, since nothing is sent. See Customers.preview."""
        return self._transport.preview(operations.update_customer(customer_id, given_fields(fields, others)), options)

    def preview_by_external_key(
        self,
        customer_key: str,
        /,
        fields: CustomerUpdateFields | None = None,
        *,
        options: RequestOptions | None = None,
        **others: Unpack[CustomerUpdateFields],
    ) -> SentRequest:
        """The request that ``update_by_external_key`` would send. See Customers.preview_by_external_key."""
        return self._transport.preview(
            operations.update_customer_by_external_key(customer_key, given_fields(fields, others)), options
        )

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
            self._transport.with_options(options), changes, update_of, RunOptions(in_flight, errors, on_progress)
        )

    def bulk_upsert(
        self,
        changes: Iterable[KeyedChange] | AsyncIterable[KeyedChange],
        *,
        in_flight: int = 8,
        errors: Errors = "raise",
        on_progress: Callable[[BulkProgress], object] | None = None,
        options: RequestOptions | None = None,
    ) -> AsyncBulkResults[KeyedChange, Upserted]:
        """Change or create many customers by their external keys, for ``async for``. See Customers.bulk_upsert."""
        run = RunOptions(in_flight, errors, on_progress)
        return AsyncBulkResults(self._transport.with_options(options), changes, upsert_of, run)

    async def diff(
        self,
        customer: int | str | Customer,
        /,
        fields: CustomerUpdateFields | None = None,
        *,
        options: RequestOptions | None = None,
        **others: Unpack[CustomerUpdateFields],
    ) -> Diff:
        """The fields that an update would change. See Customers.diff."""
        return await self._transport.send(diff_call(customer, given_fields(fields, others)), options)

    def bulk_diff(
        self,
        changes: Iterable[Change] | AsyncIterable[Change],
        *,
        in_flight: int = 8,
        errors: Errors = "raise",
        on_progress: Callable[[BulkProgress], object] | None = None,
        options: RequestOptions | None = None,
    ) -> AsyncBulkResults[Change, Diff]:
        """The fields that ``bulk_update`` would change, for ``async for``. See Customers.bulk_diff."""
        run = RunOptions(in_flight, errors, on_progress)
        return AsyncBulkResults(self._transport.with_options(options), changes, diff_of, run)

    async def delete(self, customer_id: int | Customer, *, options: RequestOptions | None = None) -> None:
        """Delete a customer. See Customers.delete."""
        return await self._transport.send(operations.delete_customer(customer_id), options)

    async def delete_by_external_key(self, external_key: str, *, options: RequestOptions | None = None) -> None:
        """Delete the customer that has an external key. See Customers.delete_by_external_key."""
        return await self._transport.send(operations.delete_customer_by_external_key(external_key), options)

    async def disconnect_parent(self, customer_id: int | Customer, *, options: RequestOptions | None = None) -> None:
        """Disconnect a customer from its parent. See Customers.disconnect_parent."""
        return await self._transport.send(operations.disconnect_parent(customer_id), options)

    @property
    def with_raw_response(self) -> "AsyncCustomersWithRawResponse":
        """The same methods, each returning a RawResponse: the result with the response's status, headers and body."""
        return AsyncCustomersWithRawResponse(AsyncCustomers(cast("AsyncTransport", AsyncRawTransport(self._transport))))


class AsyncCustomersWithRawResponse:
    """The methods of AsyncCustomers that send one request, each with a RawResponse as its result."""

    def __init__(self, customers: "AsyncCustomers") -> None:
        self.create = async_with_response(customers.create)
        self.get = async_with_response(customers.get)
        self.get_by_external_key = async_with_response(customers.get_by_external_key)
        self.get_by_token = async_with_response(customers.get_by_token)
        self.count = async_with_response(customers.count)
        self.update = async_with_response(customers.update)
        self.update_by_external_key = async_with_response(customers.update_by_external_key)
        self.diff = async_with_response(customers.diff)
        self.delete = async_with_response(customers.delete)
        self.delete_by_external_key = async_with_response(customers.delete_by_external_key)
        self.disconnect_parent = async_with_response(customers.disconnect_parent)
