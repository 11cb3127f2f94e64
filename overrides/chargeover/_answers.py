"""Answers read leniently: what is known is read, the rest is kept, and only a "no" becomes an exception."""

import json
from collections.abc import Mapping
from typing import Any, cast

import httpx2

from ._errors import InvalidResponseError, UnexpectedStatusError, error_class
from ._exchange import received_response, sent_request


def read_envelope(response: httpx2.Response) -> Mapping[str, Any]:
    """The envelope of a successful answer.

    Decided by the HTTP status and the envelope's ``status``, never by its ``code`` (seed).

    Raises:
        APIStatusError: the HTTP status is not 2xx, or the envelope's status is Error.
        InvalidResponseError: the HTTP status is 2xx and the body is no JSON object.
    """
    status = response.status_code
    if not 200 <= status <= 299:
        raise error_class(status)(sent_request(response.request), received_response(response))
    try:
        envelope: object = json.loads(response.content)
    except (ValueError, RecursionError):
        envelope = None
    if not isinstance(envelope, dict):
        raise InvalidResponseError(sent_request(response.request), received_response(response))
    envelope = cast("dict[str, Any]", envelope)
    if envelope.get("status") == "Error":
        raise UnexpectedStatusError(sent_request(response.request), received_response(response))
    return envelope


def identified(envelope: Mapping[str, Any]) -> int | None:
    """``response.id`` of an envelope, or None if there is none that can be read as one."""
    response: object = envelope.get("response")
    found = cast("dict[str, Any]", response).get("id") if isinstance(response, dict) else None
    if isinstance(found, str) and found.isascii() and found.isdigit():
        return int(found)
    return found if isinstance(found, int) and not isinstance(found, bool) else None
