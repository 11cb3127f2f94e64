"""The endpoints of one account's control: from a request to its response, as control/openapi.yaml has it."""

from collections.abc import Awaitable, Callable, Mapping
from inspect import isawaitable

from starlette.requests import Request

from chargeover_sandbox.contract.handlers import CheckedRequest, Resource
from chargeover_sandbox.contract.responses import Refusal, Response, check_response
from chargeover_sandbox.requests.app import SandboxApp
from chargeover_sandbox.requests.dispatch import Dispatcher, check_route_and_method
from chargeover_sandbox.requests.reading import RequestReader
from chargeover_sandbox.requests.urls import url_of_address

from .document import control_contract

PREFIX = "/_sandbox/"
HEALTH = f"{PREFIX}health"
READY = f"{PREFIX}ready"
OPEN = {HEALTH, READY}
"""Served without credentials and under any name, for GET and HEAD."""
DOCUMENT = f"{PREFIX}openapi.yaml"
"""Served without credentials, for GET and HEAD."""

Control = Callable[[CheckedRequest], Response | Awaitable[Response]]
"""Carries out one operation of the control, or refuses it before it changes anything."""


class Endpoints:
    """Carries out the operations of control/openapi.yaml on one account.

    Args:
        app: the application of the account, which checks the credentials.
        controls: the operations by operationId, besides those that the resources of the application bring.

    Raises:
        ValueError: the document and these do not have the same operations.
    """

    def __init__(self, app: SandboxApp, controls: Mapping[str, Control]) -> None:
        contract = control_contract()
        self._app = app
        self._of_resources = {name: run for resource in app.resources for name, run in resource.controls.items()}
        self._controls: dict[str, Control] = {**controls, **self._of_resources}
        if difference := contract.operation_ids() ^ self._controls.keys():
            raise ValueError(f"control/openapi.yaml and the sandbox do not have the same operations: {difference}")
        self._dispatcher = Dispatcher(contract, ())
        self._reader = RequestReader((Resource({}, {}, {}, lambda: None),), of_control=True)

    async def respond(self, request: Request) -> Response:
        """The response to a request, a refusal included.

        Raises:
            ContractBreach: the document does not allow the response.
            StoreError: the database cannot be used.
        """
        path: str = request.scope["path"]
        match = self._dispatcher.find(request.scope["raw_path"])
        method = "GET" if request.method == "HEAD" and path in OPEN else request.method
        operation = match.operations.get(method)
        try:
            if operation is None and path in OPEN:
                check_route_and_method(("GET", "HEAD"), method, path)
            if operation is None or operation.needs_credentials:
                await self._app.authenticate(request)
            operation = match.operation(method, path)
            parameters = self._reader.parameters(operation, match.texts, request.scope["query_string"])
            body = await self._reader.body(request, operation.bodies, bytearray()) if operation.bodies else None
            client = request.client.host if request.client else ""
            url = url_of_address(*request.scope["server"])
            checked = CheckedRequest(parameters, body, client, url)
            if handler := self._of_resources.get(operation.operation_id):
                with self._app.database.transaction(write=method != "GET"):
                    response = handler(checked)
            else:
                outcome = self._controls[operation.operation_id](checked)
                response = await outcome if isawaitable(outcome) else outcome
        except Refusal as refusal:
            response = refusal.response
        if operation:
            check_response(operation, response)
        return response
