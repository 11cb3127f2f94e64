"""The customers of an account: ``client.customers``."""

from collections.abc import Callable, Iterable
from typing import Literal, Unpack, cast, overload

from . import _operations
from ._bulk import BulkProgress
from ._bulk_runs import BulkResults, Errors, Options
from ._changes import Change, diff_request, update_request
from ._conditions import Order, Where, where_text
from ._customer import Customer
from ._diff import Diff, diff_call
from ._exchange import SentRequest
from ._listing import LARGEST_PAGE, CustomerIterator, Paging
from ._options import RequestOptions
from ._raw import RawTransport, keeping_the_answer
from ._transport import Transport
from ._wire import CustomerCreateFields, CustomerUpdateFields


class Customers:
    """The customers of an account, through a ChargeOver client."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def create(self, *, options: RequestOptions | None = None, **fields: Unpack[CustomerCreateFields]) -> int:
        """Create a customer (docs).

        Args:
            **fields: the fields of ``CustomerCreate`` in openapi.yaml; ``company`` is required.
            options: for this call alone, instead of the client's.

        Returns:
            The new customer's ID.

        Raises:
            UnknownFieldError: a name that the contract does not have; nothing was sent.
            InvalidFieldError: a value that the contract forbids, or no company; nothing was sent.
            BadRequestError: a rule forbids it, such as an external key that is in use.
            ChargeOverError: any other failure.
        """
        return self._transport.send(_operations.create_customer(fields), options)

    def get(self, customer_id: int | Customer, *, options: RequestOptions | None = None) -> Customer:
        """Read a customer (docs).

        Args:
            customer_id: the customer's ID, from 1 to 2^63 - 1; or a Customer that was read.
            options: for this call alone, instead of the client's.

        Returns:
            The customer. Almost any of its attributes may be None.

        Raises:
            InvalidFieldError: no such ID can exist; nothing was sent.
            NotFoundError: there is no customer with this ID.
            ChargeOverError: any other failure.
        """
        return self._transport.send(_operations.get_customer(customer_id), options)

    def get_by_external_key(self, external_key: str, *, options: RequestOptions | None = None) -> Customer:
        """Read a customer by its external key, the key that it has in your own system (docs).

        Args:
            external_key: the key; not empty.
            options: for this call alone, instead of the client's.

        Returns:
            The customer.

        Raises:
            InvalidFieldError: no such key can exist; nothing was sent.
            NotFoundError: there is no customer with this key.
            ChargeOverError: any other failure.
        """
        return self._transport.send(_operations.get_customer_by_external_key(external_key), options)

    def get_by_token(self, token: str, *, options: RequestOptions | None = None) -> Customer:
        """Read a customer by its token (client).

        Args:
            token: the token, as in ``Customer.token``; not empty.
            options: for this call alone, instead of the client's.

        Returns:
            The customer.

        Raises:
            InvalidFieldError: no such token can exist; nothing was sent.
            NotFoundError: there is no customer with this token.
            ChargeOverError: any other failure.
        """
        return self._transport.send(_operations.get_customer_by_token(token), options)

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
            options: for this call alone, instead of the client's.

        Returns:
            An iterator of customers. ``.pages()`` gives them as lists, one for each page.

        Raises:
            InvalidFieldError: an argument that cannot be asked for; nothing was sent.
            ChargeOverError: from the iterator: any failure of a request.
        """
        return CustomerIterator(self._transport.with_options(options), Paging(where, order, limit, page_size, offset))

    def count(self, *, where: Where | None = None, options: RequestOptions | None = None) -> int:
        """Count customers (client).

        Args:
            where: as for ``list``. None for all customers.
            options: for this call alone, instead of the client's.

        Returns:
            How many there are.

        Raises:
            InvalidFieldError: a ``where`` that cannot be asked for; nothing was sent.
            BadRequestError: a ``where`` that the server refuses.
            ChargeOverError: any other failure.
        """
        return self._transport.send(_operations.count_customers(where_text(where)), options)

    @overload
    def update(
        self,
        customer_id: int | Customer,
        *,
        dry_run: Literal[False] = False,
        options: RequestOptions | None = None,
        **fields: Unpack[CustomerUpdateFields],
    ) -> int: ...
    @overload
    def update(
        self,
        customer_id: int | Customer,
        *,
        dry_run: Literal[True],
        options: RequestOptions | None = None,
        **fields: Unpack[CustomerUpdateFields],
    ) -> SentRequest: ...
    def update(
        self,
        customer_id: int | Customer,
        *,
        dry_run: bool = False,
        options: RequestOptions | None = None,
        **fields: Unpack[CustomerUpdateFields],
    ) -> int | SentRequest:
        """Change the fields that are given and leave all others as they are (seed).

        ``parent_customer_id=None`` disconnects the customer from its parent. The parent can only be changed, or
        removed, while it has not made a payment for this customer (seed).

        Args:
            customer_id: the customer's ID, from 1 to 2^63 - 1; or a Customer that was read.
            dry_run: send nothing, and return the request that would be sent.
            options: for this call alone, instead of the client's.
            **fields: the fields of ``CustomerUpdate`` in openapi.yaml. A field that is left out is not sent; None
                sends null where the contract has null and is refused elsewhere.

        Returns:
            The customer's ID; for a dry run, the exact request, without secrets.

        Raises:
            UnknownFieldError: a name that the contract does not have; nothing was sent.
            InvalidFieldError: no field at all, or a value that the contract forbids; nothing was sent.
            BadRequestError: a rule forbids the change.
            NotFoundError: there is no customer with this ID.
            ChargeOverError: any other failure.
        """
        call = _operations.update_customer(customer_id, fields)
        return self._transport.preview(call, options) if dry_run else self._transport.send(call, options)

    @overload
    def update_by_external_key(
        self,
        customer_key: str,
        /,
        *,
        dry_run: Literal[False] = False,
        options: RequestOptions | None = None,
        **fields: Unpack[CustomerUpdateFields],
    ) -> int | None: ...
    @overload
    def update_by_external_key(
        self,
        customer_key: str,
        /,
        *,
        dry_run: Literal[True],
        options: RequestOptions | None = None,
        **fields: Unpack[CustomerUpdateFields],
    ) -> SentRequest: ...
    def update_by_external_key(
        self,
        customer_key: str,
        /,
        *,
        dry_run: bool = False,
        options: RequestOptions | None = None,
        **fields: Unpack[CustomerUpdateFields],
    ) -> int | SentRequest | None:
        """Change the fields of the customer that has an external key (docs). See ``update``.

        Args:
            customer_key: the key that it has now; not empty. ``external_key=`` among the fields gives it another.
            dry_run: as for ``update``.
            options: for this call alone, instead of the client's.
            **fields: as for ``update``.

        Returns:
            The customer's ID, or None if the answer does not say it; for a dry run, the exact request.

        Raises:
            ChargeOverError: as for ``update``.
        """
        call = _operations.update_customer_by_external_key(customer_key, fields)
        return self._transport.preview(call, options) if dry_run else self._transport.send(call, options)

    def bulk_update(
        self,
        changes: Iterable[Change],
        *,
        in_flight: int = 8,
        errors: Errors = "raise",
        on_progress: Callable[[BulkProgress], object] | None = None,
        options: RequestOptions | None = None,
    ) -> BulkResults[Change, int | None]:
        """Change many customers, 25 in each request (docs). Nothing is sent before the results are asked for.

        An update that fails does not undo the others (assumed). A change that is wrong in itself, such as one with a
        misspelled field, is not sent; its result has the error. If the input raises, what it gave before is sent and
        answered, and then the error is raised: as the cause of the BulkError if something failed too. Wrong credentials
        (401) and a closed client end the run in the same way, since nothing after them could succeed.

        Args:
            changes: pairs of a customer and its new fields: ``(1234, {"company": "Acme Ltd"})``. An int is a customer's
                ID, a string its external key; a Customer that was read will do too. Taken lazily, any number of them.
            in_flight: bulk requests under way at once, at most. They overtake one another: two changes of one
                customer belong in one pair, or need ``in_flight=1``.
            errors: ``"raise"`` raises a BulkError after the last result if some failed; ``"return"`` leaves it at the
                results, and keeps nothing in memory.
            on_progress: called after each bulk request, in order, with what was done so far.
            options: for this call alone, instead of the client's.

        Returns:
            An iterator of one result for each change, in the order of the input.

        Raises:
            InvalidFieldError: an option that cannot be; nothing was sent.
        """
        return BulkResults(
            self._transport.with_options(options), changes, update_request, Options(in_flight, errors, on_progress)
        )

    def diff(
        self,
        customer: int | str | Customer,
        /,
        *,
        options: RequestOptions | None = None,
        **fields: Unpack[CustomerUpdateFields],
    ) -> Diff:
        """What an update would change: the customer is read, and nothing is changed.

        Args:
            customer: the customer's ID, or its external key if it is a string; or a Customer that was read.
            options: for this call alone, instead of the client's.
            **fields: as for ``update``.

        Returns:
            The fields whose value would be another one, by name: ``{"company": Difference(before=…, after=…)}``. Empty
            if nothing would change.

        Raises:
            ChargeOverError: as for ``update`` and ``get``.
        """
        return self._transport.send(diff_call(customer, fields), options)

    def bulk_diff(
        self,
        changes: Iterable[Change],
        *,
        in_flight: int = 8,
        errors: Errors = "raise",
        on_progress: Callable[[BulkProgress], object] | None = None,
        options: RequestOptions | None = None,
    ) -> BulkResults[Change, Diff]:
        """What ``bulk_update`` would change: the customers are read, 25 in each request, and nothing is changed.

        Takes and raises what ``bulk_update`` does; the value of each result is what ``diff`` returns.
        """
        run = Options(in_flight, errors, on_progress)
        return BulkResults(self._transport.with_options(options), changes, diff_request, run)

    def delete(self, customer_id: int | Customer, *, options: RequestOptions | None = None) -> None:
        """Delete a customer (client). Its ID and, by default, its external key are never used again (docs).

        Args:
            customer_id: the customer's ID, from 1 to 2^63 - 1; or a Customer that was read.
            options: for this call alone, instead of the client's.

        Raises:
            InvalidFieldError: no such ID can exist; nothing was sent.
            BadRequestError: it is the parent of others (assumed).
            NotFoundError: there is no customer with this ID.
            ChargeOverError: any other failure.
        """
        return self._transport.send(_operations.delete_customer(customer_id), options)

    def delete_by_external_key(self, external_key: str, *, options: RequestOptions | None = None) -> None:
        """Delete the customer that has an external key (docs). See ``delete``.

        Args:
            external_key: the key; not empty.
            options: for this call alone, instead of the client's.

        Raises:
            ChargeOverError: as for ``delete``.
        """
        return self._transport.send(_operations.delete_customer_by_external_key(external_key), options)

    def disconnect_parent(self, customer_id: int | Customer, *, options: RequestOptions | None = None) -> None:
        """Disconnect a customer from its parent (docs), as ``update(customer_id, parent_customer_id=None)`` does.

        Args:
            customer_id: the customer's ID, from 1 to 2^63 - 1; or a Customer that was read.
            options: for this call alone, instead of the client's.

        Raises:
            InvalidFieldError: no such ID can exist; nothing was sent.
            BadRequestError: the parent has made a payment for this customer.
            NotFoundError: there is no customer with this ID.
            ChargeOverError: any other failure.
        """
        return self._transport.send(_operations.disconnect_parent(customer_id), options)

    @property
    def with_raw_response(self) -> "CustomersWithRawResponse":
        """The same methods, but each gives a RawResponse: the result, and the answer's status, headers and body."""
        return CustomersWithRawResponse(Customers(cast("Transport", RawTransport(self._transport))))


class CustomersWithRawResponse:
    """The methods of Customers that send one request, each with a RawResponse as its result."""

    def __init__(self, customers: "Customers") -> None:
        self.create = keeping_the_answer(customers.create)
        self.get = keeping_the_answer(customers.get)
        self.get_by_external_key = keeping_the_answer(customers.get_by_external_key)
        self.get_by_token = keeping_the_answer(customers.get_by_token)
        self.count = keeping_the_answer(customers.count)
        self.update = keeping_the_answer(customers.update)
        self.update_by_external_key = keeping_the_answer(customers.update_by_external_key)
        self.diff = keeping_the_answer(customers.diff)
        self.delete = keeping_the_answer(customers.delete)
        self.delete_by_external_key = keeping_the_answer(customers.delete_by_external_key)
        self.disconnect_parent = keeping_the_answer(customers.disconnect_parent)
