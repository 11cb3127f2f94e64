"""What goes wrong on purpose: each kind of fault against the real client, its counts, and the refusal of wrong ones."""

import json
import time
from collections.abc import Callable, Generator
from typing import Any

import httpx2
import pytest

from chargeover import (
    APIConnectionError,
    APITimeoutError,
    AsyncChargeOver,
    AuthenticationError,
    ChargeOver,
    InternalServerError,
    InvalidResponseError,
    RateLimitError,
)
from chargeover_sandbox import LocalSandbox, RemoteSandbox
from tests.support.http import CUSTOMER, TRUST, connect, create, read, refused

PATH = "/api/v3/customer/{customer_id}"


@pytest.fixture
def impatient(sandbox: LocalSandbox) -> Generator[ChargeOver]:
    """A client that sends each request once, and waits 0.1 seconds for a response."""
    arguments: dict[str, Any] = {"base_url": sandbox.url, "username": "sandbox", "password": "sandbox"}
    with ChargeOver(**arguments, ssl_context=TRUST, max_retries=0, timeout=0.1) as client:
        client.customers.create(company="Acme", bill_city="Bonn")
        yield client


@pytest.mark.parametrize("face", ["local", "remote"])
def test_a_change_that_was_made_before_a_503_is_made_once_more_and_each_attempt_is_in_the_journal(
    sandbox: LocalSandbox, client: ChargeOver, face: str
) -> None:
    control = sandbox if face == "local" else RemoteSandbox(sandbox.url)
    customer_id = client.customers.create(company="Acme", bill_city="Bonn")
    control.journal.clear()
    with control.faults.of(status=503, commit=True, retry_after=1, method="PUT", path=PATH, times=1) as fault:
        assert client.customers.update(customer_id, bill_city="Köln") == customer_id
        assert (fault.matched, fault.applied) == (1, 1)
    assert client.customers.get(customer_id).bill_city == "Köln"
    first, second = control.journal.expect("PUT", customer_id=customer_id, body={"bill_city": "Köln"}, times=2)
    assert [(one.status, one.carried_out) for one in (first, second)] == [(503, True), (202, True)]
    assert (first.fault, second.fault) == (f"#{fault.id}: status=503, retry_after=1, commit=True", None)
    assert first.response_headers["retry-after"] == "1"


async def test_so_does_an_async_client(sandbox: LocalSandbox, async_client: AsyncChargeOver) -> None:
    customer_id = await async_client.customers.create(company="Acme")
    sandbox.faults.add(status=503, commit=True, operation="update_customer", times=1)
    await async_client.customers.update(customer_id, bill_city="Köln")
    assert [one.status for one in sandbox.journal.filter(method="PUT")] == [503, 202]


@pytest.mark.parametrize(
    ("options", "error", "is_made"),
    [
        ({"status": 503}, InternalServerError, False),
        ({"status": 503, "commit": True}, InternalServerError, True),
        ({"status": 500, "body": "html"}, InternalServerError, False),
        ({"status": 502, "body": "empty"}, InternalServerError, False),
        ({"status": 429, "retry_after": 7}, RateLimitError, False),
        ({"status": 200, "body": "html"}, InvalidResponseError, False),
        ({"credentials": "wrong"}, AuthenticationError, False),
        ({"credentials": "missing"}, AuthenticationError, False),
        ({"reset": "before"}, APIConnectionError, False),
        ({"reset": "after"}, APIConnectionError, True),
        ({"hang": True}, APITimeoutError, False),
        ({"hang": "before"}, APITimeoutError, False),
        ({"hang": "after"}, APITimeoutError, True),
        ({"delay": 60}, APITimeoutError, True),
        ({"delay": 60, "status": 503}, APITimeoutError, False),
        ({"slow_body": 60}, APITimeoutError, True),
        ({"truncate": True}, InvalidResponseError, True),
        ({"truncate": 0}, InvalidResponseError, True),
        ({"truncate": 20}, InvalidResponseError, True),
        ({"wrong_length": True}, APIConnectionError, True),
        ({"wrong_length": 1}, APIConnectionError, True),
        ({"wrong_length": -5}, InvalidResponseError, True),
    ],
    ids=str,
)
def test_each_kind_is_what_the_client_takes_it_for(
    sandbox: LocalSandbox,
    http: httpx2.Client,
    impatient: ChargeOver,
    options: Any,
    error: type[Exception],
    *,
    is_made: bool,
) -> None:
    sandbox.journal.clear()
    with sandbox.faults.of(**options) as fault:
        with pytest.raises(error) as raised:
            impatient.customers.update(1, bill_city="Köln")
        assert type(raised.value) is error
        (exchange,) = sandbox.journal
        assert fault.applied == 1
    assert read(http, 1)["bill_city"] == ("Köln" if is_made else "Bonn")
    assert (exchange.carried_out, exchange.json) == (is_made, {"bill_city": "Köln"})
    assert (exchange.fault or "").startswith(f"#{fault.id}: ")
    has_response = not {"reset", "hang"} & options.keys()
    assert (exchange.status is not None) == has_response
    impatient.customers.update(1, bill_city="Berlin")  # as before, once the fault is gone
    assert read(http, 1)["bill_city"] == "Berlin"


def test_what_is_sent_is_what_was_asked_for(sandbox: LocalSandbox, http: httpx2.Client) -> None:
    create(http)

    def got(**options: Any) -> httpx2.Response:
        with sandbox.faults.of(**options):
            return http.get(f"{CUSTOMER}/1")

    whole = http.get(f"{CUSTOMER}/1").content
    assert "Service Unavailable" in refused(got(status=503), 503)
    assert refused(got(credentials="wrong"), 401).endswith("[Incorrect username or password.]")
    page = got(status=502, body="html", retry_after="Wed, 21 Oct 2026 07:28:00 GMT")
    assert (page.headers["content-type"], page.headers["retry-after"]) == ("text/html", "Wed, 21 Oct 2026 07:28:00 GMT")
    assert "<h1>502 Bad Gateway</h1>" in page.text
    assert (got(status=503, body="empty").content, got(status=204).content) == (b"", b"")
    assert "www-authenticate" in got(status=401).headers
    assert got(status=200).json() == {"code": 200, "status": "OK", "message": "", "details": {}, "response": False}
    assert got(truncate=9).content == whole[:9]
    assert got(truncate=True).content == whole[: len(whole) // 2]
    assert got(slow_body=0.01).content == whole
    assert got(status=599, body="html", truncate=4).content == b"<htm"


def test_a_delay_is_waited_for_and_can_be_a_range(sandbox: LocalSandbox, http: httpx2.Client) -> None:
    for delay in (0.03, (0.02, 0.04)):
        with sandbox.faults.of(delay=delay):
            start = time.perf_counter()
            assert http.get(CUSTOMER).status_code == 200
            assert 0.02 <= time.perf_counter() - start < 5
        sandbox.journal.wait_for("GET")
        assert 0.02 <= sandbox.journal[-1].duration < 5


@pytest.mark.chargeover(allow_unmatched_faults=True)
@pytest.mark.parametrize(
    ("options", "statuses"),
    [
        ({"times": 2}, [503, 503, 200, 200]),
        ({"after": 1}, [200, 503, 503, 503]),
        ({"after": 1, "times": 1}, [200, 503, 200, 200]),
        ({"method": "PUT"}, [200] * 4),
        ({"method": "GET"}, [503] * 4),
        ({"path": PATH}, [503] * 4),
        ({"path": "/api/v3/customer/{anything}"}, [503] * 4),
        ({"path": f"{CUSTOMER}/1"}, [503] * 4),
        ({"path": f"{CUSTOMER}/2"}, [200] * 4),
        ({"path": "/api/v3/{kind}/{id}"}, [503] * 4),
        ({"path": f"{CUSTOMER}/external_key:{{key}}"}, [200] * 4),
        ({"operation": "get_customer"}, [503] * 4),
        ({"operation": "update_customer"}, [200] * 4),
        ({"operation": "get_customer", "method": "PUT"}, [200] * 4),
    ],
    ids=str,
)
def test_it_applies_where_and_as_often_as_it_should(
    sandbox: LocalSandbox, http: httpx2.Client, options: Any, statuses: list[int]
) -> None:
    create(http)
    fault = sandbox.faults.add(status=503, **options)
    assert [http.get(f"{CUSTOMER}/1").status_code for _ in statuses] == statuses
    assert fault.applied == statuses.count(503)
    assert (sandbox.faults.unmatched() == [fault]) == (503 not in statuses)


def test_a_path_of_the_document_is_not_another_that_looks_like_it(sandbox: LocalSandbox, http: httpx2.Client) -> None:
    create(http, external_key="k")
    sandbox.faults.add(status=503, path=PATH)
    assert http.get(f"{CUSTOMER}/external_key:k").status_code == 200
    assert http.get(f"{CUSTOMER}/_count").status_code == 200
    assert http.get(f"{CUSTOMER}/1").status_code == 503


def test_chance_can_be_had_again(sandbox: LocalSandbox, http: httpx2.Client) -> None:
    def statuses(**options: Any) -> list[int]:
        with sandbox.faults.of(status=503, probability=0.5, **options) as fault:
            chosen.append(fault.options["seed"])
            return [http.get(CUSTOMER).status_code for _ in range(40)]

    chosen: list[int] = []
    first = statuses()
    assert {200, 503} == set(first)
    assert statuses(seed=chosen[0]) == first
    assert statuses(seed=chosen[0] + 1) != first


def test_the_first_that_is_due_is_applied(sandbox: LocalSandbox, http: httpx2.Client) -> None:
    sandbox.faults.add(status=500, times=1)
    sandbox.faults.add(status=502, times=1)
    assert [http.get(CUSTOMER).status_code for _ in range(3)] == [500, 502, 200]


def test_they_are_listed_and_removed(sandbox: LocalSandbox, http: httpx2.Client) -> None:
    first, second = sandbox.faults.add(status=500, times=1), sandbox.faults.add(reset="after", method="DELETE")
    assert [fault.id for fault in sandbox.faults.list()] == [first.id, second.id]
    assert repr(second) == f"<Fault {second.id}: reset='after', method='DELETE'>"
    http.get(CUSTOMER)
    assert sandbox.faults.unmatched() == [second]
    sandbox.faults.remove(second)
    sandbox.faults.remove(first.id)
    assert sandbox.faults.list() == []
    # What a removed one did can still be asked, as at the end of a test.
    assert (first.applied, sandbox.faults.unmatched()) == (1, [second])
    with pytest.raises(ValueError, match=r"There is no fault 99999\."):
        sandbox.faults.remove(99999)
    sandbox.faults.add(status=500)
    sandbox.faults.clear()
    assert (http.get(CUSTOMER).status_code, sandbox.faults.unmatched()) == (200, [])


def test_a_reset_removes_them(sandbox: LocalSandbox, http: httpx2.Client) -> None:
    with sandbox.faults.of(status=500):
        sandbox.reset()
        assert http.get(CUSTOMER).status_code == 200
    assert sandbox.faults.unmatched() == []


@pytest.mark.chargeover(allow_unmatched_faults=True)
def test_the_control_itself_has_no_faults(sandbox: LocalSandbox, http: httpx2.Client) -> None:
    sandbox.faults.add(reset="before")
    assert http.get("/_sandbox/health").status_code == 200
    assert len(sandbox.faults.list()) == 1


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({}, "one of status, credentials, reset, hang, delay, slow_body, truncate, wrong_length says what goes wrong"),
        ({"times": 1}, "says what goes wrong"),
        ({"status": 199}, "status: 199 is less than the minimum of 200"),
        ({"status": 600}, "status: 600 is greater"),
        ({"status": "503"}, 'status: "503" is not of type "integer"'),
        ({"statuss": 503}, "statuss: there is no such field; did you mean status?"),
        ({"status": 503, "reset": "after"}, "reset: it cannot be combined with status"),
        ({"hang": True, "credentials": "wrong"}, "hang: it cannot be combined with credentials"),
        ({"reset": "before", "truncate": True}, "truncate: there is no response with reset"),
        ({"delay": 1, "body": "html"}, "body: it needs a status"),
        ({"delay": 1, "commit": True}, "commit: it needs a status"),
        ({"delay": [2, 1]}, "delay: the first number of a range is the lower one"),
        ({"delay": [1]}, "delay: [1] has less than 2 items"),
        ({"delay": -1}, "delay: -1 is less than the minimum of 0"),
        ({"reset": "during"}, "reset:"),
        ({"hang": False}, "hang:"),
        ({"truncate": False}, "truncate: it is true or a number of bytes"),
        ({"wrong_length": 0}, "wrong_length: it is true or a number of bytes other than 0"),
        ({"truncate": 1, "wrong_length": 1}, "wrong_length: it cannot be combined with truncate"),
        ({"status": 204, "body": "html"}, "body: a response with status 204 has no body"),
        ({"status": 503, "retry_after": "1\r\nX: y"}, "retry_after:"),
        (
            {"status": 503, "operation": "update_custmer"},
            "there is no operation update_custmer; did you mean update_cu",
        ),
        ({"status": 503, "operation": "q"}, "there is no operation q; there are bulk, "),
        ({"status": 503, "method": "put"}, "method:"),
        ({"status": 503, "path": "customer"}, "path:"),
        ({"status": 503, "path": "/x?y=1"}, "path:"),
        ({"status": 503, "path": "/{a}{b}"}, "path: it has more than one parameter between two slashes"),
        ({"status": 503, "times": 0}, "times: 0 is less than the minimum of 1"),
        ({"status": 503, "probability": 1.5}, "probability:"),
        ({"status": 503, "seed": 1}, "seed: it needs a probability"),
    ],
    ids=str,
)
def test_what_is_wrong_with_a_fault_is_said_and_nothing_is_added(
    sandbox: LocalSandbox, options: Any, words: str
) -> None:
    with pytest.raises(ValueError) as refusal:  # noqa: PT011  the next line looks at the words
        sandbox.faults.add(**options)
    assert words in str(refusal.value)
    assert sandbox.faults.list() == []


def test_a_server_that_is_stopped_lets_nothing_wait() -> None:
    """Not even for the two seconds that a request under way has otherwise."""
    with LocalSandbox() as sandbox:
        sandbox.faults.add(hang="after")
        http = connect(sandbox.url)
        with pytest.raises(httpx2.ReadTimeout):
            http.get(CUSTOMER, timeout=0.02)
        sandbox.faults.clear()
        sandbox.faults.add(delay=60)
        with connect(sandbox.url) as other, pytest.raises(httpx2.ReadTimeout):
            other.get(CUSTOMER, timeout=0.02)
        start = time.perf_counter()
    http.close()
    assert time.perf_counter() - start < 1.5


def test_without_httptools_the_connection_obeys_too(monkeypatch: pytest.MonkeyPatch) -> None:
    from chargeover_sandbox.serving import protocol, server

    monkeypatch.setattr(server, "PROTOCOL", protocol._OverH11)
    with LocalSandbox() as sandbox, connect(sandbox.url) as http:
        create(http)
        cases: list[tuple[Any, Callable[[], object]]] = [
            ({"reset": "after"}, lambda: pytest.raises(httpx2.NetworkError)),
            ({"wrong_length": True}, lambda: pytest.raises(httpx2.RemoteProtocolError)),
            ({"hang": True}, lambda: pytest.raises(httpx2.ReadTimeout)),
        ]
        for options, raises in cases:
            with sandbox.faults.of(**options), raises():  # type: ignore[attr-defined]
                http.get(CUSTOMER, timeout=0.1)
        with sandbox.faults.of(truncate=5):
            assert len(http.get(CUSTOMER).content) == 5
        assert json.loads(http.get(CUSTOMER).content)["status"] == "OK"
