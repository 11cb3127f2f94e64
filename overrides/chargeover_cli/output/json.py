"""JSON that keeps numbers as they came: money has all its digits."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, cast

from chargeover_cli.inside import ExactNumber


def dumps(value: Any, indent: int | None = 2) -> str:
    """The JSON text of a value of a response.

    Args:
        value: the value.
        indent: spaces of a level; None for one line.
    """
    if indent is None and isinstance(value, dict) and not any(map(_is_special, cast("dict[str, Any]", value).values())):
        return _text(value)  # most rows: the library is faster
    return "".join(_parts(value, indent, "\n"))


def _is_special(value: Any) -> bool:
    return isinstance(value, (ExactNumber, dict, list))


def _parts(value: Any, indent: int | None, line: str) -> Iterator[str]:
    if isinstance(value, ExactNumber):
        yield value.text
    elif isinstance(value, Mapping) and value:
        members = cast("Mapping[str, Any]", value).items()
        yield from _inside("{", "}", ((f"{_text(name)}: ", one) for name, one in members), indent, line)
    elif isinstance(value, (list, tuple)) and value:
        yield from _inside("[", "]", (("", one) for one in cast("list[Any]", value)), indent, line)
    else:
        yield _text(value)


def _inside(begin: str, end: str, members: Iterator[tuple[str, Any]], indent: int | None, line: str) -> Iterator[str]:
    deeper = "" if indent is None else line + " " * indent
    yield begin
    for number, (name, value) in enumerate(members):
        comma = ", " if indent is None else ","
        yield (comma if number else "") + deeper + name
        yield from _parts(value, indent, deeper)
    yield ("" if indent is None else line) + end


_text = json.JSONEncoder(ensure_ascii=False, default=str).encode
