"""An exchange as an entry of HAR 1.2."""

import base64
import json
import re
from collections.abc import Mapping
from datetime import datetime
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from chargeover._exchange import ReceivedResponse, SentRequest

from .stand_ins import REMOVED, StandIns

_SECRET = re.compile(r"auth|cookie|token|secret|passw|session|api-?key|signature", re.IGNORECASE)
_HARMLESS = {"www-authenticate", "proxy-authenticate"}
LARGEST_BODY = 4 * 1024 * 1024
"""Bytes of a body that a recording keeps."""


def entry(
    request: SentRequest,
    response: ReceivedResponse | None,
    began: datetime,
    seconds: float,
    stand_ins: StandIns | None,
    note: str = "",
) -> dict[str, Any]:
    """The entry.

    Args:
        request: the request.
        response: what came; None if no response did.
        began: when the request was sent.
        seconds: until the response was read.
        stand_ins: replace all values; None to keep them.
        note: what is to be said about it.
    """
    url = stand_ins.url(request.url) if stand_ins else request.url
    sent: dict[str, Any] = {
        "method": request.method,
        "url": url,
        "httpVersion": "HTTP/1.1",
        "cookies": [],
        "headers": _headers(request.headers, stand_ins),
        "queryString": [
            {"name": name, "value": value} for name, value in parse_qsl(urlsplit(url).query, keep_blank_values=True)
        ],
        "headersSize": -1,
        "bodySize": len(request.body),
    }
    if request.body:
        sent["postData"] = {"mimeType": request.headers.get("content-type", ""), **_body(request.body, stand_ins)}
    received = response or ReceivedResponse(0, {})
    headers = _headers(received.headers, stand_ins)
    milliseconds = round(seconds * 1000, 3)
    made: dict[str, Any] = {
        "startedDateTime": began.isoformat(timespec="milliseconds"),
        "time": milliseconds,
        "request": sent,
        "response": {
            "status": received.status,
            "statusText": HTTPStatus(received.status).phrase if received.status in set(HTTPStatus) else "",
            "httpVersion": "HTTP/1.1",
            "cookies": [],
            "headers": headers,
            "content": {
                "size": len(received.body),
                "mimeType": received.headers.get("content-type", ""),
                **_body(received.body, stand_ins),
            },
            "redirectURL": "",
            "headersSize": -1,
            "bodySize": -1,
        },
        "cache": {},
        "timings": {"send": 0, "wait": milliseconds, "receive": 0},
    }
    return {**made, "comment": note} if note else made


def _headers(headers: Mapping[str, str], stand_ins: StandIns | None) -> list[dict[str, str]]:
    shown = stand_ins.headers(headers) if stand_ins else headers
    return [
        {"name": name, "value": REMOVED if _SECRET.search(name) and name.lower() not in _HARMLESS else value}
        for name, value in shown.items()
    ]


def _body(body: bytes, stand_ins: StandIns | None) -> dict[str, str]:
    if len(body) > LARGEST_BODY:
        return {"text": "", "comment": f"{len(body)} bytes were left out"}
    if stand_ins:
        return {"text": stand_ins.body(body).decode()}
    try:
        return {"text": body.decode()}
    except UnicodeDecodeError:
        return {"text": base64.b64encode(body).decode(), "encoding": "base64"}


def line(made: Mapping[str, Any]) -> bytes:
    """An entry as one line of a file."""
    return json.dumps(made, ensure_ascii=True, separators=(",", ":")).encode()
