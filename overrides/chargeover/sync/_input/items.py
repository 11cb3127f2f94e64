"""Rows as a Python program has them: mappings, or a DataFrame."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, cast

from chargeover.sync._rows import Row

from .converting import Converting, Empty, OnNotice, fail_at, say_nothing
from .errors import InputError
from .mapping import ColumnMap, Columns, Key


def read_items(
    items: object,
    *,
    key: Key = "external_key",
    map: ColumnMap | None = None,  # noqa: A002  as in read
    ignore: Iterable[str] = (),
    empty: Empty = "keep",
    create_missing: bool = False,
    on_notice: OnNotice = say_nothing,
) -> Iterator[Row]:
    """The rows of an iterable of mappings, or of a DataFrame of pandas or polars.

    None, ``""``, NaN, NaT and pandas.NA are empty cells; a name that a mapping lacks is kept under ``clear`` too. Text
    is converted as that of a file; numbers, flags, dates and lists may be Python's or numpy's. A Row stays as it is.
    The line of a row is its position, from 1.

    Args:
        items: the rows.
        key: the field that names the customer.
        map: see ``read``.
        ignore: see ``read``.
        empty: what an empty cell does.
        create_missing: whether columns may be fields that only a new customer takes.
        on_notice: called with what is worth knowing.

    Raises:
        InputError: the mapping is not allowed, or the items are not rows (at once); one of them is not (as it is read).
    """
    converting = Converting(Columns(key, map or {}, ignore, create_missing), empty, on_notice)
    frame = cast("Any", items)
    if hasattr(frame, "itertuples"):  # pandas
        return _of_frame(converting, list(frame.columns), frame.itertuples(index=False, name=None))
    if hasattr(frame, "iter_rows"):  # polars
        return _of_frame(converting, list(frame.columns), frame.iter_rows())
    if isinstance(items, (str, bytes, Mapping)) or not isinstance(items, Iterable):
        raise InputError(f"the rows must be an iterable of mappings or a DataFrame, not a {type(frame).__name__}.")
    return _of_mappings(converting, cast("Iterable[object]", items))


def _of_frame(converting: Converting, names: Sequence[object], rows: Iterable[Sequence[object]]) -> Iterator[Row]:
    texts = _names(names, "the DataFrame", None)
    layout = converting.layout(texts, fail_at("the DataFrame", None), is_whole=True)
    converting.tell_ignored(texts)
    for line, cells in enumerate(rows, 1):
        yield converting.row(layout, line, cells)
    converting.finish()


def _of_mappings(converting: Converting, items: Iterable[object]) -> Iterator[Row]:
    for line, item in enumerate(items, 1):
        if isinstance(item, Row):
            yield item
        elif isinstance(item, Mapping):
            found = cast("Mapping[object, object]", item)
            names = _names([*found], "the rows", line)
            layout = converting.layout(names, fail_at("the rows", line), is_whole=False)
            yield converting.row(layout, line, [*found.values()])
        else:
            reason = f"it must be a mapping of columns to values, not a {type(item).__name__}."
            raise InputError(reason, "the rows", line)
    converting.finish()


def _names(names: Sequence[object], source: str, line: int | None) -> list[str]:
    for name in names:
        if not isinstance(name, str):
            reason = f"the names of its columns must be text, and one is of the type {type(name).__name__}."
            raise InputError(reason, source, line)
    return cast("list[str]", names)
