"""The check of openapi.yaml against the last release: every rule finds its change, and what is only new passes."""

import copy
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from chargeover_contract.openapi import DOCUMENT, PATH
from tests.support.documents import Change, Document, changed
from tools.compat import compare
from tools.compat.rules import RULES, Break
from tools.compat.rules import breaks as contract_breaks
from tools.contract import Contract, ContractError

ONE = "/api/v3/customer/{customer_id}"
KEY = {"type": "apiKey", "in": "header", "name": "X-Key"}


def breaks(old: Document, new: Document) -> list[Break]:
    return contract_breaks(Contract(old), Contract(new))


def schema(document: Document, name: str) -> Any:
    return document["components"]["schemas"][name]


def field(document: Document, owner: str, name: str) -> Any:
    return schema(document, owner)["properties"][name]


def parameter(document: Document, name: str) -> Any:
    return document["components"]["parameters"][name]


def basic(document: Document) -> Any:
    return document["components"]["securitySchemes"]["basicAuth"]


def instance(document: Document) -> Any:
    return document["servers"][0]["variables"]["instance"]


def operation(document: Document, method: str, path: str = ONE) -> Any:
    return document["paths"][path][method]


BREAKING: list[tuple[str, Change]] = [
    ("server-removed", lambda d: d.update(servers=[])),
    ("server-removed", lambda d: operation(d, "get").update(servers=[{"url": "https://example.com"}])),
    ("server-removed", lambda d: d["paths"][ONE].update(servers=[{"url": "https://example.com"}])),
    ("server-value-removed", lambda d: instance(d).update(enum=["example"])),
    ("default-changed", lambda d: instance(d).update(default="other")),
    ("operation-removed", lambda d: d["paths"][ONE].pop("delete")),
    ("operation-removed", lambda d: d["paths"].pop("/api/v3/_bulk")),
    ("operation-renamed", lambda d: operation(d, "get").update(operationId="read_customer")),
    ("security-changed", lambda d: d.update(security=[{"token": []}])),
    ("security-changed", lambda d: basic(d).update(scheme="bearer")),
    ("security-changed", lambda d: d["components"].update(securitySchemes={"basicAuth": KEY})),
    ("security-changed", lambda d: d.update(security=[{"basicAuth": ["scope"]}])),
    ("parameter-removed", lambda d: operation(d, "get", "/api/v3/customer")["parameters"].pop(0)),
    ("parameter-required", lambda d: parameter(d, "where").update(required=True)),
    (
        "parameter-required",
        lambda d: operation(d, "get").update(parameters=[{"name": "x", "in": "query", "required": True, "schema": {}}]),
    ),
    ("parameter-form-changed", lambda d: parameter(d, "where").update(allowReserved=True)),
    ("parameter-form-changed", lambda d: parameter(d, "where").update(explode=False)),
    ("default-changed", lambda d: parameter(d, "limit")["schema"].update(default=20)),
    ("default-changed", lambda d: field(d, "CustomerWritableFields", "no_taxes").update(default=True)),
    ("request-bound-tightened", lambda d: parameter(d, "limit")["schema"].update(maximum=100)),
    ("request-bound-tightened", lambda d: parameter(d, "external_key")["schema"].update(minLength=2)),
    ("request-bound-tightened", lambda d: field(d, "CustomerWritableFields", "company").update(maxLength=100)),
    ("request-rule-changed", lambda d: parameter(d, "order")["schema"].update(pattern="^customer_id:ASC$")),
    ("request-rule-changed", lambda d: field(d, "CustomerWritableFields", "company").update(pattern="^A")),
    (
        "request-rule-changed",
        lambda d: field(d, "CustomerWritableFields", "company").update(anyOf=[{"minLength": 1}, {"pattern": "A"}]),
    ),
    ("body-required", lambda d: operation(d, "get").update(requestBody={"required": True, "content": {}})),
    ("request-media-type-removed", lambda d: operation(d, "put").pop("requestBody")),
    (
        "request-type-narrowed",
        lambda d: field(d, "CustomerWritableFields", "parent_customer_id").update(type="integer"),
    ),
    ("request-value-removed", lambda d: schema(d, "DeliveryMethod")["enum"].remove("email")),
    ("request-value-removed", lambda d: field(d, "CustomerWritableFields", "company").update(const="Acme")),
    ("request-field-required", lambda d: schema(d, "CustomerCreate")["required"].append("bill_city")),
    ("request-field-required", lambda d: schema(d, "CustomerUpdate").update(required=["company"])),
    ("request-field-removed", lambda d: schema(d, "CustomerWritableFields")["properties"].pop("tags")),
    ("request-field-removed", lambda d: field(d, "CustomerWritableFields", "tags").update(readOnly=True)),
    ("request-rule-changed", lambda d: field(d, "CustomerWritableFields", "company").update({"x-format": "date-time"})),
    ("status-removed", lambda d: operation(d, "put")["responses"].pop("202")),
    ("header-removed", lambda d: operation(d, "put")["responses"]["202"]["headers"].pop("Location")),
    ("header-optional", lambda d: d["components"]["headers"]["Location"].update(required=False)),
    ("response-bound-loosened", lambda d: d["components"]["headers"]["Location"]["schema"].pop("minLength")),
    ("response-media-type-removed", lambda d: d["components"]["responses"]["NotFound"].pop("content")),
    ("response-type-widened", lambda d: field(d, "Customer", "balance").update(type=["number", "string", "null"])),
    ("response-value-added", lambda d: schema(d, "SuccessEnvelope")["allOf"][1]["properties"]["status"].pop("enum")),
    ("response-bound-loosened", lambda d: field(d, "Identified", "id").update(minimum=0)),
    ("response-rule-changed", lambda d: field(d, "Identified", "id").pop("format")),
    ("response-field-optional", lambda d: schema(d, "Identified").pop("required")),
    ("response-field-removed", lambda d: schema(d, "Customer")["properties"].pop("balance")),
    ("response-field-removed", lambda d: field(d, "Customer", "balance").update(writeOnly=True)),
    ("response-rule-changed", lambda d: field(d, "Customer", "mod_datetime").pop("x-format")),
]


@pytest.mark.parametrize(("rule", "change"), BREAKING)
def test_a_breaking_change_is_found_under_its_rule(rule: str, change: Change) -> None:
    assert {found.rule for found in breaks(DOCUMENT, changed(change))} == {rule}


def test_an_object_that_is_closed_or_opened_is_found() -> None:
    closed = changed(lambda d: schema(d, "Customer").update(additionalProperties=False))
    assert not breaks(DOCUMENT, closed)
    assert {found.rule for found in breaks(closed, DOCUMENT)} == {"response-object-opened"}
    opened = changed(lambda d: schema(d, "BulkRequest").pop("additionalProperties"))
    assert not breaks(DOCUMENT, opened)
    assert {found.rule for found in breaks(opened, DOCUMENT)} == {"request-object-closed"}


def test_every_rule_is_tried() -> None:
    assert {rule for rule, _ in BREAKING} | {"response-object-opened", "request-object-closed"} == set(RULES)


ADDITIVE: dict[str, Change] = {
    "an operation": lambda d: d["paths"].update({"/api/v3/x": {"get": {"operationId": "x", "responses": {}}}}),
    "an optional parameter": lambda d: operation(d, "get").update(parameters=[{"name": "x", "in": "query"}]),
    "a field to send": lambda d: schema(d, "CustomerWritableFields")["properties"].update(new={"type": "string"}),
    "a field that is returned": lambda d: schema(d, "Customer")["properties"].update(new={"type": "string"}),
    "a value to send": lambda d: schema(d, "BulkMethod")["enum"].append("DELETE"),
    "a wider range": lambda d: parameter(d, "limit")["schema"].update(maximum=1000),
    "no pattern": lambda d: parameter(d, "order")["schema"].pop("pattern"),
    "a type to send": lambda d: field(d, "CustomerWritableFields", "company").update(type=["string", "null"]),
    "a status": lambda d: operation(d, "get")["responses"].update({"503": {"description": "Busy."}}),
    "a field that is always there": lambda d: schema(d, "Customer").update(required=["customer_id"]),
    "a narrower answer": lambda d: field(d, "Customer", "balance").update(type="number"),
    "words": lambda d: field(d, "Customer", "balance").update(description="Other words.", title="Words"),
    "a server": lambda d: d["servers"].append({"url": "https://example.com"}),
}


@pytest.mark.parametrize("change", ADDITIVE.values(), ids=ADDITIVE)
def test_additions_break_nothing(change: Change) -> None:
    assert breaks(DOCUMENT, changed(change)) == []


def test_where_a_schema_is_written_down_does_not_matter() -> None:
    def inline(document: Document) -> None:
        method = schema(document, "DeliveryMethod")
        fields = schema(document, "CustomerWritableFields")["properties"]
        fields["invoice_delivery"] = fields["dunning_delivery"] = copy.deepcopy(method)

    assert breaks(DOCUMENT, changed(inline)) == []
    assert breaks(changed(inline), DOCUMENT) == []


def test_what_a_reference_in_an_unknown_keyword_means_is_looked_at() -> None:
    def alternative(document: Document) -> None:
        schema(document, "BulkRequest")["properties"]["request_method"] = {
            "anyOf": [{"$ref": "#/components/schemas/BulkMethod"}, {"type": "integer"}]
        }

    old, new = changed(alternative), changed(alternative)
    schema(new, "BulkMethod")["enum"].remove("PUT")
    assert {found.rule for found in breaks(old, new)} == {"request-rule-changed"}


def test_a_schema_that_refers_to_itself_is_refused() -> None:
    def endless(document: Document) -> None:
        schema(document, "Customer")["properties"]["parent"] = {"$ref": "#/components/schemas/Customer"}

    with pytest.raises(ContractError, match="refers to itself"):
        breaks(changed(endless), changed(endless))


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    git(tmp_path, "init", "--quiet", "--initial-branch", "work")
    return tmp_path


def git(root: Path, *arguments: str) -> str:
    who = ["-c", "user.name=Test", "-c", "user.email=test@localhost", "-c", "commit.gpgsign=false"]
    done = subprocess.run(["git", *who, *arguments], cwd=root, check=True, capture_output=True, text=True)
    return done.stdout.strip()


def commit(root: Path, tag: str, contract: Document | None = None) -> None:
    (root / "other").write_text(tag, encoding="utf-8")
    if contract is not None:
        (root / "openapi.yaml").write_text(yaml.safe_dump(contract, sort_keys=False), encoding="utf-8")
    git(root, "add", ".")
    git(root, "commit", "--quiet", "--message", tag)
    git(root, "-c", "tag.gpgsign=false", "tag", tag)


def test_without_a_release_there_is_nothing_to_compare(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert compare.main(root=repository) == 0
    commit(repository, "not-a-release", DOCUMENT)
    assert compare.main(root=repository) == 0
    nothing = "There is nothing to compare with: neither a tag v* nor a branch main leads here.\n"
    assert capsys.readouterr().out == 2 * nothing


def test_a_release_without_a_contract_is_nothing_to_compare_with(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    commit(repository, "v0.1.0")
    assert compare.main(root=repository) == 0
    assert capsys.readouterr().out == "There is nothing to compare with: v0.1.0 has no openapi.yaml.\n"


def test_the_last_release_is_compared_and_any_other_commit_may_be(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    commit(repository, "v0.1.0", DOCUMENT)
    commit(repository, "v0.2.0", changed(lambda d: schema(d, "Customer")["properties"].pop("balance")))
    assert compare.main(root=repository) == 0
    assert capsys.readouterr().out.startswith("openapi.yaml still serves everyone whom v0.2.0 served")
    assert compare.main("v0.1.0", repository) == 1
    *lines, last = capsys.readouterr().out.splitlines()
    assert [line.split(" ")[0] for line in lines] == ["response-field-removed"] * 2
    assert lines[1].endswith("200 body.response.balance: was listed, is not listed, in GET " + ONE + " and 2 more")
    assert last.startswith("openapi.yaml breaks what v0.1.0 promised.")
    assert compare.main("v9.9.9", repository) == 2
    assert capsys.readouterr().err == "v9.9.9 is not a commit in this repository.\n"


def test_the_contract_does_not_break_itself() -> None:
    document = yaml.safe_load(PATH.read_text(encoding="utf-8"))
    assert breaks(document, document) == []


def test_without_a_release_the_branch_is_compared_with_where_it_left_main(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    commit(repository, "first", DOCUMENT)
    git(repository, "branch", "main")
    less = changed(lambda d: schema(d, "Customer")["properties"].pop("balance"))
    commit(repository, "second", less)
    assert compare.main(root=repository) == 1
    assert "response-field-removed" in capsys.readouterr().out
    assert compare.earlier(repository) == git(repository, "rev-parse", "first")


def test_a_breaking_version_may_break(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    commit(repository, "v0.1.0", DOCUMENT)

    def less(document: Document) -> None:
        schema(document, "Customer")["properties"].pop("balance")
        document["info"]["version"] = "0.2.0"

    (repository / "openapi.yaml").write_text(yaml.safe_dump(changed(less), sort_keys=False), encoding="utf-8")
    assert compare.main(root=repository) == 0
    assert capsys.readouterr().out.endswith("breaks what v0.1.0 promised, as version 0.2.0 may after 0.1.0.\n")


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [("0.1.0", "0.1.1", False), ("0.1.0", "0.2.0", True), ("1.1.0", "1.2.0", False), ("1.9.0", "2.0.0", True)],
)
def test_which_versions_may_break(before: str, now: str, expected: bool) -> None:
    assert compare.is_breaking_version(before, now) is expected


def test_a_document_that_cannot_be_read_is_one_sentence(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    commit(repository, "v0.1.0", DOCUMENT)
    (repository / "openapi.yaml").write_text("a: b: c\n", encoding="utf-8")
    assert compare.main(root=repository) == 2
    assert capsys.readouterr().err.startswith("openapi.yaml, line 1: not valid YAML: ")
