"""A file with a JSON object in each line."""

import json
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any, NoReturn, cast

from .errors import InputError


class _DoubledError(ValueError):
    """A name that occurs twice in an object."""


def objects_in(lines: Iterable[str]) -> Iterator[tuple[int, dict[str, Any]]]:
    """Each object with its line, from 1. Numbers with a fraction are Decimals; empty lines are skipped.

    Raises:
        InputError: a line is not a JSON object, or names something twice.
    """
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            found: object = json.loads(
                line, object_pairs_hook=_unique, parse_float=Decimal, parse_constant=_refused_constant
            )
        except _DoubledError as doubled:
            raise InputError("it occurs twice in one object.", line=number, column=str(doubled)) from None
        except json.JSONDecodeError as error:
            raise InputError(
                f"it is not valid JSON: {error.msg} at character {error.pos + 1}. Each line must be a whole object.",
                line=number,
            ) from None
        except (ValueError, RecursionError):
            raise InputError("it has a number that JSON does not have, or too many levels.", line=number) from None
        if not isinstance(found, dict):
            hint = "; jq -c '.[]' makes such lines of a JSON array" if isinstance(found, list) else ""
            raise InputError(f'each line must be a JSON object, such as {{"company": "Acme"}}{hint}.', line=number)
        yield number, cast("dict[str, Any]", found)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise _DoubledError(next(name for name in names if names.count(name) > 1))
    return found


def _refused_constant(name: str) -> NoReturn:
    raise ValueError(name)
