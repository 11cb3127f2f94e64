"""Which page of a collection comes next, without I/O."""

from collections.abc import Callable
from typing import Generic, Protocol, TypeVar

from chargeover._errors import InvalidResponseError
from chargeover._wire import PARAMETERS, Rule

from .call import Call
from .conditions import Order, Where, order_text, where_text
from .envelopes import Envelope
from .fields import checked_value

Row = TypeVar("Row")
LARGEST_PAGE = PARAMETERS["limit"].maximum or 1
"""Rows in a page, at most (docs)."""
_TOO_OFTEN = 3


class Collection(Protocol[Row]):
    """What paging needs to know of a collection.

    Attributes:
        noun: the name of a row for messages, such as ``invoice``.
        id_field: the field that holds the ID of a row.
        is_id_assumed: whether the collection may lack that field.
    """

    @property
    def noun(self) -> str: ...
    @property
    def id_field(self) -> str: ...
    @property
    def is_id_assumed(self) -> bool: ...

    def page(self, where: str | None, order: str | None, limit: int, offset: int) -> Call[list[Row]]:
        """The call for one page."""
        ...

    def id_of(self, row: Row) -> int | None:
        """The ID of a row; None without a readable one."""
        ...

    def mark_of(self, row: Row) -> int | str:
        """A value that is the same for the same row."""
        ...


class Pages(Generic[Row]):
    """The pages of a collection, in turn.

    In the order of the IDs, which is the default, each page starts after the last ID of the page before it
    (``invoice_id:GT:…``): rows that are created or deleted meanwhile neither shift the pages nor hide others. In any
    other order, and where rows have no ID, pages are requested by offset, the only way that the API has.

    A server that does not keep the order of the IDs would hide rows or give them twice, so a page whose IDs do not rise
    (or fall) ends the list with an error, as do pages by offset that bring no other rows.

    Args:
        collection: the collection.
        where: the selection; None for all rows.
        order: the order; None for that of the IDs.
        limit: the most rows to return; None for all.
        page_size: the most rows in a page.
        offset: how many rows to skip at the start.

    Raises:
        InvalidFieldError: an argument that is not allowed.
    """

    def __init__(
        self,
        collection: Collection[Row],
        where: Where | None,
        order: str | Order | None,
        limit: int | None,
        page_size: int,
        offset: int,
    ) -> None:
        self._collection = collection
        self._where = where_text(where)
        given = order_text(order)
        self._by_id = {f"{collection.id_field}:ASC": "GT", f"{collection.id_field}:DESC": "LT"}
        self._order: str | None = given or f"{collection.id_field}:ASC"
        self._may_fall_back = collection.is_id_assumed and given is None
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
        """Ask for one row only, if nothing was asked for yet."""
        if not self._is_begun:
            self._next_size = 1

    def next_call(self) -> Call[list[Row]] | None:
        """The call for the next page, or None after the last.

        Raises:
            InvalidResponseError: there may be another page, and no ID that it starts after.
        """
        if self._is_done:
            return None
        if self._end:
            raise self._end
        if self._last_id is None:
            call = self._collection.page(self._where, self._order, self._size(), self._offset)
            return Call(call.request, self._checked(call, self._first if self._direction() else self._with_news))
        term = f"{self._collection.id_field}:{self._direction()}:{self._last_id}"
        # In front: a backslash at the end of the caller's where would escape the comma after it.
        where = f"{term},{self._where}" if self._where else term
        call = self._collection.page(where, self._order, self._size(), 0)
        return Call(call.request, self._checked(call, self._in_order))

    def fall_back(self) -> bool:
        """After a refusal (400): whether to ask again, without an ID that the collection may lack."""
        may, self._may_fall_back = self._may_fall_back, False
        if may:
            if self._last_id is None:
                self._order = None  # the order was refused; later, it is the condition
            self._continue_by_offset()
        return may

    def _continue_by_offset(self) -> None:
        self._by_id = {}
        self._last_id = None

    def take(self, page: list[Row]) -> list[Row]:
        """Note a page; returns the part of it that was asked for."""
        self._is_done = len(page) < self._size()
        self._is_begun, self._next_size = True, self._page_size
        page = page[: self._left]
        self._offset += len(page)
        self._given += len(page)
        if self._left is not None:
            self._left -= len(page)
            self._is_done = self._is_done or self._left == 0
        if page and self._direction():
            self._last_id = self._collection.id_of(page[-1])
        return page

    def _direction(self) -> str | None:
        """The operator after which the next page starts; None in any other order than that of the IDs."""
        return self._by_id.get(self._order or "")

    def _checked(
        self, call: Call[list[Row]], check: Callable[[Envelope, list[Row]], list[Row]]
    ) -> Callable[[Envelope], list[Row]]:
        return lambda envelope: check(envelope, call.read(envelope))

    def _first(self, envelope: Envelope, page: list[Row]) -> list[Row]:
        if self._may_fall_back and not any(map(self._collection.id_of, page)):
            self._continue_by_offset()
            return self._with_news(envelope, page)
        return self._in_order(envelope, page)

    def _in_order(self, envelope: Envelope, page: list[Row]) -> list[Row]:
        """The page, if its IDs keep the order strictly and lie beyond the last one; rows without an ID do not count."""
        noun, last, rises = self._collection.noun, self._last_id, self._direction() == "GT"
        self._may_fall_back = self._may_fall_back and last is None
        is_first = True
        for row in page:
            row_id = self._collection.id_of(row)
            if row_id is None:
                continue
            if last is not None and not (row_id > last if rises else row_id < last):
                if is_first:
                    raise envelope.invalid(f"the page after {noun} {last} begins with {noun} {row_id}")
                raise envelope.invalid(f"{noun} {row_id} comes after {noun} {last} in the order {self._order}")
            last = row_id
            is_first = False
        if page and self._collection.id_of(page[-1]) is None:
            self._end = envelope.invalid(f"its last {noun} has no ID, after which the next page would start")
        return page

    def _with_news(self, envelope: Envelope, page: list[Row]) -> list[Row]:
        """The page at an offset, unless it is one of several that brought nothing new, as if the offset were ignored.

        One proves nothing: a row that is created meanwhile shifts the others, so that a page of one repeats.
        """
        marks = {self._collection.mark_of(row) for row in page}
        self._pages_without_news = self._pages_without_news + 1 if marks <= self._seen else 0
        if marks and self._pages_without_news == _TOO_OFTEN:
            finding = (
                f"the page at offset {self._offset} and the {_TOO_OFTEN - 1} before it repeat earlier "
                f"{self._collection.noun}s only"
            )
            raise envelope.invalid(finding)
        self._seen |= marks
        return page

    def _size(self) -> int:
        return self._next_size if self._left is None else min(self._next_size, self._left)
