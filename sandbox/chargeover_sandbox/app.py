"""The sandbox as an ASGI application: the order of the checks, and one envelope around every answer."""

import logging
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from http import HTTPStatus
from typing import Any

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route as StarletteRoute
from starlette.types import Receive, Scope, Send

from .admin import Admin
from .answers import Refusal, Reply
from .bodies import MAX_BYTES, parse_json
from .contract import Body, Contract, Operation, Problem, Validator, problems
from .credentials import Credentials
from .customers import Checked, CustomerOperations
from .store import Store

logger = logging.getLogger("chargeover_sandbox")


class ContractBreach(Exception):  # noqa: N818  named after what happened
    """The sandbox was about to send an answer that openapi.yaml does not allow: a fault of the sandbox."""


class SandboxEndpoint:
    """Answers every path and method.

    The order of the checks: authentication, route, method, content type, JSON, schema, business rules.

    Raises:
        ValueError: the document has an operation that the sandbox does not, or the other way round.
    """

    def __init__(self, contract: Contract, store: Store, credentials: Credentials) -> None:
        self._contract = contract
        self._store = store
        self._credentials = credentials
        self._admin = Admin(store)
        self._handlers = CustomerOperations(store, contract.properties("Customer")).handlers
        if difference := contract.operation_ids() ^ self._handlers.keys():
            raise ValueError(f"openapi.yaml and the sandbox do not have the same operations: {sorted(difference)}")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        request = Request(scope, receive)
        try:
            try:
                reply = await self._reply(request)
            except Refusal as refusal:
                reply = refusal.reply
                self._check_refusal(request, reply)
        except ClientDisconnect:
            return
        except Exception:
            logger.exception("%s %s failed", request.method, request.url.path)
            reply = Refusal(
                HTTPStatus.INTERNAL_SERVER_ERROR, "Internal server error of the sandbox; see its log."
            ).reply
        response = Response(reply.rendered(), reply.status, reply.headers, "application/json")
        await response(scope, receive, send)

    async def _reply(self, request: Request) -> Reply:
        self._credentials.check(request.headers.get("authorization"))
        path, method = request.url.path, request.method
        if action := self._admin.actions.get(path):
            _check_method(method, {"POST"}, "POST")
            expected, act = action
            body: Any = await _body(request, {"application/json": expected}) if expected else None
            with self._store.transaction():
                return act(body)
        found = self._contract.match(path)
        if found is None:
            raise Refusal(HTTPStatus.BAD_REQUEST, f"There is no endpoint {path}.")
        route, texts = found
        _check_method(method, route.operations, route.allow)
        operation = route.operations[method]
        parameters = {
            one.name: _parameter(one.name, one.validator, one.read(texts[one.name])) for one in route.parameters
        }
        body = await _body(request, operation.bodies) if operation.bodies else None
        checked = Checked(parameters, body, _client(request), _own_url(request))
        # The answer is checked before the commit: a breach of the contract leaves nothing behind.
        with self._store.transaction():
            reply = self._handlers[operation.operation_id](checked)
            check_answer(operation, reply)
            return reply

    def _check_refusal(self, request: Request, reply: Reply) -> None:
        """Hold a refusal against the document: its operation, or the path's first if the method is not there."""
        if found := self._contract.match(request.url.path):
            operations = found[0].operations
            check_answer(operations.get(request.method) or next(iter(operations.values())), reply)
        elif not self._contract.error_envelope.is_valid(reply.envelope):
            raise ContractBreach(f"The refusal of {request.url.path} is no error envelope")


def create_app(contract: Contract, store: Store, username: str, password: str) -> Starlette:
    """The sandbox as an application for any ASGI server. It closes the store when the server shuts down.

    Raises:
        ValueError: the user name has a colon, or the document and the sandbox do not have the same operations.
    """

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncGenerator[None]:
        yield
        store.close()

    endpoint = SandboxEndpoint(contract, store, Credentials(username, password))
    return Starlette(routes=[StarletteRoute("/{path:path}", endpoint)], lifespan=lifespan)


def check_answer(operation: Operation, reply: Reply) -> None:
    """Hold an answer against the document.

    Raises:
        ContractBreach: the status is not documented, the body does not fit, or a required header is missing.
    """
    answer = operation.answers.get(reply.status)
    if answer is None:
        raise ContractBreach(f"{operation.operation_id} answers {reply.status}, which openapi.yaml does not have")
    if not answer.validator.is_valid(reply.envelope):
        reasons = "; ".join(map(str, problems(answer.validator, reply.envelope)))
        raise ContractBreach(f"{operation.operation_id} answers {reply.status} with {reasons}")
    if missing := [name for name in answer.required_headers if name not in reply.headers]:
        raise ContractBreach(f"{operation.operation_id} answers {reply.status} without {', '.join(missing)}")


def _check_method(method: str, allowed: Mapping[str, Operation] | set[str], allow: str) -> None:
    if method not in allowed:
        message = f"{method} is not allowed here. Allowed: {allow}."
        raise Refusal(HTTPStatus.METHOD_NOT_ALLOWED, message, headers={"Allow": allow})


def _parameter(name: str, validator: Validator, value: object) -> object:
    if found := problems(validator, value):
        raise _invalid([Problem(name, problem.reason) for problem in found])
    return value


async def _body(request: Request, bodies: Mapping[str, Body]) -> object:
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    expected = bodies.get(media_type)
    if expected is None:
        message = f"The body must be {' or '.join(bodies)}, not {media_type or 'without a content type'}."
        raise Refusal(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, message)
    received = bytearray()
    async for chunk in request.stream():
        received += chunk
        if len(received) > MAX_BYTES:
            raise Refusal(HTTPStatus.BAD_REQUEST, f"The body is larger than {MAX_BYTES} bytes.")
    body = parse_json(bytes(received))
    if not expected.validator.is_valid(body):  # the quick answer first: a body is nearly always right
        raise _invalid(problems(expected.validator, body, expected.fields))
    return body


def _invalid(found: list[Problem]) -> Refusal:
    errors = [{"field": problem.field, "reason": problem.reason} for problem in found]
    return Refusal(HTTPStatus.BAD_REQUEST, "; ".join(map(str, found)), {"errors": errors})


def _client(request: Request) -> str:
    return request.client.host if request.client else ""


def _own_url(request: Request) -> str:
    host, port = request.scope["server"]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
