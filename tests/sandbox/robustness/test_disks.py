"""A disk that is full: a 500 that says so, nothing half done, and on with it once there is room."""

import sqlite3
from collections.abc import Generator
from contextlib import closing
from pathlib import Path

import httpx2
import pytest

from chargeover_contract.sandbox import sandbox_process
from chargeover_sandbox import LocalSandbox
from tests.support.http import BULK, CUSTOMER, bulk_responses, connect, count, create, part, refused

LARGE = {"company": "x" * 50_000}


@pytest.fixture(params=["memory", "file"])
def sandbox(request: pytest.FixtureRequest, tmp_path: Path) -> Generator[LocalSandbox]:
    with LocalSandbox(tmp_path / "state.sqlite3" if request.param == "file" else None) as sandbox:
        yield sandbox


def limit_pages(sandbox: LocalSandbox, most: int | None) -> None:
    """Let the database have so many pages more than it has; None lifts the limit."""
    connection = sandbox._app.first.app.database.connection
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    connection.execute(f"PRAGMA max_page_count = {pages + most if most is not None else 2**31 - 2}")


def test_a_full_database_refuses_writes_and_answers_reads(
    sandbox: LocalSandbox, caplog: pytest.LogCaptureFixture
) -> None:
    with connect(sandbox.url) as http:
        create(http)
        limit_pages(sandbox, 3)
        for method, path, body in (
            ("POST", CUSTOMER, LARGE),
            ("PUT", f"{CUSTOMER}/1", LARGE),
            (
                "POST",
                BULK,
                [part("PUT", f"{CUSTOMER}/1", payload={"company": "New"}), part("POST", CUSTOMER, payload=LARGE)],
            ),
        ):
            message = refused(http.request(method, path, json=body), 500)
            assert message.startswith("The sandbox cannot use its database: ")
            assert message.endswith("database or disk is full.")
        assert (count(http), http.get(f"{CUSTOMER}/1").json()["response"]["company"]) == (1, "Acme")
        limit_pages(sandbox, None)
        responses = bulk_responses(
            http, part("POST", CUSTOMER, payload=LARGE), part("PUT", f"{CUSTOMER}/1", payload=LARGE)
        )
        assert [one["code"] for one in responses] == [201, 202]
    assert "Traceback" not in caplog.text


def test_a_file_that_may_not_grow_refuses_writes_and_keeps_what_it_has(tmp_path: Path) -> None:
    file = tmp_path / "state.sqlite3"
    with sandbox_process("--database", str(file), prefix=("sh", "-c", 'ulimit -f 512; exec "$@"', "sh")) as sandbox:
        with connect(sandbox.url) as http:
            kept = fill(http)
            assert http.get(f"{CUSTOMER}/{kept}").status_code == 200
            assert count(http) == kept
            assert http.get("/_sandbox/health").status_code == 200
        assert "Traceback" not in sandbox.log()
    with LocalSandbox(file) as sandbox_again, connect(sandbox_again.url) as http:
        assert count(http) == kept
        assert create(http, **LARGE) == kept + 1
    with closing(sqlite3.connect(file)) as database, database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    database.close()


def fill(http: httpx2.Client) -> int:
    """Create customers until there is no room; the number of those that were created."""
    for number in range(1000):
        response = http.post(CUSTOMER, json=LARGE)
        if response.status_code != 201:
            assert "The sandbox cannot use its database: " in refused(response, 500)
            return number
    raise AssertionError("there was always room")
