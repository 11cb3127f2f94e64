"""What an exchange is expected to be, and how others differ from it."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import unquote

from .exchange import Exchange

_LONGEST = 100


@dataclass(frozen=True, slots=True)
class Expectation:
    """What is expected; None where anything is allowed.

    Attributes:
        method: the HTTP method.
        path: the path, as it was sent or as openapi.yaml has it.
        operation: the operationId in openapi.yaml.
        customer_id: the customer.
        status: the status of the response; 0 for none.
        body: the JSON value of the request's body, or its bytes.
    """

    method: str | None = None
    path: str | None = None
    operation: str | None = None
    customer_id: int | None = None
    status: int | None = None
    body: Any = None

    def differences(self, exchange: Exchange) -> list[str]:
        """How an exchange differs; empty if it is as expected."""
        found: list[str] = []
        for name in ("method", "operation", "customer_id"):
            wanted, given = getattr(self, name), getattr(exchange, name)
            if wanted is not None and wanted != given:
                found.append(f"{name} is {_text(given)}, not {_text(wanted)}")
        if self.path is not None and not self._has_path(exchange):
            found.append(f"path is {exchange.path}, not {self.path}")
        if self.status is not None and (self.status or None) != exchange.status:
            found.append(f"status is {exchange.status or 'missing'}, not {self.status or 'missing'}")
        if isinstance(self.body, bytes):
            if self.body != exchange.body:
                found.append(f"body is {exchange.body[:_LONGEST]!r}, not {self.body[:_LONGEST]!r}")
        elif self.body is not None:
            found += _body_differences(self.body, exchange)
        return found

    def _has_path(self, exchange: Exchange) -> bool:
        wanted = self.path or ""
        if unquote(wanted.partition("?")[0]) == unquote(exchange.path):
            return "?" not in wanted or wanted.partition("?")[2] == exchange.query
        return exchange.template is not None and _shape(wanted) == _shape(exchange.template)

    def __str__(self) -> str:
        named = {name: getattr(self, name) for name in ("path", "operation", "customer_id", "status", "body")}
        words = [f"{name}={_text(value)}" for name, value in named.items() if value is not None]
        return (self.method or "a request") + (f" with {', '.join(words)}" if words else "")


def _body_differences(wanted: Any, exchange: Exchange) -> Iterator[str]:
    if exchange.json is None and exchange.body != b"null":
        shown = repr(exchange.body[:_LONGEST]) if exchange.body else "empty"
        yield f"body is {shown}, not {_text(wanted)}"
    else:
        yield from _value_differences(wanted, exchange.json, "body")


def _value_differences(wanted: Any, given: Any, place: str) -> Iterator[str]:
    if isinstance(wanted, Mapping) and isinstance(given, dict):
        wanted_members, members = cast("Mapping[str, Any]", wanted), cast("dict[str, Any]", given)
        for name in [*wanted_members, *(name for name in members if name not in wanted_members)]:
            if name not in members:
                yield f"{place} lacks {name}, which should be {_text(wanted_members[name])}"
            elif name not in wanted_members:
                yield f"{place} has {name}={_text(members[name])}, which is not expected"
            else:
                yield from _value_differences(wanted_members[name], members[name], f"{place}.{name}")
    elif isinstance(wanted, (list, tuple)) and isinstance(given, list):
        wanted_items, items = [*cast("Sequence[object]", wanted)], cast("list[object]", given)
        if len(wanted_items) != len(items):
            yield f"{place} has {len(items)} items, not {len(wanted_items)}"
        else:
            for index, pair in enumerate(zip(wanted_items, items, strict=True)):
                yield from _value_differences(*pair, f"{place}[{index}]")
    elif isinstance(wanted, bool) != isinstance(given, bool) or wanted != given:  # True == 1, but not in JSON
        yield f"{place} is {_text(given)}, not {_text(wanted)}"


def _shape(template: str) -> str:
    return re.sub(r"\{[^{}/]*\}", "{}", template)


def _text(value: Any) -> str:
    if value is None:
        return "missing"
    text = value if isinstance(value, str) else repr(value) if isinstance(value, bytes) else _dumped(value)
    text = f'"{text}"' if isinstance(value, str) else text
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _dumped(value: Any) -> str:
    try:
        return json.dumps(value, ensure_ascii=False)
    except (TypeError, ValueError):
        return repr(value)
