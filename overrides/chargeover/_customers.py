"""The customers of an account: ``client.customers``."""

from typing import Unpack

from . import _operations
from ._customer import Customer
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

    async def update(self, customer_id: int, **fields: Unpack[CustomerUpdateFields]) -> int:
        """Change the fields that are given. See Customers.update."""
        return await self._transport.send(_operations.update_customer(customer_id, fields))
