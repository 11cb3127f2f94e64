"""The sandbox as any HTTP client sees it: the order of its checks, and one envelope around everything."""

import base64
import json
import socket
from collections.abc import Generator

import httpx2
import pytest

from chargeover_sandbox import LocalSandbox
from tests.support.http import CUSTOMER, connect_anonymously, create, refused

pytestmark = pytest.mark.usefixtures("sandbox")


@pytest.fixture
def anonymous(sandbox: LocalSandbox) -> Generator[httpx2.Client]:
    with connect_anonymously(sandbox.url) as http:
        yield http


@pytest.fixture
def customer(http: httpx2.Client) -> str:
    """The Location of a new customer."""
    location: str = http.post(CUSTOMER, json={"company": "Acme"}).headers["location"]
    return location


def test_an_update_answers_like_the_published_page(http: httpx2.Client, customer: str) -> None:
    answer = http.put(customer, json={"bill_city": "Berlin"})
    assert (answer.status_code, answer.headers["location"]) == (202, customer)
    assert answer.json() == {"code": 201, "status": "OK", "message": "", "details": {}, "response": {"id": 1}}


def test_missing_credentials_answer_like_the_published_page(anonymous: httpx2.Client) -> None:
    answer = anonymous.get(f"{CUSTOMER}/1")
    assert refused(answer, 401) == "Invalid or incorrect authorization [Missing (basic) authorization header.]"
    assert answer.headers["www-authenticate"].startswith("Basic ")


@pytest.mark.parametrize(
    "header",
    [
        "",
        "Basic",
        "Basic !!!",
        "Basic " + base64.b64encode(b"sandbox").decode(),
        "Bearer x",
        "Basic c2FuZA==",
    ],
)
def test_wrong_credentials_are_refused_before_anything_else(anonymous: httpx2.Client, header: str) -> None:
    for path in (CUSTOMER, f"{CUSTOMER}/1", "/nowhere", "/_sandbox/reset"):
        answer = anonymous.post(path, headers={"Authorization": header}, content=b"{")
        assert "Invalid or incorrect authorization" in refused(answer, 401)


def test_an_unknown_path_is_a_bad_request(http: httpx2.Client) -> None:
    for path in ("/", f"{CUSTOMER}/1/x", f"{CUSTOMER}/", "/_sandbox", "/_sandbox/x"):
        assert "There is no endpoint" in refused(http.get(path), 400)


def test_an_unknown_type_of_object_is_named_as_the_service_names_it(http: httpx2.Client) -> None:
    for method, path, call in (
        ("GET", "/api/v3/customers", "list(customers, )"),
        ("GET", "/api/v3/invoice/7?x=1", "get(invoice, 7)"),
        ("POST", "/api/v3/invoice", "create(invoice, )"),
        ("PUT", "/api/v3/invoice/7", "update(invoice, 7)"),
        ("DELETE", "/api/v3/invoice/7", "delete(invoice, 7)"),
    ):
        message = refused(http.request(method, path), 400)
        assert message == f"The object type requested is not supported: {call}"


def test_an_unknown_method_names_those_that_are_allowed(http: httpx2.Client, customer: str) -> None:
    for method, path, allow in (
        ("PATCH", customer, "DELETE, GET, PUT"),
        ("OPTIONS", customer, "DELETE, GET, PUT"),
        ("POST", f"{CUSTOMER}/external_key:k", "DELETE, GET, PUT"),
        ("PUT", f"{CUSTOMER}/token:t", "GET"),
        ("GET", f"{customer}/_action/disconnectParent", "POST"),
        ("DELETE", CUSTOMER, "GET, POST"),
        ("POST", f"{CUSTOMER}/_count", "GET"),
        ("GET", "/api/v3/_bulk", "POST"),
        ("GET", "/_sandbox/reset", "POST"),
    ):
        answer = http.request(method, path)
        assert answer.headers["allow"] == allow
        assert f"Allowed: {allow}" in refused(answer, 405)


def test_head_is_answered_without_a_body(http: httpx2.Client, customer: str) -> None:
    answer = http.head(customer)
    assert (answer.status_code, answer.headers["allow"], answer.content) == (405, "DELETE, GET, PUT", b"")


@pytest.mark.parametrize(
    "customer_id", ["0", "-1", "+1", "01", "1_0", "1.0", "\N{ARABIC-INDIC DIGIT ONE}", "x", "9" * 19, "9" * 5000]
)
def test_an_id_is_written_in_plain_digits(http: httpx2.Client, customer: str, customer_id: str) -> None:
    assert customer
    assert refused(http.get(f"{CUSTOMER}/{customer_id}"), 400).startswith(
        "Missing or invalid parameter. [customer_id: "
    )


def test_an_unknown_id_is_not_found(http: httpx2.Client) -> None:
    for name in ("9223372036854775807", "external_key:k", "token:t"):
        assert refused(http.get(f"{CUSTOMER}/{name}"), 404) == "This customer does not exist."


@pytest.mark.parametrize(
    "content_type", [None, "text/plain", "application/xml", "application/x-www-form-urlencoded", "json"]
)
def test_a_body_of_another_type_is_refused_before_it_is_read(
    http: httpx2.Client, customer: str, content_type: str | None
) -> None:
    headers = {"Content-Type": content_type} if content_type else {}
    answer = http.put(customer, content=b'{"company": "x"', headers=headers)
    assert "must be application/json" in refused(answer, 415)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "it is empty"),
        (b"{", "line 1, column 2"),
        (b'{"company": "x",}', "line 1"),
        (b"\xff\xfe{}", "byte 0 is not UTF-8"),
        (b'{"company": "\xc3"}', "byte 13 is not UTF-8"),
        (b"\xef\xbb\xbf{}", "line 1, column 1"),
        (b'{"superuser_id": NaN}', "NaN is not JSON"),
        (b'{"superuser_id": -Infinity}', "-Infinity is not JSON"),
        (b'{"company": "a", "company": "b"}', "the name 'company' is duplicated"),
        (b'{"company": "\\ud800"}', "surrogate"),
        (b'{"company": ' + b"[" * 100_000, "nested too deeply"),
        (b'{"superuser_id": 1e999}', "a number is too large"),
        (b'{"superuser_id": ' + b"9" * 5000 + b"}", "digits"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_a_body_that_is_not_json_is_refused(http: httpx2.Client, customer: str, content: bytes, words: str) -> None:
    answer = http.put(customer, content=content, headers={"Content-Type": "application/json; charset=utf-8"})
    assert words in refused(answer, 400)


@pytest.mark.parametrize(
    ("body", "field", "words"),
    [
        ({"compny": "x"}, "compny", "there is no such field"),
        ({"company": None}, "company", 'null is not of type "string"'),
        ({"no_taxes": 1}, "no_taxes", 'not of type "boolean"'),
        ({"superuser_id": 0}, "superuser_id", "less than the minimum of 1"),
        ({"superuser_id": 10**30}, "superuser_id", "greater than the maximum"),
        ({"superuser_id": 1.5}, "superuser_id", 'not of type "integer"'),
        ({"invoice_delivery": "fax"}, "invoice_delivery", '"print" or "email"'),
        ({"tags": ["a", 1]}, "tags[1]", 'not of type "string"'),
        ([], "", 'not of type "object"'),
        ({"": 1}, "", "no field without a name"),
    ],
    ids=str,
)
def test_a_body_that_does_not_fit_is_refused_by_field(
    http: httpx2.Client, customer: str, body: object, field: str, words: str
) -> None:
    answer = http.put(customer, json=body)
    message = refused(answer, 400)
    (error,) = answer.json()["details"]["errors"]
    assert error["field"] == field
    assert words in error["reason"]
    assert error["reason"] in message


def test_every_wrong_field_is_named_and_no_right_one(http: httpx2.Client, customer: str) -> None:
    body = {"company": "Acme", "no_taxes": 1, "bill_city": 5, "compny": "x", "tags": []}
    errors = http.put(customer, json=body).json()["details"]["errors"]
    assert sorted(error["field"] for error in errors) == ["bill_city", "compny", "no_taxes"]


def test_a_refused_update_changes_nothing(http: httpx2.Client, customer: str) -> None:
    before = http.get(customer).json()
    http.put(customer, json={"company": "New", "no_taxes": 1})
    http.put(customer, json={"company": "New", "parent_customer_id": 999})
    assert http.get(customer).json() == before


def test_57_point_0_is_the_integer_57(http: httpx2.Client, customer: str) -> None:
    http.put(customer, content=b'{"superuser_id": 57.0}', headers={"Content-Type": "application/json"})
    assert '"superuser_id":57,' in http.get(customer).text


def test_reset_empties_everything_and_starts_at_1_again(http: httpx2.Client) -> None:
    parent = create(http, external_key="k")
    create(http, parent_customer_id=parent)
    http.post("/_sandbox/payments", json={"customer_id": 2, "paid_by": 1})
    assert http.post("/_sandbox/reset", json={}).json()["response"] is True
    assert http.get(f"{CUSTOMER}/1").status_code == 404
    again = http.post(CUSTOMER, json={"company": "Again", "external_key": "k"})
    assert again.json()["response"] == {"id": 1}


@pytest.mark.parametrize(
    ("payment", "words"),
    [
        ({"customer_id": 2}, "paid_by: it is required"),
        ({"customer_id": 9, "paid_by": 1}, "customer_id: there is no customer 9"),
        ({"customer_id": 2, "paid_by": 2}, "paid_by: customer 2 is not the parent of customer 2"),
        ({"customer_id": 1, "paid_by": 2}, "paid_by: customer 2 is not the parent of customer 1"),
        ({"customer_id": 2, "paid_by": 1, "amount": 1}, "amount: there is no such field"),
    ],
    ids=str,
)
def test_a_payment_is_one_of_a_parent_for_its_child(http: httpx2.Client, payment: dict[str, int], words: str) -> None:
    create(http, parent_customer_id=create(http))
    assert words in refused(http.post("/_sandbox/payments", json=payment), 400)


def test_a_field_that_is_required_is_named(http: httpx2.Client) -> None:
    answer = http.post(CUSTOMER, json={})
    assert refused(answer, 400) == "A required parameter was missing: No data."
    assert answer.json()["details"] == {"errors": [{"field": "company", "reason": "it is required"}]}


@pytest.mark.parametrize(
    "body", [{"no_taxes": "x" * 5_000_000}, {f"a{number}": 1 for number in range(100_000)}], ids=["long", "many"]
)
def test_a_refusal_does_not_send_a_large_body_back(http: httpx2.Client, customer: str, body: dict[str, object]) -> None:
    answer = http.put(customer, json=body)
    refused(answer, 400)
    assert len(answer.content) < 20_000


def test_a_body_of_more_than_10_mebibytes_is_refused(http: httpx2.Client, customer: str) -> None:
    answer = http.put(customer, json={"company": "x" * (10 * 1024 * 1024)})
    assert refused(answer, 400) == "The body is larger than 10485760 bytes."


@pytest.mark.parametrize(
    "path",
    [
        "/api/v3/customer/1%0A",
        "/api/v3/customer/%091",
        "/api/v3/customer/1%20",
        "/api/v3/customer%2F1",
        "/foo%0Abar",
        "/api/v3/customer/1%00",
    ],
)
def test_what_is_encoded_in_a_path_is_a_part_of_a_value(sandbox: LocalSandbox, customer: str, path: str) -> None:
    assert customer
    assert raw(sandbox, f"GET {path} HTTP/1.1")[0] == 400


@pytest.mark.parametrize(
    ("request_line", "status"),
    [
        ("OPTIONS * HTTP/1.1", 400),
        ("get / HTTP/1.1", 400),
        ("GET /\xe4 HTTP/1.1", 400),
        ("nonsense", 400),
        ("CONNECT a:1 HTTP/1.1", 400),
    ],
)
def test_what_is_hardly_http_gets_an_envelope_too(sandbox: LocalSandbox, request_line: str, status: int) -> None:
    assert raw(sandbox, request_line)[0] == status


def test_a_request_to_upgrade_is_answered_as_if_it_had_not_asked(sandbox: LocalSandbox, customer: str) -> None:
    assert customer
    assert raw(sandbox, "GET /api/v3/customer/1 HTTP/1.1", "Connection: Upgrade", "Upgrade: websocket")[0] == 200


def test_what_travelled_can_be_looked_at(sandbox: LocalSandbox, http: httpx2.Client, customer: str) -> None:
    http.put(f"{customer}?x=1", json={"company": "New"})
    exchange = sandbox.journal[-1]
    assert (exchange.method, exchange.url, exchange.body) == ("PUT", "/api/v3/customer/1?x=1", b'{"company":"New"}')
    assert (exchange.status, exchange.envelope["response"]) == (202, {"id": 1})


def raw(sandbox: LocalSandbox, request_line: str, *headers: str) -> tuple[int, dict[str, object]]:
    """Send bytes that no HTTP library would; the status and the envelope of the answer."""
    host, _, port = sandbox.url.removeprefix("http://").partition(":")
    pair = base64.b64encode(f"{sandbox.username}:{sandbox.password}".encode()).decode()
    lines = [request_line, "Host: localhost", f"Authorization: Basic {pair}", *headers, "", ""]
    with socket.create_connection((host, int(port)), timeout=10) as connection:
        connection.sendall("\r\n".join(lines).encode("latin-1"))
        with connection.makefile("rb") as file:
            status = int(file.readline().split()[1])
            length = 0
            while line := file.readline().strip():
                name, _, value = line.partition(b":")
                length = int(value) if name.lower() == b"content-length" else length
            envelope = json.loads(file.read(length))
    assert set(envelope) == {"code", "status", "message", "details", "response"}
    return status, envelope


def test_a_test_records_payments_and_resets_without_http_of_its_own(sandbox: LocalSandbox, http: httpx2.Client) -> None:
    for body in ({"company": "Parent"}, {"company": "Child", "parent_customer_id": 1}):
        http.post(CUSTOMER, json=body)
    with pytest.raises(ValueError, match="customer 2 is not the parent of customer 1"):
        sandbox.record_payment(customer_id=1, paid_by=2)
    sandbox.record_payment(customer_id=2, paid_by=1)
    assert http.put(f"{CUSTOMER}/2", json={"parent_customer_id": None}).status_code == 400
    assert [exchange.path for exchange in sandbox.journal] == [CUSTOMER, CUSTOMER, f"{CUSTOMER}/2"]
    sandbox.reset()
    assert not sandbox.journal
    assert http.get(f"{CUSTOMER}/1").status_code == 404
