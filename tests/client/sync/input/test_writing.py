"""CSV files that keep every character: what is written is read back, by our reader and by the standard library's."""

import csv
import io
import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chargeover.sync import InputError, read, write_csv, write_rejects
from tests.support.rows import rows_of

# Without NUL, which no text file has, and half surrogates, which no encoding has.
CELLS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=12)
TRICKY = st.text("\",;\t|\n\r ='a ", max_size=8)
COLUMNS = ["external_key", "company", "bill_city", "custom_1"]
TABLES = st.lists(st.lists(CELLS | TRICKY, min_size=3, max_size=3), max_size=8)


def written(rows: list[dict[str, Any]], **options: Any) -> str:
    file = io.StringIO(newline="")
    assert write_csv(rows, file, **options) == len(rows)
    return file.getvalue()


def read_back(content: bytes, **options: Any) -> list[dict[str, str]]:
    return [dict(row.columns) for row in read(io.BytesIO(content), rows_in_cells=True, **options)]


@given(TABLES)
@settings(max_examples=60, deadline=None)
def test_what_is_written_is_read_back(table: list[list[str]]) -> None:
    rows = [dict(zip(COLUMNS, [f"k{number}", *cells], strict=True)) for number, cells in enumerate(table)]
    text = written(rows, columns=COLUMNS)
    assert read_back(text.encode(), format="csv") == rows
    assert list(csv.DictReader(io.StringIO(text, newline=""), strict=True)) == rows


@given(
    TABLES,
    st.sampled_from([",", ";", "\t", "|"]),
    st.sampled_from(["\r\n", "\n"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-be"]),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    st.booleans(),
)
@settings(max_examples=120, deadline=None)
def test_what_a_spreadsheet_writes_is_read(
    table: list[list[str]], delimiter: str, ending: str, codec: str, quoting: Any, names_delimiter: bool
) -> None:
    rows = [[f"k{number}", *(cell.replace("\r", "") for cell in cells)] for number, cells in enumerate(table)]
    file = io.StringIO(newline="")
    if names_delimiter:
        file.write(f"sep={delimiter}{ending}")
    csv.writer(file, delimiter=delimiter, lineterminator=ending, quoting=quoting).writerows([COLUMNS, *rows])
    options = {"encoding": codec} if codec == "utf-16-be" else {}
    expected = [dict(zip(COLUMNS, cells, strict=True)) for cells in rows]
    assert read_back(file.getvalue().encode(codec), format="csv", **options) == expected


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), max_size=4))
@settings(max_examples=50, deadline=None)
def test_a_list_is_read_back(tags: list[str]) -> None:
    text = written([{"external_key": "1", "tags": tags}])
    (row,) = rows_of(text)[0]
    assert row.values == {"external_key": "1", "tags": tags}
    (row,) = rows_of(json.dumps({"external_key": "1", "tags": tags}))[0]
    assert row.values == {"external_key": "1", "tags": tags}


def test_values_are_written_as_they_are_read() -> None:
    rows = [{"external_key": 1, "no_taxes": True, "terms_id": None, "custom_1": Decimal("1.50"), "company": 'A "B", C'}]
    text = written(rows)
    assert text == 'external_key,no_taxes,terms_id,custom_1,company\n1,true,,1.50,"A ""B"", C"\n'
    assert rows_of(text)[0][0].values == {
        "external_key": "1", "no_taxes": True, "custom_1": "1.50", "company": 'A "B", C',
    }  # fmt: skip


def test_the_columns_are_those_of_the_header() -> None:
    assert written([{"a": "1", "b": "2"}, {"b": "3"}]) == "a,b\n1,2\n,3\n"
    assert written([{"a": "1"}], columns=["b", "a"]) == "b,a\n,1\n"
    assert written([], columns=["a"]) == "a\n"
    assert written([]) == ""
    with pytest.raises(InputError, match="line 2, column 'c': the row has it, and the header lacks it"):
        written([{"a": "1"}, {"c": "2"}])


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("=1+1", "'=1+1"), ("+49 30", "'+49 30"), ("-x", "'-x"), ("@SUM(A1)", "'@SUM(A1)"), ("\tx", "'\tx"),
        ("\rx", "'\rx"), ("\nx", "'\nx"), ("  =1", "'  =1"), ("\uff1d1", "'\uff1d1"), ("-5", "'-5"),
        (-5, "-5"), (Decimal("-1.50"), "-1.50"), (-0.5, "-0.5"), (-1e-7, "-1e-07"),
        ("a=b", "a=b"), ("", ""), (None, ""), ("'=1", "'=1"),
        ("1-2", "1-2"), (["=1"], '["=1"]'),
    ],
)  # fmt: skip
def test_what_a_spreadsheet_takes_for_a_formula_is_disarmed_on_request(value: object, cell: str) -> None:
    safe = csv.reader(io.StringIO(written([{"=name": value, "b": "x"}], spreadsheet_safe=True), newline=""))
    assert [*safe] == [["'=name", "b"], [cell, "x"]]
    plain = csv.reader(io.StringIO(written([{"=name": value, "b": "x"}]), newline=""))
    assert next(plain) == ["=name", "b"]
    assert next(plain) == [cell if cell == value or not isinstance(value, str) else value, "x"]


def test_rejects_are_read_with_the_mapping_of_their_file() -> None:
    content = 'ID,Name,Terms\n1,A,30\n2,B,Net 30\n3,"C\nD",x\n'
    options: dict[str, Any] = {"map": {"external_key": "ID", "company": "Name", "terms_id": "Terms"}}
    rejects = [
        (row.line, row.problems[0].reason, row.columns) for row in rows_of(content, **options)[0] if row.problems
    ]
    file = io.StringIO(newline="")
    assert write_rejects(rejects, file) == 2
    text = file.getvalue()
    assert text.startswith('(line),(reason),ID,Name,Terms\n3,"it must be a whole number from 1 to 9')
    rows, _ = rows_of(text.replace("Net 30", "2").replace(",x\n", ",3\n"), **options)
    assert [row.values for row in rows] == [
        {"external_key": "2", "company": "B", "terms_id": 2},
        {"external_key": "3", "company": "C\nD", "terms_id": 3},
    ]
    assert rows[0].columns == {"ID": "2", "Name": "B", "Terms": "2"}
    file = io.StringIO(newline="")
    assert write_rejects([], file, columns=["ID"]) == 0
    assert file.getvalue() == "(line),(reason),ID\n"
