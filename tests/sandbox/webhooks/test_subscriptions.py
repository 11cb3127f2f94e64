"""Who gets webhooks: subscriptions of programs, of tests and of the command line, and where they may lead."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx2
import pytest

from chargeover import AsyncChargeOver, BadRequestError, ChargeOver, InvalidFieldError, InvalidResponseError
from chargeover_contract.sandbox import sandbox_process
from chargeover_sandbox import LocalSandbox, RemoteSandbox
from chargeover_sandbox.serving.command import run
from chargeover_sandbox.webhooks import subscriptions
from tests.support.http import CUSTOMER, connect, create, refused
from tests.support.receivers import receiver, wait_until
from tests.support.scripted import Script, perform, yes

RESTHOOK = "/api/v3/_resthook"
PUBLIC = "https://shop.example.com/chargeover"
HERE = "http://127.0.0.1:9/hook"


@pytest.mark.parametrize("event", ["insert", "update", "delete", "customer.update"])
def test_a_program_subscribes_to_one_event(client: ChargeOver, sandbox: LocalSandbox, event: str) -> None:
    with receiver() as received:
        assert client.webhooks.subscribe(received.url, event) == 1
        assert client.webhooks.subscribe(received.url, event.removeprefix("customer.")) == 1
        customer_id = client.customers.create(company="Acme")
        client.customers.update(customer_id, company="New")
        client.customers.delete(customer_id)
        received.wait_for(1)
        assert sandbox.webhooks.list()[0].waiting == 0
        assert received.seen() == [(event.removeprefix("customer."), customer_id)]


async def test_so_does_an_async_one(async_client: AsyncChargeOver, sandbox: LocalSandbox) -> None:
    assert await async_client.webhooks.subscribe(HERE, "insert") == 1
    assert await async_client.webhooks.subscribe(HERE, "delete") == 2
    assert [one.events for one in sandbox.webhooks.list()] == [("insert",), ("delete",)]


@pytest.mark.parametrize(("url", "event"), [("", "insert"), (HERE, ""), (None, "insert"), (HERE, 5)])
def test_the_client_refuses_what_cannot_be_right(client: ChargeOver, url: Any, event: Any) -> None:
    with pytest.raises(InvalidFieldError, match="must be a string that is not empty"):
        client.webhooks.subscribe(url, event)


def test_the_client_does_not_subscribe_twice_and_wants_an_id() -> None:
    script = Script([yes({"id": "7"}, 201)])
    assert perform("sync", script, lambda client: client.webhooks.subscribe(PUBLIC, "insert")) == 7
    script = Script([httpx2.ReadError])
    with pytest.raises(Exception, match="may have been carried out"):
        perform("sync", script, lambda client: client.webhooks.subscribe(PUBLIC, "insert"))
    with pytest.raises(InvalidResponseError, match="no ID of a subscription"):
        perform("sync", Script([yes({}, 201)]), lambda client: client.webhooks.subscribe(PUBLIC, "insert"))


@pytest.mark.usefixtures("sandbox")
def test_what_the_service_takes_is_taken_and_nothing_is_sent_there(
    http: httpx2.Client, sandbox: LocalSandbox, caplog: pytest.LogCaptureFixture
) -> None:
    for url in (PUBLIC, "https://shop.example.com:443/", "HTTPS://Shop.Example.com:80?x=1"):
        response = http.post(RESTHOOK, json={"target_url": url, "event": "insert"})
        assert response.status_code == 201
        assert "sends webhooks to loopback hosts, and so none to shop.example.com" in response.json()["message"]
    assert caplog.text.count("A subscription was taken, but the sandbox sends webhooks to loopback hosts") == 3
    create(http)
    assert [(one.is_sent, one.received, one.waiting) for one in sandbox.webhooks.list()] == [(False, 0, 0)] * 3


@pytest.mark.parametrize(
    "url",
    [
        "http://shop.example.com/x",
        "https://shop.example.com:8443/x",
        "https://192.0.2.7/x",
        "https://2130706433/x",
        "https://127.1.example.com.7/",
        "https://[2001:db8::1]/x",
        "https://shop/x",
        "http://0.0.0.0:9000/",
        "http://169.254.169.254/latest",
        "http://localhost.example.com/",
        "http://127.0.0.1@shop.example.com/",
        "http://user:password@127.0.0.1/",
        "http://127.0.0.1\\@shop.example.com/",
        "http://127.0.0.1:0/",
        "http://127.0.0.1:99999/",
        "http://127.0.0.1/a b",
        "http://127.0.0.1/\n",
        "http://127.0.0.1#x",
        "ftp://127.0.0.1/",
        "file:///etc/passwd",
        "127.0.0.1:9000",
        "http:///x",
        "http://127.0.0.1/ü",
        "http://127.0.0.1/" + "a" * 2000,
    ],
)
def test_an_address_that_is_not_right_is_refused_with_what_would_be(
    http: httpx2.Client, sandbox: LocalSandbox, url: str
) -> None:
    message = refused(http.post(RESTHOOK, json={"target_url": url, "event": "insert"}), 400)
    assert "[target_url: an address such as http://" in message or "[target_url: https, port 80 or 443" in message
    with pytest.raises(ValueError, match=r"The webhook cannot be added: (an address such|the sandbox sends)"):
        sandbox.webhooks.add(url)
    with pytest.raises(ValueError, match=r"^(an address such|the sandbox sends)"):
        LocalSandbox(webhooks=[url])
    assert sandbox.webhooks.list() == []


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:9000",
        "https://127.9.9.9/x?y=1",
        "http://localhost:1/",
        "http://LOCALHOST./",
        "http://shop.localhost/",
        "http://[::1]:9000/",
    ],
)
def test_these_addresses_are_this_machine(sandbox: LocalSandbox, url: str) -> None:
    assert sandbox.webhooks.add(url).is_sent


def test_another_host_can_be_allowed() -> None:
    with receiver() as received:
        # 0.0.0.0 leads to this machine, and is not a loopback address.
        url = received.url.replace("127.0.0.1", "0.0.0.0")
        with (
            LocalSandbox(webhooks=[url], allow_webhook_hosts=["0.0.0.0", "shop"]) as sandbox,
            connect(sandbox.url) as http,
        ):
            assert sandbox.webhooks.add("http://SHOP:9000/").is_sent
            create(http)
            received.wait_for(1)


@pytest.mark.parametrize("event", ["upsert", "customer", "invoice.insert", "customer.", "INSERT", " insert"])
def test_an_unknown_event_is_refused_with_those_there_are(http: httpx2.Client, event: str) -> None:
    message = refused(http.post(RESTHOOK, json={"target_url": HERE, "event": event}), 400)
    assert "[event: the sandbox knows insert, update, delete, also as customer.insert, not" in message


@pytest.mark.parametrize("body", [{}, {"target_url": HERE}, {"target_url": HERE, "event": "insert", "x": 1}, []])
def test_the_document_decides_on_the_body(http: httpx2.Client, body: Any) -> None:
    assert http.post(RESTHOOK, json=body).status_code == 400


def test_tests_add_list_and_remove_webhooks(sandbox: LocalSandbox, http: httpx2.Client) -> None:
    remote = RemoteSandbox(sandbox.url)
    with receiver() as received:
        mine = remote.webhooks.add(received.url, events=["delete", "insert"], secret="mine")
        assert (mine.id, mine.url, mine.events, mine.is_sent) == (1, received.url, ("insert", "delete"), True)
        assert (mine.received, mine.waiting, mine.problem) == (0, 0, None)
        assert sandbox.webhooks.add(received.url, events=["insert", "delete"], secret="mine").id == 1
        create(http)
        wait_until(lambda: sandbox.webhooks.list()[0].received == 1)
        assert received.events(secret="mine")[0].event == "insert"
        remote.webhooks.remove(mine)
        create(http)
        assert remote.webhooks.list() == []
        with pytest.raises(ValueError, match="There is no webhook 1"):
            remote.webhooks.remove(1)
    assert len(received.bodies) == 1


def test_a_removed_webhook_is_not_tried_again(http: httpx2.Client, sandbox: LocalSandbox) -> None:
    with receiver([500] * 9) as received:
        received.release.clear()
        webhook = sandbox.webhooks.add(received.url)
        create(http)
        create(http)
        received.wait_for(1)
        sandbox.webhooks.remove(webhook)
        received.release.set()
        sandbox.webhooks.add(received.url, events=["delete"])
        http.delete(f"{CUSTOMER}/1")
        wait_until(lambda: received.seen()[-1] == ("delete", 1))
        assert received.seen() == [("insert", 1), ("delete", 1)]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"url": HERE, "events": []}, "events"),
        ({"url": HERE, "events": ["merge"]}, "events"),
        ({"url": HERE, "secret": ""}, "secret"),
        ({"url": HERE, "secret": "päss"}, "printable ASCII"),
        ({"url": HERE, "secret": "a\r\nX: y"}, "printable ASCII"),
        ({"events": ["insert"]}, "url: it is required"),
        ({"url": HERE, "urls": []}, "there is no such field"),
    ],
)
def test_the_control_refuses_what_is_not_right(http: httpx2.Client, body: dict[str, Any], words: str) -> None:
    message = refused(http.post("/_sandbox/webhooks", json=body), 400)
    assert words in message
    assert "päss" not in message


def test_there_is_a_most(sandbox: LocalSandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subscriptions, "MOST", 2)
    for port in (1, 2):
        sandbox.webhooks.add(f"http://127.0.0.1:{port}/")
    sandbox.webhooks.add("http://127.0.0.1:1/")  # it is there
    with pytest.raises(ValueError, match="at most 2 webhooks"):
        sandbox.webhooks.add("http://127.0.0.1:3/")


def test_accounts_have_webhooks_of_their_own() -> None:
    with receiver() as received, receiver() as theirs:
        with LocalSandbox(webhooks=[received.url]) as sandbox, connect(sandbox.url) as http:
            other = sandbox.accounts.add("other", "secret")
            other.webhooks.add(theirs.url, events=["insert"])
            with connect(other.url, "other", "secret") as their_http:
                create(their_http, company="Theirs")
            create(http, company="Ours")
            received.wait_for(1)
            theirs.wait_for(1)
            sandbox.accounts.remove("other")
        assert [event.customer.company for event in received.events()] == ["Ours"]
        assert [event.customer.company for event in theirs.events()] == ["Theirs"]


def test_subscriptions_survive_a_restart_and_an_older_file_gets_their_table(tmp_path: Path) -> None:
    file = tmp_path / "state.sqlite3"
    with receiver() as received:
        with LocalSandbox(file, webhooks=[HERE]):
            pass
        with closing(sqlite3.connect(file)) as older, older:
            older.execute("DROP TABLE webhook")
        older.close()
        with LocalSandbox(file) as sandbox:
            sandbox.webhooks.add(received.url, events=["insert"], secret="kept")
        with LocalSandbox(file) as sandbox, LocalSandbox(file) as second, connect(second.url) as http:
            assert [(one.id, one.url) for one in sandbox.webhooks.list()] == [(1, received.url)]
            create(http)
            received.wait_for(1)
            assert received.events(secret="kept")[0].event == "insert"
            assert [one.received for one in (*sandbox.webhooks.list(), *second.webhooks.list())] == [0, 1]


def test_the_command_sends_too_and_is_off_by_default() -> None:
    with receiver() as received:
        options = ("--webhook", received.url, "--webhook-secret", "s3cret", "--webhook-wait", "0.01")
        with sandbox_process(*options) as sandbox, connect(sandbox.url) as http:
            create(http)
            received.wait_for(1)
            assert received.events(secret="s3cret")[0].customer_id == 1
            assert "s3cret" not in sandbox.line + sandbox.log()


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--webhook", "http://shop.example.com/"), "--allow-webhook-host names another host"),
        (("--webhook", "x"), "an address such as http://127.0.0.1:9000/hook is needed"),
        (("--webhook-secret", "pä"), "printable ASCII"),
        (("--webhook-wait", "0"), "a number of seconds above 0"),
        (("--webhook-wait", "nan"), "a number of seconds above 0"),
    ],
)
def test_the_command_says_what_is_wrong(options: tuple[str, ...], words: str) -> None:
    with pytest.raises(SystemExit) as caught:
        run([*options, "--port", "0"])
    assert words in f"{caught.value.code}"
    assert "pä" not in f"{caught.value.code}"


def test_a_refusal_by_the_service_is_a_400(client: ChargeOver) -> None:
    with pytest.raises(BadRequestError, match="https, port 80 or 443 and a public name are needed"):
        client.webhooks.subscribe("http://shop.example.com", "insert")
