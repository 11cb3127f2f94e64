"""A sandbox inside a Python process, for tests of code that uses the API."""

import threading
from collections import deque
from pathlib import Path
from types import TracebackType
from typing import Self

from .app import Exchange, SandboxApp
from .contract import load_contract
from .credentials import Credentials
from .server import PASSWORD, USERNAME, SandboxServer, listen
from .store import Store
from .urls import url_of_address

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
        exchanges: the last 1,000 requests and their answers, the oldest first.

    Raises:
        StoreError: the database cannot be used.
        ValueError: the credentials cannot be used.
        TimeoutError: the server did not start or did not stop in time.
    """

    def __init__(self, database: Path | None = None, username: str = USERNAME, password: str = PASSWORD) -> None:
        self.url = ""
        self.username = username
        self.password = password
        self.exchanges: deque[Exchange] = deque(maxlen=1000)
        self._database = database

    def __enter__(self) -> Self:
        self._store = Store(self._database)
        credentials = Credentials(self.username, self.password)
        app = SandboxApp(load_contract(), self._store, credentials, self.exchanges.append)
        listener = listen("127.0.0.1", 0)
        self.url = url_of_address(*listener.getsockname()[:2])
        ready = threading.Event()
        self._server = SandboxServer(app, listener, ready.set)
        self._thread = threading.Thread(target=self._server.serve_until_stopped, name="chargeover-sandbox", daemon=True)
        self._thread.start()
        if not ready.wait(_PATIENCE):
            raise TimeoutError("The sandbox did not start; see its log.")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._server.should_exit = True
        self._thread.join(_PATIENCE)
        if self._thread.is_alive():
            raise TimeoutError("The sandbox did not stop; see its log.")
        self._store.close()
