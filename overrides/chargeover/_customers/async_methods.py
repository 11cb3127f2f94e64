"""The customers of an account, for asyncio: ``client.customers`` of an AsyncChargeOver."""

from typing import TYPE_CHECKING, Any, Unpack, cast, overload

from chargeover._calls.conditions import Order, Where, where_text
from chargeover._calls.fields import NO_FIELDS, given_fields
from chargeover._http.raw import AsyncRawTransport, async_with_response
from chargeover._settings.options import RequestOptions
from chargeover._wire import CustomerCreateFields, CustomerUpdateFields

from . import operations
from .async_bulk_methods import AsyncBulkCustomers
from .changes import Diff, diff_call
from .customer import Customer
from .listing import LARGEST_PAGE, AsyncCustomerIterator, Paging
from .upserts import Upserted, upsert_call

if TYPE_CHECKING:
    from chargeover._http.transport import AsyncTransport


class AsyncCustomers(AsyncBulkCustomers):
    """The customers of an account, through an AsyncChargeOver client. Each method is that of Customers, awaited."""

    @overload
    async def create(self, *, options: RequestOptions | None = None, **others: Unpack[CustomerCreateFields]) -> int: ...
    @overload
    async def create(
        self,
        fields: CustomerCreateFields,
        *,
        options: RequestOptions | None = None,
        **others: Unpack[CustomerUpdateFields],
    ) -> int: ...
    async def create(
        self, fields: CustomerCreateFields | None = None, *, options: RequestOptions | None = None, **others: Any
    ) -> int:
        """Create a customer (docs).

        Args:
            fields: the fields, as a mapping; ``company`` is required.
            **others: the same, as arguments:
                parent_customer_id (int | None): Parent customer ID #. null disconnects the customer from its parent. It
                    can only be changed, or removed, while the parent has not made a payment for this customer.
                superuser_id (int): Main contact ID #.
                external_key (str): External key value: the key of this customer in your own system, unique in the
                    account.
                company (str): Company/customer name.
                language_id (int): Language ID #.
                class_id (int): Default class tracking ID #.
                admin_id (int): Admin/Worker ID #.
                campaign_id (int): Campaign/lead source ID #.
                superuser_email (str): Main contact e-mail address.
                superuser_name (str): Main contact name.
                superuser_first_name (str): Main contact first name.
                superuser_last_name (str): Main contact last name.
                superuser_phone (str): Main contact phone number.
                bill_addr1 (str): Billing address line 1.
                bill_addr2 (str): Billing address line 2.
                bill_addr3 (str): Billing address line 3. Newer pages mark it deprecated.
                bill_city (str): Billing address city.
                bill_state (str): Billing address state/province.
                bill_postcode (str): Billing address postal code.
                bill_country (str): Billing address country.
                ship_addr1 (str): Shipping address line 1.
                ship_addr2 (str): Shipping address line 2.
                ship_addr3 (str): Shipping address line 3. Newer pages mark it deprecated.
                ship_city (str): Shipping address city.
                ship_state (str): Shipping address state.
                ship_postcode (str): Shipping address postal code.
                ship_country (str): Shipping address country.
                custom_1 (str): Custom field #1.
                custom_2 (str): Custom field #2.
                custom_3 (str): Custom field #3.
                custom_4 (str): Custom field #4.
                custom_5 (str): Custom field #5.
                custom_6 (str): Custom field #6.
                custom_7 (str): Custom field #7.
                custom_8 (str): Custom field #8.
                custom_9 (str): Custom field #9.
                custom_10 (str): Custom field #10.
                custom_11 (str): Custom field #11.
                custom_12 (str): Custom field #12.
                custom_13 (str): Custom field #13.
                custom_14 (str): Custom field #14.
                custom_15 (str): Custom field #15.
                custom_16 (str): Custom field #16.
                custom_17 (str): Custom field #17.
                custom_18 (str): Custom field #18.
                custom_19 (str): Custom field #19.
                custom_20 (str): Custom field #20.
                terms_id (int): Default terms ID #.
                no_taxes (bool): Flag to disable charging of taxes.
                no_dunning (bool): Flag to disable dunning.
                no_latefees (bool): Flag to disable late fees.
                no_procfees (bool): Flag to disable processing fees.
                invoice_delivery (str): Delivery method for initial invoices.
                dunning_delivery (str): Delivery method for dunning/reminder invoices; print is sent through a mailing
                    service.
                tax_ident (str): Tax ID #/VAT #.
                tags (list): A list of tags.
                currency_id (int): Currency ID #.
                campaign_details (str): Details of the campaign/lead source.
                superuser_username (str): Main contact user name.
                brand_id (int): Brand ID #.
                custtype_id (int): Customer type ID #.

        Returns:
            The new customer's ID.

        Raises:
            UnknownFieldError: a name that the contract does not have; nothing was sent.
            InvalidFieldError: a value that the contract does not allow, or no company; nothing was sent.
            BadRequestError: a rule forbids it, such as an external key that is in use.
            ChargeOverError: any other failure.
        """
        return await self._transport.send(operations.create_customer(given_fields(fields, others)), options)

    async def get(self, customer_id: int | Customer, *, options: RequestOptions | None = None) -> Customer:
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
        return await self._transport.send(operations.get_customer(customer_id), options)

    async def get_by_external_key(self, external_key: str, *, options: RequestOptions | None = None) -> Customer:
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
        return await self._transport.send(operations.get_customer_by_external_key(external_key), options)

    async def get_by_token(self, token: str, *, options: RequestOptions | None = None) -> Customer:
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
            An async iterator of customers. ``.pages()`` returns them as lists, one for each page.

        Raises:
            InvalidFieldError: an argument that is not allowed; nothing was sent.
            ChargeOverError: from the async iterator: any failure of a request.
        """
        return AsyncCustomerIterator(
            self._transport.with_options(options), Paging(where, order, limit, page_size, offset)
        )

    async def count(self, *, where: Where | None = None, options: RequestOptions | None = None) -> int:
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
        return await self._transport.send(operations.count_customers(where_text(where)), options)

    async def update(
        self,
        customer_id: int | Customer,
        fields: CustomerUpdateFields = NO_FIELDS,
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
            **others: the same, as arguments:
                parent_customer_id (int | None): Parent customer ID #. null disconnects the customer from its parent. It
                    can only be changed, or removed, while the parent has not made a payment for this customer.
                superuser_id (int): Main contact ID #.
                external_key (str): External key value: the key of this customer in your own system, unique in the
                    account.
                company (str): Company/customer name.
                language_id (int): Language ID #.
                class_id (int): Default class tracking ID #.
                admin_id (int): Admin/Worker ID #.
                campaign_id (int): Campaign/lead source ID #.
                superuser_email (str): Main contact e-mail address.
                superuser_name (str): Main contact name.
                superuser_first_name (str): Main contact first name.
                superuser_last_name (str): Main contact last name.
                superuser_phone (str): Main contact phone number.
                bill_addr1 (str): Billing address line 1.
                bill_addr2 (str): Billing address line 2.
                bill_addr3 (str): Billing address line 3. Newer pages mark it deprecated.
                bill_city (str): Billing address city.
                bill_state (str): Billing address state/province.
                bill_postcode (str): Billing address postal code.
                bill_country (str): Billing address country.
                ship_addr1 (str): Shipping address line 1.
                ship_addr2 (str): Shipping address line 2.
                ship_addr3 (str): Shipping address line 3. Newer pages mark it deprecated.
                ship_city (str): Shipping address city.
                ship_state (str): Shipping address state.
                ship_postcode (str): Shipping address postal code.
                ship_country (str): Shipping address country.
                custom_1 (str): Custom field #1.
                custom_2 (str): Custom field #2.
                custom_3 (str): Custom field #3.
                custom_4 (str): Custom field #4.
                custom_5 (str): Custom field #5.
                custom_6 (str): Custom field #6.
                custom_7 (str): Custom field #7.
                custom_8 (str): Custom field #8.
                custom_9 (str): Custom field #9.
                custom_10 (str): Custom field #10.
                custom_11 (str): Custom field #11.
                custom_12 (str): Custom field #12.
                custom_13 (str): Custom field #13.
                custom_14 (str): Custom field #14.
                custom_15 (str): Custom field #15.
                custom_16 (str): Custom field #16.
                custom_17 (str): Custom field #17.
                custom_18 (str): Custom field #18.
                custom_19 (str): Custom field #19.
                custom_20 (str): Custom field #20.
                terms_id (int): Default terms ID #.
                no_taxes (bool): Flag to disable charging of taxes.
                no_dunning (bool): Flag to disable dunning.
                no_latefees (bool): Flag to disable late fees.
                no_procfees (bool): Flag to disable processing fees.
                invoice_delivery (str): Delivery method for initial invoices.
                dunning_delivery (str): Delivery method for dunning/reminder invoices; print is sent through a mailing
                    service.
                tax_ident (str): Tax ID #/VAT #.
                tags (list): A list of tags.

        Returns:
            The customer's ID.

        Raises:
            UnknownFieldError: a name that the contract does not have; nothing was sent.
            InvalidFieldError: no field at all, or a value that the contract does not allow; nothing was sent.
            BadRequestError: a rule forbids the change.
            NotFoundError: there is no customer with this ID.
            ChargeOverError: any other failure.
        """
        return await self._transport.send(
            operations.update_customer(customer_id, given_fields(fields, others)), options
        )

    async def update_by_external_key(
        self,
        customer_key: str,
        /,
        fields: CustomerUpdateFields = NO_FIELDS,
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
        return await self._transport.send(
            operations.update_customer_by_external_key(customer_key, given_fields(fields, others)), options
        )

    async def upsert(
        self,
        external_key: str,
        /,
        fields: CustomerUpdateFields = NO_FIELDS,
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
        return await self._transport.send(upsert_call(external_key, given_fields(fields, others)), options)

    async def diff(
        self,
        customer: int | str | Customer,
        /,
        fields: CustomerUpdateFields = NO_FIELDS,
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
        return await self._transport.send(diff_call(customer, given_fields(fields, others)), options)

    async def delete(self, customer_id: int | Customer, *, options: RequestOptions | None = None) -> None:
        """Delete a customer (client). Its ID and, by default, its external key are never used again (docs).

        Args:
            customer_id: the customer's ID, from 1 to 2^63 - 1, or a Customer that was read.

        Raises:
            InvalidFieldError: the ID is not possible; nothing was sent.
            BadRequestError: it is the parent of other customers (assumed).
            NotFoundError: there is no customer with this ID.
            ChargeOverError: any other failure.
        """
        return await self._transport.send(operations.delete_customer(customer_id), options)

    async def delete_by_external_key(self, external_key: str, *, options: RequestOptions | None = None) -> None:
        """Delete the customer that has an external key (docs). See ``delete``.

        Args:
            external_key: the key; not empty.

        Raises:
            ChargeOverError: as for ``delete``.
        """
        return await self._transport.send(operations.delete_customer_by_external_key(external_key), options)

    async def disconnect_parent(self, customer_id: int | Customer, *, options: RequestOptions | None = None) -> None:
        """Disconnect a customer from its parent (docs), as ``update(customer_id, parent_customer_id=None)`` does.

        Args:
            customer_id: the customer's ID, from 1 to 2^63 - 1, or a Customer that was read.

        Raises:
            InvalidFieldError: the ID is not possible; nothing was sent.
            BadRequestError: the parent has made a payment for this customer.
            NotFoundError: there is no customer with this ID.
            ChargeOverError: any other failure.
        """
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
