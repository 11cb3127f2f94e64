"""What a spreadsheet may have done to the cells before: said as warnings, since only a person can know."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from .countries import code_of
from .errors import InputNotice, shown
from .mapping import Step

_SHORTENED = re.compile(r"-?\d(?:[.,]\d+)?E[+-]\d{2,}", re.ASCII)
_ERROR = re.compile(r"#(?:N/A|NAME\?|REF!|VALUE!|DIV/0!|NUM!|NULL!|NV|WERT!|BEZUG!|#+)")
_DISARMED = re.compile(r"'[=+\-@\t\r]")
_MONTHS = "Jan|Feb|Mar|Mär|Mrz|Apr|May|Mai|Jun|Jul|Aug|Sep|Oct|Okt|Nov|Dec|Dez"
_DATED = re.compile(rf"\d{{1,2}}[-.]? ?(?:{_MONTHS})|(?:{_MONTHS})[- ]\d\d", re.IGNORECASE)
_DATE = re.compile(r"\d{4}-\d\d-\d\d(?:[T ].*)?|\d{1,2}([./-])\d{1,2}\1(?:\d{4}|\d\d)", re.ASCII)
# Days since 1899-12-30: 1954 to 2119.
_SERIAL = re.compile(r"[2-7]\d{4}", re.ASCII)
# Countries whose postal codes have five digits, some of them with a zero in front.
_FIVE_DIGITS = frozenset({"DE", "DZ", "EE", "ES", "FI", "FR", "IT", "MA", "MX", "MY", "PR", "TR", "US"})
SUSPICIOUS = frozenset("0123456789-#'")
"""The first characters of the cells that any of these can be about, except keys."""
_LONGEST = 40


@dataclass(slots=True)
class _Count:
    """How often something was seen in a column, and in which line first."""

    times: int = 0
    line: int = 0

    def add(self, line: int) -> None:
        self.times += 1
        self.line = self.line or line


@dataclass(slots=True)
class _Seen:
    """What was seen in a column."""

    column: str
    is_postcode: bool
    shortened: _Count = field(default_factory=_Count)
    errors: _Count = field(default_factory=_Count)
    disarmed: _Count = field(default_factory=_Count)
    dated: _Count = field(default_factory=_Count)
    dates: _Count = field(default_factory=_Count)
    serials: _Count = field(default_factory=_Count)
    spaced: _Count = field(default_factory=_Count)
    padded: dict[int, int] = field(default_factory=dict[int, int])
    """By its number of digits, the first line of a code that begins with a zero."""
    unpadded: dict[int, _Count] = field(default_factory=dict[int, _Count])
    """By its number of digits, a code that does not. For postal codes, of customers of unknown country."""
    lost: _Count = field(default_factory=_Count)
    """Postal codes that are too short for their country."""


def is_postcode(step: Step) -> bool:
    """Whether a field is a postal code."""
    return step.field.endswith("_postcode")


class Damage:
    """Looks at cells of text as they were read, and says at the end what is in doubt."""

    def __init__(self) -> None:
        self._columns: dict[str, _Seen] = {}

    def look(self, step: Step, line: int, cell: str, value: object) -> None:
        """Look at a cell that is text in the contract and is not empty, and at the value that it became.

        The cell of a key, or one that begins with one of ``SUSPICIOUS``.
        """
        if step.is_key and isinstance(value, str) and value != value.strip():
            self._seen(step).spaced.add(line)
        if len(cell) > _LONGEST:
            return
        seen = self._seen(step)
        if cell.isascii() and cell.isdigit():
            if step.is_key:
                self._digits(seen, cell, line)
            elif not seen.is_postcode and _SERIAL.fullmatch(cell):
                seen.serials.add(line)
        elif _SHORTENED.fullmatch(cell):
            seen.shortened.add(line)
        elif _ERROR.fullmatch(cell):
            seen.errors.add(line)
        elif _DISARMED.match(cell):
            seen.disarmed.add(line)
        elif _DATE.fullmatch(cell):
            seen.dates.add(line)
        elif step.is_key and _DATED.fullmatch(cell):
            seen.dated.add(line)

    def look_at_postcode(self, step: Step, line: int, cell: object, country: object) -> None:
        """Look at a postal code, beside the country of its row."""
        if not (isinstance(cell, str) and cell.isascii() and cell.isdigit() and 3 <= len(cell) <= 5):
            return
        code = code_of(country) if isinstance(country, str) else None
        if code is None:
            self._digits(self._seen(step), cell, line)
        elif code in _FIVE_DIGITS and len(cell) < 5:
            self._seen(step).lost.add(line)

    def notices(self) -> Iterator[InputNotice]:
        """The warnings, one for each column and kind."""
        for seen in self._columns.values():
            for count, what, why in _findings(seen):
                if count.times:
                    where = f"line {count.line}"
                    if count.times > 1:
                        where = f"{count.times:,} cells, the first in {where}"
                    text = f"column {shown(seen.column)} has {what} ({where}). {why}"
                    yield InputNotice(text, is_warning=True, line=count.line, column=seen.column)

    def _seen(self, step: Step) -> _Seen:
        found = self._columns.get(step.column)
        if found is None:
            found = self._columns[step.column] = _Seen(step.column, is_postcode(step))
        return found

    def _digits(self, seen: _Seen, cell: str, line: int) -> None:
        if cell[0] == "0":
            seen.padded.setdefault(len(cell), line)
        else:
            seen.unpadded.setdefault(len(cell), _Count()).add(line)


def _findings(seen: _Seen) -> Iterator[tuple[_Count, str, str]]:
    yield (
        seen.spaced,
        "keys that begin or end with a space",
        "The space is part of the key; the transformation trim removes it.",
    )
    yield seen.shortened, "numbers in the form 1.23E+15", "A spreadsheet has dropped their other digits."
    yield seen.errors, "errors of a spreadsheet, such as #N/A", "They would be sent as text."
    yield (
        seen.dated,
        "keys that look like a date, such as 3-Mar",
        "A spreadsheet may have made them of codes such as 3-3.",
    )
    yield (
        seen.disarmed,
        "an apostrophe before a sign such as = or +",
        "It was written for a spreadsheet, and would be sent as part of the text.",
    )
    yield (
        seen.serials if seen.dates.times else _Count(),
        "numbers such as 45123 beside dates",
        "A spreadsheet may have made them of dates.",
    )
    yield (
        _lost_zeros(seen),
        "codes with fewer digits than the others",
        "A spreadsheet may have dropped zeros in front of them.",
    )


def _lost_zeros(seen: _Seen) -> _Count:
    """Codes that have lost zeros, as far as the column shows it.

    Keys are filled with zeros up to one length if some begin with a zero and all of these have that length; then a
    shorter one is in doubt. Numbers that only count up are not. Postal codes of five digits of which none begins with
    a zero, beside shorter ones, are in doubt if nothing says that these are of a country with shorter ones.
    """
    if seen.lost.times:
        return seen.lost
    if seen.is_postcode:
        length = 5 if 5 in seen.unpadded and not seen.padded else 0
    else:
        length = next(iter(seen.padded)) if len(seen.padded) == 1 else 0
    shorter = [count for digits, count in seen.unpadded.items() if digits < length]
    return _Count(sum(count.times for count in shorter), min((count.line for count in shorter), default=0))
