"""Mappings: columns of other names, constants, transformations, and files of them."""

import sys
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from chargeover.sync import InputError, read_mapping
from chargeover.sync._input.countries import COUNTRIES, code_of
from tests.support.rows import refusal_of, rows_of, values_of

CONTENT = "ID,Account Name,Land,Steuer\n 1 , acme ltd ,de,ja\n2,Bee,Österreich,nein\n"
FILE = """
fields:
  external_key: {column: ID, transform: trim}
  company:
    column: Account Name
    transform: [trim, upper]
  bill_country: {column: Land, transform: country}
  ship_country: {column: Land, transform: country_code}
  no_taxes: Steuer
  custom_1: {column: Steuer, transform: boolean}
  invoice_delivery: {constant: email}
  no_dunning: {constant: yes}
  terms_id: {constant: 2}
  tags: {constant: [a, b]}
ignore: [Owner]
"""
CONSTANTS = {"invoice_delivery": "email", "no_dunning": True, "terms_id": 2, "tags": ["a", "b"]}
VALUES = [
    {
        "external_key": "1", "company": "ACME LTD", "bill_country": "Germany", "ship_country": "DE",
        "no_taxes": True, "custom_1": "true", **CONSTANTS,
    },
    {
        "external_key": "2", "company": "BEE", "bill_country": "Austria", "ship_country": "AT",
        "no_taxes": False, "custom_1": "false", **CONSTANTS,
    },
]  # fmt: skip


def mapping_file(folder: Path, text: str) -> Path:
    file = folder / "mapping.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def test_a_mapping_file_says_where_fields_come_from(tmp_path: Path) -> None:
    options: dict[str, Any] = dict(read_mapping(mapping_file(tmp_path, FILE)))
    rows, notices = rows_of(CONTENT.replace("\n", ",x\n").replace("Steuer,x", "Steuer,Owner"), **options)
    assert [row.values for row in rows] == VALUES
    assert rows[0].columns["Account Name"] == " acme ltd "
    assert "left out: 'Owner'." in map(str, notices)


def test_a_mapping_of_python_says_the_same() -> None:
    given = {
        "external_key": "ID",
        "company": "Account Name",
        "bill_country": {"column": "Land", "transform": ["country"]},
    }
    assert values_of(CONTENT, map=given, ignore=["Steuer"])[1] == {
        "external_key": "2", "company": "Bee", "bill_country": "Austria",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"compny": "x"}, "the mapping has 'compny', which is not a field. Did you mean 'company'?"),
        ({"currency_id": "x"}, "create_missing allows it"),
        ({"customer_id": "x"}, "It can be the key, and cannot be changed."),
        ({"company": 5}, "must be the name of a column, or have column or constant"),
        ({"company": {}}, "needs the name of a column"),
        ({"company": ""}, "needs the name of a column"),
        ({"company": {"column": 5}}, "needs the name of a column"),
        (
            {"company": {"colum": "x"}},
            "the mapping of company has 'colum': it can have column, transform and constant.",
        ),
        ({"company": {"column": "x", "transform": "shout"}}, "there are trim, lower, upper, country"),
        ({"company": {"column": "x", "transform": 5}}, "must be a name, or a list of names"),
        ({"company": {"column": "x", "transform": [["trim"]]}}, "the transformation"),
        ({"company": {"column": "x", "constant": "y"}}, "company has a constant, and nothing besides it"),
        ({"external_key": {"constant": "y"}}, "external_key is the key, so it needs a column"),
        ({"terms_id": {"constant": "x"}}, "the constant of terms_id is not allowed: it must be a whole number"),
        (
            {"company": {"constant": False}},
            "the constant of company is not allowed: it must be text, not true or false",
        ),
        ({"company": {"constant": None}}, "must be a value, not null"),
        ({"company": "Notes"}, "the column 'Notes' is both mapped and ignored"),
    ],
)
def test_a_mapping_that_is_not_allowed_is_refused(given: dict[str, Any], reason: str) -> None:
    assert reason in str(refusal_of("external_key\n", map=given, ignore=["Notes"]))


@pytest.mark.parametrize(
    ("header", "given", "column", "reason"),
    [
        ("external_key,company", {"custom_1": "Notes"}, "Notes", "the mapping names it, and it is not there"),
        (
            "external_key,company,Name",
            {"company": "Name"},
            "company",
            "it is not used, since company comes from 'Name'",
        ),
        ("external_key,company", {"company": {"constant": "x"}}, "company", "company comes from a constant"),
        ("external_key", {"custom_1": "external_key"}, None, "no column gives the key"),
    ],
)
def test_a_mapping_that_does_not_fit_the_file_is_refused(
    header: str, given: dict[str, Any], column: str | None, reason: str
) -> None:
    error = refusal_of(f"{header}\n", map=given)
    assert (error.line, error.column) == (1, column)
    assert reason in str(error)


def test_columns_can_be_left_out() -> None:
    content = "external_key,Notes,Owner,company\n1,a,b,c\n"
    rows, notices = rows_of(content, ignore=["Notes", "Owner", "company"])
    assert [row.values for row in rows] == [{"external_key": "1"}]
    assert rows[0].columns == {"external_key": "1", "Notes": "a", "Owner": "b", "company": "c"}
    assert str(notices[-1]) == "left out: 'Notes', 'Owner', 'company'."
    assert values_of(content, ignore="*") == [{"external_key": "1", "company": "c"}]
    assert refusal_of(content, ignore="Notes").column == "Owner"


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("fields: [", 1, "it is not valid YAML"),
        ("fields:\n  company: a\n  company: b\n", 3, "the name 'company' occurs twice"),
        ("company: Name\n", None, "a mapping file has 'fields', by their names, and 'ignore'"),
        ("- company\n", None, "a mapping file has 'fields'"),
        ("", None, "a mapping file has 'fields'"),
        ("fields: [company]\n", None, "'fields' must have the column of each field"),
        ("fields: {company: 5}\n", None, "the column of 'company' must be text: put it in quotes"),
        ("fields: {company: }\n", None, "the column of 'company' must be text"),
        ("fields: {1: x}\n", None, "the column of '1' must be text"),
        ("ignore: [5]\n", None, "'ignore' must be a list"),
        ("fields: !!python/object:os.system x\n", 1, "it is not valid YAML"),
        ("fields: {? {a: b} : c}\n", None, ""),
        ("fields: {company: 2026-99-99}\n", None, "it is not valid YAML"),
    ],
)
def test_a_mapping_file_that_is_not_allowed_is_refused(
    tmp_path: Path, text: str, line: int | None, reason: str
) -> None:
    with pytest.raises(InputError) as caught:
        read_mapping(mapping_file(tmp_path, text))
    assert reason in str(caught.value)
    assert caught.value.line == line or line is None
    assert caught.value.source == str(tmp_path / "mapping.yaml")


def test_a_mapping_file_that_cannot_be_read_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InputError, match="cannot be read: No such file or directory"):
        read_mapping(tmp_path / "missing.yaml")
    (tmp_path / "latin.yaml").write_bytes(b"fields: {company: K\xf6ln}")
    with pytest.raises(InputError, match="it is not UTF-8"):
        read_mapping(tmp_path / "latin.yaml")
    monkeypatch.setitem(sys.modules, "yaml", None)
    with pytest.raises(InputError, match="needs PyYAML, which the extra 'cli' installs"):
        read_mapping(mapping_file(tmp_path, FILE))


def test_the_countries_are_those_of_iso_3166() -> None:
    lines = files("tzdata").joinpath("zoneinfo/iso3166.tab").read_text(encoding="utf-8").splitlines()
    assert set(COUNTRIES) == {line.partition("\t")[0] for line in lines if not line.startswith("#")}
    assert len(set(COUNTRIES.values())) == len(COUNTRIES)
    for code, name in COUNTRIES.items():
        assert code_of(code) == code_of(f" {code.lower()}") == code_of(name) == code_of(name.upper()) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("USA", "US"), ("U.S.A.", "US"), ("united states of america", "US"), ("UK", "GB"), ("England", "GB"),
        ("DEU", "DE"), ("Deutschland", "DE"), ("ÖSTERREICH", "AT"), ("Türkiye", "TR"), ("Turkiye", "TR"),
        ("Czechia", "CZ"), ("Cote d\u2019Ivoire", "CI"), ("Curacao", "CW"), ("The  Netherlands", "NL"),
        ("XX", None), ("Germanyy", None), ("", None), ("49", None),
    ],
)  # fmt: skip
def test_a_country_is_known_by_its_names_and_codes(text: str, code: str | None) -> None:
    assert code_of(text) == code


def test_a_text_that_is_not_a_country_is_a_problem() -> None:
    given = {
        "bill_country": {"column": "Land", "transform": "country"},
        "custom_1": {"column": "Y", "transform": "boolean"},
    }
    (row,) = rows_of("external_key,Land,Y\n1,Atlantis,perhaps\n", map=given)[0]
    assert [(problem.column, problem.reason) for problem in row.problems] == [
        ("Land", "it must be the English name of a country, or its ISO 3166 code of two or three letters."),
        ("Y", "it must be yes or no, true or false, or 1 or 0."),
    ]
