"""The sandbox as an ASGI application: the order of the checks, and one envelope around every response."""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from http import HTTPStatus
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.types import Receive, Scope, Send

from chargeover_sandbox.contract.document import Contract, Operation
from chargeover_sandbox.contract.handlers import Action, CheckedRequest, Resource
from chargeover_sandbox.contract.responses import ContractBreach, Refusal, Response, check_response, success
from chargeover_sandbox.storage.database import Database, StoreError

from .admin import HEALTH, action_at, admin_actions, with_named
from .bulk import OPERATION as BULK
from .bulk import BulkOperation
from .credentials import Credentials
from .dispatch import Dispatcher, RouteMatch, check_route_and_method
from .leniency import SIGNED, usual_path
from .reading import RequestReader, media_type
from .urls import url_of_address

_JSON = "application/json"
logger = logging.getLogger("chargeover_sandbox")


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request that the sandbox received, and its response.

    Attributes:
        method: the HTTP method.
        path: the path as it was sent, with its query string if it had one.
        body: the bytes of the request body; empty if it had none, or if the request was refused before it was read.
        status: the HTTP status of the response.
        envelope: the JSON body of the response.
    """

    method: str
    path: str
    body: bytes
    status: int
    envelope: Mapping[str, Any]


class SandboxApp:
    """Responds to every path and method, on any ASGI server.

    The order of the checks: authentication, route, method, parameters, content type, JSON, schema, business rules.

    Args:
        contract: the document.
        database: the database that all resources use.
        resources: the resources that carry the document's operations out.
        credentials: the user name and the password that it accepts.
        on_exchange: called with each request and its response, before the response is sent.
        lenient: whether it takes the forms of requests in ``leniency``.

    Attributes:
        contract: see above.
        database: see above.
        resources: see above.
        credentials: see above.
        reader: reads parameters and bodies.
        dispatcher: finds operations and carries them out.
        actions: the sandbox's own endpoints, by path.

    Raises:
        ValueError: the document and the resources do not have the same operations.
    """

    def __init__(
        self,
        contract: Contract,
        database: Database,
        resources: Sequence[Resource],
        credentials: Credentials,
        on_exchange: Callable[[Exchange], None] | None = None,
        *,
        lenient: bool = False,
    ) -> None:
        self.contract = contract
        self.database = database
        self.resources = resources
        self.credentials = credentials
        self.reader = RequestReader(resources, lenient=lenient)
        self.dispatcher = Dispatcher(contract, resources)
        self.dispatcher.handlers[BULK] = BulkOperation(self.dispatcher, self.reader, database, lenient=lenient).run
        self._lenient = lenient
        self.actions = admin_actions(resources)
        self._on_exchange = on_exchange
        if difference := contract.operation_ids() ^ self.dispatcher.handlers.keys():
            raise ValueError(f"openapi.yaml and the sandbox do not have the same operations: {sorted(difference)}")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Respond to one request. The start and the end of the server's life need no work."""
        if scope["type"] != "http":
            raise NotImplementedError(f"the sandbox speaks HTTP only, not {scope['type']}")
        request = Request(scope, receive)
        received = bytearray()
        try:
            response = await self.respond(request, received)
            content = response.rendered()
        except ClientDisconnect:
            return
        except asyncio.CancelledError:
            response = _fault("The sandbox was stopped before the request was complete.")
            content = response.rendered()
        except StoreError as error:
            logger.error("%s %s failed: %s", request.method, scope["path"], error)  # noqa: TRY400  the sentence says it
            response = _fault(f"The sandbox cannot use its database: {error}.")
            content = response.rendered()
        except Exception:
            logger.exception("%s %s failed", request.method, scope["path"])
            response = _fault("Internal server error of the sandbox; see its log.")
            content = response.rendered()
        if self._on_exchange:
            # Before it is sent: a client that has the response may look for the exchange at once, from another thread.
            self._on_exchange(
                Exchange(request.method, _sent_path(scope), bytes(received), response.status, response.envelope)
            )
        await self.send(send, response, content)

    def close(self) -> None:
        """Close the database. May be called more than once."""
        self.database.close()

    async def respond(self, request: Request, received: bytearray) -> Response:
        """The response to a request, a refusal included. The bytes of the body are left in ``received``.

        Raises:
            ContractBreach: the document does not allow the response.
            StoreError: the database cannot be used.
        """
        path: str = request.scope["path"]
        raw_path, query = request.scope["raw_path"], request.scope["query_string"]
        match = self.dispatcher.find(usual_path(request.method, raw_path, query) if self._lenient else raw_path)
        operation = match.operations.get(request.method)
        try:
            if path == HEALTH:
                return self._health(request.method)
            if operation is None or operation.needs_credentials:
                await self._authenticate(request)
            if found := action_at(self.actions, path):
                return await self._run(*found, request, received)
            return await self.carry_out(match, request, received)
        except Refusal as refusal:
            self._check_refusal(refusal.response, operation or next(iter(match.operations.values()), None))
            return refusal.response

    async def carry_out(self, match: RouteMatch, request: Request, received: bytearray) -> Response:
        """Check a request against its operation and carry it out, in one transaction.

        Raises:
            Refusal: the request is refused; the transaction was rolled back.
            ContractBreach: the document does not allow the response; the transaction was rolled back.
        """
        operation = match.operation(request.method, request.scope["path"])
        parameters = self.reader.parameters(operation, match.texts, request.scope["query_string"])
        body = await self.reader.body(request, operation.bodies, received) if operation.bodies else None
        client = request.client.host if request.client else ""
        checked = CheckedRequest(parameters, body, client, url_of_address(*request.scope["server"]))
        # The response is checked before the commit: a breach of the contract leaves nothing behind.
        with self.database.transaction(write=request.method != "GET"):
            return self.dispatcher.carry_out(operation, checked)

    @staticmethod
    async def send(send: Send, response: Response, content: bytes) -> None:
        """Send a response whose body has been rendered."""
        headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(content))]
        headers += [
            (name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in response.headers.items()
        ]
        await send({"type": "http.response.start", "status": response.status, "headers": headers})
        await send({"type": "http.response.body", "body": content})

    def _health(self, method: str) -> Response:
        check_route_and_method(("GET", "HEAD"), method, HEALTH)
        with self.database.transaction(write=False):
            self.database.connection.execute("SELECT count(*) FROM sqlite_master")
        self.database.check_file()
        return success(HTTPStatus.OK, True, {"Cache-Control": "no-store"})

    async def _authenticate(self, request: Request) -> None:
        header = request.headers.get("authorization")
        if self._lenient and header and header.lower().startswith(SIGNED):
            url = f"{request.scope['scheme']}://{request.headers.get('host', '')}{_sent_path(request.scope)}"
            self.credentials.check_signed(header, url, await request.body())
        else:
            self.credentials.check(header)

    async def _run(self, action: Action, named: Mapping[str, int], request: Request, received: bytearray) -> Response:
        check_route_and_method(("POST",), request.method, request.scope["path"])
        body: Any = None
        # Even if the body is ignored: before a web page may send this type, its browser asks the sandbox.
        media_type(request, (_JSON,))
        if action.body:
            whole = replace(action.body, tidied=partial(with_named, named))
            body = await self.reader.body(request, {_JSON: whole}, received)
        with self.database.transaction():
            return action.run(body)

    def _check_refusal(self, response: Response, operation: Operation | None) -> None:
        """Check a refusal against its operation, or against the path's first if it lacks the method (405)."""
        if operation:
            check_response(operation, response)
        elif not self.contract.error_envelope.is_valid(response.envelope):
            raise ContractBreach("a refusal is not an error envelope")


def _sent_path(scope: Scope) -> str:
    path: bytes = scope["raw_path"]
    query: bytes = scope["query_string"]
    return (b"%b?%b" % (path, query) if query else path).decode("latin-1")


def _fault(message: str) -> Response:
    return Refusal(HTTPStatus.INTERNAL_SERVER_ERROR, message).response
