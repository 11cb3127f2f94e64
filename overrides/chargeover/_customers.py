"""The customers of an account: ``client.customers``."""

from collections.abc import AsyncIterable, Callable, Iterable
from typing import Unpack

from . import _operations
from ._bulk import BulkProgress
from ._bulk_runs import AsyncBulkResults, BulkResults, Errors, Options
from ._changes import Change, update_request
from ._conditions import Order, Where, where_text
from ._customer import Customer
from ._listing import LARGEST_PAGE, AsyncCustomerIterator, CustomerIterator, Paging
from ._transport import AsyncTransport, Transport
from ._wire import CustomerCreateFields, CustomerUpdateFields


class Customers:
    """The customers of an account, through a ChargeOver client."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def create(self, **fields: Unpack[CustomerCreateFields]) -> int:
        """Create a customer (docs).

        Args:
            **fields: the fields of ``CustomerCreate`` in openapi.yaml; ``company`` is required.

        Returns:
            The new customer's ID.

        Raises:
            UnknownFieldError: a name that the contract does not have; nothing was sent.
            InvalidFieldError: a value that the contract forbids, or no company; nothing was sent.
            BadRequestError: a rule forbids it, such as an external key that is in use.
            ChargeOverError: any other failure.
        """
        return self._transport.send(_operations.create_customer(fields))

    def get(self, customer_id: int) -> Customer:
        """Read a customer (docs).

        Args:
            customer_id: the customer's ID, from 1 to 2^63 - 1.

        Returns:
            The customer. Almost any of its attributes may be None.

        Raises:
            InvalidFieldError: no such ID can exist; nothing was sent.
            NotFoundError: there is no customer with this ID.
            ChargeOverError: any other failure.
        """
        return self._transport.send(_operations.get_customer(customer_id))

    def get_by_external_key(self, external_key: str) -> Customer:
        """Read a customer by its external key, the key that it has in your own system (docs).

        Args:
            external_key: the key; not empty.

        Returns:
            The customer.

        Raises:
            InvalidFieldError: no such key can exist; nothing was sent.
            NotFoundError: there is no customer with this key.
            ChargeOverError: any other failure.
        """
        return self._transport.send(_operations.get_customer_by_external_key(external_key))

    def get_by_token(self, token: str) -> Customer:
        """Read a customer by its token (client).

        Args:
            token: the token, as in ``Customer.token``; not empty.

        Returns:
            The customer.

        Raises:
            InvalidFieldError: no such token can exist; nothing was sent.
            NotFoundError: there is no customer with this token.
            ChargeOverError: any other failure.
        """
        return self._transport.send(_operations.get_customer_by_token(token))

    def list(
        self,
        *,
        where: Where | None = None,
        order: str | Order | None = None,
        limit: int | None = None,
        page_size: int = LARGEST_PAGE,
        offset: int = 0,
    ) -> CustomerIterator:
        """Find customers (docs). Nothing is sent before the first one is asked for.

        Pages are fetched one at a time, so memory does not grow with the number of customers. In the order of the IDs,
        which is the default, customers that are created or deleted meanwhile shift nothing: each that was there all
        the time is given once. In any other order such a change can make the list skip or repeat a customer.

        Args:
            where: conditions that must all hold, such as ``[Field.bill_state == "MN", Field.company.contains("Ltd")]``,
                or a text in the API's own words, such as ``"bill_state:EQUALS:MN"``. None for all customers.
            order: ``Field.company.asc()``, ``Field.mod_datetime.desc()``, or a text such as ``"company:ASC"``. None for
                the order of the IDs.
            limit: how many customers at most; None for all.
            page_size: how many to fetch at a time, from 1 to 500.
            offset: how many to leave out at the start.

        Returns:
            An iterator of customers. ``.pages()`` gives them as lists, one for each page.

        Raises:
            InvalidFieldError: an argument that cannot be asked for; nothing was sent.
            ChargeOverError: from the iterator: any failure of a request.
        """
        return CustomerIterator(self._transport, Paging(where, order, limit, page_size, offset))

    def count(self, *, where: Where | None = None) -> int:
        """Count customers (client).

        Args:
            where: as for ``list``. None for all customers.

        Returns:
            How many there are.

        Raises:
            InvalidFieldError: a ``where`` that cannot be asked for; nothing was sent.
            BadRequestError: a ``where`` that the server refuses.
            ChargeOverError: any other failure.
        """
        return self._transport.send(_operations.count_customers(where_text(where)))

    def update(self, customer_id: int, **fields: Unpack[CustomerUpdateFields]) -> int:
        """Change the fields that are given and leave all others as they are (seed).

        ``parent_customer_id=None`` disconnects the customer from its parent. The parent can only be changed, or
        removed, while it has not made a payment for this customer (seed).

        Args:
            customer_id: the customer's ID, from 1 to 2^63 - 1.
            **fields: the fields of ``CustomerUpdate`` in openapi.yaml. A field that is left out is not sent; None
                sends null where the contract has null and is refused elsewhere.

        Returns:
            The customer's ID.

        Raises:
            UnknownFieldError: a name that the contract does not have; nothing was sent.
            InvalidFieldError: no field at all, or a value that the contract forbids; nothing was sent.
            BadRequestError: a rule forbids the change.
            NotFoundError: there is no customer with this ID.
            ChargeOverError: any other failure.
        """
        return self._transport.send(_operations.update_customer(customer_id, fields))

    def update_by_external_key(self, customer_key: str, /, **fields: Unpack[CustomerUpdateFields]) -> int | None:
        """Change the fields of the customer that has an external key (docs). See ``update``.

        Args:
            customer_key: the key that it has now; not empty. ``external_key=`` among the fields gives it another.
            **fields: as for ``update``.

        Returns:
            The customer's ID, or None if the answer does not say it.

        Raises:
            ChargeOverError: as for ``update``.
        """
        return self._transport.send(_operations.update_customer_by_external_key(customer_key, fields))

    def bulk_update(
        self,
        changes: Iterable[Change],
        *,
        in_flight: int = 8,
        errors: Errors = "raise",
        on_progress: Callable[[BulkProgress], object] | None = None,
    ) -> BulkResults[Change, int | None]:
        """Change many customers, 25 in each request (docs). Nothing is sent before the results are asked for.

        An update that fails does not undo the others (assumed). A change that is wrong in itself, such as one with a
        misspelled field, is not sent; its result has the error. If the input raises, what it gave before is sent and
        answered, and then the error is raised.

        Args:
            changes: pairs of a customer and its new fields: ``(1234, {"company": "Acme Ltd"})``. An int is a customer's
                ID, a string its external key. Taken lazily, any number of them.
            in_flight: bulk requests under way at once, at most. They overtake one another: two changes of one
                customer belong in one pair, or need ``in_flight=1``.
            errors: ``"raise"`` raises a BulkError after the last result if some failed; ``"return"`` leaves it at the
                results, and keeps nothing in memory.
            on_progress: called after each bulk request, in order, with what was done so far.

        Returns:
            An iterator of one result for each change, in the order of the input.

        Raises:
            InvalidFieldError: an option that cannot be; nothing was sent.
        """
        return BulkResults(self._transport, changes, update_request, Options(in_flight, errors, on_progress))

    def delete(self, customer_id: int) -> None:
        """Delete a customer (client). Its ID and, by default, its external key are never used again (docs).

        Args:
            customer_id: the customer's ID, from 1 to 2^63 - 1.

        Raises:
            InvalidFieldError: no such ID can exist; nothing was sent.
            BadRequestError: it is the parent of others (assumed).
            NotFoundError: there is no customer with this ID.
            ChargeOverError: any other failure.
        """
        self._transport.send(_operations.delete_customer(customer_id))

    def delete_by_external_key(self, external_key: str) -> None:
        """Delete the customer that has an external key (docs). See ``delete``.

        Args:
            external_key: the key; not empty.

        Raises:
            ChargeOverError: as for ``delete``.
        """
        self._transport.send(_operations.delete_customer_by_external_key(external_key))

    def disconnect_parent(self, customer_id: int) -> None:
        """Disconnect a customer from its parent (docs), as ``update(customer_id, parent_customer_id=None)`` does.

        Args:
            customer_id: the customer's ID, from 1 to 2^63 - 1.

        Raises:
            InvalidFieldError: no such ID can exist; nothing was sent.
            BadRequestError: the parent has made a payment for this customer.
            NotFoundError: there is no customer with this ID.
            ChargeOverError: any other failure.
        """
        self._transport.send(_operations.disconnect_parent(customer_id))


class AsyncCustomers:
    """The customers of an account, through an AsyncChargeOver client. Each method is that of Customers, awaited."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def create(self, **fields: Unpack[CustomerCreateFields]) -> int:
        """Create a customer. See Customers.create."""
        return await self._transport.send(_operations.create_customer(fields))

    async def get(self, customer_id: int) -> Customer:
        """Read a customer. See Customers.get."""
        return await self._transport.send(_operations.get_customer(customer_id))

    async def get_by_external_key(self, external_key: str) -> Customer:
        """Read a customer by its external key. See Customers.get_by_external_key."""
        return await self._transport.send(_operations.get_customer_by_external_key(external_key))

    async def get_by_token(self, token: str) -> Customer:
        """Read a customer by its token. See Customers.get_by_token."""
        return await self._transport.send(_operations.get_customer_by_token(token))

    def list(
        self,
        *,
        where: Where | None = None,
        order: str | Order | None = None,
        limit: int | None = None,
        page_size: int = LARGEST_PAGE,
        offset: int = 0,
    ) -> AsyncCustomerIterator:
        """Find customers, for ``async for``. See Customers.list."""
        return AsyncCustomerIterator(self._transport, Paging(where, order, limit, page_size, offset))

    async def count(self, *, where: Where | None = None) -> int:
        """Count customers. See Customers.count."""
        return await self._transport.send(_operations.count_customers(where_text(where)))

    async def update(self, customer_id: int, **fields: Unpack[CustomerUpdateFields]) -> int:
        """Change the fields that are given. See Customers.update."""
        return await self._transport.send(_operations.update_customer(customer_id, fields))

    async def update_by_external_key(self, customer_key: str, /, **fields: Unpack[CustomerUpdateFields]) -> int | None:
        """Change the fields of the customer that has an external key. See Customers.update_by_external_key."""
        return await self._transport.send(_operations.update_customer_by_external_key(customer_key, fields))

    def bulk_update(
        self,
        changes: Iterable[Change] | AsyncIterable[Change],
        *,
        in_flight: int = 8,
        errors: Errors = "raise",
        on_progress: Callable[[BulkProgress], object] | None = None,
    ) -> AsyncBulkResults[Change, int | None]:
        """Change many customers, for ``async for``. See Customers.bulk_update; the input may be async too."""
        return AsyncBulkResults(self._transport, changes, update_request, Options(in_flight, errors, on_progress))

    async def delete(self, customer_id: int) -> None:
        """Delete a customer. See Customers.delete."""
        await self._transport.send(_operations.delete_customer(customer_id))

    async def delete_by_external_key(self, external_key: str) -> None:
        """Delete the customer that has an external key. See Customers.delete_by_external_key."""
        await self._transport.send(_operations.delete_customer_by_external_key(external_key))

    async def disconnect_parent(self, customer_id: int) -> None:
        """Disconnect a customer from its parent. See Customers.disconnect_parent."""
        await self._transport.send(_operations.disconnect_parent(customer_id))
