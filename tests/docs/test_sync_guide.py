"""The program of the guide about bulk updates, killed on its way: started again, it does what is left, and no more."""

import csv
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from chargeover import ChargeOver, Field
from chargeover_contract.sandbox import SandboxProcess, sandbox_process
from tests.support.scripts import run_python

GUIDE = Path(__file__).parents[2] / "docs" / "guides" / "bulk.md"
ROWS = 5000
LAST_WORDS = re.compile(r"(\d+) done, 0 failed\n")


@pytest.fixture
def program(tmp_path: Path) -> Path:
    found = re.search(r"```python\n(# sync\.py\n.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    assert found
    file = tmp_path / "sync.py"
    file.write_text(found[1], encoding="utf-8")
    return file


def export(folder: Path, city: str) -> Path:
    file = folder / f"{city}.csv"
    with file.open("w", newline="", encoding="utf-8") as opened:
        rows = csv.writer(opened)
        rows.writerow(["id", "name", "mail", "city"])
        rows.writerows([f"crm-{number}", f"Company {number}", f"{number}@x.example", city] for number in range(ROWS))
    return file


def variables(sandbox: SandboxProcess) -> dict[str, str]:
    return {
        "CHARGEOVER_BASE_URL": sandbox.url,
        "CHARGEOVER_USERNAME": sandbox.username,
        "CHARGEOVER_PASSWORD": sandbox.password,
    }


def done_when_killed(command: list[str], client: ChargeOver, sandbox: SandboxProcess, city: str) -> int:
    """Start the program, kill it once it has changed anything, and say how many it had changed by then."""
    with subprocess.Popen([sys.executable, *command], env=variables(sandbox), stdout=subprocess.DEVNULL) as process:
        try:
            give_up = time.monotonic() + 30
            while not client.customers.count(where=Field.bill_city == city):
                assert time.monotonic() < give_up, "the program changed nothing"
                assert process.poll() is None, "the program ended without any change"
        finally:
            process.kill()
        assert process.wait() == -signal.SIGKILL, "it was faster than the kill: more rows are needed"
    return settled(client, city)


def settled(client: ChargeOver, city: str) -> int:
    """How many are changed once nothing changes any more: what was under way at the kill is still being answered."""
    before = -1
    for _ in range(100):
        now = client.customers.count(where=Field.bill_city == city)
        if now == before:
            return now
        before = now
        time.sleep(0.3)
    pytest.fail("the sandbox does not come to rest")


@pytest.mark.long
def test_nothing_is_lost_and_nothing_is_done_twice(program: Path, tmp_path: Path) -> None:
    with (
        sandbox_process("--database", str(tmp_path / "customers.sqlite3")) as sandbox,
        ChargeOver(base_url=sandbox.url, username=sandbox.username, password=sandbox.password) as client,
    ):
        for city in ("Bonn", "Berlin"):  # creations first, then updates
            file = export(tmp_path, city)
            apply = [str(program), str(file), "--apply"]
            before = done_when_killed(apply, client, sandbox, city)
            assert 0 < before < ROWS

            shown = run_python(*apply[:-1], variables=variables(sandbox)).stdout.splitlines()
            assert len(shown) == ROWS - before
            again = LAST_WORDS.fullmatch(run_python(*apply, variables=variables(sandbox)).stdout)
            assert again
            assert int(again[1]) == ROWS - before

            assert run_python(*apply[:-1], variables=variables(sandbox)).stdout == ""
            assert client.customers.count() == client.customers.count(where=Field.bill_city == city) == ROWS
