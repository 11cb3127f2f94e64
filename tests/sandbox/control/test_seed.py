"""The seed: what it can set, where it says that something is wrong, and what a reset goes back to."""

import json
from pathlib import Path
from typing import Any

import httpx2
import pytest

from chargeover import ChargeOver
from chargeover_contract.sandbox import sandbox_process
from chargeover_sandbox import LocalSandbox, RemoteSandbox
from tests.support.http import CUSTOMER, connect, count, create, read

SEED = "/_sandbox/seed"


@pytest.fixture(autouse=True)
def unseeded(chargeover_session_sandbox: LocalSandbox) -> Any:
    yield
    chargeover_session_sandbox.seed([])


def ids(http: httpx2.Client) -> list[int]:
    return [row["customer_id"] for row in http.get(CUSTOMER, params={"limit": 500}).json()["response"]]


def test_every_kind_of_field_can_be_seeded(sandbox: LocalSandbox, http: httpx2.Client) -> None:
    fields: dict[str, Any] = {
        "customer_id": 35,
        "company": "Żabka 𠮷",
        "token": "9ce42bf5e5da",
        "external_key": "a:b,c",
        "balance": 1510.65,
        "paid": 1145.46,
        "total": 2656.11,
        "customer_status_str": "inactive-manual",
        "customer_status_state": "i",
        "write_datetime": "2015-03-31T11:24:48-05:00",
        "mod_datetime": "2017-12-01T21:37:50-06:00",
        "write_ipaddr": "203.0.113.55",
        "superuser_id": 385,
        "superuser_name": "Ann Roy",
        "superuser_token": "0d710e575d5b",
        "class_id": 0,
        "class_name": "",
        "no_procfees": 1,
        "no_taxes": True,
        "tags": ["vip", "重要"],
        "display_as": "shown in another way",
        "default_creditcard_id": 51,
        "url_statementlink": "https://example.com/statement",
        "terms_id": 3,
    }
    assert sandbox.seed([fields]) == 1
    shown = read(http, 35)
    assert {name: shown[name] for name in fields} == fields
    assert (shown["terms_name"], shown["currency_iso4217"], shown["bill_block"]) == ("Due on Receipt", "USD", "")
    assert read(http, "token:9ce42bf5e5da")["customer_id"] == 35
    for where in ("customer_status_str:EQUALS:inactive-manual", "external_key:EQUALS:a\\:b\\,c"):
        assert count(http, where=where) == 1
    assert create(http) == 36


def test_a_customer_that_was_fetched_can_be_seeded_as_it_is(sandbox: LocalSandbox, http: httpx2.Client) -> None:
    parent = create(http, superuser_email="ann@example.com", bill_city="Köln", tags=["x"], no_procfees=True)
    create(http, parent_customer_id=parent)
    before = [read(http, one) for one in (1, 2)]
    assert sandbox.seed(before) == 2
    assert [read(http, one) for one in (1, 2)] == before


def test_dates_and_amounts_of_the_client_can_be_seeded(
    sandbox: LocalSandbox, client: ChargeOver, http: httpx2.Client
) -> None:
    sandbox.seed([{"company": "x", "balance": 12.34, "write_datetime": "2020-02-03 04:05:06"}])
    customer = client.customers.get(1)
    sandbox.seed([{"company": "y", "balance": customer.balance, "write_datetime": customer.write_datetime}])
    shown = read(http, 1)
    assert (shown["balance"], shown["write_datetime"]) == (12.34, "2020-02-03T04:05:06-06:00")


def test_what_a_seed_leaves_out_is_as_after_a_creation(sandbox: LocalSandbox, http: httpx2.Client) -> None:
    sandbox.seed([{"company": "Acme", "superuser_first_name": "Ann", "balance": None}])
    seeded = read(http, 1)
    sandbox.seed([])
    create(http, superuser_first_name="Ann")
    created = read(http, 1)
    random = {"token", "superuser_token", "superuser_username", "url_paymethodlink", "write_datetime", "mod_datetime"}
    assert {**seeded, **{name: created[name] for name in random}} == created
    assert all(seeded[name] for name in random)


def test_ids_follow_one_another_and_leave_room_for_those_that_are_given(
    sandbox: LocalSandbox, http: httpx2.Client
) -> None:
    sandbox.seed([{"company": "x", **given} for given in ({}, {"customer_id": 2}, {}, {"customer_id": 9}, {})])
    assert ids(http) == [1, 2, 3, 9, 10]
    sandbox.seed([{"company": "x"}, {"company": "x", "customer_id": 1}])
    assert ids(http) == [1, 2]


def test_a_parent_is_named_by_its_id_or_its_key_and_may_come_later(sandbox: LocalSandbox, http: httpx2.Client) -> None:
    sandbox.seed(
        [
            {"company": "grandchild", "parent_customer_id": 2},
            {"company": "child", "parent_customer_external_key": "top"},
            {"company": "top", "external_key": "top"},
        ]
    )
    assert [read(http, one)["parent_customer_id"] for one in (1, 2, 3)] == [2, 3, None]


def test_a_reset_goes_back_to_the_seed(sandbox: LocalSandbox, http: httpx2.Client) -> None:
    sandbox.seed([{"customer_id": 7, "company": "Acme", "external_key": "k"}])
    before = read(http, 7)
    http.put(f"{CUSTOMER}/7", json={"company": "changed"})
    create(http)
    http.delete(f"{CUSTOMER}/7")
    sandbox.reset()
    assert ids(http) == [7]
    assert read(http, 7) == before
    assert create(http) == 8
    sandbox.seed([])
    assert ids(http) == []
    sandbox.reset()
    assert create(http) == 1


def test_a_seeded_computed_field_holds_until_its_source_changes(sandbox: LocalSandbox, http: httpx2.Client) -> None:
    sandbox.seed([{"company": "Acme", "bill_block": "seeded", "display_as": "seeded", "terms_name": "seeded"}])
    http.put(f"{CUSTOMER}/1", json={"bill_city": "Köln"})
    shown = read(http, 1)
    assert (shown["bill_block"], shown["display_as"], shown["terms_name"]) == ("Köln", "seeded", "seeded")
    http.put(f"{CUSTOMER}/1", json={"company": "Other", "terms_id": 3})
    shown = read(http, 1)
    assert (shown["bill_block"], shown["display_as"], shown["terms_name"]) == ("Köln", "Other", "Due on Receipt")


def test_members_can_be_absent_until_they_get_a_value(sandbox: LocalSandbox, http: httpx2.Client) -> None:
    sandbox.seed([{"company": "Acme", "absent": ["language_id", "brand_id", "tags"]}, {"company": "Other"}])
    assert read(http, 2).keys() - read(http, 1).keys() == {"language_id", "brand_id", "tags"}
    (row, _) = http.get(CUSTOMER).json()["response"]
    assert not {"language_id", "tags"} & row.keys()
    http.put(f"{CUSTOMER}/1", json={"language_id": 2})
    assert read(http, 2).keys() - read(http, 1).keys() == {"brand_id", "tags"}
    assert read(http, 1)["language_id"] == 2


WRONG: dict[str, tuple[list[Any], str]] = {
    "an unknown field": ([{"company": "x", "compny": 1}], "customers[0], compny: there is no such field"),
    "a wrong type": ([{"company": "x"}, {"company": 1}], 'customers[1], company: 1 is not of type "string"'),
    "no company": ([{}], "customers[0], company: it is required"),
    "a number as text": ([{"company": "x", "balance": "1"}], 'balance: "1" is not of type "number"'),
    "a huge number": ([{"company": "x", "balance": 1e300}], "balance: "),
    "an ID of 0": ([{"company": "x", "customer_id": 0}], "customer_id: 0 is less than the minimum of 1"),
    "an ID without a next one": (
        [{"company": "x", "customer_id": 2**63 - 1}],
        "customer_id: 9223372036854775807 is gr",
    ),
    "an unknown status": ([{"company": "x", "customer_status_str": "active"}], "customer_status_str: "),
    "an unreadable date": ([{"company": "x", "mod_datetime": "31.1.26"}], "mod_datetime: '31.1.26': it is not a date"),
    "a date out of range": (
        [{"company": "x", "mod_datetime": "0001-01-01"}],
        "the year 1 is not between 1900 and 2999",
    ),
    "a tag that is not a text": ([{"company": "x", "tags": ["a", 1]}], 'tags[1]: 1 is not of type "string"'),
    "an absent field that is unknown": ([{"company": "x", "absent": ["nix"]}], "absent[0]: "),
    "an ID twice": (
        [{"company": "x", "customer_id": 1}] * 2,
        "customers[1], customer_id: 1 is that of another customer",
    ),
    "a key twice": ([{"company": "x", "external_key": "k"}] * 2, "external_key: 'k' is that of another customer too"),
    "a token twice": ([{"company": "x", "token": "t"}] * 2, "token: 't' is that of another customer too: customers[0]"),
    "an unknown parent": ([{"company": "x", "parent_customer_id": 5}], "the seed has no customer 5"),
    "an unknown key": (
        [{"company": "x", "parent_customer_external_key": "k"}],
        "no customer with the external key 'k'",
    ),
    "a parent named twice": (
        [{"company": "x", "parent_customer_id": 1, "parent_customer_external_key": "k"}],
        "give either this or parent_customer_id",
    ),
    "its own parent": ([{"company": "x", "parent_customer_id": 1}], "customer 1 is its own ancestor"),
    "a circle": (
        [{"company": "x", "parent_customer_id": 2}, {"company": "y", "parent_customer_id": 1}],
        "customers[0]: customer 1 is its own ancestor",
    ),
    "no object": (["x"], 'customers[0]: "x" is not of type "object"'),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_seed_is_one_error_and_changes_nothing(sandbox: LocalSandbox, http: httpx2.Client, name: str) -> None:
    customers, words = WRONG[name]
    sandbox.seed([{"company": "kept"}])
    response = http.post(SEED, json={"customers": customers})
    assert (response.status_code, response.json()["details"]["errors"][0]["reason"] != "") == (400, True)
    assert words in response.json()["message"]
    assert read(http, 1)["company"] == "kept"
    sandbox.reset()
    assert read(http, 1)["company"] == "kept"


def test_a_seed_is_given_in_exactly_one_form(sandbox: LocalSandbox, http: httpx2.Client) -> None:
    wrong: list[dict[str, Any]] = [{}, {"customers": [], "generate": 1}, {"file": "x.csv", "generate": 1}]
    for arguments in wrong:
        with pytest.raises(ValueError, match="give one of customers, file and generate"):
            sandbox.seed(**arguments)
    for body in ({}, {"customers": [], "generate": 1}, {"file": "x.csv"}, {"content": "x"}):
        response = http.post(SEED, json=body)
        assert (response.status_code, "give customers, or file and content, or" in response.text) == (400, True), body


def test_a_seed_is_larger_than_what_a_request_of_the_api_may_be(sandbox: LocalSandbox, http: httpx2.Client) -> None:
    customers = [{"company": "x", "custom_1": "y", "bill_city": "z", "tags": ["t"] * 50} for _ in range(2000)]
    assert sandbox.seed(customers) == 2000
    assert count(http) == 2000


def test_a_seed_is_that_of_one_account(sandbox: LocalSandbox) -> None:
    other = sandbox.accounts.add("other", "secret")
    try:
        other.seed([{"company": "x"}])
        with connect(sandbox.url) as http, connect(sandbox.url, "other", "secret") as other_http:
            assert (count(http), count(other_http)) == (0, 1)
            sandbox.reset()
            assert count(other_http) == 1
    finally:
        sandbox.accounts.remove("other")


def test_the_command_starts_with_a_seed_for_every_account(tmp_path: Path) -> None:
    file = tmp_path / "customers.json"
    file.write_text(json.dumps([{"customer_id": 5, "company": "Acme"}]), encoding="utf-8")
    with sandbox_process("--seed", str(file)) as process, connect(process.url) as http:
        assert ids(http) == [5]
        create(http)
        remote = RemoteSandbox(process.url)
        remote.reset()
        assert ids(http) == [5]
        remote.accounts.add("other", "secret")
        with connect(process.url, "other", "secret") as other:
            assert ids(other) == [5]


def test_a_file_keeps_its_data_and_its_seed_over_a_restart(tmp_path: Path) -> None:
    database, file = tmp_path / "state.sqlite3", tmp_path / "customers.csv"
    with LocalSandbox(database) as sandbox, connect(sandbox.url) as http:
        sandbox.seed([{"company": "first"}])
        assert create(http) == 2
    with LocalSandbox(database) as sandbox, connect(sandbox.url) as http:
        assert ids(http) == [1, 2]
        sandbox.reset()
        assert ids(http) == [1]
    file.write_text("company\nsecond\n", encoding="utf-8")
    with sandbox_process("--database", str(database), "--seed", str(file)) as process, connect(process.url) as http:
        assert read(http, 1)["company"] == "first"
        RemoteSandbox(process.url).reset()
        assert read(http, 1)["company"] == "second"


def test_a_new_file_does_not_take_the_seed_of_a_deleted_one(tmp_path: Path) -> None:
    database = tmp_path / "state.sqlite3"
    with LocalSandbox(database) as sandbox:
        sandbox.seed([{"company": "x"}])
    for ending in ("", "-wal", "-shm"):
        Path(f"{database}{ending}").unlink(missing_ok=True)
    with LocalSandbox(database) as sandbox, connect(sandbox.url) as http:
        create(http)
        sandbox.reset()
        assert count(http) == 0


def test_two_processes_on_one_file_have_one_seed(tmp_path: Path) -> None:
    database = tmp_path / "state.sqlite3"
    with LocalSandbox(database) as one, LocalSandbox(database) as other, connect(other.url) as http:
        one.seed([{"company": "first"}])
        assert read(http, 1)["company"] == "first"
        other.reset()
        one.seed([{"company": "second"}])
        create(http)
        other.reset()
        assert [read(http, 1)["company"], count(http)] == ["second", 1]


def test_an_account_that_is_removed_takes_its_seed_along(tmp_path: Path) -> None:
    database = tmp_path / "state.sqlite3"
    with LocalSandbox(database) as sandbox:
        sandbox.accounts.add("other", "secret").seed([{"company": "x"}])
        assert list(tmp_path.glob("*other*.copies"))
        sandbox.accounts.remove("other")
        assert not list(tmp_path.glob("*other*"))


def test_a_seed_that_does_not_fit_into_the_file_changes_nothing(tmp_path: Path) -> None:
    with LocalSandbox(tmp_path / "state.sqlite3") as sandbox, connect(sandbox.url) as http:
        sandbox.seed([{"company": "kept"}])
        connection = sandbox._app.first.app.database.connection
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {pages + 1}")
        with pytest.raises(RuntimeError, match="database or disk is full"):
            sandbox.seed(generate=1000)
        assert (count(http), read(http, 1)["company"]) == (1, "kept")
        http.put(f"{CUSTOMER}/1", json={"company": "changed"})
        sandbox.reset()
        assert (count(http), read(http, 1)["company"]) == (1, "kept")
