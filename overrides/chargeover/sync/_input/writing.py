"""CSV files that keep every character, for exports and rejects."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import chain
from typing import Any, Protocol

from chargeover._text import is_formula

from .conversion import text_of
from .errors import InputError
from .mapping import REJECTED_LINE, REJECTED_REASON


class Writes(Protocol):
    """A text file, opened with ``newline=""``, or standard output."""

    def write(self, text: str, /) -> object:
        """Write a text."""
        ...


class _Lines:
    """Ends lines as Unix does. The csv module then quotes a lone carriage return on Python 3.11 too."""

    def __init__(self, file: Writes) -> None:
        self._file = file

    def write(self, row: str) -> object:
        return self._file.write(row.removesuffix("\r\n") + "\n")


def write_csv(
    rows: Iterable[Mapping[str, object]],
    file: Writes,
    *,
    columns: Sequence[str] | None = None,
    spreadsheet_safe: bool = False,
) -> int:
    """Write rows as a CSV file: commas, a header, quotes where they are needed, and every character kept.

    ``read`` gives back each text as it was. A list is written as JSON, a flag as true or false, None as an empty cell.

    Args:
        rows: the cells by the names of their columns. A column that a row lacks is an empty cell.
        file: where to write. Open it with ``encoding="utf-8", newline=""``.
        columns: the columns, in order; None: those of the first row.
        spreadsheet_safe: whether an apostrophe is put before each text that a spreadsheet would take for a formula:
            one that begins with ``=``, ``+``, ``-``, ``@``, a tab or a line break, also after spaces. Such a file is
            for looking at, not for reading back. Numbers stay as they are.

    Returns:
        how many rows were written.

    Raises:
        InputError: a row has a column that the header lacks.
    """
    found = iter(rows)
    if columns is None:
        first = next(found, None)
        if first is None:
            return 0
        columns, found = [*first], chain([first], found)
    cell = _safe if spreadsheet_safe else text_of
    names = frozenset(columns)
    # A spreadsheet that opens the file with another delimiter must find no cell of its own inside a text.
    quoting: Any = csv.QUOTE_ALL if spreadsheet_safe else csv.QUOTE_MINIMAL
    writer = csv.writer(_Lines(file), quoting=quoting)
    writer.writerow(map(cell, columns))
    number = 0
    for number, row in enumerate(found, 1):
        if not names.issuperset(row):
            raise InputError(
                "the row has it, and the header lacks it.",
                line=number,
                column=next(name for name in row if name not in names),
            )
        writer.writerow([cell(row.get(name)) for name in columns])
    return number


def write_rejects(
    rejects: Iterable[tuple[int, str, Mapping[str, str]]],
    file: Writes,
    *,
    columns: Sequence[str] | None = None,
    spreadsheet_safe: bool = False,
) -> int:
    """Write rows that failed as a CSV file: the line and the reason, then all columns as they were read.

    ``read`` leaves the two out, so the file can be corrected and read with the same mapping.

    Args:
        rejects: line, reason and columns of each.
        file: see ``write_csv``.
        columns: the columns of the input; None: those of the first row.
        spreadsheet_safe: see ``write_csv``.

    Returns:
        how many rows were written.
    """
    rows = ({REJECTED_LINE: line, REJECTED_REASON: reason, **cells} for line, reason, cells in rejects)
    all_columns = None if columns is None else [REJECTED_LINE, REJECTED_REASON, *columns]
    return write_csv(rows, file, columns=all_columns, spreadsheet_safe=spreadsheet_safe)


def _safe(value: object) -> str:
    text = text_of(value)
    is_number = isinstance(value, (int, float, Decimal))
    return f"'{text}" if not is_number and is_formula(text) else text
