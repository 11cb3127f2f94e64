"""The objects of one sandbox, and the few ways in which bugs change them.

Bugs patch these objects and never their classes or modules, so that two sandboxes in one process can differ.
"""

import base64
from collections.abc import Awaitable, Callable, Collection
from dataclasses import replace
from functools import partial
from http import HTTPStatus
from typing import Any, NamedTuple, cast

from starlette.requests import Request
from starlette.types import Send

from chargeover_sandbox.contract.document import Body, Operation, Validator
from chargeover_sandbox.contract.handlers import CheckedRequest, Handler
from chargeover_sandbox.contract.responses import Refusal, Response
from chargeover_sandbox.customers.queries import Condition
from chargeover_sandbox.customers.resource import OWN_FIELDS, Customers
from chargeover_sandbox.customers.store import Fields
from chargeover_sandbox.requests.app import SandboxApp
from chargeover_sandbox.requests.bodies import parse_json
from chargeover_sandbox.requests.dispatch import RouteMatch
from chargeover_sandbox.requests.reading import check_body

GETS = ("get_customer", "get_customer_by_external_key", "get_customer_by_token")
UPDATES = ("update_customer", "update_customer_by_external_key")
DELETIONS = ("delete_customer", "delete_customer_by_external_key")
CREATION, LIST, COUNT, DISCONNECTION, BULK = (
    "create_customer",
    "list_customers",
    "count_customers",
    "disconnect_parent",
    "bulk",
)
WRITES = (CREATION, *UPDATES)
"""The operations whose body has the fields of a customer."""

Sender = Callable[[Send, Response, bytes], Awaitable[None]]
"""Sends a rendered response."""


class Pair(NamedTuple):
    """A user name and a password."""

    username: str
    password: str


def wrap(target: object, name: str, around: Callable[..., Any]) -> None:
    """Wrap a method of one object in a function, which gets the method as its first argument."""
    setattr(target, name, partial(around, getattr(target, name)))


class PatchableSandbox:
    """The objects of one sandbox, with shortcuts to change them.

    Attributes:
        app: the application.
        contract: the compiled document.
        store: the customers.
        connection: the SQLite connection.
        credentials: checks the Authorization header.
        reader: reads parameters and bodies.
        dispatcher: finds operations and carries them out.
        readers: the functions that read ``where`` and ``order``.
        accepted_pair: the user name and the password that the sandbox accepts.
    """

    def __init__(self, app: SandboxApp) -> None:
        (customers,) = (resource for resource in app.resources if isinstance(resource, Customers))
        self.app = app
        self.contract = app.contract
        self.store = customers.store
        self.connection = app.database.connection
        self.credentials = app.credentials
        self.reader = app.reader
        self.dispatcher = app.dispatcher
        self.readers = customers.readers
        self.accepted_pair = Pair(app.credentials.username, app.credentials.password)

    def memory(self) -> dict[int, Any]:
        """What a bug remembers about customers between requests; a reset of the sandbox empties it."""
        kept: dict[int, Any] = {}
        self.app.on_clear.append(kept.clear)
        return kept

    # The request, in the order of its checks.

    def admit(self, is_good: Callable[[Pair, Pair], bool]) -> None:
        """Accept other pairs too: those for which a test of the given and the accepted pair holds."""

        def check(real: Callable[[str | None], None], header: str | None) -> None:
            try:
                real(header)
            except Refusal:
                given = _pair(header)
                if given is None or not is_good(given, self.accepted_pair):
                    raise

        wrap(self.credentials, "check", check)

    def change_path(self, change: Callable[[bytes], bytes]) -> None:
        """Change a path before its operation is looked up."""

        def find(real: Callable[[bytes], RouteMatch], path: bytes) -> RouteMatch:
            return real(change(path))

        wrap(self.dispatcher, "find", find)

    def change_reading(self, around: Callable[..., Awaitable[Any]]) -> None:
        """Wrap the reading of bodies in a function; its arguments are those of ``RequestReader.body``."""
        wrap(self.reader, "body", around)

    def mend_body(self, mend: Callable[[bytes], bytes]) -> None:
        """If the bytes of a body are not valid JSON, read them as another function changes them."""

        async def read(
            real: Callable[..., Awaitable[Any]], request: Request, bodies: dict[str, Body], received: bytearray
        ) -> Any:
            try:
                return await real(request, bodies, received)
            except Refusal as refusal:
                if "not valid JSON" not in refusal.response.envelope["message"]:
                    raise
                try:
                    mended = mend(bytes(received))
                except ValueError:
                    raise refusal from None
                return check_body(bodies["application/json"], parse_json(mended))

        self.change_reading(read)

    def forgive(self, operations: Collection[str], change: Callable[[Fields], None]) -> None:
        """Change the fields of a body, in place, before they are checked against the schema."""
        for operation in self.contract.operations():
            if operation.operation_id in operations:
                for media, body in operation.bodies.items():
                    operation.bodies[media] = replace(
                        body, validator=cast("Validator", _Forgiving(body.validator, change))
                    )

    def change_query(self, name: str, change: Callable[[str], str]) -> None:
        """Change the text of ``where`` or ``order`` before it is read."""

        def read(real: Callable[[str], Any], text: str) -> Any:
            return real(change(text))

        wrap_item(self.readers, name, read)

    def change_condition(self, change: Callable[[str], str]) -> None:
        """Change the SQL of every ``where``."""

        def read(real: Callable[[str], Condition], text: str) -> Condition:
            sql, values = real(text)
            return Condition(change(sql), values)

        wrap_item(self.readers, "where", read)

    def change_order(self, change: Callable[[str], str]) -> None:
        """Change the SQL of every ``order``."""

        def read(real: Callable[[str], str], text: str) -> str:
            return change(real(text))

        wrap_item(self.readers, "order", read)

    # The operation.

    def change_handler(
        self, operations: Collection[str], around: Callable[[Handler, CheckedRequest], Response]
    ) -> None:
        """Wrap the handlers of operations in a function."""
        for operation in operations:
            wrap_item(self.dispatcher.handlers, operation, around)

    def change_not_found(
        self, operations: Collection[str], instead: Callable[[Handler, CheckedRequest], Response]
    ) -> None:
        """Replace the 404 of operations by the result of a function."""

        def handle(handler: Handler, request: CheckedRequest) -> Response:
            try:
                return handler(request)
            except Refusal as refusal:
                if refusal.response.status != HTTPStatus.NOT_FOUND:
                    raise
                return instead(handler, request)

        self.change_handler(operations, handle)

    def change_parameters(self, operations: Collection[str], change: Callable[[dict[str, Any]], None]) -> None:
        """Change the values of checked parameters, in place."""

        def handle(handler: Handler, request: CheckedRequest) -> Response:
            parameters = dict(request.parameters)
            change(parameters)
            return handler(replace(request, parameters=parameters))

        self.change_handler(operations, handle)

    def change_fields(self, operations: Collection[str], change: Callable[[Fields], Fields]) -> None:
        """Change the fields of a body after they were checked against the schema."""
        self.change_handler(
            operations, lambda handler, request: handler(replace(request, body=change(dict(request.body))))
        )

    def change_stored(self, change: Callable[[Fields], Fields]) -> None:
        """Change the fields of a customer before they are stored."""

        def insert(real: Callable[[Fields], int], fields: Fields) -> int:
            return real(change(fields))

        wrap(self.store, "insert", insert)
        self.change_update(lambda _, fields: change(fields))

    def change_update(self, change: Callable[[int, Fields], Fields]) -> None:
        """Change the fields that an update stores, by a function of the customer's ID and the fields."""

        def update(real: Callable[[int, Fields], None], customer_id: int, fields: Fields) -> None:
            real(customer_id, change(customer_id, fields))

        wrap(self.store, "update", update)

    def change_texts(self, change: Callable[[str], str]) -> None:
        """Change the texts of a customer before they are stored, except external keys, which have bugs of their own."""
        spared = {*OWN_FIELDS, "external_key"}
        self.change_stored(
            lambda fields: {
                name: change(value) if isinstance(value, str) and name not in spared else value
                for name, value in fields.items()
            }
        )

    def without_rule(
        self,
        operations: Collection[str],
        name: str,
        stand_in: Callable[..., Any],
        when: Callable[[CheckedRequest], bool] = lambda _: True,
    ) -> None:
        """Replace a method of the store, which a rule calls, while one of these operations runs."""

        def handle(handler: Handler, request: CheckedRequest) -> Response:
            if not when(request):
                return handler(request)
            real = getattr(self.store, name)
            setattr(self.store, name, stand_in)
            try:
                return handler(request)
            finally:
                setattr(self.store, name, real)

        self.change_handler(operations, handle)

    def change_transaction(self, around: Callable[..., Awaitable[Response]]) -> None:
        """Wrap the transaction that carries an operation out; when it raises a refusal, it has been rolled back."""
        wrap(self.app, "carry_out", around)

    # The response.

    def change_success(self, operations: Collection[str], change: Callable[[Response], Response]) -> None:
        """Change the responses of operations that succeeded, after the check against the document."""

        def carry_out(real: Callable[..., Response], operation: Operation, request: CheckedRequest) -> Response:
            response = real(operation, request)
            return change(response) if operation.operation_id in operations else response

        wrap(self.dispatcher, "carry_out", carry_out)

    def change_customers(self, change: Callable[[Fields], None]) -> None:
        """Change every customer in a response, in place."""

        def changed(response: Response) -> Response:
            value: Any = response.envelope["response"]
            for customer in [value] if "customer_id" in value else value:
                change(customer)
            return response

        self.change_success((*GETS, LIST), changed)

    def change_refusal(self, status: int | None, change: Callable[[Response], Response]) -> None:
        """Change the refusals with a status, or all, after the check against the document, except in bulk requests."""

        async def respond(real: Callable[..., Awaitable[Response]], request: Request, received: bytearray) -> Response:
            response = await real(request, received)
            return (
                change(response)
                if response.status == status or (status is None and response.status >= 400)
                else response
            )

        self.change_responding(respond)

    def change_responding(self, around: Callable[..., Awaitable[Response]]) -> None:
        """Wrap the whole way from a request, and the bytes received so far, to its response."""
        wrap(self.app, "respond", around)

    def change_sending(self, around: Callable[[Sender, Send, Response, bytes], Awaitable[None]]) -> None:
        """Wrap the sending of responses."""
        wrap(self.app, "send", around)


def wrap_item(functions: dict[str, Callable[..., Any]], name: str, around: Callable[..., Any]) -> None:
    """Wrap one of several functions."""
    functions[name] = partial(around, functions[name])


class _Forgiving:
    """A validator that changes a value before it checks it."""

    def __init__(self, validator: Validator, change: Callable[[Fields], None]) -> None:
        self._change = change
        self._validator = validator
        self.iter_errors = validator.iter_errors
        self.validate = validator.validate

    def is_valid(self, value: Any) -> bool:
        if isinstance(value, dict):
            self._change(cast("Fields", value))
        return self._validator.is_valid(value)


def _pair(header: str | None) -> Pair | None:
    _, _, encoded = (header or "").partition(" ")
    try:
        username, colon, password = base64.b64decode(encoded).decode().partition(":")
    except ValueError:
        return None
    return Pair(username, password) if colon else None
