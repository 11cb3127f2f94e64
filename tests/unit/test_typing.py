"""What a type checker says to a caller, by mypy and by pyright."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CODE = """\
from collections.abc import Iterable

from chargeover import (
    AsyncChargeOver, Change, ChargeOver, Customer, DeliveryMethod, Difference, RawResponse, RequestOptions, RetryEvent,
    SentRequest,
)

def calls(client: ChargeOver) -> None:
    client.customers.update(1, compny="x")  # refused
    client.customers.update(1, company=3)  # refused
    client.customers.update(1, company=None)  # refused
    client.customers.update(1, invoice_delivery="fax")  # refused
    client.customers.update(1, no_taxes="yes")  # refused
    client.customers.update(1, tags="wholesale")  # refused
    client.customers.update("1", company="x")  # refused
    client.customers.update(company="x")  # refused
    client.customers.create(bill_city="Berlin")  # refused
    client.customers.get(1).compny  # refused
    client.customers.get(1).company = "x"  # refused
    city: str | None = client.customers.get(1).bill_city
    taxes: bool | None = client.customers.get(1).no_taxes
    number: int = client.customers.get(1).bill_city  # refused
    client.customers.update(1, parent_customer_id=None)
    client.customers.update(1, company="x", invoice_delivery="print", dunning_delivery=DeliveryMethod.EMAIL)
    updated: int = client.customers.update(1, tags=["a"], no_taxes=False)
    created: int = client.customers.create(company="x", currency_id=1)

def options(client: ChargeOver, customer: Customer, changes: Iterable[Change]) -> None:
    def note(event: RetryEvent) -> None:
        seconds: float = event.wait
        number: str = event.attempt  # refused

    ChargeOver(timeout="5")  # refused
    ChargeOver(timeuot=5)  # refused
    ChargeOver(on_retry=note, max_connections=5, requests_per_second=0.5, log_bodies=True)
    RequestOptions(5)  # refused
    RequestOptions(extra_headers={"X-A": 1})  # refused
    patient = RequestOptions(timeout=5, deadline=60, max_retries=0, extra_query={"a": 1}, extra_body={"b": [1]})
    patient.timeout = 6  # refused
    other: ChargeOver = client.with_options(timeout=5, on_retry=note)
    client.with_options(proxy="x")  # refused
    client.customers.get(1, options=patient)
    client.customers.get(1, options={"timeout": 5})  # refused
    client.customers.create(company="x", options=patient)
    client.customers.list(options=patient)
    client.customers.bulk_update(changes, options=patient)
    updated: int = client.customers.update(customer, company="x", options=patient)
    client.customers.delete(customer)
    client.customers.update("crm-1", company="x")  # refused
    dry: SentRequest = client.customers.update(1, dry_run=True, company="x")
    by_key: SentRequest = client.customers.update_by_external_key("k", dry_run=True, company="x")
    wet: int = client.customers.update(1, dry_run=False, company="x")
    not_sent: int = client.customers.update(1, dry_run=True, company="x")  # refused
    client.customers.update(1, dry_run=True, compny="x")  # refused
    client.customers.get(1, dry_run=True)  # refused
    difference: dict[str, Difference] = client.customers.diff(customer, company="x")
    client.customers.diff("crm-1", compny="x")  # refused
    change: Change = (customer, {"company": "x"})
    wrong: Change = (1.5, {"company": "x"})  # refused
    for result in client.customers.bulk_diff([change, (1, {}), ("crm-1", {})]):
        found: dict[str, Difference] | None = result.value

def raw(client: ChargeOver) -> None:
    customers = client.customers.with_raw_response
    got: RawResponse[Customer] = customers.get(1)
    city: str | None = customers.get_by_external_key("k").value.bill_city
    created: RawResponse[int] = customers.create(company="x")
    updated: RawResponse[int] = customers.update(1, company="x")
    by_key: RawResponse[int | None] = customers.update_by_external_key("k", company="x")
    counted: int = customers.count().value
    difference: RawResponse[dict[str, Difference]] = customers.diff(1, company="x")
    deleted: RawResponse[None] = customers.delete(1)
    status: int = customers.disconnect_parent(1).response.status
    customers.get(1).bill_city  # refused
    customers.update(1, compny="x")  # refused
    customers.list()  # refused

async def async_calls(client: AsyncChargeOver) -> None:
    dry: SentRequest = await client.customers.update(1, dry_run=True, company="x")
    other: AsyncChargeOver = client.with_options(timeout=5)
    customers = client.customers.with_raw_response
    got: RawResponse[Customer] = await customers.get(1)
    raw: RawResponse[int] = await customers.update(1, company="x", options=RequestOptions(timeout=5))
    await customers.update(1, compny="x")  # refused
    await client.customers.update(1, compny="x")  # refused
    await client.customers.update(1, company=3)  # refused
    updated: int = await client.customers.update(1, company="x", parent_customer_id=None)
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "calls.py"
    path.write_text(CODE)
    return path


def refused_lines() -> set[int]:
    return {number for number, line in enumerate(CODE.splitlines(), 1) if line.endswith("# refused")}


def test_mypy_refuses_what_is_wrong_and_nothing_else(file: Path) -> None:
    command = [sys.executable, "-m", "mypy", "--config-file", str(ROOT / "pyproject.toml"), str(file)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    found = {int(line) for line in re.findall(r"calls\.py:(\d+): error", done.stdout)}
    assert found == refused_lines(), done.stdout


def test_pyright_refuses_what_is_wrong_and_nothing_else(file: Path) -> None:
    paths = [str(ROOT / layer) for layer in ("generated", "overrides")]
    (file.parent / "pyrightconfig.json").write_text(json.dumps({"extraPaths": paths, "typeCheckingMode": "standard"}))
    command = [
        sys.executable,
        "-m",
        "pyright",
        "--pythonpath",
        sys.executable,
        "--outputjson",
        "--project",
        str(file.parent),
    ]
    done = subprocess.run(command, cwd=file.parent, capture_output=True, text=True, check=False)
    diagnostics = json.loads(done.stdout)["generalDiagnostics"]
    found = {one["range"]["start"]["line"] + 1 for one in diagnostics if one["severity"] == "error"}
    assert found == refused_lines(), diagnostics
