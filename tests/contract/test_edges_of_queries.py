"""What conditions find: each on a few customers that differ in what a server may confuse."""

from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import quote

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


@pytest.mark.usefixtures("asks")
def test_our_sandbox_orders_null_first_and_what_is_equal_by_its_id(
    http: CheckedHttp, sandbox_only: None, marker: str
) -> None:
    there = sorted(city for city in CITIES if city is not None)
    assert http.found(marker, "", "bill_state:ASC") == ["None", *there]
    assert http.found(marker, "", "bill_state:DESC") == [*reversed(there), "None"]
    names = [str(city) for city in CITIES]
    assert http.found(marker, "", "superuser_id:DESC") == names[::-1]
    assert http.found(marker, "", "no_taxes:ASC") == names[2:] + names[:2]
    assert http.found(marker, "", "no_taxes:DESC") == names


def test_our_sandbox_reads_a_plus_sign_as_a_space(http: CheckedHttp, sandbox_only: None, marker: str) -> None:
    ids = [http.create(bill_state=state, custom_20=marker) for state in ("a b", "a+b")]
    where = f"where=custom_20:EQUALS:{marker},bill_state:EQUALS:"
    assert [http.page(f"{where}{text}") for text in ("a+b", "a%20b", "a%2Bb")] == [ids[:1], ids[:1], ids[1:]]


def test_our_sandbox_reads_what_is_escaped_and_what_need_not_be(
    http: CheckedHttp, sandbox_only: None, marker: str
) -> None:
    texts = ("a:b", "a\\:b", "a\\", "a\\b", "a,b", "a\\,b")
    ids = {text: http.create(custom_1=text, custom_20=marker) for text in texts}
    for written, text in (
        ("a\\:b", "a:b"),
        ("a:b", "a:b"),
        ("a\\\\:b", "a\\:b"),
        ("a\\\\\\:b", "a\\:b"),
        ("a\\\\", "a\\"),
        ("a\\", "a\\"),
        ("a\\b", "a\\b"),
        ("a\\\\b", "a\\b"),
        ("a\\,b", "a,b"),
        ("a\\\\\\,b", "a\\,b"),
    ):
        asked = quote(f"custom_20:EQUALS:{marker},custom_1:EQUALS:{written}")
        assert http.page(f"where={asked}") == [ids[text]], written
    first = quote(f"custom_1:EQUALS:a\\\\,custom_20:EQUALS:{marker}")
    assert http.page(f"where={first}") == [ids["a\\"]]


def test_our_sandbox_compares_dates_in_their_zones(http: CheckedHttp, sandbox_only: None, marker: str) -> None:
    customer_id = http.create(custom_20=marker)
    shown = http.read(customer_id)["mod_datetime"]
    written = datetime.fromisoformat(shown)
    in_utc = written.astimezone(UTC).replace(tzinfo=None)
    in_the_account = written.replace(tzinfo=None)

    def found(operator: str, text: str) -> bool:
        asked = quote(f"custom_20:EQUALS:{marker},mod_datetime:{operator}:{text}")
        return http.page(f"where={asked}") == [customer_id]

    assert shown == written.isoformat(timespec="seconds")
    assert found("EQUALS", shown)
    assert found("EQUALS", shown.replace(":", "\\:"))
    assert found("EQUALS", f"{in_utc.isoformat()}Z")
    assert found("EQUALS", str(in_the_account))
    assert found("GT", f"{in_utc.isoformat()}+01:00")
    assert not found("GT", f"{in_utc.isoformat()}-01:00")
    assert found("GTE", str(in_the_account))
    assert not found("LT", str(in_the_account))
    assert found("GTE", str(in_the_account.date()))
