"""A baseline: causes that are known and accepted, each with its reason and the date since when."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from .report import Cause

_MEMBERS = ("cause", "reason", "date", "parts")


class BaselineError(Exception):
    """The file cannot be used. The text says where and what would be right."""


@dataclass(frozen=True, slots=True)
class Known:
    """A cause that is accepted.

    Attributes:
        cause: its sentence, as the report has it.
        reason: why it is accepted.
        date: since when.
        parts: the parts of the suite that found it; a run without them cannot say that it is gone.
    """

    cause: str
    reason: str
    date: date
    parts: tuple[str, ...]


def read(path: Path) -> list[Known]:
    """The causes in a file.

    Raises:
        BaselineError: it cannot be read, or something in it is wrong.
    """
    try:
        value = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise BaselineError(f"{path}: {getattr(error, 'strerror', None) or error}") from error
    except yaml.YAMLError as error:
        raise BaselineError(f"{path} is not valid YAML: {' '.join(str(error).split())}") from error
    rows = value if value is not None else []
    if not isinstance(rows, list):
        raise BaselineError(f"{path}: a list of causes is expected, each with cause, reason and date")
    known = [_known(path, number, row) for number, row in enumerate(rows, 1)]
    for number, one in enumerate(known, 1):
        if one.cause in {other.cause for other in known[: number - 1]}:
            raise BaselineError(f"{path}, entry {number}: the cause is there twice: {one.cause}")
    return known


def _known(path: Path, number: int, row: Any) -> Known:
    place = f"{path}, entry {number}"
    if not isinstance(row, dict) or not {*row} <= {*_MEMBERS}:
        raise BaselineError(f"{place}: an entry has the members cause, reason, date and, if you like, parts")
    for name in ("cause", "reason"):
        if not isinstance(row.get(name), str) or not row[name].strip():
            raise BaselineError(f"{place}: {name} is missing; it is a text that is not empty")
    if type(row.get("date")) is not date:
        raise BaselineError(f"{place}: date is missing; it is written as 2026-01-31")
    parts = row.get("parts", [])
    if not isinstance(parts, list) or not all(isinstance(part, str) for part in parts):
        raise BaselineError(f"{place}: parts is a list such as [edges, model]")
    return Known(row["cause"], row["reason"], row["date"], tuple(parts))


def compared(known: Sequence[Known], causes: Iterable[Cause], ran: Iterable[str] | None) -> tuple[list[str], list[str]]:
    """The causes that are new, and the known ones that are gone.

    Args:
        known: of the baseline.
        causes: of the run.
        ran: the parts that ran as a whole; None for a run of single cases, which cannot say what is gone.
    """
    found = {cause.text for cause in causes}
    new = sorted(found - {one.cause for one in known})
    whole = {*ran} if ran is not None else None
    gone = [one.cause for one in known if one.cause not in found and whole is not None and {*one.parts} <= whole]
    return new, gone


def write(path: Path, causes: Iterable[Cause], before: Sequence[Known], reason: str, today: date) -> None:
    """Write the causes of a run, keeping the reason and the date of those that were known.

    Raises:
        OSError: the file cannot be written.
    """
    kept: Mapping[str, Known] = {one.cause: one for one in before}
    rows = [
        {
            "cause": cause.text,
            "reason": kept[cause.text].reason if cause.text in kept else reason,
            "date": kept[cause.text].date if cause.text in kept else today,
            "parts": cause.parts,
        }
        for cause in causes
    ]
    head = "# Causes that are accepted. The contract suite fails on any other, and on one that is gone.\n"
    text = yaml.safe_dump(rows, sort_keys=False, allow_unicode=True, width=100)
    path.write_text(head + text, encoding="utf-8")
