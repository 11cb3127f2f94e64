"""Answers read leniently: what is known is read, the rest is kept, and only a "no" becomes an exception."""

from collections.abc import Mapping
from typing import Any, cast

import httpx2

from ._errors import InvalidResponseError, UnexpectedStatusError, error_class
from ._json import read_json

_LARGEST_ID = 2**63 - 1


def read_envelope(response: httpx2.Response) -> Mapping[str, Any]:
    """The envelope of a successful answer.

    Decided by the HTTP status and the envelope's ``status``, never by its ``code`` (seed). ``"response": false`` is how
    every published error says no, so it is a no under a 2xx too.

    Raises:
        APIStatusError: the HTTP status is not 2xx, or the envelope says no.
        InvalidResponseError: the HTTP status is 2xx and the body is no envelope.
    """
    if not 200 <= response.status_code <= 299:
        raise error_class(response.status_code).from_response(response)
    envelope = read_json(response.content)
    if not isinstance(envelope, dict) or not envelope.keys() & {"status", "response"}:
        raise InvalidResponseError.from_response(response)
    envelope = cast("dict[str, Any]", envelope)
    if str(envelope.get("status")).casefold() == "error" or envelope.get("response") is False:
        raise UnexpectedStatusError.from_response(response)
    return envelope


def identified(envelope: Mapping[str, Any]) -> int | None:
    """``response.id`` of an envelope, or None if there is none that can be read as one."""
    response: object = envelope.get("response")
    return as_id(cast("dict[str, Any]", response).get("id")) if isinstance(response, dict) else None


def as_id(value: object) -> int | None:
    """An ID in one of the forms that it comes in: 7, 7.0, "7"; None for anything else."""
    if isinstance(value, str):
        digits = value.strip()
        value = int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 20 else None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= _LARGEST_ID:
        return value
    return None
