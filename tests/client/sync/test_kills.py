"""Twenty times kill -9 on a bad network, and in the end the account is as after an undisturbed run."""

import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from chargeover import ChargeOver, sync
from chargeover_sandbox import LocalSandbox
from tests.support.plans import fill, plan_of

PROGRAM = Path(__file__).with_name("faulty_apply.py")
EXISTING = 3000
OTHERS = 50
CREATED = 600
KILLS = 20
TIMES = {"customer_id", "mod_datetime", "write_datetime", "token", "superuser_token", "superuser_id"}


def given() -> Iterator[dict[str, Any]]:
    for one in range(EXISTING + CREATED):
        key = f"crm-{one}" if one < EXISTING else f"new-{one}"
        tags = {"tags": ["crm", f"t{one % 7}"]} if one % 11 == 0 else {}
        yield {
            "external_key": key,
            "company": f"Company {one}",
            "bill_city": f"Köln {one % 100}",
            "no_taxes": one % 2 == 0,
            "custom_1": f"row {one}",
            **tags,
        }


def prepared(sandbox: LocalSandbox, folder: Path, name: str) -> tuple[ChargeOver, sync.Plan]:
    client = ChargeOver(base_url=sandbox.url, username=sandbox.username, password=sandbox.password)
    fill(client, EXISTING, bill_city="Ulm")
    for number in range(OTHERS):
        client.customers.create(company="Other", external_key=f"other-{number}")
    return client, plan_of(client, folder, given(), name, create_missing=True)


def state(client: ChargeOver) -> dict[str, dict[str, Any]]:
    """All customers by key, with all members that do not tell when or in which order they were made."""
    found: dict[str, dict[str, Any]] = {}
    for customer in client.customers.list():
        key = str(customer.external_key)
        assert key not in found
        found[key] = {
            name: value for name, value in customer.raw.items() if name not in TIMES and not name.startswith("url_")
        }
    return found


@pytest.mark.long
def test_nothing_is_lost_doubled_or_touched(tmp_path: Path) -> None:
    dice = random.Random(20261125)
    with LocalSandbox() as undisturbed, LocalSandbox() as sandbox:
        client, plan = prepared(undisturbed, tmp_path, "undisturbed.plan")
        with client:
            assert sync.apply(client, plan).done == EXISTING + CREATED
            expected = state(client)
        client, plan = prepared(sandbox, tmp_path, "killed.plan")
        with client:
            others = [client.customers.get_by_external_key(f"other-{number}").raw for number in range(OTHERS)]
            for kill in range(KILLS):
                kill_one(plan, sandbox.url, kill, dice.randrange(7))
            for last in range(10):
                done = run(plan, sandbox.url, KILLS + last).communicate(timeout=60)[0]
                if done.endswith("left 0\n"):
                    break
            assert plan.status.counts == {"done": EXISTING + CREATED}
            assert state(client) == expected
            assert client.customers.count() == EXISTING + CREATED + OTHERS
            assert [client.customers.get_by_external_key(f"other-{number}").raw for number in range(OTHERS)] == others
            tags = [customer.tags for customer in map(client.customers.get, range(1, EXISTING, 11))]
            assert tags == [["crm", f"t{number % 7}"] for number in range(0, EXISTING - 1, 11)]


def run(plan: sync.Plan, url: str, seed: int) -> "subprocess.Popen[str]":
    command = [sys.executable, str(PROGRAM), str(plan.path), url, str(seed)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def kill_one(plan: sync.Plan, url: str, seed: int, lines: int) -> None:
    """Start an apply and kill it after it has said so many times how far it is."""
    with run(plan, url, seed) as process:
        assert process.stdout is not None
        for _ in range(1 + lines):
            assert process.stdout.readline(), "it ended before it was killed"
        process.kill()
