"""Queries over plain HTTP: what fits is found, and what is wrong is refused at the term that is wrong."""

import base64
import socket
import time
from collections.abc import Generator
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import httpx2
import pytest

from chargeover_contract.openapi import DOCUMENT
from chargeover_pytest.sandbox import SandboxOfTests
from chargeover_sandbox import LocalSandbox
from tests.support.http import CUSTOMER, create, refused
from tests.support.seed import ROWS

FIELDS: dict[str, dict[str, Any]] = DOCUMENT["components"]["schemas"]["Customer"]["properties"]

pytestmark = pytest.mark.usefixtures("sandbox")


def found(http: httpx2.Client, where: str, **parameters: str) -> list[int]:
    """The IDs of the customers that a query gives; as many as are counted."""
    answer = http.get(CUSTOMER, params={"limit": "500", "where": where, **parameters})
    assert answer.status_code == 200, answer.text
    ids = [customer["customer_id"] for customer in answer.json()["response"]]
    counted = http.get(f"{CUSTOMER}/_count", params={"where": where}).json()
    assert counted == {"code": 200, "status": "OK", "message": "", "details": {}, "response": len(ids)}
    return ids


def ids_of(answer: httpx2.Response) -> list[int]:
    return [customer["customer_id"] for customer in answer.json()["response"]]


@pytest.fixture(scope="module")
def chargeover_session_sandbox() -> Generator[SandboxOfTests]:
    """One that takes every field of a customer in a ``where``."""
    with SandboxOfTests(lenient=True) as sandbox:
        yield sandbox


@pytest.fixture
def people(sandbox: LocalSandbox, http: httpx2.Client) -> None:
    """Four customers, with the IDs from 1 to 4."""
    assert not sandbox.journal
    create(http, company="Acme, Inc", bill_state="MN", class_id=9, no_taxes=True, tags=["a", "b,c"], external_key="k:1")
    create(http, company="Beta", bill_state="", class_id=10, no_taxes=False, tags=[], bill_city="Bonn")
    create(http, company="Żółw \N{GRINNING FACE}", class_id=2**63 - 1, bill_addr1="16 Dog Lane", bill_city="Köln")
    create(http, company="acme\\", tags=["z"], currency_id=7)


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize(
    ("where", "ids"),
    [
        # text
        ("company:EQUALS:Beta", [2]),
        ("company:EQUALS:beta", []),
        ("company:NOTEQUALS:Beta", [1, 3, 4]),
        ("company:GT:Beta", [3, 4]),
        ("company:GTE:Beta", [2, 3, 4]),
        ("company:LT:Beta", [1]),
        ("company:LTE:Beta", [1, 2]),
        ("company:CONTAINS:cme", [1, 4]),
        ("company:CONTAINS:ół", [3]),
        ("company:EQUALS:Żółw \N{GRINNING FACE}", [3]),
        ("company:EQUALS:Acme\\, Inc", [1]),
        ("company:CONTAINS:\\,", [1]),
        ("company:CONTAINS:\\", [4]),
        ("company:EQUALS:acme\\", [4]),
        # a colon is escaped; a bare one is read as well
        ("external_key:EQUALS:k\\:1", [1]),
        ("external_key:EQUALS:k:1", [1]),
        # a backslash is escaped; one that escapes nothing stands for itself
        ("company:EQUALS:acme\\\\", [4]),
        ("company:EQUALS:acme\\\\,external_key:IS:NULL", [4]),
        ("company:EQUALS:acme\\\\\\,", []),
        ("company:EQUALS:\\acme", []),
        # an empty value is not null
        ("bill_state:EQUALS:", [2]),
        ("bill_state:NOTEQUALS:", [1]),
        ("bill_state:CONTAINS:", [1, 2]),
        ("bill_state:GTE:", [1, 2]),
        ("bill_state:IS:NULL", [3, 4]),
        ("bill_state:ISNOT:NULL", [1, 2]),
        # a number: 10 is more than 9, as no text would be
        ("class_id:EQUALS:10", [2]),
        ("class_id:NOTEQUALS:10", [1, 3]),
        ("class_id:GT:9", [2, 3]),
        ("class_id:GTE:9", [1, 2, 3]),
        ("class_id:LT:10", [1]),
        ("class_id:LTE:10", [1, 2]),
        ("class_id:CONTAINS:0", [2, 3]),
        ("class_id:GT:-1", [1, 2, 3]),
        ("class_id:EQUALS:9223372036854775807", [3]),
        ("class_id:EQUALS:9223372036854775808", []),
        ("class_id:LT:9223372036854775808", [1, 2, 3]),
        ("class_id:GT:-9223372036854775809", [1, 2, 3]),
        ("class_id:IS:NULL", [4]),
        # a flag
        ("no_taxes:EQUALS:1", [1]),
        ("no_taxes:EQUALS:true", [1]),
        ("no_taxes:EQUALS:0", [2, 3, 4]),
        ("no_taxes:EQUALS:false", [2, 3, 4]),
        ("no_taxes:NOTEQUALS:1", [2, 3, 4]),
        ("no_taxes:GT:0", [1]),
        ("no_taxes:LT:1", [2, 3, 4]),
        ("no_taxes:GTE:0", [1, 2, 3, 4]),
        ("no_taxes:LTE:0", [2, 3, 4]),
        ("no_taxes:CONTAINS:1", [1]),
        ("no_taxes:IS:NULL", []),
        # tags: one of them is enough
        ("tags:EQUALS:a", [1]),
        ("tags:EQUALS:b\\,c", [1]),
        ("tags:NOTEQUALS:a", [1, 4]),
        ("tags:CONTAINS:\\,", [1]),
        ("tags:CONTAINS:", [1, 4]),
        ("tags:GT:b", [1, 4]),
        ("tags:GTE:z", [4]),
        ("tags:GT:z", []),
        ("tags:LT:b", [1]),
        ("tags:LT:a", []),
        ("tags:LTE:a", [1]),
        ("tags:IS:NULL", []),
        ("tags:ISNOT:NULL", [1, 2, 3, 4]),
        # what is worked out
        ("bill_block:CONTAINS:Dog Lane\nKöln", [3]),
        ("bill_block:EQUALS:Bonn", [2]),
        ("bill_block:EQUALS:", [4]),
        ("display_as:EQUALS:Beta", [2]),
        ("total:EQUALS:0", [1, 2, 3, 4]),
        ("total:EQUALS:0.00", [1, 2, 3, 4]),
        ("total:GT:-0.5", [1, 2, 3, 4]),
        ("balance:GTE:0.01", []),
        ("currency_id:EQUALS:1", [1, 2, 3]),
        ("currency_id:EQUALS:7", [4]),
        ("customer_status_state:EQUALS:a", [1, 2, 3, 4]),
        # several terms
        ("company:CONTAINS:cme,tags:EQUALS:z", [4]),
        ("company:EQUALS:Acme\\, Inc,class_id:EQUALS:9,no_taxes:EQUALS:1", [1]),
        ("class_id:GT:9,class_id:LT:11", [2]),
        ("class_id:GT:10,class_id:LT:10", []),
        ("bill_state:EQUALS:,class_id:ISNOT:NULL", [2]),
        ("bill_state:IS:NULL,company:EQUALS:acme\\", [4]),
    ],
)
def test_a_where_gives_the_customers_that_fit(http: httpx2.Client, where: str, ids: list[int]) -> None:
    assert found(http, where) == ids


@pytest.fixture
def in_india(monkeypatch: pytest.MonkeyPatch) -> Generator[None]:
    """Where the machine is does not matter."""
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "Asia/Kolkata")
        time.tzset()
        yield
    time.tzset()


@pytest.mark.usefixtures("in_india")
def test_a_date_is_found_in_every_form(http: httpx2.Client) -> None:
    create(http)
    text = http.get(f"{CUSTOMER}/1").json()["response"]["mod_datetime"]
    moment = datetime.fromisoformat(text)
    elsewhere = moment.astimezone(timezone(timedelta(hours=5, minutes=30)))
    without_zone = moment.replace(tzinfo=None)
    for same in (
        text,
        text.replace(":", "\\:"),
        elsewhere.isoformat(),
        without_zone.isoformat(),
        without_zone.isoformat(" "),
        f"{moment.astimezone(UTC).replace(tzinfo=None).isoformat()}Z",
    ):
        assert found(http, f"mod_datetime:EQUALS:{same}") == [1], same
        assert found(http, f"mod_datetime:NOTEQUALS:{same}") == [], same
        assert found(http, f"mod_datetime:GTE:{same},mod_datetime:LTE:{same}") == [1], same
        assert found(http, f"mod_datetime:GT:{same}") == found(http, f"mod_datetime:LT:{same}") == [], same
    today, tomorrow = moment.date(), moment.date() + timedelta(days=1)
    assert found(http, f"mod_datetime:GTE:{today},mod_datetime:LT:{tomorrow}") == [1]
    assert found(http, f"mod_datetime:GTE:{tomorrow}") == []
    assert found(http, "mod_datetime:GT:2020-01-01 00:00:00,write_datetime:GT:2020-01-01T00:00:00+14:00") == [1]


def test_every_field_of_a_customer_can_be_asked_for_and_ordered_by(http: httpx2.Client) -> None:
    create(http)
    parent = create(http, company="Parent")
    values = {row.name: row.value for row in ROWS}
    full = create(http, **{**values, "parent_customer_id": parent, "custom_1": "a,b"})
    shown = http.get(f"{CUSTOMER}/{full}").json()["response"]
    assert shown.keys() == FIELDS.keys()
    for name, value in shown.items():
        nulls, others = found(http, f"{name}:IS:NULL"), found(http, f"{name}:ISNOT:NULL")
        assert sorted(nulls + others) == [1, parent, full], name
        assert (full in nulls) == (value is None), name
        for one in value if isinstance(value, list) else [value]:
            operators = ("EQUALS", "GTE", "LTE", *(("CONTAINS",) if not name.endswith("_datetime") else ()))
            text = str(one if not isinstance(one, bool) else int(one)).replace(",", "\\,")
            for operator in operators if value is not None else ():
                assert full in found(http, f"{name}:{operator}:{text}"), f"{name} {operator}"
        for direction in ("ASC", "DESC"):
            assert sorted(found(http, "total:EQUALS:0", order=f"{name}:{direction}")) == [1, parent, full], name


@pytest.mark.parametrize(
    ("where", "number", "term", "reason"),
    [
        ("company", 1, "company", "not have the form field:OPERATOR:value"),
        ("company:EQUALS", 1, "company:EQUALS", "not have the form field:OPERATOR:value"),
        ("company:EQUALS:x,", 2, "", "not have the form field:OPERATOR:value"),
        (",company:EQUALS:x", 1, "", "not have the form field:OPERATOR:value"),
        ("company:EQUALS:a, b", 2, " b", "not have the form field:OPERATOR:value"),
        ("class_id:GT:1,compny:EQUALS:x", 2, "compny:EQUALS:x", "a customer has no field 'compny'"),
        (":EQUALS:x", 1, ":EQUALS:x", "a customer has no field ''"),
        ("Company:EQUALS:x", 1, "Company:EQUALS:x", "a customer has no field 'Company'"),
        ('company" OR 1--:EQUALS:x', 1, 'company" OR 1--:EQUALS:x', "a customer has no field"),
        ("company:LIKE:x", 1, "company:LIKE:x", "there is no operator 'LIKE', only EQUALS, "),
        ("company:equals:x", 1, "company:equals:x", "there is no operator 'equals'"),
        ("company::x", 1, "company::x", "there is no operator ''"),
        ("company:IS:x", 1, "company:IS:x", "IS takes NULL only"),
        ("company:ISNOT:", 1, "company:ISNOT:", "ISNOT takes NULL only"),
        ("company:IS:null", 1, "company:IS:null", "IS takes NULL only"),
        ("company:IS:NULL,class_id:GT:x", 2, "class_id:GT:x", "class_id is compared with a whole number"),
        ("class_id:EQUALS:", 1, "class_id:EQUALS:", "class_id is compared with a whole number"),
        ("class_id:EQUALS:1.5", 1, "class_id:EQUALS:1.5", "class_id is compared with a whole number"),
        ("class_id:EQUALS:1_0", 1, "class_id:EQUALS:1_0", "class_id is compared with a whole number"),
        ("class_id:EQUALS:\N{ARABIC-INDIC DIGIT ONE}", 1, "class_id:EQUALS:\N{ARABIC-INDIC DIGIT ONE}", "whole number"),
        ("total:EQUALS:NaN", 1, "total:EQUALS:NaN", "total is compared with a number"),
        ("total:EQUALS:1e3", 1, "total:EQUALS:1e3", "total is compared with a number"),
        ("no_taxes:EQUALS:yes", 1, "no_taxes:EQUALS:yes", "no_taxes is compared with a boolean: 1 or 0"),
        ("no_taxes:EQUALS:True", 1, "no_taxes:EQUALS:True", "no_taxes is compared with a boolean: 1 or 0"),
        (
            "mod_datetime:GT:yesterday",
            1,
            "mod_datetime:GT:yesterday",
            "compared with a date such as 2026-01-31",
        ),
        ("mod_datetime:GT:2026-02-30", 1, "mod_datetime:GT:2026-02-30", "mod_datetime is compared with a date"),
        (
            "mod_datetime:GT:0001-01-01T00:00+05:00",
            1,
            "mod_datetime:GT:0001-01-01T00:00+05:00",
            "is compared with a date",
        ),
    ],
)
def test_a_wrong_where_is_refused_at_its_term(
    http: httpx2.Client, where: str, number: int, term: str, reason: str
) -> None:
    for path in (CUSTOMER, f"{CUSTOMER}/_count"):
        answer = http.get(path, params={"where": where})
        message = refused(answer, 400)
        assert message.startswith(f"Missing or invalid parameter. [where: term {number}, {term!r}: ")
        assert reason in message
        assert [error["field"] for error in answer.json()["details"]["errors"]] == ["where"]


@pytest.mark.parametrize("order", ["company", "company:asc", "company:ASC:x", "compny:ASC"])
def test_a_wrong_order_is_refused(http: httpx2.Client, order: str) -> None:
    message = refused(http.get(CUSTOMER, params={"order": order}), 400)
    assert message.startswith(f"Missing or invalid parameter. [order: {order!r}")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("limit", value) for value in ("501", "-1", "x", "", "1.0", "+1", "01", "9" * 30)),
        *(("offset", value) for value in ("-1", "x", "", "1.5", "9223372036854775808")),
    ],
)
def test_an_impossible_page_is_refused(http: httpx2.Client, name: str, value: str) -> None:
    assert f"[{name}: " in refused(http.get(CUSTOMER, params={name: value}), 400)


def test_a_page_is_cut_out_of_the_whole(http: httpx2.Client) -> None:
    for _ in range(12):
        create(http)
    for query, ids in (
        ({}, range(1, 11)),
        ({"limit": "500"}, range(1, 13)),
        ({"limit": "1"}, [1]),
        ({"offset": "10"}, [11, 12]),
        ({"limit": "3", "offset": "4"}, [5, 6, 7]),
        ({"offset": "12"}, []),
        ({"offset": "9223372036854775807"}, []),
        ({"limit": "2", "offset": "1", "order": "customer_id:DESC"}, [11, 10]),
    ):
        assert ids_of(http.get(CUSTOMER, params=query)) == list(ids), query


@pytest.mark.usefixtures("people")
def test_parameters_that_it_does_not_know_are_ignored(http: httpx2.Client) -> None:
    assert ids_of(http.get(f"{CUSTOMER}?_dc=1&_dc=2&&x&limit=2&%FF=%FF")) == [1, 2]
    counted = http.get(f"{CUSTOMER}/_count?limit=0&order=x&offset=-1").json()
    assert counted["response"] == 4
    assert http.get(f"{CUSTOMER}/1?where=x").status_code == 200


def test_a_parameter_that_is_there_twice_is_refused(http: httpx2.Client) -> None:
    for name, value in (("where", "company:EQUALS:x"), ("order", "company:ASC"), ("limit", "1"), ("offset", "1")):
        answer = http.get(f"{CUSTOMER}?{name}={value}&{name}={value}")
        assert refused(answer, 400) == f"Missing or invalid parameter. [{name}: it is sent more than once]"


def test_bytes_that_are_not_utf_8_are_refused(http: httpx2.Client) -> None:
    for query in ("where=company:EQUALS:%FF", "order=%C3:ASC", "limit=%FF", "offset=%ED%A0%80"):
        name = query.partition("=")[0]
        assert refused(http.get(f"{CUSTOMER}?{query}"), 400) == (
            f"Missing or invalid parameter. [{name}: it is not UTF-8]"
        )


@pytest.mark.usefixtures("people")
def test_a_query_is_read_as_urls_are(http: httpx2.Client) -> None:
    for query in (
        "where=company:EQUALS:%C5%BB%C3%B3%C5%82w%20%F0%9F%98%80",
        "where=company:EQUALS:%C5%BB%C3%B3%C5%82w+%F0%9F%98%80",
        "%77here=company%3AEQUALS%3A%C5%BB%C3%B3%C5%82w+%F0%9F%98%80",
        "where=bill_city:EQUALS:K%C3%B6ln",
    ):
        assert ids_of(http.get(f"{CUSTOMER}?{query}")) == [3], query
    # The library escapes what a URL cannot have.
    assert ids_of(http.get(f"{CUSTOMER}?where=bill_city:EQUALS:Köln")) == [3]


def test_bytes_that_no_url_can_have_are_refused_with_an_envelope(sandbox: LocalSandbox) -> None:
    host, _, port = sandbox.url.removeprefix("http://").partition(":")
    pair = base64.b64encode(f"{sandbox.username}:{sandbox.password}".encode())
    with socket.create_connection((host, int(port)), timeout=10) as connection:
        line = "GET /api/v3/customer?where=company:EQUALS:ö HTTP/1.1\r\n".encode()
        connection.sendall(line + b"Host: localhost\r\nConnection: close\r\nAuthorization: Basic " + pair + b"\r\n\r\n")
        received = b"".join(iter(lambda: connection.recv(65536), b""))
    assert received.startswith(b"HTTP/1.1 400 ")
    assert b'"status":"Error"' in received


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize(
    ("order", "ids"),
    [
        ("customer_id:ASC", [1, 2, 3, 4]),
        ("customer_id:DESC", [4, 3, 2, 1]),
        ("company:ASC", [1, 2, 4, 3]),
        ("company:DESC", [3, 4, 2, 1]),
        ("class_id:ASC", [4, 1, 2, 3]),
        ("class_id:DESC", [3, 2, 1, 4]),
        ("no_taxes:ASC", [2, 3, 4, 1]),
        ("no_taxes:DESC", [1, 2, 3, 4]),
        ("bill_state:ASC", [3, 4, 2, 1]),
        ("total:ASC", [1, 2, 3, 4]),
        ("total:DESC", [1, 2, 3, 4]),
        ("mod_datetime:DESC", [4, 3, 2, 1]),
        ("bill_block:ASC", [4, 3, 2, 1]),
    ],
)
def test_null_is_the_lowest_and_what_is_equal_is_in_the_order_of_the_ids(
    http: httpx2.Client, order: str, ids: list[int]
) -> None:
    assert ids_of(http.get(CUSTOMER, params={"order": order})) == ids


def test_the_rows_of_a_list_are_whole_except_their_tags(http: httpx2.Client) -> None:
    create(http, tags=["a"], no_taxes=True)
    (listed,) = http.get(CUSTOMER).json()["response"]
    whole = http.get(f"{CUSTOMER}/1").json()["response"]
    assert {**listed, "tags": ["a"]} == whole
    assert "tags" not in listed
