"""Schemathesis over real HTTP, with all its checks and phases."""

import json
import os
import subprocess
import sys
import sysconfig
from collections.abc import Callable, Generator
from pathlib import Path

import pytest

from chargeover_contract.coverage import Coverage, whole_lines
from chargeover_contract.document import OPERATIONS
from chargeover_contract.findings import ContractFailure, Finding, general
from chargeover_contract.network import environment_for_requests
from chargeover_contract.openapi import PATH
from chargeover_contract.operations import MissingOperations
from chargeover_contract.options import PHASES, SEEDS, SHRINKS, SKIPS_ASSUMED, STOPS_AT_FIRST, is_asked_for
from chargeover_contract.server import Server, the_server

pytestmark = [pytest.mark.contract, pytest.mark.long]

HERE = Path(__file__).parent
SCHEMATHESIS = Path(sysconfig.get_path("scripts")) / "schemathesis"
"""The command of the environment that runs this."""


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
    needs("create_customer", "get_customer", is_about=False)
    seen, failures = tmp_path / "coverage.jsonl", tmp_path / "failures.jsonl"
    environment = {
        **environment_for_requests(server.proxy, tmp_path),
        "CONTRACT_BASE_URL": server.url,
        "CHARGEOVER_USERNAME": server.username,
        "CHARGEOVER_PASSWORD": server.password,
        "CONTRACT_LATIN_1_USERNAME": in_latin_1(server.username),
        "CONTRACT_LATIN_1_PASSWORD": in_latin_1(server.password),
        "CONTRACT_REACHED": str(seen),
        "CONTRACT_FAILURES": str(failures),
        "SCHEMATHESIS_HOOKS": "chargeover_contract.hooks",
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    command: list[str | Path] = [SCHEMATHESIS, "--config-file", HERE / "schemathesis.toml", "run", PATH]
    command += ["--url", server.url, "--seed", str(seed), "--no-color"]
    # The credentials are taken out of what is written down; external keys and tokens are needed to send it again.
    command += ["--output-sanitize", "false"]
    command += ["--max-failures", "1"] if STOPS_AT_FIRST else []
    command += ["--phases", PHASES] if PHASES else []
    command += [] if SHRINKS else ["--no-shrink"]
    if SKIPS_ASSUMED:
        # That an unknown method is a 405, and that what is unknown or out of range is refused, is assumed.
        command += ["--exclude-checks", "unsupported_method,negative_data_rejection"]
    for operation in missing.reasons:
        missing.skipped[operation].append(f"Schemathesis of it with seed {seed}")
    for operation in OPERATIONS:
        if operation in missing or not is_asked_for(operation):
            command += ["--exclude-operation-id", operation]
    # It leaves its cache in the folder that it runs in.
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    for method, target, status, body in map(json.loads, whole_lines(seen)):
        coverage.note(method, target, status, body.encode())
    findings = [Finding.from_json(json.loads(line)) for line in whole_lines(failures)]
    if done.returncode and not findings:
        findings = [_said_nothing_more(done)]
    if findings:
        raise ContractFailure(findings)


def _said_nothing_more(done: subprocess.CompletedProcess[str]) -> Finding:
    """Of a run that failed for another reason than a check: its warnings, or the last line of an exception."""
    if "Traceback" in done.stderr or not done.stdout.strip():
        last = (done.stderr.strip().splitlines() or ["nothing"])[-1]
        return Finding(f"Schemathesis did not run: {general(last)[:200]}", last[:500], "a run to its end")
    said = done.stdout.partition("= WARNINGS =")[2].strip("= \n") or done.stdout
    return Finding("Schemathesis warns of a run that tested too little", said[:2000], "a run without a warning")
