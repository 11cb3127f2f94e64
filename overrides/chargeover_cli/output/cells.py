"""A value of a response as the text of a cell."""

from typing import Any

from chargeover_cli.inside import ExactNumber, is_formula

from .json import dumps


def cell(value: Any) -> str:
    """The text of a value: nothing for null, lists and objects as JSON, everything else as it came."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case str():
            return value
        case ExactNumber():
            return value.text
        case list() | dict():
            return dumps(value, None)
        case _:
            return str(value)


def safe_cell(value: Any) -> str:
    """The same for a spreadsheet: a text that it would take for a formula begins with an apostrophe."""
    text = cell(value)
    return f"'{text}" if isinstance(value, str) and is_formula(text) else text
