"""Answers, all in one envelope, and the refusals that lead to some of them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer before it is written out.

    Attributes:
        status: the HTTP status.
        envelope: the JSON body.
        headers: headers besides Content-Type and Content-Length.
    """

    status: int
    envelope: dict[str, Any]
    headers: Mapping[str, str] = field(default_factory=dict[str, str])

    def rendered(self) -> bytes:
        """The body's bytes."""
        return json.dumps(self.envelope, ensure_ascii=False, separators=(",", ":")).encode()


class Refusal(Exception):  # noqa: N818  it is an answer, not a fault
    """A request that is refused: raised anywhere, answered in one place.

    Args:
        status: the HTTP status.
        message: the envelope's message: what was wrong and what would be right.
        details: the envelope's details.
        headers: headers of the answer.
    """

    def __init__(
        self,
        status: int,
        message: str,
        details: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        envelope = {
            "code": status,
            "status": "Error",
            "message": message,
            "details": dict(details or {}),
            "response": False,
        }
        self.reply = Reply(status, envelope, headers or {})


def success(status: int, response: object, headers: Mapping[str, str] | None = None, code: int | None = None) -> Reply:
    """An answer that did what was asked. ``code`` is the envelope's own; without it, the HTTP status."""
    envelope: dict[str, Any] = {
        "code": code or status,
        "status": "OK",
        "message": "",
        "details": {},
        "response": response,
    }
    return Reply(status, envelope, headers or {})


def bad_field(name: str, reason: str) -> Refusal:
    """A 400 that points at one field."""
    return Refusal(HTTPStatus.BAD_REQUEST, f"{name}: {reason}", {"errors": [{"field": name, "reason": reason}]})
