"""Answers, all in one envelope, and the refusals that lead to some of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

import orjson

from .problems import Problem, shortened

_MOST_PROBLEMS = 100
"""A body of a million unknown names is not answered with a million reasons."""


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
        return orjson.dumps(self.envelope)


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
            "code": int(status),
            "status": "Error",
            "message": message,
            "details": dict(details or {}),
            "response": False,
        }
        self.reply = Reply(int(status), envelope, headers or {})


def success(status: int, response: object, headers: Mapping[str, str] | None = None, code: int | None = None) -> Reply:
    """An answer that did what was asked. ``code`` is the envelope's own; without it, the HTTP status."""
    envelope: dict[str, Any] = {
        "code": int(code or status),
        "status": "OK",
        "message": "",
        "details": {},
        "response": response,
    }
    return Reply(int(status), envelope, headers or {})


def invalid(*found: Problem) -> Refusal:
    """The 400 for fields that are wrong: the published message (seed), and which fields, and why."""
    short = [Problem(shortened(problem.field), shortened(problem.reason)) for problem in found[:_MOST_PROBLEMS]]
    errors = [{"field": problem.field, "reason": problem.reason} for problem in short]
    reasons = "; ".join(map(str, short))
    return Refusal(HTTPStatus.BAD_REQUEST, f"Missing or invalid parameter. [{reasons}]", {"errors": errors})
