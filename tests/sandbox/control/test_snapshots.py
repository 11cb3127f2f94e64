"""Snapshots: everything comes back, at once, and nothing else changes."""

import sqlite3
from contextlib import closing
from pathlib import Path

import httpx2
import pytest

from chargeover_sandbox import LocalSandbox
from chargeover_sandbox.storage.copies import ENDING
from tests.support.http import CUSTOMER, connect, count, create, read, refused

SNAPSHOTS = "/_sandbox/snapshots"


def test_a_snapshot_brings_everything_back(sandbox: LocalSandbox, http: httpx2.Client) -> None:
    create(http, external_key="spent")
    http.delete(f"{CUSTOMER}/1")
    parent = create(http)
    child = create(http, parent_customer_id=parent)
    sandbox.record_payment(customer_id=child, paid_by=parent)
    before = [read(http, one) for one in (parent, child)]
    taken = sandbox.snapshots.take("before")
    assert sandbox.snapshots.list() == [taken]
    http.put(f"{CUSTOMER}/{child}", json={"company": "changed"})
    create(http)
    sandbox.reset()
    assert count(http) == 0
    sandbox.snapshots.restore("before")
    assert [read(http, one) for one in (parent, child)] == before
    assert "has made a payment" in refused(http.put(f"{CUSTOMER}/3", json={"parent_customer_id": None}), 400)
    assert "was the key of customer 1" in refused(
        http.post(CUSTOMER, json={"company": "x", "external_key": "spent"}), 400
    )
    assert create(http) == 4
    sandbox.snapshots.delete("before")
    assert sandbox.snapshots.list() == []


def test_a_snapshot_of_the_same_name_is_replaced(sandbox: LocalSandbox, http: httpx2.Client) -> None:
    sandbox.snapshots.take("a")
    create(http)
    sandbox.snapshots.take("b")
    sandbox.snapshots.take("a")
    assert [one.name for one in sandbox.snapshots.list()] == ["b", "a"]
    sandbox.reset()
    sandbox.snapshots.restore("a")
    assert count(http) == 1
    for name in ("a", "b"):
        sandbox.snapshots.delete(name)


@pytest.mark.parametrize("name", ["before the import", "%2F", "Köln 🌱", "a?b#c", "x" * 100])
def test_a_snapshot_can_have_any_name_that_fits_into_a_path(sandbox: LocalSandbox, name: str) -> None:
    sandbox.snapshots.take(name)
    sandbox.snapshots.restore(name)
    assert [one.name for one in sandbox.snapshots.list()] == [name]
    sandbox.snapshots.delete(name)


@pytest.mark.parametrize("name", ["", "a/b", "x" * 101, "a\nb", ".", ".."])
def test_a_name_that_cannot_be_used_is_refused(sandbox: LocalSandbox, name: str) -> None:
    with pytest.raises(ValueError, match="name: "):
        sandbox.snapshots.take(name)


def test_a_snapshot_that_does_not_exist_is_not_found(sandbox: LocalSandbox, http: httpx2.Client) -> None:
    for path, method in ((f"{SNAPSHOTS}/nix/restore", "POST"), (f"{SNAPSHOTS}/nix", "DELETE")):
        assert refused(http.request(method, path, json={}), 404) == "There is no snapshot 'nix'."
    sandbox.snapshots.take("other")
    with pytest.raises(ValueError, match=r"There is no snapshot 'nix', only 'other'\."):
        sandbox.snapshots.restore("nix")
    sandbox.seed([])
    assert [one.name for one in sandbox.snapshots.list()] == ["other"]
    sandbox.snapshots.delete("other")


def test_a_file_keeps_its_snapshots_over_a_restart(tmp_path: Path) -> None:
    database = tmp_path / "state.sqlite3"
    with LocalSandbox(database) as sandbox, connect(sandbox.url) as http:
        assert not Path(f"{database}{ENDING}").exists()
        create(http)
        sandbox.snapshots.take("a")
        create(http)
    with LocalSandbox(database) as sandbox, connect(sandbox.url) as http:
        sandbox.snapshots.restore("a")
        assert (count(http), create(http)) == (1, 2)


def test_starting_over_leaves_nothing_behind(tmp_path: Path) -> None:
    database = tmp_path / "state.sqlite3"
    with LocalSandbox(database) as sandbox, connect(sandbox.url) as http:
        sandbox.seed([{"company": "Acme Ltd"}])
        sandbox.snapshots.take("a")
        sandbox.accounts.add("other", "secret")
        sandbox.faults.add(status=503, times=1)
        assert http.get("/api/v3/customer").status_code == 503
        sandbox.start_over()
        assert (count(http), sandbox.journal[0].id, sandbox.faults.add(status=503).id) == (0, 1, 1)
    with LocalSandbox(database) as sandbox, connect(sandbox.url) as http:
        sandbox.reset()
        assert (count(http), sandbox.snapshots.list(), sandbox.accounts.list()) == (0, [], ["sandbox"])


def test_a_snapshot_of_an_earlier_document_gets_the_new_fields(tmp_path: Path) -> None:
    database = tmp_path / "state.sqlite3"
    with LocalSandbox(database) as sandbox, connect(sandbox.url) as http:
        create(http)
    for ending in ("-wal", "-shm"):
        Path(f"{database}{ending}").unlink(missing_ok=True)
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("ALTER TABLE customer DROP COLUMN tax_ident")
        content = connection.serialize()
    connection.close()
    with LocalSandbox(database) as sandbox, connect(sandbox.url) as http:
        sandbox.snapshots.take("a")
        with closing(sqlite3.connect(f"{database}{ENDING}")) as copies, copies:
            copies.execute("UPDATE copy SET content = ?", (content[:18] + b"\1\1" + content[20:],))
        copies.close()
        sandbox.snapshots.restore("a")
        assert http.put(f"{CUSTOMER}/1", json={"tax_ident": "x"}).status_code == 202
        assert read(http, 1)["tax_ident"] == "x"


def test_a_restore_that_fails_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chargeover_sandbox.storage.database._LOCK_TIMEOUT", 0)
    database = tmp_path / "state.sqlite3"
    with LocalSandbox(database) as sandbox, connect(sandbox.url) as http:
        sandbox.snapshots.take("empty")
        create(http)
        holder = sqlite3.connect(database, isolation_level=None)
        holder.execute("BEGIN IMMEDIATE")
        with pytest.raises(RuntimeError, match="another process has held its lock"):
            sandbox.snapshots.restore("empty")
        holder.close()
        assert count(http) == 1
        sandbox.snapshots.restore("empty")
        assert count(http) == 0


def test_statements_that_were_prepared_before_do_not_see_the_old_tables() -> None:
    with LocalSandbox() as sandbox, connect(sandbox.url) as http:
        for number in (0, 30, 1, 30, 2):
            sandbox.seed([{"company": "x", "external_key": f"key {one}"} for one in range(number)])
            sandbox.snapshots.take("seeded")
            for go_back in (sandbox.reset, lambda: sandbox.snapshots.restore("seeded")):
                assert create(http, superuser_email="a@example.com") == number + 1
                http.put(f"{CUSTOMER}/1", json={"bill_city": "z" * 5000, "external_key": "other"})
                http.delete(f"{CUSTOMER}/1")
                go_back()
                assert len(http.get(CUSTOMER, params={"limit": 500}).json()["response"]) == count(http) == number


def test_what_a_bug_remembers_is_forgotten_with_the_data() -> None:
    with LocalSandbox(bugs=["deleted-is-found-by-key"]) as sandbox, connect(sandbox.url) as http:
        sandbox.snapshots.take("empty")
        create(http, external_key="k")
        http.delete(f"{CUSTOMER}/1")
        assert read(http, "external_key:k")["customer_id"] == 1
        sandbox.snapshots.restore("empty")
        assert http.get(f"{CUSTOMER}/external_key:k").status_code == 404
