"""What was acknowledged is kept: through a killed process, and through many writers at once."""

import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from chargeover import ChargeOver
from chargeover_contract.sandbox import sandbox_process
from chargeover_sandbox import LIMITS, LocalSandbox
from chargeover_sandbox.serving.opening import open_app
from chargeover_sandbox.storage.database import APPLICATION_ID
from tests.support.http import CUSTOMER, connect, count, create, refused
from tests.support.seed import ROWS


def client_of(url: str) -> ChargeOver:
    return ChargeOver(base_url=url, username="sandbox", password="sandbox")


def test_an_answered_update_survives_a_killed_process(tmp_path: Path) -> None:
    database = tmp_path / "state.sqlite3"
    with sandbox_process("--database", str(database)) as sandbox, client_of(sandbox.url) as client:
        customer_id = client.customers.create(company="Acme")
        for number in range(50):
            client.customers.update(customer_id, custom_1=str(number))
        sandbox.process.kill()
    with sandbox_process("--database", str(database)) as sandbox, client_of(sandbox.url) as client:
        assert client.customers.get(customer_id).custom_1 == "49"
        assert client.customers.create(company="Next") == customer_id + 1


def test_concurrent_updates_of_one_customer_lose_no_field(tmp_path: Path) -> None:
    """Two processes share one file, and sixteen threads write a field each through both."""
    database = str(tmp_path / "state.sqlite3")
    fields = {row.name: row.value for row in ROWS if row.json_type == "string" and row.name != "external_key"}
    with (
        sandbox_process("--database", database) as first,
        sandbox_process("--database", database) as second,
        client_of(first.url) as one,
        client_of(second.url) as other,
    ):
        customer_id = one.customers.create(company="Acme")
        with ThreadPoolExecutor(16) as pool:
            jobs = [
                pool.submit((one, other)[number % 2].customers.update, customer_id, **{name: value})  # type: ignore[arg-type]
                for number, (name, value) in enumerate(fields.items())
            ]
            assert [job.result() for job in jobs] == [customer_id] * len(fields)
        stored = other.customers.get(customer_id).raw
    assert {name: stored[name] for name in fields} == fields


def test_it_says_where_it_is_and_what_it_does_not_imitate() -> None:
    with sandbox_process("--username", "ann", "--password", "key") as sandbox:
        assert sandbox.line.endswith("username=ann password=key database=memory\n")
        with ChargeOver(base_url=sandbox.url, username="ann", password="key") as client:
            assert client.customers.create(company="Acme") == 1
        for limit in LIMITS:
            assert limit in sandbox.log()


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "chargeover_sandbox", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=30)


def test_a_port_in_use_is_one_clear_error() -> None:
    with sandbox_process() as sandbox:
        done = run("--port", sandbox.url.rpartition(":")[2])
    assert done.returncode == 1
    assert "cannot listen on 127.0.0.1 port" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("text", "not a database"),
        ("version", "another version"),
        ("other", "another program"),
        ("folder", "unable to open"),
    ],
)
def test_a_file_that_is_not_our_database_is_one_clear_error(tmp_path: Path, kind: str, words: str) -> None:
    file = tmp_path / "file"
    if kind == "text":
        file.write_text("hello, this is no database\n" * 100)
    elif kind == "version":
        with closing(sqlite3.connect(file)) as db, db:
            db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            db.execute("PRAGMA user_version = 99")
        db.close()
    elif kind == "other":
        with closing(sqlite3.connect(file)) as db, db:
            db.execute("CREATE TABLE mine (a)")
        db.close()
    else:
        file = tmp_path / "missing" / "file"
    done = run("--port", "0", "--database", str(file))
    assert done.returncode == 1
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_a_user_name_with_a_colon_is_one_clear_error() -> None:
    done = run("--port", "0", "--username", "a:b")
    assert (done.returncode, done.stdout) == (1, "")
    assert "must not contain a colon" in done.stderr


def test_many_that_open_a_new_file_at_once_wait_for_each_other(tmp_path: Path) -> None:
    for attempt in range(3):
        file, together = tmp_path / f"{attempt}.sqlite3", threading.Barrier(10)

        def opened(file: Path = file, together: threading.Barrier = together) -> None:
            together.wait(10)
            open_app(file, "sandbox", "sandbox").close()

        with ThreadPoolExecutor(10) as pool:
            for job in [pool.submit(opened) for _ in range(10)]:
                job.result()


@pytest.mark.skipif(not hasattr(os, "seteuid"), reason="a file is read-only in another way")
def test_a_file_that_can_only_be_read_stops_it_at_start() -> None:
    code = """
import os, pathlib, sys
from chargeover_sandbox.customers.store import SCHEMA, SCHEMA_VERSION
from chargeover_sandbox.storage.database import Database
if os.geteuid() == 0: os.seteuid(65534)  # root writes to any file
Database(pathlib.Path(sys.argv[1]), SCHEMA, SCHEMA_VERSION)
"""
    with tempfile.TemporaryDirectory() as folder:  # in one that another user can read
        file = Path(folder, "state.sqlite3")
        open_app(file, "sandbox", "sandbox").close()
        Path(folder).chmod(0o777)
        for mode, words in ((0o444, "readonly database"), (0o000, "unable to open")):
            file.chmod(mode)
            command = [sys.executable, "-c", code, str(file)]
            done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=30)
            assert done.returncode == 1
            assert re.search(rf"StoreError: .*state\.sqlite3: .*{words}", done.stderr), done.stderr


@pytest.mark.parametrize("how", ["folder", "file", "log", "replaced", "moved"])
def test_nothing_is_acknowledged_when_the_file_has_gone(tmp_path: Path, how: str) -> None:
    folder = tmp_path / "state"
    folder.mkdir()
    file = folder / "state.sqlite3"
    with LocalSandbox(file) as sandbox, connect(sandbox.url) as http:
        create(http)
        assert http.get("/_sandbox/health").status_code == 200
        if how == "folder":
            shutil.rmtree(folder)
        elif how == "moved":
            folder.rename(tmp_path / "elsewhere")
        else:
            (folder / "state.sqlite3-wal" if how == "log" else file).unlink()
            if how == "replaced":
                shutil.copy(sys.executable, file)
        for method, path in (("POST", CUSTOMER), ("PUT", f"{CUSTOMER}/1"), ("POST", "/_sandbox/reset")):
            message = refused(http.request(method, path, json={} if "reset" in path else {"company": "x"}), 500)
            assert "deleted, moved or replaced. Restart the sandbox." in message
        assert "cannot use its database" in refused(http.get("/_sandbox/health"), 500)
        assert count(http) == 1
