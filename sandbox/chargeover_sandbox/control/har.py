"""The journal as a HAR 1.2 document, for the tools that read one."""

import base64
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl


def har_of(exchanges: Sequence[Mapping[str, Any]], url: str) -> dict[str, Any]:
    """The document.

    Args:
        exchanges: exchanges as the journal shows them.
        url: where the sandbox is, for requests that had no Host.
    """
    return {
        "log": {
            "version": "1.2",
            "creator": {"name": "ChargeOver sandbox (unofficial)", "version": "1"},
            "entries": [_entry(exchange, url) for exchange in exchanges],
        }
    }


def _entry(exchange: Mapping[str, Any], url: str) -> dict[str, Any]:
    headers: Mapping[str, str] = exchange["headers"]
    milliseconds = exchange["duration"] * 1000
    version = f"HTTP/{exchange['http_version']}"
    beginning = f"http://{headers['host']}" if headers.get("host") else url
    query: str = exchange["query"]
    request: dict[str, Any] = {
        "method": exchange["method"],
        "url": f"{beginning}{exchange['path']}{'?' if query else ''}{query}",
        "httpVersion": version,
        "cookies": [],
        "headers": _pairs(headers),
        "queryString": [{"name": name, "value": value} for name, value in parse_qsl(query, keep_blank_values=True)],
        "headersSize": -1,
        "bodySize": _size(exchange, "body"),
    }
    if _size(exchange, "body"):
        request["postData"] = {
            "mimeType": headers.get("content-type", ""), "params": [], "text": _content(exchange, "body")["text"]
        }  # fmt: skip
    status: int = exchange["status"] or 0
    response_headers: Mapping[str, str] = exchange["response_headers"]
    response: dict[str, Any] = {
        "status": status,
        "statusText": HTTPStatus(status).phrase if status in set(HTTPStatus) else "",
        "httpVersion": version,
        "cookies": [],
        "headers": _pairs(response_headers),
        "content": {
            "size": _size(exchange, "response"),
            "mimeType": response_headers.get("content-type", ""),
            **_content(exchange, "response"),
        },
        "redirectURL": response_headers.get("location", ""),
        "headersSize": -1,
        "bodySize": _size(exchange, "response"),
    }
    own = {f"_{name}": exchange[name] for name in ("id", "operation", "verdict", "problem", "fault", "carried_out")}
    return {
        "startedDateTime": exchange["time"],
        "time": milliseconds,
        "request": request,
        "response": response,
        "cache": {},
        "timings": {"blocked": -1, "dns": -1, "connect": -1, "ssl": -1, "send": 0, "wait": milliseconds, "receive": 0},
        **own,
    }


def _pairs(headers: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"name": name, "value": value} for name, value in headers.items()]


def _content(exchange: Mapping[str, Any], name: str) -> dict[str, str]:
    if exchange[name] is None:
        return {"text": exchange[f"{name}_base64"], "encoding": "base64"}
    return {"text": exchange[name]}


def _size(exchange: Mapping[str, Any], name: str) -> int:
    if exchange[name] is None:
        return len(base64.b64decode(exchange[f"{name}_base64"]))
    return len(exchange[name].encode())
