"""Fields as a caller gives them, checked against the contract before anything is sent."""

import math
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

from chargeover._callers import warn_at_caller
from chargeover._errors import InvalidFieldError, UnknownFieldError
from chargeover._text import half_surrogate
from chargeover._wire import PARAMETERS, Rule

from .scalars import is_missing, plain_value

T = TypeVar("T")

# The default of a mapping of fields, whatever its type. Not None: a type checker names what is wrong in a mapping only
# if it can be nothing else.
NO_FIELDS: Any = {}

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


@dataclass(frozen=True, slots=True)
class BodyRules:
    """The fields that the body of an operation can have.

    Attributes:
        operation: the name of the operation for messages, such as ``update``.
        fields: the contract's rules by the name of the field.
        required: the names of the fields that must be given.
        elsewhere: names that belong to another operation, each group with the sentence that says so.
    """

    operation: str
    fields: Mapping[str, Rule]
    required: Sequence[str] = ()
    elsewhere: Sequence[tuple[Container[str], str]] = ()
    texts: frozenset[str] = field(init=False, repr=False)
    """The names of the fields that can have any text."""

    def __post_init__(self) -> None:
        texts = frozenset(name for name, rule in self.fields.items() if rule == _ANY_TEXT)
        object.__setattr__(self, "texts", texts)


def given_fields(fields: Mapping[str, object] | None, others: Mapping[str, object]) -> Mapping[str, object]:
    """The fields of a call: those of a mapping, those given as arguments, or both.

    Raises:
        InvalidFieldError: not a mapping, or a field that is given in both ways.
    """
    if fields is NO_FIELDS or fields is None:
        return others
    if isinstance(fields, dict) and not others:
        return fields
    if not is_mapping(fields):
        raise InvalidFieldError(
            f"Fields are a mapping such as {{'company': 'Acme Ltd'}}, or arguments, not {type(fields).__name__}."
        )
    found = dict(fields)
    if twice := [name for name in others if name in found]:
        raise InvalidFieldError(f"{twice[0]} is given twice: in the mapping, and as an argument.", twice[0])
    return {**found, **others}


def is_mapping(value: object) -> bool:
    """Whether fields can be read from a value: a mapping, or a row of pandas."""
    return isinstance(value, (dict, Mapping)) or (hasattr(value, "keys") and hasattr(value, "__getitem__"))


def checked_update(body: BodyRules, given: Mapping[str, object]) -> dict[str, Any]:
    """The JSON body of an update.

    Args:
        body: the fields that it can have.
        given: values by name; a field that is not there is not sent, None is sent as null.

    Raises:
        UnknownFieldError: a name that the contract does not have.
        InvalidFieldError: no field at all, or a value that the contract does not allow.
    """
    if not given:
        raise InvalidFieldError(f"{body.operation}() was called without any field: there is nothing to send.")
    for name, value in given.items():
        if value is None and (rule := body.fields.get(name)) and "null" not in rule.types:
            empty = ' Pass "" to empty it.' if rule.types == ("string",) and not rule.choices else ""
            raise _invalid(name, value, rule, f" Leave it out to keep it as it is.{empty}")
    return _checked_fields(body, given)


def checked_creation(body: BodyRules, given: Mapping[str, object]) -> dict[str, Any]:
    """The JSON body of a creation; see ``checked_update``.

    Raises:
        UnknownFieldError: a name that the contract does not have.
        InvalidFieldError: a required field is missing, or a value that the contract does not allow.
    """
    fields = _checked_fields(body, given)
    check_required(body, given)
    return fields


def check_required(body: BodyRules, given: Mapping[str, object]) -> None:
    """Refuse a body without a field that is required.

    Raises:
        InvalidFieldError: one is missing.
    """
    if missing := [name for name in body.required if name not in given]:
        raise InvalidFieldError(f"{body.operation}() needs {' and '.join(missing)}.", missing[0])


def checked_parameter(name: str, value: T) -> T:
    """A path or query parameter.

    Raises:
        InvalidFieldError: a value that the contract does not allow.
    """
    return checked_value(name, value, PARAMETERS[name])


def _checked_fields(body: BodyRules, given: Mapping[str, object]) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    deprecated: list[str] = []
    for name, value in given.items():
        if type(value) is str and name in body.texts and value.isascii():
            fields[name] = value  # most fields of most bodies: valid without a closer look
            continue
        rule = body.fields.get(name)
        if rule is None:
            raise _unknown(body, str(name))
        fields[name] = _checked(name, value, rule)
        if rule.is_deprecated:
            deprecated.append(name)
    if deprecated:
        warn_at_caller(f"ChargeOver marks {' and '.join(deprecated)} as deprecated (docs).", DeprecationWarning)
    return fields


def checked_value(name: str, value: T, rule: Rule) -> T:
    """The value, if its rule allows it.

    Raises:
        InvalidFieldError: the rule does not allow it.
    """
    return cast("T", _checked(name, value, rule))


def _checked(name: str, value: object, rule: Rule) -> object:
    """The value as it is sent: the plain value of a subclass, a list for a tuple."""
    json_type = _JSON_TYPES.get(type(value)) or _json_type_of_a_subclass(value)
    if json_type not in rule.types and (json_type != "integer" or "number" not in rule.types):
        plain = _plain(name, value, rule)
        if plain is value:
            raise _invalid(name, value, rule)
        return _checked(name, plain, rule)
    if isinstance(value, str):
        # Not str(value): a subclass, such as a member of an enum, may print differently.
        return _checked_text(name, str.__str__(value), rule)
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, (int, float)):
        number = int.__index__(value) if isinstance(value, int) else float.__float__(value)
        if isinstance(number, float) and not math.isfinite(number):  # JSON has neither NaN nor infinity
            _plain(name, number, rule)
            raise _invalid(name, number, rule)
        if (rule.minimum is not None and number < rule.minimum) or (rule.maximum is not None and number > rule.maximum):
            raise _invalid(name, number, rule)
        return number
    elements = cast("Sequence[object]", value)
    return [_checked(f"{name}[{index}]", element, Rule(rule.items)) for index, element in enumerate(elements)]


def _plain(name: str, value: object, rule: Rule) -> object:
    """The value that a scalar of numpy or pandas stands for, and the whole number that a float is; else the value.

    Raises:
        InvalidFieldError: it stands for a missing value.
    """
    if is_missing(value):
        hint = f"Leave it out, or pass {_allowed(rule)}."
        raise InvalidFieldError(f"{name} is {_shown(value)}, which stands for a missing value. {hint}", name)
    if isinstance(value, float) and "integer" in rule.types and "number" not in rule.types and value.is_integer():
        return int(value)
    return plain_value(value)


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


def _unknown(body: BodyRules, name: str) -> UnknownFieldError:
    suggestion = None
    hint = next((f" {sentence}" for names, sentence in body.elsewhere if name in names), "")
    if not hint:
        suggestion = _nearest(name, body.fields)
        hint = f" Did you mean {suggestion!r}?" if suggestion else ""
    return UnknownFieldError(f"{body.operation}() has no field {name!r}.{hint}", name, suggestion)


def _nearest(name: str, names: Mapping[str, Rule]) -> str | None:
    """The most likely name: one letter off, or with the given word as a part."""
    import difflib  # for a misspelled name

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
    except Exception:  # noqa: BLE001  a value that cannot be printed must not hide the real message
        text = "a value"
    if len(text) > 60:
        text = text[:57] + "..."
    return f"{text} ({type(value).__name__})"
