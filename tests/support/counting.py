"""A sandbox that counts connections."""

import time
from typing import Any, Self

from chargeover_sandbox import LocalSandbox


class CountingSandbox(LocalSandbox):
    """A sandbox that knows how many connections it has and had.

    Attributes:
        most: how many it had at once, at most.
        used: all those that a request came over.
    """

    def __init__(self) -> None:
        super().__init__()
        self.most = 0
        self.used: set[object] = set()

    @property
    def open(self) -> int:
        """How many there are now."""
        return len(self._server.server_state.connections)

    def is_left_alone(self) -> bool:
        """Whether all connections are closed; it may take a moment until the server knows."""
        until = time.monotonic() + 5
        while self.open and time.monotonic() < until:
            time.sleep(0.01)
        return self.open == 0

    def __enter__(self) -> Self:
        super().__enter__()
        app = self._app.first.app
        self._record, app.record = app.record, self._count
        return self

    def _count(self, *exchange: Any) -> None:
        connections = set(self._server.server_state.connections)
        self.used |= connections
        self.most = max(self.most, len(connections))
        assert self._record is not None
        self._record(*exchange)
