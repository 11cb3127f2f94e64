"""Answers read leniently: what is known is read, the rest is kept, and only a "no" becomes an exception."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, cast

from ._errors import InvalidResponseError, UnexpectedStatusError, error_class
from ._exchange import Answer, ReceivedResponse, SentRequest
from ._json import read_json

_LARGEST_ID = 2**63 - 1

Exchange = Callable[[], tuple[SentRequest, ReceivedResponse]]
"""Gives what was sent and what came back, in plain form; asked for only when an error needs it."""


@dataclass(slots=True)
class Envelope:
    """An answer that says yes.

    Attributes:
        content: the envelope's members.
        location: the Location header; empty if there was none.
        exchange: what was sent and what came back.
    """

    content: Mapping[str, Any]
    location: str
    exchange: Exchange

    @property
    def response(self) -> Any:
        """The result itself, or None if there is none."""
        return self.content.get("response")

    def invalid(self, finding: str) -> InvalidResponseError:
        """The error for an answer whose result cannot be read, and why."""
        return InvalidResponseError(*self.exchange(), finding)


def read_envelope(answer: Answer) -> Envelope:
    """The envelope of a successful answer.

    Decided by the HTTP status and the envelope's ``status``, never by its ``code`` (seed). ``"response": false`` is how
    every published error says no, so it is a no under a 2xx too. A 204 is a yes that says nothing more.

    Raises:
        APIStatusError: the HTTP status is not 2xx, or the envelope says no.
        InvalidResponseError: the HTTP status is 2xx and the body is no envelope.
    """
    if not 200 <= answer.status <= 299:
        raise error_class(answer.status)(*answer.exchange())
    location = answer.headers.get("location", "")
    if answer.status == HTTPStatus.NO_CONTENT:
        return Envelope({}, location, answer.exchange)
    content = read_json(answer.body)
    if not is_envelope(content):
        raise InvalidResponseError(*answer.exchange())
    members = cast("dict[str, Any]", content)
    if says_no(members):
        raise UnexpectedStatusError(*answer.exchange())
    return Envelope(members, location, answer.exchange)


def is_envelope(content: object) -> bool:
    """Whether a JSON value can be read as an envelope."""
    return isinstance(content, dict) and ("status" in content or "response" in content)


def says_no(content: Mapping[str, Any]) -> bool:
    """Whether an envelope says that the request was not done."""
    return str(content.get("status")).casefold() == "error" or content.get("response") is False


def identified(envelope: Envelope) -> int | None:
    """``response.id`` of an envelope, or None if there is none that can be read as one."""
    response: object = envelope.response
    return as_id(cast("dict[str, Any]", response).get("id")) if isinstance(response, dict) else None


def as_id(value: object) -> int | None:
    """An ID in one of the forms that it comes in: 7, 7.0, "7"; None for anything else."""
    number = as_count(value)
    return number if number is not None and 1 <= number <= _LARGEST_ID else None


def as_count(value: object) -> int | None:
    """A number of things in one of the forms that it comes in: 7, 7.0, "7"; None for anything else."""
    if isinstance(value, str):
        digits = value.strip()
        value = int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 20 else None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None
