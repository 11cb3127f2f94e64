"""What the contract says reaches the wrapper by itself, and what generation does not understand stops it."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tools.contract import Contract, ContractError
from tools.generate.fields import render_fields
from tools.generate.package import generate

ROOT = Path(__file__).parents[2]
CONTRACT = (ROOT / "openapi.yaml").read_text(encoding="utf-8")
FIRST_FIELD = "      properties:\n        parent_customer_id:\n"
TRY = """
from chargeover import ChargeOver, InvalidFieldError, UnknownFieldError
client = ChargeOver(base_url="http://127.0.0.1:1", username="u", password="p")
try:
    client.customers.update(1, new_field=5)
except InvalidFieldError as error:
    print(error)
def returned() -> None:
    number: int = client.customers.get(1).new_field
"""


def with_field(schema: str) -> str:
    """The contract with `new_field`, as something to send and as something that is returned."""
    contract = CONTRACT
    for place, own in (("parent_customer_id", schema), ("customer_id", "type: [string, 'null']")):
        before = f"      properties:\n        {place}:\n"
        assert contract.count(before) == 1
        lines = "".join(f"          {line}\n" for line in own.splitlines())
        contract = contract.replace(before, before.replace(place, f"new_field:\n{lines}        {place}"))
    return contract


def test_a_field_that_is_added_to_the_contract_is_typed_and_checked_without_more(tmp_path: Path) -> None:
    contract, code = tmp_path / "openapi.yaml", tmp_path / "code.py"
    contract.write_text(with_field("type: [string, 'null']\ndescription: A new one."), encoding="utf-8")
    generate(tmp_path / "chargeover_api", contract)
    code.write_text(TRY, encoding="utf-8")
    paths = f"{tmp_path}{os.pathsep}{ROOT / 'overrides'}"
    environment = {**os.environ, "PYTHONPATH": paths, "MYPYPATH": paths}
    run = subprocess.run([sys.executable, str(code)], env=environment, capture_output=True, text=True, check=False)
    assert run.stdout == "new_field must be a string or None, not 5 (int).\n", run.stderr
    command = [sys.executable, "-m", "mypy", "--config-file=", "--cache-dir", str(tmp_path / "cache"), str(code)]
    types = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert re.search(r'code.py:\d+: error: Argument "new_field" to "update"', types.stdout), types.stdout
    assert 'Incompatible types in assignment (expression has type "str | None"' in types.stdout, types.stdout
    assert "Unexpected keyword" not in types.stdout


@pytest.mark.parametrize(
    ("schema", "keyword"),
    [
        ("type: string\npattern: '^a'", "pattern"),
        ("type: string\nmaxLength: 3", "maxLength"),
        ("type: string\nformat: date", "format: date"),
        ("type: integer\nenum: [1, 2]", "an enum of other values"),
        ("type: array\nitems:\n  type: string\n  minLength: 1", "minLength"),
    ],
)
def test_a_rule_that_could_not_be_kept_stops_generation(tmp_path: Path, schema: str, keyword: str) -> None:
    contract = tmp_path / "openapi.yaml"
    contract.write_text(with_field(schema), encoding="utf-8")
    with pytest.raises(ContractError, match=rf"new_field(\[\])?: the client cannot check {keyword}"):
        render_fields(Contract.load(contract))


def test_a_field_that_is_not_returned_stops_generation(tmp_path: Path) -> None:
    contract = tmp_path / "openapi.yaml"
    returned = "        tax_ident:\n          x-source: recorded\n          type: [string, 'null']"
    assert CONTRACT.count(returned) == 1
    contract.write_text(CONTRACT.replace(returned, returned.replace("tax_ident", "tax")), encoding="utf-8")
    with pytest.raises(ContractError, match=r"CustomerCreate\.tax_ident: add it to Customer too"):
        render_fields(Contract.load(contract))


def test_a_document_that_is_not_valid_stops_generation(tmp_path: Path) -> None:
    contract = tmp_path / "openapi.yaml"
    contract.write_text(CONTRACT.replace("      name: customer_id\n", "      name: customer_name\n"), encoding="utf-8")
    with pytest.raises(ContractError, match="not valid OpenAPI: Path parameter 'customer_id'"):
        generate(tmp_path / "chargeover_api", contract)
