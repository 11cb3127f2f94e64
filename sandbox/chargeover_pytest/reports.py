"""What the sandbox adds to the report of a test, and when it makes one fail."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

import pytest

if TYPE_CHECKING:
    from chargeover_sandbox import Fault, LocalSandbox

_LAST = 20
"""Exchanges that are shown with a failed test."""
_FAILED = pytest.StashKey[bool]()


def complete(item: pytest.Item, report: pytest.TestReport) -> None:
    """Show the last exchanges with a failed test that had the sandbox."""
    if report.when != "call" or not report.failed or not isinstance(item, pytest.Function):
        return
    item.stash[_FAILED] = True
    sandbox = cast("LocalSandbox | None", item.funcargs.get("chargeover_sandbox"))
    if sandbox is None:
        return
    try:
        exchanges = sandbox.journal[-_LAST:]
    except (ConnectionError, RuntimeError, ValueError):  # the test stopped it, or changed where it is
        return
    if exchanges:
        report.sections.append(("Requests to the ChargeOver sandbox", "\n".join(map(str, exchanges))))


def check_failures(failures: Sequence[str]) -> None:
    """Fail the test if the sandbox logged an error."""
    if failures:
        pytest.fail("The sandbox failed in this test:\n" + "\n".join(failures), pytrace=False)


def check_faults(item: pytest.Item, unmatched: Sequence["Fault"]) -> None:
    """Fail the test if a fault was never applied, unless it failed anyway: then it may not have got there."""
    if unmatched and not item.stash.get(_FAILED, False):
        pytest.fail(
            "Faults that were never applied, so this test did not test what it says:\n"
            + "\n".join(f"  {fault!r}" for fault in unmatched)
            + "\nIf that is intended: @pytest.mark.chargeover(allow_unmatched_faults=True)",
            pytrace=False,
        )
