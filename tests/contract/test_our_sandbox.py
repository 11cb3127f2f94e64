"""What our sandbox decides itself where nothing is published, with the fixtures of the contract suite."""

from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

import httpx2
import pytest

from chargeover_contract.http import CheckedHttp
from chargeover_contract.ownership import CUSTOMER

pytestmark = pytest.mark.contract

# By the field that they differ in; the company says which is which. None is not sent.
CITIES = ("Bonn", "bonn", "Bonn am Rhein", "B%n", "Bo,nn", "x y", "", None)


def test_a_slash_in_a_key_and_its_case_and_spaces_are_a_part_of_it(
    http: CheckedHttp, sandbox_only: None, marker: str
) -> None:
    key = f"{marker}/Ab c"
    http.create(external_key=key)
    for other, status in ((key, 200), (key.swapcase(), 404), (f"{key} ", 404), (key[:-1], 404)):
        http("GET", f"{CUSTOMER}/external_key:{quote(other, safe='')}", status=status)
    http("POST", CUSTOMER, {"company": "Another case", "external_key": key.swapcase()}, 201)


def test_no_customer_is_its_own_ancestor(http: CheckedHttp, sandbox_only: None) -> None:
    top = http.create()
    middle = http.create(parent_customer_id=top)
    bottom = http.create(parent_customer_id=middle)
    for parent in (top, middle, bottom, 2**63 - 1):
        http("PUT", f"{CUSTOMER}/{top}", {"parent_customer_id": parent, "company": "Changed"}, 400)
    assert (http.read(top)["parent_customer_id"], http.read(top)["company"]) == (None, "In turn")
    http("PUT", f"{CUSTOMER}/{middle}", {"parent_customer_id": bottom}, 400)
    http("PUT", f"{CUSTOMER}/{bottom}", {"parent_customer_id": top}, 202)


def test_a_parent_that_has_paid_stays(
    http: CheckedHttp, plain_http: httpx2.Client, sandbox_only: None, marker: str
) -> None:
    parent, other = http.create(), http.create()
    child = http.create(parent_customer_id=parent, external_key=marker)
    sister = http.create(parent_customer_id=parent)
    plain_http.post("/_sandbox/payments", json={"customer_id": child, "paid_by": parent}).raise_for_status()
    before = http.read(child)
    one, by_key = f"{CUSTOMER}/{child}", f"{CUSTOMER}/external_key:{marker}"
    much = {f"custom_{number}": "x" for number in range(1, 20)}
    refused: list[tuple[str, str, Any]] = [
        ("PUT", path, {"parent_customer_id": new, **beside})
        for path in (one, by_key)
        for new in (None, other)
        for beside in ({"company": "Changed"}, much)
    ]
    for method, path, body in [*refused, ("POST", f"{one}/_action/disconnectParent", {})]:
        http(method, path, body, 400)
        assert http.read(child) == before, f"{method} {path} {body}"
    codes = [answer["code"] for answer in http.bulk(*refused, ("POST", f"{one}/_action/disconnectParent", {}))]
    assert codes == [400] * 9
    assert http.read(child) == before
    # What is not the parent can be changed, the same parent can be sent, and the sister is free.
    http("PUT", one, {"parent_customer_id": parent, "company": "Changed"}, 202)
    http("PUT", by_key, {"bill_city": "Bonn"}, 202)
    http("PUT", f"{CUSTOMER}/{sister}", {"parent_customer_id": None}, 202)
    after = http.read(child)
    assert (after["company"], after["bill_city"], after["parent_customer_id"]) == ("Changed", "Bonn", parent)


def test_a_key_that_was_given_up_is_free_and_an_empty_one_is_no_key(
    http: CheckedHttp, sandbox_only: None, marker: str
) -> None:
    first, second = http.create(external_key=marker), http.create(external_key="")
    http("PUT", f"{CUSTOMER}/{first}", {"external_key": f"{marker}-2"}, 202)
    http("GET", f"{CUSTOMER}/external_key:{marker}", status=404)
    http("PUT", f"{CUSTOMER}/{second}", {"external_key": marker}, 202)
    assert http.read(f"external_key:{marker}")["customer_id"] == second
    for customer_id in (first, second):
        http("PUT", f"{CUSTOMER}/{customer_id}", {"external_key": ""}, 202)
    assert http.create(external_key=marker) not in {first, second}


def test_our_sandbox_orders_null_first_and_what_is_equal_by_its_id(
    http: CheckedHttp, sandbox_only: None, marker: str
) -> None:
    for number, city in enumerate(CITIES, 1):
        fields = {} if city is None else {"bill_state": city}
        http.create(company=str(city), custom_20=marker, superuser_id=number, no_taxes=number <= 2, **fields)
    there = sorted(city for city in CITIES if city is not None)
    assert http.found(marker, "", "bill_state:ASC") == ["None", *there]
    assert http.found(marker, "", "bill_state:DESC") == [*reversed(there), "None"]
    names = [str(city) for city in CITIES]
    assert http.found(marker, "", "superuser_id:DESC") == names[::-1]
    assert http.found(marker, "", "no_taxes:ASC") == names[2:] + names[:2]
    assert http.found(marker, "", "no_taxes:DESC") == names


def test_our_sandbox_reads_a_plus_sign_as_a_space(http: CheckedHttp, sandbox_only: None, marker: str) -> None:
    ids = [http.create(bill_state=state, custom_20=marker) for state in ("a b", "a+b")]
    where = f"where=custom_20:EQUALS:{marker},bill_state:EQUALS:"
    assert [http.page(f"{where}{text}") for text in ("a+b", "a%20b", "a%2Bb")] == [ids[:1], ids[:1], ids[1:]]


def test_our_sandbox_reads_what_is_escaped_and_what_need_not_be(
    http: CheckedHttp, sandbox_only: None, marker: str
) -> None:
    texts = ("a:b", "a\\:b", "a\\", "a\\b", "a,b", "a\\,b")
    ids = {text: http.create(custom_1=text, custom_20=marker) for text in texts}
    for written, text in (
        ("a\\:b", "a:b"),
        ("a:b", "a:b"),
        ("a\\\\:b", "a\\:b"),
        ("a\\\\\\:b", "a\\:b"),
        ("a\\\\", "a\\"),
        ("a\\", "a\\"),
        ("a\\b", "a\\b"),
        ("a\\\\b", "a\\b"),
        ("a\\,b", "a,b"),
        ("a\\\\\\,b", "a\\,b"),
    ):
        asked = quote(f"custom_20:EQUALS:{marker},custom_1:EQUALS:{written}")
        assert http.page(f"where={asked}") == [ids[text]], written
    first = quote(f"custom_1:EQUALS:a\\\\,custom_20:EQUALS:{marker}")
    assert http.page(f"where={first}") == [ids["a\\"]]


def test_our_sandbox_compares_dates_in_their_zones(http: CheckedHttp, sandbox_only: None, marker: str) -> None:
    customer_id = http.create(custom_20=marker)
    shown = http.read(customer_id)["mod_datetime"]
    written = datetime.fromisoformat(shown)
    in_utc = written.astimezone(UTC).replace(tzinfo=None)
    in_the_account = written.replace(tzinfo=None)

    def found(operator: str, text: str) -> bool:
        asked = quote(f"custom_20:EQUALS:{marker},mod_datetime:{operator}:{text}")
        return http.page(f"where={asked}") == [customer_id]

    assert shown == written.isoformat(timespec="seconds")
    assert found("EQUALS", shown)
    assert found("EQUALS", shown.replace(":", "\\:"))
    assert found("EQUALS", f"{in_utc.isoformat()}Z")
    assert found("EQUALS", str(in_the_account))
    assert found("GT", f"{in_utc.isoformat()}+01:00")
    assert not found("GT", f"{in_utc.isoformat()}-01:00")
    assert found("GTE", str(in_the_account))
    assert not found("LT", str(in_the_account))
    assert found("GTE", str(in_the_account.date()))
