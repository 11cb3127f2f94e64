"""``chargeover api`` and ``chargeover check``."""

import json
from pathlib import Path

import pytest

from chargeover import ChargeOver
from chargeover_sandbox import LocalSandbox
from tests.cli.conftest import Run
from tests.support.servers import json_server


def test_any_request_is_sent_and_its_envelope_printed(chargeover: Run, client: ChargeOver, tmp_path: Path) -> None:
    made = chargeover("api", "post", "/api/v3/customer", "--data", '{"company": "Äcme"}')
    assert (made.status, json.loads(made.out)["response"]) == (0, {"id": 1})
    body = tmp_path / "body.json"
    body.write_text('\ufeff{"bill_city": "Bonn"}', encoding="utf-8")
    assert chargeover("api", "PUT", "customer/1", "--data", f"@{body}").status == 0
    assert chargeover("api", "PUT", "customer/1", "--data", "-", stdin='{"bill_state": "MN"}').status == 0
    read = chargeover("api", "GET", "customer", "--param", "where=bill_state:EQUALS:MN", "--output", "jsonl")
    assert read.out.count("\n") == 1
    assert [(one["company"], one["bill_city"]) for one in json.loads(read.out)["response"]] == [("Äcme", "Bonn")]
    assert chargeover("api", "DELETE", "customer/1").status == 0
    assert client.customers.count() == 0


def test_all_pages_of_a_collection_are_read(chargeover: Run, client: ChargeOver) -> None:
    for number in range(11):
        client.customers.create(company=f"C{number:02}")
    rows = json.loads(chargeover("api", "GET", "customer", "--all").out)
    assert [row["company"] for row in rows] == [f"C{number:02}" for number in range(11)]
    words = ("api", "GET", "customer", "--all", "--output", "jsonl", "--order", "company:DESC", "--limit", "1")
    assert json.loads(chargeover(*words, "--where", "company:NOTEQUALS:C10").out)["company"] == "C09"
    assert json.loads(chargeover("api", "GET", "customer", "--all", "--limit", "0").out) == []


def test_numbers_keep_their_digits(chargeover: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    text = '{"response": {"total": 1234567890123456.70, "count": 12345678901234567890, "rate": 1E-7}}'
    with json_server(lambda path, body: None, dumps=lambda envelope: text) as url:
        monkeypatch.setenv("CHARGEOVER_BASE_URL", url)
        done = chargeover("api", "GET", "invoice/1", "--output", "jsonl")
    assert done.out == text + "\n"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("PATCH", "customer/1"), "method must be GET, POST, PUT, DELETE"),
        (("GET", "https://other.example/api/v3/customer"), "the credentials are sent to no other host"),
        (("GET", "//other.example/"), "the credentials are sent to no other host"),
        (("GET", "../admin"), "'.' or '..'"),
        (("GET", "customer/1", "--data", "{}"), "A GET request has no body"),
        (("POST", "customer", "--data", '{"a": 1,\n"b" 2}'), "Expecting ':' delimiter at line 2, column 5."),
        (("POST", "customer", "--data", '{"a": 1, "a": 2}'), "an object has the same name twice."),
        (("POST", "customer", "--data", "NaN"), "body is not valid JSON"),
        (("POST", "customer", "--data", "@missing.json"), "missing.json cannot be read: No such file or directory."),
        (("GET", "customer", "--param", "limit"), "'limit' is not NAME=VALUE."),
        (("GET", "customer", "--param", "a=1", "--param", "a=2"), "a is given twice."),
        (("GET", "customer", "--limit", "1"), "--where, --order and --limit go with --all."),
        (("POST", "customer", "--all"), "It is for GET"),
    ],
)  # fmt: skip
def test_wrong_usage_is_one_clear_error(chargeover: Run, words: tuple[str, ...], sentence: str) -> None:
    done = chargeover("api", *words)
    assert (done.status, done.out) == (2, "")
    assert sentence in " ".join(done.err.split())


def test_a_dry_run_shows_the_request(bare: Run) -> None:
    account = ("--base-url", "http://127.0.0.1:1", "--username", "u", "--password", "p")
    done = bare("api", "GET", "invoice", "--param", "limit=1", "--dry-run", *account)
    assert (done.status, done.out) == (0, "GET http://127.0.0.1:1/api/v3/invoice?limit=1\n")


def test_check_says_what_answers(chargeover: Run, sandbox: LocalSandbox, client: ChargeOver) -> None:
    client.customers.create(company="Acme")
    done = chargeover("check", "--output", "json")
    facts = json.loads(done.out)
    assert (done.status, done.err) == (0, "")
    assert (facts["account"], facts["credentials from"], facts["status"], facts["customers"]) == (
        sandbox.url, "the environment", 200, 1,
    )  # fmt: skip
    assert abs(facts["clock ahead, s"]) <= 2


def test_check_says_what_is_wrong(chargeover: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHARGEOVER_PASSWORD", "wrong")
    refused = chargeover("check", "--output", "json")
    assert (refused.status, json.loads(refused.out)["status"]) == (3, 401)
    assert "401 Unauthorized" in refused.err
    assert "wrong" not in refused.err
    monkeypatch.setenv("CHARGEOVER_BASE_URL", "http://127.0.0.1:1")
    silent = chargeover("check")
    assert (silent.status, silent.out.split()[:2]) == (4, ["account", "http://127.0.0.1:1"])
    assert "trying again in" in silent.err
