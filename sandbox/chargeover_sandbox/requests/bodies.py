"""Request bodies: from bytes to a JSON value, or one clear reason for the refusal."""

import json
import math
import re
from collections import Counter
from collections.abc import Iterable
from http import HTTPStatus
from typing import cast

from chargeover_sandbox.contract.problems import shortened
from chargeover_sandbox.contract.responses import Refusal

MAX_BYTES = 10 * 1024 * 1024
"""A larger body is refused. ChargeOver does not publish its own limit; this one protects the machine."""

MAX_CONTROL_BYTES = 256 * 1024 * 1024
"""The same for the control, whose seeds may be large."""

MAX_VALUES = 100_000
"""A body with more values and names is refused: three million numbers fit into 10 MiB, but not into the machine."""

MAX_DEPTH = 100
"""A body that is nested more deeply is refused. Python's own limit differs between its versions."""

MAX_DIGITS = 400
"""A longer number is refused. Python's own limit is a setting. Every number that fits into a float can be written."""

# Strings, or one mark outside strings. Possessive, and with an optional end, so that any text takes linear time.
_TOKEN = re.compile(r'(?:"[^"\\]*+(?:\\.[^"\\]*+)*+"?[^"\[\]{},:]*+)++|[\[\]{},:]', re.DOTALL)


def parse_json(body: bytes, *, any_size: bool = False) -> object:
    """The JSON value of a body.

    It is stricter than Python's own parser, which would store something other than was meant: duplicate names in an
    object, NaN, Infinity and lone surrogates are refused. So is a body that is nested too deeply or has too many
    values, before it is parsed, and a number that is too long: the same on every version of Python.

    Args:
        body: the bytes.
        any_size: whether it may have any number of values.

    Raises:
        Refusal: 400.
    """
    if not body:
        raise _not_json("it is empty")
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _not_json(f"byte {error.start} is not UTF-8") from None
    if not any_size:
        _check_size(text)
    try:
        return json_value(text) if any_size else _value(text)
    except ValueError as error:
        raise _not_json(str(error)) from None


def json_value(text: str) -> object:
    """The value of a JSON text of any size, otherwise read as strictly as a body.

    Raises:
        ValueError: it is not valid JSON, or nested too deeply; the message says why, and where if that is known.
    """
    value = _value(text)
    level = [value]
    for _ in range(MAX_DEPTH):
        level = [inner for outer in level for inner in _parts(outer)]
    if any(isinstance(one, (dict, list)) for one in level):
        raise ValueError(f"it is nested too deeply: more than {MAX_DEPTH} levels")
    return value


def _parts(value: object) -> Iterable[object]:
    if isinstance(value, dict):
        return cast("dict[str, object]", value).values()
    return cast("list[object]", value) if isinstance(value, list) else ()


def _value(text: str) -> object:
    try:
        value: object = _decode(text)
        if "\\u" in text:
            json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise ValueError("a \\u escape is a lone surrogate") from None
    except json.JSONDecodeError as error:
        raise ValueError(f"{error.msg} at line {error.lineno}, column {error.colno}") from None
    except RecursionError:
        raise ValueError(f"it is nested too deeply: more than {MAX_DEPTH} levels") from None
    return value


def _check_size(text: str) -> None:
    """Refuse a text with too many levels, or with too many values."""
    openings, separators = text.count("[") + text.count("{"), text.count(",") + text.count(":")
    if openings <= MAX_DEPTH and openings + separators < MAX_VALUES:
        return
    # These characters may be in strings as well, which do not count.
    depth = values = 0
    for token in _TOKEN.finditer(text):
        mark = text[token.start()]
        if mark == '"':
            continue
        depth += (mark in "[{") - (mark in "]}")
        values += mark not in "]}"
        if depth > MAX_DEPTH:
            raise _too_large(f"is nested too deeply: more than {MAX_DEPTH} levels")
        if values >= MAX_VALUES:
            raise _too_large(f"has more than {MAX_VALUES} values and names")
        if depth < 0:
            return  # it is not JSON


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    value = dict(pairs)
    if len(value) != len(pairs):
        (name, _), *_ = Counter(name for name, _ in pairs).most_common(1)
        raise ValueError(f"the name {shortened(name)!r} is duplicated")
    return value


def _integer(text: str) -> int:
    _check_length(text)
    return int(text)


def _number(text: str) -> int | float:
    _check_length(text)
    # JSON has one kind of number: 57.0 is the integer 57, in JSON Schema too.
    number = float(text)
    if math.isinf(number):
        raise ValueError("a number is too large")
    return int(number) if number.is_integer() else number


def _check_length(number: str) -> None:
    if len(number.removeprefix("-")) > MAX_DIGITS:
        raise ValueError(f"a number has more than {MAX_DIGITS} digits")


def _no_constant(name: str) -> object:
    raise ValueError(f"{name} is not JSON")


# One decoder for all bodies: json.loads with options creates a new one for each call.
_decode = json.JSONDecoder(
    object_pairs_hook=_object, parse_int=_integer, parse_float=_number, parse_constant=_no_constant
).decode


def _not_json(reason: str) -> Refusal:
    return Refusal(HTTPStatus.BAD_REQUEST, f"The body is not valid JSON: {reason}.", {"reason": reason})


def _too_large(reason: str) -> Refusal:
    return Refusal(HTTPStatus.BAD_REQUEST, f"The body {reason}.", {"reason": reason})
