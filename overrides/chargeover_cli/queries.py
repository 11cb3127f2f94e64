"""Conditions and orders as people write them, as those of the API."""

import difflib
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation

from .inside import CUSTOMER, Rule
from .statuses import CommandError

_OF_THE_API = re.compile(r"\w+:[A-Za-z]+:.*", re.DOTALL)
_NULL = re.compile(r"(\w+)\s+is\s+(not\s+)?null", re.IGNORECASE)
_SHORT = re.compile(r"(\w+)\s*(!=|<=|>=|==|=|<|>|~)\s*(.*)", re.DOTALL)
_OPERATORS = {
    "=": "EQUALS", "==": "EQUALS", "!=": "NOTEQUALS", "<": "LT", "<=": "LTE", ">": "GT", ">=": "GTE", "~": "CONTAINS",
}  # fmt: skip
FLAGS: Mapping[str, bool] = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}


def where_of(conditions: Iterable[str] | None) -> str | None:
    """The text of a ``where`` from conditions; None without any.

    Raises:
        CommandError: a condition that cannot be read, or a field that the contract does not have.
    """
    return ",".join(map(_condition, conditions or ())) or None


def order_of(text: str | None) -> str | None:
    """The text of an ``order``; None for the default.

    Raises:
        CommandError: a direction that there is not, or a field that the contract does not have.
    """
    if text is None:
        return None
    name, colon, direction = text.partition(":")
    if (direction.upper() or "ASC") not in {"ASC", "DESC"} or (colon and not direction):
        raise CommandError(f"--order is a field such as 'company' or 'company:DESC', not {text!r}.")
    if not colon:
        check_name(name, "--order")
    return f"{name}:{direction.upper() or 'ASC'}"


def check_name(name: str, option: str, rules: Mapping[str, Rule] = CUSTOMER) -> None:
    """Refuse a field that the contract does not have.

    Args:
        name: its name.
        option: where it was given.
        rules: the fields that there are.

    Raises:
        CommandError.
    """
    if name not in rules:
        near = difflib.get_close_matches(name, rules, n=1)
        hint = f" Did you mean {near[0]!r}?" if near else ""
        raise CommandError(f"{option}: a customer has no field {name!r}.{hint}")


def _condition(text: str) -> str:
    if _OF_THE_API.fullmatch(text):
        if (len(text) - len(text.rstrip("\\"))) % 2:
            raise CommandError(f"--where {text!r} ends with a backslash that escapes nothing.")
        return text
    from chargeover import Condition

    if found := _NULL.fullmatch(text.strip()):
        check_name(found[1], "--where")
        return str(Condition(found[1], "ISNOT" if found[2] else "IS", "NULL"))
    found = _SHORT.fullmatch(text.lstrip())
    if not found:
        raise CommandError(f"--where is a condition such as 'bill_state=MN' or 'bill_state:EQUALS:MN', not {text!r}.")
    name, operator, value = found[1], found[2], found[3]
    check_name(name, "--where")
    return str(Condition(name, _OPERATORS[operator], value if operator == "~" else _value(name, value)))


def _value(name: str, text: str) -> str:
    types = CUSTOMER[name].types
    if "boolean" in types:
        if text.lower() not in FLAGS:
            raise CommandError(f"--where: {name} is compared with true or false, not {text!r}.")
        return "1" if FLAGS[text.lower()] else "0"
    if {"integer", "number"} & {*types}:
        try:
            is_number = Decimal(text).is_finite() and text.isascii()
        except InvalidOperation:
            is_number = False
        if not is_number:
            raise CommandError(f"--where: {name} is compared with a number, not {text!r}.")
    return text
