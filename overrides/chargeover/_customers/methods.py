"""The customers of an account: ``client.customers``."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Unpack, cast

from chargeover._bulk.results import BulkProgress
from chargeover._bulk.runs import BulkResults, Errors, RunOptions
from chargeover._calls.conditions import Order, Where, where_text
from chargeover._calls.fields import given_fields
from chargeover._exchange import SentRequest
from chargeover._http.raw import RawTransport, with_response
from chargeover._settings.options import RequestOptions
from chargeover._wire import CustomerCreateFields, CustomerUpdateFields

from . import operations
from .changes import Change, Diff, diff_call, diff_of, update_of
from .customer import Customer
from .listing import LARGEST_PAGE, CustomerIterator, Paging
from .upserts import KeyedChange, Upserted, upsert_call, upsert_of

if TYPE_CHECKING:
    from chargeover._http.transport import Transport


class Customers:
    """The customers of an account, through a ChargeOver client.

    Every method takes ``options``: RequestOptions for that call, which override those of the client.
    """

    def __init__(self, transport: "Transport") -> None:
        self._transport = transport

    def create(
        self,
        fields: CustomerCreateFields | None = None,
        *,
        options: RequestOptions | None = None,
        **others: Unpack[CustomerCreateFields],
    ) -> int:
        """Create a customer (docs).

        Args:
            fields: the fields, as a mapping; ``company`` is required.
            **others: the same, as arguments.

        Returns:
            The new customer's ID.

        Raises:
            UnknownFieldError: a name that the contract does not have; nothing was sent.
            InvalidFieldError: a value that the contract does not allow, or no company; nothing was sent.
            BadRequestError: a rule forbids it, such as an external key that is in use.
            ChargeOverError: any other failure.
        """
        return self._transport.send(operations.create_customer(given_fields(fields, others)), options)

    def get(self, customer_id: int | Customer, *, options: RequestOptions | None = None) -> Customer:
        """Read a customer (docs).

        Args:
            customer_id: the customer's ID, from 1 to 2^63 - 1, or a Customer that was read.

        Returns:
            The customer. Almost any of its attributes may be None.

        Raises:
            InvalidFieldError: the ID is not possible; nothing was sent.
            NotFoundError: there is no customer with this ID.
            ChargeOverError: any other failure.
        """
        return self._transport.send(operations.get_customer(customer_id), options)

    def get_by_external_key(self, external_key: str, *, options: RequestOptions | None = None) -> Customer:
        """Read a customer by its external key, its key in your own system (docs).

        Args:
            external_key: the key; not empty.

        Returns:
            The customer.

        Raises:
            InvalidFieldError: the key is not possible; nothing was sent.
            NotFoundError: there is no customer with this key.
            ChargeOverError: any other failure.
        """
        return self._transport.send(operations.get_customer_by_external_key(external_key), options)

    def get_by_token(self, token: str, *, options: RequestOptions | None = None) -> Customer:
        """Read a customer by its token (client).

        Args:
            token: the token, as in ``Customer.token``; not empty.

        Returns:
            The customer.

        Raises:
            InvalidFieldError: the token is not possible; nothing was sent.
            NotFoundError: there is no customer with this token.
            ChargeOverError: any other failure.
        """
        return self._transport.send(operations.get_customer_by_token(token), options)

    def list(
        self,
        *,
        where: Where | None = None,
        order: str | Order | None = None,
        limit: int | None = None,
        page_size: int = LARGEST_PAGE,
        offset: int = 0,
        options: RequestOptions | None = None,
    ) -> CustomerIterator:
        """Find customers (docs). Nothing is sent before iteration starts.

        Pages are fetched one at a time, so memory does not grow with the number of customers. In the order of the IDs,
        which is the default, customers that are created or deleted meanwhile shift nothing: each customer that exists
        all the time is returned once. In any other order, such a change can make the list skip or repeat a customer.

        Args:
            where: conditions that must all match, such as ``[Field.bill_state == "MN", Field.company.contains("x")]``,
                or a text in the API's syntax, such as ``"bill_state:EQUALS:MN"``. None for all customers.
            order: ``Field.company.asc()``, ``Field.mod_datetime.desc()``, or a text such as ``"company:ASC"``. None for
                the order of the IDs.
            limit: the most customers to return; None for all.
            page_size: how many to fetch at a time, from 1 to 500.
            offset: how many to skip at the start.

        Returns:
            An iterator of customers. ``.pages()`` returns them as lists, one for each page.

        Raises:
            InvalidFieldError: an argument that is not allowed; nothing was sent.
            ChargeOverError: from the iterator: any failure of a request.
        """
        return CustomerIterator(self._transport.with_options(options), Paging(where, order, limit, page_size, offset))

    def count(self, *, where: Where | None = None, options: RequestOptions | None = None) -> int:
        """Count customers (client).

        Args:
            where: as for ``list``. None for all customers.

        Returns:
            Their number.

        Raises:
            InvalidFieldError: a ``where`` that is not allowed; nothing was sent.
            BadRequestError: a ``where`` that the server refuses.
            ChargeOverError: any other failure.
        """
        return self._transport.send(operations.count_customers(where_text(where)), options)

    def update(
        self,
        customer_id: int | Customer,
        fields: CustomerUpdateFields | None = None,
        *,
        options: RequestOptions | None = None,
        **others: Unpack[CustomerUpdateFields],
    ) -> int:
        """Change the given fields and leave all others as they are (seed).

        ``parent_customer_id=None`` disconnects the customer from its parent. The parent can be changed or removed only
        as long as it has not made a payment for this customer (seed).

        Args:
            customer_id: the customer's ID, from 1 to 2^63 - 1, or a Customer that was read.
            fields: the fields, as a mapping. A field that is left out is not sent; None is sent as null where the
                contract allows null, and refused elsewhere.
            **others: the same, as arguments.

        Returns:
            The customer's ID.

        Raises:
            UnknownFieldError: a name that the contract does not have; nothing was sent.
            InvalidFieldError: no field at all, or a value that the contract does not allow; nothing was sent.
            BadRequestError: a rule forbids the change.
            NotFoundError: there is no customer with this ID.
            ChargeOverError: any other failure.
        """
        return self._transport.send(operations.update_customer(customer_id, given_fields(fields, others)), options)

    def update_by_external_key(
        self,
        customer_key: str,
        /,
        fields: CustomerUpdateFields | None = None,
        *,
        options: RequestOptions | None = None,
        **others: Unpack[CustomerUpdateFields],
    ) -> int | None:
        """Change the fields of the customer that has an external key (docs). See ``update``.

        Args:
            customer_key: its present key; not empty. ``external_key=`` among the fields changes the key.
            fields: as for ``update``.
            **others: as for ``update``.

        Returns:
            The customer's ID, or None if the response lacks it.

        Raises:
            ChargeOverError: as for ``update``.
        """
        return self._transport.send(
            operations.update_customer_by_external_key(customer_key, given_fields(fields, others)), options
        )

    def upsert(
        self,
        external_key: str,
        /,
        fields: CustomerUpdateFields | None = None,
        *,
        options: RequestOptions | None = None,
        **others: Unpack[CustomerUpdateFields],
    ) -> Upserted:
        """Change the customer that has an external key, or create it where there is none (docs).

        The same call again changes nothing more, so it may be repeated. If another program creates the customer at the
        same moment, it is changed after all.

        Args:
            external_key: the key; not empty.
            fields: as for ``update``. A customer that does not exist needs a ``company``.
            **others: as for ``update``.

        Returns:
            The customer's ID, and whether it was created.

        Raises:
            UnknownFieldError: a name that the contract does not have; nothing was sent.
            InvalidFieldError: no field at all, a value that the contract does not allow, or no company for a customer
                that does not exist; nothing was changed.
            BadRequestError: a rule forbids it, such as a key that a deleted customer had.
            ChargeOverError: any other failure.
        """
        return self._transport.send(upsert_call(external_key, given_fields(fields, others)), options)

    def preview(
        self,
        customer_id: int | Customer,
        fields: CustomerUpdateFields | None = None,
        *,
        options: RequestOptions | None = None,
        **others: Unpack[CustomerUpdateFields],
    ) -> SentRequest:
        """The request that ``update`` would send, without secrets. Nothing is sent.

        Args:
            customer_id: as for ``update``.
            fields: as for ``update``.
            **others: as for ``update``.

        Raises:
            UnknownFieldError: a name that the contract does not have.
            InvalidFieldError: no field at all, or a value that the contract does not allow.
        """
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
        """The request that ``update_by_external_key`` would send, without secrets. See ``preview``.

        Args:
            customer_key: as for ``update_by_external_key``.
            fields: as for ``update``.
            **others: as for ``update``.

        Raises:
            UnknownFieldError, InvalidFieldError: as for ``preview``.
        """
        return self._transport.preview(
            operations.update_customer_by_external_key(customer_key, given_fields(fields, others)), options
        )

    def bulk_update(
        self,
        changes: Iterable[Change],
        *,
        in_flight: int = 8,
        errors: Errors = "raise",
        on_progress: Callable[[BulkProgress], object] | None = None,
        options: RequestOptions | None = None,
    ) -> BulkResults[Change, int | None]:
        """Change many customers, 25 in each request (docs). Nothing is sent before iteration starts.

        An update that fails does not undo the others (assumed). An invalid change, such as one with a misspelled field,
        is not sent; its result has the error. If the input raises, the changes before are completed first, and then the
        exception is raised, as the cause of the BulkError if an update failed too. Wrong credentials (401) and a closed
        client end the run in the same way, since no later update can succeed.

        Args:
            changes: pairs of a customer and its new fields: ``(1234, {"company": "Acme Ltd"})``. An int is a customer's
                ID, a string its external key; a Customer that was read works too. Taken lazily, any number of them.
            in_flight: bulk requests in flight at once, at most. They overtake one another: put two changes of one
                customer into one pair, or use ``in_flight=1``.
            errors: ``"raise"`` raises a BulkError after the last result if some failed; ``"return"`` only returns the
                results, and keeps nothing in memory.
            on_progress: called after each bulk request, in order, with the progress so far.

        Returns:
            An iterator of one result for each change, in the order of the input.

        Raises:
            InvalidFieldError: an option that is not allowed; nothing was sent.
        """
        return BulkResults(
            self._transport.with_options(options), changes, update_of, RunOptions(in_flight, errors, on_progress)
        )

    def bulk_upsert(
        self,
        changes: Iterable[KeyedChange],
        *,
        in_flight: int = 8,
        errors: Errors = "raise",
        on_progress: Callable[[BulkProgress], object] | None = None,
        options: RequestOptions | None = None,
    ) -> BulkResults[KeyedChange, Upserted]:
        """Change or create many customers by their external keys, up to 25 in each request. See ``upsert``.

        A bulk request changes all its customers; those that do not exist are created by a second one. Takes and raises
        the same as ``bulk_update``. Put two changes of one customer into one pair.

        Args:
            changes: pairs of an external key and fields: ``("crm-1", {"company": "Acme Ltd"})``.
            in_flight: as for ``bulk_update``.
            errors: as for ``bulk_update``.
            on_progress: as for ``bulk_update``.

        Returns:
            An iterator of one result for each pair, in order; its value is that of ``upsert``. After a retry, a
            customer that an attempt before it has created counts as changed.
        """
        run = RunOptions(in_flight, errors, on_progress)
        return BulkResults(self._transport.with_options(options), changes, upsert_of, run)

    def diff(
        self,
        customer: int | str | Customer,
        /,
        fields: CustomerUpdateFields | None = None,
        *,
        options: RequestOptions | None = None,
        **others: Unpack[CustomerUpdateFields],
    ) -> Diff:
        """The fields that an update would change: the customer is read, and nothing is changed.

        Args:
            customer: the customer's ID, its external key as a string, or a Customer that was read.
            fields: as for ``update``.
            **others: as for ``update``.

        Returns:
            The fields whose value would change, by name: ``{"company": Difference(before=…, after=…)}``. Empty if none
            would.

        Raises:
            ChargeOverError: as for ``update`` and ``get``.
        """
        return self._transport.send(diff_call(customer, given_fields(fields, others)), options)

    def bulk_diff(
        self,
        changes: Iterable[Change],
        *,
        in_flight: int = 8,
        errors: Errors = "raise",
        on_progress: Callable[[BulkProgress], object] | None = None,
        options: RequestOptions | None = None,
    ) -> BulkResults[Change, Diff]:
        """The fields that ``bulk_update`` would change: the customers are read, 25 in each request.

        Takes and raises the same as ``bulk_update``; the value of each result is that of ``diff``.
        """
        run = RunOptions(in_flight, errors, on_progress)
        return BulkResults(self._transport.with_options(options), changes, diff_of, run)

    def delete(self, customer_id: int | Customer, *, options: RequestOptions | None = None) -> None:
        """Delete a customer (client). Its ID and, by default, its external key are never used again (docs).

        Args:
            customer_id: the customer's ID, from 1 to 2^63 - 1, or a Customer that was read.

        Raises:
            InvalidFieldError: the ID is not possible; nothing was sent.
            BadRequestError: it is the parent of other customers (assumed).
            NotFoundError: there is no customer with this ID.
            ChargeOverError: any other failure.
        """
        return self._transport.send(operations.delete_customer(customer_id), options)

    def delete_by_external_key(self, external_key: str, *, options: RequestOptions | None = None) -> None:
        """Delete the customer that has an external key (docs). See ``delete``.

        Args:
            external_key: the key; not empty.

        Raises:
            ChargeOverError: as for ``delete``.
        """
        return self._transport.send(operations.delete_customer_by_external_key(external_key), options)

    def disconnect_parent(self, customer_id: int | Customer, *, options: RequestOptions | None = None) -> None:
        """Disconnect a customer from its parent (docs), as ``update(customer_id, parent_customer_id=None)`` does.

        Args:
            customer_id: the customer's ID, from 1 to 2^63 - 1, or a Customer that was read.

        Raises:
            InvalidFieldError: the ID is not possible; nothing was sent.
            BadRequestError: the parent has made a payment for this customer.
            NotFoundError: there is no customer with this ID.
            ChargeOverError: any other failure.
        """
        return self._transport.send(operations.disconnect_parent(customer_id), options)

    @property
    def with_raw_response(self) -> "CustomersWithRawResponse":
        """The same methods, each returning a RawResponse: the result with the response's status, headers and body."""
        return CustomersWithRawResponse(Customers(cast("Transport", RawTransport(self._transport))))


class CustomersWithRawResponse:
    """The methods of Customers that send one request, each with a RawResponse as its result."""

    def __init__(self, customers: "Customers") -> None:
        self.create = with_response(customers.create)
        self.get = with_response(customers.get)
        self.get_by_external_key = with_response(customers.get_by_external_key)
        self.get_by_token = with_response(customers.get_by_token)
        self.count = with_response(customers.count)
        self.update = with_response(customers.update)
        self.update_by_external_key = with_response(customers.update_by_external_key)
        self.diff = with_response(customers.diff)
        self.delete = with_response(customers.delete)
        self.delete_by_external_key = with_response(customers.delete_by_external_key)
        self.disconnect_parent = with_response(customers.disconnect_parent)
