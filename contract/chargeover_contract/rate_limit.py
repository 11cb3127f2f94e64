"""The rate limit of a server: a 429 is waited out, as the document says, and is not a failure of the server."""

import math
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from time import sleep
from typing import Any

import httpx2

from .options import PAUSE

_TOTAL = 100.0
"""Seconds that one request waits at most, below the 120 that a call of the client may take."""
_SHORTEST = 1.0
"""Seconds, also where the server says 0 or nothing: anything less would be a storm."""


class RateLimitedError(Exception):
    """The response was a 429 that nothing had asked for. `headers` are its headers."""

    def __init__(self, headers: Mapping[str, str]) -> None:
        super().__init__("429, although nothing had asked for it")
        self.headers = headers


class Waits:
    """The waits of one request, limited in total.

    Args:
        sleep: waits for some seconds.
    """

    def __init__(self, sleep: Callable[[float], object] = sleep) -> None:
        self._sleep = sleep
        self._left = _TOTAL

    def wait(self, headers: Mapping[str, str]) -> bool:
        """Wait as the headers of a 429 ask; False, at once, if that would be longer than a request waits at most."""
        seconds = max(_SHORTEST, retry_after(headers) or 0)
        if seconds > self._left:
            return False
        self._left -= seconds
        self._sleep(seconds)
        return True


def pause() -> None:
    """Wait before a request, as ``--pause`` says."""
    if PAUSE:
        sleep(PAUSE)


class PatientClient(httpx2.Client):
    """Sends a request again after a 429, when the server wants it; the last response is the one that counts."""

    def send(self, request: httpx2.Request, **options: Any) -> httpx2.Response:
        """Send a request; see httpx2."""
        waits = Waits()
        pause()
        while (response := super().send(request, **options)).status_code == 429:
            if not waits.wait(response.headers):
                break
            response.close()
        return response


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds until the server wants the retry; a date counts from the response's own Date. None if it does not say.

    Args:
        headers: of the response; found by lower-case name.
    """
    text = headers.get("retry-after", "").strip()
    try:
        seconds = float(text)
    except ValueError:
        until = _date(text)
        now = _date(headers.get("date", "")) or datetime.now(UTC)
        return None if until is None else max(0.0, (until - now).total_seconds())
    return max(0.0, seconds) if math.isfinite(seconds) else None


def _date(text: str) -> datetime | None:
    try:
        date = parsedate_to_datetime(text)
    except ValueError:
        return None
    return date if date.tzinfo else date.replace(tzinfo=UTC)
