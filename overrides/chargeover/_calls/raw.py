"""Any request of the API, for what the contract does not describe: checked paths, and the envelope as it came."""

import json
import re
from collections.abc import Mapping
from typing import Any, Final, cast
from urllib.parse import quote, unquote, urlencode

from chargeover._errors import InvalidFieldError
from chargeover._text import half_surrogate
from chargeover._wire import WireRequest

from .call import Call
from .envelopes import Envelope, as_id, listed

METHODS: Final = ("GET", "POST", "PUT", "DELETE")
_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_UNSAFE = re.compile(r"[\s\\#\x00-\x1f\x7f]")
_EXAMPLE = "such as '/api/v3/invoice/1'"


class RawEnvelope(dict[str, Any]):
    """The envelope of a successful response: a dict of its members as they came, with the usual ones as attributes.

    An attribute is None where the response lacks the member. A response without content (204) is an empty envelope.
    """

    @property
    def code(self) -> Any:
        """The envelope's code. It may differ from the HTTP status (seed)."""
        return self.get("code")

    @property
    def status(self) -> Any:
        """``OK`` (seed)."""
        return self.get("status")

    @property
    def message(self) -> Any:
        """The message; usually empty."""
        return self.get("message")

    @property
    def details(self) -> Any:
        """The details; usually empty."""
        return self.get("details")

    @property
    def response(self) -> Any:
        """The result itself."""
        return self.get("response")


def raw_call(method: str, path: str, params: Mapping[str, str | int] | None, body: Any) -> Call[RawEnvelope]:
    """The call of any request.

    Raises:
        InvalidFieldError: a method, path, parameter or body that cannot be sent.
    """
    if method not in METHODS:
        raise InvalidFieldError(f"method must be {', '.join(METHODS)}, not {method!r}.", "method")
    if method == "GET" and body is not None:
        raise InvalidFieldError("A GET request has no body: pass params= instead.", "body")
    return Call(WireRequest(method, _target(path, params), _checked_body(body)), _members)


class RawCollection:
    """A collection of any kind, read page by page.

    Its IDs are taken to be in the field that is named after it: ``invoice_id`` at ``/api/v3/invoice`` (assumed, and
    found out by the first page).

    Args:
        path: the path of the collection.
    """

    is_id_assumed = True

    def __init__(self, path: str) -> None:
        self._path = _checked_path(path)
        name = path.partition("?")[0].rstrip("/").rpartition("/")[2]
        self.noun = name if re.fullmatch(r"[A-Za-z][A-Za-z0-9_]*", name) else "row"
        self.id_field = f"{self.noun}_id"

    def page(self, where: str | None, order: str | None, limit: int, offset: int) -> Call[list[dict[str, Any]]]:
        """The call for one page."""
        given = {"where": where, "order": order, "limit": limit, "offset": offset}
        params = {name: value for name, value in given.items() if value is not None}
        return Call(WireRequest("GET", _target(self._path, params), None), _rows)

    def id_of(self, row: dict[str, Any]) -> int | None:
        """The ID of a row; None without a readable one."""
        return as_id(row.get(self.id_field))

    def mark_of(self, row: dict[str, Any]) -> int | str:
        """A value that is the same for the same row, to notice that a page was sent before."""
        return self.id_of(row) or repr(row)


def _target(path: str, params: Mapping[str, str | int] | None) -> str:
    """The path with its query, as it is sent."""
    target = quote(_checked_path(path), safe="/?&=:,;@!$'()*+~%-._")
    if not params:
        return target
    if not isinstance(params, Mapping):  # pyright: ignore[reportUnnecessaryIsInstance]  callers without types
        raise InvalidFieldError(f"params must be a mapping of names to values, not {type(params).__name__}.", "params")
    for name, value in params.items():
        _check_parameter(name, value)
    return target + ("&" if "?" in target else "?") + urlencode(params, quote_via=quote)


def _checked_path(path: object) -> str:
    """A path below the account's own address: nothing in it leads to another host, or above that address."""
    if not isinstance(path, str):
        raise InvalidFieldError(f"path must be a text {_EXAMPLE}, not {type(path).__name__}.", "path")
    if half_surrogate(path) is not None:
        raise InvalidFieldError("path is not valid Unicode text: it has half of a surrogate pair.", "path")
    if "://" in path.partition("?")[0] or path.startswith("//"):
        raise InvalidFieldError(
            f"path must be a path of the account, {_EXAMPLE}, not a URL: the credentials are sent to no other host.",
            "path",
        )
    if not path.startswith("/"):
        raise InvalidFieldError(f"path must begin with a slash, {_EXAMPLE}, not {path!r}.", "path")
    if found := _UNSAFE.search(path):
        hint = " Pass the query as params=." if "?" in path[: found.start()] else ""
        raise InvalidFieldError(f"path must not have the character {found[0]!r}; write it as %XX.{hint}", "path")
    if _PERCENT.search(path):
        raise InvalidFieldError("path has a percent sign without two hexadecimal digits; write it as %25.", "path")
    decoded = unquote(path.partition("?")[0])
    if {".", ".."} & set(re.split(r"[/\\]", decoded)):
        raise InvalidFieldError("path must not have the segments '.' or '..', which lead out of the account.", "path")
    return path


def _check_parameter(name: object, value: object) -> None:
    if not isinstance(name, str) or not name or half_surrogate(name) is not None:
        raise InvalidFieldError(f"params: {name!r} is not the name of a parameter.", "params")
    is_text = isinstance(value, str) and half_surrogate(value) is None
    if not is_text and (not isinstance(value, int) or isinstance(value, bool)):
        raise InvalidFieldError(f"params: the value of {name} must be a text or a whole number.", "params")


def _checked_body(body: Any) -> Any:
    try:
        json.dumps(body, ensure_ascii=False, allow_nan=False).encode()
    except (TypeError, ValueError, RecursionError) as error:
        raise InvalidFieldError(f"body is not valid JSON: {error}.", "body") from None
    return body


def _members(envelope: Envelope) -> RawEnvelope:
    return RawEnvelope(envelope.content)


def _rows(envelope: Envelope) -> list[dict[str, Any]]:
    rows = listed(envelope)
    if rows is None or not all(isinstance(row, dict) for row in rows):
        raise envelope.invalid("its response is not a list of objects")
    return cast("list[dict[str, Any]]", rows)
