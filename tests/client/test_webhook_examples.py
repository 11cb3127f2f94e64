"""The receivers in examples/, each in a server of its own, as the guide shows them."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import httpx2
import pytest

from chargeover import ChargeOver
from chargeover_sandbox import LocalSandbox
from tests.support.processes import started

ROOT = Path(__file__).parents[2]
SECRET = "kZ7-secret-of-ours"
COMMANDS = {
    "fastapi": ("uvicorn", "webhook_fastapi:app", "--port", "0"),
    "flask": ("flask", "--app", "webhook_flask", "run", "--port", "0"),
}
BODY = {
    "context_str": "customer",
    "context_id": 7,
    "event": "insert",
    "data": {"customer": {"customer_id": 7}},
    "security_token": SECRET,
}


@pytest.mark.parametrize("framework", COMMANDS)
def test_an_example_receives_webhooks(framework: str) -> None:
    environment = {**os.environ, "CHARGEOVER_WEBHOOK_SECRET": SECRET, "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-m", *COMMANDS[framework]]
    options = {"cwd": ROOT / "examples", "stderr": subprocess.STDOUT, "stdout": subprocess.PIPE, "text": True}
    lines: list[str] = []
    with started(command, environment, **options) as process:
        assert process.stdout
        for line in process.stdout:
            lines.append(line)
            if found := re.search(r"http://127\.0\.0\.1:\d+", line):
                break
        else:
            pytest.fail("".join(lines))
        with httpx2.Client(base_url=found[0], trust_env=False) as http:
            answers = [
                http.post("/chargeover", content=content, headers=headers)
                for content, headers in (
                    (json.dumps(BODY), {"X-ChargeOver-Key": SECRET}),
                    (json.dumps(BODY), {}),
                    (json.dumps(BODY), {"X-ChargeOver-Key": "wrong"}),
                    (json.dumps({**BODY, "security_token": "wrong"}), {}),
                    (json.dumps({**BODY, "context_str": "invoice"}), {"X-ChargeOver-Key": SECRET}),
                )
            ]
        with (
            LocalSandbox(webhooks=[f"{found[0]}/chargeover"], webhook_secret=SECRET) as sandbox,
            ChargeOver(base_url=sandbox.url, username="sandbox", password="sandbox") as client,
        ):
            client.customers.create(company="Acme")
            client.customers.update(1, company="New")
            client.customers.delete(1)
            sandbox.journal.wait_for("POST", path="/chargeover", status=200, times=3)
        process.terminate()
        rest = process.stdout.read()
    assert [answer.status_code for answer in answers] == [200, 200, 401, 401, 200], rest
    assert [answer.text for answer in answers if answer.status_code == 200] == ["received", "received", "ignored"]
    events = [line.rpartition("customer ")[2] for line in rest.splitlines() if "customer " in line]
    assert events == ["7: insert", "7: insert", "1: insert", "1: update", "1: delete"]
    assert SECRET not in rest


@pytest.mark.parametrize("framework", COMMANDS)
def test_the_guide_shows_the_example(framework: str) -> None:
    example = (ROOT / "examples" / f"webhook_{framework}.py").read_text(encoding="utf-8").split('"""\n\n', 1)[1]
    guide = (ROOT / "docs" / "guides" / "webhooks.md").read_text(encoding="utf-8")
    assert example.strip() in re.sub(r"^ {4}", "", guide, flags=re.MULTILINE)
