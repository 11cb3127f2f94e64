"""What the sandbox refuses by default and takes with ``--lenient``: requests that clients in use send."""

import base64
import hashlib
import hmac
import json
from collections.abc import Generator
from typing import Any, NamedTuple

import httpx2
import pytest

from chargeover_sandbox import LocalSandbox
from tests.support.http import CUSTOMER, bulk_responses, connect, connect_anonymously, create, part, read, refused


@pytest.fixture(scope="module")
def lenient_sandbox() -> Generator[LocalSandbox]:
    with LocalSandbox(lenient=True) as sandbox:
        yield sandbox


@pytest.fixture
def lenient(lenient_sandbox: LocalSandbox) -> Generator[httpx2.Client]:
    lenient_sandbox.reset()
    with connect(lenient_sandbox.url) as http:
        yield http


JSON = {"Content-Type": "application/json"}
ONE = f"{CUSTOMER}/1"


class Form(NamedTuple):
    """A request that only a lenient sandbox takes.

    Attributes:
        source: where it was seen.
        status: of the lenient sandbox's response; a strict one's is 400, or ``strict``.
        then: fields that customer 1 has afterwards.
    """

    source: str
    method: str
    target: str
    body: bytes
    status: int
    then: dict[str, Any]
    headers: dict[str, str] = JSON
    strict: int = 400


def put(source: str, body: object, then: dict[str, Any], target: str = ONE) -> Form:
    return Form(source, "PUT", target, json.dumps(body).encode(), 202, then)


FORMS = {
    "an ID as text": put("client", {"terms_id": "7"}, {"terms_id": 7}),
    "a flag as text": put("client", {"no_taxes": "1"}, {"no_taxes": True}),
    "a flag as a number": put("client", {"no_taxes": 1, "no_dunning": 0}, {"no_taxes": True, "no_dunning": False}),
    "a null": put("client", {"company": None, "bill_city": "Bonn"}, {"company": "Acme", "bill_city": "Bonn"}),
    "a read-only member": put("client", {"token": "x", "bill_city": "Bonn"}, {"bill_city": "Bonn"}),
    "custtype_id": put("client, C#", {"custtype_id": 4, "campaign_details": "fair"}, {"custtype_id": 4}),
    "an external key of the parent": put("docs", {"parent_customer_external_key": "parent"}, {"parent_customer_id": 2}),
    "another external key": put("docs", {"class_external_key": "wholesale"}, {"class_id": None}),
    "an empty PUT": Form("client", "PUT", ONE, b"", 202, {}),
    "no media type": Form("client, Python", "PUT", ONE, b'{"company": "New"}', 202, {"company": "New"}, {}, 415),
    "two slashes": Form("client", "PUT", "/api/v3//customer/1", b'{"company": "New"}', 202, {"company": "New"}),
    "a slash behind the collection": Form("client", "GET", f"{CUSTOMER}/?limit=5", b"", 200, {}),
    "an empty where": Form("client", "GET", f"{CUSTOMER}?where=", b"", 200, {}),
    "a limit of 0": Form("client, PHP", "GET", f"{CUSTOMER}?_dummy=1&offset=0&limit=0", b"", 200, {}),
    "several orders": Form("client, PHP", "GET", f"{CUSTOMER}?order=company:ASC,customer_id:DESC", b"", 200, {}),
    "an empty order": Form("client", "GET", f"{CUSTOMER}?order=", b"", 200, {}),
    "a field not seen in a where": Form("client", "GET", f"{CUSTOMER}?where=bill_city:IS:NULL", b"", 200, {}),
    "an action in the query": Form("client, PHP", "POST", f"{ONE}?action=disconnectParent", b"", 200, {}, JSON, 405),
}


def send(http: httpx2.Client, form: Form) -> httpx2.Response:
    return http.request(form.method, http.base_url.join(form.target), content=form.body, headers=form.headers)


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS.keys())
def test_a_form_is_refused_by_default_and_taken_leniently(
    http: httpx2.Client, sandbox: LocalSandbox, lenient: httpx2.Client, form: Form
) -> None:
    assert not sandbox.journal
    for client in (http, lenient):
        create(client)
        create(client, external_key="parent")
    before = read(http, 1)
    refused(send(http, form), form.strict)
    assert read(http, 1) == before
    answer = send(lenient, form)
    assert (answer.status_code, answer.json()["status"]) == (form.status, "OK"), answer.text
    shown = read(lenient, 1)
    assert {name: shown[name] for name in form.then} == form.then


def test_a_fetched_customer_comes_back_whole(lenient: httpx2.Client) -> None:
    customer_id = create(lenient, bill_city="Bonn", tags=["a"], superuser_name="Ann Lee", no_procfees=True)
    fetched = read(lenient, customer_id)
    changed = {**fetched, "company": "New"}
    assert lenient.put(f"{CUSTOMER}/{customer_id}", json=changed).status_code == 202
    after = read(lenient, customer_id)
    assert {name: after[name] for name in after if name not in {"mod_datetime", "mod_ipaddr"}} == {
        name: changed[name] if name != "display_as" else "New"
        for name in changed
        if name not in {"mod_datetime", "mod_ipaddr"}
    }


def test_a_null_parent_disconnects_leniently_too(lenient: httpx2.Client) -> None:
    parent = create(lenient)
    child = create(lenient, parent_customer_id=str(parent))
    assert read(lenient, child)["parent_customer_id"] == parent
    lenient.put(f"{CUSTOMER}/{child}", json={"parent_customer_id": None})
    assert read(lenient, child)["parent_customer_id"] is None


def test_leniency_ends_where_no_client_sends_such_a_thing(lenient: httpx2.Client) -> None:
    create(lenient)
    for body in (
        {"compny": "x"},
        {"terms_id": "x"},
        {"terms_id": 1.5},
        {"no_taxes": "yes"},
        {"no_taxes": 2},
        {"company": 7},
        {"parent_customer_external_key": "unknown"},
        {"nothing_external_key": "x"},
    ):
        assert lenient.put(ONE, json=body).status_code == 400, body
    for query in ("limit=501", "limit=x", "where=nothing:EQUALS:1", "where=company", "order=nothing:ASC"):
        assert lenient.get(f"{CUSTOMER}?{query}").status_code == 400, query
    assert lenient.put(ONE, content=b"{}", headers={"Content-Type": "text/plain"}).status_code == 415
    assert lenient.post(f"{ONE}?action=setPayMethod", json={}).status_code == 400


def test_the_default_page_is_that_of_a_limit_of_0(lenient: httpx2.Client) -> None:
    for _ in range(12):
        create(lenient)
    assert len(lenient.get(f"{CUSTOMER}?limit=0").json()["response"]) == 10


def test_a_request_within_a_bulk_request_is_taken_too(lenient: httpx2.Client) -> None:
    create(lenient)
    found = bulk_responses(
        lenient,
        part("PUT", f"{CUSTOMER}/1/", payload={"terms_id": "7", "company": None}),
        part("PUT", "/api/v3//customer/1"),
        part("POST", f"{ONE}?action=disconnectParent"),
        part("GET", f"{CUSTOMER}?where=&limit=0"),
    )
    assert [one["code"] for one in found] == [202, 202, 200, 200]
    assert read(lenient, 1)["terms_id"] == 7


def signed(url: str, body: bytes, key: str = "sandbox", secret: str = "sandbox") -> str:
    text = "||".join((key, url.lower(), "n0nce", "1700000000")).encode() + b"||" + body
    signature = hmac.new(secret.encode(), text, hashlib.sha256).hexdigest()
    return (
        f'ChargeOver co_public_key="{key}" co_nonce="n0nce" co_timestamp="1700000000" '
        f'co_signature_method="HMAC-SHA256" co_version="1.0" co_signature="{signature}"'
    )


def test_the_older_signed_header_is_checked(lenient_sandbox: LocalSandbox, lenient: httpx2.Client) -> None:
    create(lenient)
    url, body = f"{lenient_sandbox.url}{ONE}?_Dummy=1", b'{"company": "Signed"}'
    with connect_anonymously(lenient_sandbox.url) as http:

        def status(header: str) -> int:
            return http.put(url, content=body, headers={**JSON, "Authorization": header}).status_code

        assert status(signed(url, body)) == 202
        assert read(lenient, 1)["company"] == "Signed"
        for wrong in (
            signed(url, body, secret="wrong"),
            signed(url, b"{}"),
            signed(f"{url}&x=1", body),
            signed(url, body, key="someone"),
            "ChargeOver x",
        ):
            assert status(wrong) == 401, wrong


def test_the_older_signed_header_is_refused_by_default(sandbox: LocalSandbox) -> None:
    url = f"{sandbox.url}{CUSTOMER}"
    with connect_anonymously(sandbox.url) as http:
        answer = http.get(url, headers={"Authorization": signed(url, b"")})
    assert "Missing (basic) authorization header" in refused(answer, 401)


# What the vendor's libraries send for customers: the requests, as data.
NEW = {
    "company": "Test Company",
    "bill_addr1": "16 Dog Lane",
    "bill_city": "Storrs",
    "bill_state": "CT",
    "external_key": "abcd1",
    "superuser_name": "Ann Lee",
    "superuser_email": "ann@acme.example",
}
CHANGED = {**NEW, "company": "New", "superuser_phone": "860-555-0100"}
WHERE = "where=external_key:EQUALS:abcd1"
PHP = [
    ("POST", "/api/v3/customer", {**NEW, "superuser_username": "ann"}, 201),
    ("GET", "/api/v3/customer/1", None, 200),
    ("GET", "/api/v3/customer/token:<token>", None, 200),
    ("GET", f"/api/v3/customer?_dummy=1&{WHERE}", None, 200),
    ("GET", "/api/v3/customer?_dummy=1&where=bill_state%3AEQUALS%3ACT,company%3ACONTAINS%3ATest", None, 200),
    ("GET", "/api/v3/customer?_dummy=1&where=company%3AEQUALS%3ASmith%5C%2C+Jones", None, 200),
    ("GET", "/api/v3/customer?_dummy=1&order=bill_state%3AASC,customer_id%3ADESC&offset=0&limit=0", None, 200),
    ("GET", "/api/v3/customer?_dummy=1&offset=5&limit=5", None, 200),
    ("GET", "/api/v3/customer/_count?_dummy=1", None, 200),
    ("GET", f"/api/v3/customer/_count?_dummy=1&{WHERE}", None, 200),
    ("PUT", "/api/v3/customer/1", CHANGED, 202),
    ("PUT", "/api/v3/customer/1", "<fetched>", 202),
    ("PUT", "/api/v3/customer/1?_flag_emails=0&_flag_webhooks=0", {"bill_city": "Bonn", "terms_id": "2"}, 202),
    ("PUT", "/api/v3/customer/1", None, 202),
    ("POST", "/api/v3/customer/1?action=disconnectParent", None, 200),
    ("POST", "/api/v3/_bulk", [{"request_method": "GET", "uri": "/api/v3/customer/1"}], 200),
    ("DELETE", "/api/v3/customer/1", None, 200),
    ("GET", "/api/v3/customer/1", None, 404),
]
RUBY = [
    ("POST", "/api/v3/customer", NEW, 201),
    ("GET", "/api/v3/customer/1", None, 200),
    ("GET", f"/api/v3/customer?{WHERE}", None, 200),
    ("GET", "/api/v3/customer", None, 200),
    ("GET", "/api/v3/customer?limit=100&offset=0", None, 200),
    ("PUT", "/api/v3/customer/1", {"company": "New", "superuser_first_name": "Bo", "bill_state": "MA"}, 202),
    ("PUT", "/api/v3/customer/1", {"custom_1": "text", "terms_id": "3"}, 202),
    ("POST", "/api/v3/customer", {}, 400),
    ("DELETE", "/api/v3/customer/1", None, 200),
    ("GET", "/api/v3/customer/1", None, 404),
]
PYTHON = [
    ("POST", "/api/v3/customer", NEW, 201),
    ("GET", "/api/v3/customer/1", None, 200),
    ("GET", "/api/v3/customer?limit=10", None, 200),
    ("GET", "/api/v3/customer?limit=10&offset=5", None, 200),
    ("GET", f"/api/v3/customer?{WHERE},bill_country:IS:NULL&limit=10", None, 200),
    ("PUT", "/api/v3/customer/1", {"bill_city": "Bonn"}, 202),
]


class Library(NamedTuple):
    """How a library sends its requests."""

    requests: list[tuple[str, str, Any, int]]
    media_type: dict[str, str]
    is_signed: bool = False
    asks_first: bool = False


LIBRARIES = {
    "PHP": Library(PHP, JSON),
    "PHP, signed": Library(PHP, JSON, is_signed=True),
    "Ruby": Library(RUBY, JSON),
    # It names no media type, and logs in only when a 401 asks for it.
    "Python": Library(PYTHON, {}, asks_first=True),
}


@pytest.mark.parametrize("library", LIBRARIES.values(), ids=LIBRARIES.keys())
def test_the_repertoire_of_a_library_in_use(
    lenient_sandbox: LocalSandbox, lenient: httpx2.Client, library: Library
) -> None:
    pair = base64.b64encode(b"sandbox:sandbox").decode()
    with connect_anonymously(lenient_sandbox.url) as http:
        for method, path, sent, status in library.requests:
            fetched = lenient.get(f"{CUSTOMER}/1").json()["response"] or {}
            url = lenient_sandbox.url + path.replace("<token>", fetched.get("token", ""))
            body = b"" if sent is None else json.dumps(fetched if sent == "<fetched>" else sent).encode()
            headers = {} if method in {"GET", "DELETE"} and not library.media_type else dict(library.media_type)
            if library.asks_first:
                asked = http.request(method, url, content=body, headers=headers)
                assert asked.status_code == 401
                assert asked.headers["www-authenticate"].startswith("Basic ")
            headers["Authorization"] = signed(url, body) if library.is_signed else f"Basic {pair}"
            answer = http.request(method, url, content=body, headers=headers)
            assert answer.status_code == status, (method, path, answer.text)
