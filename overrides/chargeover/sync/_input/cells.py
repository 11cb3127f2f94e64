"""Lines of a CSV file as cells: strictly, since one open quote makes one cell of many customers.

Not the standard library's ``csv``: it does not say in which column a quote is open, ends a cell at 131,072 characters,
and cannot tell a row that an open quote swallowed from a cell with a line break.
"""

from collections.abc import Iterator

LONGEST_CELL = 1_000_000
"""Characters of a cell in quotes, at most: an open quote must not read the rest of a large file into memory."""


class BadCellError(Exception):
    """A cell that is in doubt.

    Attributes:
        line: where its row starts.
        index: its column, from 0.
        reason: the problem.
    """

    def __init__(self, line: int, index: int, reason: str) -> None:
        super().__init__(reason)
        self.line = line
        self.index = index
        self.reason = reason


class Records:
    """The rows of a CSV file, each with the line where it starts. Empty lines are skipped.

    Spaces before an opening quote and after a closing one are left out. A quote in a cell that does not begin with one
    is part of its text, as spreadsheets show it.

    Args:
        lines: the lines, with their ends.
        delimiter: one character.
        line: the lines that were read before.
        rows_in_cells: whether a cell may have what looks like rows of the file.

    Attributes:
        header: the first row, once it was read.

    Raises:
        BadCellError: a quote is not closed, or not doubled within quotes; a cell has what looks like whole rows.
    """

    def __init__(self, lines: Iterator[str], delimiter: str, line: int = 0, *, rows_in_cells: bool = False) -> None:
        self._lines = lines
        self._delimiter = delimiter
        self._line = line
        self._rows_in_cells = rows_in_cells
        self._has_spaces = False
        self.header: list[str] = []

    def __iter__(self) -> Iterator[tuple[int, list[str]]]:
        delimiter = self._delimiter
        for text in self._lines:
            self._line += 1
            if '"' not in text:
                cells = text.rstrip("\r\n").split(delimiter)
                if len(cells) == 1 and not cells[0].strip():
                    continue
                start = self._line
            else:
                start = self._line
                cells = self._cells(text)
            if not self.header:
                self.header = cells
                self._has_spaces = all(cell.startswith(" ") for cell in cells[1:])
            yield start, cells

    def _cells(self, text: str) -> list[str]:
        """The cells of a row that has quotes; it may go on in further lines."""
        start = self._line
        cells: list[str] = []
        at = 0
        stop = _end_of(text)
        while True:
            begin = at
            while text.startswith(" ", begin):
                begin += 1
            if text.startswith('"', begin):
                cell, text, at = self._quoted(text, begin + 1, start, len(cells))
                stop = _end_of(text)
            else:
                end = text.find(self._delimiter, at, stop)
                end = stop if end < 0 else end
                cell, at = text[at:end], end
            cells.append(cell)
            if at == stop:
                return cells
            at += 1

    def _quoted(self, text: str, begin: int, start: int, index: int) -> tuple[str, str, int]:
        """A cell in quotes, the line in which it ends, and the position after it."""
        parts: list[str] = []
        length = 0
        end = begin
        while True:
            end = text.find('"', end)
            if end < 0:
                parts.append(text[begin:])
                length += len(text) - begin
                following = next(self._lines, None)
                if following is None or length > LONGEST_CELL:
                    raise BadCellError(start, index, "its quote is not closed")
                self._line += 1
                text, begin, end = following, 0, 0
            elif text.startswith('""', end):
                end += 2
            else:
                break
        parts.append(text[begin:end])
        at = end + 1
        while text.startswith(" ", at):
            at += 1
        if at < _end_of(text) and text[at] != self._delimiter:
            reason = f"in line {self._line} a quote is not doubled within quotes, or one before it was not closed"
            raise BadCellError(start, index, reason)
        if len(parts) > 1 and self._are_rows(parts, index):
            reason = "it has line breaks, and its lines have as many cells as the rows"
            raise BadCellError(start, index, f"{reason}: its quote may not be closed (rows_in_cells allows it)")
        return "".join(parts).replace('""', '"'), text, at

    def _are_rows(self, lines: list[str], index: int) -> bool:
        """Whether the lines of a cell are what is left of rows if a quote opened in one and closed in another."""
        last = len(self.header) - 1
        if self._rows_in_cells or last < 1:
            return False
        first, *inner, end = [self._delimiters(line) for line in lines if line.strip() or line in (lines[0], lines[-1])]
        return first == last - index and end == index and all(count == last for count in inner)

    def _delimiters(self, line: str) -> int:
        # One before a space is punctuation, unless the header is written with spaces.
        spaced = 0 if self._has_spaces else line.count(f"{self._delimiter} ")
        return line.count(self._delimiter) - spaced


def _end_of(line: str) -> int:
    return len(line.rstrip("\r\n"))
