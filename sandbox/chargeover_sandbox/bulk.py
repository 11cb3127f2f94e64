"""The bulk operation: several requests in one, each answered in its turn."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from .answers import Refusal, Reply, success
from .customers import Checked
from .dispatch import Dispatcher
from .problems import shortened
from .reading import check_body
from .store import Store

OPERATION = "bulk"


class BulkOperation:
    """Carries out the requests of a bulk request.

    One that fails does not undo the others (assumed). A fault of the sandbox itself undoes all of them.
    """

    def __init__(self, dispatcher: Dispatcher, store: Store) -> None:
        self._dispatcher = dispatcher
        self._store = store

    def run(self, request: Checked) -> Reply:
        """Answer each request in order, with the status that it would have had alone as its code (assumed)."""
        return success(HTTPStatus.OK, {"_bulk": [self._answer(request, one) for one in request.body]})

    def _answer(self, request: Checked, one: Mapping[str, Any]) -> dict[str, Any]:
        written = self._store.written()
        try:
            reply = self._reply(request, one)
        except Refusal as refusal:
            if self._store.written() != written:
                # Every operation refuses before it writes. One that does not would leave half of its work behind.
                raise RuntimeError(f"{one['request_method']} {one['uri']} wrote before it was refused") from refusal
            reply = refusal.reply
        envelope = reply.envelope
        return {
            "code": reply.status,
            "status": envelope["status"],
            "message": envelope["message"],
            "response": envelope["response"],
        }

    def _reply(self, request: Checked, one: Mapping[str, Any]) -> Reply:
        method, uri = one["request_method"], one["uri"]
        path, _, query = uri.encode().partition(b"?")
        found = self._dispatcher.find(path)
        operation = found.operation(method, uri)
        if operation.operation_id == OPERATION:
            raise Refusal(HTTPStatus.BAD_REQUEST, f"{shortened(uri)} cannot be part of a bulk request.")
        parameters = self._dispatcher.parameters(operation, found.texts, query)
        body = None
        if operation.bodies:
            body = check_body(operation.bodies["application/json"], one.get("payload"))
        return self._dispatcher.carry_out(operation, Checked(parameters, body, request.client, request.url))
