"""Customers page by page: which page comes next, and the iterators that fetch it."""

from collections.abc import AsyncIterator, Iterator
from typing import Any

from chargeover._calls.call import Call
from chargeover._calls.conditions import Order, Where, order_text, where_text
from chargeover._calls.envelopes import Envelope, as_id
from chargeover._calls.fields import checked_value
from chargeover._http.transport import AsyncTransport, Transport
from chargeover._wire import PARAMETERS, Rule

from . import operations
from .customer import Customer

LARGEST_PAGE = PARAMETERS["limit"].maximum or 1
"""Customers in a page, at most (docs)."""
_TOO_OFTEN = 4
_BY_ID = {"customer_id:ASC": "GT", "customer_id:DESC": "LT"}


class Paging:
    """Which page to ask for next, without I/O.

    In the order of the IDs, which is the default, each page starts after the last ID of the page before it
    (``customer_id:GT:…``): customers that are created or deleted meanwhile neither shift the pages nor hide others. In
    any other order, pages are requested by offset, the only way that the API has.

    Args:
        where: the selection; None for all customers.
        order: the order; None for that of the IDs.
        limit: the most customers to return; None for all.
        page_size: the most customers in a page.
        offset: how many customers to skip at the start.

    Raises:
        InvalidFieldError: an argument that is not allowed.
    """

    def __init__(
        self, where: Where | None, order: str | Order | None, limit: int | None, page_size: int, offset: int
    ) -> None:
        self._where = where_text(where)
        self._order = order_text(order) or "customer_id:ASC"
        self._left = None if limit is None else int(checked_value("limit", limit, Rule(("integer",), minimum=0)))
        self._page_size = int(checked_value("page_size", page_size, PARAMETERS["limit"]))
        self._offset = int(checked_value("offset", offset, PARAMETERS["offset"]))
        self._last_id: int | None = None
        self._page_ids: list[Any] = []
        self._times = 0
        self._is_done = self._left == 0

    def next_call(self) -> Call[list[Customer]] | None:
        """The call for the next page, or None after the last."""
        if self._is_done:
            return None
        if self._last_id is None:
            call = operations.list_customers(self._where, self._order, self._size(), self._offset)
            return Call(call.request, lambda envelope: self._another(envelope, call.read(envelope)))
        term = f"customer_id:{_BY_ID[self._order]}:{self._last_id}"
        # In front: a backslash at the end of the caller's where would escape the comma after it.
        where = f"{term},{self._where}" if self._where else term
        call = operations.list_customers(where, self._order, self._size(), 0)
        return Call(call.request, lambda envelope: self._beyond_the_last(envelope, call.read(envelope)))

    def _beyond_the_last(self, envelope: Envelope, page: list[Customer]) -> list[Customer]:
        """The page, unless it repeats an earlier one: a server that ignores the term would return it endlessly."""
        first_id = as_id(page[0].raw.get("customer_id")) if page else None
        if first_id is not None and self._last_id is not None:
            is_beyond = first_id > self._last_id if _BY_ID[self._order] == "GT" else first_id < self._last_id
            if not is_beyond:
                raise envelope.invalid(f"the page after customer {self._last_id} begins with customer {first_id}")
        return page

    def _another(self, envelope: Envelope, page: list[Customer]) -> list[Customer]:
        """The page at an offset, unless it came several times: a server that ignores the offset always returns it.

        Once proves nothing: a customer that is created meanwhile shifts the others, so that a page of one repeats.
        """
        ids = [customer.raw.get("customer_id") for customer in page]
        self._times = self._times + 1 if ids and ids == self._page_ids else 1
        if self._times == _TOO_OFTEN:
            raise envelope.invalid(f"the page at offset {self._offset} is the same as the {_TOO_OFTEN - 1} before it")
        self._page_ids = ids
        return page

    def take(self, page: list[Customer]) -> list[Customer]:
        """Note a page; returns the part of it that was asked for."""
        self._is_done = len(page) < self._size()
        page = page[: self._left]
        self._offset += len(page)
        if self._left is not None:
            self._left -= len(page)
            self._is_done = self._is_done or self._left == 0
        if page and self._order in _BY_ID:
            self._last_id = as_id(page[-1].raw.get("customer_id"))
        return page

    def _size(self) -> int:
        return self._page_size if self._left is None else min(self._page_size, self._left)


class CustomerIterator(Iterator[Customer]):
    """Customers, fetched page by page during iteration. Returned by ``client.customers.list()``."""

    def __init__(self, transport: Transport, paging: Paging) -> None:
        self._transport = transport
        self._paging = paging
        self._page: Iterator[Customer] = iter(())

    def __next__(self) -> Customer:
        while True:
            for customer in self._page:
                return customer
            self._page = iter(self._next_page())

    def pages(self) -> Iterator[list[Customer]]:
        """The pages not fetched yet, each as a list of customers."""
        while True:
            try:
                page = self._next_page()
            except StopIteration:
                return
            yield page

    def _next_page(self) -> list[Customer]:
        while call := self._paging.next_call():
            if page := self._paging.take(self._transport.send(call)):
                return page
        raise StopIteration


class AsyncCustomerIterator(AsyncIterator[Customer]):
    """Customers, fetched page by page during iteration. See CustomerIterator."""

    def __init__(self, transport: AsyncTransport, paging: Paging) -> None:
        self._transport = transport
        self._paging = paging
        self._page: Iterator[Customer] = iter(())

    async def __anext__(self) -> Customer:
        while True:
            for customer in self._page:
                return customer
            self._page = iter(await self._next_page())

    async def pages(self) -> AsyncIterator[list[Customer]]:
        """The pages not fetched yet, each as a list of customers."""
        while True:
            try:
                page = await self._next_page()
            except StopAsyncIteration:
                return
            yield page

    async def _next_page(self) -> list[Customer]:
        while call := self._paging.next_call():
            if page := self._paging.take(await self._transport.send(call)):
                return page
        raise StopAsyncIteration
