"""What an exchange was, in the terms of openapi.yaml, and whether the document allows it."""

import base64
import json
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from functools import cached_property
from http import HTTPStatus
from typing import Any

from chargeover_sandbox.contract.document import Contract, Operation
from chargeover_sandbox.contract.responses import ContractBreach, Refusal, Response, check_response
from chargeover_sandbox.requests.bodies import parse_json
from chargeover_sandbox.requests.dispatch import Dispatcher, RouteMatch
from chargeover_sandbox.requests.leniency import usual_path
from chargeover_sandbox.requests.reading import JSON, RequestReader, check_body, media_type

from .entry import Entry
from .secrets import masked
from .sending import OPERATION, SentEntry


class Judge:
    """Describes exchanges. It looks at each when it is asked, not when the exchange takes place.

    Args:
        load: loads the document as it is without planted bugs.
        lenient: whether the sandbox is lenient.
    """

    def __init__(self, load: Callable[[], Contract], *, lenient: bool = False) -> None:
        self._load = load
        self._lenient = lenient
        self._reader = RequestReader((), lenient=lenient)

    @cached_property
    def contract(self) -> Contract:
        """The document."""
        return self._load()

    def match(self, entry: Entry) -> RouteMatch:
        """The operations at the path of an exchange."""
        if isinstance(entry, SentEntry):
            return RouteMatch({}, {})
        path = usual_path(entry.method, entry.raw_path, entry.raw_query) if self._lenient else entry.raw_path
        return Dispatcher(self.contract, ()).find(path)

    def operation_of(self, entry: Entry) -> str | None:
        """The operationId of an exchange; None if the document has no such operation."""
        if isinstance(entry, SentEntry):
            return OPERATION
        operation = self.match(entry).operations.get(entry.method)
        return operation.operation_id if operation else None

    def customer_of(self, entry: Entry) -> int | None:
        """The ID that the path names, or else the response; or that a webhook is about."""
        if isinstance(entry, SentEntry):
            return entry.object_id
        named = self.match(entry).texts.get("customer_id")
        if named is not None:
            return int(named) if named.isascii() and named.isdecimal() and len(named) < 20 else None
        try:
            value: Any = json.loads(entry.content)["response"]
            found = value.get("id", value.get("customer_id"))
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            return None
        return found if isinstance(found, int) else None

    def shown(self, entry: Entry) -> dict[str, Any]:
        """An exchange for a response, with secrets masked."""
        if entry.verdict is None:
            entry.verdict = self._verdict(entry)
        headers = _joined((name.decode("latin-1"), value.decode("latin-1")) for name, value in entry.raw_headers)
        length = {"content-length": str(len(entry.content))}
        response_headers = {name.lower(): value for name, value in entry.response_headers.items()}
        if entry.status is not None and entry.fault is None and not isinstance(entry, SentEntry):
            response_headers = {"content-type": JSON, **length, **response_headers}
        return {
            "id": entry.id,
            "time": datetime.fromtimestamp(entry.time, UTC).isoformat(timespec="microseconds"),
            "duration": round(entry.duration, 6),
            "method": entry.method,
            "path": entry.raw_path.decode("latin-1"),
            "query": entry.raw_query.decode("latin-1"),
            "http_version": entry.version,
            "headers": masked(headers),
            **_text("body", bytes(entry.received)),
            "status": entry.status,
            "response_headers": masked(response_headers),
            **_text("response", entry.content),
            "customer_id": self.customer_of(entry),
            **entry.verdict,
            "fault": entry.fault,
            "carried_out": entry.carried_out,
        }

    def _verdict(self, entry: Entry) -> dict[str, Any]:
        if isinstance(entry, SentEntry):
            return entry.verdict_of_it()
        match = self.match(entry)
        operation = match.operations.get(entry.method)
        try:
            self._check_request(entry, match)
            problem, verdict = None, "valid"
        except Refusal as refusal:
            problem, verdict = refusal.response.envelope["message"], "invalid request"
        try:
            self._check_response(entry, operation)
        except ContractBreach as breach:
            problem, verdict = str(breach), "invalid response"
        operation_id = operation.operation_id if operation else None
        return {"operation": operation_id, "template": match.template, "verdict": verdict, "problem": problem}

    def _check_request(self, entry: Entry, match: RouteMatch) -> None:
        operation = match.operation(entry.method, entry.raw_path.decode("latin-1"))
        is_unread = entry.status == HTTPStatus.UNAUTHORIZED and entry.carried_out
        if is_unread and operation.needs_credentials:
            raise Refusal(HTTPStatus.UNAUTHORIZED, "Invalid or incorrect authorization.")
        self._reader.parameters(operation, match.texts, entry.raw_query)
        if operation.bodies:
            given = next(
                (value.decode("latin-1") for name, value in entry.raw_headers if name == b"content-type"), None
            )
            media = JSON if given is None and self._lenient else media_type(given or "", operation.bodies)
            is_empty = self._lenient and not entry.received
            check_body(operation.bodies[media], {} if is_empty else parse_json(bytes(entry.received)))

    def _check_response(self, entry: Entry, operation: Operation | None) -> None:
        if entry.status is None:
            raise ContractBreach("there is no response")
        announced = entry.response_headers.get("content-length")
        if announced is not None and announced != str(len(entry.content)):
            raise ContractBreach(f"the response announces {announced} bytes, but has {len(entry.content)}")
        try:
            envelope = json.loads(entry.content)
        except (ValueError, RecursionError):
            raise ContractBreach("the response is not JSON") from None
        if operation:
            check_response(operation, Response(entry.status, envelope, entry.response_headers))
        elif not self.contract.error_envelope.is_valid(envelope):
            raise ContractBreach("a refusal is not an error envelope")


def _joined(pairs: Iterator[tuple[str, str]]) -> dict[str, str]:
    joined: dict[str, str] = {}
    for name, value in pairs:
        joined[name] = f"{joined[name]}, {value}" if name in joined else value
    return joined


def _text(name: str, content: bytes) -> Mapping[str, str | None]:
    """Bytes as text; those that are not UTF-8 in base64, under another name."""
    try:
        return {name: content.decode()}
    except UnicodeDecodeError:
        return {name: None, f"{name}_base64": base64.b64encode(content).decode("ascii")}
