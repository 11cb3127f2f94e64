"""Rows against the sandbox with kills at random moments, 429, 500 and resets after the commit: nothing is lost."""

from pathlib import Path

import pytest

from tests.support.killing import NEW, OTHERS, run

ROWS = 2000
KILLS = 5


@pytest.mark.long
def test_the_account_is_as_after_an_undisturbed_run(tmp_path: Path) -> None:
    found = run(ROWS, KILLS, tmp_path)
    assert found.status.counts == {"done": ROWS}
    assert found.status.creations == ROWS // NEW
    assert (found.differing, found.touched) == ([], [])
    assert found.customers == ROWS + OTHERS
    assert sum(found.faults.values())
