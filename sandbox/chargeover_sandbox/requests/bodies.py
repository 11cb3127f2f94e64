"""Request bodies: from bytes to a JSON value, or one clear reason for the refusal."""

import json
import math
from collections import Counter
from http import HTTPStatus

from chargeover_sandbox.contract.responses import Refusal

MAX_BYTES = 10 * 1024 * 1024
"""A larger body is refused. ChargeOver does not publish its own limit; this one protects the machine."""


def parse_json(body: bytes) -> object:
    """The JSON value of a body.

    It is stricter than Python's own parser, which would store something other than was meant: duplicate names in an
    object, NaN, Infinity and lone surrogates are refused.

    Raises:
        Refusal: 400.
    """
    if not body:
        raise _not_json("it is empty")
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _not_json(f"byte {error.start} is not UTF-8") from None
    try:
        value: object = _decode(text)
        if "\\u" in text:
            json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise _not_json("a \\u escape is a lone surrogate") from None
    except json.JSONDecodeError as error:
        raise _not_json(f"{error.msg} at line {error.lineno}, column {error.colno}") from None
    except RecursionError:
        raise _not_json("it is nested too deeply") from None
    except ValueError as error:
        raise _not_json(str(error)) from None
    return value


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    value = dict(pairs)
    if len(value) != len(pairs):
        (name, _), *_ = Counter(name for name, _ in pairs).most_common(1)
        raise ValueError(f"the name {name!r} is duplicated")
    return value


def _number(text: str) -> int | float:
    # JSON has one kind of number: 57.0 is the integer 57, in JSON Schema too.
    number = float(text)
    if math.isinf(number):
        raise ValueError("a number is too large")
    return int(number) if number.is_integer() else number


def _no_constant(name: str) -> object:
    raise ValueError(f"{name} is not JSON")


# One decoder for all bodies: json.loads with options creates a new one for each call.
_decode = json.JSONDecoder(object_pairs_hook=_object, parse_float=_number, parse_constant=_no_constant).decode


def _not_json(reason: str) -> Refusal:
    return Refusal(HTTPStatus.BAD_REQUEST, f"The body is not valid JSON: {reason}.", {"reason": reason})
