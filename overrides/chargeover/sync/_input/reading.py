"""The rows of a file, each converted by the contract."""

import io
import os
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import PurePath
from typing import BinaryIO, Literal, TextIO

from chargeover.sync._rows import Row

from .cells import BadCellError
from .converting import Converting, Empty, OnNotice, fail_at, say_nothing
from .delimited import EMPTY, Dialect, Text, columns_with, find_dialect, records_of, wrong_length
from .encodings import BadTextError, Encoding, find_encoding
from .errors import InputError, InputNotice
from .jsonlines import objects_in
from .mapping import ColumnMap, Columns, Key
from .sources import Source, name_of, opened

Format = Literal["csv", "jsonl"]
"""``csv``: rows of cells below a header. ``jsonl``: a JSON object in each line."""

_SUFFIXES: dict[str, Format] = {".csv": "csv", ".tsv": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl"}


def read(
    source: Source,
    *,
    key: Key = "external_key",
    map: ColumnMap | None = None,  # noqa: A002  the name of the command's option
    ignore: Iterable[str] = (),
    empty: Empty = "keep",
    create_missing: bool = False,
    format: Format | None = None,  # noqa: A002  the same
    encoding: str | None = None,
    delimiter: str | None = None,
    rows_in_cells: bool = False,
    on_notice: OnNotice = say_nothing,
) -> Iterator[Row]:
    """The rows of a file. It is read in two passes, the first one for its encoding, and never as a whole into memory.

    Args:
        source: the path of a file, ``-`` for standard input, or a stream of bytes.
        key: the field that names the customer.
        map: by field, the name of its column, if that is not the name of the field; or a mapping with ``column`` and
            ``transform`` (``trim``, ``lower``, ``upper``, ``country``, ``country_code``, ``boolean``, or a list of
            them), or with ``constant``. ``read_mapping`` reads it from a file.
        ignore: columns that are left out; ``*`` for all that are neither mapped nor named as a field.
        empty: what an empty cell does: ``keep`` leaves the field as it is, ``clear`` empties it.
        create_missing: whether columns may be fields that only a new customer takes.
        format: ``csv`` or ``jsonl``; None: by the file's suffix, else ``jsonl`` if it begins with a brace.
        encoding: None: by the byte order mark, else UTF-8, else Windows-1252.
        delimiter: None: commas, semicolons, tabs or vertical bars, or as a line ``sep=;`` says.
        rows_in_cells: whether a cell with line breaks may have lines with as many cells as the rows of the file. They
            are refused otherwise, since a quote that is not closed makes such cells.
        on_notice: called with what is worth knowing: how the file was read at first, and at the end what is in doubt.

    Raises:
        InputError: an argument is not allowed (at once); the file cannot be read, or is in doubt (as it is read).
    """
    columns = Columns(key, map or {}, ignore, create_missing)
    converting = Converting(columns, empty, on_notice)
    if format not in (None, "csv", "jsonl"):
        raise InputError(f"the format must be 'csv' or 'jsonl', not {format!r}.")
    find = partial(find_dialect, knows=columns.knows, asked=delimiter, rows_in_cells=rows_in_cells)
    return _rows(source, converting, on_notice, format, encoding, find)


def _rows(
    source: Source,
    converting: Converting,
    tell: OnNotice,
    form: Format | None,
    encoding: str | None,
    find: "partial[Dialect]",
) -> Iterator[Row]:
    name = name_of(source)
    try:
        with opened(source) as file:
            try:
                found = find_encoding(file, encoding)
            except BadTextError as problem:
                raise _located(problem, file, find, converting.knows) from None
            tell(InputNotice(f"{name}: {found.sentence}.", found.is_doubtful))
            text = partial(_text, file, found)
            if (form or _format_of(source, text)) == "jsonl":
                yield from _of_objects(converting, name, text)
            else:
                dialect = find(text)
                tell(InputNotice(f"{name}: {dialect.sentence}."))
                yield from _of_cells(converting, name, text, dialect)
    except InputError as error:
        raise (error if error.source else InputError(error.reason, name, error.line, error.column)) from None
    except UnicodeDecodeError:
        raise InputError("it was changed while it was read.", name) from None
    except OSError as error:
        raise InputError(f"it cannot be read: {error.strerror or error}.", name) from None
    converting.finish()


def _of_cells(converting: Converting, name: str, text: Text, dialect: Dialect) -> Iterator[Row]:
    names: list[str] = []
    with text() as lines:
        rows = iter(records_of(lines, dialect))
        try:
            for line, header in rows:
                names = [cell.strip() for cell in header]
                layout = converting.layout(names, fail_at(name, line), is_whole=True)
                converting.tell_ignored(names)
                break
            else:
                raise InputError(EMPTY)
            for line, cells in rows:
                if len(cells) != len(names):
                    raise wrong_length(names, len(cells), line)
                if cells[-1] == header[-1] and [cell.strip("\ufeff ") for cell in cells] == names:
                    raise InputError("it repeats the header: are these two files in one?", line=line)
                if any(cells) and "".join(cells).strip():
                    yield converting.row(layout, line, cells)
                else:
                    converting.note_blank(line)
        except BadCellError as bad:
            column = names[bad.index] if bad.index < len(names) else None
            raise InputError(f"{bad.reason}.", line=bad.line, column=column) from None


def _of_objects(converting: Converting, name: str, text: Text) -> Iterator[Row]:
    with text() as lines:
        for line, found in objects_in(lines):
            layout = converting.layout([*found], fail_at(name, line), is_whole=False)
            yield converting.row(layout, line, [*found.values()])


def _format_of(source: Source, text: Text) -> Format:
    suffix = PurePath(source).suffix.lower() if isinstance(source, (str, os.PathLike)) else ""
    if suffix in _SUFFIXES:
        return _SUFFIXES[suffix]
    with text() as lines:
        for line in lines:
            if line.strip():
                return "jsonl" if line.lstrip()[0] in "{[" else "csv"
    return "csv"


@contextmanager
def _text(file: BinaryIO, encoding: Encoding, errors: str = "strict") -> Generator[TextIO]:
    """The text of a file from its beginning. The file stays open."""
    file.seek(encoding.start)
    lines = io.TextIOWrapper(file, encoding.codec, errors, newline="")
    try:
        yield lines
    finally:
        lines.detach()


def _located(
    problem: BadTextError, file: BinaryIO, find: "partial[Dialect]", knows: Callable[[str], bool]
) -> InputError:
    """The error of text that cannot be read, with its column if the file is a CSV file so far.

    A name that is not known is not shown: without a header it is data.
    """
    text = partial(_text, file, problem.encoding, "replace")
    try:
        names = columns_with(text, find(text), problem.line, "\0\N{REPLACEMENT CHARACTER}")
        column = next(filter(knows, names), None)
    except (InputError, BadCellError):
        column = None
    return InputError(f"{problem.reason}{problem.hint}.", line=problem.line, column=column)
