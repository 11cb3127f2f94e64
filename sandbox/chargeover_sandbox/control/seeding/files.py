"""Seed files: YAML, JSON, JSON Lines and CSV. Strict: what is not understood is an error that says where it is."""

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import PurePath
from typing import cast

from chargeover_sandbox.contract.problems import nearest, shortened
from chargeover_sandbox.requests.bodies import json_value

from .rows import Row, SeedError
from .typed import Kinds, typed
from .yaml_files import yaml_rows

CUSTOMERS = "customers"
"""The member that has the list, in a file that is not a list itself."""


def read_rows(name: str, text: str, kinds: Kinds) -> list[Row]:
    """The customers of a seed file.

    Args:
        name: its name, which ends with its format.
        text: its content.
        kinds: the fields that a seed can set.

    Raises:
        SeedError: the format is unknown, or the text does not have it.
    """
    ending = PurePath(name).suffix.lower()
    if ending not in _FORMATS:
        raise SeedError(name, f"the name of a seed file ends with {', '.join(_FORMATS)}")
    if not text.strip():
        raise SeedError(name, "it is empty")
    return list(_FORMATS[ending](name, text.removeprefix("\ufeff"), kinds))


def given_rows(value: object, name: str = "") -> Iterator[Row]:
    """The customers of a JSON value: a list of objects.

    Args:
        value: the value.
        name: the file that it comes from; empty for a request.

    Raises:
        SeedError: it is something else.
    """
    beginning = f"{name}, " if name else ""
    if not isinstance(value, list):
        raise SeedError(f"{beginning}{CUSTOMERS}", "it must be a list of objects")
    for number, row in enumerate(cast("list[object]", value)):
        yield _row(row, f"{beginning}{CUSTOMERS}[{number}]")


def _row(value: object, place: str) -> Row:
    if not isinstance(value, dict):
        raise SeedError(place, "it must be an object with the fields of a customer")
    return Row(cast("dict[str, object]", value), place)


def _json_rows(name: str, text: str, _: Kinds) -> Iterator[Row]:
    value = _json(text, name)
    if isinstance(value, dict):
        members = cast("dict[str, object]", value)
        if set(members) != {CUSTOMERS}:
            raise SeedError(name, f"it must be a list, or an object with the only member {CUSTOMERS!r}")
        value = members[CUSTOMERS]
    yield from given_rows(value, name)


def _json_lines_rows(name: str, text: str, _: Kinds) -> Iterator[Row]:
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            place = f"{name}, line {number}"
            yield _row(_json(line, place), place)


def _json(text: str, place: str) -> object:
    try:
        return json_value(text)
    except ValueError as error:
        raise SeedError(place, f"it is not valid JSON: {error}") from None


def _csv_rows(name: str, text: str, kinds: Kinds) -> Iterator[Row]:
    lines = csv.reader(io.StringIO(text, newline=""), strict=True)
    columns: list[str] = []
    end = 0
    try:
        for cells in lines:
            place, end = f"{name}, line {end + 1}", lines.line_num
            if not columns:
                columns = _columns(cells, place, kinds)
            elif len(cells) > 1 or (cells and cells[0]):
                yield _csv_row(dict(zip(columns, _as_many(cells, columns, place), strict=True)), place, kinds)
    except csv.Error as error:
        raise SeedError(f"{name}, line {lines.line_num}", f"it is not valid CSV: {error}") from None


def _columns(cells: list[str], place: str, kinds: Kinds) -> list[str]:
    names = [cell.strip() for cell in cells] or [""]
    ((most, times),) = Counter(names).most_common(1)
    if "" in names:
        raise SeedError(place, "a column has no name")
    if times > 1:
        raise SeedError(place, f"there are {times} columns {most!r}")
    for name in names:
        if name not in kinds:
            hint = f"; did you mean {meant}?" if (meant := nearest(name, kinds)) else ""
            if ";" in name or "\t" in name:
                hint = "; columns are separated by commas"
            raise SeedError(f"{place}, {shortened(name)}", f"there is no such field{hint}")
    return names


def _as_many(cells: list[str], columns: list[str], place: str) -> list[str]:
    if len(cells) != len(columns):
        raise SeedError(place, f"it has {len(cells)} cells, and the first line has {len(columns)}")
    return cells


def _csv_row(cells: dict[str, str], place: str, kinds: Kinds) -> Row:
    fields: dict[str, object] = {}
    for column, text in cells.items():
        if not text:
            continue
        if kinds[column].json_type == "array":
            fields[column] = [part for part in map(str.strip, text.split(";")) if part]
        else:
            fields[column] = typed(kinds[column], text)
    return Row(fields, place)


_FORMATS: dict[str, Callable[[str, str, Kinds], Iterator[Row]]] = {
    ".yaml": yaml_rows,
    ".yml": yaml_rows,
    ".json": _json_rows,
    ".jsonl": _json_lines_rows,
    ".ndjson": _json_lines_rows,
    ".csv": _csv_rows,
}
