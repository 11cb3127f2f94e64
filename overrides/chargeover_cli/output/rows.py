"""Rows, written while they come: memory does not grow with their number."""

import csv
import sys
from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import IO, Any, Self

from chargeover_cli.inside import printable
from chargeover_cli.options import Format

from .cells import cell, safe_cell
from .json import dumps
from .tables import Table

Row = Mapping[str, Any]


class Rows:
    """Writes rows to a stream, in a ``with`` block.

    Args:
        form: table, json, jsonl or csv.
        columns: the members of a row that are shown, in order; None for all, which a table and CSV cannot do.
        stream: where to; None for standard output.
        is_safe: whether texts in CSV are kept from being formulas.
    """

    def __init__(
        self, form: Format, columns: Sequence[str] | None, stream: IO[str] | None = None, is_safe: bool = False
    ) -> None:
        self._form = form
        self._columns = columns
        self._stream = stream or sys.stdout
        self._cell = safe_cell if is_safe else cell
        self._count = 0
        self._table = Table(self._stream)

    def __enter__(self) -> Self:
        if self._form == "csv":
            # A spreadsheet that opens the file with another delimiter must find no cell of its own inside a text.
            quoting: Any = csv.QUOTE_ALL if self._cell is safe_cell else csv.QUOTE_MINIMAL
            self._csv = csv.writer(self._stream, lineterminator="\n", quoting=quoting)
            self._csv.writerow(self._columns or ())
        return self

    def write(self, rows: Sequence[Row]) -> None:
        """Write some more rows."""
        match self._form:
            case "csv":
                self._csv.writerows([self._cell(row.get(name)) for name in self._columns or ()] for row in rows)
            case "table":
                self._write_table(rows)
            case "jsonl":
                self._stream.writelines(dumps(self._chosen(row), None) + "\n" for row in rows)
            case _:
                for number, row in enumerate(rows, self._count):
                    text = dumps(self._chosen(row)).replace("\n", "\n  ")
                    self._stream.write(("[\n  " if number == 0 else ",\n  ") + text)
        self._count += len(rows)
        self._stream.flush()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if error is None and self._form == "json":
            self._stream.write("\n]\n" if self._count else "[]\n")

    def _chosen(self, row: Row) -> Row:
        if self._columns is None:
            return row
        return {name: row[name] for name in self._columns if name in row}

    def _write_table(self, rows: Sequence[Row]) -> None:
        names = self._columns or ()
        head = [names] if rows and not self._count else []
        self._table.write([*head, *([shown(row.get(name)) for name in names] for row in rows)], has_head=bool(head))


def write_members(row: Row, form: Format, columns: Sequence[str] | None = None) -> None:
    """Write one object: in a table, a line for each member that has a value."""
    if form != "table":
        if form == "json":
            print(dumps(row if columns is None else {name: row[name] for name in columns if name in row}))
            return
        with Rows(form, columns or [*row] if form == "csv" else columns) as rows:
            rows.write([row])
        return
    names = [name for name in columns or row if columns or row.get(name) not in (None, "", [])]
    Table(sys.stdout).write([(name, shown(row.get(name))) for name in names], has_head=False)


def shown(value: Any) -> str:
    """A value as it may be shown on a terminal: no control characters, on one line."""
    return printable(cell(value), 10_000)
