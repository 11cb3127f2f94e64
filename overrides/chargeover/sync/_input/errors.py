"""What stops the reading, and what is only said."""

from dataclasses import dataclass
from typing import Any

from chargeover._errors import ChargeOverError
from chargeover._text import printable


class InputError(ChargeOverError, ValueError):
    """The input cannot be read as it stands, or not as asked. Nothing was sent.

    The message has no cell of the input: it names the source, the line and the column.

    Attributes:
        source: the name of the file, or None.
        line: the line, from 1, as an editor counts; None if the input as a whole is meant.
        column: the name of the column; None if the line as a whole is meant.
    """

    def __init__(
        self, reason: str, source: str | None = None, line: int | None = None, column: str | None = None
    ) -> None:
        self._reason = reason
        self.source = source
        self.line = line
        self.column = column
        place = [printable(source, 200)] if source else []
        place += [f"line {line}"] if line else []
        place += [f"column {shown(column)}"] if column else []
        where = ", ".join(place)
        super().__init__(f"{where}: {reason}" if where else reason)

    @property
    def reason(self) -> str:
        """The problem, and what would be right, without the place."""
        return self._reason

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self._reason, self.source, self.line, self.column)


class RefusedError(ValueError):
    """A cell that does not become a value of its field. Its sentence has no text of the cell."""


@dataclass(frozen=True, slots=True)
class InputNotice:
    """What a reader should know about the input. It does not stop the reading, and has no cell of the input.

    Attributes:
        text: one sentence or two.
        is_warning: whether some of the data is in doubt; otherwise the notice only says how the input was read.
        line: the first line that is meant, or None.
        column: the column that is meant, or None.
    """

    text: str
    is_warning: bool = False
    line: int | None = None
    column: str | None = None

    def __str__(self) -> str:
        return self.text


def shown(name: str) -> str:
    """The name of a column as a message shows it: in quotes, its first line alone, and cut if it is long.

    A quote that is open in the header makes the next rows part of a name.
    """
    first, *more = name.splitlines() or [""]
    return f"'{printable(first, 60)}{'…' if more else ''}'"
