"""The sandbox when it is itself at fault: nothing wrong is sent, nothing half done is kept."""

import signal
import socket
import sqlite3
import subprocess
from collections.abc import Generator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from chargeover_contract.sandbox import sandbox_process
from chargeover_sandbox import LocalSandbox
from chargeover_sandbox.answers import Reply, success
from chargeover_sandbox.breaches import ContractBreach
from chargeover_sandbox.contract import Contract, load_contract
from chargeover_sandbox.customers import CustomerOperations
from chargeover_sandbox.store import Store
from tests.support.http import CUSTOMER, connect
from tests.support.processes import WITH_DEFAULT_SIGNALS

LOCATION = {"Location": "/x"}


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch, reply: Reply | Exception) -> Generator[httpx2.Client]:
    """A sandbox that stores a new customer rightly and then answers something else, or fails."""
    real = CustomerOperations.create_customer

    def wrong(self: CustomerOperations, request: object) -> Reply:
        real(self, request)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
        if isinstance(reply, Exception):
            raise reply
        return reply

    monkeypatch.setattr(CustomerOperations, "create_customer", wrong)
    with LocalSandbox() as sandbox, connect(sandbox.url) as http:
        yield http


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (success(201, {"id": "seven"}, LOCATION), 'response.id: "seven" is not of type "integer"'),
        (success(201, {"id": 1}), "without location"),
        (success(201, {"id": 1}, {"Location": ""}), "with location"),
        (success(200, {"id": 1}, LOCATION), "answers 200, which openapi.yaml does not have"),
        (Reply(201, {"response": {"id": 1}}, LOCATION), "code: it is required"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_an_answer_that_breaks_the_contract_is_not_sent_and_nothing_is_kept(
    broken: httpx2.Client, caplog: pytest.LogCaptureFixture, words: str
) -> None:
    answer = broken.post(CUSTOMER, json={"company": "Acme"})
    assert (answer.status_code, answer.json()["status"]) == (500, "Error")
    assert broken.get(f"{CUSTOMER}/1").status_code == 404
    (record,) = caplog.records
    assert record.exc_info is not None
    assert record.exc_info[0] is ContractBreach
    assert words in str(record.exc_info[1])


@pytest.mark.parametrize("reply", [ZeroDivisionError("secret detail")])
def test_a_fault_is_an_envelope_without_a_stack_trace(broken: httpx2.Client, caplog: pytest.LogCaptureFixture) -> None:
    answer = broken.post(CUSTOMER, json={"company": "Acme"})
    assert answer.json()["message"] == "Internal server error of the sandbox; see its log."
    assert "secret detail" not in answer.text
    assert "secret detail" in caplog.text
    assert broken.get(f"{CUSTOMER}/1").status_code == 404


def test_a_commit_that_fails_leaves_the_store_usable() -> None:
    store = store_of(None)
    with pytest.raises(sqlite3.IntegrityError):
        insert_an_orphan(store)
    with store.transaction():
        assert store.insert({"company": "Acme"}) == 1
    store.close()


def test_a_rollback_that_has_happened_already_does_not_hide_the_failure() -> None:
    store = store_of(None)
    with pytest.raises(ZeroDivisionError):
        fail_after_a_rollback(store)
    store.close()


def store_of(database: Path | None) -> Store:
    return Store(database, {"company": "string"}, {"customer_id": "integer", "company": "string"})


def insert_an_orphan(store: Store) -> None:
    """The foreign key is checked by COMMIT, which so fails."""
    with store.transaction():
        store._db.execute("PRAGMA defer_foreign_keys = ON")
        store.insert({"parent_customer_id": 999})


def fail_after_a_rollback(store: Store) -> None:
    with store.transaction():
        store._db.execute("ROLLBACK")
        _ = 1 / 0


def test_a_reader_does_not_wait_for_the_writer_of_another_process(tmp_path: Path) -> None:
    file = tmp_path / "state.sqlite3"
    store, other = store_of(file), store_of(file)
    with store.transaction():
        store.insert({"company": "Acme"})
        with other.transaction(write=False):
            assert other.count("1", ()) == 0
    store.close()
    other.close()


def test_a_lock_that_is_not_released_is_said_in_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("chargeover_sandbox.store._PATIENCE", 0)
    file = tmp_path / "state.sqlite3"
    with LocalSandbox(file) as sandbox:
        holder = sqlite3.connect(file, isolation_level=None)
        holder.execute("BEGIN IMMEDIATE")
        with connect(sandbox.url) as http:
            answer = http.post(CUSTOMER, json={"company": "Acme"})
        holder.close()
    assert answer.status_code == 500
    assert "another process has held its lock" in answer.json()["message"]
    assert "Traceback" not in caplog.text


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_soon_even_while_a_request_is_under_way(number: signal.Signals) -> None:
    with sandbox_process(prefix=WITH_DEFAULT_SIGNALS) as sandbox:
        host, _, port = sandbox.url.removeprefix("http://").partition(":")
        with socket.create_connection((host, int(port))) as connection:
            connection.sendall(b"PUT /api/v3/customer/1 HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n")
            connection.sendall(b"Authorization: Basic c2FuZGJveDpzYW5kYm94\r\nContent-Type: application/json\r\n\r\n{")
            sandbox.process.send_signal(number)
            try:
                code = sandbox.process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                pytest.fail("it did not end")
        assert "Traceback" not in sandbox.log()
    assert code == {signal.SIGINT: 0, signal.SIGTERM: -signal.SIGTERM}[number]


def document() -> dict[str, Any]:
    return load_contract()._document


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (
            {
                "security": [{"basicAuth": []}],
                "components": {"securitySchemes": {"basicAuth": {"type": "http", "scheme": "bearer"}}},
            },
            "Basic authentication only",
        ),
        (
            {
                "paths": {
                    "/x": {"get": {"operationId": "x", "parameters": [{"name": "q", "in": "header"}], "responses": {}}}
                }
            },
            "optional query parameters only",
        ),
        (
            {"paths": {"/x": {"put": {"operationId": "x", "requestBody": {"content": {}}, "responses": {}}}}},
            "required bodies only",
        ),
    ],
    ids=["security", "header", "optional body"],
)
def test_a_document_that_it_cannot_keep_stops_it_at_start(change: dict[str, Any], words: str) -> None:
    whole = document()
    components = {**whole["components"], **change.get("components", {})}
    with pytest.raises(ValueError, match=words):
        Contract({**whole, **change, "components": components})


def test_authentication_is_decided_by_the_document() -> None:
    open_document = {**document(), "security": []}
    for contract, expected in ((Contract(open_document), False), (load_contract(), True)):
        assert {operation.needs_credentials for operation in contract.operations()} == {expected}
