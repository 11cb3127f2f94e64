"""A customer as data, and data as input."""

import json
import pickle
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import numpy
import pandas  # type: ignore[import-untyped]
import pydantic
import pytest

from chargeover import (
    AsyncChargeOver,
    BulkRequest,
    ChargeOver,
    Customer,
    CustomerCreateFields,
    CustomerUpdateFields,
    Field,
    InvalidFieldError,
)
from chargeover._exchange import ExactNumber
from chargeover_sandbox import LocalSandbox
from tests.support.scripted import Script, perform, yes

RAW = {
    "customer_id": "7",
    "company": "Acme",
    "balance": ExactNumber("1234567890123456.78"),
    "mod_datetime": "2026-03-10 01:01:49",
    "no_taxes": 1,
    "brand_new": [1, {"x": ExactNumber("0.10")}],
}
TYPED = {
    "customer_id": 7,
    "company": "Acme",
    "balance": Decimal("1234567890123456.78"),
    "mod_datetime": datetime(2026, 3, 10, 1, 1, 49, tzinfo=UTC),
    "no_taxes": True,
    "brand_new": [1, {"x": 0.1}],
}
CUSTOMER = Customer(RAW, UTC)


def test_it_is_read_like_a_mapping() -> None:
    assert CUSTOMER.to_dict() == dict(CUSTOMER) == {**CUSTOMER} == dict(CUSTOMER.items()) == TYPED
    assert list(CUSTOMER) == list(CUSTOMER.keys()) == list(RAW)
    assert list(CUSTOMER.values()) == list(TYPED.values())
    assert (CUSTOMER["company"], CUSTOMER.get("tags"), CUSTOMER.get("tags", []), len(CUSTOMER)) == ("Acme", None, [], 6)
    assert isinstance(CUSTOMER, Mapping)
    assert Customer({})
    for name in ("tags", "compny"):
        with pytest.raises(KeyError, match=name):
            CUSTOMER[name]
    match CUSTOMER:
        case {"company": name}:
            assert name == "Acme"
        case _:
            pytest.fail("a mapping pattern does not match it")


def test_its_json_keeps_every_digit_and_leads_back() -> None:
    content = json.loads(CUSTOMER.to_json())
    assert (content["balance"], content["mod_datetime"]) == ("1234567890123456.78", "2026-03-10T01:01:49+00:00")
    assert Customer(content) == Customer(CUSTOMER.to_dict()) == CUSTOMER


@pytest.mark.parametrize(
    ("first", "second", "is_equal"),
    [
        ({"no_taxes": 1}, {"no_taxes": True}, True),
        ({"balance": "12.50"}, {"balance": 12.5}, True),
        ({"customer_id": "7"}, {"customer_id": 7}, True),
        ({"balance": ExactNumber("1234567890123456.78")}, {"balance": ExactNumber("1234567890123456.79")}, False),
        ({"new": ExactNumber("1234567890123456.78")}, {"new": ExactNumber("1234567890123456.79")}, False),
        ({"new": [{"x": ExactNumber("0.10")}]}, {"new": [{"x": 0.1}]}, True),
        ({"no_taxes": "maybe"}, {"no_taxes": "perhaps"}, False),
        ({"company": None}, {}, False),
        ({"company": "Acme"}, {"company": "Bolt"}, False),
    ],
)
def test_equal_is_what_holds_the_same(first: Any, second: Any, is_equal: bool) -> None:
    assert (Customer(first) == Customer(second)) is is_equal
    assert Customer(first) == pickle.loads(pickle.dumps(Customer(first)))
    assert Customer(first) != first


def test_pandas_and_pydantic_take_it() -> None:
    frame = pandas.DataFrame(iter([CUSTOMER, Customer({"customer_id": 8})]))
    assert list(frame.columns) == list(RAW)
    assert list(frame["customer_id"]) == [7, 8]
    adapter = pydantic.TypeAdapter(Customer)
    assert adapter.validate_python(CUSTOMER) is CUSTOMER
    assert adapter.validate_json(adapter.dump_json(CUSTOMER)) == CUSTOMER
    assert adapter.dump_python(CUSTOMER) == TYPED
    with pytest.raises(pydantic.ValidationError):
        adapter.validate_python("Acme")


@pytest.mark.parametrize("kind", [CustomerUpdateFields, CustomerCreateFields])
def test_pydantic_takes_what_is_sent(kind: Any) -> None:
    adapter = pydantic.TypeAdapter(kind)
    assert adapter.validate_python({"company": "x", "tags": ["a"]}) == {"company": "x", "tags": ["a"]}
    with pytest.raises(pydantic.ValidationError):
        adapter.validate_python({"company": "x", "no_taxes": "perhaps"})


def test_a_list_gives_the_first_and_all(client: ChargeOver, sandbox: LocalSandbox) -> None:
    for company in "ABC":
        client.customers.create(company=company)
    found = client.customers.list(order="company:DESC", limit=2)
    assert repr(found) == "CustomerIterator(order='company:DESC', 0 so far, 2 more at most)"
    first = found.first()
    assert first is not None
    assert first.company == "C"
    assert "limit=1" in sandbox.journal[-1].query
    assert [one.company for one in found.all()] == ["B"]
    assert repr(found) == "CustomerIterator(order='company:DESC', 2 so far, 0 more at most)"
    assert (found.first(), found.all()) == (None, [])
    assert [one.company for one in client.customers.list().all()] == ["A", "B", "C"]
    assert client.customers.list(where=Field.company == "D").first() is None


async def test_an_async_list_gives_the_first_and_all_and_is_not_awaited(async_client: AsyncChargeOver) -> None:
    for company in "AB":
        await async_client.customers.create(company=company)
    first = await async_client.customers.list().first()
    assert first is not None
    assert first.company == "A"
    assert [one.company for one in await async_client.customers.list().all()] == ["A", "B"]
    wrong: Any = async_client.customers
    with pytest.raises(TypeError, match=r"async for customer in .*await customers\.list\(\)\.all\(\)"):
        await wrong.list()
    with pytest.raises(TypeError, match="async for result in"):
        await wrong.bulk_update([])


def sent(**fields: Any) -> Any:
    client = ChargeOver(base_url="http://127.0.0.1:1", username="u", password="p")
    return client.customers.preview(1, **fields).json()


@pytest.mark.parametrize(
    "whole", [30.0, numpy.int64(30), numpy.float64(30), numpy.float32(30), numpy.uint8(30)], ids=repr
)
def test_a_whole_number_may_be_of_any_type(whole: Any, client: ChargeOver) -> None:
    for found in (sent(superuser_id=whole), client.customers.preview(whole, {"admin_id": whole}).json()):
        (value,) = found.values()
        assert (value, type(value)) == (30, int)
    client.customers.create(company="x")
    assert client.customers.count(where=Field.customer_id < whole) == 1
    assert client.customers.list(limit=whole).all()


def test_other_scalars_are_their_values() -> None:
    series = pandas.Series({"company": "Acme", "no_taxes": numpy.bool_(True), "tags": numpy.array(["a", "b"])})
    assert sent(fields=series) == {"company": "Acme", "no_taxes": True, "tags": ["a", "b"]}
    assert sent(company=numpy.str_("Acme")) == {"company": "Acme"}
    with pytest.raises(InvalidFieldError, match="superuser_id must be an integer"):
        sent(superuser_id=30.5)
    with pytest.raises(InvalidFieldError, match="company must be a string"):
        sent(company=numpy.int64(5))


@pytest.mark.parametrize(
    "missing",
    [float("nan"), numpy.nan, numpy.float32("nan"), numpy.datetime64("NaT"), pandas.NaT, pandas.NA, Decimal("nan")],
    ids=lambda one: type(one).__name__,
)
@pytest.mark.parametrize("name", ["company", "superuser_id", "no_taxes", "tags", "parent_customer_id"])
def test_a_missing_value_is_to_be_left_out(name: str, missing: Any) -> None:
    with pytest.raises(InvalidFieldError, match=rf"^{name} is .* stands for a missing value\. Leave it out"):
        sent(**{name: missing})


def test_fields_come_as_a_mapping_or_as_arguments_or_both(client: ChargeOver) -> None:
    customers = client.customers
    assert customers.create({"company": "Acme"}, external_key="k") == 1
    assert customers.update(1, {"bill_city": "Bonn"}, company="Bolt") == 1
    assert customers.update_by_external_key("k", {"no_taxes": True}) == 1
    assert customers.diff(1, {"company": "x"}).keys() == {"company"}
    assert customers.preview_by_external_key("k", {"company": "x"}).json() == {"company": "x"}
    (result,) = client.bulk([BulkRequest.update_customer(1, {"company": "y"})])
    assert result.value == 1
    for wrong, words in (({"company": "x"}, "company is given twice"), (["company"], "Fields are a mapping")):
        with pytest.raises(InvalidFieldError, match=words):
            customers.update(1, wrong, company="y")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


def test_rows_of_pandas_are_changes() -> None:
    frame = pandas.DataFrame({"id": [1], "bill_city": ["Bonn"]})
    script = Script([yes({"_bulk": [{"code": 200, "status": "OK", "response": {"id": 1}}]})])
    changes: Any = [(row["id"], row.drop("id")) for _, row in frame.iterrows()]
    (result,) = perform("sync", script, lambda client: list(client.customers.bulk_update(changes)))
    assert result.value == 1
