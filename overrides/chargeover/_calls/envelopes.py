"""Envelopes read leniently: what is known is read, the rest is kept, and only a refusal becomes an exception."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import tzinfo
from http import HTTPStatus
from typing import Any, cast

from chargeover._errors import InvalidResponseError, UnexpectedStatusError, error_class
from chargeover._exchange import ReceivedResponse, SentRequest, WholeResponse, read_json

_LARGEST_ID = 2**63 - 1

Exchange = Callable[[], tuple[SentRequest, ReceivedResponse]]
"""Gives the request and the response in plain form; called only when an error needs them."""


@dataclass(slots=True)
class Envelope:
    """The envelope of a successful response.

    Attributes:
        content: the envelope's members.
        location: the Location header; empty if there was none.
        exchange: gives the request and the response.
        zone: the zone of dates that name none; None if it is not known.
    """

    content: Mapping[str, Any]
    location: str
    exchange: Exchange
    zone: tzinfo | None = None

    @property
    def response(self) -> Any:
        """The result itself, or None without one."""
        return self.content.get("response")

    def invalid(self, finding: str) -> InvalidResponseError:
        """The error for a response whose result cannot be read.

        Args:
            finding: the problem with the body.
        """
        return InvalidResponseError(*self.exchange(), finding)


def read_envelope(response: WholeResponse, zone: tzinfo | None = None) -> Envelope:
    """The envelope of a successful response.

    Decided by the HTTP status and the envelope's ``status``, never by its ``code`` (seed). Every
    published error has ``"response": false``, so that is a refusal under a 2xx too. A 204 is a success without content.

    Raises:
        APIStatusError: the HTTP status is not 2xx, or the envelope is a refusal.
        InvalidResponseError: the HTTP status is 2xx and the body is not an envelope.
    """
    if not 200 <= response.status <= 299:
        raise error_class(response.status)(*response.exchange())
    location = response.headers.get("location", "")
    if response.status == HTTPStatus.NO_CONTENT:
        return Envelope({}, location, response.exchange, zone)
    content = read_json(response.body)
    if not is_envelope(content):
        raise InvalidResponseError(*response.exchange())
    members = cast("dict[str, Any]", content)
    if is_refusal(members):
        raise UnexpectedStatusError(*response.exchange())
    return Envelope(members, location, response.exchange, zone)


def is_envelope(content: object) -> bool:
    """Whether a JSON value can be read as an envelope."""
    return isinstance(content, dict) and ("status" in content or "response" in content)


def is_refusal(content: Mapping[str, Any]) -> bool:
    """Whether an envelope says that the request was refused."""
    status = content.get("status")
    return (status != "OK" and str(status).casefold() == "error") or content.get("response") is False


def identified(envelope: Envelope) -> int | None:
    """``response.id`` of an envelope, or None without a readable one."""
    response: object = envelope.response
    return as_id(cast("dict[str, Any]", response).get("id")) if isinstance(response, dict) else None


def listed(envelope: Envelope) -> list[object] | None:
    """``response`` of an envelope as a list, or None if it is not one.

    An array with gaps comes as an object whose names are numbers; an empty one may come as null.
    """
    found: object = envelope.response
    if isinstance(found, dict):
        found = [*cast("dict[str, object]", found).values()]
    if found is None:
        return []
    return cast("list[object]", found) if isinstance(found, list) else None


def as_id(value: object) -> int | None:
    """An ID in one of the forms that occur: 7, 7.0, "7"; None for anything else."""
    number = value if type(value) is int else as_count(value)
    return number if number is not None and 1 <= number <= _LARGEST_ID else None


def as_count(value: object) -> int | None:
    """A count in one of the forms that occur: 7, 7.0, "7"; None for anything else."""
    if isinstance(value, str):
        digits = value.strip()
        value = int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 20 else None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None
