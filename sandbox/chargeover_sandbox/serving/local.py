"""A sandbox inside a Python process, to test code that uses the API."""

import _thread
import threading
from collections.abc import Collection
from datetime import datetime
from pathlib import Path
from types import BuiltinFunctionType, TracebackType
from typing import Literal, Self

from chargeover_sandbox.bugs import bugs_named
from chargeover_sandbox.control.client.connection import Connection
from chargeover_sandbox.control.client.sandbox import ControlledSandbox
from chargeover_sandbox.control.rate_limit import RateLimit
from chargeover_sandbox.customers.account import Account
from chargeover_sandbox.requests.urls import check_host, url_of_address
from chargeover_sandbox.webhooks.resource import SECRET, WAIT, WebhookSettings

from .browsers import check_origin
from .front import in_front_of
from .opening import open_sandbox
from .server import PASSWORD, USERNAME, SandboxServer, listen

_PATIENCE = 10.0
"""Seconds to wait for the server to start and to stop."""


class LocalSandbox(ControlledSandbox):
    """A sandbox on a real socket of this machine, for the duration of a ``with`` block.

        with LocalSandbox() as sandbox:
            client = ChargeOver(base_url=sandbox.url, username=sandbox.username, password=sandbox.password)

    Args:
        database: the file that keeps the state; None keeps it in memory.
        username: the user name that it accepts.
        password: the password that it accepts.
        bugs: the names of bugs to plant in it, from ``chargeover_sandbox.BUGS``.
        allow_origins: origins whose pages may send requests from a browser, such as ``http://127.0.0.1:8000``.
        allow_hosts: names under which it is served, besides loopback names; for code that reaches it through another.
        lenient: whether it also takes what clients in use send although the document does not allow it.
        timezone: the IANA name of the account's time zone, in which dates are shown and read.
        date_format: ``iso`` for dates such as 2026-01-31T09:30:00-06:00, ``plain`` for 2026-01-31 09:30:00.
        update_code: the ``code`` in the envelope of an update: 201 as published, or 202 as recorded.
        clock: where its clock stands still at the start; without a time zone, it is in that of the account. None for
            real time.
        seed_value: makes tokens, made-up user names and generated customers the same in every run.
        rate_limit: the limit of requests, such as ``100/minute``; more get a 429. None for no limit.
        webhooks: addresses to which every change of a customer is sent; ``webhooks.add`` adds one later.
        webhook_secret: the secret that their receiver verifies.
        allow_webhook_hosts: hosts that webhooks may go to, besides loopback ones.
        webhook_wait: seconds before a webhook that was not received is sent again; each later wait is twice as long.

    Attributes:
        url: its address, on a free port of 127.0.0.1. It is known once the block is entered.
        username: see above.
        password: see above.

    Raises:
        StoreError: the database cannot be used.
        ValueError: the credentials or the clock cannot be used, a bug, zone or format does not exist, or an origin, a
            host, the rate limit or something about webhooks is not valid. Methods raise it for whatever the sandbox
            refuses.
        TimeoutError: the server did not start or did not stop in time.
        RuntimeError: the server could not start, or failed; the message says why.
    """

    def __init__(
        self,
        database: Path | None = None,
        username: str = USERNAME,
        password: str = PASSWORD,
        bugs: Collection[str] = (),
        allow_origins: Collection[str] = (),
        allow_hosts: Collection[str] = (),
        *,
        lenient: bool = False,
        timezone: str = "America/Chicago",
        date_format: Literal["iso", "plain"] = "iso",
        update_code: Literal[201, 202] = 201,
        rate_limit: str | None = None,
        clock: datetime | None = None,
        seed_value: int | None = None,
        webhooks: Collection[str] = (),
        webhook_secret: str = SECRET,
        allow_webhook_hosts: Collection[str] = (),
        webhook_wait: float = WAIT,
    ) -> None:
        super().__init__("", username, password)
        self._database = database
        self._bugs = bugs_named(bugs)
        self._origins = tuple(map(check_origin, allow_origins))
        self._hosts = tuple(map(check_host, allow_hosts))
        self._rate_limit = rate_limit
        if rate_limit is not None:
            RateLimit(rate_limit)
        self._account = Account(lenient, timezone, date_format, update_code, clock, seed_value)
        self._webhooks = WebhookSettings(tuple(webhooks), webhook_secret, tuple(allow_webhook_hosts), webhook_wait)

    def __enter__(self) -> Self:
        if not isinstance(_thread.start_new_thread, BuiltinFunctionType):
            raise RuntimeError(  # noqa: TRY004  the function is right, and so is its type
                "LocalSandbox needs a thread of the operating system, and gevent or a similar library has replaced "
                "them. Run chargeover-sandbox in a process of its own."
            )
        self._app = open_sandbox(
            self._database,
            self.username,
            self.password,
            self._bugs,
            self._account,
            self._rate_limit,
            webhooks=self._webhooks,
        )
        listener = listen("127.0.0.1", 0)
        self.url = url_of_address(*listener.getsockname()[:2])
        self._failures: list[BaseException] = []
        self._ready = threading.Event()
        front = in_front_of(self._app, self.username, self.password, self._hosts, self._origins)
        self._server = SandboxServer(front, listener, self._ready.set, self._app.stop, self._app.finish)
        self._thread = threading.Thread(target=self._serve, name="chargeover-sandbox", daemon=True)
        self._thread.start()
        is_ready = self._ready.wait(_PATIENCE)
        if is_ready and not self._failures:
            return self
        self._server.should_exit = True
        listener.close()
        self._app.close()
        for failure in self._failures:
            raise RuntimeError(f"The sandbox did not start: {failure!r}") from failure
        raise TimeoutError(f"The sandbox did not start within {_PATIENCE:.0f} seconds.")

    def start_over(self) -> None:
        """Go back to the start, for another test: a reset that also forgets the seed, the snapshots and other accounts.

        Raises:
            StoreError: the database cannot be used.
        """
        self._server.carry_out(self._app.start_over(), _PATIENCE)

    def _serve(self) -> None:
        try:
            self._server.serve_until_stopped()
        except BaseException as error:  # noqa: BLE001  it is raised where the sandbox was started or is stopped
            self._failures.append(error)
        finally:
            self._ready.set()

    def _connection(self) -> Connection:
        if not self.url:
            raise RuntimeError("The sandbox is not running: it is known where it is once its block is entered.")
        return super()._connection()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._server.stop()
        self._thread.join(_PATIENCE)
        if self._thread.is_alive():
            raise TimeoutError(f"The sandbox did not stop within {_PATIENCE:.0f} seconds.")
        self._app.close()
        if error is None:
            for failure in self._failures:
                raise RuntimeError(f"The sandbox failed: {failure!r}") from failure
