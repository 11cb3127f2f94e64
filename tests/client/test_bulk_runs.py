"""Bulk runs against a live sandbox: one result for each item, in order, and nothing that fails goes unsaid."""

import pickle
from collections.abc import AsyncIterator, Iterator
from typing import Any, cast

import pytest

from chargeover import (
    AsyncBulkResults,
    AsyncChargeOver,
    AuthenticationError,
    BadRequestError,
    BulkError,
    BulkProgress,
    BulkRequest,
    BulkResult,
    BulkResults,
    Change,
    ChargeOver,
    ChargeOverError,
    ClosedClientError,
    Customer,
    Field,
    InvalidFieldError,
    NotFoundError,
    UnknownFieldError,
)
from chargeover_sandbox import LocalSandbox

WRONG_OPTIONS: list[dict[str, Any]] = [
    {"in_flight": 0},
    {"in_flight": -1},
    {"in_flight": True},
    {"in_flight": 1.5},
    {"in_flight": None},
    {"errors": "ignore"},
    {"errors": None},
]


@pytest.fixture
def ids(client: ChargeOver, sandbox: LocalSandbox) -> list[int]:
    """The IDs of sixty customers: two full bulk requests, and ten more."""
    results = list(client.bulk([BulkRequest.create_customer(company=str(number)) for number in range(60)], in_flight=1))
    sandbox.journal.clear()
    return [result.value or 0 for result in results]


def changes_of(ids: list[int]) -> list[Change]:
    """A change for each ID, of which each seventh names an unknown customer."""
    return [
        (10_000 + customer_id if number % 7 == 0 else customer_id, {"company": f"New {number}"})
        for number, customer_id in enumerate(ids)
    ]


def assert_in_order(results: list[BulkResult[Change, int | None]], changes: list[Change]) -> None:
    assert [result.index for result in results] == list(range(len(changes)))
    assert all(result.item is change for result, change in zip(results, changes, strict=True))
    for number, result in enumerate(results):
        assert result.ok == (result.error is None) == (number % 7 != 0)
        assert result.value == (result.item[0] if result.ok else None)
        assert result.ok or isinstance(result.error, NotFoundError)


@pytest.mark.parametrize("in_flight", [1, 2, 8])
async def test_results_come_in_the_order_of_the_input(
    client: ChargeOver, async_client: AsyncChargeOver, sandbox: LocalSandbox, ids: list[int], in_flight: int
) -> None:
    changes = changes_of(ids)
    assert_in_order(list(client.customers.bulk_update(changes, in_flight=in_flight, errors="return")), changes)
    assert {exchange.path for exchange in sandbox.journal} == {"/api/v3/_bulk"}
    assert sorted(len(exchange.envelope["response"]["_bulk"]) for exchange in sandbox.journal) == [10, 25, 25]
    companies = [customer.company for customer in client.customers.list()]
    assert companies == [f"New {number}" if number % 7 else str(number) for number in range(60)]
    found = async_client.customers.bulk_update(changes, in_flight=in_flight, errors="return")
    assert_in_order([result async for result in found], changes)


def test_a_string_is_an_external_key_and_a_list_will_do_as_a_pair(client: ChargeOver) -> None:
    first = client.customers.create(company="First", external_key="k")
    second = client.customers.create(company="Second")
    changes = [("k", {"company": "New"}), [second, {"tags": ("a",), "no_taxes": True}]]
    assert [result.value for result in client.customers.bulk_update(cast("list[Change]", changes))] == [first, second]
    assert client.customers.get(first).company == "New"
    customer = client.customers.get(second)
    assert (customer.tags, customer.no_taxes) == (["a"], True)


@pytest.mark.parametrize(
    ("change", "kind", "words"),
    [
        ((1, {"compny": "x"}), UnknownFieldError, "Did you mean 'company'?"),
        ((1, {"company": None}), InvalidFieldError, "company must be a string, not None."),
        ((1, {"no_taxes": "yes"}), InvalidFieldError, "no_taxes must be True or False"),
        ((1, {}), InvalidFieldError, "without any field"),
        ((0, {"company": "x"}), InvalidFieldError, "customer_id must be an integer from 1"),
        ((True, {"company": "x"}), InvalidFieldError, "customer_id must be an integer"),
        (("", {"company": "x"}), InvalidFieldError, "external_key must be a string that is not empty"),
        ((None, {"company": "x"}), InvalidFieldError, "customer_id must be an integer"),
        ((1, None), InvalidFieldError, "A change must be a pair"),
        ((1, {"company": "x"}, 2), InvalidFieldError, "A change must be a pair"),
        ((1,), InvalidFieldError, "A change must be a pair"),
        ({"customer_id": 1, "company": "x"}, InvalidFieldError, "A change must be a pair"),
        (None, InvalidFieldError, "A change must be a pair"),
        ("ab", InvalidFieldError, "A change must be a pair"),
    ],
    ids=str,
)
async def test_a_change_that_is_wrong_in_itself_is_reported_and_not_sent(
    client: ChargeOver,
    async_client: AsyncChargeOver,
    sandbox: LocalSandbox,
    change: Any,
    kind: type[ChargeOverError],
    words: str,
) -> None:
    client.customers.create(company="Acme")
    sandbox.journal.clear()
    changes: list[Change] = [(1, {"company": "Before"}), change, (1, {"company": "After"})]
    for results in (
        list(client.customers.bulk_update(changes, errors="return")),
        [result async for result in async_client.customers.bulk_update(changes, errors="return")],
    ):
        assert [result.ok for result in results] == [True, False, True]
        assert (type(results[1].error), results[1].item) == (kind, change)
        assert words in str(results[1].error)
    assert [len(exchange.envelope["response"]["_bulk"]) for exchange in sandbox.journal] == [2, 2]
    assert client.customers.get(1).company == "After"


def test_where_nothing_can_be_sent_nothing_is(client: ChargeOver, sandbox: LocalSandbox) -> None:
    assert list(client.customers.bulk_update([])) == []
    assert list(client.bulk([])) == []
    (result,) = client.bulk(cast("list[BulkRequest[int]]", ["x"]), errors="return")
    assert str(result.error) == "Each request must be a BulkRequest, not str."
    wrong = [cast("Change", None)] * 60
    assert [result.ok for result in client.customers.bulk_update(wrong, errors="return")] == [False] * 60
    assert not sandbox.journal


def requests() -> list[BulkRequest[Any]]:
    """One of each kind, for customers 1 (external key k) and 2 (its child)."""
    return [
        BulkRequest.create_customer(company="Third", tags=["a"]),
        BulkRequest.get_customer(3),
        BulkRequest.get_customer_by_external_key("k"),
        BulkRequest.list_customers(where=Field.company == "Third", order=Field.company.desc(), limit=1),
        BulkRequest.list_customers(),
        BulkRequest.count_customers(where=[Field.company.contains("i"), Field.customer_id < 3]),
        BulkRequest.count_customers(),
        BulkRequest.update_customer(3, bill_state="Berlin"),
        BulkRequest.update_customer_by_external_key("k", company="New"),
        BulkRequest.disconnect_parent(2),
        BulkRequest.request("GET", "/api/v3/customer/_count?where=bill_state:EQUALS:Berlin"),
        BulkRequest.request("POST", "/api/v3/customer", {"company": "Fourth"}),
        BulkRequest.request("PUT", "/api/v3/customer/4", {"company": "Newer"}),
    ]


def assert_done(values: list[Any], client: ChargeOver) -> None:
    created, third, first, found, listed, counted, all_counted, *rest = values
    assert (created, third.company, first.customer_id) == (3, "Third", 1)
    assert [{**one.raw, "tags": ["a"]} for one in found] == [third.raw]
    assert [one.customer_id for one in listed] == [1, 2, 3]
    assert (counted, all_counted) == (2, 3)
    assert rest == [3, 1, None, 1, {"id": 4}, {"id": 4}]
    assert [one.company for one in client.customers.list()] == ["New", "Child", "Third", "Newer"]
    assert client.customers.get(2).parent_customer_id is None
    assert all(isinstance(one, Customer) for one in (third, first, *found, *listed))


async def test_each_kind_of_request_has_the_result_of_its_method(
    client: ChargeOver, async_client: AsyncChargeOver, sandbox: LocalSandbox
) -> None:
    async def results() -> list[BulkResult[BulkRequest[Any], Any]]:
        return [result async for result in async_client.bulk(requests())]

    for run in ("sync", "async"):
        sandbox.reset()
        client.customers.create(company="First", external_key="k")
        client.customers.create(company="Child", parent_customer_id=1)
        found = list(client.bulk(requests())) if run == "sync" else await results()
        assert_done([result.value for result in found], client)
        assert [result.item.uri for result in found] == [request.uri for request in requests()]


def test_a_request_shows_what_it_will_send() -> None:
    update = BulkRequest.update_customer_by_external_key("a/b", company="Acme")
    assert (update.method, update.uri, update.payload) == (
        "PUT",
        "/api/v3/customer/external_key:a%2Fb",
        {"company": "Acme"},
    )
    look = BulkRequest.get_customer(7)
    assert (look.method, look.payload, repr(look)) == ("GET", None, "BulkRequest(GET /api/v3/customer/7)")
    assert (BulkRequest.disconnect_parent(7).method, BulkRequest.disconnect_parent(7).payload) == ("POST", {})


def test_an_impossible_request_is_refused_where_it_is_made() -> None:
    for make in (
        lambda: BulkRequest.get_customer(0),
        lambda: BulkRequest.update_customer(1),
        lambda: BulkRequest.list_customers(limit=501),
        lambda: BulkRequest.list_customers(where=""),
        lambda: BulkRequest.request("DELETE", "/api/v3/customer/1"),
        lambda: BulkRequest.request("get", "/api/v3/customer/1"),
        lambda: BulkRequest.request("GET", "api/v3/customer/1"),
        lambda: BulkRequest.request("GET", "https://x/api/v3/customer/1"),
    ):
        with pytest.raises(InvalidFieldError):
            make()


@pytest.mark.parametrize("options", WRONG_OPTIONS, ids=str)
def test_an_invalid_option_is_refused_before_anything_is_sent(
    client: ChargeOver, async_client: AsyncChargeOver, options: dict[str, Any]
) -> None:
    (name,) = options
    for run in (
        client.customers.bulk_update,
        client.bulk,
        async_client.customers.bulk_update,
        async_client.bulk,
    ):
        with pytest.raises(InvalidFieldError) as caught:
            run([], **options)
        assert caught.value.field == name


Seen = list[BulkResult[Change, int | None]]


def see(results: BulkResults[Change, int | None], seen: Seen) -> None:
    """Note the results until they end or raise."""
    for result in results:
        seen.append(result)


async def see_async(results: AsyncBulkResults[Change, int | None], seen: Seen) -> None:
    """See ``see``."""
    async for result in results:
        seen.append(result)


async def test_failures_are_raised_together_after_the_last_result(
    client: ChargeOver, async_client: AsyncChargeOver, ids: list[int]
) -> None:
    changes = changes_of(ids)
    seen: Seen = []
    with pytest.raises(BulkError) as caught:
        see(client.customers.bulk_update(changes), seen)
    seen_async: Seen = []
    with pytest.raises(BulkError) as caught_async:
        await see_async(async_client.customers.bulk_update(changes), seen_async)
    for results, error in ((seen, caught.value), (seen_async, caught_async.value)):
        assert_in_order(results, changes)
        assert (error.done, [result.index for result in error.results]) == (60, list(range(0, 60, 7)))
        assert list(error.exceptions) == [result.error for result in error.results]
        assert str(error).startswith("9 of 60 items failed, the first: 404 Not Found for PUT http://")


def test_except_star_takes_the_failures_apart(client: ChargeOver) -> None:
    client.customers.create(company="Acme", external_key="k")
    requests = [
        BulkRequest.update_customer(9, company="x"),
        BulkRequest.update_customer(1, company="Done"),
        BulkRequest.update_customer(1, parent_customer_id=1),
        BulkRequest.get_customer(8),
    ]
    not_found: BulkError | None = None
    refused: BulkError | None = None
    try:
        list(client.bulk(cast("list[BulkRequest[Any]]", requests)))
    except* NotFoundError as group:
        not_found = cast("BulkError", group)
    except* BadRequestError as group:
        refused = cast("BulkError", group)
    assert isinstance(not_found, BulkError)
    assert isinstance(refused, BulkError)
    assert [result.index for result in not_found.results] == [0, 3]
    assert [result.index for result in refused.results] == [2]
    assert (not_found.done, refused.done) == (4, 4)
    assert [type(error) for error in not_found.exceptions] == [NotFoundError, NotFoundError]
    assert client.customers.get(1).company == "Done"


def test_an_error_of_a_bulk_run_survives_pickling(client: ChargeOver) -> None:
    changes: Any = [(9, {"company": "x"}), (1, {"compny": "x"})]
    with pytest.raises(BulkError) as caught:
        list(client.customers.bulk_update(changes))
    error = pickle.loads(pickle.dumps(caught.value))
    assert isinstance(error, BulkError)
    assert (str(error), error.done) == (str(caught.value), 2)
    assert [(result.index, result.item, type(result.error)) for result in error.results] == [
        (0, changes[0], NotFoundError),
        (1, changes[1], UnknownFieldError),
    ]
    assert [str(one) for one in error.exceptions] == [str(result.error) for result in error.results]


def test_each_error_tells_the_request_that_it_is_about(client: ChargeOver) -> None:
    (result,) = client.customers.bulk_update([("a/b", {"company": "Köln"})], errors="return")
    assert isinstance(result.error, NotFoundError)
    assert (result.error.method, result.error.http_status, result.error.code) == ("PUT", 404, 404)
    assert result.error.url == f"{client.base_url}/api/v3/customer/external_key:a%2Fb"
    assert result.error.message == "This customer does not exist."
    assert b"company" in result.error.request.body
    assert "authorization" not in {name.lower() for name in result.error.request.headers}
    assert repr(result).startswith("BulkResult(index=0, error=NotFoundError('404 Not Found for PUT http://")


async def test_progress_is_told_after_each_bulk_request(
    client: ChargeOver, async_client: AsyncChargeOver, ids: list[int]
) -> None:
    expected = [BulkProgress(25, 4), BulkProgress(50, 8), BulkProgress(60, 9)]
    told: list[BulkProgress] = []
    for number, _ in enumerate(client.customers.bulk_update(changes_of(ids), errors="return", on_progress=told.append)):
        assert told == expected[: number // 25 + 1]
    assert told == expected
    told.clear()
    found = async_client.customers.bulk_update(changes_of(ids), in_flight=1, errors="return", on_progress=told.append)
    assert len([result async for result in found]) == 60
    assert told == expected


def raising(ids: list[int], *, after: int) -> Iterator[Change]:
    for number, customer_id in enumerate(ids):
        if number == after:
            raise LookupError("the input is broken")
        yield customer_id, {"company": f"New {number}"}


async def raising_async(ids: list[int], *, after: int) -> AsyncIterator[Change]:
    for change in raising(ids, after=after):
        yield change


@pytest.mark.parametrize("after", [0, 1, 25, 37, 59])
async def test_what_the_input_gave_before_it_raised_is_done(
    client: ChargeOver, async_client: AsyncChargeOver, ids: list[int], after: int
) -> None:
    expected = [f"New {number}" if number < after else str(number) for number in range(60)]
    expected_results = list(enumerate(ids[:after]))
    seen: Seen = []
    with pytest.raises(LookupError, match="the input is broken"):
        see(client.customers.bulk_update(raising(ids, after=after)), seen)
    assert [(result.index, result.value) for result in seen] == expected_results
    assert [customer.company for customer in client.customers.list()] == expected
    for source in (raising(ids, after=after), raising_async(ids, after=after)):
        seen.clear()
        with pytest.raises(LookupError, match="the input is broken"):
            await see_async(async_client.customers.bulk_update(source), seen)
        assert [(result.index, result.value) for result in seen] == expected_results


async def test_if_the_input_and_a_request_fail_both_are_raised(
    client: ChargeOver, async_client: AsyncChargeOver, ids: list[int]
) -> None:
    with pytest.raises(BulkError) as caught:
        list(client.customers.bulk_update(raising([10_000, *ids], after=30)))
    with pytest.raises(BulkError) as caught_async:
        _ = [one async for one in async_client.customers.bulk_update(raising_async([10_000, *ids], after=30))]
    for error in (caught.value, caught_async.value):
        assert isinstance(error.__cause__, LookupError)
        assert (error.done, [result.index for result in error.results]) == (30, [0])


async def test_an_async_run_takes_async_input(async_client: AsyncChargeOver, ids: list[int]) -> None:
    async def changes() -> AsyncIterator[Change]:
        for customer_id in ids:
            yield customer_id, {"company": "New"}

    async def looks() -> AsyncIterator[BulkRequest[Customer]]:
        for customer_id in ids:
            yield BulkRequest.get_customer(customer_id)

    assert [result.value async for result in async_client.customers.bulk_update(changes())] == ids
    found = [result.value async for result in async_client.bulk(looks())]
    assert [(one.customer_id, one.company) for one in found if one] == [(one, "New") for one in ids]


@pytest.mark.parametrize("is_closed", [True, False], ids=["closed", "wrong password"])
async def test_what_no_other_request_would_escape_ends_the_run(sandbox: LocalSandbox, is_closed: bool) -> None:
    kind = ClosedClientError if is_closed else AuthenticationError
    client = ChargeOver(base_url=sandbox.url, username="sandbox", password="wrong")
    async_client = AsyncChargeOver(base_url=sandbox.url, username="sandbox", password="wrong")
    if is_closed:
        client.close()
        await async_client.close()
    changes: list[Change] = [(1, {"company": "x"})] * 10_000
    results: Seen = []
    async_results: Seen = []
    with client, pytest.raises(kind):
        see(client.customers.bulk_update(changes, in_flight=2, errors="return"), results)
    async with async_client:
        with pytest.raises(kind):
            await see_async(async_client.customers.bulk_update(changes, in_flight=2, errors="return"), async_results)
    for seen in (results, async_results):
        assert 25 <= len(seen) <= 100
        assert {type(result.error) for result in seen} == {kind}
