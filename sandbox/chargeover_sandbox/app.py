"""The sandbox as an ASGI application: the order of the checks, and one envelope around every answer."""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Any

from starlette.requests import ClientDisconnect, Request
from starlette.types import Receive, Scope, Send

from .admin import Action, Admin
from .answers import Refusal, Reply
from .breaches import ContractBreach, check_answer
from .bulk import OPERATION as BULK
from .bulk import BulkOperation
from .contract import Body, Contract, Operation, load_contract
from .credentials import Credentials
from .customers import OWN_FIELDS, Checked, CustomerOperations, Handler
from .dispatch import Dispatcher, Found, check_route_and_method
from .queries import Queries
from .reading import read_body
from .store import Store, StoreError
from .urls import url_of_address

if TYPE_CHECKING:
    from .bugs import Bug

logger = logging.getLogger("chargeover_sandbox")


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request that the sandbox received, and what it answered.

    Attributes:
        method: the HTTP method.
        path: the path as it was sent, with its query if there was one.
        body: the body's bytes; empty if there was none, or if the request was refused before it was read.
        status: the HTTP status of the answer.
        answer: the envelope of the answer.
    """

    method: str
    path: str
    body: bytes
    status: int
    answer: Mapping[str, Any]


class SandboxApp:
    """Answers every path and method, for any ASGI server.

    The order of the checks: authentication, route, method, parameters, content type, JSON, schema, business rules.

    Args:
        contract: the document.
        store: the customers.
        credentials: who may use it.
        on_exchange: called with each request and its answer, before it is sent.

    Raises:
        ValueError: the document has an operation that the sandbox does not, or the other way round.
    """

    def __init__(
        self,
        contract: Contract,
        store: Store,
        credentials: Credentials,
        on_exchange: Callable[[Exchange], None] | None = None,
    ) -> None:
        self._contract = contract
        self._store = store
        self._credentials = credentials
        self._on_exchange = on_exchange
        self._admin = Admin(store)
        queries = Queries(contract.fields("Customer"))
        handlers: dict[str, Handler] = dict(CustomerOperations(store).handlers)
        self._dispatcher = Dispatcher(contract, handlers, {"where": queries.where, "order": queries.order})
        handlers[BULK] = BulkOperation(self._dispatcher, store).run
        if difference := contract.operation_ids() ^ handlers.keys():
            raise ValueError(f"openapi.yaml and the sandbox do not have the same operations: {sorted(difference)}")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request. There is nothing to do at the start and at the end of the server's life."""
        if scope["type"] != "http":
            raise NotImplementedError(f"the sandbox speaks HTTP only, not {scope['type']}")
        request = Request(scope, receive)
        received = bytearray()
        try:
            reply = await self._reply_or_refusal(request, received)
            content = reply.rendered()
        except ClientDisconnect:
            return
        except asyncio.CancelledError:
            reply = _fault("The sandbox was stopped before the request was complete.")
            content = reply.rendered()
        except StoreError as error:
            logger.error("%s %s failed: %s", request.method, scope["path"], error)  # noqa: TRY400  the sentence says it
            reply = _fault(f"The sandbox cannot use its database: {error}.")
            content = reply.rendered()
        except Exception:
            logger.exception("%s %s failed", request.method, scope["path"])
            reply = _fault("Internal server error of the sandbox; see its log.")
            content = reply.rendered()
        if self._on_exchange:
            # Before it is sent: who has the answer may look for the exchange at once, from another thread.
            self._on_exchange(
                Exchange(request.method, _sent_path(scope), bytes(received), reply.status, reply.envelope)
            )
        await self._send(send, reply, content)

    def close(self) -> None:
        """Close the database. May be called more than once."""
        self._store.close()

    async def _reply_or_refusal(self, request: Request, received: bytearray) -> Reply:
        found = self._dispatcher.find(request.scope["raw_path"])
        operation = found.operations.get(request.method)
        try:
            if operation is None or operation.needs_credentials:
                self._credentials.check(request.headers.get("authorization"))
            if action := self._admin.actions.get(request.scope["path"]):
                return await self._administered(action, request, received)
            return await self._carried_out(found, request, received)
        except Refusal as refusal:
            self._check_refusal(refusal.reply, operation or next(iter(found.operations.values()), None))
            return refusal.reply

    async def _administered(self, action: Action, request: Request, received: bytearray) -> Reply:
        check_route_and_method(("POST",), request.method, request.scope["path"])
        body: Any = await self._body(request, {"application/json": action.body}, received) if action.body else None
        with self._store.transaction():
            return action.run(body)

    async def _carried_out(self, found: Found, request: Request, received: bytearray) -> Reply:
        operation = found.operation(request.method, request.scope["path"])
        parameters = self._dispatcher.parameters(operation, found.texts, request.scope["query_string"])
        body = await self._body(request, operation.bodies, received) if operation.bodies else None
        client = request.client.host if request.client else ""
        checked = Checked(parameters, body, client, url_of_address(*request.scope["server"]))
        # The answer is checked before the commit: a breach of the contract leaves nothing behind.
        with self._store.transaction(write=request.method != "GET"):
            return self._dispatcher.carry_out(operation, checked)

    def _check_refusal(self, reply: Reply, operation: Operation | None) -> None:
        """Hold a refusal against its operation, or the path's first if it has no such method (405 is the path's)."""
        if operation:
            check_answer(operation, reply)
        elif not self._contract.error_envelope.is_valid(reply.envelope):
            raise ContractBreach("a refusal is no error envelope")

    @staticmethod
    async def _body(request: Request, bodies: Mapping[str, Body], received: bytearray) -> Any:
        return await read_body(request, bodies, received)

    @staticmethod
    async def _send(send: Send, reply: Reply, content: bytes) -> None:
        headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(content))]
        headers += [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in reply.headers.items()]
        await send({"type": "http.response.start", "status": reply.status, "headers": headers})
        await send({"type": "http.response.body", "body": content})


def _sent_path(scope: Scope) -> str:
    path: bytes = scope["raw_path"]
    query: bytes = scope["query_string"]
    return (b"%b?%b" % (path, query) if query else path).decode("latin-1")


def _fault(message: str) -> Reply:
    return Refusal(HTTPStatus.INTERNAL_SERVER_ERROR, message).reply


def open_app(
    database: Path | None,
    username: str,
    password: str,
    on_exchange: Callable[[Exchange], None] | None = None,
    bugs: Sequence["Bug"] = (),
) -> SandboxApp:
    """The sandbox over a database: a file, made if it is not there, or memory if it is None.

    Args:
        database: see above.
        username: the user name that it accepts.
        password: the password that it accepts.
        on_exchange: called with each request and its answer, before it is sent.
        bugs: what this one does wrong.

    Raises:
        StoreError: the database cannot be used.
        ValueError: the credentials cannot be used, or the document has something that the sandbox cannot keep.
    """
    credentials = Credentials(username, password)
    contract = load_contract([bug.change_document for bug in bugs])
    stored = {name: kind.json_type for name, kind in contract.fields("CustomerCreate").items()}
    shown = {name: kind.json_type for name, kind in contract.fields("Customer").items()}
    app = SandboxApp(contract, Store(database, {**stored, **OWN_FIELDS}, shown), credentials, on_exchange)
    for bug in bugs:
        bug.plant(app)
    return app
