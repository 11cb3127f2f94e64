"""Stand-ins for values: of the same form, and the same for the same value, so that they agree with one another."""

import hashlib
import ipaddress
import json
import re
import secrets
from collections.abc import Collection, Mapping
from contextlib import suppress
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, cast
from urllib.parse import quote, unquote_plus, urlsplit

from chargeover._exchange import read_json
from chargeover._wire import CHOICES, BulkMethod

# Texts that say nothing about a person, by the name of their member; None for any text.
_KEPT: Mapping[str, Collection[str] | None] = {
    "status": ("OK", "Error"),
    "request_method": [*BulkMethod],
    "event": ("insert", "update", "delete"),
    "context_str": ("customer",),
    "currency_symbol": None,
    "currency_iso4217": None,
    "customer_status_name": None,
    "customer_status_state": None,
    "customer_status_str": None,
    "default_paymethod": None,
    **CHOICES,
}
_SECRET = re.compile(r"passw|secret|security_token|api_?key|credential", re.IGNORECASE)
REMOVED = "[removed]"
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.\-]{0,60}")
_ID = re.compile(r"(?:\w+_)?id|code", re.ASCII)
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)((?:[ T]\d\d:\d\d(?::\d\d(?:\.\d+)?)?)?(?:Z|[+-]\d\d:?\d\d)?)", re.ASCII)
_PIECES = re.compile(
    r"(?P<url>https?://[^\s\"'<>]+)|(?P<email>[^\s@<>()\",;:]+@[^\s@<>()\",;:]+)"
    r"|(?P<ip>(?<![\w.:])(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-fA-F]{0,4}(?::[0-9a-fA-F]{0,4}){2,7})(?![\w.:]))"
    r"|(?P<unit>[^\W_]+)"
)
_UNIT = re.compile(r"[^\W_]+")
# A term of a query, up to its value: a backslash before a comma or a colon takes its meaning away.
_TERM = re.compile(r"(?P<head>[a-z_][\w.]*:[A-Z]+:)(?P<value>(?:\\.|[^\\,])*\\?)", re.ASCII | re.DOTALL)
_PAGING = re.compile(r"[a-z_]\w*:(?:ASC|DESC)|\d+", re.ASCII)
_SIZES = {"a": 26, "A": 26, "0": 10}
_ROUNDS = 4
_LONGEST = 64
"""Characters of one unit; the digest of a round has as many bytes."""
HEADERS = frozenset(
    [
        "accept",
        "allow",
        "cache-control",
        "content-encoding",
        "content-length",
        "content-type",
        "date",
        "location",
        "retry-after",
        "server",
        "transfer-encoding",
        "vary",
        "www-authenticate",
    ]
)
"""Headers that are kept beside stand-ins; any other may name a person, a session or a machine."""


class StandIns:
    """Replaces what may be about a person or a business by stand-ins.

    A stand-in has the form of its value: words keep their length and case, dates stay dates in the same order, e-mail
    addresses and IP addresses stay addresses, of domains and networks that belong to no one. Equal words have equal
    stand-ins and different words different ones, wherever they stand, so that a customer's name is the same in its
    record, its address and a query. Names of members, IDs, enumerated values, true, false, null and 0 stay as they are.

    Args:
        key: makes the stand-ins the same each time; random if left out. Whoever has it can undo them.
    """

    def __init__(self, key: bytes | None = None) -> None:
        self._key = hashlib.blake2b(key or secrets.token_bytes(32)).digest()
        self._days = timedelta(days=364 * (1 + self._key[0] % 10))
        self._unit = lru_cache(maxsize=20_000)(self._new_unit)

    def text(self, text: str) -> str:
        """The stand-in for a text."""
        if moment := _MOMENT.fullmatch(text):
            with suppress(ValueError, OverflowError):
                return f"{date.fromisoformat(moment[1]) - self._days}{moment[2]}"
        return _PIECES.sub(self._piece, text)

    def value(self, value: Any, name: str = "") -> Any:
        """The stand-in for a JSON value.

        Args:
            value: the value.
            name: of the member that has it.
        """
        if isinstance(value, Mapping):
            members = cast("Mapping[str, Any]", value)
            return {self._name(key): self.value(one, key) for key, one in members.items()}
        if isinstance(value, list):
            return [self.value(one, name) for one in cast("list[object]", value)]
        if isinstance(value, str):
            return self._member(value, name)
        if isinstance(value, (int, float)) and not isinstance(value, bool) and value not in {0, 1}:
            return value if _ID.fullmatch(name) else self._number(value)
        return value

    def body(self, body: bytes) -> bytes:
        """The stand-in for a body: JSON, or a few words about anything else."""
        if not body:
            return b""
        value = read_json(body)
        if value is None and body.strip() != b"null":
            return f"({len(body)} bytes that are not JSON)".encode()
        return json.dumps(self.value(value), ensure_ascii=False).encode(errors="backslashreplace")

    def url(self, url: str) -> str:
        """The stand-in for a URL or a path with its query: another host; keys, values and conditions replaced."""
        try:
            parts = urlsplit(url)
        except ValueError:
            return self._words(url)
        path = "/".join(self._segments(parts.path.split("/")))
        query = "&".join(self._parameter(pair) for pair in parts.query.split("&") if pair)
        host = "https://example.chargeover.com" if parts.netloc else ""
        return f"{host}{path}{'?' if query else ''}{query}"

    def headers(self, headers: Mapping[str, str]) -> dict[str, str]:
        """Those headers that name neither a person nor a machine."""
        kept = {name: value for name, value in headers.items() if name.lower() in HEADERS}
        return {name: self.url(value) if name.lower() == "location" else value for name, value in kept.items()}

    def _name(self, name: str) -> str:
        return name if _NAME.fullmatch(name) else self.text(name)

    def _member(self, text: str, name: str) -> str:
        if _SECRET.search(name):
            return REMOVED if text else text
        if _ID.fullmatch(name) and text.isdecimal():
            return text
        if name in _KEPT and ((texts := _KEPT[name]) is None or text in texts):
            return text
        return self.url(text) if name == "uri" else self.text(text)

    def _number(self, number: float) -> float:
        sign, digits = ("-", str(number)[1:]) if number < 0 else ("", str(number))
        if not re.fullmatch(r"\d+(\.\d+)?", digits):
            return type(number)(2)
        whole, point, rest = digits.partition(".")
        # A digit in front of it, so that an amount keeps its size.
        mapped = f"{sign}{1 + self._key[1] % 9}{self._of(whole)[1:]}{point}{self._of(rest)}"
        return type(number)(mapped)

    def _piece(self, piece: re.Match[str]) -> str:
        if piece["unit"]:
            return self._of(piece["unit"])
        if piece["email"]:
            local, _, domain = piece["email"].rpartition("@")
            return f"{self._words(local)}@{self._words(domain)}.example"
        if piece["ip"]:
            return self._address(piece["ip"])
        try:
            parts = urlsplit(piece["url"])
        except ValueError:
            return self._words(piece["url"])
        query = f"?{self._words(parts.query)}" if parts.query else ""
        return f"{parts.scheme}://{self._words(parts.hostname or '')}.example{self._words(parts.path)}{query}"

    def _words(self, text: str) -> str:
        return _UNIT.sub(lambda unit: self._of(unit[0]), text)

    def _address(self, text: str) -> str:
        try:
            address = ipaddress.ip_address(text)
        except ValueError:
            return self._words(text)
        number = int.from_bytes(self._digest(b"ip", address.packed)[:8])
        # Networks for benchmarks and for documentation (RFC 2544, RFC 3849).
        if address.version == 4:
            return str(ipaddress.IPv4Address((198 << 24) + (18 << 16) + number % 2**17))
        return str(ipaddress.IPv6Address((0x20010DB8 << 96) + number))

    def _of(self, unit: str) -> str:
        return "".join(self._unit(unit[start : start + _LONGEST]) for start in range(0, len(unit), _LONGEST))

    def _new_unit(self, unit: str) -> str:
        """Another word of the same form, by a Feistel network: different words never become the same one."""
        form = "".join(map(_kind, unit))
        if "?" in form:
            return self._other(unit, form)
        middle = len(unit) // 2
        halves, forms = [unit[:middle], unit[middle:]], [form[:middle], form[middle:]]
        for number in range(_ROUNDS):
            moved = 1 - number % 2
            digest = self._digest(bytes([number]), f"{form} {halves[1 - moved]}".encode())
            halves[moved] = "".join(map(_shifted, halves[moved], forms[moved], digest))
        return "".join(halves)

    def _other(self, word: str, form: str) -> str:
        """A word in Latin letters for one in any other."""
        digest = self._digest(b"word", word.encode("utf-8", "surrogatepass"))
        letters = (
            chr(97 + byte % 26) if kind != "0" else chr(48 + byte % 10)
            for kind, byte in zip(form, digest, strict=False)
        )
        made = "".join(letters)
        return made.title() if word[0].isupper() else made

    def _digest(self, *parts: bytes) -> bytes:
        return hashlib.blake2b(b"\0".join(parts), key=self._key).digest()

    def _segments(self, segments: list[str]) -> list[str]:
        """The segments of a path: the API's own words and IDs stay."""
        start = next((place for place, segment in enumerate(segments) if re.fullmatch(r"v\d+", segment)), 0)
        made: list[str] = []
        for place, segment in enumerate(segments[start:]):
            is_word = place < 2 or segment.startswith("_") or (made and made[-1] == "_action") or segment.isdecimal()
            name, colon, key = segment.partition(":")
            if colon:
                made.append(f"{name}:{quote(self.text(unquote_plus(key.replace('+', '%2B'))), safe='')}")
            else:
                made.append(segment if is_word else quote(self.text(unquote_plus(segment))))
        # What stands before the version may name the account or its host.
        return ["", "api", *made] if start else made

    def _parameter(self, pair: str) -> str:
        name, equals, encoded = pair.partition("=")
        value = unquote_plus(encoded)
        if not _NAME.fullmatch(name):
            name = quote(self.text(unquote_plus(name)))
        if _SECRET.search(name):
            return f"{name}{equals}"
        if name == "where":
            value = _TERM.sub(self._term, value) if _TERM.match(value) else self.text(value)
        elif not (name in {"limit", "offset", "order"} and _PAGING.fullmatch(value)):
            value = self.text(value)
        return f"{name}{equals}{quote(value, safe=':,')}"

    def _term(self, term: re.Match[str]) -> str:
        value = term["value"]
        name = term["head"].partition(":")[0]
        if term["head"].endswith((":IS:", ":ISNOT:")) or (_ID.fullmatch(name.rpartition(".")[2]) and value.isdecimal()):
            return term[0]
        return term["head"] + self._member(value, name)


def _kind(letter: str) -> str:
    if "a" <= letter <= "z":
        return "a"
    if "A" <= letter <= "Z":
        return "A"
    return "0" if "0" <= letter <= "9" else "?"


def _shifted(letter: str, kind: str, by: int) -> str:
    first = ord(kind)
    return chr(first + (ord(letter) - first + by) % _SIZES[kind])
