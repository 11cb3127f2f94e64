"""The rows of a collection, fetched page by page during iteration."""

from collections.abc import AsyncIterator, Iterator
from typing import TYPE_CHECKING, Generic, TypeVar

from chargeover._calls.paging import Pages
from chargeover._errors import BadRequestError
from chargeover._not_copied import NotAwaited, NotCopied

if TYPE_CHECKING:  # what makes one has imported them
    from .transport import AsyncTransport, Transport

Row = TypeVar("Row")


class RowIterator(NotCopied, Iterator[Row], Generic[Row]):
    """Rows, fetched page by page during iteration. Returned by ``client.iterate()``."""

    def __init__(self, transport: "Transport", pages: Pages[Row]) -> None:
        self._transport = transport
        self._pages = pages
        self._page: Iterator[Row] = iter(())

    def __next__(self) -> Row:
        while True:
            for row in self._page:
                return row
            self._page = iter(self._next_page())

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._pages!r})"

    def first(self) -> Row | None:
        """The next row, or None if there is none. If it is the first thing asked for, only one is fetched."""
        self._pages.ask_for_one()
        return next(self, None)

    def all(self) -> list[Row]:
        """All rows that are left, in a list."""
        return list(self)

    def pages(self) -> Iterator[list[Row]]:
        """The pages not fetched yet, each as a list."""
        while True:
            try:
                page = self._next_page()
            except StopIteration:
                return
            yield page

    def _next_page(self) -> list[Row]:
        while call := self._pages.next_call():
            try:
                found = self._transport.send(call)
            except BadRequestError:
                if not self._pages.fall_back():
                    raise
                continue
            if page := self._pages.take(found):
                return page
        raise StopIteration


class AsyncRowIterator(NotCopied, NotAwaited, AsyncIterator[Row], Generic[Row]):
    """Rows, fetched page by page during iteration. See RowIterator."""

    _instead = "async for row in client.iterate(…): …, or await client.iterate(…).all()"

    def __init__(self, transport: "AsyncTransport", pages: Pages[Row]) -> None:
        self._transport = transport
        self._pages = pages
        self._page: Iterator[Row] = iter(())

    async def __anext__(self) -> Row:
        while True:
            for row in self._page:
                return row
            self._page = iter(await self._next_page())

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._pages!r})"

    async def first(self) -> Row | None:
        """The next row, or None if there is none. If it is the first thing asked for, only one is fetched."""
        self._pages.ask_for_one()
        return await anext(self, None)

    async def all(self) -> list[Row]:
        """All rows that are left, in a list."""
        return [row async for row in self]

    async def pages(self) -> AsyncIterator[list[Row]]:
        """The pages not fetched yet, each as a list."""
        while True:
            try:
                page = await self._next_page()
            except StopAsyncIteration:
                return
            yield page

    async def _next_page(self) -> list[Row]:
        while call := self._pages.next_call():
            try:
                found = await self._transport.send(call)
            except BadRequestError:
                if not self._pages.fall_back():
                    raise
                continue
            if page := self._pages.take(found):
                return page
        raise StopAsyncIteration
