"""Recordings: HAR as browsers, proxies, the client and the sandbox's journal write it, and lines of JSON."""

import base64
import binascii
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from chargeover_contract.network import is_this_machine

from .exchange import Recorded, RecordingError

_API = "/api/v3/"
_FORMS = "a HAR document, or one JSON object in each line with method, path, status and answer"
_FEW_HEADERS = frozenset({"content-type"})
STAND_INS = "values are replaced by stand-ins"
"""The comment of a recording's creator that says so."""


@dataclass(slots=True)
class Recording:
    """What some files have.

    Attributes:
        exchanges: those with the API, in the order of the files.
        left_out: how many others there are, by the reason.
        notes: sentences about the files.
    """

    exchanges: list[Recorded] = field(default_factory=list[Recorded])
    left_out: Counter[str] = field(default_factory=Counter[str])
    notes: list[str] = field(default_factory=list[str])


def read(paths: Sequence[Path]) -> Recording:
    """The exchanges of some files.

    Raises:
        RecordingError: one cannot be read, or is something else.
    """
    found = Recording()
    hosts: list[str] = []
    names = Counter(path.name for path in paths)
    for path in dict.fromkeys(paths):
        label = path.name if names[path.name] == 1 else str(path)
        for host, one in _of_file(path, label, found):
            hosts.append(host)
            found.exchanges.append(one)
    # A browser records what a page reads from elsewhere too, and other services have a version 3.
    own = [is_own(host) for host in hosts]
    if any(own):
        found.left_out["of another host"] += own.count(False)
        found.exchanges = [one for one, is_kept in zip(found.exchanges, own, strict=True) if is_kept]
    return found


def is_own(host: str) -> bool:
    """Whether a host is ChargeOver's or this machine; an empty one is not known to be another."""
    return not host or host.endswith(".chargeover.com") or is_this_machine(host)


def _of_file(path: Path, label: str, found: Recording) -> Iterator[tuple[str, Recorded]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise RecordingError(f"{path} is not UTF-8 text.") from error
    except OSError as error:
        raise RecordingError(f"{path} cannot be read: {error.strerror}.") from error
    try:
        value = json.loads(text)
    except RecursionError as error:
        raise RecordingError(f"{path} is nested too deeply.") from error
    except ValueError:
        value = None
    if isinstance(value, dict) and "log" in value:
        yield from _of_har(label, value, found)
    elif text.lstrip().startswith('{"log"') or text.lstrip().startswith("{\n"):
        yield from _of_torn_har(label, text, found)
    else:
        yield from _of_lines(label, text, found)


def _of_har(label: str, value: Mapping[str, Any], found: Recording) -> Iterator[tuple[str, Recorded]]:
    log = value["log"]
    entries = log.get("entries") if isinstance(log, dict) else None
    if not isinstance(entries, list):
        raise RecordingError(f"{label}: log.entries, a list, is missing. Expected: {_FORMS}.")
    has_stand_ins = STAND_INS in str(log.get("creator"))
    for number, entry in enumerate(entries, 1):
        yield from _of_entry(f"{label}, entry {number}", entry, found, has_stand_ins=has_stand_ins)


def _of_torn_har(label: str, text: str, found: Recording) -> Iterator[tuple[str, Recorded]]:
    """A recording of the client whose process was killed while it wrote the last entry, which is in one line."""
    head, *lines = text.lstrip().split("\n")
    if not (head.startswith('{"log"') and head.endswith("[")):
        raise RecordingError(f"{label} is not valid JSON. Expected: {_FORMS}.")
    found.notes.append(f"{label} is torn at its end: its process was stopped while it wrote the last exchange.")
    for number, line in enumerate(lines, 1):
        try:
            entry = json.loads(line.rstrip(","))
        except ValueError:
            continue
        if isinstance(entry, dict):
            place = f"{label}, entry {number}"
            yield from _of_entry(place, entry, found, has_stand_ins=STAND_INS in head)


def _of_lines(label: str, text: str, found: Recording) -> Iterator[tuple[str, Recorded]]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        place = f"{label}, line {number}"
        try:
            value = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise RecordingError(f"{label}, line {number}: not valid JSON. Expected: {_FORMS}.") from error
        if isinstance(value, dict) and isinstance(value.get("request"), dict):
            yield from _of_entry(place, value, found)
            continue
        yield from _of_line(place, value, found)


def _of_line(place: str, value: Any, found: Recording) -> Iterator[tuple[str, Recorded]]:
    path = value.get("path") or value.get("url") if isinstance(value, dict) else None
    if not isinstance(path, str) or not isinstance(value.get("method"), str) or type(value.get("status")) is not int:
        raise RecordingError(f"{place}: method, path and status are missing. Expected: {_FORMS}.")
    headers = _headers(value.get("headers"))
    sent, answer = value.get("sent"), value.get("answer")
    yield from _kept(
        Recorded(
            place,
            value["method"].upper(),
            path,
            value["status"],
            _as_bytes(sent),
            _as_bytes(answer) if answer is not None else b"",
            {"content-type": "application/json"} if sent is not None else {},
            headers,
            has_headers=not {*headers} <= _FEW_HEADERS,
        ),
        found,
    )


def _as_bytes(value: Any) -> bytes:
    if value is None:
        return b""
    text = value if isinstance(value, str) else json.dumps(value)
    return text.encode("utf-8", "surrogatepass")


def _of_entry(
    place: str, entry: Any, found: Recording, *, has_stand_ins: bool = False
) -> Iterator[tuple[str, Recorded]]:
    try:
        request, response = entry["request"], entry["response"]
        url, method, status = request["url"], request["method"], response["status"]
        content = response.get("content") or {}
        posted = request.get("postData") or {}
        text = content.get("text") or ""
        sent = posted.get("text") or ""
        if not all(isinstance(one, str) for one in (url, method, text, sent)):
            raise _not_an_entry(place)
        if entry.get("_fault"):
            found.left_out["with a fault that was asked for"] += 1
            return
        if not text and (content.get("size") or 0) > 0 and status not in {204, 304}:
            found.left_out["without the body, which the file does not have"] += 1
            return
        body = base64.b64decode(text) if content.get("encoding") == "base64" else text.encode("utf-8", "surrogatepass")
        payload = (
            base64.b64decode(sent) if posted.get("encoding") == "base64" else sent.encode("utf-8", "surrogatepass")
        )
        headers = _headers(response.get("headers"))
        one = Recorded(
            place,
            method.upper(),
            url,
            int(status),
            payload,
            body,
            _headers(request.get("headers")),
            headers,
            has_headers=not {*headers} <= _FEW_HEADERS,
            has_stand_ins=has_stand_ins,
        )
    except (KeyError, TypeError, AttributeError, ValueError, binascii.Error) as error:
        raise _not_an_entry(place) from error
    yield from _kept(one, found)


def _not_an_entry(place: str) -> RecordingError:
    return RecordingError(f"{place}: not an entry of HAR, with request and response.")


def _kept(one: Recorded, found: Recording) -> Iterator[tuple[str, Recorded]]:
    """The exchange with its path alone, if it is one with the API."""
    try:
        parts = urlsplit(one.path)
        host = parts.hostname or ""
    except ValueError:
        found.left_out["that are not requests of the API"] += 1
        return
    start = parts.path.find(_API)
    if start < 0:
        found.left_out["that are not requests of the API"] += 1
    elif not one.status:
        found.left_out["without a response"] += 1
    elif one.method in {"OPTIONS", "HEAD", "CONNECT"}:
        found.left_out["that only ask for headers"] += 1
    elif 300 <= one.status < 400 or one.status < 200:
        found.left_out["that were redirected or not changed"] += 1
    else:
        path = parts.path[start:] + (f"?{parts.query}" if parts.query else "")
        yield host, replace(one, path=path)


def _headers(value: Any) -> dict[str, str]:
    pairs: Iterable[Any] = ()
    if isinstance(value, Mapping):
        pairs = value.items()
    elif isinstance(value, list):
        pairs = [(one.get("name"), one.get("value")) for one in value if isinstance(one, dict)]
    return {name.lower(): text for name, text in pairs if isinstance(name, str) and isinstance(text, str)}
