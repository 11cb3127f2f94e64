"""The report of a run: causes, files, and what a baseline accepts."""

import json
from collections.abc import Sequence
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from chargeover_contract.collecting import Result
from chargeover_contract.coverage import Coverage
from chargeover_contract.document import OPERATIONS, violations
from chargeover_contract.findings import Exchange, Finding, general, printable
from chargeover_contract.reporting import baseline, files, terminal
from chargeover_contract.reporting.report import Cause, Report, grouped

EXCHANGE = Exchange.of(
    "PUT",
    "http://127.0.0.1:9/api/v3/customer/1?x=1",
    202,
    sent=([("Authorization", "Basic c2VjcmV0"), ("Content-Type", "application/json")], b'{"company": "\xff"}'),
    received=([("Content-Type", "text/html"), ("Set-Cookie", "id=s3cret")], b"<b>\x00\xed\xa0\x80</b>"),
)


def finding(cause: str, case: str, **more: str) -> Finding:
    return Finding(
        cause, "came \x01 <script>", "the header Location is required", "docs", exchange=EXCHANGE, **more
    ).placed("edges", case)


def report_of(findings: Sequence[Finding], known: dict[str, str] | None = None) -> Report:
    coverage = Coverage()
    coverage.note("GET", "/api/v3/customer?limit=1&nothing=2", 200)
    coverage.note("PUT", "/api/v3/customer/1", 400, b'{"company": "x", "compny": "y"}')
    results = [Result(one.case, one.part, "failed") for one in findings]
    results += [Result("right", "edges", "passed"), Result("left out", "edges", "skipped", "decided by our sandbox")]
    causes = grouped(findings)
    return Report(
        "http://127.0.0.1:9", "command", "2026-01-31", 3.2, "1", results, causes, coverage.as_json(), (), known or {}
    )


def test_causes_come_by_their_number_of_cases() -> None:
    causes = grouped([finding("rare", "a"), finding("often", "a"), finding("often", "b"), finding("often", "b")])
    assert [(cause.text, cause.cases) for cause in causes] == [("often", ["a", "b"]), ("rare", ["a"])]


def test_many_causes_of_one_kind_are_one_and_few_are_not() -> None:
    few = [finding(f"`custom_{number}` is wrong", "a", family="many are wrong") for number in range(3)]
    assert len(grouped(few)) == 3
    more = [*few, finding("`company` is wrong", "b", family="many are wrong")]
    assert [cause.text for cause in grouped(more)] == ["many are wrong"]


def test_a_cause_takes_three_lines_and_says_what_to_do() -> None:
    found = [finding("`Location` is missing on 201", "test_edge[x]", again="curl -sS http://127.0.0.1:9/")]
    lines = list(terminal.lines_of(report_of(found)))
    assert lines[0] == "  1. `Location` is missing on 201 (1 case, first: test_edge[x])"
    assert lines[1].startswith("     expected: the header Location is required (docs); came: came ")
    assert lines[2] == "     again: curl -sS http://127.0.0.1:9/"
    assert lines[-1] == "1 passed, 1 failed, 1 skipped; 1 cause; 3 s, 0.6 cases a second"
    assert any("skipped 1: decided by our sandbox" in line for line in lines)
    assert f"{2 * len(OPERATIONS)} (429 and 500) cannot be asked for" in "\n".join(lines)


def test_what_no_terminal_can_show_is_escaped() -> None:
    found = finding("half a pair: \ud800", "test_edge[\udc00]")
    text = "\n".join(terminal.lines_of(report_of([found])))
    assert text.encode()
    assert r"half a pair: \ud800" in text
    assert str(found).encode()


def test_the_files_hold_every_case_and_no_secret(tmp_path: Path) -> None:
    found = [finding("`Location` is missing", f"test_edge[{number}]") for number in range(3)]
    paths = files.write_all(report_of(found), tmp_path / "new" / "folder")
    assert [path.name for path in paths] == ["report.html", "report.json", "junit.xml", "failures.har"]
    texts = [path.read_text(encoding="utf-8") for path in paths]
    assert not [text for text in texts if "c2VjcmV0" in text or "s3cret" in text]

    value = json.loads(texts[1])
    (cause,) = value["causes"]
    assert (cause["cases"], len(cause["findings"]), cause["source"]) == (3, 3, "docs")
    assert cause["alone"] == "python -m chargeover_contract http://127.0.0.1:9 --only 'test_edge[0]'"
    update = value["coverage"]["operations"]["update_customer"]
    assert (update["reached"], update["inputs"]["body company"], update["inputs"]["body bill_city"]) == (
        [400],
        [400],
        [],
    )
    assert "list_customers query offset" in value["coverage"]["never_sent"]
    assert "update_customer body company" in value["coverage"]["never_accepted"]

    root = ET.fromstring(texts[2])
    (suite,) = root
    assert (suite.get("tests"), suite.get("failures"), suite.get("skipped")) == ("5", "3", "1")
    assert suite.find("testcase/failure") is not None
    assert "update_customer" in {one.get("name") for one in suite.iter("property")}

    log = json.loads(texts[3])["log"]
    entry = log["entries"][0]
    assert (log["version"], len(log["entries"]), entry["request"]["method"]) == ("1.2", 3, "PUT")
    assert entry["request"]["queryString"] == [{"name": "x", "value": "1"}]
    assert entry["response"]["content"]["mimeType"] == "text/html"


class Page(HTMLParser):
    """The elements that stay open, and every address that the page names."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.addresses: list[str] = []
        self.tags: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.addresses += [value or "" for name, value in attrs if name in {"href", "src"}]
        if tag not in {"meta", "br", "link", "img"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_a_password_that_a_server_sends_back_is_in_no_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHARGEOVER_PASSWORD", "pr1vate-key")
    exchange = Exchange.of("GET", "http://x/", 500, received=([("X-Debug", "pr1vate-key")], b"no pr1vate-key"))
    found = Finding("cause", "500 pr1vate-key", exchange=exchange).placed("edges", "case")
    assert "pr1vate-key" not in json.dumps(found.as_json())


def test_the_page_needs_nothing_else_and_runs_nothing(tmp_path: Path) -> None:
    (path, *_) = files.write_all(report_of([finding("<script>alert(1)</script> `x`", "test_edge[<b>]")]), tmp_path)
    text = path.read_text(encoding="utf-8")
    page = Page(text)
    assert page.open == []
    assert set(page.addresses) <= {"#causes", "#coverage", "#cases"}
    assert "script" not in page.tags
    assert "prefers-color-scheme: dark" in text


def causes(*texts: str) -> list[Cause]:
    return grouped([finding(text, "a") for text in texts])


def test_a_baseline_tells_new_from_gone(tmp_path: Path) -> None:
    path = tmp_path / "known.yaml"
    baseline.write(path, causes("one", "two"), [], "the gateway drops it", date(2026, 1, 31))
    known = baseline.read(path)
    assert [(one.cause, one.reason, one.date, one.parts) for one in known] == [
        (name, "the gateway drops it", date(2026, 1, 31), ("edges",)) for name in ("one", "two")
    ]
    assert baseline.compared(known, causes("one", "two"), ["edges"]) == ([], [])
    assert baseline.compared(known, causes("two", "three"), ["edges", "model"]) == (["three"], ["one"])
    # A run of another part, or of single cases, cannot say that a cause is gone.
    assert baseline.compared(known, [], ["model"]) == ([], [])
    assert baseline.compared(known, causes("three"), None) == (["three"], [])
    baseline.write(path, causes("two", "three"), known, "later", date(2026, 2, 1))
    assert [(one.cause, one.reason) for one in baseline.read(path)] == [
        ("two", "the gateway drops it"),
        ("three", "later"),
    ]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("cause: x", "a list of causes is expected"),
        ("- x", "entry 1: an entry has the members"),
        ("- {cause: x, reason: y, date: 2026-01-31, since: z}", "entry 1: an entry has the members"),
        ("- {cause: x, reason: ' ', date: 2026-01-31}", "entry 1: reason is missing"),
        ("- {reason: y, date: 2026-01-31}", "entry 1: cause is missing"),
        ("- {cause: x, reason: y, date: soon}", "entry 1: date is missing"),
        ("- {cause: x, reason: y, date: 2026-01-31, parts: edges}", "entry 1: parts is a list"),
        ("- &a {cause: x, reason: y, date: 2026-01-31}\n- *a", "entry 2: the cause is there twice: x"),
        ("- {", "is not valid YAML"),
    ],
)
def test_a_baseline_that_cannot_be_used_is_one_sentence(tmp_path: Path, text: str, sentence: str) -> None:
    path = tmp_path / "known.yaml"
    path.write_text(text)
    with pytest.raises(baseline.BaselineError, match=sentence):
        baseline.read(path)


def test_an_empty_baseline_accepts_nothing(tmp_path: Path) -> None:
    path = tmp_path / "known.yaml"
    path.write_text("")
    assert baseline.compared(baseline.read(path), causes("one"), ["edges"]) == (["one"], [])


def test_half_a_surrogate_pair_is_a_finding_and_the_rest_is_still_checked() -> None:
    body = rb'{"code": 200, "status": "OK", "message": "\ud800", "details": {}, "response": {"\udc00": 1}}'
    headers = {"content-type": "application/json"}
    found = [str(one) for one in violations("GET", "/api/v3/customer/_count", 200, headers, body)]
    assert any("half a surrogate pair" in one for one in found)
    assert any("`response`" in one for one in found)


def test_a_violation_has_the_source_of_its_place() -> None:
    headers = {"content-type": "application/json"}
    body = b'{"code": 200, "status": "OK", "message": "", "details": {}, "response": {"customer_id": "7"}}'
    (one,) = violations("GET", "/api/v3/customer/7", 200, headers, body)
    assert (one.cause, one.source) == (
        "`customer_id` of a customer is not what the document asks for (type)",
        "recorded",
    )
    (one,) = violations("POST", "/api/v3/customer", 201, headers, body.replace(b'"customer_id": "7"', b'"id": 7'))
    assert (one.cause, one.source) == ("`Location` is missing on 201", "docs")


def test_what_differs_from_case_to_case_is_no_part_of_a_cause() -> None:
    one, other = (f"customer {n} is 'x{n}', not \"y\" with {'0a' * 16}" for n in (7, 12))
    assert general(one) == general(other)
    assert printable("a\ud800b") == "a\\ud800b"


def test_coverage_of_several_workers_adds_up() -> None:
    one, other = Coverage(), Coverage()
    one.note("GET", "/api/v3/customer?limit=1", 200)
    other.note("PATCH", "/api/v3/customer", 405)
    one.merge(json.loads(json.dumps(other.dump())))
    assert "list_customers 200" not in one.missing()
    assert "list_customers 405" not in one.missing()
    assert "list_customers 400" in one.missing()
    assert len(one.not_on_request()) == 2 * len(OPERATIONS)
