"""``examples/many_accounts.py`` on a cluster of four worker processes, one of which is killed."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import psutil  # pyright: ignore[reportMissingImports, reportMissingModuleSource]
import pytest

from chargeover import ChargeOver, sync
from chargeover_contract.sandbox import SandboxProcess, sandbox_process
from tests.support.plans import customers, fill

EXAMPLE = Path(__file__).parents[2] / "examples" / "many_accounts.py"
ROWS = 600
ACCOUNTS = ("acme", "acme-2")
PARTS = 3
PATIENCE = 120


@pytest.fixture
def sandboxes() -> Iterator[dict[str, SandboxProcess]]:
    with ExitStack() as stack:
        yield {name: stack.enter_context(sandbox_process()) for name in ACCOUNTS}


def connected(sandbox: SandboxProcess) -> ChargeOver:
    return ChargeOver(base_url=sandbox.url, username=sandbox.username, password=sandbox.password)


def workers_of(process: "subprocess.Popen[str]") -> list[Any]:
    """The worker processes of the cluster that a program has started."""
    return [one for one in psutil.Process(process.pid).children(recursive=True) if "spawn_main" in str(one.cmdline())]


def test_a_worker_dies_and_every_account_is_brought_in_line(
    tmp_path: Path, sandboxes: dict[str, SandboxProcess]
) -> None:
    toml = ""
    for name, sandbox in sandboxes.items():
        with connected(sandbox) as client:
            fill(client, ROWS, bill_city="Ulm")
        file = tmp_path / f"{name}.csv"
        lines = [f"crm-{one},{name} {one}\n" for one in range(ROWS)]
        file.write_text("".join(["external_key,bill_city\n", *lines, "crm-x,Nowhere\n"]), encoding="utf-8")
        toml += (
            f'["{name}"]\nbase_url = "{sandbox.url}"\nusername = "{sandbox.username}"\n'
            f'password_from = "SANDBOX_PASSWORD"\nfile = "{file}"\n'
        )
    nowhere = tmp_path / "nowhere.csv"
    toml += f'[broken]\nbase_url = "{sandboxes["acme"].url}"\nusername = "u"\n'
    toml += f'password_from = "SANDBOX_PASSWORD"\nfile = "{nowhere}"\n'
    accounts, folder = tmp_path / "accounts.toml", tmp_path / "plans"
    accounts.write_text(toml, encoding="utf-8")
    command = [sys.executable, str(EXAMPLE), str(accounts), "--folder", str(folder), "--parts", str(PARTS)]
    environment = {**os.environ, "SANDBOX_PASSWORD": next(iter(sandboxes.values())).password}
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as run:
        try:
            give_up = time.monotonic() + PATIENCE
            while not any(folder.glob("*/crm-*.plan-wal")):  # a part is being applied
                assert time.monotonic() < give_up, "nothing is applied"
                assert run.poll() is None, "it ended early"
                time.sleep(0.01)
            workers = workers_of(run)
            assert len(workers) == 4
            # One that has a plan open: what is under way is cut off in the middle.
            busy = next((one for one in workers if any("crm-" in file.path for file in one.open_files())), workers[0])
            busy.kill()
            printed, _ = run.communicate(timeout=PATIENCE)
        finally:
            run.kill()
    assert printed.splitlines() == [
        *(f"{name}: {ROWS + 1} rows, {ROWS} done, 1 rejected, 0 left" for name in ACCOUNTS),
        f"broken: 0 rows, 0 done, 0 rejected, 0 left  failed: {nowhere}: it cannot be read: No such file or directory.",
    ]
    assert run.returncode == 1
    for name, sandbox in sandboxes.items():
        assert len(list((folder / name).glob("crm-*.plan"))) == PARTS
        assert [one.columns["external_key"] for one in sync.rejects(folder / name / "crm.plan")] == ["crm-x"]
        with connected(sandbox) as client:
            assert customers(client, "bill_city") == {f"crm-{one}": (f"{name} {one}",) for one in range(ROWS)}
