"""CSV files: read as a spreadsheet shows them, and refused where they are in doubt."""

import random
from typing import Any

import pytest

from chargeover.sync import InputError
from chargeover.sync._input import cells
from tests.support.rows import refusal_of, rows_of, values_of

HEADER = "external_key,company,superuser_email,bill_city\n"
GOOD = f"{HEADER}crm-1,Acme Ltd,ann@acme.example,Berlin\n"
MANY = "".join(f"crm-{number},Company {number},{number}@x.example,Ulm\n" for number in range(10, 60))
OPEN = "its quote is not closed"
ROWS = "its lines have as many cells as the rows"


@pytest.mark.parametrize(
    ("content", "line", "column", "reason"),
    [
        pytest.param(f'{HEADER}crm-1,"Acme,a@x.example,Ulm\n{MANY}', 2, "company", OPEN, id="open to the end"),
        pytest.param(f'{HEADER}crm-1,Acme,,"', 2, "bill_city", OPEN, id="open in the last cell"),
        pytest.param(f'{GOOD}\n"', 4, "external_key", OPEN, id="a quote alone"),
        pytest.param(f'{HEADER}crm-1,"Acme,a@x.example,Ulm\n{MANY}c,"B",,\n', 2, "company", "not doubled", id="open"),
        pytest.param(f'{HEADER}crm-1,"Acme "Best" Ltd",,\n', 2, "company", "not doubled", id="not doubled"),
        pytest.param(
            f'{HEADER}crm-1,"Acme,a@x.example,Ulm\n{MANY}crm-2,B",b@x.example,Ulm\n',
            2,
            "company",
            ROWS,
            id="closed late",
        ),
        pytest.param(
            f'{GOOD}crm-1,Acme,a@x.example,"Ulm\ncrm-2,B,b@x.example,Ulm"\n',
            3,
            "bill_city",
            ROWS,
            id="closed in the next",
        ),
        pytest.param('external_key,company\n1,"A\n2,B"\n3,C\n', 2, "company", ROWS, id="two columns"),
        pytest.param('external_key, company\n1, "A\n2, B"\n3, C\n', 2, "company", ROWS, id="spaces after commas"),
        pytest.param(f"{GOOD}crm-2,Acme,x\n", 3, "bill_city", "the row has 3 cells, and the header 4", id="few"),
        pytest.param(
            f"{GOOD}crm-2,Acme, Ltd,,Ulm\n", 3, "bill_city", "the row has 5 cells, and the header 4", id="many"
        ),
        pytest.param(f"{HEADER}crm-1;Acme;;\n", 2, "company", "the row has 1 cell, and", id="semicolons below"),
        pytest.param("external_key,company,name\n", 1, "name", "neither a field nor mapped", id="unknown"),
        pytest.param("external_key,compny\n", 1, "compny", "Did you mean 'company'?", id="misspelled"),
        pytest.param("external_key,Company\n", 1, "Company", "Did you mean 'company'?", id="capital"),
        pytest.param("external_key,currency_id\n", 1, "currency_id", "create_missing", id="for new customers"),
        pytest.param("external_key,customer_id\n", 1, "customer_id", "It can be the key", id="ID"),
        pytest.param("external_key,company, company\n", 1, "company", "twice, as column 2 and 3", id="repeated"),
        pytest.param("external_key,company,\n", 1, None, "column 3 has no name", id="without a name"),
        pytest.param("company,bill_city\n", 1, None, "no column gives the key", id="no key"),
        pytest.param("crm-1,Ann Example,,\n", 1, None, "none of its columns is a field, or mapped", id="no header"),
        pytest.param("", None, None, "it is empty", id="empty"),
        pytest.param("\n \r\n", None, None, "it is empty", id="empty lines"),
        pytest.param("sep=;\n", None, None, "it is empty", id="only sep"),
        pytest.param("\N{BYTE ORDER MARK}", None, None, "it is empty", id="only a mark"),
        pytest.param("external_key,x;company\n", None, None, "by commas or semicolons", id="two delimiters"),
        pytest.param('external_key,"company\n', 1, None, OPEN, id="open in the header"),
        pytest.param('external_key,"company\ncrm-1,Acme"\n', 1, "company\ncrm-1,Acme", "'company…'", id="in a name"),
        pytest.param(f"{GOOD}{GOOD}", 3, None, "it repeats the header: are these two files in one?", id="two files"),
        pytest.param(f"{GOOD}\ufeff{GOOD}", 3, None, "it repeats the header", id="two files with marks"),
        pytest.param(f"{GOOD}crm-2,a\0b,,\n", 3, "company", "NUL", id="NUL"),
    ],
)
def test_a_file_in_doubt_is_refused_with_its_line_and_column(
    content: str, line: int | None, column: str | None, reason: str
) -> None:
    error = refusal_of(content)
    assert (error.line, error.column) == (line, column)
    assert reason in str(error)
    assert str(error).count("\n") == 0
    # Neither the names nor the addresses of the file.
    assert not any(word in str(error) for word in ("Acme", "Company 1", "@", "Ann", "Ulm"))


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_a_file_is_read_as_a_spreadsheet_shows_it(ending: str, delimiter: str) -> None:
    lines = [
        ["external_key", " company ", '"bill_city"'],
        [],
        ["crm-1 ", ' "Müller, ""Best""; Ltd|\t" ', "Köln"],
        ["crm-2", f'"Two{ending}{ending}lines"', ""],
        ["crm-3", 'Plain "quotes" 5"', '""'],
        ["crm-4", "  ", "last"],
    ]
    rows, notices = rows_of(ending.join(map(delimiter.join, lines)))
    assert [(row.line, row.values) for row in rows] == [
        (3, {"external_key": "crm-1 ", "company": 'Müller, "Best"; Ltd|\t', "bill_city": "Köln"}),
        (4, {"external_key": "crm-2", "company": f"Two{ending}{ending}lines"}),
        (7, {"external_key": "crm-3", "company": 'Plain "quotes" 5"'}),
        (8, {"external_key": "crm-4", "bill_city": "last"}),
    ]
    assert rows[0].columns["external_key"] == "crm-1 "
    names = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "vertical bars"}
    assert str(notices[1]) == f"the input: its cells are separated by {names[delimiter]}."


@pytest.mark.parametrize(
    "cell",
    [
        "Acme, Ltd\nthe best, really, and more, ok",
        "one\ntwo",
        "a,b,c\nd",
        "Street 5\nSuite 2,3\nBerlin",
        "\n,,\n",
    ],
)
def test_a_cell_may_have_line_breaks_and_commas(cell: str) -> None:
    (values,) = values_of(f'{HEADER}crm-1,"{cell}",,\n')
    assert values == {"external_key": "crm-1", "company": cell}


def test_what_looks_like_rows_in_a_cell_can_be_meant() -> None:
    content = 'external_key,company\n1,"A\n2,B"\n'
    assert values_of(content, rows_in_cells=True) == [{"external_key": "1", "company": "A\n2,B"}]


@pytest.mark.parametrize("first", ["sep=;", "SEP=;", '"sep=;"', "sep=;\r"])
def test_excel_names_the_delimiter_in_the_first_line(first: str) -> None:
    rows, notices = rows_of(f"{first}\nexternal_key;company\n1;a,b\n")
    assert [(row.line, row.values) for row in rows] == [(3, {"external_key": "1", "company": "a,b"})]
    assert "by semicolons, as its first line says" in str(notices[1])


def test_the_delimiter_is_the_one_that_makes_known_columns() -> None:
    assert values_of("Name, first|Mail, work\n1|x\n", map={"external_key": "Name, first", "company": "Mail, work"}) == [
        {"external_key": "1", "company": "x"}
    ]
    assert values_of("external_key\n1\n2\n") == [{"external_key": "1"}, {"external_key": "2"}]


def test_a_delimiter_can_be_named() -> None:
    assert values_of("external_key:company\n1:a\n", delimiter=":") == [{"external_key": "1", "company": "a"}]
    assert "another delimiter" in str(refusal_of("sep=;\nexternal_key;company\n", delimiter=","))
    for wrong in ("", ";;", '"', "a", " ", "\n"):
        assert "must be one character" in str(refusal_of(GOOD, delimiter=wrong))


def test_rows_without_any_text_are_left_out_and_said() -> None:
    rows, notices = rows_of(f"{HEADER},,,\n , ,,\ncrm-1,,,\n,,,\n")
    assert [row.line for row in rows] == [4]
    assert str(notices[-1]) == "3 rows without any text left out, the first in line 2."


def test_a_row_without_a_key_is_a_problem_of_its_own() -> None:
    rows, _ = rows_of(f"{HEADER} ,Acme,,\ncrm-2,B,,\n")
    assert rows[0].values is None
    assert [(problem.column, problem.reason) for problem in rows[0].problems] == [
        ("external_key", "it is empty, and names the customer (external_key).")
    ]
    assert rows[0].columns["company"] == "Acme"
    assert rows[1].values == {"external_key": "crm-2", "company": "B"}


def test_an_open_quote_does_not_read_the_rest_of_a_large_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cells, "LONGEST_CELL", 1000)
    given = iter([HEADER, 'crm-1,"Acme\n', *(f"crm-{number},x,y,z\n" for number in range(10_000))])
    with pytest.raises(cells.BadCellError):
        list(cells.Records(given, ","))
    assert len(list(given)) > 9_000


@pytest.mark.parametrize("seed", range(5))
def test_a_quote_that_is_lost_or_added_never_joins_customers_in_silence(seed: int) -> None:
    """Take away or add one quote anywhere in a file: it is refused, or no row has cells of another."""
    chosen = random.Random(seed)
    rows = [(f"k{number}", f"N{number}, Ltd", f'"q{number}"', f"C{number}\nD{number}") for number in range(8)]
    whole = HEADER + "".join(",".join(f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in row) + "\n" for row in rows)
    quotes = [at for at, character in enumerate(whole) if character == '"']
    for _ in range(100):
        if chosen.random() < 0.5:
            at = chosen.choice(quotes)
            damaged = whole[:at] + whole[at + 1 :]
        else:
            at = chosen.randrange(len(HEADER), len(whole))
            damaged = whole[:at] + '"' + whole[at:]
        try:
            found = values_of(damaged)
        except InputError:
            continue
        for values in found:
            numbers = {
                character for value in (values or {}).values() for character in str(value) if character.isdigit()
            }
            assert len(numbers) <= 1, damaged


def test_a_thousand_rows_are_not_held_in_memory() -> None:
    class Endless:
        """A file that says how far it was read."""

        def __init__(self) -> None:
            self.lines = 0

        def __iter__(self) -> Any:
            yield HEADER
            while True:
                self.lines += 1
                yield f"{self.lines},x,y,z\n"

    endless = Endless()
    records = iter(cells.Records(iter(endless), ","))
    assert [next(records)[0] for _ in range(1000)] == [*range(1, 1001)]
    assert endless.lines == 999
