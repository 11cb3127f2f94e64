"""A request and its response as plain values without secrets: the form in which errors carry them."""

import json
import math
import shlex
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Self, cast

if TYPE_CHECKING:  # importing the HTTP library takes most of the time of an import: only a client does
    import httpx2

# Headers whose values never leave the HTTP library's own objects.
SECRET_HEADERS = frozenset({"authorization", "proxy-authorization", "cookie", "set-cookie"})
MASK = "[removed]"

MOST_LEVELS = 100
"""A response that is nested more deeply counts as unreadable. Python's own limit differs between its versions."""
MOST_DIGITS = 300
"""A whole number with more is kept as text. Python's own limit is 4,300, unless a program sets another."""
_LONG = b"0" * (MOST_DIGITS + 1)
# A number that is too long shows in every thirtieth byte of a body too: a tenth of the time.
_STEP = 30
_SAMPLED = b"0" * (len(_LONG) // _STEP)
_LARGE = 64 * 1024
# Each digit as 0 and all else as a space: finding a long number this way costs a tenth of reading the JSON.
_ONLY_DIGITS = bytes(0x30 if 0x30 <= byte <= 0x39 else 0x20 for byte in range(256))


@dataclass(frozen=True, slots=True)
class SentRequest:
    """A request as it was sent, or would be. It carries no secret.

    Attributes:
        method: the HTTP method, in capitals.
        url: the whole URL.
        headers: header values by lower-case name; those with secrets are masked.
        body: the body's bytes; empty if there was none.
    """

    method: str
    url: str
    headers: Mapping[str, str] = field(repr=False, hash=False)
    body: bytes = field(default=b"", repr=False)

    def json(self) -> Any:
        """The body as a JSON value; None if there was none."""
        return json.loads(self.body) if self.body else None

    def curl(self) -> str:
        """The request as a shell command; it takes the credentials from the environment variables of the client."""
        words = ["curl", "-X", self.method, shlex.quote(self.url)]
        words += ["-u", '"$CHARGEOVER_USERNAME:$CHARGEOVER_PASSWORD"']
        if self.body:
            content_type = self.headers.get("content-type", "application/json")
            words += ["-H", shlex.quote(f"Content-Type: {content_type}")]
            words += ["--data-raw", shlex.quote(self.body.decode(errors="replace"))]
        return " ".join(words)


@dataclass(frozen=True, slots=True)
class ReceivedResponse:
    """A response as it came.

    Attributes:
        status: the HTTP status.
        headers: header values by lower-case name; those with secrets are masked.
        body: the body's bytes, decompressed.
    """

    status: int
    headers: Mapping[str, str] = field(repr=False, hash=False)
    body: bytes = field(default=b"", repr=False)


@dataclass(slots=True)
class WholeResponse:
    """A response of the HTTP library, read to its end.

    Attributes:
        status: the HTTP status.
        headers: its headers.
        body: the body's bytes, decompressed.
        request: the request.
    """

    status: int
    headers: "httpx2.Headers"
    body: bytes
    request: "httpx2.Request" = field(repr=False)

    def exchange(self) -> tuple[SentRequest, ReceivedResponse]:
        """The request and the response in plain form."""
        return sent_request(self.request), self.received()

    def received(self) -> ReceivedResponse:
        """The response in plain form."""
        return plain_response(self.status, self.headers, self.body)


def plain_response(status: int, headers: "httpx2.Headers", body: bytes) -> ReceivedResponse:
    """The plain form of a response of the HTTP library."""
    return ReceivedResponse(status, _without_secrets(headers), body)


def sent_request(request: "httpx2.Request") -> SentRequest:
    """The plain form of a request of the HTTP library."""
    return SentRequest(request.method, str(request.url), _without_secrets(request.headers), request.content)


def _without_secrets(headers: "httpx2.Headers") -> dict[str, str]:
    return {name: MASK if name in SECRET_HEADERS else value for name, value in headers.items()}


class ExactNumber(float):
    """A number of a response with a fraction or an exponent: a float to ``json.dumps``, with the text that it came as.

    Attributes:
        text: the number as it was written, such as ``1234567890123456.78``.
    """

    __slots__ = ("text",)

    text: str

    def __new__(cls, text: str) -> Self:
        number = super().__new__(cls, text)
        number.text = text
        return number

    def __reduce__(self) -> tuple[type[Self], tuple[str]]:
        return type(self), (self.text,)


def read_json(body: bytes) -> object:
    """The JSON value of a body, or None if it cannot be read.

    Numbers keep their text. One that is too long or too large, which Python's versions and settings treat differently,
    becomes that text.
    """
    try:
        value = _parsed(body)
    except (ValueError, RecursionError):
        return None
    # Few brackets cannot nest deeply: most responses need no closer look. Of a large one, counting takes half as long.
    may_be_deep = len(body) > _LARGE or body.count(b"[") + body.count(b"{") > MOST_LEVELS
    return None if may_be_deep and _is_too_deep(value) else value


def _parsed(body: bytes) -> object:
    if _SAMPLED not in body[::_STEP].translate(_ONLY_DIGITS) or _LONG not in body.translate(_ONLY_DIGITS):
        with suppress(ValueError):  # perhaps long digits in another encoding
            return json.loads(body, parse_float=_exact)
    return json.loads(body, parse_float=_exact, parse_int=_whole)


# Looked up by type, and for all values of an object at once: a page of a list has 50,000.
_NESTING = frozenset({dict, list})


def _is_too_deep(value: object) -> bool:
    level: list[object] = [value]
    for _ in range(MOST_LEVELS):
        level = [inner for one in level for inner in _nested(one)]
        if not level:
            return False
    return True


def _nested(value: object) -> Iterable[object]:
    """The objects and arrays in a value."""
    if isinstance(value, dict):
        members: Collection[object] = cast("dict[str, object]", value).values()
    else:
        members = cast("list[object]", value) if isinstance(value, list) else ()
    return () if _NESTING.isdisjoint(map(type, members)) else [one for one in members if type(one) in _NESTING]


def _exact(text: str) -> ExactNumber | str:
    number = ExactNumber(text)
    return number if math.isfinite(number) else text


def _whole(text: str) -> int | str:
    return int(text) if len(text) <= MOST_DIGITS else text


def retry_after(headers: Mapping[str, str]) -> float | None:
    """The seconds of a Retry-After header, or None without a readable one.

    A date counts from the response's own Date, so that a wrong clock on either side does not matter.

    Args:
        headers: by lower-case name.
    """
    text = headers.get("retry-after", "").strip()
    if not text:
        return None
    try:
        seconds = float(text)
    except ValueError:
        until = _date(text)
        if until is None:
            return None
        seconds = (until - (_date(headers.get("date", "")) or datetime.now(UTC))).total_seconds()
    return max(0.0, seconds) if math.isfinite(seconds) else None


def _date(text: str) -> datetime | None:
    from email.utils import parsedate_to_datetime  # for few responses

    try:
        date = parsedate_to_datetime(text)
    except (ValueError, IndexError, TypeError, OverflowError):
        return None
    return date if date.tzinfo else date.replace(tzinfo=UTC)
