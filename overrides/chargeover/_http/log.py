"""The log of requests: method, path, status, duration, attempt. Bodies only with ``log_bodies``, and masked.

The logger is ``chargeover``. CHARGEOVER_LOG=debug (or info) sends it to standard error; a program that configures
logging itself needs no variable.
"""

import json
import logging
import re
from collections.abc import Collection, Mapping
from typing import Any, cast
from urllib.parse import urlsplit

import httpx2

from chargeover._errors import ChargeOverError
from chargeover._exchange import read_json
from chargeover._text import printable
from chargeover._wire import CHOICES, KEYS, BulkMethod

from .exchange import current
from .logger import logger

# Texts that say nothing about a person: those of enums, and the envelope's own.
_SAFE_TEXTS: dict[str, Collection[str]] = {
    "status": {"OK", "Error"},
    "request_method": set(BulkMethod),
    **CHOICES,
}
_KEY = re.compile(f"({'|'.join(KEYS)}):[^/]+")
_LONGEST = 10_000
# These log URLs, which may name a person, or headers, which may hold a secret. httpcore2.connection logs hosts only.
_OF_THE_LIBRARY = ("httpx2", "httpcore2.http11", "httpcore2.http2", "httpcore2.proxy", "httpcore2.socks")


def _is_of_another_client(record: logging.LogRecord) -> bool:
    return current.get() is None


for _name in _OF_THE_LIBRARY:
    logging.getLogger(_name).addFilter(_is_of_another_client)


def log_attempt(request: httpx2.Request, outcome: int | str, seconds: float, attempt: int) -> None:
    """Log one attempt, at level DEBUG.

    Args:
        request: the request.
        outcome: the HTTP status, or the name of the error.
        seconds: its duration.
        attempt: its number, from 1.
    """
    if logger.isEnabledFor(logging.DEBUG):
        logger.debug("%s %s: %s in %.3f s, attempt %d", request.method, _path(request), outcome, seconds, attempt)


def log_retry(request: httpx2.Request, error: ChargeOverError, wait: float, attempt: int) -> None:
    """Log that a request will be sent again, at level INFO."""
    status = getattr(error, "http_status", None)
    reason = type(error).__name__ if status is None else f"{type(error).__name__} ({status})"
    logger.info("%s %s: %s, again in %.3f s after attempt %d", request.method, _path(request), reason, wait, attempt)


def log_bodies(sent: bytes, received: bytes) -> None:
    """Log both bodies, at level DEBUG, with everything masked that may be about a person."""
    if logger.isEnabledFor(logging.DEBUG):
        logger.debug("sent %s, received %s", *(printable(_masked_body(body), _LONGEST) for body in (sent, received)))


def _path(request: httpx2.Request) -> str:
    # Without query and keys: both may name a person.
    return _KEY.sub(r"\1:…", urlsplit(str(request.url)).path)


def _masked_body(body: bytes) -> str:
    if not body:
        return "nothing"
    content = read_json(body)
    if content is None and body.strip() != b"null":
        return f"{len(body)} bytes that are not JSON, or nested too deep"
    return json.dumps(_masked("", content), ensure_ascii=False, default=str)


def _masked(name: str, value: object) -> object:
    if isinstance(value, Mapping):
        return {key: _masked(key, one) for key, one in cast("Mapping[str, Any]", value).items()}
    if isinstance(value, list):
        return [_masked(name, one) for one in cast("list[object]", value)]
    if not isinstance(value, str) or not value or value in _SAFE_TEXTS.get(name, ()):
        return value
    return f"… ({len(value)} characters)"
