"""The journal: what it has of an exchange, how it is searched and waited for, and how it explains what it lacks."""

import asyncio
import base64
import json
import threading
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx2
import pytest

from chargeover import AsyncChargeOver, ChargeOver, Field
from chargeover_sandbox import Exchange, LocalSandbox, RemoteSandbox
from chargeover_sandbox.contract.responses import Response
from tests.support.http import BULK, CUSTOMER, connect, connect_anonymously, create


@pytest.fixture
def three(sandbox: LocalSandbox, client: ChargeOver) -> LocalSandbox:
    """A creation, an update, and a search."""
    client.customers.create(company="Acme", bill_city="Bonn")
    client.customers.update(1, bill_city="Köln")
    list(client.customers.list(where=Field.company == "Köln"))
    return sandbox


def test_an_exchange_has_all_that_travelled(three: LocalSandbox) -> None:
    for journal in (three.journal, RemoteSandbox(three.url).journal):
        exchange = journal[1]
        assert (exchange.method, exchange.path, exchange.query) == ("PUT", f"{CUSTOMER}/1", "")
        assert (exchange.operation, exchange.template) == ("update_customer", f"{CUSTOMER}/{{customer_id}}")
        assert (exchange.body, exchange.json) == ('{"bill_city":"Köln"}'.encode(), {"bill_city": "Köln"})
        assert (exchange.status, exchange.envelope["response"]) == (202, {"id": 1})
        assert json.loads(exchange.response) == exchange.envelope
        assert exchange.response_headers["content-type"] == "application/json"
        assert exchange.response_headers["content-length"] == str(len(exchange.response))
        assert exchange.headers["content-type"] == "application/json"
        assert (exchange.verdict, exchange.problem, exchange.fault, exchange.carried_out) == ("valid", None, None, True)
        assert abs((datetime.now(UTC) - exchange.time).total_seconds()) < 60
        assert 0 < exchange.duration < 10
        assert str(exchange) == f"#{exchange.id} PUT {CUSTOMER}/1 -> 202"
        found = journal[-1]
        assert (found.url, found.query) == (f"{found.path}?{found.query}", found.query)
        assert "company:EQUALS:K%C3%B6ln" in found.query


def test_it_is_a_sequence(three: LocalSandbox) -> None:
    journal = three.journal
    methods = ["POST", "PUT", "GET"]
    assert [exchange.method for exchange in journal] == methods
    assert [exchange.method for exchange in reversed(journal)] == methods[::-1]
    assert [exchange.method for exchange in journal[1:]] == methods[1:]
    assert (len(journal), journal[0].method, journal[-3].method, journal[-1].method) == (3, "POST", "POST", "GET")
    assert journal[0] in journal
    for index in (3, -4, -2000):
        with pytest.raises(IndexError):
            journal[index]
    journal.clear()
    assert (list(journal), len(journal), bool(journal)) == ([], 0, False)


def test_secrets_are_masked(sandbox: LocalSandbox, http: httpx2.Client) -> None:
    secret = base64.b64encode(b"sandbox:sandbox").decode()
    headers = {"Cookie": "s=hush", "X-Api-Key": "hush", "X-Webhook-Signature": "hush", "X-Plain": "shown"}
    http.get(CUSTOMER, headers=headers)
    text = http.get("/_sandbox/journal").text + http.get("/_sandbox/journal.har").text
    assert secret not in text
    assert "hush" not in text
    shown = sandbox.journal[-1].headers
    assert (shown["authorization"], shown["cookie"], shown["x-plain"]) == ("Basic ***", "***", "shown")


def test_the_verdict_is_the_documents(sandbox: LocalSandbox, http: httpx2.Client) -> None:
    create(http)
    with connect_anonymously(sandbox.url) as anonymous:
        anonymous.get(CUSTOMER)
    for path, sent in (
        (f"{CUSTOMER}/1", {"bill_city": "Köln"}),
        (f"{CUSTOMER}/99", {"bill_city": "Köln"}),
        (f"{CUSTOMER}/1", {"bill_cty": "Köln"}),
        (f"{CUSTOMER}/1", [1]),
        (f"{CUSTOMER}s/1", {}),
        (f"{CUSTOMER}/0", {}),
    ):
        http.put(path, json=sent)
    http.put(f"{CUSTOMER}/1", content=b"{}", headers={"Content-Type": "text/plain"})
    http.put(f"{CUSTOMER}/1", content=b"\xff", headers={"Content-Type": "application/json"})
    http.patch(f"{CUSTOMER}/1")
    http.get(CUSTOMER, params={"limit": "x"})
    verdicts = [(one.verdict, one.operation, one.problem) for one in sandbox.journal]
    wanted = [
        ("valid", "create_customer", ""),
        ("invalid request", "list_customers", "Invalid or incorrect authorization"),
        ("valid", "update_customer", ""),
        ("valid", "update_customer", ""),  # there is no such customer, which is no fault of its form
        ("invalid request", "update_customer", "bill_cty: there is no such field; did you mean bill_city?"),
        ("invalid request", "update_customer", "the body"),
        ("invalid request", None, "not supported: update(customers, 1)"),
        ("invalid request", "update_customer", "customer_id"),
        ("invalid request", "update_customer", "must be application/json, not text/plain"),
        ("invalid request", "update_customer", "byte 0 is not UTF-8"),
        ("invalid request", None, "PATCH is not allowed here"),
        ("invalid request", "list_customers", "limit"),
    ]
    for (verdict, operation, problem), (right, name, words) in zip(verdicts, wanted, strict=True):
        assert (verdict, operation, words in (problem or "")) == (right, name, True), problem
    assert sandbox.journal[-3].body == b"\xff"
    sandbox.faults.add(status=503)
    http.get(CUSTOMER)
    assert (sandbox.journal[-1].verdict, sandbox.journal[-1].carried_out) == ("invalid response", False)


def test_a_planted_bug_is_an_invalid_response() -> None:
    """The bug has changed the document too, but not the one that judges."""
    with LocalSandbox(bugs=["create-is-200"]) as sandbox, connect(sandbox.url) as http:
        assert http.post(CUSTOMER, json={"company": "Acme"}).status_code == 200
        exchange = sandbox.journal[-1]
        assert exchange.verdict == "invalid response"
        assert exchange.problem == "the 200 response of create_customer is not in openapi.yaml"


def test_a_lenient_sandbox_judges_leniently() -> None:
    with LocalSandbox(lenient=True) as sandbox, connect(sandbox.url) as http:
        create(http)
        assert http.put(f"{CUSTOMER}/1/", json={"terms_id": "7"}).status_code == 202
        assert (sandbox.journal[-1].verdict, sandbox.journal[-1].operation) == ("valid", "update_customer")


@pytest.mark.parametrize(
    ("given", "methods"),
    [
        ({"method": "PUT"}, ["PUT"]),
        ({"path": CUSTOMER}, ["POST", "GET"]),
        ({"path": f"{CUSTOMER}/{{customer_id}}"}, ["PUT"]),
        ({"path": f"{CUSTOMER}/1"}, ["PUT"]),
        ({"status": 201}, ["POST"]),
        ({"operation": "list_customers"}, ["GET"]),
        ({"customer_id": 1}, ["POST", "PUT"]),
        ({"customer_id": 1, "method": "PUT"}, ["PUT"]),
        ({"customer_id": 2}, []),
        ({"status": 0}, []),
        ({}, ["POST", "PUT", "GET"]),
    ],
    ids=str,
)
def test_it_can_be_filtered(three: LocalSandbox, given: Any, methods: list[str]) -> None:
    assert [exchange.method for exchange in three.journal.filter(**given)] == methods
    if given.get("status") != 0 and methods:
        assert [exchange.method for exchange in three.journal.expect(**given)] == methods


def test_a_filter_that_is_not_possible_is_refused(sandbox: LocalSandbox) -> None:
    with pytest.raises(ValueError, match="status"):
        sandbox.journal.filter(status=1000)


def test_an_expectation_that_holds_returns_what_was_found(three: LocalSandbox) -> None:
    (update,) = three.journal.expect("PUT", customer_id=1, body={"bill_city": "Köln"}, times=1)
    assert update.status == 202
    assert three.journal.expect("PUT", body='{"bill_city":"Köln"}'.encode()) == [update]
    assert three.journal.expect("DELETE", times=0) == []
    assert three.journal.expect(path=f"{update.path}") == [update]
    assert len(three.journal.expect(path=f"{CUSTOMER}?{three.journal[-1].query}")) == 1


@pytest.mark.parametrize(
    ("given", "lines"),
    [
        (
            {"method": "PUT", "body": {"bill_city": "Bonn", "bill_zip": "5"}, "times": 1},
            [
                'Expected 1: PUT with body={"bill_city": "Bonn", "bill_zip": "5"}.',
                "0 of 3 exchanges match.",
                'body.bill_city is "Köln", not "Bonn"',
                'body lacks bill_zip, which should be "5"',
            ],
        ),
        ({"method": "PUT", "times": 2}, ["Expected 2: PUT.", "1 of 3 exchanges match.", f"PUT {CUSTOMER}/1 -> 202"]),
        ({"method": "PUT", "times": 0}, ["Expected 0: PUT.", "1 of 3 exchanges match."]),
        ({"customer_id": 7}, ["Expected at least one: a request with customer_id=7.", "customer_id is 1, not 7"]),
        ({"method": "PUT", "status": 200}, ["status is 202, not 200"]),
        ({"method": "PUT", "status": 0}, ["status is 202, not missing"]),
        ({"method": "PUT", "body": {}}, ['body has bill_city="Köln", which is not expected']),
        ({"method": "PUT", "body": b"x"}, ["""body is b'{"bill_city""", "not b'x'"]),
        ({"method": "GET", "body": {"a": 1}}, ['body is empty, not {"a": 1}']),
        ({"path": f"{CUSTOMER}/2"}, [f"path is {CUSTOMER}/1, not {CUSTOMER}/2"]),
        ({"operation": "bulk"}, ['operation is "update_customer", not "bulk"']),
    ],
    ids=str,
)
def test_an_expectation_that_fails_shows_the_nearest_and_how_they_differ(
    three: LocalSandbox, given: Any, lines: list[str]
) -> None:
    with pytest.raises(AssertionError) as failure:
        three.journal.expect(**given)
    for line in lines:
        assert line in str(failure.value)


def test_the_nearest_comes_first(three: LocalSandbox) -> None:
    with pytest.raises(AssertionError) as failure:
        three.journal.expect("PUT", customer_id=1, body={"bill_city": "Bonn"})
    shown = [line.split()[1] for line in str(failure.value).splitlines() if line.startswith("  #")]
    assert shown[0] == "PUT"
    three.journal.clear()
    with pytest.raises(AssertionError, match=r"^Expected at least one: DELETE\.\n0 of 0 exchanges match\.$"):
        three.journal.expect("DELETE")


@pytest.mark.parametrize(
    ("wanted", "sent", "difference"),
    [
        (True, 1, "body.x is 1, not true"),
        (1, True, "body.x is true, not 1"),
        (0, False, "body.x is false, not 0"),
        (None, "", 'body.x is "", not missing'),
        ([1, 2], [1], "body.x has 1 items, not 2"),
        ([1, 2], [1, 3], "body.x[1] is 3, not 2"),
        ({"a": 1}, [1], 'body.x is [1], not {"a": 1}'),
    ],
    ids=str,
)
def test_values_are_compared_as_json(
    sandbox: LocalSandbox, http: httpx2.Client, wanted: Any, sent: Any, difference: str
) -> None:
    http.put(f"{CUSTOMER}/1", json={"x": sent})
    with pytest.raises(AssertionError) as failure:
        sandbox.journal.expect(body={"x": wanted})
    assert f"      {difference}" in str(failure.value).splitlines()
    sandbox.journal.expect(body={"x": sent})


def test_it_waits_without_asking_again_and_again(sandbox: LocalSandbox, http: httpx2.Client) -> None:
    timer = threading.Timer(0.05, create, (http,))
    timer.start()
    started = time.perf_counter()
    assert sandbox.journal.wait_for("POST", path=CUSTOMER, status=201, timeout=10).status == 201
    assert time.perf_counter() - started < 5
    timer.join()
    assert sandbox.journal.wait_for("POST", timeout=0).method == "POST"  # it is there already
    with pytest.raises(TimeoutError) as late:
        sandbox.journal.wait_for("POST", times=2, timeout=0.02)
    assert "Expected 2: POST.\n1 of 1 exchanges match." in str(late.value)
    assert str(late.value).endswith("Waited for 0.02 seconds.")


async def test_async_code_waits_in_a_thread(sandbox: LocalSandbox, async_client: AsyncChargeOver) -> None:
    waiting = asyncio.create_task(asyncio.to_thread(sandbox.journal.wait_for, "POST"))
    await async_client.customers.create(company="Acme")
    assert (await waiting).operation == "create_customer"


def test_a_bulk_request_is_one_exchange(sandbox: LocalSandbox, http: httpx2.Client) -> None:
    http.post(BULK, json=[{"request_method": "POST", "uri": CUSTOMER, "payload": {"company": "Acme"}}])
    assert [exchange.operation for exchange in sandbox.journal] == ["bulk"]


def test_it_keeps_the_last_thousand(sandbox: LocalSandbox, http: httpx2.Client) -> None:
    fill(sandbox, 1005)
    assert (len(sandbox.journal), sandbox.journal[0].query, sandbox.journal[-1].query) == (1000, "n=5", "n=1004")
    assert http.get("/_sandbox/journal?limit=0").json()["response"] == {"count": 1000, "dropped": 5, "exchanges": []}


def test_it_keeps_no_more_bytes_than_it_may(sandbox: LocalSandbox) -> None:
    fill(sandbox, 5, b"x" * (9 * 1024 * 1024))
    assert [exchange.query for exchange in sandbox.journal] == ["n=2", "n=3", "n=4"]
    fill(sandbox, 1, b"x" * (40 * 1024 * 1024))
    assert len(sandbox.journal) == 1


def fill(sandbox: LocalSandbox, many: int, body: bytes = b"") -> None:
    """Add exchanges as the application does, but in less time."""
    for number in range(many):
        scope = {
            "method": "GET",
            "raw_path": b"/x",
            "query_string": b"n=%d" % number,
            "headers": [],
            "http_version": "1.1",
        }
        sandbox._app.first.journal.record(scope, bytearray(body), Response(400, {}), b"{}", 0.0)


@pytest.fixture
def document(three: LocalSandbox, http: httpx2.Client) -> dict[str, Any]:
    with three.faults.of(reset="after"), pytest.raises(httpx2.NetworkError):
        http.get(CUSTOMER)
    http.put(f"{CUSTOMER}/1", content=b"\xff\xfe", headers={"Content-Type": "application/json"})
    return three.journal.har()


def test_a_har_document_has_what_its_readers_need(document: dict[str, Any], three: LocalSandbox) -> None:
    log = document["log"]
    assert (log["version"], log["creator"]["name"], len(log["entries"])) == (
        "1.2",
        "ChargeOver sandbox (unofficial)",
        5,
    )
    for entry in log["entries"]:
        # The members that HAR 1.2 requires, each of its type.
        assert entry.keys() >= {"startedDateTime", "time", "request", "response", "cache", "timings"}
        assert datetime.fromisoformat(entry["startedDateTime"]).tzinfo
        assert entry["timings"].keys() >= {"send", "wait", "receive"}
        assert entry["time"] == sum(value for value in entry["timings"].values() if value > 0)
        request, response = entry["request"], entry["response"]
        both = {"httpVersion", "cookies", "headers", "headersSize", "bodySize"}
        assert request.keys() >= {*both, "method", "url", "queryString"}
        assert response.keys() >= {*both, "status", "statusText", "content", "redirectURL"}
        assert response["content"].keys() >= {"size", "mimeType", "text"}
        assert request["url"].startswith(f"{three.url}/api/v3/customer")
        assert all(set(header) == {"name", "value"} for header in [*request["headers"], *response["headers"]])
    update, search, cut, broken = log["entries"][1:]
    assert update["request"]["postData"]["text"] == '{"bill_city":"Köln"}'
    assert {"name": "where", "value": "company:EQUALS:Köln"} in search["request"]["queryString"]
    assert (cut["response"]["status"], cut["_fault"] is not None, cut["_carried_out"]) == (0, True, True)
    assert base64.b64decode(broken["request"]["postData"]["text"]) == b"\xff\xfe"


def test_a_har_file_is_written(three: LocalSandbox, tmp_path: Path) -> None:
    three.journal.export(tmp_path / "run.har")
    assert json.loads((tmp_path / "run.har").read_text("utf-8")) == three.journal.har()
    with pytest.raises(ValueError, match="Incorrect username or password"):
        RemoteSandbox(three.url, password="wrong").journal.har()


def test_an_exchange_of_a_body_that_is_not_json(sandbox: LocalSandbox, http: httpx2.Client) -> None:
    http.post(CUSTOMER, content=b"\x00\xff", headers={"Content-Type": "application/json"})
    exchange = sandbox.journal[-1]
    assert isinstance(exchange, Exchange)
    assert (exchange.body, exchange.json, exchange.verdict) == (b"\x00\xff", None, "invalid request")
