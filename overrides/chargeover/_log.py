"""What is logged of a request: method, path, status, duration, attempt. Bodies only on request, and masked.

The logger is ``chargeover``. CHARGEOVER_LOG=debug (or info) sends it to standard error; a program that configures
logging itself needs no variable.
"""

import json
import logging
import re
import threading
from collections.abc import Collection, Mapping
from typing import Any, cast
from urllib.parse import urlsplit

import httpx2

from ._errors import ChargeOverError, ConfigurationError
from ._json import read_json
from ._secrets import Environment
from ._wire import CUSTOMER_UPDATE, BulkMethod

logger = logging.getLogger("chargeover")

# Values that say nothing about a person: those of enums, and the envelope's own.
_SAFE_TEXTS: dict[str, Collection[str]] = {
    "status": {"OK", "Error"},
    "request_method": set(BulkMethod),
    **{name: rule.choices for name, rule in CUSTOMER_UPDATE.items() if rule.choices},
}
_KEY = re.compile(r"(external_key|token):[^/]+")
_lock = threading.Lock()


def configure(environment: Environment) -> None:
    """Do what CHARGEOVER_LOG asks for, once in a process.

    Raises:
        ConfigurationError: it is neither ``debug`` nor ``info``.
    """
    name = environment.get("CHARGEOVER_LOG")
    if name is None:
        return
    if name.lower() not in {"debug", "info"}:
        raise ConfigurationError(f"CHARGEOVER_LOG={name!r} must be debug or info.")
    with _lock:
        logger.setLevel(name.upper())
        if not logger.handlers:
            handler = logging.StreamHandler()
            handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
            logger.addHandler(handler)


def log_attempt(request: httpx2.Request, outcome: int | str, seconds: float, attempt: int) -> None:
    """Note one attempt, at level DEBUG.

    Args:
        request: what was sent.
        outcome: the HTTP status, or what happened instead.
        seconds: how long it took.
        attempt: how often it was tried, from 1.
    """
    if logger.isEnabledFor(logging.DEBUG):
        logger.debug("%s %s: %s in %.3f s, attempt %d", request.method, _path(request), outcome, seconds, attempt)


def log_retry(request: httpx2.Request, error: ChargeOverError, wait: float, attempt: int) -> None:
    """Note that a request will be sent again, at level INFO."""
    status = getattr(error, "http_status", None)
    reason = type(error).__name__ if status is None else f"{type(error).__name__} ({status})"
    logger.info("%s %s: %s, again in %.3f s after attempt %d", request.method, _path(request), reason, wait, attempt)


def log_bodies(sent: bytes, received: bytes) -> None:
    """Note what was sent and what came back, at level DEBUG, with everything that may be about a person masked."""
    if logger.isEnabledFor(logging.DEBUG):
        logger.debug("sent %s, received %s", _masked_body(sent), _masked_body(received))


def _path(request: httpx2.Request) -> str:
    # Neither a query nor a key: both may name a person.
    return _KEY.sub(r"\1:…", urlsplit(str(request.url)).path)


def _masked_body(body: bytes) -> str:
    if not body:
        return "nothing"
    content = read_json(body)
    if content is None and body.strip() != b"null":
        return f"{len(body)} bytes that are no JSON"
    try:
        return json.dumps(_masked("", content), ensure_ascii=False, default=str)
    except RecursionError:
        return f"{len(body)} bytes that are nested too deeply"


def _masked(name: str, value: object) -> object:
    if isinstance(value, Mapping):
        return {key: _masked(key, one) for key, one in cast("Mapping[str, Any]", value).items()}
    if isinstance(value, list):
        return [_masked(name, one) for one in cast("list[object]", value)]
    if not isinstance(value, str) or not value or value in _SAFE_TEXTS.get(name, ()):
        return value
    return f"… ({len(value)} characters)"
