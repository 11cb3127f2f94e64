"""What a caller gives, checked before anything is sent."""

import json
import re
from enum import Enum
from typing import Any

import pytest

from chargeover import ChargeOver, ChargeOverError, DeliveryMethod, InvalidFieldError, UnknownFieldError
from chargeover._calls.fields import checked_creation, checked_update
from chargeover._customers.operations import CREATION, UPDATE
from chargeover_api.types import UNSET
from tests.support.seed import ENUMS, ROWS, Row

NAMES = pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
# A value of another type, for each type.
WRONG: dict[str, list[Any]] = {
    "integer": ["1", 1.5, True, [1]],
    "string": [1, b"x", True, ["x"]],
    "boolean": [0, 1, "true", []],
    "array": ["wholesale", {"a"}, {"a": 1}, 1],
}


def body(**fields: object) -> dict[str, Any]:
    return checked_update(UPDATE, fields)


@pytest.fixture
def offline() -> ChargeOver:
    """A client that could reach nothing: what it refuses, it refuses before sending."""
    return ChargeOver(base_url="http://127.0.0.1:1", username="u", password="p")


@NAMES
def test_a_value_is_sent_as_it_is(row: Row) -> None:
    assert body(**{row.name: row.value}) == {row.name: row.value}


@NAMES
def test_none_is_null_where_the_contract_has_null_and_refused_elsewhere(row: Row) -> None:
    if row.nullable:
        assert body(**{row.name: None}) == {row.name: None}
    else:
        with pytest.raises(
            InvalidFieldError, match=rf"^{row.name} must be .*, not None\. Leave it out to keep it as it is\."
        ) as caught:
            body(**{row.name: None})
        assert caught.value.field == row.name


@NAMES
def test_a_value_of_another_type_is_refused_by_name(row: Row) -> None:
    for value in [*WRONG[row.json_type], UNSET, object()]:
        with pytest.raises(InvalidFieldError, match=rf"^{row.name} must be .*, not ") as caught:
            body(**{row.name: value})
        assert caught.value.field == row.name


@pytest.mark.parametrize("name", ENUMS)
def test_an_enum_takes_its_members_and_their_strings_and_nothing_else(name: str) -> None:
    for value in ENUMS[name]:
        assert body(**{name: value}) == body(**{name: DeliveryMethod(value)}) == {name: value}
    with pytest.raises(InvalidFieldError, match=rf"^{name} must be 'print' or 'email', not 'fax'"):
        body(**{name: "fax"})


@pytest.mark.parametrize("value", [0, -1, 2**63])
def test_an_id_is_in_its_range(value: int) -> None:
    with pytest.raises(InvalidFieldError, match=r"^superuser_id must be an integer from 1 to 9223372036854775807"):
        body(superuser_id=value)


def test_an_element_of_a_list_is_named_by_its_place() -> None:
    with pytest.raises(InvalidFieldError, match=r"^tags\[1\] must be a string, not 2"):
        body(tags=["a", 2])


def test_a_tuple_is_a_list_too() -> None:
    assert body(tags=("b", "a")) == {"tags": ["b", "a"]}


def test_text_that_cannot_be_sent_is_refused() -> None:
    with pytest.raises(InvalidFieldError, match=r"^company is not valid Unicode text"):
        body(company="half \ud800")


def test_a_long_value_is_shown_in_part() -> None:
    with pytest.raises(InvalidFieldError) as caught:
        body(superuser_id="9" * 1_000_000)
    assert len(str(caught.value)) < 200


def test_a_misspelled_field_is_a_type_error_with_the_nearest_right_name(offline: ChargeOver) -> None:
    with pytest.raises(TypeError, match=r"no field 'compny'\. Did you mean 'company'\?") as caught:
        offline.customers.update(1, compny="x")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    assert isinstance(caught.value, UnknownFieldError)
    assert (caught.value.field, caught.value.suggestion) == ("compny", "company")


@pytest.mark.parametrize(
    ("given", "suggestion"),
    [
        ("compny", "company"),
        ("COMPANY", "company"),
        ("bill_adr1", "bill_addr1"),
        ("parent", "parent_customer_id"),
        ("parent_id", "parent_customer_id"),
        ("email", "superuser_email"),
        ("name", "superuser_name"),
        ("zzzzzz", None),
    ],
)
def test_the_suggestion_is_the_name_that_was_meant(given: str, suggestion: str | None) -> None:
    with pytest.raises(UnknownFieldError) as caught:
        body(**{given: 1})
    assert caught.value.suggestion == suggestion
    assert ("Did you mean" in str(caught.value)) == (suggestion is not None)


class Company(str, Enum):  # noqa: UP042  what people had before StrEnum, and still have
    ACME = "Acme"


class Method(str, Enum):  # noqa: UP042
    PRINT = "print"


class Number(int):
    def __int__(self) -> int:
        return 5

    def __lt__(self, other: object) -> bool:
        return False

    def __gt__(self, other: object) -> bool:
        return False


def test_a_subclass_is_sent_as_the_value_that_it_is() -> None:
    sent = body(company=Company.ACME, invoice_delivery=Method.PRINT, superuser_id=Number(7))
    assert json.dumps(sent) == '{"company": "Acme", "invoice_delivery": "print", "superuser_id": 7}'
    assert {type(value) for value in sent.values()} == {str, int}
    with pytest.raises(InvalidFieldError):
        body(superuser_id=Number(0))


@pytest.mark.parametrize(
    ("name", "words"),
    [("currency_id", "It can only be given to create()."), ("write_datetime", "It is returned, and cannot be sent.")],
)
def test_a_field_of_another_place_says_where_it_belongs(name: str, words: str) -> None:
    with pytest.raises(UnknownFieldError, match=re.escape(words)):
        body(**{name: 1})


def test_an_update_without_any_field_is_refused(offline: ChargeOver) -> None:
    with pytest.raises(InvalidFieldError, match=r"without any field"):
        offline.customers.update(1)


def test_what_cannot_be_left_out_is_not_said_to_be_kept() -> None:
    with pytest.raises(InvalidFieldError, match=r"^company must be a string, not None\.$"):
        checked_creation(CREATION, {"company": None})
    with pytest.raises(InvalidFieldError, match=r"^tags\[0\] must be a string, not None\.$"):
        body(tags=[None])


def test_a_creation_without_a_company_is_refused() -> None:
    with pytest.raises(InvalidFieldError, match=r"needs company"):
        checked_creation(CREATION, {"bill_city": "Berlin"})


@pytest.mark.parametrize("customer_id", [0, -1, 2**63, True, "1", 1.5, None])
def test_an_id_that_no_customer_can_have_is_refused(offline: ChargeOver, customer_id: Any) -> None:
    for call in (
        lambda: offline.customers.get(customer_id),
        lambda: offline.customers.update(customer_id, company="x"),
    ):
        with pytest.raises(InvalidFieldError, match=r"^customer_id "):
            call()


def test_every_refusal_is_a_chargeover_error() -> None:
    assert issubclass(UnknownFieldError, ChargeOverError)
    assert issubclass(InvalidFieldError, ChargeOverError)
