"""Drift: a recording that agrees has no finding, and each change of one has exactly its own."""

import base64
import copy
import json
import subprocess
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from chargeover_contract.drift import drift, replay
from chargeover_contract.drift.command import main
from chargeover_contract.drift.reading import read
from chargeover_sandbox import LocalSandbox
from tests.suite.recordings import CUSTOMER, Har, change, change_sent, entries, recording

CONTRACT, SANDBOX, NEW = drift.VERDICTS
Found = set[tuple[str, str]]
"""Verdicts and causes."""


@pytest.fixture(scope="module")
def own() -> Generator[LocalSandbox]:
    """A sandbox that other tests do not see: a replay seeds it."""
    with LocalSandbox() as sandbox:
        yield sandbox


@pytest.fixture(scope="module")
def unchanged() -> Har:
    with LocalSandbox() as sandbox:
        return recording(sandbox)


@pytest.fixture(autouse=True)
def replays_in_this_process(own: LocalSandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    @contextmanager
    def running() -> Generator[LocalSandbox]:
        yield own

    monkeypatch.setattr(replay, "sandbox_process", running)


def compared(har: Har, folder: Path) -> drift.Drift:
    file = folder / "traffic.har"
    file.write_text(json.dumps(har), encoding="utf-8")
    return drift.compared(read([file]), "traffic.har")


def found_in(har: Har, folder: Path) -> Found:
    return {(cause.first.part, cause.text) for cause in compared(har, folder).causes}


def test_a_recording_of_the_sandbox_has_no_finding_and_is_replayed(unchanged: Har, tmp_path: Path) -> None:
    made = compared(unchanged, tmp_path)
    assert [cause.text for cause in made.causes] == []
    assert (made.exchanges, made.replayed) == (19, 21)  # two more in the bulk request, which stands for three
    assert len(made.operations) == 10


def test_customers_of_older_forms_are_no_drift(tmp_path: Path, own: LocalSandbox) -> None:
    with LocalSandbox() as sandbox:
        sandbox.seed(generate=30)
        har = recording(sandbox, ("GET", f"{CUSTOMER}?limit=100", None), ("GET", f"{CUSTOMER}/1", None))
    assert found_in(har, tmp_path) == set()


def one(har: Har, method: str, end: str) -> Any:
    return next(entries(har, method, end))


def set_status(har: Har, method: str, end: str, status: int) -> None:
    one(har, method, end)["response"]["status"] = status


def delete_a_parent(har: Har) -> None:
    change(one(har, "DELETE", "/1"), lambda envelope: envelope.update(code=200, status="OK", response=True))
    set_status(har, "DELETE", "/1", 200)


CHANGES: list[tuple[Callable[[Har], object], str, str]] = [
    (
        lambda har: change(one(har, "GET", "/1"), lambda envelope: envelope["response"].update(loyalty="gold")),
        NEW, "`loyalty` of a customer is not in the contract",
    ),
    (
        lambda har: change(one(har, "GET", "limit=5"), lambda envelope: envelope["response"][1].update(level=1)),
        NEW, "`level` of a customer is not in the contract",
    ),
    (
        lambda har: change(one(har, "GET", "/1"), lambda envelope: envelope.update(trace="x")),
        NEW, "`trace` of the envelope is not in the contract",
    ),
    (
        lambda har: change(one(har, "GET", "/2"), lambda envelope: envelope["response"].update(bill_city=7)),
        CONTRACT, "`bill_city` of a customer is not what the document asks for (type)",
    ),
    (
        lambda har: change(one(har, "GET", "/2"), lambda envelope: envelope["response"].update(no_taxes="no")),
        CONTRACT, "`no_taxes` of a customer is not what the document asks for (type)",
    ),
    (
        lambda har: change(one(har, "GET", "/2"), lambda envelope: envelope["response"].update(invoice_delivery="fax")),
        NEW, "`invoice_delivery` of a customer has a value that the contract does not list (enum)",
    ),
    (
        lambda har: change(one(har, "GET", "/2"), lambda envelope: envelope.update(status="Fine")),
        NEW, "`status` is not what the document asks for (enum)",
    ),
    (
        lambda har: change(
            one(har, "GET", "/2"), lambda envelope: envelope["response"].update(mod_datetime="31.01.2026 09:30")
        ),
        CONTRACT, "`mod_datetime` of a customer has a form that the contract does not have (form)",
    ),
    (
        lambda har: change(one(har, "GET", "/999"), lambda envelope: envelope.pop("details")),
        CONTRACT, "`details` is missing",
    ),
    (
        lambda har: change(one(har, "PUT", "/2"), lambda envelope: envelope["response"].pop("id")),
        CONTRACT, "`response/id` is missing",
    ),
    (
        lambda har: change(one(har, "GET", "/2"), lambda envelope: envelope["response"].pop("company")),
        SANDBOX, "`company` is missing from some customers of get_customer, and the sandbox gives it",
    ),
    (
        lambda har: set_status(har, "PUT", "/2", 200),
        CONTRACT, "update_customer has the status 200, which the contract does not have",
    ),
    (
        lambda har: set_status(har, "GET", "/2", 404),
        CONTRACT, "the HTTP status 404 comes with an envelope whose `status` is OK",
    ),
    (
        lambda har: set_status(har, "GET", "/999", 200),
        CONTRACT, "the HTTP status 200 comes with an envelope whose `status` is Error",
    ),
    (
        lambda har: set_status(har, "GET", "/2", 503),
        NEW, "get_customer has the status 503, which the contract does not have",
    ),
    (
        lambda har: set_status(har, "PUT", "/999", 409),
        NEW, "update_customer has the status 409, which the contract does not have",
    ),
    (
        delete_a_parent,
        SANDBOX, "delete_customer has the status 200, and the sandbox 400",
    ),
    (
        lambda har: one(har, "GET", "/_count")["request"].update(url="https://x.chargeover.com/api/v3/coupon/7"),
        NEW, "`GET /api/v3/coupon/{id}` is not in the contract",
    ),
    (
        lambda har: one(har, "GET", "/_count")["request"].update(method="PATCH"),
        NEW, "`PATCH /api/v3/customer/_count` is not in the contract",
    ),
    (
        lambda har: change_sent(one(har, "PUT", "/2"), loyalty="gold"),
        NEW, "`loyalty` is accepted by update_customer, although the contract does not have it",
    ),
    (
        lambda har: change_sent(one(har, "PUT", "/2"), bill_city=7),
        CONTRACT, "`bill_city` is accepted by update_customer although the contract refuses it (type)",
    ),
    (
        lambda har: change_sent(one(har, "PUT", "/2"), dunning_delivery="fax"),
        NEW, "`dunning_delivery` is accepted by update_customer although the contract refuses it (enum)",
    ),
    (
        lambda har: one(har, "GET", "offset=1")["request"].update(url=f"http://127.0.0.1{CUSTOMER}?limit=501"),
        CONTRACT, "the parameter `limit` is accepted although the contract refuses it (maximum)",
    ),
    (
        lambda har: one(har, "GET", "limit=5")["request"].update(
            url=f"http://127.0.0.1{CUSTOMER}?where=bill_city:ISNOT:NULL"
        ),
        NEW, "`where` can name `bill_city`, which the contract does not have there",
    ),
    (
        lambda har: one(har, "POST", CUSTOMER)["response"].update(headers=[
            {"name": "Content-Type", "value": "application/json"}, {"name": "Date", "value": "x"},
        ]),
        CONTRACT, "`Location` is missing on 201",
    ),
    (
        lambda har: change(
            one(har, "POST", "_bulk"), lambda envelope: envelope["response"]["_bulk"][1]["response"].update(tier=1)
        ),
        NEW, "`tier` of a customer is not in the contract",
    ),
]  # fmt: skip


GROUPS = 5


@pytest.mark.parametrize("group", range(GROUPS))
def test_each_change_is_one_finding(group: int, unchanged: Har, tmp_path: Path) -> None:
    """Several at a time: one replay of the recording takes longest."""
    har = copy.deepcopy(unchanged)
    changes = CHANGES[group::GROUPS]
    for apply, _, _ in changes:
        apply(har)
    assert found_in(har, tmp_path) == {(verdict, cause) for _, verdict, cause in changes}


def test_five_changes_are_five_findings_and_nothing_else(unchanged: Har, tmp_path: Path) -> None:
    har = copy.deepcopy(unchanged)
    change(one(har, "GET", "/1"), lambda envelope: envelope["response"].update(loyalty="gold"))
    change(one(har, "GET", "/2"), lambda envelope: envelope["response"].update(bill_city=7))
    change(one(har, "GET", "limit=5"), lambda envelope: envelope["response"][0].update(invoice_delivery="fax"))
    change(one(har, "GET", "/999"), lambda envelope: envelope.pop("details"))
    set_status(har, "PUT", "/2", 200)
    file = tmp_path / "traffic.har"
    file.write_text(json.dumps(har), encoding="utf-8")
    folder = tmp_path / "report"
    # As its user runs it, with a sandbox of its own.
    done = subprocess.run(
        [sys.executable, "-m", "chargeover_contract.drift", file, "--report", folder],
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (1, "")
    found = json.loads((folder / "drift.json").read_text(encoding="utf-8"))["findings"]
    assert {(finding["verdict"], finding["finding"]) for finding in found} == {
        (NEW, "`loyalty` of a customer is not in the contract"),
        (CONTRACT, "`bill_city` of a customer is not what the document asks for (type)"),
        (NEW, "`invoice_delivery` of a customer has a value that the contract does not list (enum)"),
        (CONTRACT, "`details` is missing"),
        (CONTRACT, "update_customer has the status 200, which the contract does not have"),
    }
    assert "came: a number" in done.stdout
    assert "5 findings: 3 contract wrong, 0 sandbox wrong, 2 new in the API" in done.stdout
    page = (folder / "drift.html").read_text(encoding="utf-8")
    assert all(finding["finding"].split("`")[-1].strip() in page for finding in found)
    for text in (done.stdout, page, (folder / "drift.json").read_text(encoding="utf-8")):
        assert not [value for value in ("gold", "Acme", "Ann Lee", "ann@", "Berlin", "crm:1", "fax") if value in text]


def test_a_recording_with_stand_ins_has_the_same_findings(unchanged: Har, tmp_path: Path) -> None:
    har = copy.deepcopy(unchanged)
    change(one(har, "GET", "/2"), lambda envelope: envelope["response"].update(bill_city=7))
    file, clean = tmp_path / "traffic.har", tmp_path / "clean.har"
    file.write_text(json.dumps(har), encoding="utf-8")
    assert main([str(file), "--clean", str(clean)]) == 0
    text = clean.read_text(encoding="utf-8")
    assert not [value for value in ("Acme", "Lee", "ann", "Berlin", "crm", "198.51", "127.0.0.1:") if value in text]
    made = drift.compared(read([clean]), "clean.har")
    assert [cause.text for cause in made.causes] == [
        "`bill_city` of a customer is not what the document asks for (type)"
    ]
    assert made.replayed == 21


def test_lines_of_json_and_a_torn_recording_are_read(unchanged: Har, tmp_path: Path) -> None:
    lines = tmp_path / "own.jsonl"
    answer = {"code": 200, "status": "OK", "message": "", "response": 3}
    exchange = {"method": "get", "path": "/api/v3/customer/_count", "sent": None, "status": 200, "answer": answer}
    lines.write_text(json.dumps({**exchange, "headers": {"Content-Type": "application/json"}}) + "\n\n")
    made = drift.compared(read([lines]), "own.jsonl")
    assert [cause.text for cause in made.causes] == ["`details` is missing"]
    torn = tmp_path / "torn.har"
    entry = json.dumps(unchanged["log"]["entries"][3])
    torn.write_text('{"log":{"version":"1.2","entries":[\n' + entry + ',\n{"startedDa', encoding="utf-8")
    recorded = read([torn])
    assert [one.path for one in recorded.exchanges] == ["/api/v3/customer/1"]
    assert "torn.har is torn at its end" in recorded.notes[0]


def test_a_recording_of_a_browser_is_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With HTTP/2, a body in base64, members of its own, and headers as the server spelled them."""
    envelope = {"code": 200, "status": "OK", "message": None, "details": {}, "response": 3, "took": 7}
    entry = {
        "_initiator": {"type": "script"},
        "request": {
            "method": "GET",
            "url": "https://acme.chargeover.com/api/v3/customer/_count?where=company:EQUALS:Acme",
            "headers": [{"name": ":authority", "value": "acme.chargeover.com"}, {"name": "cookie", "value": "s3cret"}],
        },
        "response": {
            "status": 200,
            "headers": [{"name": "Content-Type", "value": "application/json; charset=utf-8"}],
            "content": {"text": base64.b64encode(json.dumps(envelope).encode()).decode(), "encoding": "base64"},
        },
    }
    file, clean = tmp_path / "browser.har", tmp_path / "clean.har"
    file.write_text("\ufeff" + json.dumps({"log": {"pages": [], "entries": [entry]}}), encoding="utf-8")
    assert main([str(file), "--json"]) == 1
    report = json.loads(capsys.readouterr().out)
    assert [(one["verdict"], one["finding"]) for one in report["findings"]] == [
        (NEW, "`took` of the envelope is not in the contract")
    ]
    assert report["operations"] == {"count_customers": 1}
    assert main([str(file), "--clean", str(clean)]) == 0
    text = clean.read_text(encoding="utf-8")
    assert not [value for value in ("s3cret", "acme", "Acme") if value in text]


def test_the_requests_of_a_bulk_request_change_what_is_known(tmp_path: Path) -> None:
    """The second bulk request finds the customer as the first one left it: without its parent it can be deleted."""
    with LocalSandbox() as sandbox:
        har = recording(
            sandbox,
            ("POST", CUSTOMER, {"company": "Acme Group"}),
            ("POST", CUSTOMER, {"company": "Acme Ltd", "parent_customer_id": 1}),
            (
                "POST",
                "/api/v3/_bulk",
                [{"request_method": "PUT", "uri": f"{CUSTOMER}/2", "payload": {"parent_customer_id": None}}],
            ),
            ("DELETE", f"{CUSTOMER}/1", None),
        )
    made = compared(har, tmp_path)
    assert (made.causes, made.replayed) == ([], 4)


def test_what_is_not_an_exchange_with_the_api_is_left_out_and_counted(unchanged: Har, tmp_path: Path) -> None:
    har = copy.deepcopy(unchanged)
    first, *rest = har["log"]["entries"]
    har["log"]["entries"] = [first]
    for url, status in (
        ("https://elsewhere.example/api/v3/customer/1", 200),
        ("http://127.0.0.1/style.css", 200),
        (f"http://127.0.0.1{CUSTOMER}", 0),
        (f"http://127.0.0.1{CUSTOMER}", 302),
    ):
        entry = copy.deepcopy(rest[3])
        entry["request"]["url"], entry["response"]["status"] = url, status
        har["log"]["entries"].append(entry)
    faulty, without_a_body = copy.deepcopy(rest[3]), copy.deepcopy(rest[3])
    faulty["_fault"] = "status 500"
    del without_a_body["response"]["content"]["text"]
    har["log"]["entries"] += [faulty, without_a_body]
    made = compared(har, tmp_path)
    assert (made.exchanges, made.causes) == (1, [])
    assert len(made.notes) == 6


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("[", "line 1: not valid JSON. Expected: a HAR document"),
        ('{"log": {}}', "log.entries, a list, is missing"),
        ('{"log": {"entries": [7]}}', "entry 1: not an entry of HAR"),
        ('{"log": {"entries": [{"request": {"url": 7, "method": "GET"}, "response": {"status": 200}}]}}', "entry 1"),
        ('{"secret": "Ann"}', "line 1: method, path and status are missing"),
        ("[" * 100_000, "nested too deeply"),
    ],
)
def test_a_file_that_is_something_else_is_refused(
    content: str, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "traffic.har"
    file.write_text(content, encoding="utf-8")
    assert main([str(file)]) == 2
    said = capsys.readouterr()
    assert words in said.err
    assert (said.out, "Ann" in said.err) == ("", False)


def test_the_exit_status_says_that_nothing_was_compared(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "traffic.har"
    file.write_text('{"log": {"entries": []}}', encoding="utf-8")
    assert main([str(file)]) == 5
    assert main([str(tmp_path / "missing.har")]) == 2
    assert main([str(file), "--clean", str(file)]) == 2
    assert "is one of the recordings" in capsys.readouterr().err


def test_without_the_sandbox_one_sentence_says_so(
    unchanged: Har, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drift, "can_replay", lambda: False)
    made = compared(unchanged, tmp_path)
    assert (made.replayed, made.causes) == (0, [])
    assert list(made.notes) == [replay.NEEDS_SANDBOX]
