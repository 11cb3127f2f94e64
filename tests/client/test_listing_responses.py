"""Lists and counts when the server responds differently from the sandbox."""

from collections.abc import Callable
from itertools import cycle
from urllib.parse import parse_qs

import pytest

from chargeover import (
    APIConnectionError,
    AsyncChargeOver,
    ChargeOver,
    CustomerIterator,
    InvalidResponseError,
)
from chargeover_sandbox import LocalSandbox
from tests.support.servers import json_server


def client_of(url: str, name: str = "u") -> ChargeOver:
    return ChargeOver(base_url=url, username=name, password=name)


def rows(*ids: int | None) -> list[dict[str, int]]:
    return [{} if one is None else {"customer_id": one} for one in ids]


def test_after_a_failure_the_list_goes_on_where_it_was() -> None:
    failures = [True]

    def answer(path: str, _: object) -> object:
        where = parse_qs(path.partition("?")[2]).get("where", ["customer_id:GT:0"])[0]
        after = int(where.rpartition(":")[2])
        if after and failures.pop():
            raise ConnectionError
        return [{"customer_id": after + 1}, {"customer_id": after + 2}] if after < 2 else []

    with json_server(answer) as url, client_of(url) as client:
        found = client.customers.list(page_size=2)
        assert [next(found).customer_id, next(found).customer_id] == [1, 2]
        with pytest.raises(APIConnectionError):
            next(found)
        failures.append(False)
        assert list(found) == []


@pytest.mark.parametrize("order", ["customer_id:ASC", "customer_id:DESC"])
@pytest.mark.parametrize("consume", [list, lambda found: list(found.pages())], ids=["customers", "pages"])
def test_a_server_that_ignores_the_where_does_not_give_the_same_page_without_end(
    order: str, consume: Callable[[CustomerIterator], object]
) -> None:
    ids = sorted((3, 4), reverse=order.endswith("DESC"))
    with json_server(lambda *_: [{"customer_id": one} for one in ids]) as url, client_of(url) as client:
        found = client.customers.list(order=order, page_size=2)
        with pytest.raises(InvalidResponseError, match=f"page after customer {ids[-1]} begins with customer {ids[0]}"):
            consume(found)


def test_a_server_that_ignores_the_offset_does_not_either() -> None:
    with json_server(lambda *_: [{"customer_id": 7}, {"customer_id": 4}]) as url, client_of(url) as client:
        found = client.customers.list(order="company:ASC", page_size=2)
        pages = found.pages()
        assert [[one.customer_id for one in next(pages)] for _ in range(3)] == [[7, 4]] * 3
        with pytest.raises(
            InvalidResponseError, match="page at offset 6 and the 2 before it repeat earlier customers only"
        ):
            next(pages)


@pytest.mark.parametrize(
    ("order", "pages", "finding"),
    [
        ("customer_id:ASC", [[1, 10, 2]], "customer 2 comes after customer 10 in the order customer_id:ASC"),
        ("customer_id:ASC", [[1, 2, 2]], "customer 2 comes after customer 2"),
        ("customer_id:DESC", [[9, 8, 10]], "customer 10 comes after customer 8 in the order customer_id:DESC"),
        ("customer_id:ASC", [[1, 2, 3], [4, 6, 5]], "customer 5 comes after customer 6"),
        ("customer_id:ASC", [[1, 2, 3], [None, 2, 4]], "the page after customer 3 begins with customer 2"),
    ],
    ids=str,
)
def test_a_page_that_is_not_in_the_order_of_the_ids_ends_the_list(
    order: str, pages: list[list[int | None]], finding: str
) -> None:
    left = iter(pages)
    with json_server(lambda *_: rows(*next(left))) as url, client_of(url) as client:
        found = client.customers.list(order=order, page_size=3)
        for page in pages[:-1]:
            assert [next(found).customer_id for _ in page] == page
        with pytest.raises(InvalidResponseError, match=finding):
            next(found)


def test_a_sandbox_that_orders_ids_as_texts_is_noticed() -> None:
    with LocalSandbox(bugs=["numbers-order-as-texts"]) as sandbox, client_of(sandbox.url, "sandbox") as client:
        for number in range(12):
            client.customers.create(company=str(number))
        for page_size in (500, 11, 5):
            with pytest.raises(InvalidResponseError, match=r"comes after customer|begins with customer"):
                list(client.customers.list(page_size=page_size))


def test_pages_by_offset_that_take_turns_end_too() -> None:
    pages = cycle([rows(7, 4), rows(2, 9)])
    with json_server(lambda *_: next(pages)) as url, client_of(url) as client:
        found = client.customers.list(order="company:ASC", page_size=2).pages()
        assert [len(next(found)) for _ in range(4)] == [2] * 4
        with pytest.raises(InvalidResponseError, match="page at offset 8 and the 2 before it repeat earlier"):
            next(found)


def test_customers_without_an_id_are_given_as_they_come() -> None:
    pages = [[{"company": "a"}, {"customer_id": 3}], [{"customer_id": 4}, {"company": "b"}, {"customer_id": 6}], []]
    left = iter(pages)
    with json_server(lambda *_: next(left)) as url, client_of(url) as client:
        found = client.customers.list(page_size=2)
        assert [customer.raw for customer in found] == [*pages[0], *pages[1]]


def test_only_to_go_on_after_a_full_page_needs_an_id() -> None:
    page = [{"customer_id": 3}, {"company": "a"}]
    with json_server(lambda *_: page) as url, client_of(url) as client:
        assert len(list(client.customers.list(page_size=3))) == 2
        assert len(list(client.customers.list(limit=2))) == 2
        found = client.customers.list(page_size=2)
        assert [next(found).raw, next(found).raw] == page
        for _ in range(2):
            with pytest.raises(InvalidResponseError, match="its last customer has no ID, after which the next page"):
                next(found)


async def test_async_finds_a_server_that_ignores_the_where_too() -> None:
    with json_server(lambda *_: [{"customer_id": "3"}]) as url:
        async with AsyncChargeOver(base_url=url, username="u", password="p") as client:
            found = client.customers.list(page_size=1)
            assert (await anext(found)).customer_id == 3
            with pytest.raises(InvalidResponseError):
                await anext(found)


@pytest.mark.parametrize("response", [True, 1, "x", {"customer_id": 1}, [1]], ids=str)
def test_a_page_that_is_not_a_list_of_customers_is_invalid(response: object) -> None:
    with (
        json_server(lambda *_: response) as url,
        client_of(url) as client,
        pytest.raises(InvalidResponseError, match=r"its response is not a (list of customers|customer)"),
    ):
        list(client.customers.list())


def test_a_server_that_gives_more_than_it_was_asked_for_does_not_make_the_list_longer() -> None:
    with json_server(lambda *_: [{"customer_id": one} for one in (1, 2, 3)]) as url, client_of(url) as client:
        assert [one.customer_id for one in client.customers.list(limit=2)] == [1, 2]
        assert [[one.customer_id for one in page] for page in client.customers.list(limit=1).pages()] == [[1]]


@pytest.mark.parametrize(
    ("response", "found"),
    [
        (None, []),
        ({}, []),
        ({"0": {"customer_id": 1}, "2": {"customer_id": 3}}, [{"customer_id": 1}, {"customer_id": 3}]),
        ([None, []], [{}, {}]),
    ],
    ids=str,
)
def test_a_page_may_come_in_a_looser_form(response: object, found: list[object]) -> None:
    with json_server(lambda *_: response) as url, client_of(url) as client:
        assert [customer.raw for customer in client.customers.list()] == found


@pytest.mark.parametrize(("response", "number"), [(0, 0), (7, 7), ("7", 7), (7.0, 7), (2**70, 2**70)])
def test_a_count_is_read_in_every_form(response: object, number: int) -> None:
    with json_server(lambda *_: response) as url, client_of(url) as client:
        assert client.customers.count() == number


@pytest.mark.parametrize("response", [None, -1, 1.5, "x", [], True], ids=str)
def test_a_count_that_is_not_a_number_is_invalid(response: object) -> None:
    words = "not a number"
    with (
        json_server(lambda *_: response) as url,
        client_of(url) as client,
        pytest.raises(InvalidResponseError, match=words),
    ):
        client.customers.count()
