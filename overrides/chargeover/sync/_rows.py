"""A row as the reading side hands it to the plan: what was read, and what it means."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a row cannot be planned as it stands: the column, and a sentence without personal data."""

    column: str
    reason: str


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the input.

    Attributes:
        line: from 1, as an editor shows the file; an item of an iterable counts as a line.
        columns: the text of every column as it was read, which rejects give back.
        values: the converted values by field, without the fields that are to be kept; None empties a field. It is None
            itself if the row could not be converted, and ``problems`` says why.
        problems: what is wrong with it.
    """

    line: int
    columns: Mapping[str, str]
    values: Mapping[str, object] | None
    problems: Sequence[Problem] = ()
