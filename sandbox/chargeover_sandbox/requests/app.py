"""The sandbox as an ASGI application: the order of the checks, and one envelope around every response."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from http import HTTPStatus

from starlette.requests import ClientDisconnect, Request
from starlette.types import Receive, Scope, Send

from chargeover_sandbox.contract.document import Contract, Operation
from chargeover_sandbox.contract.handlers import CheckedRequest, Resource
from chargeover_sandbox.contract.responses import ContractBreach, Refusal, Response, check_response
from chargeover_sandbox.storage.database import Database, StoreError

from .bulk import OPERATION as BULK
from .bulk import BulkOperation
from .credentials import Credentials
from .dispatch import Dispatcher, RouteMatch
from .leniency import SIGNED, usual_path
from .reading import RequestReader
from .urls import url_of_address

logger = logging.getLogger("chargeover_sandbox")


def seconds(_clock: Callable[[], float] = time.perf_counter) -> float:
    """The time on a clock that goes on while a test has replaced ``time.perf_counter``, as freezegun does."""
    return _clock()


Recorder = Callable[[Scope, bytearray, Response, bytes, float], None]
"""Gets the scope of a request, the bytes of its body, its response, the bytes of that, and ``seconds()`` at its start.

The bytes of the request's body are empty if it was refused before its body was read.
"""


class SandboxApp:
    """Responds to every path and method, on any ASGI server.

    The order of the checks: authentication, route, method, parameters, content type, JSON, schema, business rules.

    Args:
        contract: the document.
        database: the database that all resources use.
        resources: the resources that carry the document's operations out.
        credentials: the user name and the password that it accepts.
        lenient: whether it takes the forms of requests in ``leniency``.

    Attributes:
        contract: see above.
        database: see above.
        resources: see above.
        credentials: see above.
        reader: reads parameters and bodies.
        dispatcher: finds operations and carries them out.
        is_lenient: see ``lenient``.
        record: called with each request and its response, before the response is sent.
        on_clear: called when everything has been deleted or replaced.

    Raises:
        ValueError: the document and the resources do not have the same operations.
    """

    def __init__(
        self,
        contract: Contract,
        database: Database,
        resources: Sequence[Resource],
        credentials: Credentials,
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
        self.is_lenient = lenient
        self.record: Recorder | None = None
        self.on_clear: list[Callable[[], None]] = []
        if difference := contract.operation_ids() ^ self.dispatcher.handlers.keys():
            raise ValueError(f"openapi.yaml and the sandbox do not have the same operations: {sorted(difference)}")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Respond to one request. The start and the end of the server's life need no work."""
        if scope["type"] != "http":
            raise NotImplementedError(f"the sandbox speaks HTTP only, not {scope['type']}")
        started = seconds()
        received = bytearray()
        answered = await self.answered(Request(scope, receive), lambda request: self.respond(request, received))
        if answered is None:
            return
        response, content = answered
        if self.record:
            # Before it is sent: a client that has the response may look for the exchange at once, from another thread.
            self.record(scope, received, response, content, started)
        await self.send(send, response, content)

    @staticmethod
    async def answered(
        request: Request, respond: Callable[[Request], Awaitable[Response]]
    ) -> tuple[Response, bytes] | None:
        """The response to a request and the bytes of its body, whatever happens; None if the client has gone."""
        try:
            response = await respond(request)
            return response, response.rendered()
        except ClientDisconnect:
            return None
        except asyncio.CancelledError:
            response = _fault("The sandbox was stopped before the request was complete.")
        except StoreError as error:
            logger.error("%s %s failed: %s", request.method, request.scope["path"], error)  # noqa: TRY400  the sentence says it
            response = _fault(f"The sandbox cannot use its database: {error}.")
        except Exception:
            logger.exception("%s %s failed", request.method, request.scope["path"])
            response = _fault("Internal server error of the sandbox; see its log.")
        return response, response.rendered()

    def clear(self) -> None:
        """Delete everything, in one transaction."""
        with self.database.transaction():
            for resource in self.resources:
                resource.clear()
        self.forget()

    def forget(self) -> None:
        """Forget what was remembered of data that have been deleted or replaced."""
        for forget in self.on_clear:
            forget()

    async def finish(self) -> None:
        """End what the resources do besides requests; called when the server has stopped."""
        for resource in self.resources:
            await resource.finish()

    def close(self) -> None:
        """Close the database. May be called more than once."""
        self.database.close()

    async def respond(self, request: Request, received: bytearray) -> Response:
        """The response to a request, a refusal included. The bytes of the body are left in ``received``.

        Raises:
            ContractBreach: the document does not allow the response.
            StoreError: the database cannot be used.
        """
        match = self.match(request.scope)
        operation = match.operations.get(request.method)
        try:
            if operation is None or operation.needs_credentials:
                await self.authenticate(request)
            return await self.carry_out(match, request, received)
        except Refusal as refusal:
            self._check_refusal(refusal.response, operation or next(iter(match.operations.values()), None))
            return refusal.response

    def match(self, scope: Scope) -> RouteMatch:
        """The operations at the path of a request."""
        sent: bytes = scope["raw_path"]
        return self.dispatcher.find(
            usual_path(scope["method"], sent, scope["query_string"]) if self.is_lenient else sent
        )

    async def carry_out(self, match: RouteMatch, request: Request, received: bytearray) -> Response:
        """Check a request against its operation and carry it out, as a whole or not at all.

        Raises:
            Refusal: the request is refused; what it did was rolled back.
            ContractBreach: the document does not allow the response; what it did was rolled back.
        """
        operation = match.operation(request.method, request.scope["path"])
        parameters = self.reader.parameters(operation, match.texts, request.scope["query_string"])
        body = await self.reader.body(request, operation.bodies, received) if operation.bodies else None
        client = request.client.host if request.client else ""
        checked = CheckedRequest(parameters, body, client, url_of_address(*request.scope["server"]))
        # The response is checked before the commit: a breach of the contract leaves nothing behind.
        if request.method == "GET":
            with self.database.transaction(write=False):
                return self.dispatcher.carry_out(operation, checked)
        response, group = self.database.in_group(lambda: self.dispatcher.carry_out(operation, checked))
        # What else came in this turn of the event loop joins the transaction; then the first of them commits it.
        try:  # noqa: SIM105  it would take as long as the commit's share
            await asyncio.sleep(0)
        except asyncio.CancelledError:
            pass  # the server is being stopped, but this request is complete
        group.commit()
        return response

    @staticmethod
    async def send(send: Send, response: Response, content: bytes) -> None:
        """Send a response whose body has been rendered."""
        headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(content))]
        headers += [
            (name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in response.headers.items()
        ]
        await send({"type": "http.response.start", "status": response.status, "headers": headers})
        await send({"type": "http.response.body", "body": content})

    async def authenticate(self, request: Request) -> None:
        """Check the credentials of a request.

        Raises:
            Refusal: 401.
        """
        header = request.headers.get("authorization")
        if self.is_lenient and header and header.lower().startswith(SIGNED):
            url = f"{request.scope['scheme']}://{request.headers.get('host', '')}{_sent_path(request.scope)}"
            self.credentials.check_signed(header, url, await request.body())
        else:
            self.credentials.check(header)

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
