"""What takes more than one request: where answers lead, what pages hold, what a bulk leaves, whom keys name."""

from typing import Any
from urllib.parse import quote

import pytest

from chargeover_contract.http import BULK, CheckedHttp, Needs
from chargeover_contract.ownership import CUSTOMER
from chargeover_contract.server import Server

pytestmark = pytest.mark.contract


def test_the_location_of_a_creation_and_of_an_update_leads_to_the_customer(
    http: CheckedHttp, needs: Needs, server: Server, marker: str
) -> None:
    needs("create_customer", "get_customer", "update_customer", "update_customer_by_external_key")
    customer_id = http.create(external_key=marker)
    created = http("POST", CUSTOMER, {"company": "Located"}, 201)
    updated = http("PUT", f"{CUSTOMER}/{customer_id}", {"bill_city": "Ulm"}, 202)
    by_key = http("PUT", f"{CUSTOMER}/external_key:{marker}", {"bill_city": "Hof"}, 202)
    for answer, named in ((created, created.json()["response"]["id"]), (updated, customer_id), (by_key, customer_id)):
        location = answer.request.url.join(answer.headers["Location"]).path.removeprefix(server.prefix)
        assert location.endswith(f"{CUSTOMER}/{named}"), location
        assert http("GET", location, status=200).json()["response"]["customer_id"] == named
        assert answer.json()["response"]["id"] == named


def test_a_page_has_ten_customers_where_nothing_else_is_asked_for(http: CheckedHttp, needs: Needs, marker: str) -> None:
    needs("create_customer", "list_customers")
    ids = [http.create(custom_20=marker) for _ in range(12)]
    where = f"where=custom_20:EQUALS:{marker}"
    assert http.page(where) == ids[:10]
    assert http.page(f"{where}&offset=10") == ids[10:]
    assert http.page(f"{where}&offset=9&limit=2") == ids[9:11]
    assert http.page(f"{where}&limit=500") == ids
    assert http.page(f"{where}&offset=12") == []
    assert http.page(f"{where}&offset=9223372036854775807") == []
    assert http.page(f"{where}&limit=1&order=customer_id:DESC") == ids[-1:]


def test_hundreds_of_customers_fit_one_page(http: CheckedHttp, needs: Needs, server: Server, marker: str) -> None:
    needs("bulk", "create_customer", "list_customers", "count_customers")
    one = ("POST", CUSTOMER, {"company": "Many", "custom_20": marker})
    # Elsewhere so many are left behind.
    rounds = 21 if server.is_own else 6
    ids = [answer["response"]["id"] for _ in range(rounds) for answer in http.bulk(*[one] * 25)]
    assert len(set(ids)) == rounds * 25
    where = f"where=custom_20:EQUALS:{marker}"
    assert http.page(f"{where}&limit=500") == ids[:500]
    assert http.page(f"{where}&limit=101") == ids[:101]
    assert http.page(f"{where}&limit=120&offset=10") == ids[10:130]
    assert [one for start in range(0, len(ids), 40) for one in http.page(f"{where}&limit=40&offset={start}")] == ids
    assert http.count(marker) == len(ids)


def test_a_failed_request_of_a_bulk_leaves_the_others_alone(http: CheckedHttp, needs: Needs, marker: str) -> None:
    needs("bulk", "create_customer", "get_customer", "count_customers")
    key = f"k-{marker}"
    customer_id = http.create(custom_20=marker, external_key=key)
    one = f"{CUSTOMER}/{customer_id}"
    answers = http.bulk(
        ("PUT", one, {"bill_city": "Bonn"}),
        ("PUT", f"{CUSTOMER}/9223372036854775807", {"bill_city": "Nowhere"}),
        ("PUT", one, {"bill_cty": "Typo"}),
        ("POST", CUSTOMER, {"company": "Twice", "external_key": key, "custom_20": marker}),
        ("GET", one, None),
        ("POST", CUSTOMER, {"company": "New", "custom_20": marker}),
        ("GET", f"{CUSTOMER}/_count?where=custom_20:EQUALS:{marker}", None),
        ("PUT", f"{CUSTOMER}/external_key:{key}", {"bill_state": "NRW"}),
        ("GET", "/api/v3/nothing", None),
        ("PUT", f"{CUSTOMER}/_count", {}),
        ("PUT", one, None),
    )
    codes = [answer["code"] for answer in answers]
    assert codes == [202, 404, 400, 400, 200, 201, 200, 202, 400, 405, 400]
    assert [answer["status"] for answer in answers] == ["OK" if code < 300 else "Error" for code in codes]
    assert all(answer["response"] in (False, None) for answer in answers if answer["code"] >= 400)
    assert answers[0]["response"] == {"id": customer_id}
    assert (answers[4]["response"]["bill_city"], answers[4]["response"]["bill_state"]) == ("Bonn", None)
    assert answers[6]["response"] == 2
    assert http.count(marker) == 2
    customer = http.read(customer_id)
    assert (customer["bill_city"], customer["bill_state"], customer["company"]) == ("Bonn", "NRW", "In turn")
    assert http.read(answers[5]["response"]["id"])["company"] == "New"


def test_a_bulk_request_within_another_is_refused(http: CheckedHttp, needs: Needs) -> None:
    needs("bulk")
    inner = [{"request_method": "GET", "uri": f"{CUSTOMER}?limit=1"}]
    first, second = http.bulk(("POST", BULK, inner), ("GET", f"{CUSTOMER}?limit=1", None))
    assert (first["code"], first["status"], second["code"]) == (400, "Error", 200)


def test_26_requests_are_refused_and_none_is_carried_out(http: CheckedHttp, needs: Needs, marker: str) -> None:
    needs("bulk", "create_customer", "count_customers")
    one = {"request_method": "POST", "uri": CUSTOMER, "payload": {"company": "Many", "custom_20": marker}}
    http("POST", BULK, [one] * 26, 400)
    assert http.count(marker) == 0
    http("POST", BULK, [one] * 25, 200)
    assert http.count(marker) == 25


@pytest.mark.parametrize(
    "ending",
    [
        "plain",
        "a b",
        "ä",
        "\N{GRINNING FACE}",
        "a+b",
        "a%b",
        "a?b#c",
        "a:b",
        "a,b",
        "..",
        "&=;@",
        "'\"<>",
        "k" * 120,
    ],
)
def test_a_key_of_any_characters_names_its_customer_in_a_path(
    http: CheckedHttp, needs: Needs, marker: str, ending: str
) -> None:
    by_key = ("get_customer_by_external_key", "update_customer_by_external_key", "delete_customer_by_external_key")
    needs("create_customer", *by_key, "bulk")
    key = marker + ending
    customer_id = http.create(external_key=key)
    path = f"{CUSTOMER}/external_key:{quote(key, safe='')}"
    assert http("GET", path, status=200).json()["response"]["customer_id"] == customer_id
    assert http("PUT", path, {"bill_city": "Kiel"}, 202).json()["response"]["id"] == customer_id
    read, changed = http.bulk(("GET", path, None), ("PUT", path, {"bill_city": "Hof"}))
    assert (read["response"]["customer_id"], changed["code"]) == (customer_id, 202)
    assert http("DELETE", path, status=200).json()["response"] is True
    http("GET", path, status=404)
    http("POST", CUSTOMER, {"company": "Again", "external_key": key}, 400)


def test_a_customer_is_told_apart_by_its_own_token(http: CheckedHttp, needs: Needs) -> None:
    needs("create_customer", "get_customer_by_token")
    ids = [http.create() for _ in range(3)]
    tokens = [http.read(one)["token"] for one in ids]
    assert [http.read(f"token:{token}")["customer_id"] for token in tokens] == ids


def test_a_stranger_changes_nothing(server: Server, http: CheckedHttp, needs: Needs, marker: str) -> None:
    needs("create_customer", "get_customer")
    customer_id = http.create(external_key=marker)
    before = http.read(customer_id)
    one = f"{server.url}{CUSTOMER}/{customer_id}"
    with server.client(has_credentials=False) as stranger:
        # Right behind someone who may.
        for method, url, body in (
            ("PUT", one, {"company": "Stolen"}),
            ("DELETE", f"{server.url}{CUSTOMER}/external_key:{marker}", None),
            ("DELETE", one, None),
            ("POST", f"{server.url}{BULK}", [{"request_method": "PUT", "uri": one, "payload": {"company": "Stolen"}}]),
        ):
            arguments: dict[str, Any] = {} if body is None else {"json": body}
            answer = stranger.request(method, url, **arguments)
            assert answer.status_code == 401, f"{method} {url}"
            assert server.password not in answer.text
    assert http.read(customer_id) == before


def test_what_is_large_comes_back_whole(http: CheckedHttp, needs: Needs, marker: str) -> None:
    needs("create_customer", "get_customer", "list_customers")
    text = "x\N{GRINNING FACE}ü" * 10_000
    customer_id = http.create(custom_1=text, tags=[str(number) for number in range(1000)], custom_20=marker)
    customer = http.read(customer_id)
    assert (customer["custom_1"], customer["tags"]) == (text, [str(number) for number in range(1000)])
    (row,) = http("GET", f"{CUSTOMER}?where=custom_20:EQUALS:{marker}", status=200).json()["response"]
    # The rows of a list lack tags (recorded).
    assert {"tags": customer["tags"], **row} == customer
