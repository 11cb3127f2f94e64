"""The members, JSON types and forms of the sandbox's responses, held against those of recorded ones.

The table was transcribed from exchanges with the real service: 2015, 2026 and a printed example of 2017. It has none of
their values. Where a member was null in all of them, only its presence is known.
"""

import re
from typing import Any

import httpx2
import pytest

from chargeover_sandbox import LocalSandbox
from tests.support.http import CUSTOMER, connect, create, read

ISO = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d"
PLAIN = r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d"
TOKEN = r"[0-9a-z]{12}"

# Member: the JSON types that it had, and the form of its texts where one was the same everywhere.
ID, TEXT, MAYBE_ID, MAYBE_TEXT = ("integer",), ("string",), ("integer", "null"), ("string", "null")
MONEY, FLAG, EMPTY = ("integer", "number"), ("boolean",), ("null",)
PARTS = ("addr1", "addr2", "addr3", "city", "state", "postcode", "country")
MEMBERS: dict[str, tuple[tuple[str, ...], str]] = {
    "customer_id": (ID, ""),
    "superuser_id": (MAYBE_ID, ""),
    "external_key": (MAYBE_TEXT, ""),
    "token": (TEXT, TOKEN),
    "company": (TEXT, ""),
    **{f"bill_{part}": (MAYBE_TEXT, "") for part in PARTS},
    **{f"ship_{part}": (EMPTY, "") for part in PARTS},
    "bill_notes": (EMPTY, ""),
    "ship_notes": (EMPTY, ""),
    "terms_id": (ID, ""),
    "terms_name": (TEXT, ""),
    "terms_days": (ID, ""),
    "class_id": (MAYBE_ID, ""),
    "admin_id": (MAYBE_ID, ""),
    "campaign_id": (MAYBE_ID, ""),
    "custtype_id": (EMPTY, ""),
    "currency_id": (ID, ""),
    "currency_symbol": (TEXT, r"\$"),
    "currency_iso4217": (TEXT, "USD"),
    "language_id": (ID, ""),
    "brand_id": (ID, ""),
    "custom_1": (MAYBE_TEXT, ""),
    "custom_2": (MAYBE_TEXT, ""),
    "custom_3": (EMPTY, ""),
    "no_taxes": (FLAG, ""),
    "no_dunning": (FLAG, ""),
    "no_latefees": (FLAG, ""),
    "no_procfees": (ID, ""),
    "tax_ident": (TEXT, ""),
    "default_paymethod": (MAYBE_TEXT, ""),
    "default_creditcard_id": (MAYBE_ID, ""),
    "default_ach_id": (EMPTY, ""),
    "paid": (MONEY, ""),
    "total": (MONEY, ""),
    "balance": (MONEY, ""),
    "url_paymethodlink": (TEXT, rf"https://[a-z]+\.chargeover\.com/r/paymethod/i/{TOKEN}"),
    "url_self": (TEXT, r"https://[a-z]+\.chargeover\.com/admin/r/customer/view/\d+"),
    "display_as": (TEXT, ""),
    "bill_block": (TEXT, ""),
    "ship_block": (TEXT, ""),
    "customer_status_state": (TEXT, "[ai]"),
    "write_datetime": (TEXT, ISO),
    "write_ipaddr": (TEXT, r"[\d.]+"),
    "mod_datetime": (TEXT, ISO),
    "mod_ipaddr": (TEXT, r"[\d.]+"),
}
OF_A_CONTACT = {
    "superuser_id": (ID, ""),
    **{f"superuser_{part}": (TEXT, "") for part in ("name", "first_name", "last_name", "email", "phone", "username")},
}
OF_A_SINGLE_CUSTOMER = {"tags": (("array",), "")}
# Recorded of workers and classes that the sandbox does not have: their members are there, and null.
WITHOUT_A_VALUE = {"admin_name", "admin_email", "class_name"}

JSON_TYPES = {type(None): "null", bool: "boolean", int: "integer", float: "number", str: "string", list: "array"}


def misfits(shown: dict[str, Any], table: dict[str, tuple[tuple[str, ...], str]]) -> list[str]:
    found: list[str] = []
    for name, (types, form) in table.items():
        if name not in shown:
            found.append(f"{name} is absent")
        elif JSON_TYPES[type(shown[name])] not in types:
            found.append(f"{name} is {shown[name]!r}, not {' or '.join(types)}")
        elif form and not re.fullmatch(form, shown[name]):
            found.append(f"{name} is {shown[name]!r}, not of the form {form}")
    return found


@pytest.mark.usefixtures("sandbox")
def test_a_new_customer_has_the_recorded_shape(http: httpx2.Client) -> None:
    customer_id = create(
        http, bill_addr1="1 Main Street", bill_country="US", custom_1="x", superuser_first_name="Ann", external_key="k"
    )
    shown = read(http, customer_id)
    assert misfits(shown, {**MEMBERS, **OF_A_CONTACT, **OF_A_SINGLE_CUSTOMER}) == []
    assert shown.keys() >= WITHOUT_A_VALUE
    assert shown["bill_block"] == "1 Main Street\nUS"


@pytest.mark.usefixtures("sandbox")
def test_a_customer_without_a_contact_has_none(http: httpx2.Client) -> None:
    shown = read(http, create(http))
    assert misfits(shown, {**MEMBERS, **OF_A_SINGLE_CUSTOMER}) == []
    assert {name: shown[name] for name in OF_A_CONTACT} == dict.fromkeys(OF_A_CONTACT)


@pytest.mark.usefixtures("sandbox")
def test_a_row_of_a_list_has_the_recorded_shape(http: httpx2.Client) -> None:
    create(http, tags=["a"], superuser_email="ann@acme.example")
    (row,) = http.get(CUSTOMER).json()["response"]
    assert misfits(row, {**MEMBERS, "superuser_id": (ID, "")}) == []
    assert not OF_A_SINGLE_CUSTOMER.keys() & row.keys()


@pytest.mark.usefixtures("sandbox")
def test_a_new_customer_has_the_recorded_defaults(http: httpx2.Client) -> None:
    shown = read(http, create(http))
    defaults = {
        "no_taxes": False, "no_dunning": False, "no_latefees": False, "no_procfees": 0, "tags": [], "terms_id": 2,
        "terms_name": "Net 30", "terms_days": 30, "currency_id": 1, "language_id": 1, "brand_id": 1, "tax_ident": "",
        "bill_notes": None, "ship_notes": None, "total": 0, "paid": 0, "balance": 0,
    }  # fmt: skip
    assert {name: shown[name] for name in defaults} == defaults
    assert type(shown["no_procfees"]) is int
    http.put(f"{CUSTOMER}/{shown['customer_id']}", json={"no_procfees": True, "terms_id": 3})
    changed = read(http, shown["customer_id"])
    assert (changed["no_procfees"], type(changed["no_procfees"])) == (1, int)
    assert (changed["terms_name"], changed["terms_days"]) == ("Due on Receipt", 0)


def test_dates_have_one_form_in_one_account() -> None:
    forms = {"iso": ISO, "plain": PLAIN}
    for date_format, timezone, offset in (
        ("iso", "America/Chicago", "-06:00|-05:00"),
        ("iso", "Asia/Kolkata", "+05:30"),
        ("plain", "UTC", ""),
    ):
        with LocalSandbox(date_format=date_format, timezone=timezone) as sandbox, connect(sandbox.url) as http:  # type: ignore[arg-type]
            shown = read(http, create(http))
            for name in ("write_datetime", "mod_datetime"):
                assert re.fullmatch(forms[date_format], shown[name]), shown[name]
                assert not offset or shown[name].endswith(tuple(offset.split("|")))


@pytest.mark.usefixtures("sandbox")
@pytest.mark.parametrize(
    ("method", "path", "sent", "status", "message", "response"),
    [
        ("GET", f"{CUSTOMER}/99", None, 404, "This customer does not exist.", None),
        ("POST", CUSTOMER, {}, 400, "A required parameter was missing: No data.", False),
        (
            "GET",
            "/api/v3/customers",
            None,
            400,
            "The object type requested is not supported: list(customers, )",
            False,
        ),
    ],
)
def test_a_refusal_has_the_recorded_words(
    http: httpx2.Client, method: str, path: str, sent: object, status: int, message: str, response: object
) -> None:
    answer = http.request(method, path, json=sent)
    envelope = answer.json()
    assert (answer.status_code, envelope["code"], envelope["status"]) == (status, status, "Error")
    assert (envelope["message"], envelope["response"]) == (message, response)


def test_a_creation_an_update_and_a_deletion_are_answered_as_recorded() -> None:
    with LocalSandbox(update_code=202) as sandbox, connect(sandbox.url) as http:
        for method, path, sent, code, response in (
            ("POST", CUSTOMER, {"company": "Acme"}, 201, {"id": 1}),
            ("PUT", f"{CUSTOMER}/1", {"company": "New"}, 202, {"id": 1}),
            ("DELETE", f"{CUSTOMER}/1", None, 200, True),
        ):
            answer = http.request(method, path, json=sent)
            envelope = {"code": code, "status": "OK", "message": "", "details": {}, "response": response}
            assert (answer.status_code, answer.json()) == (code, envelope)
            assert answer.headers.get("location", f"{sandbox.url}{CUSTOMER}/1") == f"{sandbox.url}{CUSTOMER}/1"
