"""One exchange of a recording, whatever kind of file it comes from."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Self

BULK = "/api/v3/_bulk"
_UPDATES = {201: 202}
"""The code in an update's envelope is that of a creation, as published."""


class RecordingError(Exception):
    """A file cannot be used. The text says where and what would be right, and repeats no value."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """A request and its response.

    Attributes:
        place: where it stands, such as ``traffic.har, entry 3``.
        method: in capitals.
        path: from ``/api/v3`` on, with the query.
        status: of the response.
        sent: the body of the request.
        received: the body of the response.
        sent_headers: by lower-case name.
        headers: those of the response, by lower-case name.
        has_headers: whether the recording has all headers of the response that count.
        has_stand_ins: whether stand-ins replace the values.
    """

    place: str
    method: str
    path: str
    status: int
    sent: bytes = field(default=b"", repr=False)
    received: bytes = field(default=b"", repr=False)
    sent_headers: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)
    headers: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)
    has_headers: bool = True
    has_stand_ins: bool = False

    @property
    def query(self) -> str:
        """The query; empty for none."""
        return self.path.partition("?")[2]

    @property
    def body(self) -> Any:
        """The JSON value that was sent; None for none."""
        return json_of(self.sent)

    @property
    def envelope(self) -> Any:
        """The JSON value that came; None for none."""
        return json_of(self.received)

    @property
    def result(self) -> Any:
        """The member ``response`` of the envelope; None for none."""
        return self.envelope.get("response") if isinstance(self.envelope, dict) else None

    def inner(self) -> Iterator[Self]:
        """The requests of a bulk request, each with its response, as if they had been sent alone."""
        requests, answers = self.body, self.result
        answers = answers.get("_bulk") if isinstance(answers, dict) else None
        if self.method != "POST" or self.path.partition("?")[0] != BULK:
            return
        if not isinstance(requests, list) or not isinstance(answers, list):
            return
        for number, (request, answer) in enumerate(zip(requests, answers, strict=False), 1):
            if not isinstance(request, dict) or not isinstance(answer, dict):
                continue
            method, uri, code = request.get("request_method"), request.get("uri"), answer.get("code")
            if not isinstance(method, str) or not isinstance(uri, str) or type(code) is not int:
                continue
            has_body = method != "GET" and "payload" in request
            yield replace(
                self,
                place=f"{self.place}, bulk request {number}",
                method=method.upper(),
                path=uri,
                status=_UPDATES.get(code, code) if method == "PUT" else code,
                sent=json.dumps(request["payload"]).encode() if has_body else b"",
                # The answers of a bulk request have no details (docs).
                received=json.dumps({"details": {}, **answer}).encode(),
                sent_headers={"content-type": "application/json"} if has_body else {},
                headers={},
                has_headers=False,
            )


def json_of(body: bytes) -> Any:
    """The JSON value of a body; None if it has none."""
    try:
        return json.loads(body.decode("utf-8")) if body else None
    except (ValueError, RecursionError):
        return None


def kind_of(value: Any) -> str:
    """The JSON type of a value, in words."""
    kinds: dict[type, str] = {bool: "true or false", str: "a text", list: "a list", dict: "an object"}
    return "null" if value is None else kinds.get(type(value), "a number")


def kinds_at(value: Any, name: str) -> set[str]:
    """The types of all members of a name, at any depth."""
    found: set[str] = set()
    level = [value]
    while level:
        one = level.pop()
        if isinstance(one, dict):
            found |= {kind_of(one[name])} if name in one else set()
            level += one.values()
        elif isinstance(one, list):
            level += one
    return found


_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,60}")


def name_of(text: str) -> str:
    """The name of a member, or ``…`` if it may be a value, such as an e-mail address."""
    return text if _WORD.fullmatch(text) else "…"


def template_of(path: str) -> str:
    """A path that the document does not have, with its values taken out."""
    made: list[str] = []
    for place, segment in enumerate(path.partition("?")[0].strip("/").split("/")):
        name, colon, _ = segment.partition(":")
        if colon:
            made.append(f"{name_of(name)}:{{key}}")
        elif segment.isdecimal():
            made.append("{id}")
        elif place <= 2 or segment.startswith("_") or made[-1] == "_action":
            made.append(name_of(segment))
        else:
            made.append("{…}")
    return "/" + "/".join(made)
