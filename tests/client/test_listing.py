"""Lists of customers: every one that fits, once, page by page, and not a request more than that takes."""

from itertools import product
from typing import Any
from urllib.parse import unquote

import pytest

from chargeover import (
    AsyncChargeOver,
    BadRequestError,
    BulkRequest,
    ChargeOver,
    Customer,
    Field,
    InvalidFieldError,
    Order,
)
from chargeover_sandbox import LocalSandbox


@pytest.fixture
def seven(client: ChargeOver, sandbox: LocalSandbox) -> list[int]:
    """The IDs of seven customers: A and B in turn."""
    ids = [client.customers.create(company="AB"[number % 2]) for number in range(7)]
    sandbox.journal.clear()
    return ids


def ids_of(customers: list[Customer]) -> list[int | None]:
    return [customer.customer_id for customer in customers]


def queries(sandbox: LocalSandbox) -> list[str]:
    """The queries that were sent, decoded."""
    return [exchange.query.replace("%5C", "\\") for exchange in sandbox.journal]


def test_all_customers_come_in_the_order_of_their_ids(client: ChargeOver, seven: list[int]) -> None:
    assert ids_of(list(client.customers.list())) == seven
    assert [customer.company for customer in client.customers.list()] == list("ABABABA")
    (row,) = client.customers.list(limit=1)
    assert {**row.raw, "tags": []} == client.customers.get(seven[0]).raw


@pytest.mark.parametrize("order", [None, Field.customer_id.desc(), Field.company.asc(), "company:DESC"], ids=str)
def test_pages_cut_nothing_off_and_add_nothing(client: ChargeOver, seven: list[int], order: str | Order | None) -> None:
    whole = {
        "None": seven,
        "customer_id:DESC": seven[::-1],
        "company:ASC": seven[::2] + seven[1::2],
        "company:DESC": seven[1::2] + seven[::2],
    }[str(order)]
    for page_size, offset, limit in product((1, 2, 3, 7, 500), (0, 1, 4, 7, 9), (None, 1, 3, 7, 99)):
        found = client.customers.list(order=order, limit=limit, page_size=page_size, offset=offset)
        assert ids_of(list(found)) == whole[offset:][:limit], (page_size, offset, limit)


def test_each_page_is_asked_for_once_and_only_when_it_is_needed(
    client: ChargeOver, sandbox: LocalSandbox, seven: list[int]
) -> None:
    found = client.customers.list(page_size=3)
    assert queries(sandbox) == []
    assert ids_of([next(found) for _ in range(3)]) == seven[:3]
    assert queries(sandbox) == ["order=customer_id:ASC&limit=3"]
    next(found)
    assert queries(sandbox)[1:] == ["where=customer_id:GT:3&order=customer_id:ASC&limit=3"]
    assert ids_of(list(found)) == seven[4:]
    assert queries(sandbox)[2:] == ["where=customer_id:GT:6&order=customer_id:ASC&limit=3"]
    assert list(found) == []
    with pytest.raises(StopIteration):
        next(found)
    assert len(sandbox.journal) == 3


@pytest.mark.parametrize(
    ("arguments", "sent"),
    [
        ({"limit": 0}, []),
        ({}, ["order=customer_id:ASC&limit=500"]),
        ({"limit": 3}, ["order=customer_id:ASC&limit=3"]),
        (
            {"limit": 5, "page_size": 3},
            ["order=customer_id:ASC&limit=3", "where=customer_id:GT:3&order=customer_id:ASC&limit=2"],
        ),
        (
            {"page_size": 7},
            ["order=customer_id:ASC&limit=7", "where=customer_id:GT:7&order=customer_id:ASC&limit=7"],
        ),
        ({"limit": 7, "page_size": 7}, ["order=customer_id:ASC&limit=7"]),
        (
            {"offset": 2, "page_size": 4},
            ["order=customer_id:ASC&limit=4&offset=2", "where=customer_id:GT:6&order=customer_id:ASC&limit=4"],
        ),
        (
            {"order": "customer_id:DESC", "page_size": 5},
            ["order=customer_id:DESC&limit=5", "where=customer_id:LT:3&order=customer_id:DESC&limit=5"],
        ),
        (
            {"order": Field.company.asc(), "page_size": 4, "offset": 1},
            ["order=company:ASC&limit=4&offset=1", "order=company:ASC&limit=4&offset=5"],
        ),
        (
            {"where": Field.company != "a,\\", "page_size": 4},
            [
                "where=company:NOTEQUALS:a\\,\\\\&order=customer_id:ASC&limit=4",
                "where=customer_id:GT:4,company:NOTEQUALS:a\\,\\\\&order=customer_id:ASC&limit=4",
            ],
        ),
        ({"where": "company:EQUALS:C"}, ["where=company:EQUALS:C&order=customer_id:ASC&limit=500"]),
    ],
    ids=str,
)
@pytest.mark.usefixtures("seven")
async def test_exactly_these_requests_are_sent(
    client: ChargeOver,
    async_client: AsyncChargeOver,
    sandbox: LocalSandbox,
    arguments: dict[str, Any],
    sent: list[str],
) -> None:
    found = list(client.customers.list(**arguments))
    assert queries(sandbox) == sent
    sandbox.journal.clear()
    assert [customer async for customer in async_client.customers.list(**arguments)] == found
    assert queries(sandbox) == sent


def test_a_condition_holds_on_every_page(client: ChargeOver, seven: list[int]) -> None:
    where = [Field.company == "A", Field.customer_id != seven[2]]
    expected: list[int | None] = [seven[0], seven[4], seven[6]]
    assert client.customers.count(where=where) == 3
    for page_size in (1, 2, 3, 4):
        assert ids_of(list(client.customers.list(where=where, page_size=page_size))) == expected
        descending = client.customers.list(where=where, page_size=page_size, order="customer_id:DESC")
        assert ids_of(list(descending)) == expected[::-1]


def test_a_condition_with_colons_holds_on_every_page_and_in_bulk(client: ChargeOver, sandbox: LocalSandbox) -> None:
    ids = [client.customers.create(company="crm:1, west", external_key=f"crm:{number}") for number in range(3)]
    moment = client.customers.get(ids[0]).mod_datetime
    assert moment is not None
    sandbox.journal.clear()
    where = [Field.company == "crm:1, west", Field.mod_datetime >= moment.replace(microsecond=0)]
    assert ids_of(list(client.customers.list(where=where, page_size=1))) == ids
    own = "company:EQUALS:crm:1\\, west"
    assert ids_of(list(client.customers.list(where=own, page_size=2))) == ids
    (found,) = client.bulk([BulkRequest.list_customers(where=Field.external_key == "crm:2")])
    assert ids_of(found.value or []) == ids[2:]
    sent = [unquote(query) for query in queries(sandbox) if query]
    assert len(sent) == 6
    assert all("crm\\:1\\, west" in query and "crm:" not in query for query in sent)


def test_pages_are_lists_and_none_is_empty(client: ChargeOver, seven: list[int]) -> None:
    assert [ids_of(page) for page in client.customers.list(page_size=3).pages()] == [seven[:3], seven[3:6], seven[6:]]
    assert [len(page) for page in client.customers.list(page_size=7).pages()] == [7]
    assert [len(page) for page in client.customers.list(page_size=3, limit=5).pages()] == [3, 2]
    assert list(client.customers.list(where=Field.company == "C").pages()) == []


def test_pages_begin_behind_the_page_that_was_begun(client: ChargeOver, seven: list[int]) -> None:
    found = client.customers.list(page_size=3)
    assert next(found).customer_id == seven[0]
    assert [ids_of(page) for page in found.pages()] == [seven[3:6], seven[6:]]
    assert ids_of(list(found)) == seven[1:3]


@pytest.mark.parametrize("order", ["customer_id:ASC", "customer_id:DESC"])
def test_in_the_order_of_the_ids_no_customer_is_skipped_while_others_come_and_go(
    client: ChargeOver, order: str
) -> None:
    ids = [client.customers.create(company=str(number)) for number in range(30)]
    staying = set(ids)
    seen: list[int] = []
    for number, customer in enumerate(client.customers.list(order=order, page_size=4)):
        assert customer.customer_id is not None
        seen.append(customer.customer_id)
        if number in {3, 9, 17}:  # on both sides of a page's end
            for gone in (seen[0], seen[-1], ids[14 + number % 3]):
                if gone in staying:
                    client.customers.delete(gone)
                    staying.remove(gone)
            client.customers.create(company="new")
    assert len(set(seen)) == len(seen)
    assert seen == sorted(seen, reverse=order.endswith("DESC"))
    assert staying <= set(seen)
    assert len(staying) < 25


async def test_async_lists_are_the_same(async_client: AsyncChargeOver, seven: list[int]) -> None:
    customers = async_client.customers
    found = customers.list(page_size=3, limit=5, offset=1)
    assert (await anext(found)).customer_id == seven[1]
    assert ids_of([customer async for customer in found]) == seven[2:6]
    with pytest.raises(StopAsyncIteration):
        await anext(found)
    assert [ids_of(page) async for page in customers.list(page_size=4).pages()] == [seven[:4], seven[4:]]
    assert [page async for page in customers.list(where="company:EQUALS:C").pages()] == []
    assert await customers.count(where=Field.company == "A") == 4
    assert await customers.count() == 7


WRONG: list[dict[str, Any]] = [
    {"limit": -1},
    {"limit": True},
    {"limit": "5"},
    {"limit": 1.5},
    {"page_size": 0},
    {"page_size": 501},
    {"page_size": None},
    {"offset": -1},
    {"offset": 2**63},
    {"offset": None},
    {"order": ""},
    {"order": 5},
    {"order": Field.company},
    {"where": ""},
    {"where": ["company:EQUALS:x"]},
]


@pytest.mark.parametrize("arguments", WRONG, ids=str)
async def test_what_cannot_be_asked_for_is_not_sent(
    client: ChargeOver, async_client: AsyncChargeOver, sandbox: LocalSandbox, arguments: dict[str, Any]
) -> None:
    for listing in (client.customers.list, async_client.customers.list):
        with pytest.raises(InvalidFieldError):
            listing(**arguments)
    if "where" in arguments:
        with pytest.raises(InvalidFieldError):
            client.customers.count(**arguments)
        with pytest.raises(InvalidFieldError):
            await async_client.customers.count(**arguments)
    assert not sandbox.journal


def test_what_the_server_refuses_is_raised_when_it_is_asked_for(client: ChargeOver, sandbox: LocalSandbox) -> None:
    wrong = "superuser_id:EQUALS:x"
    found = client.customers.list(where=wrong)
    assert not sandbox.journal
    with pytest.raises(BadRequestError, match="'superuser_id:EQUALS:x': superuser_id is compared with a whole"):
        next(found)
    with pytest.raises(BadRequestError, match="superuser_id is compared with a whole number"):
        client.customers.count(where=wrong)
    with pytest.raises(BadRequestError, match="a customer has no field 'compny'"):
        list(client.customers.list(order="compny:ASC"))
