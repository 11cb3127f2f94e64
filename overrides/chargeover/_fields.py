"""Fields as a caller gives them, checked against the contract before anything is sent."""

import difflib
from collections.abc import Callable, Mapping
from typing import Any, Final, cast

from ._errors import InvalidFieldError, UnknownFieldError
from ._wire import Field

_ID: Final = Field(("integer",), minimum=1, maximum=2**63 - 1)
_NAMES = {
    "string": "a string",
    "integer": "an integer",
    "number": "a number",
    "boolean": "True or False",
    "array": "a list",
    "null": "None",
}
# bool is an int to Python and not to JSON.
_IS: dict[str, Callable[[object], bool]] = {
    "string": lambda value: isinstance(value, str),
    "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "number": lambda value: isinstance(value, (int, float)) and not isinstance(value, bool),
    "boolean": lambda value: isinstance(value, bool),
    "array": lambda value: isinstance(value, (list, tuple)),
    "null": lambda value: value is None,
}


def checked_body(operation: str, rules: Mapping[str, Field], fields: Mapping[str, object]) -> dict[str, Any]:
    """The JSON body for these fields.

    Args:
        operation: the name of the method that was called, for messages.
        rules: the contract's rules by the name of the field.
        fields: values by name; a field that is not there is not sent, None is sent as null.

    Raises:
        UnknownFieldError: a name that the contract does not have.
        InvalidFieldError: no field at all, a field that is needed and missing, or a value that the contract forbids.
    """
    for name in fields:
        if name not in rules:
            raise _unknown(operation, name, rules)
    if missing := [name for name, rule in rules.items() if rule.required and name not in fields]:
        raise InvalidFieldError(f"{operation}() needs {' and '.join(missing)}.", missing[0])
    if not fields:
        raise InvalidFieldError(f"{operation}() was called without any field: there is nothing to send.")
    return {name: _checked(name, value, rules[name]) for name, value in fields.items()}


def checked_id(name: str, value: object) -> int:
    """An ID that may stand in a URL: an integer from 1 to 2^63 - 1.

    Raises:
        InvalidFieldError: anything else.
    """
    return cast("int", _checked(name, value, _ID))


def _unknown(operation: str, name: str, rules: Mapping[str, Field]) -> UnknownFieldError:
    nearest = difflib.get_close_matches(name, rules, n=1, cutoff=0.5)
    suggestion = nearest[0] if nearest else None
    hint = f" Did you mean {suggestion!r}?" if suggestion else ""
    return UnknownFieldError(f"{operation}() has no field {name!r}.{hint}", name, suggestion)


def _checked(name: str, value: object, rule: Field) -> object:
    if value is None and "null" not in rule.types:
        raise InvalidFieldError(f"{name} cannot be null. Leave it out to keep it as it is.", name)
    if not any(_IS[json_type](value) for json_type in rule.types):
        raise InvalidFieldError(f"{name} must be {_allowed(rule)}, not {_shown(value)}.", name)
    if isinstance(value, str):
        return _checked_text(name, str(value), rule)
    if isinstance(value, (list, tuple)):
        return [
            _checked(f"{name}[{index}]", item, Field(rule.items))
            for index, item in enumerate(cast("list[object]", value))
        ]
    if isinstance(value, int) and not isinstance(value, bool):
        low, high = rule.minimum, rule.maximum
        if (low is not None and value < low) or (high is not None and value > high):
            raise InvalidFieldError(f"{name} must be {_allowed(rule)}, not {_shown(value)}.", name)
        return int(value)
    return value


def _checked_text(name: str, value: str, rule: Field) -> str:
    if rule.choices and value not in rule.choices:
        raise InvalidFieldError(f"{name} must be {_allowed(rule)}, not {_shown(value)}.", name)
    if not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError as error:
            raise InvalidFieldError(
                f"{name} is not valid Unicode text: half of a surrogate pair at position {error.start}.", name
            ) from None
    return value


def _allowed(rule: Field) -> str:
    if rule.choices:
        return " or ".join(repr(choice) for choice in rule.choices)
    names = [_NAMES[json_type] for json_type in rule.types]
    if rule.minimum is not None and rule.maximum is not None:
        names[0] += f" from {rule.minimum} to {rule.maximum}"
    return " or ".join(names)


def _shown(value: object) -> str:
    try:
        text = repr(value)
    except Exception:  # noqa: BLE001  a value that cannot even be printed must not hide the real message
        text = "a value"
    if len(text) > 60:
        text = text[:57] + "..."
    return f"{text} ({type(value).__name__})"
