"""The bulk operation: several requests in one, each with a response of its own."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from chargeover_sandbox.contract.handlers import CheckedRequest
from chargeover_sandbox.contract.problems import shortened
from chargeover_sandbox.contract.responses import Refusal, Response, success
from chargeover_sandbox.storage.database import Database

from .dispatch import Dispatcher
from .leniency import usual_path
from .reading import RequestReader, check_body

OPERATION = "bulk"
LONGEST_URI = 65_536
"""Characters. A longer one is refused, as it would be outside a bulk request."""


class BulkOperation:
    """Carries out the requests of a bulk request.

    A request that fails does not undo the others (assumed). A fault of the sandbox itself undoes all of them.
    """

    def __init__(
        self, dispatcher: Dispatcher, reader: RequestReader, database: Database, *, lenient: bool = False
    ) -> None:
        self._lenient = lenient
        self._dispatcher = dispatcher
        self._reader = reader
        self._database = database

    def run(self, request: CheckedRequest) -> Response:
        """Carry out each request in order. Its code is the HTTP status that it would have alone (assumed)."""
        return success(HTTPStatus.OK, {"_bulk": [self._result(request, part) for part in request.body]})

    def _result(self, request: CheckedRequest, part: Mapping[str, Any]) -> dict[str, Any]:
        written = self._database.rows_written()
        try:
            response = self._respond(request, part)
        except Refusal as refusal:
            if self._database.rows_written() != written:
                # Every operation refuses before it writes. One that does not would leave half of its work behind.
                raise RuntimeError(f"{part['request_method']} {part['uri']} wrote before it was refused") from refusal
            response = refusal.response
        envelope = response.envelope
        return {
            "code": response.status,
            "status": envelope["status"],
            "message": envelope["message"],
            "response": envelope["response"],
        }

    def _respond(self, request: CheckedRequest, part: Mapping[str, Any]) -> Response:
        method, uri = part["request_method"], part["uri"]
        if len(uri) > LONGEST_URI:
            raise Refusal(HTTPStatus.BAD_REQUEST, f"{shortened(uri)} has more than {LONGEST_URI} characters.")
        path, _, query = uri.encode().partition(b"?")
        match = self._dispatcher.find(usual_path(method, path, query) if self._lenient else path)
        operation = match.operation(method, uri)
        if operation.operation_id == OPERATION:
            raise Refusal(HTTPStatus.BAD_REQUEST, f"{shortened(uri)} cannot be part of a bulk request.")
        parameters = self._reader.parameters(operation, match.texts, query)
        body = None
        if operation.bodies:
            payload = part.get("payload", {} if self._lenient else None)
            body = check_body(operation.bodies["application/json"], payload)
        return self._dispatcher.carry_out(operation, CheckedRequest(parameters, body, request.client, request.url))
