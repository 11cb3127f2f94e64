"""Rows as a Python program has them: rows of the input module, plain mappings, DataFrames."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, cast

from chargeover.sync._errors import PlanError
from chargeover.sync._rows import Row


def rows_of(given: object, *, clears: bool) -> Iterator[Row]:
    """The rows of an iterable of Row or mappings, or of a DataFrame of pandas or polars.

    Args:
        given: the rows.
        clears: whether an empty value of a mapping (None, "", NaN) empties its field, instead of keeping it.

    Raises:
        PlanError: anything else.
    """
    for number, one in enumerate(_items(given), 1):
        if isinstance(one, Row):
            yield one
        elif isinstance(one, Mapping):
            yield _row(number, cast("Mapping[Any, object]", one), clears=clears)
        else:
            raise PlanError(f"Item {number} of the rows is a {type(one).__name__}, not a mapping of fields to values.")


def _items(given: Any) -> Iterable[object]:
    if hasattr(given, "itertuples"):  # pandas
        names = [str(name) for name in given.columns]
        return (dict(zip(names, values, strict=True)) for values in given.itertuples(index=False, name=None))
    if hasattr(given, "iter_rows"):  # polars
        return cast("Iterable[object]", given.iter_rows(named=True))
    kind: str = type(given).__name__
    if isinstance(given, (str, bytes, Mapping)) or not isinstance(given, Iterable):
        raise PlanError(f"The rows must be an iterable of mappings or a DataFrame, not a {kind}.")
    return cast("Iterable[object]", given)


def _row(number: int, given: Mapping[Any, object], *, clears: bool) -> Row:
    values = {str(name): _plain(value) for name, value in given.items()}
    columns = {name: "" if value is None else str(value) for name, value in values.items()}
    kept = {name: None if value == "" else value for name, value in values.items() if clears or value not in (None, "")}
    return Row(number, columns, kept)


def _plain(value: Any) -> object:
    """A scalar of numpy as one of Python, and None for what stands for a missing value."""
    if type(value) is str or value is None:
        return value
    if type(value).__name__ in {"NAType", "NaTType"}:
        return None
    if type(value).__module__ == "numpy":
        value = value.tolist()
    if isinstance(value, float):
        # A column of integers with gaps comes as floats.
        return None if value != value else int(value) if value.is_integer() else value
    return cast("object", value)
