"""Reading from the account while something else is done, so that the server does not wait for us, nor we for it."""

import contextvars
import threading
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Generic, TypeVar

T = TypeVar("T")


class Later(Generic[T]):
    """A call that runs in a thread of its own, begun at once.

    The thread is a daemon, so that a program that was interrupted does not wait for it: the call only reads.
    """

    def __init__(self, call: Callable[[], T]) -> None:
        self._call = call
        self._results: list[T] = []
        self._error: BaseException | None = None
        run = contextvars.copy_context().run
        self._thread = threading.Thread(target=run, args=(self._run,), name="chargeover-sync", daemon=True)
        self._thread.start()

    def result(self) -> T:
        """Wait for it; returns what the call returned, or raises what it raised."""
        self._thread.join()
        if self._error is not None:
            raise self._error
        return self._results[0]

    def _run(self) -> None:
        try:
            self._results.append(self._call())
        except BaseException as error:  # noqa: BLE001  raised where the result is asked for
            self._error = error


def one_ahead(items: Iterable[T]) -> Iterator[T]:
    """The items, each fetched while the one before is used."""
    source = iter(items)

    def fetch() -> list[T]:
        return [*islice(source, 1)]

    following = Later(fetch)
    while current := following.result():
        following = Later(fetch)
        yield from current
