"""Create or update by external key: which of the two, safe to repeat, and what a race leads to."""

import json
from typing import Any

import httpx2
import pytest

from chargeover import (
    AsyncChargeOver,
    BadRequestError,
    ChargeOver,
    InvalidFieldError,
    KeyedChange,
    RequestOptions,
    UnknownFieldError,
    Upserted,
)
from tests.support.scripted import FakeTime, Kind, Script, no, perform, yes

KINDS = pytest.mark.parametrize("kind", ["sync", "async"])
CHANGED, CREATED = Upserted(5, created=False), Upserted(5, created=True)
PUT, POST = "PUT /api/v3/customer/external_key:k", "POST /api/v3/customer"


def upsert(client: Any) -> Any:
    return client.customers.upsert("k", company="Acme")


def test_it_creates_then_changes_and_can_be_repeated(client: ChargeOver) -> None:
    assert client.customers.upsert("k", company="Acme", bill_city="Bonn") == Upserted(1, created=True)
    for _ in range(2):
        assert client.customers.upsert("k", {"bill_city": "Berlin"}) == Upserted(1, created=False)
    customer = client.customers.get_by_external_key("k")
    assert (customer.company, customer.bill_city, client.customers.count()) == ("Acme", "Berlin", 1)


@KINDS
@pytest.mark.parametrize(
    ("outcomes", "sent", "result"),
    [
        ([yes({"id": 5})], [PUT], CHANGED),
        ([no(404), yes({"id": 5}, 201)], [PUT, POST], CREATED),
        ([no(404), no(400), yes({"id": 5})], [PUT, POST, PUT], CHANGED),
        ([no(503), yes({"id": 5})], [PUT, PUT], CHANGED),
        ([no(404), no(503), yes({"id": 5}, 201)], [PUT, POST, POST], CREATED),
    ],
)
def test_each_way_takes_the_requests_it_needs(kind: Kind, outcomes: Any, sent: list[str], result: Upserted) -> None:
    script = Script(outcomes)
    assert perform(kind, script, upsert, FakeTime()) == result
    assert script.sent() == sent


@KINDS
def test_a_creation_whose_response_was_lost_counts_as_one(kind: Kind) -> None:
    found = yes({"customer_id": 5, "external_key": "k", "company": "Acme"})
    script = Script([no(404), httpx2.ReadTimeout, no(400), found])
    assert perform(kind, script, upsert, FakeTime()) == CREATED
    assert script.sent() == [PUT, POST, POST, "GET /api/v3/customer/external_key:k"]


@KINDS
def test_a_creation_that_is_refused_for_another_reason_stays_refused(kind: Kind) -> None:
    with pytest.raises(BadRequestError) as caught:
        perform(kind, Script([no(404), no(400), no(404)]), upsert)
    assert caught.value.request.method == "POST"


def test_its_requests_share_a_deadline() -> None:
    time = FakeTime()

    def slow(request: Any, call_next: Any) -> Any:
        time.sleep(2)
        return call_next(request)

    def act(client: Any) -> Any:
        return client.customers.upsert("k", company="Acme", options=RequestOptions(deadline=5, max_retries=0))

    script = Script([no(404), yes({"id": 5}, 201)])
    assert perform("sync", script, act, time, middleware=[slow]) == CREATED
    timeouts = [request.extensions["timeout"]["pool"] for request in script.requests]
    assert timeouts == [pytest.approx(3), pytest.approx(1)]


@pytest.mark.parametrize(
    ("key", "fields", "words"),
    [
        ("", {"company": "x"}, "external_key must be a string that is not empty"),
        (5, {"company": "x"}, "external_key must be a string"),
        ("k", {}, "without any field"),
        ("k", {"external_key": "k"}, "without any field besides the key"),
        ("k", {"external_key": "l", "company": "x"}, "does not change the key"),
        ("k", {"company": 5}, "company must be a string"),
        ("k", {"currency_id": 1, "company": "x"}, "no field 'currency_id'"),
    ],
)
def test_what_is_wrong_is_refused_before_anything_is_sent(key: Any, fields: Any, words: str) -> None:
    offline = ChargeOver(base_url="http://127.0.0.1:1", username="u", password="p")
    with pytest.raises(InvalidFieldError, match=words):
        offline.customers.upsert(key, fields)
    (result,) = offline.customers.bulk_upsert([(key, fields)], errors="return")
    assert words.split(" ", maxsplit=1)[0] in str(result.error)


def test_a_customer_that_cannot_be_created_leaves_nothing(client: ChargeOver) -> None:
    with pytest.raises(InvalidFieldError, match=r"^No customer has this .* create\(\) needs company") as one:
        client.customers.upsert("k", bill_city="Bonn")
    assert (one.value.field, client.customers.count()) == ("company", 0)


ROWS: list[KeyedChange] = [
    ("new", {"company": "New"}),
    ("old", {"company": "Newer"}),
    ("no company", {"bill_city": "Bonn"}),
    ("no parent", {"company": "x", "parent_customer_id": 999}),
    ("typo", {"compny": "x"}),  # type: ignore[typeddict-unknown-key]  # pyright: ignore
]


def check(results: list[Any]) -> None:
    assert [result.value for result in results] == [
        Upserted(2, created=True),
        Upserted(1, created=False),
        None,
        None,
        None,
    ]
    assert [type(result.error) for result in results[2:]] == [InvalidFieldError, BadRequestError, UnknownFieldError]


def test_many_at_once(client: ChargeOver) -> None:
    client.customers.create(company="Old", external_key="old")
    check(list(client.customers.bulk_upsert(ROWS, errors="return")))
    again = list(client.customers.bulk_upsert(ROWS[:2]))
    assert [result.value for result in again] == [Upserted(2, created=False), Upserted(1, created=False)]


async def test_many_at_once_async(async_client: AsyncChargeOver) -> None:
    await async_client.customers.create(company="Old", external_key="old")
    check([result async for result in async_client.customers.bulk_upsert(ROWS, errors="return")])


def bulk(*parts: tuple[int, Any]) -> Any:
    """A response to a bulk request."""
    states = [(code, "OK" if code < 300 else "Error", found) for code, found in parts]
    return yes({"_bulk": [{"code": code, "status": status, "response": found} for code, status, found in states]})


def test_a_key_that_is_taken_meanwhile_in_a_bulk_run() -> None:
    script = Script([bulk((404, False), (200, {"id": 1})), bulk((400, False)), bulk((200, {"id": 5}))])
    rows: list[KeyedChange] = [("k", {"company": "Acme"}), ("l", {"company": "Bolt"})]
    results = perform("sync", script, lambda client: list(client.customers.bulk_upsert(rows)))
    assert [result.value for result in results] == [CHANGED, Upserted(1, created=False)]
    methods = [[part["request_method"] for part in json.loads(one.content)] for one in script.requests]
    assert methods == [["PUT", "PUT"], ["POST"], ["PUT"]]


def test_a_second_bulk_request_that_fails_leaves_the_results_of_the_first() -> None:
    script = Script([bulk((404, False), (200, {"id": 1})), httpx2.ConnectError])
    rows: list[KeyedChange] = [("k", {"company": "Acme"}), ("l", {"company": "Bolt"})]
    options = RequestOptions(max_retries=0)

    def act(client: Any) -> Any:
        return list(client.customers.bulk_upsert(rows, errors="return", options=options))

    first, second = perform("sync", script, act)
    assert (type(first.error).__name__, second.value) == ("APIConnectionError", Upserted(1, created=False))
