"""A returned customer: typed where that can be, and never an exception."""

import copy
import json
import pickle
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from decimal import Decimal
from typing import Any

import pytest

from chargeover import (
    BulkRequest,
    ChargeOver,
    ConfigurationError,
    Customer,
    CustomerUpdateFields,
    Difference,
    Field,
    InvalidResponseError,
)
from chargeover._exchange import ExactNumber
from chargeover._wire import CUSTOMER
from tests.support.servers import json_server


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("company", "Acme", "Acme"),
        ("company", 7, "7"),
        ("company", True, None),
        ("company", Decimal("9" * 5000), "9" * 5000),
        ("company", None, None),
        ("company", {"a": 1}, None),
        ("customer_id", 7, 7),
        ("customer_id", "7", 7),
        ("customer_id", "9" * 5000, None),
        ("customer_id", 7.0, 7),
        ("customer_id", 7.5, None),
        ("customer_id", "seven", None),
        ("customer_id", True, None),
        ("balance", "12.50", Decimal("12.50")),
        ("balance", " -3 ", Decimal(-3)),
        ("balance", 3, Decimal(3)),
        ("balance", 12.5, Decimal("12.5")),
        ("balance", ExactNumber("1234567890123456.78"), Decimal("1234567890123456.78")),
        ("balance", ExactNumber("1e2"), Decimal(100)),
        ("balance", True, None),
        ("balance", "1,5", None),
        ("balance", "1_0", None),
        ("balance", "\u0661", None),
        ("balance", "1e999999999", None),
        ("balance", "9" * 5000, None),
        ("company", ExactNumber("7.10"), "7.10"),
        ("balance", float("nan"), None),
        ("balance", "1e999", None),
        ("no_taxes", True, True),
        ("no_taxes", 1, True),
        ("no_taxes", "0", False),
        ("no_taxes", "", False),
        ("no_taxes", "maybe", None),
        ("tags", ["a"], ["a"]),
        ("tags", {}, None),
    ],
)
def test_looser_forms_are_read(name: str, value: object, shown: object) -> None:
    assert getattr(Customer({name: value}), name) == shown


def test_what_is_absent_is_none() -> None:
    customer = Customer({})
    assert all(getattr(customer, name) is None for name in CUSTOMER)


def test_raw_keeps_everything() -> None:
    raw: dict[str, Any] = {"customer_id": 1, "brand_new": [1, None]}
    assert Customer(raw).raw == raw


def test_an_attribute_that_does_not_exist_says_so() -> None:
    with pytest.raises(AttributeError, match="no attribute 'compny'"):
        _ = Customer({}).compny  # type: ignore[attr-defined]  # pyright: ignore


def test_it_prints_compares_copies_and_pickles() -> None:
    customer = Customer({"customer_id": 1, "company": "Acme", "superuser_email": "ann@acme.example"})
    assert repr(customer) == "Customer(customer_id=1, company='Acme')"
    assert customer == Customer(dict(customer.raw)) != Customer({})
    assert copy.deepcopy(customer) == pickle.loads(pickle.dumps(customer)) == customer
    assert {"company", "raw"} <= set(dir(customer))


def test_it_cannot_be_mistaken_for_something_to_edit() -> None:
    customer = Customer({"company": "Acme"})
    with pytest.raises(AttributeError, match=r"customers\.update\(…, company=…\)"):
        customer.company = "New"  # type: ignore[misc]  # pyright: ignore[reportAttributeAccessIssue]
    assert customer.company == "Acme"


@pytest.fixture
def server() -> Iterator[tuple[str, dict[str, str]]]:
    """A server of one customer, whose members are given as JSON texts; and those members."""
    members = {"customer_id": "1"}

    def whole(content: dict[str, Any]) -> str:
        # Written by hand: json.dumps would round a number, or refuse it.
        customer = "{" + ",".join(f'"{name}":{text}' for name, text in members.items()) + "}"
        response = {"customer": customer, "list": f"[{customer}]"}.get(content["response"])
        part = '{"code":200,"status":"OK","message":"","response":' + customer + "}"
        return '{"code":200,"status":"OK","response":' + (response or f'{{"_bulk":[{part}]}}') + "}"

    def answer(path: str, sent: Any) -> object:
        return (
            "bulk" if path.endswith("_bulk") else "list" if path.partition("?")[0].endswith("customer") else "customer"
        )

    with json_server(answer, dumps=whole) as url:
        yield url, members


def every_way(client: ChargeOver) -> list[Customer]:
    """The customer, read singly, from a list, and in a bulk request."""
    (listed,) = client.customers.list()
    (result,) = client.bulk([BulkRequest.get_customer(1)])
    assert result.value
    return [client.customers.get(1), listed, result.value]


def test_money_is_exact_and_raw_is_what_json_takes(server: tuple[str, dict[str, str]]) -> None:
    url, members = server
    members |= {"total": "1234567890123456.78", "balance": "0.10", "paid": "1234567890123456789012"}
    with ChargeOver(base_url=url, username="u", password="p") as client:
        for customer in every_way(client):
            for one in (customer, copy.deepcopy(customer), pickle.loads(pickle.dumps(customer))):
                assert (str(one.total), str(one.balance)) == ("1234567890123456.78", "0.10")
                assert one.paid == Decimal(1234567890123456789012)
                assert isinstance(one.paid, Decimal)
                assert json.loads(json.dumps(one.raw))["total"] == 1234567890123456.78


@pytest.mark.parametrize("limit", [640, 4300, 0], ids=lambda limit: f"{limit} digits")
@pytest.mark.parametrize("digits", [301, 4301])
def test_a_number_without_end_spoils_nothing_else(server: tuple[str, dict[str, str]], limit: int, digits: int) -> None:
    url, members = server
    members |= {"terms_id": "9" * digits, "balance": "1.5", "class_id": "7", "custom_1": "1e999", "custom_2": "9" * 300}
    before = sys.get_int_max_str_digits()
    sys.set_int_max_str_digits(limit)
    try:
        with ChargeOver(base_url=url, username="u", password="p") as client:
            for customer in every_way(client):
                assert (customer.customer_id, customer.class_id, customer.balance) == (1, 7, Decimal("1.5"))
                assert (customer.terms_id, customer.raw["terms_id"]) == (None, "9" * digits)
                assert (customer.raw["custom_1"], customer.custom_2) == ("1e999", "9" * 300)
                assert json.loads(json.dumps(customer.raw, allow_nan=False)) == customer.raw
            members["customer_id"] = "2"
            with pytest.raises(InvalidResponseError, match="it is about customer 2, not 1"):
                client.customers.get(1)
    finally:
        sys.set_int_max_str_digits(before)


def test_a_number_without_end_is_found_wherever_it_begins(server: tuple[str, dict[str, str]]) -> None:
    url, members = server
    with ChargeOver(base_url=url, username="u", password="p") as client:
        for begin in range(30):
            members |= {"company": f'"{"x" * begin}"', "terms_id": "9" * 301}
            assert client.customers.get(1).raw["terms_id"] == "9" * 301


IN_CHICAGO = datetime(2026, 3, 10, 1, 1, 49, tzinfo=timezone(-timedelta(hours=5)))


@pytest.mark.parametrize(
    ("text", "naive", "aware"),
    [
        ("2026-03-10 01:01:49", datetime(2026, 3, 10, 1, 1, 49), IN_CHICAGO),  # noqa: DTZ001
        ("2026-03-10T01:01:49-05:00", IN_CHICAGO, IN_CHICAGO),
        ("2026-03-10T06:01:49+00:00", IN_CHICAGO, IN_CHICAGO),
        ("2026-03-10", datetime(2026, 3, 10), datetime(2026, 3, 10, 5, tzinfo=UTC)),  # noqa: DTZ001
        ("0000-00-00 00:00:00", None, None),
    ],
)
def test_a_date_without_a_zone_is_in_that_of_the_account(
    server: tuple[str, dict[str, str]], text: str, naive: datetime | None, aware: datetime | None
) -> None:
    url, members = server
    members["mod_datetime"] = f'"{text}"'
    with ChargeOver(base_url=url, username="u", password="p") as client:
        assert [customer.mod_datetime for customer in every_way(client)] == [naive] * 3
    for zone in ("America/Chicago", timezone(-timedelta(hours=5))):
        with ChargeOver(base_url=url, username="u", password="p", timezone=zone) as client:
            for customer in every_way(client.with_options(timeout=5)):
                for one in (
                    customer,
                    copy.copy(customer),
                    copy.deepcopy(customer),
                    pickle.loads(pickle.dumps(customer)),
                ):
                    assert one.mod_datetime == aware


@pytest.mark.parametrize("zone", ["Mars/Olympus", "", "/etc/passwd", "../UTC", 5, b"UTC"], ids=repr)
def test_what_is_not_a_zone_is_refused(zone: Any) -> None:
    with pytest.raises(ConfigurationError, match="timezone"):
        ChargeOver(base_url="http://127.0.0.1:1", username="u", password="p", timezone=zone)


def test_a_date_that_was_read_can_be_compared_with(client: ChargeOver) -> None:
    customer = client.customers.get(client.customers.create(company="Acme"))
    raw = {"mod_datetime": "2020-01-31 09:30:00"}
    zone: tzinfo | None
    for zone in (None, UTC):
        older = Customer(raw, zone).mod_datetime
        assert older is not None
        assert client.customers.count(where=Field.mod_datetime > older) == 1
        assert client.customers.count(where=Field.mod_datetime <= older) == 0
    assert customer.mod_datetime is not None


def test_what_is_absent_is_not_empty() -> None:
    listed, single = Customer({"customer_id": 1}), Customer({"customer_id": 1, "tags": []})
    assert ("tags" in listed, "tags" in single, "brand_new" in Customer({"brand_new": None})) == (False, True, True)
    assert listed != single


def test_a_difference_is_only_denied_where_the_value_is_known(server: tuple[str, dict[str, str]]) -> None:
    url, members = server
    members["tags"] = "[]"
    with ChargeOver(base_url=url, username="u", password="p") as client:
        fields: CustomerUpdateFields = {"tags": [], "parent_customer_id": None}
        listed = Customer({"customer_id": 1, "tags": ["old"], "parent_customer_id": None})
        (bulk,) = client.customers.bulk_diff([(listed, fields)])
        assert client.customers.diff(listed, **fields) == bulk.value == {"parent_customer_id": Difference(None, None)}
        members["parent_customer_id"] = "null"
        assert client.customers.diff(listed, **fields) == {}


def test_what_a_customer_cannot_do_it_says() -> None:
    customer = Customer({"customer_id": 1})
    with pytest.raises(TypeError, match=r"Use customer\.customer_id as a key"):
        hash(customer)


def test_an_iterator_cannot_be_copied_and_says_so(client: ChargeOver) -> None:
    no_requests: list[BulkRequest[None]] = []
    iterators: tuple[Iterator[object], ...] = (client.customers.list(), client.bulk(no_requests))
    for iterator in iterators:
        for act in (copy.copy, copy.deepcopy, pickle.dumps):
            with pytest.raises(TypeError, match=r"cannot be pickled or copied.*list\(…\)"):
                act(iterator)
        assert list(iterator) == []
