"""Customers page by page: which page comes next, and the iterators that fetch it."""

from chargeover._calls.call import Call
from chargeover._calls.conditions import Order, Where
from chargeover._calls.envelopes import as_id
from chargeover._calls.paging import LARGEST_PAGE as LARGEST_PAGE
from chargeover._calls.paging import Pages
from chargeover._http.rows import AsyncRowIterator, RowIterator

from . import operations
from .customer import Customer


class _Collection:
    noun = "customer"
    id_field = "customer_id"
    is_id_assumed = False

    def page(self, where: str | None, order: str | None, limit: int, offset: int) -> Call[list[Customer]]:
        return operations.list_customers(where, order, limit, offset)

    def id_of(self, row: Customer) -> int | None:
        return as_id(row.raw.get("customer_id"))

    def mark_of(self, row: Customer) -> int | str:
        return self.id_of(row) or repr(row.raw)


_CUSTOMERS = _Collection()


class Paging(Pages[Customer]):
    """Which page of customers to ask for next. See Pages."""

    def __init__(
        self, where: Where | None, order: str | Order | None, limit: int | None, page_size: int, offset: int
    ) -> None:
        super().__init__(_CUSTOMERS, where, order, limit, page_size, offset)


class CustomerIterator(RowIterator[Customer]):
    """Customers, fetched page by page during iteration. Returned by ``client.customers.list()``."""


class AsyncCustomerIterator(AsyncRowIterator[Customer]):
    """Customers, fetched page by page during iteration. See CustomerIterator."""

    _instead = "async for customer in customers.list(): …, or await customers.list().all()"
