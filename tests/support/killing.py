"""A plan applied by the command, which is killed again and again on a bad network, beside an undisturbed one.

python -m tests.support.killing ROWS KILLS prints the figures of a run; the tests run a short one.
"""

import hashlib
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from chargeover import BulkRequest, ChargeOver, sync
from chargeover_contract.sandbox import SandboxProcess, sandbox_process
from chargeover_sandbox import RemoteSandbox

OTHERS = 50
"""Customers that are in the account and not in the file."""
NEW = 10
"""One row in so many has no customer yet."""
_OWN = {"customer_id", "mod_datetime", "write_datetime", "token", "superuser_token", "superuser_id"}
"""What differs between two accounts with the same customers."""


@dataclass
class Figures:
    """What a run has shown.

    Attributes:
        status: of the plan in the end.
        faults: how often each fault was applied.
        differing: the keys of customers that differ from those of the undisturbed run.
        touched: the keys of customers that are not in the file and have changed.
        seconds: how long the phases took.
    """

    status: sync.Status
    faults: dict[str, int]
    differing: list[str]
    touched: list[str]
    customers: int
    applies: int
    seconds: dict[str, float] = field(default_factory=dict[str, float])


def run(rows: int, kills: int, folder: Path, seed: int = 20261125) -> Figures:
    """Plan and apply the same file in two accounts: one in peace, one with kills and faults.

    Args:
        rows: of the file.
        kills: how often the command is killed, at a random moment.
        folder: for the files.
        seed: of the random moments.
    """
    file = folder / "crm.csv"
    _write(file, rows)
    seconds: dict[str, float] = {}
    with ExitStack() as stack:
        calm, bad = (stack.enter_context(sandbox_process()) for _ in range(2))
        calm_client, bad_client = (stack.enter_context(_client(one)) for one in (calm, bad))
        began = time.monotonic()
        for client in (calm_client, bad_client):
            _fill(client, rows)
        began = _note(seconds, "filling both accounts", began)
        for sandbox, name in ((calm, "calm.plan"), (bad, "bad.plan")):
            words = ("plan", str(file), "-o", str(folder / name), "--create-missing")
            assert _command(sandbox, *words).wait() == 0
        began = _note(seconds, "two plans", began)
        assert _command(calm, "apply", str(folder / "calm.plan")).wait() == 0
        began = _note(seconds, "undisturbed apply", began)
        others = _states(bad_client, "other-", whole=True)
        # So the kills come before its end: the bad network makes it slower, too.
        longest = seconds["undisturbed apply"] / kills
        applies, faults = _killed(bad, folder / "bad.plan", kills, longest, random.Random(seed))
        began = _note(seconds, "killed applies", began)
        expected, found = (_states(one, "") for one in (calm_client, bad_client))
        now = _states(bad_client, "other-", whole=True)
        _note(seconds, "comparing", began)
        return Figures(
            sync.status(folder / "bad.plan"),
            faults,
            [key for key in {**expected, **found} if expected.get(key) != found.get(key)],
            [key for key in {**others, **now} if others.get(key) != now.get(key)],
            bad_client.customers.count(),
            applies,
            seconds,
        )


def _killed(
    sandbox: SandboxProcess, plan: Path, kills: int, longest: float, dice: random.Random
) -> tuple[int, dict[str, int]]:
    control = RemoteSandbox(sandbox.url)
    added = {
        "429": control.faults.add(status=429, retry_after=1, operation="bulk", probability=0.01, seed=1),
        "500": control.faults.add(status=500, operation="bulk", probability=0.02, seed=2),
        "500 after the commit": control.faults.add(status=500, commit=True, operation="bulk", probability=0.02, seed=3),
        "reset after the commit": control.faults.add(reset="after", operation="bulk", probability=0.02, seed=4),
    }
    for number in range(kills):
        process = _command(sandbox, "apply", str(plan))
        if number % 4 < 3:  # or else also while it starts, and while it finds out what the last one has left
            before, give_up = sync.status(plan).counts, time.monotonic() + 300
            while sync.status(plan).counts == before and process.poll() is None:
                assert time.monotonic() < give_up, "it comes no further"
                time.sleep(0.01)
        time.sleep(dice.uniform(0, longest))
        assert process.poll() is None, f"kill {number}: it ended before it was killed, with {process.returncode}"
        process.kill()
        process.wait()
    applies = 0
    for _ in range(20):
        applies += 1
        if _command(sandbox, "apply", str(plan)).wait() != 4:  # rows are left, or no request succeeded
            break
    counted = {
        name: next(one.applied for one in control.faults.list() if one.id == fault.id) for name, fault in added.items()
    }
    control.faults.clear()
    return applies, counted


def _command(sandbox: SandboxProcess, *words: str) -> "subprocess.Popen[bytes]":
    own = {name: value for name, value in os.environ.items() if not name.startswith("CHARGEOVER_")}
    account = {
        "CHARGEOVER_BASE_URL": sandbox.url,
        "CHARGEOVER_USERNAME": sandbox.username,
        "CHARGEOVER_PASSWORD": sandbox.password,
    }
    command = [sys.executable, "-m", "chargeover_cli", "sync", *words]
    return subprocess.Popen(
        command, env={**own, **account}, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def _client(sandbox: SandboxProcess) -> ChargeOver:
    return ChargeOver(base_url=sandbox.url, username=sandbox.username, password=sandbox.password)


def _write(file: Path, rows: int) -> None:
    with file.open("w", encoding="utf-8") as stream:
        stream.write("external_key,company,bill_city,no_taxes,tags,custom_1\n")
        for one in range(rows):
            tags = f"crm;t{one % 7}" if one % 101 == 0 else ""
            stream.write(f"crm-{one},Company {one},Köln {one % 100},{one % 2},{tags},row {one}\n")


def _fill(client: ChargeOver, rows: int) -> None:
    def fields() -> Iterator[dict[str, Any]]:
        for one in range(rows):
            if one % NEW:
                # One in fifty has all that the file wants already.
                bill_city = f"Köln {one % 100}" if one % 50 == 1 else "Ulm"
                yield {"external_key": f"crm-{one}", "company": f"Company {one}", "bill_city": bill_city}
        for one in range(OTHERS):
            yield {"external_key": f"other-{one}", "company": "Other", "bill_city": "Bonn"}

    for _ in client.bulk((BulkRequest.create_customer(**one) for one in fields()), in_flight=2):
        pass


def _states(client: ChargeOver, prefix: str, *, whole: bool = False) -> dict[str, str]:
    """A digest of each customer, by its key; the whole customer, or what two accounts have in common."""
    found: dict[str, str] = {}
    tagged: list[str] = []
    for customer in client.customers.list():
        key = str(customer.external_key)
        if not key.startswith(prefix):
            continue
        assert key not in found, f"{key} is there twice"
        raw = customer.raw
        if not whole:
            raw = {name: value for name, value in raw.items() if name not in _OWN and not name.startswith("url_")}
        found[key] = hashlib.sha256(json.dumps(raw, sort_keys=True, default=str).encode()).hexdigest()
        if key.startswith("crm-") and int(key[4:]) % 101 == 0:
            tagged.append(key)
    for result in client.bulk(map(BulkRequest.get_customer_by_external_key, tagged)):  # lists lack tags
        assert result.value is not None
        found[f"{result.item} tags"] = str(result.value.tags)
    return found


def _note(seconds: dict[str, float], name: str, began: float) -> float:
    now = time.monotonic()
    seconds[name] = round(now - began, 1)
    return now


def main() -> None:
    rows, kills = map(int, sys.argv[1:])
    with tempfile.TemporaryDirectory() as folder:
        found = run(rows, kills, Path(folder))
    sys.stdout.write(f"{found}\n")


if __name__ == "__main__":
    main()
