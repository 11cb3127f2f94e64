"""Cells as values of the contract's types. No message has the text of a cell."""

import json
import math
import re
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any, cast

from chargeover._text import half_surrogate
from chargeover._wire import Rule

from .errors import RefusedError
from .transformations import flag_of

Converter = Callable[[object], object]

# pandas writes a column of whole numbers that has an empty cell with ".0".
_WHOLE = re.compile(r"[+-]?\d{1,19}(?:\.0)?", re.ASCII)
_DECIMAL = re.compile(r"[+-]?\d{1,30}(?:\.\d{1,30})?", re.ASCII)
_SHORTENED = re.compile(r"-?\d(?:[.,]\d+)?E[+-]\d+", re.ASCII | re.IGNORECASE)


def plain(value: object) -> object:
    """A cell of any origin as text, a flag, a number, a list or None, which stands for an empty one.

    NaN, NaT and pandas.NA are empty; scalars and arrays of numpy become Python's own.
    """
    if value is None or type(value) is str:
        return value
    if isinstance(value, str):
        return str.__str__(value)
    if type(value).__module__ == "numpy":
        found = cast("Any", value)
        # Nanoseconds would become a bare number.
        found = found.astype("datetime64[s]") if type(value).__name__ == "datetime64" else found
        value = found.tolist()  # of a scalar too
    if type(value).__name__ in {"NAType", "NaTType"}:
        return None
    if isinstance(value, Decimal):
        return None if value.is_nan() else value
    if isinstance(value, float) and math.isnan(value):
        return None
    if isinstance(value, (datetime, date)):
        return _printed_date(value)
    return value


def text_of(value: object) -> str:
    """A cell as text that a file and a database can hold: a list as JSON, an empty cell as nothing.

    The reader of a CSV file reads it back as the same value.
    """
    if isinstance(value, str):
        text = str.__str__(value)
        return text if half_surrogate(text) is None else text.encode("utf-8", "backslashreplace").decode()
    value = plain(value)
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, tuple, dict)):
        written = json.dumps(value, ensure_ascii=False, default=text_of)
        return written if half_surrogate(written) is None else json.dumps(value, default=text_of)
    if isinstance(value, float):
        return str(getattr(value, "text", None) or (int(value) if value.is_integer() else value))
    return str(value)


def converter(rule: Rule) -> Converter | None:
    """How cells become values of a field; None if a text stays as it is."""
    kind = next(kind for kind in rule.types if kind != "null")
    if rule.choices:
        return lambda cell: _choice(rule, cell)
    if rule.is_moment:
        return lambda cell: _moment(cell)
    match kind:
        case "integer":
            return lambda cell: _whole(rule, cell)
        case "number":
            return lambda cell: _number(rule, cell)
        case "boolean":
            return lambda cell: _flag(cell)
        case "array":
            return lambda cell: _list(cell)
        case _:
            return None


def text(cell: object) -> str:
    """The value of a field of text."""
    if isinstance(cell, bool) or not isinstance(cell, (str, int, float, Decimal)):
        raise RefusedError(f"it must be text, not {shape(cell)}")
    if isinstance(cell, str) and half_surrogate(cell) is not None:
        raise RefusedError("it must be valid Unicode text: it has half of a surrogate pair")
    return text_of(cell)


def shape(cell: object) -> str:
    """What a cell is like, without its content."""
    match cell:
        case str():
            stripped = cell.strip()
            if _SHORTENED.fullmatch(stripped):
                return "a number in the form 1.23E+15, whose other digits a spreadsheet has dropped"
            if stripped.isascii() and stripped.isdigit():
                return f"a number of {_counted(len(stripped), 'digit')}"
            if _DECIMAL.fullmatch(stripped.replace(",", ".")):
                return "a number with a sign or a fraction"
            return f"text of {_counted(len(cell), 'character')}"
        case bool():
            return "true or false"
        case int() | float() | Decimal():
            return "a number"
        case list() | tuple():
            return "a list"
        case dict():
            return "an object"
        case _:
            return f"of the type {type(cell).__name__}"


def _counted(number: int, name: str) -> str:
    return f"{number} {name}" if number == 1 else f"{number} {name}s"


def _whole(rule: Rule, cell: object) -> int:
    number: int | None = None
    if isinstance(cell, str):
        stripped = cell.strip()
        number = int(stripped.removesuffix(".0")) if _WHOLE.fullmatch(stripped) else None
    elif isinstance(cell, (int, float, Decimal)) and not isinstance(cell, bool):
        number = int(cell) if math.isfinite(cell) and cell == int(cell) else None
    if number is None or not _in_range(rule, number):
        raise RefusedError(f"it must be a whole number{_range(rule)}, not {shape(cell)}")
    return number


def _number(rule: Rule, cell: object) -> Decimal:
    number: Decimal | None = None
    if isinstance(cell, str):
        number = Decimal(cell.strip()) if _DECIMAL.fullmatch(cell.strip()) else None
    elif isinstance(cell, (int, float, Decimal)) and not isinstance(cell, bool):
        try:
            number = Decimal(str(cell))
        except InvalidOperation:
            number = None
    if number is None or not number.is_finite() or not _in_range(rule, number):
        raise RefusedError(f"it must be a number such as 12.50{_range(rule)}, not {shape(cell)}")
    return number


def _in_range(rule: Rule, number: int | Decimal) -> bool:
    return (rule.minimum is None or number >= rule.minimum) and (rule.maximum is None or number <= rule.maximum)


def _range(rule: Rule) -> str:
    if rule.minimum is None:
        return "" if rule.maximum is None else f" up to {rule.maximum}"
    return f" from {rule.minimum}" + (f" to {rule.maximum}" if rule.maximum is not None else " up")


def _flag(cell: object) -> bool:
    flag: bool | None = None
    if isinstance(cell, bool):
        flag = cell
    elif isinstance(cell, str):
        flag = flag_of(cell.strip().removesuffix(".0"))
    elif isinstance(cell, (int, float, Decimal)) and cell in (0, 1):
        flag = bool(cell)
    if flag is None:
        raise RefusedError(f"it must be true or false, yes or no, or 1 or 0, not {shape(cell)}")
    return flag


def _choice(rule: Rule, cell: object) -> str:
    word = cell.strip() if isinstance(cell, str) else ""
    if word in rule.choices:
        return word
    hint = "; the transformation lower makes it so" if word.lower() in rule.choices else ""
    raise RefusedError(f"it must be {' or '.join(map(repr, rule.choices))}, not {shape(cell)}{hint}")


def _moment(cell: object) -> str:
    moment = cell.strip() if isinstance(cell, str) else ""
    try:
        datetime.fromisoformat(moment)
    except ValueError:
        reason = f"it must be a date such as 2026-01-31 or 2026-01-31 09:30:00, not {shape(cell)}"
        raise RefusedError(reason) from None
    return moment


def _list(cell: object) -> list[str]:
    """A cell that begins with ``[`` is a JSON array; any other is split at ``;``."""
    found: object = cell
    if isinstance(cell, str):
        if not cell.lstrip().startswith("["):
            return [part for part in map(str.strip, cell.split(";")) if part]
        try:
            found = json.loads(cell)
        except (ValueError, RecursionError):
            found = None
    if not isinstance(found, (list, tuple)):
        raise RefusedError(
            f'it must be a list: texts between ";", or a JSON array such as ["a", "b"], not {shape(cell)}'
        )
    elements = cast("list[Any]", found)
    for index, element in enumerate(elements):
        if not isinstance(element, str):
            raise RefusedError(f"its element {index + 1} must be text, not {shape(element)}")
        if half_surrogate(element) is not None:
            raise RefusedError(f"its element {index + 1} must be valid Unicode text: it has half of a surrogate pair")
    return list(elements)


def _printed_date(value: date) -> str:
    """A form that the API takes (docs): a date, a date and a time, or ISO 8601 with an offset."""
    if not isinstance(value, datetime):
        return value.isoformat()
    if value.tzinfo is None:
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "seconds")
    return value.isoformat("T", "seconds")
