"""What is logged: method, path, status, duration and attempt; bodies only on request, and no customer data in them."""

import json
import logging
import re
from collections.abc import Generator
from typing import Any

import httpx2
import pytest

from chargeover import BulkRequest, Change, ChargeOver, ChargeOverError, ConfigurationError, RequestOptions
from chargeover_sandbox import LocalSandbox
from tests.support.scripted import Reply, Script, no, perform, yes
from tests.support.scripts import run_python

PERSON = "Ann Lee"
_HIDDEN = '{"status": "… (3 characters)", "invoice_delivery": "… (3 characters)", "response": false}'
TAIL = r" in \d+\.\d{3} s, attempt "


@pytest.fixture
def lines(caplog: pytest.LogCaptureFixture) -> Generator[list[str]]:
    """What the client logs, as it comes."""
    found: list[str] = []

    class Keeper(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            found.append(f"{record.levelname} {record.getMessage()}")

    keeper, logger = Keeper(), logging.getLogger("chargeover")
    logger.addHandler(keeper)
    with caplog.at_level(logging.DEBUG, "chargeover"):
        yield found
    logger.removeHandler(keeper)


def assert_lines(lines: list[str], *patterns: str) -> None:
    assert len(lines) == len(patterns), lines
    for line, pattern in zip(lines, patterns, strict=True):
        assert re.fullmatch(pattern, line), line


def test_each_attempt_is_a_line(client: ChargeOver, lines: list[str]) -> None:
    customer_id = client.customers.create(company=PERSON)
    client.customers.update(customer_id, superuser_name=PERSON)
    with pytest.raises(ChargeOverError):
        client.customers.get(99)
    list(client.bulk([BulkRequest.get_customer(customer_id)]))
    assert_lines(
        lines,
        f"DEBUG POST /api/v3/customer: 201{TAIL}1",
        f"DEBUG PUT /api/v3/customer/1: 202{TAIL}1",
        f"DEBUG GET /api/v3/customer/99: 404{TAIL}1",
        f"DEBUG POST /api/v3/_bulk: 200{TAIL}1",
    )


@pytest.mark.parametrize("kind", ["sync", "async"])
def test_so_are_failures_and_retries(kind: Any, lines: list[str]) -> None:
    script = Script([no(503, retry_after="4"), httpx2.ReadTimeout, Reply(200, b"<html>"), yes({})])
    with pytest.raises(ChargeOverError):
        perform(kind, script, lambda client: client.customers.get(1))
    assert_lines(
        lines,
        f"DEBUG GET /api/v3/customer/1: 503{TAIL}1",
        r"INFO GET /api/v3/customer/1: InternalServerError \(503\), again in 4\.000 s after attempt 1",
        f"DEBUG GET /api/v3/customer/1: APITimeoutError{TAIL}2",
        r"INFO GET /api/v3/customer/1: APITimeoutError, again in \d\.\d{3} s after attempt 2",
        f"DEBUG GET /api/v3/customer/1: 200{TAIL}3",
    )


@pytest.mark.parametrize("key", ["ann@lee.example", "a/b", "a:b", "a?b#c", "ä ö", "\n", "external_key:ann", "%2F"])
def test_a_path_is_logged_without_a_key(client: ChargeOver, lines: list[str], key: str) -> None:
    client.customers.create(company="Acme", external_key=key)
    client.customers.get_by_external_key(key)
    client.customers.update_by_external_key(key, company="New")
    client.customers.delete_by_external_key(key)
    path = "/api/v3/customer/external_key:…"
    assert [line.partition(": ")[0] for line in lines[1:]] == [
        f"DEBUG {word} {path}" for word in ("GET", "PUT", "DELETE")
    ]


def test_a_path_is_logged_without_a_token_and_a_query(client: ChargeOver, lines: list[str]) -> None:
    token = client.customers.get(client.customers.create(company=PERSON)).token
    assert token is not None
    lines.clear()
    client.customers.get_by_token(token)
    assert len(list(client.customers.list(where=f"company:EQUALS:{PERSON}"))) == 1
    client.customers.count(
        where="superuser_email:EQUALS:ann@lee.example", options=RequestOptions(extra_query={"a": "Ann"})
    )
    assert [line.partition(": ")[0] for line in lines] == [
        "DEBUG GET /api/v3/customer/token:…",
        "DEBUG GET /api/v3/customer",
        "DEBUG GET /api/v3/customer/_count",
    ]
    assert not [line for line in lines if "Ann" in line or token in line]


def test_bodies_are_not_logged(client: ChargeOver, lines: list[str]) -> None:
    client.customers.create(company=PERSON, bill_city="Bonn")
    list(client.customers.list())
    assert not [line for line in lines if "Bonn" in line or "sent" in line]


@pytest.fixture
def loud(sandbox: LocalSandbox) -> Generator[ChargeOver]:
    with ChargeOver(base_url=sandbox.url, username="sandbox", password="sandbox", log_bodies=True) as client:
        yield client


def test_bodies_on_request_show_flags_numbers_and_choices_and_no_text(loud: ChargeOver, lines: list[str]) -> None:
    loud.customers.create(company=PERSON, external_key="ann", no_taxes=True, language_id=3, tags=["Ann", ""])
    loud.customers.update(1, superuser_email="ann@lee.example", invoice_delivery="print", parent_customer_id=None)
    loud.customers.get(1)
    bodies = [line for line in lines if line.startswith("DEBUG sent ")]
    sent, received = (json.loads(part) for part in bodies[0].removeprefix("DEBUG sent ").split(", received "))
    assert sent == {
        "company": "… (7 characters)",
        "external_key": "… (3 characters)",
        "no_taxes": True,
        "language_id": 3,
        "tags": ["… (3 characters)", ""],
    }
    assert received == {"code": 201, "status": "OK", "message": "", "details": {}, "response": {"id": 1}}
    assert '"invoice_delivery": "print", "parent_customer_id": null' in bodies[1]
    assert bodies[2].startswith("DEBUG sent nothing, received {")
    assert '"invoice_delivery": "print"' in bodies[2]
    for word in ("Ann", "ann", "example"):
        assert word not in "".join(lines)


def test_neither_do_those_of_refusals_and_bulk_requests(loud: ChargeOver, lines: list[str]) -> None:
    loud.customers.create(company="x", external_key="ann")
    with pytest.raises(ChargeOverError):
        loud.customers.create(company="x", external_key="ann")
    changes: list[Change] = [("ann", {"company": PERSON}), ("lee", {"company": PERSON})]
    assert len(list(loud.customers.bulk_update(changes, errors="return"))) == 2
    assert len(list(loud.bulk([BulkRequest.list_customers(where="company:EQUALS:Ann")]))) == 1
    for word in ("Ann", "ann", "Lee", "lee"):
        assert word not in "".join(lines)
    assert '"request_method": "PUT"' in "".join(lines)


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        (b"", "nothing"),
        (b"<html>Ann</html>", "16 bytes that are not JSON, or nested too deep"),
        (b"\xff", "1 bytes that are not JSON, or nested too deep"),
        (b"null", "null"),
        (b'["Ann", 1.5, true, null]', '["… (3 characters)", 1.5, true, null]'),
        (b'"Ann"', '"… (3 characters)"'),
        (b'{"status": "Ann", "invoice_delivery": "Ann", "response": false}', _HIDDEN),
        (b"[" * 600 + b"]" * 600, "1200 bytes that are not JSON, or nested too deep"),
        (b"9" * 5000, '"… (5000 characters)"'),
        (b"9" * 300, "9" * 300),
        (b"[" * 101 + b"]" * 101, "202 bytes that are not JSON, or nested too deep"),
        (b"[" * 101 + b"9" * 70_000 + b"]" * 101, "70202 bytes that are not JSON, or nested too deep"),
        (b"[" * 100 + b"]" * 100, "[" * 100 + "]" * 100),
    ],
    ids=lambda value: str(value)[:20],
)
def test_bodies_of_any_kind(lines: list[str], body: bytes, shown: str) -> None:
    script = Script([Reply(200, body)])
    with pytest.raises(ChargeOverError):
        perform("sync", script, lambda client: client.customers.get(1), log_bodies=True)
    assert lines[1] == f"DEBUG sent nothing, received {shown}"


SCRIPT = """
import os
from chargeover import ChargeOver, ChargeOverError
for _ in range(2):
    with ChargeOver(base_url="http://127.0.0.1:1", username="u", password="p", max_retries=1) as client:
        try:
            client.customers.get(1)
        except ChargeOverError:
            pass
"""


@pytest.mark.parametrize(
    ("level", "kinds"), [("debug", ["DEBUG", "INFO", "DEBUG"]), ("info", ["INFO"]), ("INFO", ["INFO"])]
)
def test_a_variable_sends_the_log_to_standard_error(level: str, kinds: list[str]) -> None:
    done = run_python("-c", SCRIPT, variables={"CHARGEOVER_LOG": level})
    lines = done.stderr.splitlines()
    assert [line.split()[2] for line in lines] == kinds * 2, done.stderr
    assert all(
        re.match(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} [A-Z]+ chargeover: GET /api/v3/customer/1: ", one)
        for one in lines
    )
    assert done.stdout == ""


def test_without_it_nothing_is_printed() -> None:
    done = run_python("-c", SCRIPT)
    assert (done.stdout, done.stderr) == ("", "")


def test_any_other_level_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHARGEOVER_LOG", "loud")
    with pytest.raises(ConfigurationError, match="CHARGEOVER_LOG='loud' must be debug or info"):
        ChargeOver(base_url="http://127.0.0.1:1", username="u", password="p")
