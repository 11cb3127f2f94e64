"""Seed files: what each format may have, and where a mistake in one is said to be."""

from pathlib import Path
from typing import Any

import httpx2
import pytest

from chargeover_sandbox import LocalSandbox
from chargeover_sandbox.contract.document import load_contract
from chargeover_sandbox.control.seeding.checks import SeedChecks
from chargeover_sandbox.control.seeding.files import read_rows
from chargeover_sandbox.control.seeding.rows import SeedError
from chargeover_sandbox.customers.account import Account
from tests.support.http import read

CHECKS = SeedChecks(load_contract(), Account())
WANTED = [
    {
        "customer_id": 7,
        "company": "Acme, Group",
        "bill_postcode": "05401",
        "bill_country": "NO",
        "balance": -250.5,
        "no_taxes": True,
        "no_dunning": False,
        "tags": ["vip", "x y"],
        "write_datetime": "2015-03-31T16:24:48.000000+00:00",
    },
    {"company": "Two\nlines", "parent_customer_id": 7},
]
FILES = {
    "customers.json": """{"customers": [
        {"customer_id": 7, "company": "Acme, Group", "bill_postcode": "05401", "bill_country": "NO", "balance": -250.5,
         "no_taxes": true, "no_dunning": false, "tags": ["vip", "x y"], "write_datetime": "2015-03-31 11:24:48"},
        {"company": "Two\\nlines", "parent_customer_id": 7, "custom_1": null}
    ]}""",
    "customers.JSONL": """{"customer_id": 7, "company": "Acme, Group", "bill_postcode": "05401", "bill_country": "NO", \
"balance": -250.5, "no_taxes": true, "no_dunning": false, "tags": ["vip", "x y"], \
"write_datetime": "2015-03-31 11:24:48"}

{"company": "Two\\nlines", "parent_customer_id": 7}
""",
    "customers.yaml": """# A comment.
- customer_id: 7
  company: Acme, Group
  bill_postcode: 05401
  bill_country: NO
  balance: -250.50
  no_taxes: yes
  no_dunning: false
  tags: [vip, x y]
  write_datetime: 2015-03-31 11:24:48
- {company: "Two\\nlines", parent_customer_id: 7, custom_1: ~}
""",
    "customers.csv": """customer_id,company,bill_postcode,bill_country,balance,no_taxes,no_dunning,tags,write_datetime,\
parent_customer_id
7,"Acme, Group",05401,NO,-250.50,TRUE,0,vip;x y,2015-03-31 11:24:48,

,"Two
lines",,,,,,,,7
""",
}


def checked(name: str, text: str) -> list[dict[str, Any]]:
    return [CHECKS.checked(row) for row in read_rows(name, text, CHECKS.kinds)]


@pytest.mark.parametrize("name", FILES)
def test_all_formats_say_the_same(name: str) -> None:
    assert checked(name, FILES[name]) == WANTED
    assert (
        checked(name, "\ufeff" + FILES[name].replace("\n", "\r\n") if name.endswith("csv") else FILES[name])[0]
        == (WANTED[0])
    )


def test_a_list_needs_no_name_and_a_mapping_may_have_one() -> None:
    assert checked("a.json", '[{"company": "x"}]') == checked("a.yml", "customers:\n- company: x\n")
    assert checked("a.json", "[]") == checked("a.yaml", "customers: []") == checked("a.csv", "company\n") == []


def test_what_is_quoted_in_yaml_is_a_text() -> None:
    (row,) = checked("a.yaml", "- {company: '1', custom_1: 'null', custom_2: 1.10, custom_3: 2026-01-31, tags: [007]}")
    assert row == {"company": "1", "custom_1": "null", "custom_2": "1.10", "custom_3": "2026-01-31", "tags": ["007"]}


WRONG = [
    ("a.csv", "company,company\nx,y\n", "a.csv, line 1: there are 2 columns 'company'"),
    ("a.csv", "company,\nx,y\n", "a.csv, line 1: a column has no name"),
    ("a.csv", "\ncompany\nx\n", "a.csv, line 1: a column has no name"),
    ("a.csv", "compny\nx\n", "a.csv, line 1, compny: there is no such field; did you mean company?"),
    ("a.csv", "company;balance\nx;1\n", "columns are separated by commas"),
    ("a.csv", "company\nx,y\n", "a.csv, line 2: it has 2 cells, and the first line has 1"),
    ("a.csv", 'company\n"x\n', "a.csv, line 2: it is not valid CSV"),
    ("a.csv", 'company,balance\n"x\ny",1\nz,12 EUR\n', 'a.csv, line 4, balance: "12 EUR" is not of type "number"'),
    ("a.csv", "company,customer_id\nx,\u0661\n", 'a.csv, line 2, customer_id: "\u0661" is not of type "integer"'),
    ("a.csv", "company,no_taxes\nx,maybe\n", 'a.csv, line 2, no_taxes: "maybe" is not of type "boolean"'),
    ("a.csv", "company,customer_id\n,1\n", "a.csv, line 2, company: it is required"),
    ("a.yaml", "- company: x\n  company: y\n", "a.yaml, line 2, column 3: the name 'company' is duplicated"),
    ("a.yaml", "- company: x\n balance: 1\n", "a.yaml, line 2, column 2: it is not valid YAML"),
    ("a.yaml", "- company: x\n  balance: '1'\n", 'a.yaml, line 2, column 3, balance: "1" is not of type "number"'),
    ("a.yaml", "- company: x\n  balance: .inf\n", 'column 3, balance: ".inf" is not of type "number"'),
    (
        "a.yaml",
        "- company: x\n  bill_cty: y\n",
        "line 2, column 3, bill_cty: there is no such field; did you mean bill_",
    ),
    ("a.yaml", "- company: [x]\n", 'a.yaml, line 1, column 3, company: ["x"] is not of type "string"'),
    ("a.yaml", "- company: {a: b}\n", "a.yaml, line 1, column 12: it must be a single value"),
    ("a.yaml", "- company: !foo x\n", "a.yaml, line 1, column 12: the tag '!foo' is not supported"),
    ("a.yaml", "- company: x\n---\n- company: y\n", "a.yaml, line 2, column 1: it must be one document"),
    ("a.yaml", "- x\n", "a.yaml, line 1, column 3: it must be a mapping"),
    ("a.yaml", "company: x\n", "a.yaml, line 1, column 1: the file must be a list"),
    ("a.yaml", "customers: x\n", "a.yaml, line 1, column 12: it must be a list"),
    ("a.yaml", "# nothing\n", "a.yaml: it has only comments"),
    ("a.yaml", "[" * 300_000, "a.yaml, line 1, column 2: it must be a mapping"),
    ("a.yaml", "- company: " + "[" * 300_000, "a.yaml, line 1, column 13: it must be a single value"),
    ("a.yaml", "- &a {company: x}\n- *a\n", "a.yaml, line 2, column 3: it must be a mapping"),
    ("a.yaml", "- {company: &a x, custom_1: *a}\n", "a.yaml, line 1, column 29: an alias is not supported"),
    ("a.yaml", "customers: []\nother: 1\n", "a.yaml, line 2, column 1: 'customers' must be the only name"),
    ("a.yaml", "\x00", "a.yaml: it is not valid YAML"),
    (
        "a.json",
        "[{]",
        "a.json: it is not valid JSON: Expecting property name enclosed in double quotes at line 1, column 3",
    ),
    ("a.json", '[{"company": "x", "company": "y"}]', "the name 'company' is duplicated"),
    ("a.json", '[{"company": "x", "balance": NaN}]', "NaN is not JSON"),
    ("a.json", "[" * 100_000, "a.json: it is not valid JSON: it is nested too deeply: more than 100 levels"),
    ("a.json", "[" * 101 + "]" * 101, "a.json: it is not valid JSON: it is nested too deeply: more than 100 levels"),
    ("a.json", "[" * 100 + "]" * 100, "a.json, customers[0]: it must be an object"),
    ("a.json", "[1]", "a.json, customers[0]: it must be an object"),
    ("a.json", '{"customer": []}', "a.json: it must be a list, or an object with the only member 'customers'"),
    ("a.json", '[{"company": "x"}, {"company": 1}]', 'a.json, customers[1], company: 1 is not of type "string"'),
    ("a.jsonl", '{"company": "x"}\n\n{"company": }\n', "a.jsonl, line 3: it is not valid JSON"),
    ("a.ndjson", '{"company": "x"}\n[]\n', "a.ndjson, line 2: it must be an object"),
    ("a.csv", " \n", "a.csv: it is empty"),
    ("a.txt", "x", "a.txt: the name of a seed file ends with .yaml, .yml, .json, .jsonl, .ndjson, .csv"),
    ("csv", "x", "csv: the name of a seed file ends with"),
]


@pytest.mark.parametrize(("name", "text", "words"), WRONG, ids=[words for _, _, words in WRONG])
def test_a_mistake_is_said_with_its_place(name: str, text: str, words: str) -> None:
    with pytest.raises(SeedError) as raised:
        checked(name, text)
    assert words in str(raised.value)


def test_a_file_is_seeded_by_its_path(sandbox: LocalSandbox, http: httpx2.Client, tmp_path: Path) -> None:
    file = tmp_path / "customers.csv"
    file.write_bytes("\ufeffcompany\r\nKöln\r\n".encode())
    try:
        assert sandbox.seed(file=file) == sandbox.seed(file=str(file)) == 1
        assert read(http, 1)["company"] == "Köln"
        file.write_bytes(b"company\nK\xf6ln\n")
        for path, words in (
            (file, "byte 9 is not UTF-8"),
            (tmp_path / "nix.csv", "No such file"),
            (tmp_path, "directory"),
        ):
            with pytest.raises(ValueError, match=words):
                sandbox.seed(file=path)
        file.write_bytes(b"company,balance\nx,y\n")
        with pytest.raises(ValueError, match=r"The seed cannot be used: customers\.csv, line 2, balance: "):
            sandbox.seed(file=file)
        assert read(http, 1)["company"] == "Köln"
    finally:
        sandbox.seed([])
