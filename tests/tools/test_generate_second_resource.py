"""A document with a second resource: the generated modules have both, and type-check."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.support.documents import Document, add_invoices, changed
from tools.contract import Contract, ContractError
from tools.generate.fields import render_fields
from tools.generate.package import generate

TRY = """
from chargeover_api import fields, operations, requests
print(fields.INVOICE["total"], fields.INVOICE_UPDATE_REQUIRED, fields.PARAMETERS["invoice_id"].maximum)
print(*(one.client_method for one in operations.OPERATIONS.values() if "invoice" in one.id))
print(requests.list_invoices(limit=2).path, requests.update_invoice(3, {"number": "4"}))
"""


@pytest.mark.long
def test_both_resources_are_there_and_type_check(tmp_path: Path) -> None:
    contract, package = tmp_path / "openapi.yaml", tmp_path / "chargeover_api"
    contract.write_text(yaml.safe_dump(changed(add_invoices), sort_keys=False), encoding="utf-8")
    generate(package, contract)
    environment = {**os.environ, "PYTHONPATH": str(tmp_path), "MYPYPATH": str(tmp_path)}
    run = subprocess.run([sys.executable, "-c", TRY], env=environment, capture_output=True, text=True, check=False)
    assert run.stdout.splitlines() == [
        "Rule(types=('number', 'null'), minimum=None, maximum=None, choices=(), items=(), shortest=0, is_moment=False, "
        "is_deprecated=False) "
        "() None",
        "invoices.list invoices.get invoices.update",
        "/api/v3/invoice?limit=2 WireRequest(method='PUT', path='/api/v3/invoice/3', body={'number': '4'})",
    ], run.stderr
    command = [sys.executable, "-m", "mypy", "--config-file=", "--strict", "--cache-dir", str(tmp_path / "cache")]
    files = [str(package / f"{name}.py") for name in ("fields", "operations", "requests")]
    types = subprocess.run(
        [*command, *files], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert types.returncode == 0, types.stdout


def test_a_field_must_be_returned_by_its_own_resource() -> None:
    def only_in_customers(document: Document) -> None:
        fields = document["components"]["schemas"]["InvoiceUpdate"]["properties"]
        fields["company"] = {"type": "string"}

    with pytest.raises(ContractError, match=r"InvoiceUpdate\.company: add it to Invoice too"):
        render_fields(Contract(changed(add_invoices, only_in_customers)))
