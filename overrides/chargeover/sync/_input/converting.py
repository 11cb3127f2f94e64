"""Cells of one row as values of fields, with all that is wrong with them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from chargeover.sync._rows import Problem, Row

from .conversion import plain, text_of
from .damage import SUSPICIOUS, Damage, is_postcode
from .errors import InputError, InputNotice, RefusedError, shown
from .mapping import REJECTED_LINE, REJECTED_REASON, Columns, Step

Empty = Literal["keep", "clear"]
"""What an empty cell does to its field: ``keep`` leaves it as it is, ``clear`` empties it."""
OnNotice = Callable[[InputNotice], object]
Fail = Callable[[str, str | None], InputError]

_LAYOUTS = 1_000


def say_nothing(notice: InputNotice) -> None:
    """Take a notice, and do nothing."""


def fail_at(source: str, line: int | None) -> Fail:
    """What makes the errors of a place."""
    return lambda reason, column: InputError(reason, source, line, column)


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the fields of a row are.

    Attributes:
        names: of the columns.
        steps: the fields, each with the position of its column, and whether the cell is looked at for damage.
        postcodes: the fields that are postal codes, the same.
    """

    names: Sequence[str]
    steps: Sequence[tuple[Step, int, bool]]
    postcodes: Sequence[tuple[Step, int]]


class Converting:
    """Makes rows.

    Args:
        columns: the mapping.
        empty: what an empty cell does.
        tell: takes the notices.
    """

    def __init__(self, columns: Columns, empty: Empty, tell: OnNotice) -> None:
        if empty not in ("keep", "clear"):
            raise InputError(f"empty must be 'keep' or 'clear', not {empty!r}.")
        self._columns = columns
        self._clears = empty == "clear"
        self._tell = tell
        self._damage = Damage()
        self._layouts: dict[tuple[str, ...], Layout] = {}
        self._seen: set[str] = set()
        self._blank: list[int] = []

    def knows(self, name: str) -> bool:
        """Whether a column of this name has a place."""
        return self._columns.knows(name)

    def layout(self, names: Sequence[str], fail: Fail, *, is_whole: bool) -> Layout:
        """Where the fields of rows with these columns are.

        Args:
            names: of the columns.
            fail: makes the error of a reason and a column.
            is_whole: whether every row has these columns, so that none of those needed can be missing.

        Raises:
            InputError: a column is unknown, repeated or without a name, or is needed and missing.
        """
        index = tuple(names)
        if found := self._layouts.get(index):
            return found
        if names and not any(map(self.knows, names)):
            # Not their names: without a header they would be the data of a person.
            raise fail("none of its columns is a field, or mapped to one: is its first row a header?", None)
        positions: dict[str, int] = {}
        for position, name in enumerate(names):
            if not name:
                raise fail(f"column {position + 1} has no name: give it one, or delete the column.", None)
            if name in positions:
                raise fail(f"it occurs twice, as column {positions[name] + 1} and {position + 1}.", name)
            positions[name] = position
        own = [name for name in names if name not in (REJECTED_LINE, REJECTED_REASON)]
        steps = self._columns.steps(own, fail)
        if is_whole:
            if missing := [name for name in self._columns.mapped if name not in positions]:
                raise fail("the mapping names it, and it is not there.", min(missing))
            if not any(step.is_key for step in steps):
                reason = f"no column gives the key: name one {self._columns.key}, or map {self._columns.key} to one."
                raise fail(reason, None)
        # A column that gives two fields is looked at once.
        first = {step.column: step for step in reversed(steps)}
        placed = [(step, positions[step.column], not step.convert and first[step.column] is step) for step in steps]
        postcodes = [(step, at) for step, at, is_watched in placed if is_watched and is_postcode(step)]
        if len(self._layouts) >= _LAYOUTS:
            self._layouts.clear()
        self._seen.update(names)
        return self._layouts.setdefault(index, Layout(tuple(names), placed, postcodes))

    def tell_ignored(self, names: Sequence[str]) -> None:
        """Say which columns are left out."""
        if ignored := self._columns.ignored(names):
            self._tell(InputNotice(f"left out: {', '.join(map(shown, ignored))}."))

    def row(self, layout: Layout, line: int, cells: Sequence[object]) -> Row:
        """One row. ``values`` has None for a field that is to be emptied."""
        values = dict(self._columns.constants)
        problems: list[Problem] = []
        has_key = False
        value: object
        for step, at, is_watched in layout.steps:
            cell = cells[at]
            if type(cell) is not str:
                cell = plain(cell)
            text = cell if isinstance(cell, str) else None
            if cell is None or (text is not None and (not text or text.isspace())):
                if self._clears and step.can_be_cleared:
                    values[step.field] = None
                continue
            has_key = has_key or step.is_key
            if step.is_plain and text is not None and text.isascii():
                value = values[step.field] = text  # most cells of most files
            else:
                try:
                    value = values[step.field] = step.value(cell)
                except RefusedError as refused:
                    problems.append(Problem(step.column, f"{refused}."))
                    continue
            if is_watched and text is not None and (text[0] in SUSPICIOUS or step.is_key):
                self._damage.look(step, line, text, value)
        for step, at in layout.postcodes:
            country = values.get(f"{step.field.removesuffix('_postcode')}_country")
            self._damage.look_at_postcode(step, line, cells[at], country)
        if not has_key:
            column = next((step.column for step, _, _ in layout.steps if step.is_key), self._columns.key)
            problems.append(Problem(column, f"it is empty, and names the customer ({self._columns.key})."))
        texts = {
            name: cell if type(cell) is str and cell.isascii() else text_of(cell)
            for name, cell in zip(layout.names, cells, strict=True)
        }
        texts.pop(REJECTED_LINE, None)
        texts.pop(REJECTED_REASON, None)
        return Row(line, texts, None if problems else values, tuple(problems))

    def note_blank(self, line: int) -> None:
        """Note a row without any text, as spreadsheets leave them."""
        self._blank = [self._blank[0], self._blank[1] + 1] if self._blank else [line, 1]

    def finish(self) -> None:
        """Say what is in doubt, now that all rows were seen."""
        for name in sorted(self._columns.mapped - self._seen):
            self._tell(InputNotice(f"the mapping names the column {shown(name)}, which no row has.", is_warning=True))
        if self._blank:
            first, number = self._blank
            self._tell(
                InputNotice(f"{number:,} rows without any text left out, the first in line {first}.", line=first)
            )
        for notice in self._damage.notices():
            self._tell(notice)
