"""One run of the cases by pytest, in this process, untouched by the settings and plugins of its surroundings."""

import os
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from .collecting import Collector
from .plugin import COLLECTOR, NOTHING_TO_TEST

CASES = Path(__file__).parent / "cases"


@dataclass(slots=True, eq=False)  # pytest keeps its plugins in sets
class Run:
    """A run, as a plugin of pytest sees it.

    Attributes:
        collector: what it has found so far.
        total: how many cases there are.
        said: why it ended early; empty if it did not.
        is_interrupted: whether Ctrl-C or a signal ended it.
        fault: of the suite itself, as text; empty for none.
        has_nothing_to_test: whether there is no server, or none that can be tested.
    """

    collector: Collector = field(default_factory=Collector)
    total: int = 0
    said: str = ""
    is_interrupted: bool = False
    fault: str = ""
    has_nothing_to_test: bool = False
    _done: int = 0

    def pytest_sessionstart(self, session: pytest.Session) -> None:
        """Keep what is collected."""
        self.collector = session.config.stash[COLLECTOR]

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Count the cases."""
        self.total = len(session.items)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Note a file of tests that cannot be read."""
        if report.failed:
            self.fault = str(report.longrepr)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Show how far it is, on a terminal."""
        if report.when == "teardown" and sys.stderr.isatty():
            self._done += 1
            failed = sum(one.outcome == "failed" for one in self.collector.results.values())
            print(f"\r{self._done:,} of {self.total:,} cases, {failed:,} failed ", end="", file=sys.stderr, flush=True)

    def pytest_keyboard_interrupt(self, excinfo: pytest.ExceptionInfo[BaseException]) -> None:
        """Tell an end that a fixture asked for from Ctrl-C."""
        if isinstance(excinfo.value, pytest.exit.Exception):
            self.said = str(excinfo.value.msg)
            self.has_nothing_to_test = excinfo.value.returncode == NOTHING_TO_TEST
        else:
            self.is_interrupted = True

    def pytest_internalerror(self, excrepr: Any) -> bool:
        """Keep a fault of the suite, instead of printing it."""
        self.fault = str(excrepr)
        return True


def run(also: Sequence[str] = ()) -> Run:
    """Run the cases.

    Args:
        also: more files or folders of tests, which use the suite's fixtures.
    """
    one = Run()
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    os.environ.pop("PYTEST_ADDOPTS", None)
    options = ["-c", str(CASES / "run.ini"), "--rootdir", str(CASES), "-m", "contract"]
    for name in ("-p no:terminal", "-p no:cacheprovider", "-p chargeover_contract.plugin"):
        options += name.split()
    with tempfile.TemporaryDirectory() as folder:
        # Hypothesis would leave a folder where the user is.
        os.environ["HYPOTHESIS_STORAGE_DIRECTORY"] = folder
        pytest.main([*options, str(CASES), *also], plugins=[one])
    if sys.stderr.isatty():
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)
    return one
