"""Customers page by page: which page comes next, and the iterators that fetch it."""

from collections.abc import AsyncIterator, Iterator
from typing import TYPE_CHECKING

from chargeover._calls.call import Call
from chargeover._calls.conditions import Order, Where, order_text, where_text
from chargeover._calls.envelopes import Envelope, as_id
from chargeover._calls.fields import checked_value
from chargeover._errors import InvalidResponseError
from chargeover._not_copied import NotAwaited, NotCopied
from chargeover._wire import PARAMETERS, Rule

from . import operations
from .customer import Customer

if TYPE_CHECKING:
    from chargeover._http.transport import AsyncTransport, Transport

LARGEST_PAGE = PARAMETERS["limit"].maximum or 1
"""Customers in a page, at most (docs)."""
_TOO_OFTEN = 3
_BY_ID = {"customer_id:ASC": "GT", "customer_id:DESC": "LT"}


class Paging:
    """Which page to ask for next, without I/O.

    In the order of the IDs, which is the default, each page starts after the last ID of the page before it
    (``customer_id:GT:…``): customers that are created or deleted meanwhile neither shift the pages nor hide others. In
    any other order, pages are requested by offset, the only way that the API has.

    A server that does not keep the order of the IDs would hide customers or give them twice, so a page whose IDs do not
    rise (or fall) ends the list with an error, as do pages by offset that bring no other customers.

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
        self._next_size = self._page_size
        self._given = 0
        self._last_id: int | None = None
        self._seen: set[int | str] = set()
        self._pages_without_news = 0
        self._end: InvalidResponseError | None = None
        self._is_done = self._left == 0
        self._is_begun = False

    def __repr__(self) -> str:
        chosen = f"where={self._where!r}, " if self._where else ""
        limit = "" if self._left is None else f", {self._left} more at most"
        return f"{chosen}order={self._order!r}, {self._given} so far{limit}"

    def ask_for_one(self) -> None:
        """Ask for one customer only, if nothing was asked for yet."""
        if not self._is_begun:
            self._next_size = 1

    def next_call(self) -> Call[list[Customer]] | None:
        """The call for the next page, or None after the last.

        Raises:
            InvalidResponseError: there may be another page, and no ID that it starts after.
        """
        if self._is_done:
            return None
        if self._end:
            raise self._end
        if self._last_id is None:
            call = operations.list_customers(self._where, self._order, self._size(), self._offset)
            check = self._in_order if self._order in _BY_ID else self._with_news
            return Call(call.request, lambda envelope: check(envelope, call.read(envelope)))
        term = f"customer_id:{_BY_ID[self._order]}:{self._last_id}"
        # In front: a backslash at the end of the caller's where would escape the comma after it.
        where = f"{term},{self._where}" if self._where else term
        call = operations.list_customers(where, self._order, self._size(), 0)
        return Call(call.request, lambda envelope: self._in_order(envelope, call.read(envelope)))

    def _in_order(self, envelope: Envelope, page: list[Customer]) -> list[Customer]:
        """The page, if its IDs keep the order strictly and lie beyond the last one; rows without an ID do not count."""
        last = self._last_id
        is_first = True
        for customer in page:
            customer_id = as_id(customer.raw.get("customer_id"))
            if customer_id is None:
                continue
            if last is not None and not (customer_id > last if _BY_ID[self._order] == "GT" else customer_id < last):
                if is_first:
                    raise envelope.invalid(f"the page after customer {last} begins with customer {customer_id}")
                raise envelope.invalid(f"customer {customer_id} comes after customer {last} in the order {self._order}")
            last = customer_id
            is_first = False
        if page and as_id(page[-1].raw.get("customer_id")) is None:
            self._end = envelope.invalid("its last customer has no ID, after which the next page would start")
        return page

    def _with_news(self, envelope: Envelope, page: list[Customer]) -> list[Customer]:
        """The page at an offset, unless it is one of several that brought nothing new, as if the offset were ignored.

        One proves nothing: a customer that is created meanwhile shifts the others, so that a page of one repeats.
        """
        ids = {as_id(customer.raw.get("customer_id")) or repr(customer.raw) for customer in page}
        self._pages_without_news = self._pages_without_news + 1 if ids <= self._seen else 0
        if ids and self._pages_without_news == _TOO_OFTEN:
            finding = (
                f"the page at offset {self._offset} and the {_TOO_OFTEN - 1} before it repeat earlier customers only"
            )
            raise envelope.invalid(finding)
        self._seen |= ids
        return page

    def take(self, page: list[Customer]) -> list[Customer]:
        """Note a page; returns the part of it that was asked for."""
        self._is_done = len(page) < self._size()
        self._is_begun, self._next_size = True, self._page_size
        page = page[: self._left]
        self._offset += len(page)
        self._given += len(page)
        if self._left is not None:
            self._left -= len(page)
            self._is_done = self._is_done or self._left == 0
        if page and self._order in _BY_ID:
            self._last_id = as_id(page[-1].raw.get("customer_id"))
        return page

    def _size(self) -> int:
        return self._next_size if self._left is None else min(self._next_size, self._left)


class CustomerIterator(NotCopied, Iterator[Customer]):
    """Customers, fetched page by page during iteration. Returned by ``client.customers.list()``."""

    def __init__(self, transport: "Transport", paging: Paging) -> None:
        self._transport = transport
        self._paging = paging
        self._page: Iterator[Customer] = iter(())

    def __next__(self) -> Customer:
        while True:
            for customer in self._page:
                return customer
            self._page = iter(self._next_page())

    def __repr__(self) -> str:
        return f"CustomerIterator({self._paging!r})"

    def first(self) -> Customer | None:
        """The next customer, or None if there is none. If it is the first thing asked for, only one is fetched."""
        self._paging.ask_for_one()
        return next(self, None)

    def all(self) -> list[Customer]:
        """All customers that are left, in a list."""
        return list(self)

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


class AsyncCustomerIterator(NotCopied, NotAwaited, AsyncIterator[Customer]):
    """Customers, fetched page by page during iteration. See CustomerIterator."""

    _instead = "async for customer in customers.list(): …, or await customers.list().all()"

    def __init__(self, transport: "AsyncTransport", paging: Paging) -> None:
        self._transport = transport
        self._paging = paging
        self._page: Iterator[Customer] = iter(())

    async def __anext__(self) -> Customer:
        while True:
            for customer in self._page:
                return customer
            self._page = iter(await self._next_page())

    def __repr__(self) -> str:
        return f"AsyncCustomerIterator({self._paging!r})"

    async def first(self) -> Customer | None:
        """The next customer, or None if there is none. If it is the first thing asked for, only one is fetched."""
        self._paging.ask_for_one()
        return await anext(self, None)

    async def all(self) -> list[Customer]:
        """All customers that are left, in a list."""
        return [customer async for customer in self]

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
