"""Fields as a caller gives them, checked against the contract before anything is sent."""

import difflib
import math
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar, cast

from ._errors import InvalidFieldError, UnknownFieldError
from ._text import half_surrogate
from ._wire import CUSTOMER, CUSTOMER_CREATE, PARAMETERS, Rule

T = TypeVar("T")

_NAMES = {
    "string": "a string",
    "integer": "an integer",
    "number": "a number",
    "boolean": "True or False",
    "array": "a list",
    "null": "None",
}
_ANY_TEXT = Rule(("string",))
# A bool is an int to Python and not to JSON, so the order matters to subclasses.
_JSON_TYPES: dict[type, str] = {
    str: "string",
    bool: "boolean",
    int: "integer",
    float: "number",
    list: "array",
    tuple: "array",
    type(None): "null",
}


def checked_update(rules: Mapping[str, Rule], fields: Mapping[str, object]) -> dict[str, Any]:
    """The JSON body of an update.

    Args:
        rules: the contract's rules by the name of the field.
        fields: values by name; a field that is not there is not sent, None is sent as null.

    Raises:
        UnknownFieldError: a name that the contract does not have.
        InvalidFieldError: no field at all, or a value that the contract forbids.
    """
    if not fields:
        raise InvalidFieldError("update() was called without any field: there is nothing to send.")
    for name, value in fields.items():
        if value is None and name in rules and "null" not in rules[name].types:
            empty = ' Pass "" to empty it.' if rules[name].types == ("string",) and not rules[name].choices else ""
            raise _invalid(name, value, rules[name], f" Leave it out to keep it as it is.{empty}")
    return _checked_fields("update", rules, fields)


def checked_creation(
    rules: Mapping[str, Rule], required: Sequence[str], fields: Mapping[str, object]
) -> dict[str, Any]:
    """The JSON body of a creation; see ``checked_update``.

    Raises:
        UnknownFieldError: a name that the contract does not have.
        InvalidFieldError: a field that is needed and missing, or a value that the contract forbids.
    """
    body = _checked_fields("create", rules, fields)
    if missing := [name for name in required if name not in fields]:
        raise InvalidFieldError(f"create() needs {' and '.join(missing)}.", missing[0])
    return body


def checked_parameter(name: str, value: T) -> T:
    """A parameter of a path or of a query.

    Raises:
        InvalidFieldError: a value that the contract forbids.
    """
    return checked_value(name, value, PARAMETERS[name])


def _checked_fields(operation: str, rules: Mapping[str, Rule], fields: Mapping[str, object]) -> dict[str, Any]:
    body: dict[str, Any] = {}
    for name, value in fields.items():
        rule = rules.get(name)
        if rule is None:
            raise _unknown(operation, str(name), rules)
        if rule == _ANY_TEXT and type(value) is str and value.isascii():
            body[name] = value  # most fields of most bodies: right without a closer look
        else:
            body[name] = _checked(name, value, rule)
    return body


def checked_value(name: str, value: T, rule: Rule) -> T:
    """A value that a rule allows.

    Raises:
        InvalidFieldError: a value that it forbids.
    """
    return cast("T", _checked(name, value, rule))


def _checked(name: str, value: object, rule: Rule) -> object:
    """The value as it is sent: the plain value of a subclass, a list for a tuple."""
    json_type = _JSON_TYPES.get(type(value)) or _json_type_of_a_subclass(value)
    if json_type not in rule.types and (json_type != "integer" or "number" not in rule.types):
        raise _invalid(name, value, rule)
    if isinstance(value, str):
        # Not str(value): a subclass, such as a member of an enum, may print as something else than it is.
        return _checked_text(name, str.__str__(value), rule)
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, (int, float)):
        number = int.__index__(value) if isinstance(value, int) else float.__float__(value)
        if isinstance(number, float) and not math.isfinite(number):  # JSON has neither NaN nor infinity
            raise _invalid(name, number, rule)
        if (rule.minimum is not None and number < rule.minimum) or (rule.maximum is not None and number > rule.maximum):
            raise _invalid(name, number, rule)
        return number
    elements = cast("Sequence[object]", value)
    return [_checked(f"{name}[{index}]", element, Rule(rule.items)) for index, element in enumerate(elements)]


def _json_type_of_a_subclass(value: object) -> str | None:
    return next((json_type for kind, json_type in _JSON_TYPES.items() if isinstance(value, kind)), None)


def _checked_text(name: str, value: str, rule: Rule) -> str:
    if (rule.choices and value not in rule.choices) or len(value) < rule.shortest:
        raise _invalid(name, value, rule)
    position = half_surrogate(value)
    if position is not None:
        message = f"{name} is not valid Unicode text: half of a surrogate pair at position {position}."
        raise InvalidFieldError(message, name)
    return value


def _invalid(name: str, value: object, rule: Rule, hint: str = "") -> InvalidFieldError:
    return InvalidFieldError(f"{name} must be {_allowed(rule)}, not {_shown(value)}.{hint}", name)


def _unknown(operation: str, name: str, rules: Mapping[str, Rule]) -> UnknownFieldError:
    suggestion = None
    if name in CUSTOMER_CREATE:
        hint = " It can only be given to create()."
    elif name in CUSTOMER:
        hint = " It is returned, and cannot be sent."
    else:
        suggestion = _nearest(name, rules)
        hint = f" Did you mean {suggestion!r}?" if suggestion else ""
    return UnknownFieldError(f"{operation}() has no field {name!r}.{hint}", name, suggestion)


def _nearest(name: str, names: Mapping[str, Rule]) -> str | None:
    """The name that was most likely meant: one letter off, or one that has the given word as a part."""
    word = name.casefold()
    for candidate in difflib.get_close_matches(word, names, n=1, cutoff=0.75):
        return candidate
    for candidate in names:
        if word in candidate.split("_") or candidate.startswith(f"{word}_"):
            return candidate
    return next(iter(difflib.get_close_matches(word, names, n=1, cutoff=0.6)), None)


def _allowed(rule: Rule) -> str:
    if rule.choices:
        return " or ".join(repr(choice) for choice in rule.choices)
    names = [_NAMES[json_type] for json_type in rule.types]
    if rule.minimum is not None:
        names[0] += f" from {rule.minimum}" + (f" to {rule.maximum}" if rule.maximum is not None else " up")
    if rule.shortest:
        names[0] += " that is not empty"
    return " or ".join(names)


def _shown(value: object) -> str:
    if value is None:
        return "None"
    try:
        text = repr(value)
    except Exception:  # noqa: BLE001  a value that cannot even be printed must not hide the real message
        text = "a value"
    if len(text) > 60:
        text = text[:57] + "..."
    return f"{text} ({type(value).__name__})"
