"""What a spreadsheet may have done to a file is said, and nothing is said about a sound one."""

import pytest

from tests.support.rows import rows_of, values_of, warnings_of

SHORTENED = "numbers in the form 1.23E+15"
ZEROS = "codes with fewer digits than the others"


def column(field: str, *cells: str) -> str:
    rows = "".join(f"k-{number},{cell}\n" for number, cell in enumerate(cells))
    return f"external_key,{field}\n{rows}"


def keys(*cells: str) -> str:
    return "".join(f"{cell},x\n" for cell in ("external_key", *cells)).replace("external_key,x", "external_key,company")


@pytest.mark.parametrize(
    ("content", "what", "where"),
    [
        (keys("1.23457E+15", "a"), SHORTENED, "line 2"),
        (keys('"1,23457E+15"'), SHORTENED, "line 2"),
        (column("superuser_phone", "0301", "4.91514E+12", "5E+11"), SHORTENED, "2 cells, the first in line 3"),
        (column("tax_ident", "1E-07"), SHORTENED, "line 2"),
        (keys("00123", "00124", "125", "9"), ZEROS, "2 cells, the first in line 4"),
        (column("bill_postcode", "10115", "1067"), ZEROS, "line 3"),
        (column("ship_postcode", "501", "10001", "90210"), ZEROS, "line 2"),
        (keys("3-Mar", "1-15"), "keys that look like a date", "line 2"),
        (keys("Mar-99", "03. Mrz", "12.Dez"), "keys that look like a date", "3 cells, the first in line 2"),
        (column("custom_1", "2026-01-31", "45123"), "numbers such as 45123 beside dates", "line 3"),
        (column("custom_1", "31.01.2026", "45123", "1/31/2026"), "numbers such as 45123 beside dates", "line 3"),
        (column("company", "#N/A", "#REF!", "########", "#WERT!"), "errors of a spreadsheet", "4 cells, the first in"),
        (column("superuser_phone", "'+49 30 1", "'=x"), "an apostrophe before a sign", "2 cells, the first in line 2"),
        (keys(" a", "b "), "keys that begin or end with a space", "2 cells, the first in line 2"),
    ],
)
def test_damage_is_said_once_for_a_column(content: str, what: str, where: str) -> None:
    (warning,) = warnings_of(content)
    assert f" has {what}" in warning
    assert f"({where}" in warning


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(keys(*map(str, range(1, 1200))), id="keys that count up"),
        pytest.param(keys("00123", "00124", "12345", "123456"), id="keys filled to one length, and longer ones"),
        pytest.param(keys("01", "001", "1"), id="keys of several lengths with zeros"),
        pytest.param(keys("A-1", "1-15", "2026-01-31", "Marble-7", "May"), id="keys of letters"),
        pytest.param(keys("12e5", "1E5", "2E+5x", "E+15"), id="keys with an E"),
        pytest.param(column("bill_postcode", "10115", "01067", "1010"), id="postal codes that kept their zeros"),
        pytest.param(column("bill_postcode", "1010", "8001", "2000"), id="postal codes of four digits"),
        pytest.param(column("bill_postcode", "55369", "55369-1234", "SW1A 1AA", "D-1067"), id="other postal codes"),
        pytest.param(column("custom_1", "45123", "30000", "7"), id="numbers without dates"),
        pytest.param(column("custom_1", "2026-01-31", "7", "123456"), id="dates beside numbers that are no days"),
        pytest.param(column("superuser_phone", "0301234", "+49301234", "4930123"), id="phone numbers"),
        pytest.param(column("company", "3-Mar GmbH", "3-Mar", "#1 Plumbing", "'t Hooft", "N/A"), id="names"),
        pytest.param("external_key,terms_id\n1,10115\n2,1067\n", id="numbers by the contract"),
    ],
)
def test_a_sound_file_is_not_doubted(content: str) -> None:
    assert warnings_of(content) == []


@pytest.mark.parametrize(
    ("country", "is_doubtful"),
    [("DE", True), ("Germany", True), ("USA", True), ("AT", False), ("Schweiz", False), ("Denmark", False), ("", True)],
)
def test_the_country_tells_how_long_a_postal_code_is(country: str, is_doubtful: bool) -> None:
    content = f"external_key,bill_postcode,bill_country\n1,10115,\n2,1067,{country}\n"
    assert [ZEROS in warning for warning in warnings_of(content)] == [True] * is_doubtful
    given = {"bill_country": {"column": "Land", "transform": "country"}, "bill_postcode": "PLZ"}
    mapped = content.replace("bill_postcode", "PLZ").replace("bill_country", "Land")
    assert [ZEROS in warning for warning in warnings_of(mapped, map=given)] == [True] * is_doubtful


def test_trimmed_keys_are_not_doubted() -> None:
    assert warnings_of(keys(" a"), map={"external_key": {"column": "external_key", "transform": "trim"}}) == []


def test_a_column_of_two_fields_is_counted_once() -> None:
    content = "external_key,Phone\n1,4.9E+12\n"
    (warning,) = warnings_of(content, map={"superuser_phone": "Phone", "custom_1": "Phone"})
    assert "(line 2)" in warning


def test_a_warning_stops_nothing_and_shows_no_cell() -> None:
    content = keys("1.23457E+15", "3-Mar")
    assert values_of(content) == [
        {"external_key": "1.23457E+15", "company": "x"},
        {"external_key": "3-Mar", "company": "x"},
    ]
    warning = next(notice for notice in rows_of(content)[1] if notice.is_warning)
    assert (warning.line, warning.column) == (2, "external_key")
    assert "23457" not in str(warning)
