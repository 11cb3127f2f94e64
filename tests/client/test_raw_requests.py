"""Any request of the API: ``client.request``, ``client.preview`` and ``client.iterate``."""

import functools
from collections.abc import Callable
from typing import Any

import httpx2
import pytest

from chargeover import (
    ChargeOver,
    InternalServerError,
    InvalidFieldError,
    InvalidResponseError,
    NotFoundError,
    RequestOptions,
    SentRequest,
)
from chargeover_sandbox import LocalSandbox
from tests.support.clients import ask
from tests.support.scripted import URL, Kind, Reply, Script, failure, no, perform, yes

KINDS = pytest.mark.parametrize("kind", ["sync", "async"])


def invoices(*ids: int) -> Reply:
    return yes([{"invoice_id": one} for one in ids])


async def everything(rows: Any) -> list[Any]:
    return [row async for row in rows]


def collected(rows: Any) -> Any:
    return list(rows) if hasattr(rows, "__next__") else everything(rows)


def iterated(path: str, **arguments: Any) -> Callable[[Any], Any]:
    return lambda client: collected(client.iterate(path, **arguments))


def requested(method: str, path: str, **arguments: Any) -> Callable[[Any], Any]:
    return lambda client: client.request(method, path, **arguments)


@KINDS
async def test_every_method_reaches_the_sandbox(kind: str, sandbox: LocalSandbox) -> None:
    send = functools.partial(ask, kind, sandbox.url, username=sandbox.username, password=sandbox.password)
    created = await send(requested("POST", "/api/v3/customer", body={"company": "Acme"}))
    assert created.response == {"id": 1}
    assert (await send(requested("PUT", "/api/v3/customer/1", body={"bill_state": "MN"}))).status == "OK"
    read = await send(requested("GET", "/api/v3/customer", params={"where": "bill_state:EQUALS:MN", "limit": 1}))
    assert [one["company"] for one in read["response"]] == ["Acme"]
    assert (await send(requested("DELETE", "/api/v3/customer/1"))).code == 200
    with pytest.raises(NotFoundError):
        await send(requested("GET", "/api/v3/customer/1"))


@KINDS
def test_the_envelope_is_read_leniently(kind: Kind) -> None:
    script = Script([Reply(200, b'{"response": {"total": 10.10}, "more": 1}'), Reply(204)])
    envelope = perform(kind, script, requested("GET", "/api/v3/invoice/1"))
    assert (envelope.response, envelope["more"]) == ({"total": 10.10}, 1)
    assert (envelope.code, envelope.status, envelope.message, envelope.details) == (None, None, None, None)
    assert perform(kind, script, requested("DELETE", "/api/v3/invoice/1")) == {}


@KINDS
def test_a_get_is_retried_and_a_post_is_not(kind: Kind) -> None:
    script = Script([no(503), yes({"id": 1})])
    assert perform(kind, script, requested("GET", "/api/v3/invoice/1")).response == {"id": 1}
    script = Script([no(503)])
    error = failure(functools.partial(perform, kind), script, requested("POST", "/api/v3/invoice"))
    assert isinstance(error, InternalServerError)


@KINDS
def test_options_are_those_of_the_request(kind: Kind) -> None:
    script = Script([no(503)])
    options = RequestOptions(max_retries=0, extra_query={"_dummy": 1})
    action = requested("PUT", "/api/v3/invoice/1?a=b", body={}, options=options)
    assert isinstance(failure(functools.partial(perform, kind), script, action), InternalServerError)
    assert script.sent() == ["PUT /api/v3/invoice/1?a=b&_dummy=1"]


@pytest.mark.parametrize(
    ("method", "path", "arguments", "sentence"),
    [
        ("PATCH", "/api/v3/invoice/1", {}, "method must be GET, POST, PUT, DELETE, not 'PATCH'."),
        ("get", "/api/v3/invoice/1", {}, "not 'get'"),
        ("GET", "/api/v3/invoice/1", {"body": {}}, "A GET request has no body"),
        ("GET", "https://other.example/api/v3/invoice", {}, "not a URL: the credentials are sent to no other host"),
        ("GET", "//other.example/api/v3/invoice", {}, "not a URL"),
        ("GET", "@other.example/", {}, "must begin with a slash"),
        ("GET", ".other.example/", {}, "must begin with a slash"),
        ("GET", "", {}, "must begin with a slash"),
        ("GET", 7, {}, "path must be a text"),
        ("GET", "/\\other.example/", {}, "must not have the character '\\\\'"),
        ("GET", "/api/v3/a b", {}, "must not have the character ' '"),
        ("GET", "/api/v3/a\r\nHost: other", {}, "must not have the character '\\r'"),
        ("GET", "/api/v3/a#b", {}, "must not have the character '#'"),
        ("GET", "/api/v3/customer?where=a b", {}, "Pass the query as params=."),
        ("GET", "/api/v3/../../admin", {}, "'.' or '..'"),
        ("GET", "/api/v3/%2e%2E/admin", {}, "'.' or '..'"),
        ("GET", "/api/v3/.%2e%2fadmin", {}, "'.' or '..'"),
        ("GET", "/api/v3/%zz", {}, "percent sign without two hexadecimal digits"),
        ("GET", "/api/v3/\ud800", {}, "half of a surrogate pair"),
        ("GET", "/api/v3/invoice", {"params": {"": 1}}, "'' is not the name of a parameter"),
        ("GET", "/api/v3/invoice", {"params": {"a": 1.5}}, "the value of a must be a text or a whole number"),
        ("GET", "/api/v3/invoice", {"params": "a=1"}, "params must be a mapping"),
        ("POST", "/api/v3/invoice", {"body": {"a": float("nan")}}, "body is not valid JSON"),
        ("POST", "/api/v3/invoice", {"body": {"a": object()}}, "body is not valid JSON"),
    ],
)
@KINDS
def test_what_cannot_be_sent_is_refused(
    kind: Kind, method: Any, path: Any, arguments: dict[str, Any], sentence: str
) -> None:
    error = failure(functools.partial(perform, kind), Script([]), requested(method, path, **arguments))
    assert isinstance(error, InvalidFieldError)
    assert sentence in str(error)


def test_a_path_stays_below_the_address_of_the_account() -> None:
    script = Script([yes([])])
    with httpx2.Client(transport=httpx2.MockTransport(script)) as http:
        client = ChargeOver(base_url="https://proxy.example/acme", username="u", password="p", http_client=http)
        client.request("GET", "/api/v3/invoice/é%20:1", params={"where": "a:EQUALS:b c"})
    (request,) = script.requests
    assert str(request.url) == "https://proxy.example/acme/api/v3/invoice/%C3%A9%20:1?where=a%3AEQUALS%3Ab%20c"


@KINDS
def test_a_preview_shows_the_request_without_secrets(kind: Kind) -> None:
    def preview(client: Any) -> Any:
        sent.append(client.preview("POST", "/api/v3/invoice", params={"_dummy": 1}, body={"a": None}))
        return client.request("GET", "/api/v3/invoice")

    sent: list[SentRequest] = []
    perform(kind, Script([yes([])]), preview)
    (shown,) = sent
    assert (shown.method, shown.url, shown.json()) == ("POST", f"{URL}/api/v3/invoice?_dummy=1", {"a": None})
    assert shown.headers["authorization"] == "[removed]"


@KINDS
def test_pages_continue_after_the_last_id(kind: Kind) -> None:
    script = Script([invoices(1, 2), invoices(5, 6), invoices(9)])
    action = iterated("/api/v3/invoice", where="a:EQUALS:1", page_size=2)
    assert [row["invoice_id"] for row in perform(kind, script, action)] == [1, 2, 5, 6, 9]
    assert script.sent() == [
        "GET /api/v3/invoice?where=a%3AEQUALS%3A1&order=invoice_id%3AASC&limit=2&offset=0",
        "GET /api/v3/invoice?where=invoice_id%3AGT%3A2%2Ca%3AEQUALS%3A1&order=invoice_id%3AASC&limit=2&offset=0",
        "GET /api/v3/invoice?where=invoice_id%3AGT%3A6%2Ca%3AEQUALS%3A1&order=invoice_id%3AASC&limit=2&offset=0",
    ]


@KINDS
def test_pages_of_rows_without_an_id_go_by_offset(kind: Kind) -> None:
    script = Script([yes([{"name": "a"}, {"name": "b"}]), yes([{"name": "c"}])])
    action = iterated("/api/v3/_notes", page_size=2)
    assert [row["name"] for row in perform(kind, script, action)] == ["a", "b", "c"]
    assert script.sent()[1].endswith("&limit=2&offset=2")


@KINDS
def test_a_refused_order_or_condition_is_left_out(kind: Kind) -> None:
    action = iterated("/api/v3/invoice", page_size=2)
    script = Script([no(400), invoices(2, 1), invoices(3)])
    assert [row["invoice_id"] for row in perform(kind, script, action)] == [2, 1, 3]
    assert script.sent()[1:] == ["GET /api/v3/invoice?limit=2&offset=0", "GET /api/v3/invoice?limit=2&offset=2"]
    script = Script([invoices(1, 2), no(400), invoices(3)])
    assert [row["invoice_id"] for row in perform(kind, script, action)] == [1, 2, 3]
    assert script.sent()[2] == "GET /api/v3/invoice?order=invoice_id%3AASC&limit=2&offset=2"


@KINDS
def test_a_refusal_that_is_not_about_the_id_is_raised(kind: Kind) -> None:
    act = functools.partial(perform, kind)
    for order, outcomes in ((None, [no(400), no(400)]), ("a:ASC", [no(400)])):
        script = Script(outcomes)
        error = failure(act, script, iterated("/api/v3/invoice", order=order))
        assert "400 Bad Request" in str(error)


@KINDS
def test_ids_out_of_order_and_other_shapes_end_the_pages(kind: Kind) -> None:
    act = functools.partial(perform, kind)
    action = iterated("/api/v3/invoice", page_size=2)
    for reply, finding in (
        (invoices(2, 1), "invoice 1 comes after invoice 2 in the order invoice_id:ASC"),
        (yes([1, 2]), "its response is not a list of objects"),
        (yes("no list"), "its response is not a list of objects"),
    ):
        error = failure(act, Script([reply]), action)
        assert isinstance(error, InvalidResponseError)
        assert finding in str(error)


@KINDS
async def test_a_collection_of_the_sandbox_comes_whole(kind: str, sandbox: LocalSandbox, client: ChargeOver) -> None:
    for number in range(7):
        client.customers.create(company=f"C{number}")

    read = iterated("/api/v3/customer", page_size=3, limit=5, order="company:DESC")
    rows = await ask(kind, sandbox.url, read, username=sandbox.username, password=sandbox.password)
    assert [row["company"] for row in rows] == ["C6", "C5", "C4", "C3", "C2"]
