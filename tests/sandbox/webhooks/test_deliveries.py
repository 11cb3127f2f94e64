"""What the sandbox sends at a change, and how it gets there."""

import asyncio
import json
import logging
import socket
from collections.abc import Generator

import jsonschema_rs
import pytest

from chargeover import BadRequestError, BulkRequest, ChargeOver
from chargeover_contract.openapi import DOCUMENT
from chargeover_sandbox import LocalSandbox
from chargeover_sandbox.webhooks import deliveries
from chargeover_sandbox.webhooks.targets import Targets
from tests.support.http import BULK, CUSTOMER, connect, part
from tests.support.receivers import Receiver, receiver, wait_until

WAIT = 0.01


@pytest.fixture
def received() -> Generator[Receiver]:
    with receiver() as one:
        yield one


@pytest.fixture(scope="module")
def running() -> Generator[LocalSandbox]:
    with LocalSandbox(webhook_wait=WAIT) as sandbox:
        yield sandbox


@pytest.fixture
def sending(running: LocalSandbox, received: Receiver) -> LocalSandbox:
    """An empty sandbox that sends everything to the receiver."""
    running.reset()
    running.webhooks.add(received.url)
    return running


@pytest.fixture
def client(sending: LocalSandbox) -> Generator[ChargeOver]:
    with ChargeOver(base_url=sending.url, username="sandbox", password="sandbox") as client:
        yield client


def test_each_change_arrives_in_order_as_the_client_reads_it(client: ChargeOver, received: Receiver) -> None:
    one = client.customers.create(company="Acme", external_key="a", tags=["x"])
    child = client.customers.create(company="Child", parent_customer_id=one)
    client.customers.update(one, bill_city="Köln")
    client.customers.update_by_external_key("a", company="Acme GmbH")
    client.customers.disconnect_parent(child)
    shown = client.customers.get(one)
    client.customers.delete(one)
    received.wait_for(6)
    events = received.events()
    assert [(event.event, event.customer_id) for event in events] == [
        ("insert", one), ("insert", child), ("update", one), ("update", one), ("update", child), ("delete", one)
    ]  # fmt: skip
    assert [event.customer.bill_city for event in events[:4]] == [None, None, "Köln", "Köln"]
    assert events[1].customer.parent_customer_id == one
    assert events[4].customer.parent_customer_id is None
    assert events[5].customer.raw == events[3].customer.raw == shown.raw
    assert {event.source for event in events} == {"example.chargeover.com"}


def test_a_webhook_has_the_form_of_the_document(client: ChargeOver, received: Receiver) -> None:
    customer_id = client.customers.create(company="Acme")
    client.customers.delete(customer_id)
    received.wait_for(2)
    hook = DOCUMENT["webhooks"]["customer"]["post"]
    schema = hook["requestBody"]["content"]["application/json"]["schema"]
    validator = jsonschema_rs.validator_for({**schema, "components": DOCUMENT["components"]})
    for body, headers in zip(received.bodies, received.headers, strict=True):
        content = json.loads(body)
        validator.validate(content)
        assert headers["Content-Type"] == "application/json"
        assert headers["X-ChargeOver-Key"] == content["security_token"] == "sandbox"
        assert {one["name"] for one in hook["parameters"]} <= headers.keys()
        assert "Authorization" not in headers


def test_a_refused_request_sends_nothing_and_a_bulk_request_what_it_has_done(
    client: ChargeOver, sending: LocalSandbox, received: Receiver
) -> None:
    client.customers.create(company="Acme")
    with pytest.raises(BadRequestError):
        client.customers.update(1, parent_customer_id=9)
    requests = [
        BulkRequest.update_customer(1, company="New"),
        BulkRequest.update_customer(9, company="Nobody"),
        BulkRequest.create_customer(company="Second"),
    ]
    assert [result.ok for result in client.bulk(requests, errors="return")] == [True, False, True]
    with connect(sending.url) as http:
        # A request that writes and is then refused undoes the whole bulk request, and what it would have sent.
        assert http.post(BULK, json=[part("PUT", f"{CUSTOMER}/1", payload={"company": 1})]).status_code == 200
    received.wait_for(3)
    assert received.seen() == [("insert", 1), ("update", 1), ("insert", 2)]


def test_what_is_rolled_back_is_not_sent(
    client: ChargeOver, received: Receiver, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("chargeover_sandbox.requests.dispatch.check_response", _break)
        with pytest.raises(Exception, match="500"):
            client.with_options(max_retries=0).customers.create(company="Acme")
    assert "ZeroDivisionError" in caplog.text
    client.customers.create(company="Other")
    received.wait_for(1)
    assert [event.customer.company for event in received.events()] == ["Other"]


def _break(*_: object) -> None:
    raise ZeroDivisionError


def test_what_a_test_sets_is_not_sent(client: ChargeOver, sending: LocalSandbox, received: Receiver) -> None:
    child = client.customers.create(company="C", parent_customer_id=client.customers.create(company="P"))
    sending.set_business_data(child, balance=5)
    sending.record_payment(customer_id=child, paid_by=1)
    client.customers.update(child, company="D")
    received.wait_for(3)
    assert received.seen() == [("insert", 1), ("insert", 2), ("update", 2)]
    assert received.events()[2].customer.balance == 5


@pytest.mark.parametrize("status", [0, 201, 202, 204, 301, 307, 400, 404, 410, 500, 503])
def test_anything_but_200_is_sent_again(
    sending: LocalSandbox, client: ChargeOver, received: Receiver, status: int
) -> None:
    received.statuses[:] = [status, status]
    client.customers.create(company="Acme")
    received.wait_for(3)
    wait_until(lambda: sending.webhooks.list()[0].waiting == 0)
    (webhook,) = sending.webhooks.list()
    assert (webhook.received, webhook.problem) == (1, None)
    assert received.bodies == [received.bodies[0]] * 3
    assert received.headers == [received.headers[0]] * 3


def test_it_is_given_up_in_the_end_and_the_reason_is_said_once(
    client: ChargeOver, received: Receiver, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(deliveries, "MOST_ATTEMPTS", 3)
    received.statuses[:] = [500] * 9
    for _ in range(3):
        client.customers.create(company="Acme")
    received.wait_for(9)
    client.customers.create(company="Acme")
    received.wait_for(10)
    assert sorted(received.seen()[:9]) == [("insert", number) for number in (1, 1, 1, 2, 2, 2, 3, 3, 3)]
    assert received.seen()[9] == ("insert", 4)
    assert caplog.text.count("given up after attempt 3: the response was 500, not 200") == 1


def test_a_stop_with_a_receiver_that_is_gone_is_quick_and_says_it_in_one_line(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with LocalSandbox(webhooks=["http://127.0.0.1:9/"]) as sandbox, connect(sandbox.url) as http:
        for _ in range(50):
            http.post(CUSTOMER, json={"company": "Acme"})
    (record,) = [record for record in caplog.records if record.name == "chargeover_sandbox"]
    assert "the sandbox has stopped: 50 webhooks to http://127.0.0.1:9/ were not received" in record.getMessage()


def test_the_waits_grow_up_to_a_minute() -> None:
    sender = deliveries.Deliveries(Targets([]), 1.0, lambda _: None)
    message = deliveries.Message(1, "http://127.0.0.1/", "insert", 1, {}, b"")
    waits: list[float | None] = []
    for message.attempts in range(1, deliveries.MOST_ATTEMPTS + 1):
        waits.append(sender._wait(message))
    assert waits == [1, 2, 4, 8, 16, 32, 60, None]


def test_a_receiver_that_hangs_holds_up_neither_requests_nor_other_receivers(
    sending: LocalSandbox, client: ChargeOver, received: Receiver
) -> None:
    with receiver() as hanging:
        sending.webhooks.add(hanging.url)
        hanging.release.clear()
        for _ in range(5):
            client.customers.create(company="Acme")
        received.wait_for(5)
        assert len(hanging.bodies) == 1
        assert [webhook.waiting for webhook in sending.webhooks.list()][1] == 5
        hanging.release.set()
        hanging.wait_for(5)
        assert hanging.seen() == received.seen()


def test_a_receiver_that_does_not_respond_in_time_gets_it_again(
    received: Receiver, sending: LocalSandbox, client: ChargeOver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deliveries, "PATIENCE", 0.05)
    received.release.clear()
    client.customers.create(company="Acme")
    wait_until(lambda: (sending.webhooks.list()[0].problem or "").startswith("no response within"))
    received.release.set()
    wait_until(lambda: sending.webhooks.list()[0].received == 1)
    assert set(received.seen()) == {("insert", 1)}


def test_what_waits_for_a_receiver_is_limited(
    received: Receiver,
    sending: LocalSandbox,
    client: ChargeOver,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(deliveries, "MOST_WAITING", 3)
    received.release.clear()
    client.customers.create(company="Acme")
    received.wait_for(1)
    for _ in range(6):
        client.customers.update(1, company="Acme")
    received.release.set()
    wait_until(lambda: sending.webhooks.list()[0].waiting == 0)
    assert received.seen() == [("insert", 1)] + [("update", 1)] * 3
    assert caplog.text.count("receives too slowly") == 1


def test_nothing_is_sent_after_a_reset_that_was_to_be_sent_before(received: Receiver) -> None:
    with (
        LocalSandbox(webhooks=[received.url], webhook_wait=WAIT) as sandbox,
        ChargeOver(base_url=sandbox.url, username="sandbox", password="sandbox") as client,
    ):
        client.webhooks.subscribe(received.url, "update")
        received.statuses[:] = [500] * 20
        for _ in range(3):
            client.customers.create(company="Before")
        received.wait_for(3)
        sandbox.reset()
        received.statuses.clear()
        client.customers.create(company="After")
        client.customers.update(1, company="Later")
        wait_until(lambda: sandbox.webhooks.list()[0].received == 2)
        events = [(event.event, event.customer.company) for event in received.events()]
        # The webhook of the start stays, the subscription is gone. Nothing old comes after the first that is new.
        assert events[-2:] == [("insert", "After"), ("update", "Later")]
        assert [webhook.id for webhook in sandbox.webhooks.list()] == [None]


def test_a_stop_lets_a_webhook_finish_and_waits_for_no_receiver_for_long(
    received: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deliveries, "_GRACE", 0.05)
    with receiver() as hanging, LocalSandbox(webhooks=[hanging.url]) as sandbox, connect(sandbox.url) as http:
        hanging.release.clear()
        http.post(CUSTOMER, json={"company": "Acme"})
        hanging.wait_for(1)
        thread = sandbox._thread
        sandbox._server.should_exit = True
        thread.join(5)  # the receiver hangs longer
        assert not thread.is_alive()
    monkeypatch.setattr(deliveries, "_GRACE", 5)
    with LocalSandbox(webhooks=[received.url]) as sandbox, connect(sandbox.url) as http:
        for _ in range(5):
            http.post(CUSTOMER, json={"company": "Acme"})
    assert received.seen() == [("insert", number) for number in range(1, 6)]


def test_each_attempt_is_in_the_journal(sending: LocalSandbox, client: ChargeOver, received: Receiver) -> None:
    received.statuses[:] = [503, 0]
    client.customers.create(company="Acme")
    sending.journal.wait_for(operation="receive_customer_event", times=3)
    exchanges = sending.journal.filter(operation="receive_customer_event")
    assert [(one.method, one.path, one.customer_id, one.status) for one in exchanges] == [
        ("POST", "/hook", 1, 503), ("POST", "/hook", 1, None), ("POST", "/hook", 1, 200)
    ]  # fmt: skip
    assert exchanges[0].problem == "the response was 503, not 200"
    assert exchanges[1].problem
    assert exchanges[2].problem is None
    for one in exchanges:
        assert one.headers["host"] in received.url
        assert one.headers["x-chargeover-key"] == "***"
        assert one.json == {**json.loads(received.bodies[0]), "security_token": "***"}
        assert b"sandbox" not in one.body
    assert [one.operation for one in sending.journal] == ["create_customer"] + ["receive_customer_event"] * 3
    sent = [entry for entry in sending.journal.har()["log"]["entries"] if entry["_operation"] != "create_customer"]
    assert [entry["request"]["url"] for entry in sent] == [received.url] * 3
    sending.journal.clear()
    assert list(sending.journal) == []


def test_deliveries_leave_the_log_of_the_program_alone(
    client: ChargeOver, received: Receiver, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    client.customers.create(company="Acme")
    received.wait_for(1)
    assert received.url not in caplog.text


def test_no_proxy_is_used(client: ChargeOver, received: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    client.customers.create(company="Acme")
    received.wait_for(1)


def test_a_loopback_name_that_leads_elsewhere_gets_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def resolved(host: str, port: int, *_: object, **__: object) -> list[object]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("192.0.2.7", port))]

    async def send() -> object:
        sender = deliveries.Deliveries(Targets([]), WAIT, lambda _: None)
        outcome = await sender._send(deliveries.Message(1, "http://hooks.localhost:9/", "insert", 1, {}, b""))
        await sender.finish()
        return outcome

    monkeypatch.setattr(socket, "getaddrinfo", resolved)
    assert asyncio.run(send()) == (None, "OSError: hooks.localhost is 192.0.2.7, not a loopback address")
