"""Every check and every phase of Schemathesis, over real HTTP, against the sandbox or any other server."""

import json
import os
import subprocess
import sysconfig
from collections.abc import Generator
from pathlib import Path
from uuid import uuid4

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

Answer = tuple[str, str, int]
"""Method, path and status."""


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


@pytest.fixture(scope="module")
def reached() -> set[Answer]:
    """What the tests of this module have seen so far."""
    return set()


@pytest.mark.parametrize("seed", SEEDS)
def test_a_server_keeps_the_contract(server: dict[str, str], seed: int, tmp_path: Path, reached: set[Answer]) -> None:
    seen = tmp_path / "reached.jsonl"
    environment = {**os.environ, **server, "CONTRACT_REACHED": str(seen), "SCHEMATHESIS_HOOKS": "hooks"}
    command: list[str | Path] = [SCHEMATHESIS, "--config-file", HERE / "schemathesis.toml", "run", contract.PATH]
    command += ["--url", server["CONTRACT_BASE_URL"], "--seed", str(seed), "--no-color"]
    # It imports the hooks from, and leaves its cache in, the folder that it runs in.
    (tmp_path / "hooks.py").write_bytes((HERE / "hooks.py").read_bytes())
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    reached |= {(method, path, status) for method, path, status in map(json.loads, seen.read_text().splitlines())}
    assert done.returncode == 0, f"Again with: schemathesis run … --seed {seed}\n{done.stdout}\n{done.stderr}"


def test_what_no_generated_request_asks_for(server: dict[str, str], reached: set[Answer]) -> None:
    """Values that are no UTF-8, and a parent that is to be deleted by its key."""
    path = "/api/v3/customer"
    credentials = (server["CHARGEOVER_USERNAME"], server["CHARGEOVER_PASSWORD"])
    with httpx2.Client(base_url=server["CONTRACT_BASE_URL"], auth=credentials, timeout=10) as http:
        key = f"parent-{uuid4().hex}"
        parent = http.post(path, json={"company": "Parent", "external_key": key}).json()["response"]["id"]
        http.post(path, json={"company": "Child", "parent_customer_id": parent}).raise_for_status()
        for method, name, value in (
            ("GET", "external_key", "%FF"),
            ("GET", "token", "%FF"),
            ("DELETE", "external_key", key),
        ):
            answer = http.request(method, f"{path}/{name}:{value}")
            assert (answer.status_code, answer.json()["status"]) == (400, "Error"), f"{method} {name}:{value}"
            reached.add((method, f"{path}/{name}:{{{name}}}", 400))
        assert http.get(f"{path}/{parent}").status_code == 200


def test_every_documented_answer_was_reached(reached: set[Answer]) -> None:
    # A 405 is the path's: it is reached by a method that none of its operations has.
    paths_with_405 = {path for _, path, status in reached if status == 405}
    missing = {
        answer
        for answer in documented_answers() - reached
        if answer[2] not in NOT_ON_REQUEST and not (answer[2] == 405 and answer[1] in paths_with_405)
    }
    assert not missing, f"green, but nothing tested {sorted(missing)}"


def documented_answers() -> set[Answer]:
    return {
        (method, path, int(status)) for method, path, operation in operations() for status in operation["responses"]
    }
