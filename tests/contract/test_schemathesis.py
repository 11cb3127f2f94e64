"""Every check and every phase of Schemathesis, over real HTTP, against the sandbox or any other server."""

import json
import os
import subprocess
import sysconfig
from collections.abc import Generator
from pathlib import Path

import httpx2
import pytest

from support import contract
from support.contract import operations
from support.processes import sandbox_process

pytestmark = pytest.mark.contract

HERE = Path(__file__).parent
SCHEMATHESIS = Path(sysconfig.get_path("scripts")) / "schemathesis"
SEEDS = (1, 20261122)
# A server gives these of its own accord; no request can ask for them.
NOT_ON_REQUEST = {429, 500}


@pytest.fixture(scope="module")
def server() -> Generator[dict[str, str]]:
    """The address and the credentials of the server under test, as environment variables."""
    if base_url := os.environ.get("CONTRACT_BASE_URL"):
        credentials = {name: os.environ.get(name, "") for name in ("CHARGEOVER_USERNAME", "CHARGEOVER_PASSWORD")}
        if not all(credentials.values()):
            pytest.fail("BASE_URL also needs CHARGEOVER_USERNAME and CHARGEOVER_PASSWORD.", pytrace=False)
        base_url = base_url.rstrip("/")
        refuse_what_cannot_be_tested(base_url, *credentials.values())
        yield {"CONTRACT_BASE_URL": base_url, **credentials}
        return
    with sandbox_process() as sandbox:
        yield {
            "CONTRACT_BASE_URL": sandbox.url,
            "CHARGEOVER_USERNAME": sandbox.username,
            "CHARGEOVER_PASSWORD": sandbox.password,
        }
        log = sandbox.log()
    assert "ContractBreach" not in log, log
    assert "Traceback" not in log, log


def refuse_what_cannot_be_tested(base_url: str, username: str, password: str) -> None:
    """One sentence instead of a long report, where there is no server or where it refuses the credentials."""
    try:
        answer = httpx2.get(f"{base_url}/api/v3/customer/1", auth=(username, password), timeout=10)
    except httpx2.HTTPError as error:
        pytest.fail(f"Nothing answers at {base_url}: {error}", pytrace=False)
    if answer.status_code not in {200, 404}:
        message = (
            f"{base_url} answered {answer.status_code} to GET /api/v3/customer/1 with the credentials of {username!r}"
        )
        pytest.fail(f"{message}: {answer.text[:300]}", pytrace=False)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_server_keeps_the_contract(server: dict[str, str], seed: int, tmp_path: Path) -> None:
    reached = tmp_path / "reached.jsonl"
    environment = {**os.environ, **server, "CONTRACT_REACHED": str(reached), "SCHEMATHESIS_HOOKS": "hooks"}
    command: list[str | Path] = [SCHEMATHESIS, "--config-file", HERE / "schemathesis.toml", "run", contract.PATH]
    command += ["--url", server["CONTRACT_BASE_URL"], "--seed", str(seed), "--no-color"]
    # It imports the hooks from, and leaves its cache in, the folder that it runs in.
    (tmp_path / "hooks.py").write_bytes((HERE / "hooks.py").read_bytes())
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"Again with: schemathesis run … --seed {seed}\n{done.stdout}\n{done.stderr}"
    answers = {(method, path, status) for method, path, status in map(json.loads, reached.read_text().splitlines())}
    # A 405 is the path's: it is reached by a method that none of its operations has.
    answers |= {
        (method, path, 405) for method, path, _ in documented_answers() if any(a[1:] == (path, 405) for a in answers)
    }
    not_reached = sorted(answer for answer in documented_answers() - answers if answer[2] not in NOT_ON_REQUEST)
    assert not not_reached, f"green, but nothing tested {not_reached}"


def documented_answers() -> set[tuple[str, str, int]]:
    return {
        (method, path, int(status)) for method, path, operation in operations() for status in operation["responses"]
    }
