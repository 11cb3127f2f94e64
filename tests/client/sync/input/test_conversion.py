"""Cells become values of the contract's types, or problems that say what would be right."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from chargeover._wire import CUSTOMER_CREATE, CUSTOMER_UPDATE, Rule
from chargeover.sync._input.conversion import converter, text_of
from chargeover.sync._input.errors import RefusedError
from tests.support.rows import rows_of, values_of

WHOLE = "it must be a whole number from 1 to 9223372036854775807, not "
FLAG = "it must be true or false, yes or no, or 1 or 0, not "
CHOICE = "it must be 'print' or 'email', not "
LIST = 'it must be a list: texts between ";", or a JSON array such as ["a", "b"], not '


def cell(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        ("company", " Acme ", " Acme "),
        ("company", "007", "007"),
        ("company", "[1]", "[1]"),
        ("company", "null", "null"),
        ("terms_id", "3", 3),
        ("terms_id", " +3 ", 3),
        ("terms_id", "3.0", 3),
        ("terms_id", "9223372036854775807", 9223372036854775807),
        ("no_taxes", "true", True),
        ("no_taxes", "FALSE", False),
        ("no_taxes", " Yes", True),
        ("no_taxes", "no", False),
        ("no_taxes", "1", True),
        ("no_taxes", "0", False),
        ("no_taxes", "1.0", True),
        ("no_taxes", "WAHR", True),
        ("no_taxes", "Nein", False),
        ("invoice_delivery", "email", "email"),
        ("invoice_delivery", " print ", "print"),
        ("tags", "a", ["a"]),
        ("tags", "a; b;;c;", ["a", "b", "c"]),
        ("tags", '["a;b", " c"]', ["a;b", " c"]),
        ("tags", "[]", []),
        ("tags", ";", []),
        ("parent_customer_id", "12", 12),
    ],
)
def test_a_cell_becomes_a_value_of_its_field(field: str, text: str, value: object) -> None:
    (values,) = values_of(f"external_key,{field}\n1,{cell(text)}\n")
    assert values is not None
    assert values == {"external_key": "1", field: value}
    assert type(values[field]) is type(value)


@pytest.mark.parametrize(
    ("field", "text", "reason"),
    [
        ("terms_id", "Net 30", f"{WHOLE}text of 6 characters"),
        ("terms_id", "0", f"{WHOLE}a number of 1 digit"),
        ("terms_id", "-1", f"{WHOLE}a number with a sign or a fraction"),
        ("terms_id", "1.5", f"{WHOLE}a number with a sign or a fraction"),
        ("terms_id", "12.000", f"{WHOLE}a number with a sign or a fraction"),
        ("terms_id", "9223372036854775808", f"{WHOLE}a number of 19 digits"),
        ("terms_id", "9" * 5000, f"{WHOLE}a number of 5000 digits"),
        ("terms_id", "\N{ARABIC-INDIC DIGIT ONE}", f"{WHOLE}text of 1 character"),
        ("terms_id", "1_0", f"{WHOLE}text of 3 characters"),
        ("terms_id", "1.23E+15", f"{WHOLE}a number in the form 1.23E+15, whose other digits a spreadsheet has dropped"),
        ("no_taxes", "maybe", f"{FLAG}text of 5 characters"),
        ("no_taxes", "2", f"{FLAG}a number of 1 digit"),
        ("invoice_delivery", "fax", f"{CHOICE}text of 3 characters"),
        ("invoice_delivery", "Email", f"{CHOICE}text of 5 characters; the transformation lower makes it so"),
        ("tags", "[a]", f"{LIST}text of 3 characters"),
        ("tags", '{"a": 1}x[', None),
        ("tags", '["a", 1]', "its element 2 must be text, not a number"),
        ("tags", '["\\ud800"]', "its element 1 must be valid Unicode text: it has half of a surrogate pair"),
        ("tags", "[" * 100_000, f"{LIST}text of 100000 characters"),
        ("parent_customer_id", "none", f"{WHOLE}text of 4 characters"),
        ("external_key", "a\N{ZERO WIDTH SPACE}", "it must be printable: it has a character that cannot be seen"),
        ("external_key", "a\nb", "it must be printable: it has a character that cannot be seen"),
    ],
)
def test_what_is_not_allowed_is_a_problem_without_the_text_of_the_cell(
    field: str, text: str, reason: str | None
) -> None:
    other = "company" if field == "external_key" else "external_key"
    (row,) = rows_of(f"{field},{other}\n{cell(text)},1\n")[0]
    if reason is None:
        assert row.values == {field: [text], other: "1"}
        return
    assert row.values is None
    assert [(problem.column, problem.reason) for problem in row.problems] == [(field, f"{reason}.")]
    assert row.columns == {field: text, other: "1"}


def test_all_problems_of_a_row_are_said() -> None:
    (row,) = rows_of("external_key,terms_id,no_taxes,tags\n,x,x,[\n")[0]
    assert [problem.column for problem in row.problems] == ["terms_id", "no_taxes", "tags", "external_key"]


def test_an_empty_cell_keeps_or_clears() -> None:
    names = [name for name in CUSTOMER_UPDATE if name != "external_key"]
    content = f"external_key,{','.join(names)}\n1{',' * len(names)}\n2{', ' * len(names)}\n"
    assert values_of(content) == [{"external_key": "1"}, {"external_key": "2"}]
    nothing: dict[str, Any] = dict.fromkeys(names)
    assert values_of(content, empty="clear") == [{"external_key": "1", **nothing}, {"external_key": "2", **nothing}]


def test_what_only_a_new_customer_takes_is_not_cleared() -> None:
    content = "external_key,currency_id,company\n1,,\n"
    assert values_of(content, empty="clear", create_missing=True) == [{"external_key": "1", "company": None}]


def test_every_field_that_can_be_written_has_a_column() -> None:
    examples = {"string": "x", "integer": "1", "boolean": "yes", "array": "a;b"}
    for name, rule in CUSTOMER_CREATE.items():
        text = rule.choices[0] if rule.choices else examples[rule.types[0]]
        content = f"external_key,{name}\n1,{text}\n" if name != "external_key" else f"external_key\n{text}\n"
        (values,) = values_of(content, create_missing=True)
        assert values is not None
        assert name in values


def test_the_key_can_be_the_id() -> None:
    rows, _ = rows_of("customer_id,external_key,company\n12,a,A\nx,b,B\n0,c,C\n", key="customer_id")
    assert rows[0].values == {"customer_id": 12, "external_key": "a", "company": "A"}
    assert [row.problems[0].reason.split(",")[0] for row in rows[1:]] == [WHOLE.split(",")[0]] * 2


@pytest.mark.parametrize(
    ("rule", "given", "value"),
    [
        (Rule(("number",)), "12.50", Decimal("12.50")),
        (Rule(("number",)), 0.1, Decimal("0.1")),
        (Rule(("number",), minimum=0), "-0.01", None),
        (Rule(("number",), maximum=9), "10", None),
        (Rule(("number",)), "12,50", None),
        (Rule(("number",)), "1e3", None),
        (Rule(("number",)), True, None),
        (Rule(("number",)), float("inf"), None),
        (Rule(("integer",)), -5, -5),
        (Rule(("integer",), maximum=3), 4, None),
        (Rule(("string",), is_moment=True), "2026-01-31", "2026-01-31"),
        (Rule(("string",), is_moment=True), " 2026-01-31 09:30:00", "2026-01-31 09:30:00"),
        (Rule(("string",), is_moment=True), "2026-01-31T09:30:00-05:00", "2026-01-31T09:30:00-05:00"),
        (Rule(("string",), is_moment=True), "31.01.2026", None),
        (Rule(("string",), is_moment=True), "45123.5", None),
        (Rule(("string",), is_moment=True), 45123, None),
    ],
)
def test_types_that_a_later_contract_may_have(rule: Rule, given: object, value: object) -> None:
    convert = converter(rule)
    assert convert
    if value is None:
        with pytest.raises(RefusedError):
            convert(given)
    else:
        assert convert(given) == value


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""), (True, "true"), (5, "5"), (5.0, "5"), (0.1, "0.1"), (Decimal("1.50"), "1.50"),
        (float("nan"), ""), (float("inf"), "inf"), (Decimal("sNaN"), ""), (["a", 1], '["a", 1]'),
        ({"é": None}, '{"é": null}'),
        ("\ud800", "\\ud800"), (["\ud800"], '["\\ud800"]'), (dt.date(2026, 1, 31), "2026-01-31"),
        (dt.datetime(2026, 1, 31, tzinfo=dt.UTC), "2026-01-31T00:00:00+00:00"),
        (dt.datetime(2026, 1, 31, 9, 30), "2026-01-31 09:30:00"),  # noqa: DTZ001  without a zone
        ([Decimal("1.5"), dt.date(2026, 1, 31)], '["1.5", "2026-01-31"]'),
    ],
)  # fmt: skip
def test_any_value_can_be_kept_as_text(value: object, text: str) -> None:
    assert text_of(value) == text
    text_of(value).encode()
