"""A CSV file: its delimiter and its header are found before its rows are read."""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from itertools import islice
from typing import TextIO

from .cells import BadCellError, Records
from .errors import InputError

DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "vertical bars"}
"""Those that are found, with their names."""
EMPTY = "it is empty: its first row must be a header, with the names of the columns."
Text = Callable[[], AbstractContextManager[TextIO]]
"""The text of a file, from its beginning."""

_SEP = re.compile(r'"?sep=(.)"?[\r\n]*', re.IGNORECASE | re.ASCII)


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a file is written.

    Attributes:
        delimiter: between two cells.
        skipped: lines before the header: the ``sep=`` of Excel.
        rows_in_cells: whether a cell may have what looks like rows of the file.
    """

    delimiter: str
    skipped: int
    rows_in_cells: bool

    @property
    def sentence(self) -> str:
        """How the delimiter is called in a notice."""
        name = DELIMITERS.get(self.delimiter, repr(self.delimiter))
        return f"its cells are separated by {name}" + (", as its first line says" if self.skipped else "")


def find_dialect(text: Text, knows: Callable[[str], bool], asked: str | None, *, rows_in_cells: bool) -> Dialect:
    """The delimiter: as asked, as in a line ``sep=;``, or the one whose header has the most known columns.

    Args:
        text: the file.
        knows: whether a column of this name has a place.
        asked: the delimiter, instead of finding it.
        rows_in_cells: see ``Dialect``.

    Raises:
        InputError: the file is empty, or two delimiters are as likely.
    """
    if asked is not None:
        check_delimiter(asked)
    with text() as lines:
        named = _SEP.fullmatch(lines.readline(20))
    if named:
        check_delimiter(named[1])
        if asked not in (None, named[1]):
            raise InputError(f"its first line names another delimiter than {asked!r}.", line=1)
        return Dialect(named[1], 1, rows_in_cells)
    if asked is not None:
        return Dialect(asked, 0, rows_in_cells)
    found: dict[str, tuple[int, int]] = {}
    broken: BadCellError | None = None
    for delimiter in DELIMITERS:
        try:
            with text() as lines:
                _, header = next(iter(Records(lines, delimiter)))
        except StopIteration:
            raise InputError(EMPTY) from None
        except BadCellError as error:
            broken = broken or error
        else:
            found[delimiter] = (sum(knows(name.strip()) for name in header), len(header))
    best = max(found.values(), default=(0, 0))
    if broken and not best[0]:
        raise InputError(f"{broken.reason}.", line=broken.line)
    candidates = [delimiter for delimiter, score in found.items() if score == best]
    if len(candidates) > 1 and best[1] > 1:
        names = " or ".join(DELIMITERS[delimiter] for delimiter in candidates)
        raise InputError(f"its cells may be separated by {names}. Name the delimiter.")
    return Dialect(candidates[0], 0, rows_in_cells)


def check_delimiter(delimiter: str) -> None:
    """Refuse what cannot separate cells.

    Raises:
        InputError: it is not one character, or one that cells or quotes consist of.
    """
    if len(delimiter) != 1 or delimiter.isalnum() or delimiter in "\"' \r\n\0_-":
        raise InputError(f"the delimiter must be one character such as ',' or ';', not {delimiter!r}.")


def records_of(lines: TextIO, dialect: Dialect) -> Records:
    """The rows of a file, the header first."""
    for _ in islice(lines, dialect.skipped):
        pass
    return Records(lines, dialect.delimiter, dialect.skipped, rows_in_cells=dialect.rows_in_cells)


def wrong_length(names: Sequence[str], length: int, line: int) -> InputError:
    """The error of a row of another length than the header."""
    column = names[length] if length < len(names) else names[-1]
    lack = "there is none for this column" if length < len(names) else "this column is the last"
    cells = "1 cell" if length == 1 else f"{length} cells"
    return InputError(f"the row has {cells}, and the header {len(names)}: {lack}.", line=line, column=column)


def columns_with(text: Text, dialect: Dialect, line: int, marks: str) -> Iterator[str]:
    """The names of the columns that have one of these characters in the row at a line."""
    header: Sequence[str] = ()
    found: Sequence[str] = ()
    with text() as lines:
        records = records_of(lines, dialect)
        for start, cells in records:
            if start > line:
                break
            header, found = records.header, cells
    if found is not header:
        yield from (name.strip() for name, cell in zip(header, found, strict=False) if set(marks) & set(cell))
