"""What a type checker says to a caller, by mypy and by pyright."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CODE = """\
from chargeover import AsyncChargeOver, ChargeOver, DeliveryMethod

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

async def async_calls(client: AsyncChargeOver) -> None:
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
