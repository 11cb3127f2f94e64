"""A sandbox inside a Python process, for tests of code that uses the API."""

import threading
from pathlib import Path
from types import TracebackType
from typing import Self

from .app import create_app
from .contract import load_contract
from .server import PASSWORD, USERNAME, SandboxServer, listen, url_of
from .store import Store

_PATIENCE = 10.0
"""Seconds to wait for the server to start and to stop."""


class LocalSandbox:
    """A sandbox on a real socket of this machine, for as long as a ``with`` block lasts.

    ::

        with LocalSandbox() as sandbox:
            client = ChargeOver(base_url=sandbox.url, username=sandbox.username, password=sandbox.password)

    Args:
        database: the file that keeps the state; None for memory.
        username: the user name that it accepts.
        password: the password that it accepts.

    Attributes:
        url: its address, on a free port of 127.0.0.1. Known once the block is entered.
        username: see above.
        password: see above.

    Raises:
        StoreError: the database cannot be used.
        TimeoutError: the server did not start.
    """

    def __init__(self, database: Path | None = None, username: str = USERNAME, password: str = PASSWORD) -> None:
        self.url = ""
        self.username = username
        self.password = password
        self._database = database
        self._ready = threading.Event()

    def __enter__(self) -> Self:
        app = create_app(load_contract(), Store(self._database), self.username, self.password)
        listener = listen("127.0.0.1", 0)
        self.url = url_of(listener)
        self._server = SandboxServer(app, listener, self._ready.set)
        self._thread = threading.Thread(target=self._server.serve_until_stopped, name="chargeover-sandbox", daemon=True)
        self._thread.start()
        if not self._ready.wait(_PATIENCE):
            raise TimeoutError("The sandbox did not start; see its log.")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._server.should_exit = True
        self._thread.join(_PATIENCE)
