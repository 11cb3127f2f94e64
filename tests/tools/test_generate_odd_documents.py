"""What is odd in a document is generated as it should be, or stops generation with one sentence about its place."""

import ast
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from chargeover import AsyncCustomers, Customers
from tests.support.documents import Change, Document, changed, with_field
from tools.contract import Contract, ContractError
from tools.generate.fields import RESERVED, render_fields
from tools.generate.operations import render_operations
from tools.generate.package import generate, validate
from tools.generate.requests import render_requests

ROOT = Path(__file__).parents[2]
QUOTES = (r'a """ b \ c \n', 'He said "no"', "ends with \\", '"""', r"\N{x} \x \u")
LISTED = "/api/v3/customer"
Schema = dict[str, Any]


def render(document: Document) -> str:
    contract = Contract(document)
    validate(contract)
    return "".join(one(contract) for one in (render_fields, render_operations, render_requests))


@pytest.mark.parametrize("text", QUOTES)
def test_a_docstring_says_what_the_description_says(text: str) -> None:
    def describe(document: Document) -> None:
        document["components"]["parameters"]["limit"]["description"] = text
        document["components"]["schemas"]["Customer"]["description"] = text

    tree = ast.parse(render(changed(describe, with_field(sent={"type": "string", "description": text}))))
    found = [
        part for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)
        for part in (node.value, node.value.replace("limit: ", ""))
    ]  # fmt: skip
    assert found.count(text) >= 4  # Customer, and the field in two bodies
    assert any(f"    limit: {text} None and the default" in part for part in found)


def operation(document: Document, method: str = "get", path: str = LISTED) -> Any:
    return document["paths"][path][method]


def with_parameter(name: str, place: str = "query", **schema: Any) -> Change:
    node = {"name": name, "in": place, "schema": schema}
    return lambda document: operation(document)["parameters"].append(node)


def with_body(schema: Schema) -> Change:
    def change(document: Document) -> None:
        operation(document, "post")["requestBody"]["content"]["application/json"]["schema"] = schema

    return change


def with_loop(document: Document) -> None:
    document["components"]["schemas"]["Loop"] = {"$ref": "#/components/schemas/Loop"}


def with_composed_loop(document: Document) -> None:
    document["components"]["schemas"]["CustomerUpdate"]["allOf"].append({"$ref": "#/components/schemas/CustomerUpdate"})


SENT = "CustomerCreate.new_field: "
REFUSED: list[tuple[Change, str]] = [
    (with_field(sent={"description": "x"}), SENT + "a type is needed"),
    (with_field(returned={"description": "x"}), "Customer.new_field: a type is needed"),
    (with_field(returned={"type": ["string", "integer"]}), "Customer.new_field: a returned field needs one type"),
    (
        with_field(sent={"oneOf": [{"type": "string"}, {"type": "integer"}]}),
        SENT + "oneOf is understood for one schema",
    ),
    (with_field(sent={"anyOf": [{"type": "string"}]}), SENT + "anyOf is understood for one schema"),
    (with_field(sent={"type": "object"}), SENT + "the client cannot check the type object"),
    (with_field(sent={"type": "array"}), "CustomerCreate.new_field[]: a type is needed"),
    (with_field(sent={"type": "array", "items": {"type": "object"}}), "new_field[]: the client cannot check the type"),
    (with_field(sent={"type": "number", "minimum": 0.5}), SENT + "the client checks whole bounds only"),
    (
        with_field(sent={"$ref": "#/components/schemas/Nope"}),
        "new_field: $ref #/components/schemas/Nope: the reference",
    ),
    (with_field(sent={"$ref": "other.yaml#/A"}), "only references within the document are followed"),
    (with_loop, "components.schemas.Loop: $ref #/components/schemas/Loop: the reference leads back to itself"),
    (with_composed_loop, "components.schemas.CustomerUpdate: the schema is composed of itself"),
    (with_body({"type": "object"}), "create_customer: the schema of the request body stands in place"),
    (lambda d: d["paths"].update({"x-note": "a"}), "paths.x-note: a path must begin with a slash"),
    (lambda d: operation(d).pop("operationId"), f"GET {LISTED}: an operationId such as get_customer is needed"),
    (lambda d: operation(d).update(operationId="import"), f"GET {LISTED}: an operationId such as get_customer"),
    (lambda d: operation(d).update(operationId="update_customers"), "client.customers.update() is update_customers"),
    (lambda d: operation(d).pop("tags"), "list_customers: a tag is needed"),
    (lambda d: operation(d).update(responses=[]), f"paths.{LISTED}.get.responses: not valid OpenAPI"),
    (lambda d: d["components"]["schemas"]["BulkRequests"].pop("maxItems"), "no operation takes a bulk request"),
    (lambda d: d["components"]["schemas"]["CustomerUpdate"].update(minProperties=1), "cannot check minProperties"),
    (with_parameter("X-A", "header", type="string"), "list_customers.X-A: the client sends parameters in the path"),
    (with_parameter("page", type="array", items={"type": "string"}), "list_customers.page: a parameter needs one type"),
    (with_parameter("2nd", type="string"), "list_customers: the parameter '2nd' needs a name"),
    *[
        (with_field(name), f"CustomerCreate.{name}: Python cannot have this name")
        for name in ("class", "ship-to", "2nd")
    ],
    *[(with_field(name), f"CustomerCreate.{name}: the client uses this name") for name in sorted(RESERVED)],
    *[(with_field(name), f"CustomerCreate.{name}: generated code uses this") for name in ("datetime", "Text")],
    (with_field("raw"), "Customer.raw: the client uses this name"),
]


@pytest.mark.parametrize(("change", "sentence"), REFUSED)
def test_what_cannot_be_generated_stops_with_a_sentence_about_its_place(change: Change, sentence: str) -> None:
    with pytest.raises(ContractError) as caught:
        render(changed(change))
    message = str(caught.value)
    assert message.startswith("openapi.yaml, ")
    assert sentence in message
    assert "\n" not in message


def test_two_rules_of_one_parameter_stop_generation() -> None:
    def other_limit(document: Document) -> None:
        limit = {"name": "limit", "in": "query", "schema": {"type": "integer", "maximum": 9}}
        operation(document, path="/api/v3/customer/_count")["parameters"].append(limit)

    with pytest.raises(ContractError, match="parameter limit of count_customers: its rules differ"):
        render(changed(other_limit))


@pytest.mark.parametrize("owner", [Customers, AsyncCustomers])
def test_every_argument_beside_the_fields_is_reserved(owner: type) -> None:
    methods = [value for name, value in vars(owner).items() if callable(value) and not name.startswith("_")]
    functions: list[Callable[..., object]] = [one for one in methods if one.__code__.co_flags & 8]
    assert functions
    for function in functions:
        code = function.__code__
        names = code.co_varnames[code.co_posonlyargcount : code.co_argcount + code.co_kwonlyargcount]
        assert {*names} <= RESERVED, function


def test_the_text_that_is_not_yaml_is_refused_at_its_line() -> None:
    with pytest.raises(ContractError, match=r"^openapi.yaml, line 2: not valid YAML: mapping values are not allowed"):
        Contract.parse("a: b\nc: d: e\n")
    with pytest.raises(ContractError, match="a mapping is expected"):
        Contract.parse("- a\n")


TRY = """
import math
from chargeover._calls.fields import checked_update
from chargeover._customers.operations import UPDATE
from chargeover import ChargeOver, Customer, Field, InvalidFieldError
from chargeover_api.requests import list_customers
client = ChargeOver(base_url="http://127.0.0.1:1", username="u", password="p")
for value in ("1", True, -1, math.nan, math.inf):
    try:
        client.customers.update(1, amount=value)
    except InvalidFieldError as error:
        print(error)
print(checked_update(UPDATE, dict(list="a", str="b", amount=1.5, way=None)))
print(Customer({"list": "a", "property": ["b"], "amount": "2.5"}).property, Field.property.contains("b"))
print(list_customers(page_size="a b", flag=True).path, list_customers(flag=False, limit=10).path)
"""


@pytest.mark.long
def test_odd_names_and_types_reach_the_client_and_type_check(tmp_path: Path) -> None:
    nullable_enum = {"anyOf": [{"$ref": "#/components/schemas/DeliveryMethod"}, {"type": "null"}]}
    texts = {"type": ["array", "null"], "items": {"type": "string"}}
    document = changed(
        with_field("amount", {"type": "number", "minimum": 0, "description": QUOTES[0]}, {"type": ["number", "null"]}),
        with_field("way", nullable_enum, {"anyOf": [{"type": "string"}, {"type": "null"}]}),
        with_field("list", {"type": "string"}),
        with_field("str"),
        with_field("int", {"type": ["string", "integer"]}),
        with_field("property", {"type": "array", "items": {"type": "string"}}, texts),
        with_parameter("page-size", type="string"),
        with_parameter("flag", type="boolean"),
        lambda d: d["paths"][LISTED].update({"summary": 'A "path"', "x-note": True, "description": "A path."}),
    )
    contract, package, code = tmp_path / "openapi.yaml", tmp_path / "chargeover_api", tmp_path / "code.py"
    contract.write_text(yaml.safe_dump(document, sort_keys=False), encoding="utf-8")
    generate(package, contract)
    paths = f"{tmp_path}{os.pathsep}{ROOT / 'overrides'}"
    environment = {**os.environ, "PYTHONPATH": paths, "MYPYPATH": paths}
    code.write_text(TRY, encoding="utf-8")
    run = subprocess.run([sys.executable, str(code)], env=environment, capture_output=True, text=True, check=False)
    assert run.stdout.splitlines() == [
        "amount must be a number from 0 up, not '1' (str).",
        "amount must be a number from 0 up, not True (bool).",
        "amount must be a number from 0 up, not -1 (int).",
        "amount is nan (float), which stands for a missing value. Leave it out, or pass a number from 0 up.",
        "amount must be a number from 0 up, not inf (float).",
        "{'list': 'a', 'str': 'b', 'amount': 1.5, 'way': None}",
        "['b'] property:CONTAINS:b",
        "/api/v3/customer?page-size=a%20b&flag=true /api/v3/customer?flag=false",
    ], run.stderr
    command = [sys.executable, "-m", "mypy", "--config-file=", "--strict", "--cache-dir", str(tmp_path / "cache")]
    files = [str(package / f"{name}.py") for name in ("fields", "operations", "requests")]
    types = subprocess.run(
        [*command, *files], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert types.returncode == 0, types.stdout
