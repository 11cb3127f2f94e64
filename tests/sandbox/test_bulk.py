"""Bulk requests over plain HTTP: each part is answered as it would have been alone."""

import httpx2
import pytest

from chargeover_sandbox import LocalSandbox
from tests.support.http import BULK, CUSTOMER, bulk_responses, count, create, part, refused

CREATE = part("POST", CUSTOMER, payload={"company": "New"})
NO_OBJECTS: tuple[object, ...] = (None, [], "{}", 1)

pytestmark = pytest.mark.usefixtures("sandbox")


def answer_to(http: httpx2.Client, method: str, uri: str, **members: object) -> tuple[int, str]:
    """The code and the message of one part alone."""
    (one,) = bulk_responses(http, part(method, uri, **members))
    assert one.keys() == {"code", "status", "message", "response"}
    assert (one["status"] == "OK") == (one["code"] < 400) == (one["response"] is not False)
    return one["code"], one["message"]


def test_25_are_carried_out(http: httpx2.Client) -> None:
    found = bulk_responses(http, *[CREATE] * 25)
    assert [one["response"]["id"] for one in found] == list(range(1, 26))
    assert count(http) == 25


def test_of_26_none_is(http: httpx2.Client) -> None:
    assert "25 items" in refused(http.post(BULK, json=[CREATE] * 26), 400)
    assert count(http) == 0


def test_none_is_fine(http: httpx2.Client) -> None:
    assert http.post(BULK, json=[]).json() == {
        "code": 200,
        "status": "OK",
        "message": "",
        "details": {},
        "response": {"_bulk": []},
    }


def test_each_has_its_own_answer_in_its_own_place(http: httpx2.Client) -> None:
    create(http, company="Acme", external_key="k")
    found = bulk_responses(
        http,
        part("GET", f"{CUSTOMER}/9"),
        part("PUT", f"{CUSTOMER}/1", payload={"bill_city": "Berlin"}),
        CREATE,
        part("PUT", f"{CUSTOMER}/2", payload={"no_taxes": 1}),
        part("PUT", f"{CUSTOMER}/2", payload={"parent_customer_id": 1}),
        part("POST", f"{CUSTOMER}/2/_action/disconnectParent", payload={}),
        part("GET", f"{CUSTOMER}/external_key:k"),
        part("GET", f"{CUSTOMER}/_count"),
        part("GET", CUSTOMER),
    )
    assert [one["code"] for one in found] == [404, 202, 201, 400, 202, 200, 200, 200, 200]
    assert found[0] == {"code": 404, "status": "Error", "message": "This customer does not exist.", "response": None}
    assert found[1] == {"code": 202, "status": "OK", "message": "", "response": {"id": 1}}
    assert [found[index]["response"] for index in (2, 4, 5, 7)] == [{"id": 2}, {"id": 2}, True, 2]
    assert found[3]["message"].startswith("Missing or invalid parameter. [no_taxes: ")
    assert found[6]["response"] == http.get(f"{CUSTOMER}/1").json()["response"]
    assert found[6]["response"]["tags"] == []
    assert found[8]["response"] == http.get(CUSTOMER).json()["response"]


def test_one_sees_what_those_before_it_did(http: httpx2.Client) -> None:
    changes = [part("PUT", f"{CUSTOMER}/1", payload={"company": str(number)}) for number in range(5)]
    looks = [part("GET", f"{CUSTOMER}/1")] * 5
    found = bulk_responses(http, CREATE, *[one for pair in zip(changes, looks, strict=True) for one in pair])
    assert [one["response"]["company"] for one in found[2::2]] == ["0", "1", "2", "3", "4"]


def test_one_that_fails_does_not_undo_the_others(http: httpx2.Client) -> None:
    create(http, external_key="k")
    taken = part("POST", CUSTOMER, payload={"company": "Second", "external_key": "k"})
    assert [one["code"] for one in bulk_responses(http, CREATE, taken, CREATE)] == [201, 400, 201]
    assert [one["company"] for one in http.get(CUSTOMER).json()["response"]] == ["Acme", "New", "New"]


def test_payments_count_here_too(sandbox: LocalSandbox, http: httpx2.Client) -> None:
    parent = create(http)
    child = create(http, parent_customer_id=parent)
    sandbox.record_payment(customer_id=child, paid_by=parent)
    removal = {"parent_customer_id": None}
    code, message = answer_to(http, "PUT", f"{CUSTOMER}/{child}", payload=removal)
    assert (code, "has made a payment" in message) == (400, True)


@pytest.mark.parametrize(
    ("uri", "code", "company"),
    [
        ("/api/v3/customer/1", 200, "Acme"),
        ("/api/v3/customer/1?x=1", 200, "Acme"),
        ("/api/v3/customer/external_key:a%2Fb%20%C3%B6", 200, "Acme"),
        ("/api/v3/customer/external_key:a%2Fb ö", 200, "Acme"),
        ("/api/v3/customer/external_key:a/b%20ö", 400, "There is no endpoint"),
        ("/api/v3/customer/external_key:%FF", 400, "it is not UTF-8"),
        ("/api/v3/customer/1#x", 400, "customer_id"),
        ("/api/v3/customer/1/", 400, "There is no endpoint"),
        ("/api/v3/customer/x", 400, "customer_id"),
        ("api/v3/customer/1", 400, "There is no endpoint"),
        ("customer/1", 400, "There is no endpoint"),
        ("/customer/1", 400, "There is no endpoint"),
        ("http://127.0.0.1/api/v3/customer/1", 400, "There is no endpoint"),
        ("//api/v3/customer/1", 400, "There is no endpoint"),
        ("/api/v3/../v3/customer/1", 400, "There is no endpoint"),
        ("", 400, "There is no endpoint"),
        ("?", 400, "There is no endpoint"),
        ("/_sandbox/reset", 400, "There is no endpoint"),
        ("/_sandbox/payments", 400, "There is no endpoint"),
    ],
)
def test_a_uri_is_a_path_from_the_root(http: httpx2.Client, uri: str, code: int, company: str) -> None:
    create(http, external_key="a/b ö")
    (one,) = bulk_responses(http, part("GET", uri))
    assert one["code"] == code
    assert company in (one["response"]["company"] if code == 200 else one["message"])


def test_a_query_is_read(http: httpx2.Client) -> None:
    for company in ("a&b", "a,b"):
        create(http, company=company)
    listed, counted, wrong = bulk_responses(
        http,
        part("GET", f"{CUSTOMER}?where=company:EQUALS:a%5C,b&limit=1"),
        part("GET", f"{CUSTOMER}/_count?where=company:CONTAINS:%26"),
        part("GET", f"{CUSTOMER}?limit=0"),
    )
    assert [one["customer_id"] for one in listed["response"]] == [2]
    assert counted["response"] == 1
    assert (wrong["code"], wrong["message"].startswith("Missing or invalid parameter. [limit: ")) == (400, True)


def test_the_sandbox_itself_cannot_be_emptied(http: httpx2.Client) -> None:
    create(http)
    assert answer_to(http, "POST", "/_sandbox/reset", payload={})[0] == 400
    assert count(http) == 1


@pytest.mark.parametrize("uri", [BULK, f"{BULK}?x", "/api/v3/%5Fbulk"])
def test_a_bulk_request_cannot_hold_another(http: httpx2.Client, uri: str) -> None:
    inner = [part("POST", CUSTOMER, payload={"company": "Inner"})]
    first, nested, last = bulk_responses(http, CREATE, part("POST", uri, payload=inner), CREATE)
    assert (first["code"], nested["code"], last["code"]) == (201, 400, 201)
    assert nested["message"] == f"{uri} cannot be part of a bulk request."
    assert count(http) == 2


def test_a_method_that_a_path_does_not_have_is_named(http: httpx2.Client) -> None:
    create(http)
    code, message = answer_to(http, "POST", f"{CUSTOMER}/1", payload={})
    assert (code, message) == (405, "POST is not allowed here. Allowed: DELETE, GET, PUT.")
    assert answer_to(http, "PUT", CUSTOMER, payload={"company": "x"})[0] == 405
    assert answer_to(http, "GET", BULK)[0] == 405


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({}, 'not of type "array"'),
        ({"_bulk": [CREATE]}, 'not of type "array"'),
        ([CREATE, 1], "[1]: "),
        ([CREATE, {}], "[1].request_method: it is required"),
        ([CREATE, {"request_method": "GET"}], "[1].uri: it is required"),
        ([CREATE, part("DELETE", f"{CUSTOMER}/1")], "[1].request_method: "),
        ([CREATE, part("PATCH", f"{CUSTOMER}/1")], "[1].request_method: "),
        ([CREATE, part("get", f"{CUSTOMER}/1")], "[1].request_method: "),
        ([CREATE, {**CREATE, "uri": 5}], "[1].uri: "),
        ([CREATE, {**CREATE, "method": "POST"}], "method: there is no such field"),
    ],
    ids=str,
)
def test_an_invalid_bulk_request_is_refused_as_a_whole(http: httpx2.Client, body: object, words: str) -> None:
    assert words in refused(http.post(BULK, json=body), 400)
    assert count(http) == 0


def test_a_payload_is_needed_where_a_body_is(http: httpx2.Client) -> None:
    create(http)
    for method, uri in (
        ("POST", CUSTOMER),
        ("PUT", f"{CUSTOMER}/1"),
        ("POST", f"{CUSTOMER}/1/_action/disconnectParent"),
    ):
        assert answer_to(http, method, uri)[0] == 400, uri
        for payload in NO_OBJECTS:
            assert answer_to(http, method, uri, payload=payload)[0] == 400, (uri, payload)


def test_an_unused_payload_does_no_harm(http: httpx2.Client) -> None:
    create(http)
    for payload in ({}, *NO_OBJECTS):
        assert answer_to(http, "GET", f"{CUSTOMER}/1", payload=payload)[0] == 200
