"""One account of a sandbox: its data, and the control of it."""

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response as PlainResponse
from starlette.types import Receive, Scope, Send

from chargeover_sandbox.requests.app import SandboxApp

from .document import control_text
from .endpoints import DOCUMENT, OPEN, PREFIX, Control, Endpoints
from .state import state_controls


class SandboxAccount:
    """Serves the API to one pair of credentials, and under ``/_sandbox`` what controls it.

    A capability is an attribute here, with its operations among ``controls`` and its part in ``reset``.

    Args:
        app: the application that serves the API.
        controls: the operations of the control that concern all accounts.
        is_controlled: whether ``/_sandbox`` is served, besides health and readiness.

    Attributes:
        app: see above.
    """

    def __init__(self, app: SandboxApp, controls: Mapping[str, Control], *, is_controlled: bool = True) -> None:
        self.app = app
        self._is_controlled = is_controlled
        self._endpoints = Endpoints(app, {**controls, **state_controls(app.database, self.reset)})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Respond to one request."""
        path: str = scope["path"]
        if path.startswith(PREFIX) and (self._is_controlled or path in OPEN):
            await self._control(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    def reset(self) -> None:
        """Go back to the beginning."""
        self.app.clear()

    async def stop(self) -> None:
        """End what it does besides requests."""
        await self.app.stop()

    def close(self) -> None:
        """Close the database. May be called more than once."""
        self.app.close()

    async def _control(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"] == DOCUMENT and scope["method"] in {"GET", "HEAD"}:
            headers = {"cache-control": "no-store", "x-content-type-options": "nosniff"}
            await PlainResponse(control_text(), 200, headers, "application/yaml")(scope, receive, send)
            return
        answered = await self.app.answered(Request(scope, receive), self._endpoints.respond)
        if answered:
            await self.app.send(send, *answered)
