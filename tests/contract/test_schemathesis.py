"""Schemathesis over real HTTP, with all its checks and phases."""

import json
import subprocess
import sysconfig
from collections.abc import Callable, Generator
from pathlib import Path

import pytest

from chargeover_contract.coverage import Coverage, whole_lines
from chargeover_contract.network import environment_for_requests
from chargeover_contract.openapi import PATH
from chargeover_contract.operations import MissingOperations
from chargeover_contract.options import PHASES, SEEDS, SHRINKS, STOPS_AT_FIRST
from chargeover_contract.server import Server, the_server

pytestmark = [pytest.mark.contract, pytest.mark.long]

HERE = Path(__file__).parent
SCHEMATHESIS = Path(sysconfig.get_path("scripts")) / "schemathesis"


@pytest.fixture
def fresh_server(server: Server) -> Generator[Server]:
    """Our sandbox without customers: what is drawn depends on the lists, and must be reproducible."""
    if not server.is_own:
        yield server
        return
    with the_server() as fresh:
        yield fresh


def in_latin_1(text: str) -> str:
    """The text whose bytes in Latin-1, which Schemathesis encodes credentials in, are those of this one in UTF-8."""
    return text.encode("utf-8").decode("latin-1")


@pytest.mark.parametrize("seed", SEEDS)
def test_a_server_keeps_the_contract(
    fresh_server: Server,
    seed: int,
    tmp_path: Path,
    coverage: Coverage,
    missing: MissingOperations,
    needs: Callable[..., None],
) -> None:
    server = fresh_server
    # The hooks put customers of their own where a valid value stands.
    needs("create_customer", "get_customer")
    seen = tmp_path / "coverage.jsonl"
    environment = {
        **environment_for_requests(server.proxy, tmp_path),
        "CONTRACT_BASE_URL": server.url,
        "CHARGEOVER_USERNAME": server.username,
        "CHARGEOVER_PASSWORD": server.password,
        "CONTRACT_LATIN_1_USERNAME": in_latin_1(server.username),
        "CONTRACT_LATIN_1_PASSWORD": in_latin_1(server.password),
        "CONTRACT_REACHED": str(seen),
        "SCHEMATHESIS_HOOKS": "hooks",
        "PYTHONPATH": str(HERE),
    }
    command: list[str | Path] = [SCHEMATHESIS, "--config-file", HERE / "schemathesis.toml", "run", PATH]
    command += ["--url", server.url, "--seed", str(seed), "--no-color"]
    command += ["--max-failures", "1"] if STOPS_AT_FIRST else []
    command += ["--phases", PHASES] if PHASES else []
    command += [] if SHRINKS else ["--no-shrink"]
    for operation in missing.reasons:
        missing.skipped[operation].append(f"Schemathesis of it with seed {seed}")
        command += ["--exclude-operation-id", operation]
    # It leaves its cache in the folder that it runs in.
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    for method, path, status in map(json.loads, whole_lines(seen)):
        coverage.note(method, path, status)
    if done.returncode:
        pytest.fail(f"{done.stdout}\n{done.stderr}\n{server.again('schemathesis', seed)}", pytrace=False)
