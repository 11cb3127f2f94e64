"""The sandbox of a test session."""

import logging
from collections.abc import Collection, Generator
from contextlib import contextmanager
from typing import Any

from chargeover_sandbox import Fault, LocalSandbox

_LOGGER = "chargeover_sandbox"


class _Failures(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.texts: list[str] = []
        self.setFormatter(logging.Formatter())

    def emit(self, record: logging.LogRecord) -> None:
        self.texts.append(self.format(record))


class SandboxOfTests(LocalSandbox):
    """A sandbox that can start over for each test, and says what failed in it.

    Args:
        bugs: the names of bugs to plant in it.
        options: further arguments of ``LocalSandbox``.

    Attributes:
        has_bugs: whether there are some.
    """

    def __init__(self, bugs: Collection[str] = (), **options: Any) -> None:
        super().__init__(bugs=bugs, **options)
        self.has_bugs = bool(bugs)
        self._failed = _Failures()

    def unmatched(self) -> list[Fault]:
        """The faults of the test that were never applied. It sends nothing if there are none."""
        return self.faults.unmatched() if self._app.first.faults.unmatched() else []

    @contextmanager
    def watched(self) -> Generator[list[str]]:
        """Collect the errors that the sandbox logs, each with its traceback."""
        logger = logging.getLogger(_LOGGER)
        self._failed.texts = []
        logger.addHandler(self._failed)
        try:
            yield self._failed.texts
        finally:
            logger.removeHandler(self._failed)
