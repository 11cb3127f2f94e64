"""The sandbox as an ASGI application: the order of the checks, and one envelope around every answer."""

import asyncio
import logging
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.types import Receive, Scope, Send

from .admin import Action, Admin
from .answers import Refusal, Reply
from .breaches import ContractBreach, check_answer
from .contract import Contract, Operation
from .credentials import Credentials
from .customers import Checked, CustomerOperations
from .problems import shortened
from .reading import read_body, read_parameter
from .store import Store, StoreError
from .urls import url_of_address

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

    The order of the checks: authentication, route, method, content type, JSON, schema, business rules.

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
        self._handlers = CustomerOperations(store, contract.properties("Customer")).handlers
        if difference := contract.operation_ids() ^ self._handlers.keys():
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
        await _send(send, reply, content)

    async def _reply_or_refusal(self, request: Request, received: bytearray) -> Reply:
        found = self._contract.match(request.scope["raw_path"])
        operations: Mapping[str, Operation] = found[0].operations if found else {}
        operation = operations.get(request.method)
        try:
            if operation is None or operation.needs_credentials:
                self._credentials.check(request.headers.get("authorization"))
            if action := self._admin.actions.get(request.scope["path"]):
                return await self._administered(action, request, received)
            _check_route_and_method(request, operations)
            return await self._carried_out(operations[request.method], found[1] if found else {}, request, received)
        except Refusal as refusal:
            self._check_refusal(refusal.reply, operation or next(iter(operations.values()), None))
            return refusal.reply

    async def _administered(self, action: Action, request: Request, received: bytearray) -> Reply:
        _check_route_and_method(request, ("POST",))
        body: Any = await read_body(request, {"application/json": action.body}, received) if action.body else None
        with self._store.transaction():
            return action.run(body)

    async def _carried_out(
        self, operation: Operation, texts: Mapping[str, str], request: Request, received: bytearray
    ) -> Reply:
        parameters = {one.name: read_parameter(one, texts[one.name]) for one in operation.parameters}
        body = await read_body(request, operation.bodies, received) if operation.bodies else None
        client = request.client.host if request.client else ""
        checked = Checked(parameters, body, client, url_of_address(*request.scope["server"]))
        # The answer is checked before the commit: a breach of the contract leaves nothing behind.
        with self._store.transaction(write=request.method != "GET"):
            reply = self._handlers[operation.operation_id](checked)
            check_answer(operation, reply)
            return reply

    def _check_refusal(self, reply: Reply, operation: Operation | None) -> None:
        """Hold a refusal against its operation, or the path's first if it has no such method (405 is the path's)."""
        if operation:
            check_answer(operation, reply)
        elif not self._contract.error_envelope.is_valid(reply.envelope):
            raise ContractBreach("a refusal is no error envelope")


def _sent_path(scope: Scope) -> str:
    path: bytes = scope["raw_path"]
    query: bytes = scope["query_string"]
    return (b"%b?%b" % (path, query) if query else path).decode("latin-1")


async def _send(send: Send, reply: Reply, content: bytes) -> None:
    headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(content))]
    headers += [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in reply.headers.items()]
    await send({"type": "http.response.start", "status": reply.status, "headers": headers})
    await send({"type": "http.response.body", "body": content})


def _fault(message: str) -> Reply:
    return Refusal(HTTPStatus.INTERNAL_SERVER_ERROR, message).reply


def _check_route_and_method(request: Request, allowed: Collection[str]) -> None:
    if not allowed:
        raise Refusal(HTTPStatus.BAD_REQUEST, f"There is no endpoint {shortened(request.scope['path'])}.")
    if request.method not in allowed:
        allow = ", ".join(sorted(allowed))
        message = f"{shortened(request.method)} is not allowed here. Allowed: {allow}."
        raise Refusal(HTTPStatus.METHOD_NOT_ALLOWED, message, headers={"Allow": allow})
