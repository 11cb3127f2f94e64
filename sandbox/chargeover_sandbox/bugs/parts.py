"""The objects of one sandbox, and the few ways in which bugs change them.

Everything is patched on these objects and never on their classes or modules: two sandboxes of one process may differ.
The names of private members stand here alone; one that is gone is an AttributeError when a bug is planted.
"""
# pyright: reportPrivateUsage=false

import base64
from collections.abc import Awaitable, Callable, Collection
from dataclasses import replace
from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from starlette.requests import Request
from starlette.types import Send

from chargeover_sandbox.answers import Refusal, Reply
from chargeover_sandbox.bodies import parse_json
from chargeover_sandbox.contract import Body, Operation, Validator
from chargeover_sandbox.customers import OWN_FIELDS, Checked, Handler
from chargeover_sandbox.dispatch import Found
from chargeover_sandbox.queries import Condition
from chargeover_sandbox.reading import check_body
from chargeover_sandbox.store import Fields

if TYPE_CHECKING:
    from chargeover_sandbox.app import SandboxApp

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

Wire = Callable[[Send, Reply, bytes], Awaitable[None]]
"""What puts an answer on the connection."""


class Pair(NamedTuple):
    """A user name and a password."""

    username: str
    password: str


def wrap(target: object, name: str, around: Callable[..., Any]) -> None:
    """Put a function around a method of one object; it gets the method before the arguments."""
    setattr(target, name, partial(around, getattr(target, name)))


class Parts:
    """The objects of one sandbox.

    Attributes:
        app: the order of the checks.
        contract: the compiled document.
        store: the customers.
        database: the store's SQLite connection.
        credentials: who may use it.
        dispatcher: finds operations and carries them out.
        handlers: what each operation does, by its operationId.
        readers: the functions that read ``where`` and ``order``.
        right_pair: the user name and the password that are accepted.
    """

    def __init__(self, app: "SandboxApp") -> None:
        self.app = app
        self.contract = app._contract
        self.store = app._store
        self.database = app._store._db
        self.credentials = app._credentials
        self.dispatcher = app._dispatcher
        self.handlers = cast("dict[str, Handler]", app._dispatcher._handlers)
        self.readers = cast("dict[str, Callable[[str], Any]]", app._dispatcher._readers)
        self.right_pair = Pair(*app._credentials._pair.decode().split(":", 1))

    def memory(self) -> dict[int, Any]:
        """What a bug remembers of customers from one request to another; emptied with the store."""
        kept: dict[int, Any] = {}

        def clear(real: Callable[[], None]) -> None:
            real()
            kept.clear()

        wrap(self.store, "clear", clear)
        return kept

    # The request, in the order in which it is looked at.

    def admit(self, is_good: Callable[[Pair, Pair], bool]) -> None:
        """Let in, besides the right pair, every pair that a test of the given one and the right one holds for."""

        def check(real: Callable[[str | None], None], header: str | None) -> None:
            try:
                real(header)
            except Refusal:
                given = _pair(header)
                if given is None or not is_good(given, self.right_pair):
                    raise

        wrap(self.credentials, "check", check)

    def change_path(self, change: Callable[[bytes], bytes]) -> None:
        """Change a path before its operation is looked for."""

        def find(real: Callable[[bytes], Found], path: bytes) -> Found:
            return real(change(path))

        wrap(self.dispatcher, "find", find)

    def change_reading(self, around: Callable[..., Awaitable[Any]]) -> None:
        """Put a function around the reading of bodies; its arguments are those of ``read_body``."""
        wrap(self.app, "_body", around)

    def mend_body(self, mend: Callable[[bytes], bytes]) -> None:
        """Where the bytes of a body are no JSON, take what they become."""

        async def read(
            real: Callable[..., Awaitable[Any]], request: Request, bodies: dict[str, Body], received: bytearray
        ) -> Any:
            try:
                return await real(request, bodies, received)
            except Refusal as refusal:
                if "not valid JSON" not in refusal.reply.envelope["message"]:
                    raise
                try:
                    mended = mend(bytes(received))
                except ValueError:
                    raise refusal from None
                return check_body(bodies["application/json"], parse_json(mended))

        self.change_reading(read)

    def forgive(self, operations: Collection[str], change: Callable[[Fields], None]) -> None:
        """Change the fields of a body, in place, before they are held against the schema."""
        for operation in self.contract.operations():
            if operation.operation_id in operations:
                bodies = cast("dict[str, Body]", operation.bodies)
                for media, body in bodies.items():
                    bodies[media] = replace(body, validator=cast("Validator", _Forgiving(body.validator, change)))

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

    # What is done.

    def change_handler(self, operations: Collection[str], around: Callable[[Handler, Checked], Reply]) -> None:
        """Put a function around what operations do."""
        for operation in operations:
            wrap_item(self.handlers, operation, around)

    def change_not_found(self, operations: Collection[str], instead: Callable[[Handler, Checked], Reply]) -> None:
        """Put a function in place of the refusal because nobody is there."""

        def handle(handler: Handler, request: Checked) -> Reply:
            try:
                return handler(request)
            except Refusal as refusal:
                if refusal.reply.status != HTTPStatus.NOT_FOUND:
                    raise
                return instead(handler, request)

        self.change_handler(operations, handle)

    def change_parameters(self, operations: Collection[str], change: Callable[[dict[str, Any]], None]) -> None:
        """Change the values of checked parameters, in place."""

        def handle(handler: Handler, request: Checked) -> Reply:
            parameters = dict(request.parameters)
            change(parameters)
            return handler(replace(request, parameters=parameters))

        self.change_handler(operations, handle)

    def change_fields(self, operations: Collection[str], change: Callable[[Fields], Fields]) -> None:
        """Change the fields of a body after they were held against the schema."""
        self.change_handler(
            operations, lambda handler, request: handler(replace(request, body=change(dict(request.body))))
        )

    def change_stored(self, change: Callable[[Fields], Fields]) -> None:
        """Change the fields of a customer as they are stored."""

        def insert(real: Callable[[Fields], int], fields: Fields) -> int:
            return real(change(fields))

        wrap(self.store, "insert", insert)
        self.change_update(lambda _, fields: change(fields))

    def change_update(self, change: Callable[[int, Fields], Fields]) -> None:
        """Change the fields that are stored of a customer that is there, for each its ID and its fields."""

        def update(real: Callable[[int, Fields], None], customer_id: int, fields: Fields) -> None:
            real(customer_id, change(customer_id, fields))

        wrap(self.store, "change", update)

    def change_texts(self, change: Callable[[str], str]) -> None:
        """Change the texts of a customer as they are stored, but for external keys, which have bugs of their own."""
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
        when: Callable[[Checked], bool] = lambda _: True,
    ) -> None:
        """Replace what a rule asks the store, for as long as one of these operations runs."""

        def handle(handler: Handler, request: Checked) -> Reply:
            if not when(request):
                return handler(request)
            real = getattr(self.store, name)
            setattr(self.store, name, stand_in)
            try:
                return handler(request)
            finally:
                setattr(self.store, name, real)

        self.change_handler(operations, handle)

    def change_transaction(self, around: Callable[..., Awaitable[Reply]]) -> None:
        """Put a function around the transaction that carries an operation out; a refusal has undone it."""
        wrap(self.app, "_carried_out", around)

    # The answer.

    def change_answer(self, operations: Collection[str], change: Callable[[Reply], Reply]) -> None:
        """Change what operations answer when they did what was asked, after it was held against the document."""

        def carry_out(real: Callable[..., Reply], operation: Operation, request: Checked) -> Reply:
            reply = real(operation, request)
            return change(reply) if operation.operation_id in operations else reply

        wrap(self.dispatcher, "carry_out", carry_out)

    def change_customers(self, change: Callable[[Fields], None]) -> None:
        """Change every customer in an answer, in place."""

        def changed(reply: Reply) -> Reply:
            response: Any = reply.envelope["response"]
            for customer in [response] if "customer_id" in response else response:
                change(customer)
            return reply

        self.change_answer((*GETS, LIST), changed)

    def change_refusal(self, status: int | None, change: Callable[[Reply], Reply]) -> None:
        """Change the refusals of a status, or all, after they were held against the document; not those in a bulk."""

        async def answer(real: Callable[..., Awaitable[Reply]], request: Request, received: bytearray) -> Reply:
            reply = await real(request, received)
            return change(reply) if reply.status == status or (status is None and reply.status >= 400) else reply

        self.change_answering(answer)

    def change_answering(self, around: Callable[..., Awaitable[Reply]]) -> None:
        """Put a function around all that leads from a request, and the bytes received so far, to its answer."""
        wrap(self.app, "_reply_or_refusal", around)

    def change_sending(self, around: Callable[[Wire, Send, Reply, bytes], Awaitable[None]]) -> None:
        """Put a function around what puts an answer on the connection."""
        wrap(self.app, "_send", around)


def wrap_item(functions: dict[str, Callable[..., Any]], name: str, around: Callable[..., Any]) -> None:
    """Put a function around one of several."""
    functions[name] = partial(around, functions[name])


class _Forgiving:
    """A validator that changes a value before it looks at it."""

    def __init__(self, validator: Validator, change: Callable[[Fields], None]) -> None:
        self._change = change
        self._validator = validator
        self.iter_errors = validator.iter_errors

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
