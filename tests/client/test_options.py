"""Options of a client, of clients made from it, and of one call: what then travels, and what is refused."""

import gzip
import platform
import socket
import sys
from typing import Any

import pytest

import chargeover
from chargeover import (
    APITimeoutError,
    AsyncChargeOver,
    BadRequestError,
    BulkRequest,
    ChargeOver,
    InvalidFieldError,
    RequestOptions,
    ResponseTooLargeError,
)
from chargeover_sandbox import LocalSandbox
from tests.support.scripted import Kind, Reply, Script, no, perform, yes

OWN_AGENT = f"chargeover-python-unofficial/{chargeover.__version__} python/{platform.python_version()} {sys.platform}"


@pytest.fixture(params=["sync", "async"])
def kind(request: pytest.FixtureRequest) -> Kind:
    found: Kind = request.param
    return found


def with_body(**extra: Any) -> RequestOptions:
    return RequestOptions(extra_body=extra)


@pytest.mark.parametrize("options", [RequestOptions(timeout=0.1), RequestOptions(deadline=0.1)], ids=str)
def test_a_call_can_wait_for_a_shorter_time_than_its_client(options: RequestOptions) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        client = ChargeOver(base_url=url, username="u", password="p", max_retries=0)
        with client, pytest.raises(APITimeoutError, match="No response within 0"):
            client.customers.get(1, options=options)


@pytest.mark.parametrize("options", [RequestOptions(timeout=0.1), RequestOptions(deadline=0.1)], ids=str)
async def test_so_can_an_awaited_one(options: RequestOptions) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        async with AsyncChargeOver(base_url=url, username="u", password="p", max_retries=0) as client:
            with pytest.raises(APITimeoutError, match="No response within 0"):
                await client.customers.get(1, options=options)


def test_extra_headers_go_with_the_clients_own(kind: Kind) -> None:
    script = Script([yes({})])
    options = RequestOptions(extra_headers={"X-Trace": "7", "accept": "application/json;v=2"})
    perform(kind, script, lambda client: client.customers.get(1, options=options))
    headers = script.requests[0].headers
    assert (headers["x-trace"], headers["accept"]) == ("7", "application/json;v=2")
    assert headers["authorization"].startswith("Basic ")
    assert headers.get_list("accept") == ["application/json;v=2"]


def test_extra_headers_of_one_call_do_not_stay() -> None:
    def twice(client: ChargeOver) -> None:
        client.customers.count(options=RequestOptions(extra_headers={"X-Trace": "7"}))
        client.customers.count()

    script = Script([yes(1)] * 2)
    perform("sync", script, twice)
    assert ["x-trace" in request.headers for request in script.requests] == [True, False]


def test_an_extra_query_follows_the_one_of_the_call(kind: Kind) -> None:
    script = Script([yes(1), yes(1)])
    options = RequestOptions(extra_query={"debug": 1, "x y": "ä&=/:"})
    perform(kind, script, lambda client: client.customers.count(options=options))
    perform(kind, script, lambda client: client.customers.count(where="bill_state:EQUALS:MN", options=options))
    extra = "debug=1&x%20y=%C3%A4%26%3D%2F%3A"
    assert script.sent() == [
        f"GET /api/v3/customer/_count?{extra}",
        f"GET /api/v3/customer/_count?where=bill_state:EQUALS:MN&{extra}",
    ]


def test_an_extra_query_reaches_the_server(client: ChargeOver, sandbox: LocalSandbox) -> None:
    client.customers.create(company="Acme", options=RequestOptions(extra_query={"unknown": "1"}))
    assert sandbox.journal[-1].url == "/api/v3/customer?unknown=1"


def test_an_extra_body_is_sent_beside_the_fields_as_it_is(kind: Kind) -> None:
    script = Script([yes({"id": 1}, 202)])
    options = with_body(custom_21="ä", nested={"a": [None, 1.5, True]})
    perform(kind, script, lambda client: client.customers.update(1, company="Acme", options=options))
    assert script.requests[0].content.decode() == ('{"company":"Acme","custom_21":"ä","nested":{"a":[null,1.5,true]}}')


def test_an_extra_body_reaches_the_server(client: ChargeOver, sandbox: LocalSandbox) -> None:
    customer_id = client.customers.create(company="Acme", options=with_body(bill_city="Bonn"))
    assert client.customers.get(customer_id).bill_city == "Bonn"
    with pytest.raises(BadRequestError, match="custom_21: there is no such field"):
        client.customers.update(customer_id, company="New", options=with_body(custom_21="x"))
    assert client.customers.get(customer_id).company == "Acme"


def test_a_field_can_be_given_once_only(kind: Kind) -> None:
    options = with_body(company="Other", bill_city="Bonn", custom_21="x")
    with pytest.raises(
        InvalidFieldError, match="extra_body has bill_city, company, which the call sets itself"
    ) as caught:
        perform(
            kind,
            Script([]),
            lambda client: client.customers.update(1, company="Acme", bill_city="Bonn", options=options),
        )
    assert caught.value.field == "extra_body"


@pytest.mark.parametrize(
    "action",
    [
        lambda client, options: client.customers.get(1, options=options),
        lambda client, options: client.customers.delete(1, options=options),
        lambda client, options: client.customers.count(options=options),
        lambda client, options: client.customers.diff(1, company="x", options=options),
    ],
    ids=["get", "delete", "count", "diff"],
)
def test_a_request_without_a_body_has_none_to_add_to(kind: Kind, action: Any) -> None:
    with pytest.raises(InvalidFieldError, match="extra_body is for requests whose body is a JSON object"):
        perform(kind, Script([]), lambda client: action(client, with_body(a=1)))


def test_neither_has_a_bulk_request_which_is_a_list() -> None:
    def run(client: Any) -> None:
        (result,) = client.bulk([BulkRequest.get_customer(1)], errors="return", options=with_body(a=1))
        assert isinstance(result.error, InvalidFieldError)

    perform("sync", Script([]), run)


def test_options_of_another_type_are_refused(kind: Kind) -> None:
    with pytest.raises(InvalidFieldError, match="options must be a RequestOptions, not dict"):
        perform(kind, Script([]), lambda client: client.customers.get(1, options={"timeout": 5}))


def test_lists_and_bulk_runs_take_options_too(kind: Kind) -> None:
    options = RequestOptions(extra_headers={"X-Trace": "7"}, timeout=5)
    bulk_answer = yes({"_bulk": [{"response": {"id": 1}, "status": "OK"}]})

    def run(client: ChargeOver) -> None:
        assert list(client.customers.list(options=options)) == []
        assert [result.value for result in client.customers.bulk_update([(1, {"company": "x"})], options=options)] == [
            1
        ]
        assert [result.ok for result in client.bulk([BulkRequest.get_customer(1)], options=options)] == [True]

    async def run_async(client: AsyncChargeOver) -> None:
        assert [one async for one in client.customers.list(options=options)] == []
        updates = client.customers.bulk_update([(1, {"company": "x"})], options=options)
        assert [result.value async for result in updates] == [1]
        assert [result.ok async for result in client.bulk([BulkRequest.get_customer(1)], options=options)] == [True]

    script = Script([yes([]), bulk_answer, bulk_answer])
    perform(kind, script, run if kind == "sync" else run_async)
    assert [request.headers["x-trace"] for request in script.requests] == ["7"] * 3
    assert [request.extensions["timeout"]["read"] for request in script.requests] == [5] * 3


def test_with_options_changes_nothing_in_the_client_that_it_is_called_on() -> None:
    script = Script([yes({}), yes({}), no(500), no(500), *[no(500)] * 3])

    def run(client: ChargeOver) -> None:
        derived = client.with_options(timeout=5, max_retries=0, extra_headers={"X-Trace": "7"}, extra_query={"a": 1})
        assert type(derived) is type(client)
        assert derived.base_url == client.base_url
        derived.customers.get(1)
        client.customers.get(1)
        for one in (derived, client):
            with pytest.raises(chargeover.InternalServerError):
                one.customers.get(1)

    perform("sync", script, run, max_retries=3)
    assert ["x-trace" in request.headers for request in script.requests] == [True, False, True, *[False] * 4]
    assert [request.extensions["timeout"]["read"] for request in script.requests] == [5, 30, 5, *[30] * 4]


def test_a_hook_can_be_set_for_one_call(kind: Kind) -> None:
    events: list[Any] = []
    script = Script([no(500), yes({})])
    options = RequestOptions(on_retry=events.append)
    perform(kind, script, lambda client: client.customers.get(1, options=options))
    assert len(events) == 1


@pytest.mark.parametrize(("user_agent", "shown"), [(None, OWN_AGENT), ("acme-sync/1.2", f"{OWN_AGENT} acme-sync/1.2")])
def test_the_user_agent_names_the_client_and_who_uses_it(kind: Kind, user_agent: str | None, shown: str) -> None:
    script = Script([yes({})])
    perform(kind, script, lambda client: client.customers.get(1), user_agent=user_agent)
    assert script.requests[0].headers["user-agent"] == shown


def test_an_answer_that_is_too_large_is_an_error_and_not_asked_for_again(kind: Kind) -> None:
    script = Script([yes({"company": "x" * 5000})])
    with pytest.raises(ResponseTooLargeError, match=r"is larger than 1000 bytes \(max_response_bytes\)") as caught:
        perform(kind, script, lambda client: client.customers.get(1), max_response_bytes=1000)
    assert (caught.value.was_sent, caught.value.method) == (True, "GET")


def test_an_answer_of_just_that_size_is_read(kind: Kind) -> None:
    answer = yes({"company": "Acme"})
    size = len(answer.body)
    assert perform(kind, Script([answer]), lambda client: client.customers.get(1), max_response_bytes=size)
    with pytest.raises(ResponseTooLargeError):
        perform(kind, Script([answer]), lambda client: client.customers.get(1), max_response_bytes=size - 1)


def test_what_counts_is_the_size_after_decompression(kind: Kind) -> None:
    packed = Reply(200, gzip.compress(b" " * 1_000_000), {"content-encoding": "gzip"})
    assert len(packed.body) < 2000
    with pytest.raises(ResponseTooLargeError):
        perform(kind, Script([packed]), lambda client: client.customers.get(1), max_response_bytes=100_000)


def test_a_connection_with_an_answer_that_was_too_large_is_not_used_again(sandbox: LocalSandbox) -> None:
    client = ChargeOver(base_url=sandbox.url, username="sandbox", password="sandbox", max_response_bytes=50_000)
    with client:
        small = client.customers.create(company="Small")
        large = client.customers.create(company="x" * 300_000)
        for _ in range(3):
            with pytest.raises(ResponseTooLargeError):
                client.customers.get(large)
            assert client.customers.get(small).company == "Small"
