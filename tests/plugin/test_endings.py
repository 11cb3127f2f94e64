"""What a user reads when a test fails because of the sandbox, and that the plugin costs nothing otherwise."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.plugin.running import run_pytest

ENDINGS = """
import logging
import pytest

@pytest.mark.chargeover(faults=[{"status": 503, "method": "DELETE"}])
def test_unused(chargeover_client):
    chargeover_client.customers.count()

def test_unused_and_removed(chargeover_sandbox):
    with chargeover_sandbox.faults.of(status=503, method="PUT"):
        pass

@pytest.mark.chargeover(faults={"status": 503, "method": "DELETE"}, allow_unmatched_faults=True)
def test_allowed(chargeover_client):
    chargeover_client.customers.count()

@pytest.mark.chargeover(faults={"status": 503, "method": "DELETE"})
def test_failed_before(chargeover_client):
    chargeover_client.customers.create(company="Acme Ltd")
    assert chargeover_client.customers.get(1).company == "Contoso"

def test_the_sandbox_fails(chargeover_sandbox):
    logging.getLogger("chargeover_sandbox").error("a breach of the contract")

@pytest.mark.chargeover(fault={"status": 503})
def test_misspelled():
    pass

@pytest.mark.chargeover([{"company": "Acme Ltd"}])
def test_without_a_name():
    pass

@pytest.mark.chargeover(seed=[{"compny": "Acme Ltd"}])
def test_a_wrong_seed():
    pass

@pytest.mark.chargeover(faults={"status": 503, "operation": "update_custmer"})
def test_a_wrong_fault():
    pass
"""


def test_each_problem_is_said_at_the_test_that_has_it(tmp_path: Path) -> None:
    done = run_pytest(tmp_path, ENDINGS)
    printed = done.stdout
    assert done.returncode == 1, printed + done.stderr
    assert "1 failed, 4 passed, 7 errors" in printed
    for text in (
        "<Fault 1: status=503, method='DELETE'>",
        "<Fault 1: status=503, method='PUT'>",
        "@pytest.mark.chargeover(allow_unmatched_faults=True)",
        "The sandbox failed in this test:\na breach of the contract",
        "@pytest.mark.chargeover takes seed, faults, allow_unmatched_faults, not fault.",
        "@pytest.mark.chargeover takes seed, faults, allow_unmatched_faults, not a value without a name.",
        "customers[0], compny: there is no such field; did you mean company?",
        "there is no operation update_custmer; did you mean update_customer?",
    ):
        assert text in printed, printed
    # With a test that failed by itself: what it sent, and not a second failure.
    assert "Requests to the ChargeOver sandbox" in printed
    assert "POST /api/v3/customer -> 201" in printed
    assert "ERROR test_it.py::test_failed_before" not in printed


OPTIONS = """
import pytest

@pytest.fixture(scope="session")
def chargeover_sandbox_options():
    return {options}

def test_it(chargeover_sandbox):
    assert chargeover_sandbox.username == "acme"
"""


@pytest.mark.parametrize(
    ("options", "status", "text"),
    [
        ({"username": "acme"}, 0, "1 passed"),
        ({"username": ""}, 1, "The ChargeOver sandbox"),
        ({"usrname": "acme"}, 1, "usrname"),
    ],
)
def test_options_of_the_sandbox(tmp_path: Path, options: dict[str, str], status: int, text: str) -> None:
    done = run_pytest(tmp_path, OPTIONS.format(options=options))
    assert (done.returncode, text in done.stdout) == (status, True), done.stdout


UNUSED = """
import sys

def test_nothing():
    assert not {name.partition(".")[0] for name in sys.modules} & {"chargeover", "chargeover_sandbox", "starlette"}
"""


def test_without_its_fixtures_nothing_is_imported(tmp_path: Path) -> None:
    done = run_pytest(tmp_path, UNUSED)
    assert done.returncode == 0, done.stdout + done.stderr


def test_loading_it_needs_the_standard_library_and_pytest_alone() -> None:
    code = (
        "import pytest, sys; before = {*sys.modules}; import chargeover_pytest.plugin; print(*{*sys.modules} - before)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    names = {name.partition(".")[0] for name in done.stdout.split()}
    assert names - sys.stdlib_module_names == {"chargeover_pytest"}


def test_without_the_extra_it_says_so_in_one_sentence(tmp_path: Path) -> None:
    code = "def test_it(chargeover_client):\n    pass\n"
    done = run_pytest(tmp_path, code, before="sys.modules['starlette'] = None")
    assert done.returncode == 1
    sentence = (
        r"The ChargeOver sandbox cannot start: starlette\S* is missing\. Install the distribution with its extra: "
    )
    assert re.search(rf"^{sentence}chargeover\[sandbox\]\n=", done.stdout, re.MULTILINE), done.stdout
    assert "Traceback" not in done.stdout


def test_a_bug_that_does_not_exist(tmp_path: Path) -> None:
    code = "def test_it(chargeover_client):\n    pass\n"
    done = run_pytest(tmp_path, code, "--chargeover-bug=update-is-lots")
    assert done.returncode == 1
    assert "there is no bug 'update-is-lots'; the nearest are update-is-lost" in done.stdout


TESTS_OF_EACH_KIND = """
import pytest

@pytest.mark.parametrize("number", range(4))
def test_sync(chargeover_client, chargeover_sandbox, number):
    assert chargeover_client.customers.create(company="Acme Ltd") == 1
    chargeover_sandbox.journal.expect("POST", times=1)

{mark}
@pytest.mark.parametrize("number", range(4))
async def test_async(async_chargeover_client, chargeover_sandbox, number):
    assert await async_chargeover_client.customers.create(company="Acme Ltd") == 1
    chargeover_sandbox.faults.add(status=503, times=1)
    assert await async_chargeover_client.customers.count() == 1
"""


@pytest.mark.long
@pytest.mark.parametrize(
    ("mark", "options"),
    [
        pytest.param("@pytest.mark.asyncio", ["-o", "asyncio_mode=strict", "-p", "no:randomly"], id="asyncio strict"),
        pytest.param("", ["-o", "asyncio_mode=auto", "-p", "no:randomly"], id="asyncio auto"),
        pytest.param(
            "@pytest.mark.asyncio(loop_scope='module')", ["-o", "asyncio_mode=strict"], id="one loop for a module"
        ),
        pytest.param("@pytest.mark.anyio", ["-p", "no:asyncio", "-p", "no:randomly"], id="anyio with trio too"),
        pytest.param("", ["-o", "asyncio_mode=auto", "-p", "randomly"], id="randomly"),
        pytest.param("", ["-o", "asyncio_mode=auto", "--timeout=60", "--timeout-method=thread"], id="timeout"),
        pytest.param("", ["-o", "asyncio_mode=auto", "-n", "2"], id="xdist"),
        pytest.param("@pytest.mark.asyncio", ["-n", "2", "--dist=loadfile"], id="xdist by file"),
    ],
)
def test_beside_other_plugins(tmp_path: Path, mark: str, options: list[str]) -> None:
    done = run_pytest(tmp_path, TESTS_OF_EACH_KIND.format(mark=mark), *options, is_alone=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{12 if 'anyio' in mark else 8} passed" in done.stdout
