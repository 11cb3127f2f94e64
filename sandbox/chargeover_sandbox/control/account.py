"""One account of a sandbox: its data, and the control of it."""

import asyncio
from collections.abc import Callable, Mapping
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import Response as PlainResponse
from starlette.types import Receive, Scope, Send

from chargeover_sandbox.contract.document import Contract
from chargeover_sandbox.requests.app import SandboxApp, seconds
from chargeover_sandbox.webhooks.resource import Webhooks

from .data import AccountData
from .document import control_text
from .endpoints import DOCUMENT, OPEN, PREFIX, Control, Endpoints
from .faulting import FaultyExchange
from .faults import Faults, fault_controls
from .journal import Journal, journal_controls
from .rate_limit import RateLimit
from .state import state_controls
from .verdict import Judge


class SandboxAccount:
    """Serves the API to one pair of credentials, and under ``/_sandbox`` what controls it.

    A capability is an attribute here, with its operations among ``controls`` and its part in ``reset``.

    Args:
        app: the application that serves the API.
        load_contract: loads the document as it is without planted bugs.
        controls: the operations of the control that concern all accounts.
        rate_limit: the limit of requests, such as ``100/minute``; None for no limit.
        is_controlled: whether ``/_sandbox`` is served, besides health and readiness.

    Attributes:
        app: see above.
        data: its seed, its snapshots and its clock.
        faults: what goes wrong on purpose.
        journal: the exchanges, except those with ``/_sandbox``, and the webhooks that it sends.

    Raises:
        ValueError: the rate limit is not valid, or the document of the control and the sandbox differ.
    """

    def __init__(
        self,
        app: SandboxApp,
        load_contract: Callable[[], Contract],
        controls: Mapping[str, Control],
        rate_limit: str | None = None,
        *,
        is_controlled: bool = True,
    ) -> None:
        self.app = app
        self.data = AccountData(app)
        self.faults = Faults(app.contract.operation_ids(), app.contract.templates())
        self.journal = Journal(Judge(load_contract, lenient=app.is_lenient))
        self._limit = RateLimit(rate_limit) if rate_limit is not None else None
        self._is_controlled = is_controlled
        self._stopping = asyncio.Event()
        if is_controlled:  # nothing else reads the journal
            app.record = self.journal.record
            for resource in app.resources:
                if isinstance(resource, Webhooks):
                    resource.on_attempt = self.journal.add_sent
        self._endpoints = Endpoints(
            app,
            {
                **controls,
                **state_controls(app.database, self.reset),
                **self.data.controls(),
                **fault_controls(self.faults),
                **journal_controls(self.journal),
            },
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Respond to one request."""
        path: str = scope["path"]
        if path.startswith(PREFIX) and (self._is_controlled or path in OPEN):
            await self._control(scope, receive, send)
        elif self.faults.active or self._limit:
            await self._with_faults(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    def reset(self) -> None:
        """Go back to the beginning."""
        self.data.reset()
        self.faults.clear()
        self.journal.clear()
        if self._limit:
            self._limit.clear()

    def start_over(self) -> None:
        """Go back to the beginning, and forget the seed and the snapshots; numbers start at 1 again."""
        self.data.forget()
        self.reset()
        self.faults.last = self.journal.last = 0

    def stop(self) -> None:
        """Let no request wait any longer; called when the server stops."""
        self._stopping.set()
        self.journal.stop()

    async def finish(self) -> None:
        """End what it does besides requests; called when the server has stopped."""
        await self.app.finish()

    def close(self) -> None:
        """Close the database and what is kept beside it. May be called more than once."""
        self.data.close()
        self.app.close()

    async def _with_faults(self, scope: Scope, receive: Receive, send: Send) -> None:
        started = seconds()
        if self._limit and (refusal := self._limit.count(started)):
            response = refusal.response
            content = response.rendered()
            if self._is_controlled:
                self.journal.add(
                    scope,
                    bytearray(),
                    HTTPStatus.TOO_MANY_REQUESTS,
                    response.headers,
                    content,
                    started,
                    str(self._limit),
                    carried_out=False,
                )
            await self.app.send(send, response, content)
            return
        rule = self.faults.due(scope["method"], scope["raw_path"].decode("latin-1"), self.app.match(scope))
        if rule:
            await FaultyExchange(self.app, self.journal, rule, self._stopping).run(scope, receive, send, started)
        else:
            await self.app(scope, receive, send)

    async def _control(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"] == DOCUMENT and scope["method"] in {"GET", "HEAD"}:
            headers = {"cache-control": "no-store", "x-content-type-options": "nosniff"}
            await PlainResponse(control_text(), 200, headers, "application/yaml")(scope, receive, send)
            return
        answered = await self.app.answered(Request(scope, receive), self._endpoints.respond)
        if answered:
            await self.app.send(send, *answered)
