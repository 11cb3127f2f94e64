"""What conditions find: each on a few customers that differ in what a server may confuse."""

from collections.abc import Callable

import pytest

from chargeover_contract.http import CheckedHttp

pytestmark = pytest.mark.contract

Asks = Callable[[str], list[str]]
# By the field that they differ in; the company says which is which. None is not sent.
CITIES = ("Bonn", "bonn", "Bonn am Rhein", "Neu-Bonn", "B%n", "B_nn", "Bo,nn", "Bo:nn", "x y", "x+y", "", None)


# Texts of each kind: of an address, of a person, of the caller's own.
TEXT_FIELDS = ("bill_state", "bill_country", "superuser_email", "ship_state", "custom_1")


@pytest.fixture
def asks(http: CheckedHttp, needs: Callable[..., None], marker: str) -> Asks:
    """Makes the customers; the result gives the cities of those that a condition finds."""
    needs("create_customer", "list_customers", "count_customers")
    for number, city in enumerate(CITIES, 1):
        fields = {} if city is None else dict.fromkeys(TEXT_FIELDS, city)
        http.create(company=str(city), custom_20=marker, superuser_id=number, no_taxes=number <= 2, **fields)
    return lambda where: http.found(marker, where)


@pytest.mark.parametrize("field", TEXT_FIELDS)
def test_texts_are_compared_exactly_and_null_with_nothing(asks: Asks, field: str) -> None:
    there = [city for city in CITIES if city is not None]
    for where, expected in (
        ("bill_city:EQUALS:Bonn", ["Bonn"]),
        ("bill_city:EQUALS:bonn", ["bonn"]),
        ("bill_city:EQUALS:", [""]),
        ("bill_city:EQUALS:None", []),
        ("bill_city:NOTEQUALS:Bonn", [city for city in there if city != "Bonn"]),
        ("bill_city:CONTAINS:bonn", ["bonn"]),
        ("bill_city:CONTAINS:onn", [city for city in there if "onn" in city]),
        ("bill_city:CONTAINS:Bonn", ["Bonn", "Bonn am Rhein", "Neu-Bonn"]),
        ("bill_city:CONTAINS:%", ["B%n"]),
        ("bill_city:CONTAINS:B_n", ["B_nn"]),
        ("bill_city:CONTAINS:B%n", ["B%n"]),
        ("bill_city:EQUALS:Bo\\,nn", ["Bo,nn"]),
        ("bill_city:CONTAINS:\\,", ["Bo,nn"]),
        ("bill_city:EQUALS:Bo\\:nn", ["Bo:nn"]),
        ("bill_city:CONTAINS:\\:", ["Bo:nn"]),
        ("bill_city:EQUALS:x y", ["x y"]),
        ("bill_city:EQUALS:x+y", ["x+y"]),
        ("bill_city:GT:Bonn", [city for city in there if city > "Bonn"]),
        ("bill_city:GTE:Bonn", [city for city in there if city >= "Bonn"]),
        ("bill_city:LT:Bonn", [city for city in there if city < "Bonn"]),
        ("bill_city:LTE:Bonn", [city for city in there if city <= "Bonn"]),
        ("bill_city:IS:NULL", ["None"]),
        ("bill_city:ISNOT:NULL", there),
        ("bill_city:CONTAINS:Bo,bill_city:NOTEQUALS:Bonn", ["Bonn am Rhein", "Neu-Bonn", "Bo,nn", "Bo:nn"]),
        ("bill_city:EQUALS:Bonn,bill_city:EQUALS:bonn", []),
        ("bill_city:CONTAINS:o,bill_city:CONTAINS:n,superuser_id:GT:2,bill_city:NOTEQUALS:Neu-Bonn",
         ["Bonn am Rhein", "Bo,nn", "Bo:nn"]),
        ("ship_country:EQUALS:", []),
        ("ship_country:NOTEQUALS:x", []),
    ):  # fmt: skip
        where = where.replace("bill_city", field)
        assert asks(where) == expected, where


def test_numbers_are_compared_as_such(asks: Asks) -> None:
    names = [str(city) for city in CITIES]
    for where, expected in (
        ("superuser_id:EQUALS:9", names[8:9]),
        ("superuser_id:GT:9", names[9:]),
        ("superuser_id:GTE:10", names[9:]),
        ("superuser_id:LT:10", names[:9]),
        ("superuser_id:LTE:10", names[:10]),
        ("superuser_id:NOTEQUALS:1", names[1:]),
        ("superuser_id:EQUALS:9223372036854775808", []),
        ("superuser_id:LT:99999999999999999999", names),
    ):
        assert asks(where) == expected, where
