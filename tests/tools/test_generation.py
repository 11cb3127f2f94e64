"""What the contract says reaches the wrapper by itself, and what generation does not understand stops it."""

import copy
import os
import pickle
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from chargeover_api.models import CustomerUpdate
from tests.support.documents import Document, changed, with_field
from tools.contract import Contract, ContractError
from tools.generate.fields import render_fields
from tools.generate.package import generate
from tools.generate.twins import twin_of, twins

ROOT = Path(__file__).parents[2]
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


def write(path: Path, document: Document) -> None:
    path.write_text(yaml.safe_dump(document, sort_keys=False), encoding="utf-8")


@pytest.mark.long
def test_a_field_that_is_added_to_the_contract_is_typed_and_checked_without_more(tmp_path: Path) -> None:
    contract, code = tmp_path / "openapi.yaml", tmp_path / "code.py"
    write(contract, changed(with_field(sent={"type": ["string", "null"], "description": "A new one."})))
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
        ({"type": "string", "pattern": "^a"}, "pattern"),
        ({"type": "string", "maxLength": 3}, "maxLength"),
        ({"type": "string", "format": "date"}, "format: date"),
        ({"type": "integer", "enum": [1, 2]}, "an enum of other values"),
        ({"type": "array", "items": {"type": "string", "minLength": 1}}, "minLength"),
    ],
)
def test_a_rule_that_could_not_be_checked_stops_generation(schema: dict[str, Any], keyword: str) -> None:
    with pytest.raises(ContractError, match=rf"new_field(\[\])?: the client cannot check {keyword}"):
        render_fields(Contract(changed(with_field(sent=schema))))


def test_a_field_that_is_not_returned_stops_generation() -> None:
    def forget(document: Document) -> None:
        del document["components"]["schemas"]["Customer"]["properties"]["tax_ident"]

    with pytest.raises(ContractError, match=r"CustomerCreate\.tax_ident: add it to Customer too"):
        render_fields(Contract(changed(forget)))


@pytest.mark.parametrize("copied", [copy.copy, copy.deepcopy, lambda one: pickle.loads(pickle.dumps(one))])
def test_a_copy_of_a_generated_model_sends_what_the_original_does(copied: Callable[[Any], Any]) -> None:
    assert copied(CustomerUpdate(company="Acme")).to_dict() == {"company": "Acme"}
    assert copied(CustomerUpdate(parent_customer_id=None)).to_dict() == {"parent_customer_id": None}


def test_a_document_that_is_not_valid_stops_generation(tmp_path: Path) -> None:
    contract = tmp_path / "openapi.yaml"
    write(contract, changed(lambda d: d["components"]["parameters"]["customer_id"].update(name="customer_name")))
    with pytest.raises(ContractError, match="not valid OpenAPI: Path parameter 'customer_id'"):
        generate(tmp_path / "chargeover_api", contract)


def test_the_twins_of_the_documents_are_those_that_generation_writes() -> None:
    for path, text in twins().items():
        assert path.read_text(encoding="utf-8") == text, path.name


@pytest.mark.parametrize("value", ["{example: 2026-01-31}", "{200: OK}", "{2026-01-31: OK}", "{true: OK}"])
def test_what_json_would_change_stops_generation(tmp_path: Path, value: str) -> None:
    path = tmp_path / "openapi.yaml"
    path.write_text(value, encoding="utf-8")
    with pytest.raises(ContractError, match="put dates and the keys of mappings in quotes"):
        twin_of(path)
