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
from chargeover_sandbox.contract.document import Contract, document, load_contract
from chargeover_sandbox.contract.responses import ContractBreach, Response, success
from chargeover_sandbox.customers.operations import CustomerOperations
from chargeover_sandbox.customers.store import SCHEMA, SCHEMA_VERSION, Store
from chargeover_sandbox.customers.times import AccountTime
from chargeover_sandbox.storage.database import Database
from tests.support.http import CUSTOMER, connect
from tests.support.processes import WITH_DEFAULT_SIGNALS

LOCATION = {"Location": "/x"}


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch, reply: Response | Exception) -> Generator[httpx2.Client]:
    """A sandbox that stores a new customer rightly and then answers something else, or fails."""
    real = CustomerOperations.create_customer

    def wrong(self: CustomerOperations, request: object) -> Response:
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
        (success(201, {"id": 1}), "lacks the header location"),
        (success(201, {"id": 1}, {"Location": ""}), "wrong header, location: "),
        (success(200, {"id": 1}, LOCATION), "the 200 response of create_customer is not in openapi.yaml"),
        (Response(201, {"response": {"id": 1}}, LOCATION), "code: it is required"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_an_answer_that_breaks_the_contract_is_not_sent_and_nothing_is_kept(
    broken: httpx2.Client, caplog: pytest.LogCaptureFixture, words: str
) -> None:
    answer = broken.post(CUSTOMER, json={"company": "Acme"})
    assert (answer.status_code, answer.json()["status"]) == (500, "Error")
    assert broken.get(f"{CUSTOMER}/1").status_code == 404
    (record,) = [one for one in caplog.records if one.name == "chargeover_sandbox"]
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
    database, store = database_and_store(None)
    with pytest.raises(sqlite3.IntegrityError):
        insert_an_orphan(database, store)
    with database.transaction():
        assert store.insert({"company": "Acme"}) == 1
    database.close()


def test_a_rollback_that_has_happened_already_does_not_hide_the_failure() -> None:
    database, _ = database_and_store(None)
    with pytest.raises(ZeroDivisionError):
        fail_after_a_rollback(database)
    database.close()


def database_and_store(file: Path | None) -> tuple[Database, Store]:
    database = Database(file, SCHEMA, SCHEMA_VERSION)
    shown = load_contract().fields("Customer")
    stored = {"company": "string"}
    return database, Store(
        database, stored, {name: shown[name] for name in ("customer_id", "company")}, AccountTime("UTC", "iso")
    )


def insert_an_orphan(database: Database, store: Store) -> None:
    """COMMIT checks the foreign key, and so it fails."""
    with database.transaction():
        database.connection.execute("PRAGMA defer_foreign_keys = ON")
        store.insert({"parent_customer_id": 999})


def fail_after_a_rollback(database: Database) -> None:
    with database.transaction():
        database.connection.execute("ROLLBACK")
        _ = 1 / 0


def test_a_reader_does_not_wait_for_the_writer_of_another_process(tmp_path: Path) -> None:
    file = tmp_path / "state.sqlite3"
    (database, store), (other_database, other) = database_and_store(file), database_and_store(file)
    with database.transaction():
        store.insert({"company": "Acme"})
        with other_database.transaction(write=False):
            assert other.count("1", ()) == 0
    database.close()
    other_database.close()


def test_a_lock_that_is_not_released_is_said_in_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("chargeover_sandbox.storage.database._LOCK_TIMEOUT", 0)
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
            connection.sendall(b"PUT /api/v3/customer/1 HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n")
            connection.sendall(b"Authorization: Basic c2FuZGJveDpzYW5kYm94\r\nContent-Type: application/json\r\n\r\n{")
            sandbox.process.send_signal(number)
            try:
                code = sandbox.process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                pytest.fail("it did not end")
        assert "Traceback" not in sandbox.log()
    assert code == {signal.SIGINT: 0, signal.SIGTERM: -signal.SIGTERM}[number]


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
            "required request bodies only",
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
