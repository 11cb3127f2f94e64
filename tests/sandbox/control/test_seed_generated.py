"""The made-up customers: the same in every run, and as varied as real ones."""

import unicodedata
from typing import Any

import pytest

from chargeover import ChargeOver
from chargeover_contract.sandbox import sandbox_process
from chargeover_sandbox import LocalSandbox
from chargeover_sandbox.contract.document import load_contract
from chargeover_sandbox.control.seeding.checks import SeedChecks
from chargeover_sandbox.control.seeding.generated import generated_rows
from chargeover_sandbox.customers.account import Account
from tests.support.http import CUSTOMER, connect, count, create, read


def fields(number: int, seed_value: int = 0) -> list[dict[str, Any]]:
    return [dict(row.fields) for row in generated_rows(number, seed_value)]


def test_they_are_the_same_each_time_and_others_with_another_seed_value() -> None:
    assert fields(200) == fields(200)
    assert fields(200) != fields(200, 1)
    # Of every version of Python: what a seed value makes must never change unnoticed.
    first = fields(3, 7)[0]
    assert (first["company"], first["bill_city"], first["mod_datetime"]) == (
        "Reed & Sons Example Co.",
        "Boston",
        "2022-05-06T03:08:45+00:00",
    )


@pytest.mark.parametrize("number", [0, 1, 2, 1000])
def test_any_number_can_be_made(number: int) -> None:
    checks = SeedChecks(load_contract(), Account())
    rows = [checks.checked(row) for row in generated_rows(number)]
    assert len({row["customer_id"] for row in rows}) == len(rows) == number


def test_they_are_varied() -> None:
    made = fields(2000)
    ids = [one["customer_id"] for one in made]
    assert ids == sorted(set(ids))
    assert ids[-1] > 2200  # gaps
    parents = {one["customer_id"]: one.get("parent_customer_id") for one in made}
    children = [one for one in parents.values() if one]
    assert any(parents[one] for one in children)  # a child with children
    assert max(map(children.count, set(children))) > 2
    letters = {
        unicodedata.name(letter, "").partition(" ")[0] for one in made for letter in one["company"] if letter.isalpha()
    }
    assert {
        "LATIN",
        "GREEK",
        "CYRILLIC",
        "HEBREW",
        "ARABIC",
        "DEVANAGARI",
        "CJK",
        "HANGUL",
        "THAI",
        "KATAKANA",
    } <= letters
    assert any(ord(letter) > 0xFFFF for one in made for letter in one["company"])
    keys = [one["external_key"] for one in made if "external_key" in one]
    assert len(keys) == len(set(keys)) < 2000
    assert any(mark in key for key in keys for mark in ":,/")
    old = [one for one in made if "absent" in one]
    assert [one["absent"] for one in made[: len(old)]] == [one["absent"] for one in old]
    assert {one.get("class_id") for one in old} == {0, None}
    assert {one["customer_status_str"] for one in made if "customer_status_str" in one} == {
        "active-current",
        "active-overdue",
        "inactive-manual",
        "inactive-activity",
    }
    assert all(round(one["total"] - one["paid"] - one["balance"], 2) == 0 for one in made if "total" in one)
    assert all(one["balance"] > 0 for one in made if one.get("customer_status_str") == "active-overdue")
    assert all(one["write_datetime"] <= one["mod_datetime"] for one in made)


def test_no_address_of_a_person_is_in_them() -> None:
    for one in fields(1000):
        email, phone = one.get("superuser_email"), one.get("superuser_phone")
        assert not email or email.endswith("@example.com"), one
        assert not phone or phone.startswith("+1 202 555 01"), one
        assert (one["write_ipaddr"][:8], one["mod_ipaddr"][:11]) == ("192.0.2.", "198.51.100."), one


def test_the_client_reads_all_of_them(sandbox: LocalSandbox, client: ChargeOver) -> None:
    try:
        assert sandbox.seed(generate=300) == 300
        read_ones = list(client.customers.list())
        assert [one.customer_id for one in read_ones] == [one["customer_id"] for one in fields(300)]
        old, new = read_ones[0], read_ones[-1]
        assert "brand_id" not in old.raw
        assert new.raw["brand_id"] == 1
        for one in fields(300):
            if "external_key" in one:
                assert client.customers.get_by_external_key(one["external_key"]).customer_id == one["customer_id"]
    finally:
        sandbox.seed([])


def test_the_command_makes_them_and_the_seed_value_chooses_the_set() -> None:
    options = ("--customers", "20", "--seed-value", "4", "--clock", "2026-01-31T09:30:00-06:00")
    pages = []
    for _ in range(2):
        with sandbox_process(*options) as process, connect(process.url) as http:
            assert count(http) == 20
            http.post(CUSTOMER, json={"company": "new", "superuser_email": "a@example.com"})
            pages.append(http.get(CUSTOMER, params={"limit": 100}).content)
    assert pages[0] == pages[1]


def test_tokens_depend_on_the_seed_value_and_the_customer_alone() -> None:
    def tokens(seed_value: int | None, others: int) -> tuple[str, ...]:
        with LocalSandbox(seed_value=seed_value) as sandbox, connect(sandbox.url) as http:
            for _ in range(others):
                create(http, superuser_email="a@example.com")
            sandbox.seed([{"company": "x", "superuser_name": "Ann Lee"}])
            http.put(f"{CUSTOMER}/{create(http)}", json={"superuser_name": "Ann Lee"})
            names = ("token", "superuser_token", "superuser_username")
            return tuple(read(http, one)[name] for one in (1, 2) for name in names)

    same = tokens(1, 0)
    assert same == tokens(1, 3)
    assert len({*same, *tokens(2, 0), *tokens(None, 0), *tokens(None, 0)}) == 24
