"""Writes that come in one turn of the event loop share a commit: each of them is kept or undone alone."""

import asyncio
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from chargeover_sandbox.contract.handlers import CheckedRequest
from chargeover_sandbox.contract.responses import Response
from chargeover_sandbox.requests.app import SandboxApp
from chargeover_sandbox.serving.opening import open_app
from tests.support.http import CUSTOMER

NUMBER = 8


@pytest.fixture
def app(tmp_path: Path) -> SandboxApp:
    return open_app(tmp_path / "state.sqlite3", "sandbox", "sandbox")


@pytest.fixture
async def http(app: SandboxApp) -> AsyncGenerator[httpx2.AsyncClient]:
    transport = httpx2.ASGITransport(app)
    async with httpx2.AsyncClient(transport=transport, base_url="http://127.0.0.1", auth=("sandbox", "sandbox")) as one:
        for _ in range(NUMBER):
            assert (await one.post(CUSTOMER, json={"company": "Acme"})).status_code == 201
        yield one
    app.close()


def commits(app: SandboxApp) -> list[str]:
    """The statements that begin and end transactions, from now on."""
    found: list[str] = []
    words = ("BEGIN", "COMMIT")
    app.database.connection.set_trace_callback(lambda text: found.append(text) if text.startswith(words) else None)
    return found


async def updates(http: httpx2.AsyncClient) -> list[int]:
    """Update all customers at once, and return the statuses."""
    requests = [http.put(f"{CUSTOMER}/{one}", json={"company": f"New {one}"}) for one in range(1, NUMBER + 1)]
    return [response.status_code for response in await asyncio.gather(*requests)]


async def companies(http: httpx2.AsyncClient) -> list[str]:
    rows: list[dict[str, Any]] = (await http.get(CUSTOMER)).json()["response"]
    return [row["company"] for row in rows]


async def test_updates_of_one_turn_are_one_transaction(app: SandboxApp, http: httpx2.AsyncClient) -> None:
    found = commits(app)
    assert await updates(http) == [202] * NUMBER
    assert found == ["BEGIN IMMEDIATE", "COMMIT"]
    assert await companies(http) == [f"New {one}" for one in range(1, NUMBER + 1)]


async def test_a_single_update_is_committed_before_its_response(app: SandboxApp, http: httpx2.AsyncClient) -> None:
    found = commits(app)
    assert (await http.put(f"{CUSTOMER}/1", json={"company": "New"})).status_code == 202
    assert found == ["BEGIN IMMEDIATE", "COMMIT"]


async def test_one_that_fails_after_it_wrote_undoes_only_itself(
    app: SandboxApp, http: httpx2.AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    real, done = app.dispatcher.handlers["update_customer"], list[str]()

    def update(request: CheckedRequest) -> Response:
        response = real(request)
        name = f"of {request.parameters['customer_id']}"
        app.database.after_commit(lambda: done.append(name))
        if request.parameters["customer_id"] == 3:
            raise RuntimeError("it fails")
        return response

    app.dispatcher.handlers["update_customer"] = update
    found = commits(app)
    assert await updates(http) == [202, 202, 500, 202, 202, 202, 202, 202]
    assert found == ["BEGIN IMMEDIATE", "COMMIT"]
    assert await companies(http) == ["Acme" if one == 3 else f"New {one}" for one in range(1, NUMBER + 1)]
    assert done == [f"of {one}" for one in range(1, NUMBER + 1) if one != 3]
    assert "it fails" in caplog.text
    caplog.clear()


async def test_a_read_of_the_same_turn_sees_only_what_is_committed(app: SandboxApp, http: httpx2.AsyncClient) -> None:
    found = commits(app)
    updated, read = await asyncio.gather(http.put(f"{CUSTOMER}/1", json={"company": "New"}), http.get(f"{CUSTOMER}/1"))
    assert (updated.status_code, read.json()["response"]["company"]) == (202, "New")
    assert found == ["BEGIN IMMEDIATE", "COMMIT", "BEGIN", "COMMIT"]


async def test_a_commit_that_fails_fails_them_all_and_keeps_nothing(
    app: SandboxApp, http: httpx2.AsyncClient, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file = tmp_path / "state.sqlite3"
    file.rename(tmp_path / "elsewhere.sqlite3")
    assert await updates(http) == [500] * NUMBER
    assert "was deleted, moved or replaced" in caplog.text
    caplog.clear()
    (tmp_path / "elsewhere.sqlite3").rename(file)
    assert await companies(http) == ["Acme"] * NUMBER
    assert await updates(http) == [202] * NUMBER


async def test_a_failure_of_the_whole_database_fails_those_before_it_too(
    app: SandboxApp, http: httpx2.AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    """SQLite itself rolls the transaction back, as it does when the disk is full."""
    real = app.dispatcher.handlers["update_customer"]

    def update(request: CheckedRequest) -> Response:
        response = real(request)
        if request.parameters["customer_id"] == NUMBER:
            app.database.connection.execute("ROLLBACK")
            raise RuntimeError("the disk is full")
        return response

    app.dispatcher.handlers["update_customer"] = update
    assert await updates(http) == [500] * NUMBER
    assert await companies(http) == ["Acme"] * NUMBER
    assert "the disk is full" in caplog.text
    caplog.clear()


async def test_stopping_does_not_undo_what_is_complete(app: SandboxApp, http: httpx2.AsyncClient) -> None:
    update = asyncio.ensure_future(http.put(f"{CUSTOMER}/1", json={"company": "New"}))
    while not app.database.connection.in_transaction:  # noqa: ASYNC110  a turn of the loop is what is waited for
        await asyncio.sleep(0)
    update.cancel()
    assert (await update).status_code == 202
    assert (await companies(http))[0] == "New"


async def test_closing_keeps_what_is_complete(app: SandboxApp, http: httpx2.AsyncClient, tmp_path: Path) -> None:
    """As when the account is removed by another request of the same turn."""
    update = asyncio.ensure_future(http.put(f"{CUSTOMER}/1", json={"company": "New"}))
    while not app.database.connection.in_transaction:  # noqa: ASYNC110  a turn of the loop is what is waited for
        await asyncio.sleep(0)
    app.close()
    assert (await update).status_code == 202
    reopened = open_app(tmp_path / "state.sqlite3", "sandbox", "sandbox")
    row = reopened.database.connection.execute("SELECT company FROM customer WHERE customer_id = 1").fetchone()
    reopened.close()
    assert row == ("New",)
