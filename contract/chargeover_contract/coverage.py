"""What a run has reached, by operation, status, parameter and field of a body; and what it never has."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from .document import NOT_ON_REQUEST, OPERATIONS, is_assumed, operation_at, path_of
from .inputs import fields_of, parameters_of
from .options import SKIPS_ASSUMED

Reached = tuple[str, int, str, str]
"""An operation, a status, and what the request had in it: a kind (``query``, ``path``, ``body``, or none), a name."""


class Coverage:
    """The statuses that a server gave, by operation and by what was asked with; and 405s, by path."""

    def __init__(self) -> None:
        self._reached: set[Reached] = set()
        self._refused_paths: set[str] = set()

    def note(self, method: str, target: str, status: int, body: bytes = b"") -> None:
        """Note the response to a request.

        Args:
            method: of the request.
            target: its path, or a template of the document, with its query.
            status: of the response.
            body: of the request.
        """
        operation = operation_at(method, target)
        if operation:
            name = operation.name
            asked = {("query", key) for key, _ in parse_qsl(target.partition("?")[2], keep_blank_values=True)}
            asked |= {("path", key) for kind, key in parameters_of(name) if kind == "path"}
            asked |= {("body", key) for key in _members(body)}
            known = asked & {*parameters_of(name), *(("body", field) for field in fields_of(name))}
            self._reached |= {(name, status, "", ""), *((name, status, kind, key) for kind, key in known)}
        if status == 405 and (path := path_of(target)):
            self._refused_paths.add(path)

    def missing(self, excluded: Iterable[str] = ()) -> list[str]:
        """The documented responses that no request got, as ``operation status``.

        429 and 500 do not count: no request can ask for them. A 405 is the path's: it is reached by a method that none
        of its operations has.

        Args:
            excluded: operations that the server does not have.
        """
        return [
            f"{name} {status}"
            for name, status in self._unreached()
            if name not in set(excluded) and status not in NOT_ON_REQUEST
            if not (SKIPS_ASSUMED and is_assumed(name, status))
        ]

    def not_on_request(self) -> list[str]:
        """The 429s and 500s that nothing has reached: they cannot be asked for, except of a sandbox with faults."""
        return [f"{name} {status}" for name, status in self._unreached() if status in NOT_ON_REQUEST]

    def _unreached(self) -> Iterator[tuple[str, int]]:
        for operation in sorted(OPERATIONS.values(), key=lambda one: one.name):
            for status in sorted(operation.statuses):
                is_refused_path = status == 405 and operation.path in self._refused_paths
                if (operation.name, status, "", "") not in self._reached and not is_refused_path:
                    yield operation.name, status

    def never_sent(self) -> list[str]:
        """The parameters and fields that no request had in it, as ``operation kind name``."""
        sent = {(name, kind, key) for name, _, kind, key in self._reached}
        return sorted(
            f"{name} {kind} {key}"
            for name in OPERATIONS
            for kind, key in [*parameters_of(name), *(("body", field) for field in fields_of(name))]
            if (name, kind, key) not in sent
        )

    def never_accepted(self) -> list[str]:
        """Those that were sent, but that no response below 400 followed."""
        sent = {(name, kind, key) for name, _, kind, key in self._reached if kind}
        accepted = {(name, kind, key) for name, status, kind, key in self._reached if kind and 200 <= status < 400}
        return sorted(" ".join(one) for one in sent - accepted)

    def as_json(self) -> dict[str, Any]:
        """By operation: statuses, and the statuses that each parameter and each field has reached."""
        table: dict[str, Any] = {}
        for name, operation in OPERATIONS.items():
            inputs = [*parameters_of(name), *(("body", field) for field in fields_of(name))]
            there = {(status, kind, key) for one, status, kind, key in self._reached if one == name}
            refused = {405} if operation.path in self._refused_paths else set[int]()
            table[name] = {
                "documented": sorted(operation.statuses),
                "reached": sorted({status for status, _, _ in there} | refused),
                "inputs": {
                    f"{kind} {key}": sorted(status for status, *rest in there if rest == [kind, key])
                    for kind, key in inputs
                },
            }
        return {
            "operations": table,
            "never_seen": self.missing(),
            "cannot_be_asked_for": self.not_on_request(),
            "never_sent": self.never_sent(),
            "never_accepted": self.never_accepted(),
        }

    def dump(self) -> list[list[Any]]:
        """Everything, to be merged into another one."""
        return [*map(list, sorted(self._reached)), *([path] for path in sorted(self._refused_paths))]

    def merge(self, dumped: Iterable[list[Any]]) -> None:
        """Take in what another one has dumped."""
        for row in dumped:
            if len(row) == 1:
                self._refused_paths.add(row[0])
            else:
                name, status, kind, key = row
                self._reached.add((name, status, kind, key))


def _members(body: bytes) -> set[str]:
    """The names in a JSON object; those of each request of a bulk."""
    if not body or len(body) > 1_000_000:
        return set()
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        return set()
    objects = value if isinstance(value, list) else [value]
    return {name for one in objects if isinstance(one, dict) for name in one}


def whole_lines(path: Path) -> list[str]:
    """The whole lines of a file, if it is there. A killed process may leave half a line."""
    return path.read_bytes().rpartition(b"\n")[0].decode().splitlines() if path.exists() else []
