"""Conditions and orders, as they are written for the API; and what is not one."""

import enum
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest

from chargeover import Condition, Field, InvalidFieldError, Order
from chargeover._calls.conditions import order_text, where_text
from chargeover_contract.openapi import DOCUMENT

NOON_IN_INDIA = datetime(2026, 1, 31, 12, 0, 0, 5, timezone(timedelta(hours=5, minutes=30)))


class State(enum.StrEnum):
    MINNESOTA = "MN"


class Number(enum.IntEnum):
    FOUR = 4


@pytest.mark.parametrize(
    ("condition", "text"),
    [
        (Field.company == "Acme", "company:EQUALS:Acme"),
        (Field.company != "Acme", "company:NOTEQUALS:Acme"),
        (Field.company > "Acme", "company:GT:Acme"),
        (Field.company < "Acme", "company:LT:Acme"),
        (Field.company >= "Acme", "company:GTE:Acme"),
        (Field.company <= "Acme", "company:LTE:Acme"),
        (Field.company.contains("cm"), "company:CONTAINS:cm"),
        (Field.company.is_null(), "company:IS:NULL"),
        (Field.company.is_not_null(), "company:ISNOT:NULL"),
        (Field.company == None, "company:IS:NULL"),  # noqa: E711  how a caller writes it
        (Field.company != None, "company:ISNOT:NULL"),  # noqa: E711  how a caller writes it
        (Field.company == "", "company:EQUALS:"),
        (Field.company == "NULL", "company:EQUALS:NULL"),
        (Field.company == "a:b,c", "company:EQUALS:a\\:b\\,c"),
        (Field.company == "a\\:b", "company:EQUALS:a\\\\\\:b"),
        (Field.company == "::", "company:EQUALS:\\:\\:"),
        (Field.company == ",,", "company:EQUALS:\\,\\,"),
        (Field.company == "a\\b", "company:EQUALS:a\\b"),
        (Field.company == "a\\,b", "company:EQUALS:a\\\\\\,b"),
        (Field.company == "a\\", "company:EQUALS:a\\\\"),
        (Field.company == "a\\\\b", "company:EQUALS:a\\\\\\b"),
        (Field.company == "Żółw \x00\n", "company:EQUALS:Żółw \x00\n"),
        (Field.bill_state == State.MINNESOTA, "bill_state:EQUALS:MN"),
        ("Acme" == Field.company, "company:EQUALS:Acme"),  # noqa: SIM300  the other way round
        ("Acme" < Field.company, "company:GT:Acme"),  # noqa: SIM300  the other way round
    ],
    ids=str,
)
def test_a_text_is_written_with_its_commas_and_colons_escaped(condition: Condition, text: str) -> None:
    assert str(condition) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (7, "7"),
        (-7, "-7"),
        (0, "0"),
        (2**63 - 1, "9223372036854775807"),
        (10**25, "1" + "0" * 25),
        (Number.FOUR, "4"),
        (7.0, "7"),
        (-0.0, "0"),
        (0.1, "0.1"),
        (-2.5, "-2.5"),
        (1e22, "1" + "0" * 22),
        (1e-7, "0.0000001"),
        (Decimal("0.10"), "0.10"),
        (Decimal("7.00"), "7"),
        (Decimal("-1E-7"), "-0.0000001"),
        (Decimal("1E+3"), "1000"),
        (Decimal("12345678901234567890.123456789"), "12345678901234567890.123456789"),
    ],
    ids=repr,
)
def test_a_number_is_written_in_plain_digits(value: float | Decimal, text: str) -> None:
    assert str(Field.total > value) == f"total:GT:{text}"


def test_a_flag_is_1_or_0() -> None:
    assert str(Field.no_taxes == True) == "no_taxes:EQUALS:1"  # noqa: E712  how a caller writes it
    assert str(Field.no_taxes != False) == "no_taxes:NOTEQUALS:0"  # noqa: E712  how a caller writes it


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (date(2026, 1, 31), "2026-01-31"),
        (datetime(2026, 1, 31, 9, 30, tzinfo=UTC), "2026-01-31T09\\:30\\:00+00\\:00"),
        (NOON_IN_INDIA, "2026-01-31T06\\:30\\:01+00\\:00"),
        (datetime(2026, 1, 31, 9, 30), "2026-01-31 09\\:30\\:00"),  # noqa: DTZ001  the zone of the account
        ("2026-01-31 09:30", "2026-01-31 09\\:30"),
        ("a, b", "a\\, b"),
    ],
    ids=str,
)
def test_a_date_is_in_a_documented_form_and_a_text_is_the_callers_own(value: date | str, text: str) -> None:
    assert str(Field.mod_datetime >= value) == f"mod_datetime:GTE:{text}"


def test_a_bound_between_two_seconds_selects_the_same_whole_seconds() -> None:
    between = datetime(2026, 1, 31, 9, 30, 59, 1, tzinfo=UTC)
    before, after = "2026-01-31T09:30:59+00:00", "2026-01-31T09:31:00+00:00"
    field = Field.mod_datetime
    texts = [(field > between).value, (field <= between).value, (field >= between).value, (field < between).value]
    assert texts == [before, before, after, after]


@pytest.mark.parametrize(
    ("given", "sent"),
    [
        ("company:EQUALS:Acme", "company:EQUALS:Acme"),
        ("external_key:EQUALS:crm:1", "external_key:EQUALS:crm\\:1"),
        ("external_key:EQUALS:crm\\:1", "external_key:EQUALS:crm\\:1"),
        ("mod_datetime:GTE:2026-10-05T10:18:49-05:00", "mod_datetime:GTE:2026-10-05T10\\:18\\:49-05\\:00"),
        ("company:EQUALS:a\\,b:c,bill_state:EQUALS:M:N", "company:EQUALS:a\\,b\\:c,bill_state:EQUALS:M\\:N"),
        ("company:EQUALS::", "company:EQUALS:\\:"),
        ("company", "company"),
        ("company:EQUALS", "company:EQUALS"),
    ],
)
def test_a_colon_in_a_where_of_the_callers_own_is_escaped_too(given: str, sent: str) -> None:
    assert where_text(given) == sent
    assert where_text(sent) == sent


def test_a_list_is_compared_with_one_of_its_elements() -> None:
    assert str(Field.tags == "a,b") == "tags:EQUALS:a\\,b"
    assert str(Field.tags.contains("a")) == "tags:CONTAINS:a"


def test_every_field_of_a_customer_is_there_by_its_kind() -> None:
    kinds = {"string": "TextField", "integer": "NumberField", "number": "NumberField", "boolean": "FlagField"}
    for name, schema in DOCUMENT["components"]["schemas"]["Customer"]["properties"].items():
        (json_type,) = set(schema["type"]) - {"null"}
        formats = {"date-time": "DateTimeField", "flag": "FlagField"}
        kind = formats.get(schema.get("x-format")) or {**kinds, "array": "ListField"}[json_type]
        field = getattr(Field, name)
        assert (type(field).__name__, repr(field)) == (kind, f"Field.{name}")
        assert str(field.is_null()) == f"{name}:IS:NULL"
    with pytest.raises(AttributeError, match="compny"):
        Field.compny  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue]  # noqa: B018


untyped: Any = Field


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: untyped.company == 7, "company is compared with a string, not 7 (int)."),
        (lambda: untyped.company > None, "company is compared with a string, not None (NoneType)."),
        (lambda: untyped.company == b"x", "company is compared with a string, not b'x' (bytes)."),
        (lambda: untyped.company.contains(7), "company is compared with a string, not 7 (int)."),
        (lambda: untyped.company == Field.bill_city, "not Field.bill_city (TextField)."),
        (lambda: untyped.tags == ["a"], "tags is compared with a string, not ['a'] (list)."),
        (lambda: untyped.terms_id == "7", "terms_id is compared with a finite number, not '7' (str)."),
        (lambda: untyped.terms_id == True, "terms_id is compared with a finite number, not True (bool)."),  # noqa: E712
        (lambda: untyped.terms_id < None, "a finite number, not None (NoneType)."),
        (lambda: untyped.total == float("nan"), "a finite number, not nan (float)."),
        (lambda: untyped.total == float("-inf"), "a finite number, not -inf (float)."),
        (lambda: untyped.total == Decimal("NaN"), "a finite number, not Decimal('NaN') (Decimal)."),
        (lambda: untyped.total == Decimal("Infinity"), "a finite number, not Decimal('Infinity') (Decimal)."),
        (lambda: untyped.no_taxes == 1, "no_taxes is compared with True or False, not 1 (int)."),
        (lambda: untyped.no_taxes == "1", "no_taxes is compared with True or False, not '1' (str)."),
        (lambda: untyped.mod_datetime > 5, "a datetime, a date or a string, not 5 (int)."),
        (lambda: untyped.mod_datetime == NOON_IN_INDIA.replace(microsecond=1), "compared with whole seconds, not"),
        (lambda: untyped.mod_datetime != NOON_IN_INDIA.replace(microsecond=1), "compared with whole seconds, not"),
        (
            lambda: untyped.mod_datetime < datetime.max.replace(tzinfo=UTC),
            "a datetime before the end of the year 9999, not",
        ),
        (lambda: untyped.total == Decimal("1E+999999999"), "a finite number, not"),
        (lambda: untyped.company == "\ud800", "half of a surrogate pair"),
        (lambda: untyped.mod_datetime == "\udfff", "half of a surrogate pair"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_value_of_the_wrong_type_is_refused_at_once(make: Callable[[], object], words: str) -> None:
    with pytest.raises(InvalidFieldError) as caught:
        make()
    assert words in str(caught.value)


def test_a_condition_is_neither_true_nor_false() -> None:
    for use in (
        lambda: bool(Field.company == "x"),
        lambda: not (untyped.company == "x"),  # noqa: SIM201  what is tested
        lambda: Field.company == "x" and Field.bill_city == "y",
        lambda: 1 < untyped.terms_id < 5,
        lambda: "x" in [Field.company, Field.bill_city],
    ):
        with pytest.raises(TypeError, match="A condition is neither true nor false"):
            use()


def test_conditions_and_orders_are_values() -> None:
    assert len({Field.company == "x", Field.company == "x", Field.company == "y"}) == 2
    assert (Field.company.asc(), str(Field.company.desc())) == (Order("company", "ASC"), "company:DESC")
    assert {Field.company: 1, Field.bill_city: 2}[Field.company] == 1
    with pytest.raises(AttributeError):
        (Field.company == "x").value = "y"  # type: ignore[misc]  # pyright: ignore[reportAttributeAccessIssue]


def test_several_conditions_are_joined_by_commas() -> None:
    state, terms = Field.bill_state == "MN", Field.terms_id > 1
    assert where_text(state) == "bill_state:EQUALS:MN"
    for several in ([state, terms], (state, terms), iter([state, terms]), (one for one in [state, terms])):
        assert where_text(several) == "bill_state:EQUALS:MN,terms_id:GT:1"


@pytest.mark.parametrize("nothing", [None, [], (), iter([])], ids=lambda nothing: type(nothing).__name__)
def test_no_condition_selects_everything(nothing: list[Condition] | None) -> None:
    assert where_text(nothing) is None


def test_values_that_end_with_a_backslash_stay_apart() -> None:
    path, state = Field.custom_1 == "C:\\", Field.custom_2.contains("\\")
    assert where_text([path, state]) == "custom_1:EQUALS:C\\:\\\\,custom_2:CONTAINS:\\\\"


def test_a_text_in_the_apis_own_words_is_left_as_it_is() -> None:
    for text in ("bill_state:EQUALS:MN", "anything, at all\\", " "):
        assert where_text(text) == order_text(text) == text
    assert where_text(None) is order_text(None) is None
    assert order_text(Field.company.desc()) == "company:DESC"


@pytest.mark.parametrize(
    ("where", "words"),
    [
        ("", "where must be a text that is not empty"),
        ("\ud800", "where is not valid Unicode text"),
        (["bill_state:EQUALS:MN"], "where[0] must be a condition"),
        ([Field.company == "x", None], "where[1] must be a condition"),
        ([[Field.company == "x"]], "where[0] must be a condition"),
        ([Field.company], "where[0] must be a condition such as Field.company == 'Acme', not Field.company."),
        ([True], "where[0] must be a condition"),
        ({"company": "x"}, "where must be conditions such as"),
        (b"company:EQUALS:x", "where must be conditions such as"),
        (5, "where must be conditions such as"),
    ],
    ids=lambda value: ascii(value)[:40],
)
def test_an_invalid_where_is_refused(where: Any, words: str) -> None:
    with pytest.raises(InvalidFieldError) as caught:
        where_text(where)
    assert words in str(caught.value)


@pytest.mark.parametrize("order", ["", 5, Field.company, ["company:ASC"], "\udc00"], ids=ascii)
def test_an_invalid_order_is_refused(order: Any) -> None:
    with pytest.raises(InvalidFieldError, match=r"^order "):
        order_text(order)
