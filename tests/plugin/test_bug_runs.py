"""``--chargeover-bugs``: which planted bugs a suite does not notice."""

from pathlib import Path

import pytest

from tests.plugin.running import run_pytest

SUITE = """
def test_an_update(chargeover_client):
    chargeover_client.customers.create(company="Acme Ltd")
    chargeover_client.customers.update(1, bill_city="Bonn")
    assert chargeover_client.customers.get(1).bill_city == "Bonn"

def test_without_the_sandbox():
    pass
"""


@pytest.mark.long
def test_what_a_suite_does_not_notice_is_listed(tmp_path: Path) -> None:
    report = tmp_path / "report.xml"
    options = ["--chargeover-bugs=update-is-lost,update-hits-neighbour", "--chargeover-jobs", "2"]
    done = run_pytest(tmp_path, SUITE, *options, "--junitxml", str(report))
    assert done.returncode == 1, done.stdout + done.stderr
    assert "tests that use the sandbox: 1." in done.stdout
    assert "update-is-lost: noticed by test_it.py::test_an_update" in done.stdout
    assert "Noticed 1 of 2 bugs" in done.stdout
    missed = "update-hits-neighbour: An update also changes the customer with the previous ID."
    assert f"Not noticed:\n  {missed}" in done.stdout
    assert not report.exists()


@pytest.mark.long
def test_the_status_is_0_if_each_is_noticed(tmp_path: Path) -> None:
    done = run_pytest(tmp_path, SUITE, "--chargeover-bugs", "update-is-lost")
    assert (done.returncode, "Noticed 1 of 1 bugs" in done.stdout) == (0, True), done.stdout


@pytest.mark.long
def test_a_run_that_hangs_counts_as_noticed(tmp_path: Path) -> None:
    code = "import time\n" + SUITE.replace('assert chargeover_client.customers.get(1).bill_city == "Bonn"', HANGING)
    conftest = "from chargeover_pytest import bug_runs\nbug_runs._LEAST_PATIENCE = 1\nbug_runs._FACTOR = 2"
    (tmp_path / "conftest.py").write_text(conftest)
    done = run_pytest(tmp_path, code, "--chargeover-bugs=update-is-lost")
    assert (done.returncode, "update-is-lost: noticed: it took too long" in done.stdout) == (0, True), done.stdout


HANGING = """while chargeover_client.customers.get(1).bill_city != "Bonn":
        time.sleep(0.01)"""


@pytest.mark.parametrize(
    ("code", "option", "status", "text"),
    [
        pytest.param(SUITE, "--chargeover-bugs=update-is-lots", 4, "the nearest are update-is-lost", id="name"),
        pytest.param(SUITE, "test_it.py", 4, "paths go before the option, or names after =", id="path"),
        pytest.param(SUITE, "--chargeover-jobs=0", 4, "--chargeover-jobs must be at least 1", id="jobs"),
        pytest.param("def test_it():\n    pass\n", "", 4, "no test uses the fixtures of the sandbox", id="unused"),
        pytest.param("def test_it():\n    assert 0\n", "", 1, "The suite must pass before it can be judged", id="red"),
    ],
)
def test_what_cannot_be_judged(tmp_path: Path, code: str, option: str, status: int, text: str) -> None:
    options = [option] if option.startswith("--chargeover-bugs") else ["--chargeover-bugs", *filter(None, [option])]
    done = run_pytest(tmp_path, code, *options)
    assert done.returncode == status
    assert text in done.stdout + done.stderr
