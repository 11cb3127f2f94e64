"""What a fork must not share with its parent: connections, and locks that another thread may hold at that moment."""

import os
import threading
from abc import ABC, abstractmethod
from weakref import WeakSet


class AfterFork(ABC):
    """Something that is renewed in each child process, before the child runs anything else."""

    def __init__(self) -> None:
        _known.add(self)

    @abstractmethod
    def after_fork(self) -> None:
        """Renew it. Called in the child, which has one thread."""


class Lock(AfterFork):
    """A lock that is open in a child process, even if another thread of the parent held it during the fork."""

    def __init__(self) -> None:
        super().__init__()
        self._lock = threading.Lock()

    def after_fork(self) -> None:
        """Open it."""
        self._lock = threading.Lock()

    def __enter__(self) -> None:
        self._lock.acquire()

    def __exit__(self, *_: object) -> None:
        self._lock.release()


_known: WeakSet[AfterFork] = WeakSet()


def _renew() -> None:
    for one in list(_known):
        one.after_fork()


if hasattr(os, "register_at_fork"):  # Windows cannot fork
    os.register_at_fork(after_in_child=_renew)
