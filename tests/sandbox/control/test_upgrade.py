"""A file from an earlier version of the sandbox is brought up to this one, or refused as it is."""

import json
import sqlite3
from pathlib import Path

import pytest

from chargeover_sandbox import LocalSandbox
from chargeover_sandbox.customers.store import SCHEMA_VERSION
from chargeover_sandbox.storage.database import APPLICATION_ID, StoreError
from tests.support.http import CUSTOMER, connect, create, read, refused

VERSION_1 = """
CREATE TABLE customer (
    customer_id        INTEGER PRIMARY KEY AUTOINCREMENT,
    external_key       TEXT UNIQUE,
    parent_customer_id INTEGER REFERENCES customer,
    fields             TEXT NOT NULL
) STRICT;
CREATE TABLE payment (
    payment_id  INTEGER PRIMARY KEY AUTOINCREMENT,
    customer_id INTEGER NOT NULL REFERENCES customer,
    paid_by     INTEGER NOT NULL REFERENCES customer
) STRICT;
CREATE INDEX payment_of ON payment (customer_id, paid_by);
"""
EARLY_VERSION_2 = """
CREATE TABLE customer (
    customer_id        INTEGER PRIMARY KEY AUTOINCREMENT,
    external_key       TEXT,
    parent_customer_id INTEGER REFERENCES customer,
    company            TEXT
) STRICT;
CREATE UNIQUE INDEX customer_by_external_key ON customer (external_key) WHERE external_key <> '';
CREATE TABLE spent_external_key (external_key TEXT PRIMARY KEY, customer_id INTEGER NOT NULL) STRICT;
CREATE TABLE payment (
    payment_id  INTEGER PRIMARY KEY AUTOINCREMENT,
    customer_id INTEGER NOT NULL REFERENCES customer,
    paid_by     INTEGER NOT NULL REFERENCES customer
) STRICT;
"""


def make(file: Path, schema: str, version: int, *statements: tuple[str, tuple[object, ...]]) -> Path:
    connection = sqlite3.connect(file)
    connection.executescript(schema)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {version}")
    for statement in statements:
        connection.execute(*statement)
    connection.commit()
    connection.close()
    return file


def test_the_first_version_is_upgraded_with_everything_in_it(tmp_path: Path) -> None:
    fields = {
        "company": 'Köln "1"',
        "token": "abc",
        "no_taxes": True,
        "class_id": 7,
        "tags": ["a", "b"],
        "tax_ident": "",
    }
    dates = {"write_datetime": "2026-01-31T15:30:00.000000+00:00", "mod_datetime": "2026-01-31T15:30:00.000001+00:00"}
    insert = "INSERT INTO customer VALUES (?, ?, ?, ?)"
    file = make(
        tmp_path / "state.sqlite3",
        VERSION_1,
        1,
        (insert, (1, "k", None, json.dumps({**fields, **dates, "external_key": "k"}))),
        (insert, (5, None, 1, json.dumps({"company": "child", "parent_customer_id": 1, "external_key": ""}))),
        ("INSERT INTO payment (customer_id, paid_by) VALUES (5, 1)", ()),
    )
    for _ in range(2):
        with LocalSandbox(file) as sandbox, connect(sandbox.url) as http:
            shown = read(http, "external_key:k")
            assert {name: shown[name] for name in fields} == fields
            assert shown["write_datetime"] == "2026-01-31T09:30:00-06:00"
            assert read(http, 5)["parent_customer_id"] == 1
            assert "has made a payment" in refused(http.put(f"{CUSTOMER}/5", json={"parent_customer_id": None}), 400)
            assert http.put(f"{CUSTOMER}/5", json={"bill_city": "x"}).status_code == 202
    with LocalSandbox(file) as sandbox, connect(sandbox.url) as http:
        assert create(http) == 6
        assert "is already the key" in refused(http.post(CUSTOMER, json={"company": "x", "external_key": "k"}), 400)
    connection = sqlite3.connect(file)
    assert connection.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.close()


def test_a_file_of_this_version_gets_the_columns_and_indexes_that_it_lacks(tmp_path: Path) -> None:
    file = make(
        tmp_path / "state.sqlite3",
        EARLY_VERSION_2,
        2,
        ("INSERT INTO customer VALUES (3, 'k', NULL, 'Acme')", ()),
    )
    with LocalSandbox(file) as sandbox, connect(sandbox.url) as http:
        assert read(http, 3)["company"] == "Acme"
        assert create(http) == 4
        sandbox.seed([{"company": "x"}])
        assert create(http) == 2
    connection = sqlite3.connect(file)
    names = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'index'")}
    connection.close()
    assert {"customer_by_token", "customer_by_parent", "customer_external_key_is_unique"} <= names


@pytest.mark.parametrize("version", [0, SCHEMA_VERSION + 1, 1001])
def test_another_version_is_refused_and_left_alone(tmp_path: Path, version: int) -> None:
    file = make(tmp_path / "state.sqlite3", EARLY_VERSION_2, version)
    before = file.read_bytes()
    with pytest.raises(StoreError, match=rf"another version of the sandbox \(its schema is {version}, this one's is"):
        LocalSandbox(file).__enter__()
    assert file.read_bytes() == before


def test_the_copies_are_not_taken_for_a_database(tmp_path: Path) -> None:
    file = tmp_path / "state.sqlite3"
    with LocalSandbox(file) as sandbox:
        sandbox.snapshots.take("a")
    with pytest.raises(StoreError, match="another version of the sandbox"):
        LocalSandbox(Path(f"{file}.copies")).__enter__()
