"""A returned customer: typed where that can be, and never an exception."""

import copy
import pickle
from decimal import Decimal
from typing import Any

import pytest

from chargeover import Customer
from chargeover._wire import CUSTOMER


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
        ("balance", "12.50", 12.5),
        ("balance", 3, 3),
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
