"""``chargeover customers``."""

import csv
import io
import json
import stat
from pathlib import Path

import pytest

from chargeover import ChargeOver
from tests.cli.conftest import Run


def test_a_customer_is_created_read_changed_and_deleted(chargeover: Run, client: ChargeOver) -> None:
    made = chargeover(
        "customers", "create", "--company", "Acme Ltd", "--no-taxes", "true", "--tags", "vip", "--tags", "eu",
        "--terms-id", "2", "--external-key", "crm-1", "--invoice-delivery", "print",
    )  # fmt: skip
    assert (made.status, made.out, made.err) == (0, "1\n", "")
    found = client.customers.get(1)
    assert (found.company, found.no_taxes, found.tags, found.invoice_delivery) == (
        "Acme Ltd",
        True,
        ["vip", "eu"],
        "print",
    )
    for name in ("1", "external_key:crm-1", "external-key:crm-1", f"token:{found.token}"):
        changed = chargeover("customers", "update", name, "--bill_city", f"City of {name}", "--tags", "")
        assert (changed.status, changed.out) == (0, "1\n")
        shown = chargeover("customers", "get", name, "--output", "json", "--fields", "bill_city,tags")
        assert json.loads(shown.out) == {"bill_city": f"City of {name}", "tags": []}
    gone = chargeover("customers", "delete", "external_key:crm-1")
    assert (gone.status, gone.out, gone.err) == (0, "", "Deleted customer external_key:crm-1.\n")
    missing = chargeover("customers", "get", "1")
    assert (missing.status, missing.out) == (1, "")
    assert missing.err.startswith("chargeover: 404 Not Found")


@pytest.mark.parametrize("name", ["2", "external_key:child"])
def test_a_parent_is_disconnected(chargeover: Run, client: ChargeOver, name: str) -> None:
    parent = client.customers.create(company="Parent")
    child = client.customers.create(company="Child", parent_customer_id=parent, external_key="child")
    assert chargeover("customers", "disconnect-parent", name).status == 0
    assert client.customers.get(child).parent_customer_id is None
    client.customers.update(child, parent_customer_id=parent)
    assert chargeover("customers", "update", name, "--null", "parent-customer-id").status == 0
    assert client.customers.get(child).parent_customer_id is None


@pytest.mark.parametrize(
    ("words", "request_line", "body"),
    [
        (("create", "--company", "Ä"), "POST {}/api/v3/customer", {"company": "Ä"}),
        (("update", "7", "--bill-city", "B"), "PUT {}/api/v3/customer/7", {"bill_city": "B"}),
        (("update", "7", "--null", "parent_customer_id"), "PUT {}/api/v3/customer/7", {"parent_customer_id": None}),
        (("update", "external_key:a/b", "--tags", "B"), "PUT {}/api/v3/customer/external_key:a%2Fb", {"tags": ["B"]}),
        (("delete", "7"), "DELETE {}/api/v3/customer/7", None),
        (("delete", "external_key:a/b"), "DELETE {}/api/v3/customer/external_key:a%2Fb", None),
        (("disconnect-parent", "7"), "POST {}/api/v3/customer/7/_action/disconnectParent", {}),
    ],
)  # fmt: skip
def test_a_dry_run_shows_the_request_and_sends_nothing(
    bare: Run, words: tuple[str, ...], request_line: str, body: object
) -> None:
    # Nothing listens there.
    account = ("--base-url", "http://127.0.0.1:1", "--username", "u", "--password", "p")
    shown = bare("customers", *words, "--dry-run", *account)
    line, _, rest = shown.out.partition("\n")
    assert (shown.status, line) == (0, request_line.format("http://127.0.0.1:1"))
    assert (json.loads(rest) if rest else None) == body
    assert shown.err.endswith("Nothing was sent.\n")


def test_a_difference_is_shown_and_can_be_the_status(chargeover: Run, client: ChargeOver) -> None:
    client.customers.create(company="Acme", bill_city="Bonn")
    words = ("customers", "diff", "1", "--bill-city", "Berlin", "--company", "Acme")
    shown = chargeover(*words)
    assert (shown.status, shown.out) == (0, "field      before  after\nbill_city  Bonn    Berlin\n")
    assert json.loads(chargeover(*words, "--output", "json").out) == [
        {"field": "bill_city", "before": "Bonn", "after": "Berlin"}
    ]
    assert chargeover(*words, "--exit-code").status == 6
    assert client.customers.get(1).bill_city == "Bonn"
    same = chargeover("customers", "diff", "1", "--company", "Acme", "--exit-code")
    assert (same.status, same.out) == (0, "")


def test_a_list_is_whole_and_selected(chargeover: Run, client: ChargeOver) -> None:
    for number in range(12):
        client.customers.create(company=f"C{number:02}", bill_state="MN" if number % 2 else "WI")

    def companies(*words: str) -> list[str]:
        done = chargeover("customers", "list", "--output", "jsonl", "--fields", "company", *words)
        assert done.status == 0, done.err
        return [json.loads(line)["company"] for line in done.out.splitlines()]

    assert len(companies()) == 12
    assert companies("--limit", "2") == ["C00", "C01"]
    assert companies("--limit", "0") == []
    assert companies("--where", "bill_state=MN", "--limit", "1", "--order", "company:desc") == ["C11"]
    assert companies("--where", "bill_state:EQUALS:MN", "--where", "company>=C09") == ["C09", "C11"]
    assert companies("--where", "external_key is not null") == []
    assert chargeover("customers", "count", "--where", "company~C0").out == "10\n"


def test_a_table_has_the_usual_columns_and_csv_all(chargeover: Run, client: ChargeOver) -> None:
    client.customers.create(company="Acme\x1b[31m\nLtd", no_taxes=True)
    table = chargeover("customers", "list").out.splitlines()
    assert table[0].split() == [
        "customer_id", "external_key", "company", "bill_city", "bill_state", "balance",
    ]  # fmt: skip
    assert table[1].split() == ["1", "Acme\\x1b[31m\\nLtd", "0"]
    done = chargeover("customers", "list", "--output", "csv")
    (row,) = csv.DictReader(io.StringIO(done.out))
    assert (row["company"], row["no_taxes"], row["no_procfees"], row["balance"]) == (
        "Acme\x1b[31m\nLtd",
        "true",
        "false",
        "0",
    )
    assert len(row) > 80
    assert done.err == (
        "The rows of this list lack tags, so these are empty here, whatever the customers have. "
        "chargeover customers get shows more.\n"
    )


def test_an_export_appears_whole_and_is_private(chargeover: Run, client: ChargeOver, tmp_path: Path) -> None:
    texts = ["=1+1", 'Köln, "x"\r\nzwei', "-5", "@a", "\tb", "plain", "＝x"]  # noqa: RUF001
    for text in texts:
        client.customers.create(company=text)
    file = tmp_path / "customers.csv"
    done = chargeover("customers", "export", "-o", str(file), "--fields", "customer_id,company,balance")
    assert (done.status, done.out, done.err) == (0, "", f"Wrote 7 customers to {file}.\n")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with file.open(newline="", encoding="utf-8") as stream:
        assert [row["company"] for row in csv.DictReader(stream)] == texts
    safe = chargeover("customers", "export", "--spreadsheet-safe", "--fields", "customer_id,company")
    rows = [row["company"] for row in csv.DictReader(io.StringIO(safe.out, newline=""))]
    assert rows == ["'=1+1", 'Köln, "x"\r\nzwei', "'-5", "'@a", "'\tb", "plain", "'＝x"]  # noqa: RUF001
    lines = chargeover("customers", "export", "--output", "jsonl").out.splitlines()
    assert [json.loads(line)["company"] for line in lines] == texts


def test_a_failed_export_leaves_the_old_file(chargeover: Run, client: ChargeOver, tmp_path: Path) -> None:
    client.customers.create(company="Acme")
    file = tmp_path / "customers.csv"
    file.write_text("old")
    refused = chargeover("customers", "export", "-o", str(file), "--fields", "compny")
    assert refused.status == 2
    assert "--fields: a customer has no field 'compny'. Did you mean 'company'?" in refused.err
    assert file.read_text() == "old"
    assert [one.name for one in tmp_path.iterdir()] == ["customers.csv"]
    nowhere = chargeover("customers", "export", "-o", str(tmp_path / "no" / "x.csv"))
    assert (nowhere.status, "cannot be written: No such file or directory." in nowhere.err) == (2, True)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("get", "abc"), "'abc' is not a customer. Give an ID such as 7, external_key:KEY or token:TOKEN."),
        (("get", "0"), "customer_id must be an integer from 1"),
        (("get", "٣"), "is not a customer"),
        (("create", "--bill-city", "B"), "Invalid value for --company: A new customer needs it."),
        (("update", "1"), "There is nothing to change"),
        (("update", "1", "--compny", "x"), "No such option: --compny"),
        (("update", "1", "--terms-id", "x"), "Invalid value for --terms-id: 'x' is not a whole number."),
        (("update", "1", "--terms-id", "0"), "terms_id must be an integer from 1"),
        (("update", "1", "--no-taxes", "maybe"), "'maybe' is neither true nor false."),
        (("update", "1", "--invoice-delivery", "fax"), "invoice_delivery must be 'print' or 'email', not 'fax'"),
        (("update", "1", "--null", "company"), "only parent_customer_id can. To empty it: --company ''."),
        (("update", "1", "--null", "compny"), "--null: a customer has no field 'compny'. Did you mean 'company'?"),
        (("update", "1", "--null", "parent_customer_id", "--parent-customer-id", "2"), "has a value too"),
        (("list", "--where", "compny=1"), "--where: a customer has no field 'compny'. Did you mean 'company'?"),
        (("list", "--where", "company"), "--where is a condition such as"),
        (("list", "--where", "company:EQUALS:a\\"), "ends with a backslash that escapes nothing"),
        (("list", "--where", "no_taxes=maybe"), "no_taxes is compared with true or false, not 'maybe'."),
        (("list", "--where", "customer_id>x"), "customer_id is compared with a number, not 'x'."),
        (("list", "--where", "customer_id>nan"), "customer_id is compared with a number, not 'nan'."),
        (("list", "--order", "compny"), "--order: a customer has no field 'compny'. Did you mean 'company'?"),
        (("list", "--order", "company:up"), "such as 'company' or 'company:DESC', not 'company:up'."),
        (("list", "--limit", "-1"), "limit must be an integer from 0"),
        (("list", "--fields", "a,,b"), "--fields is a list of names"),
        (("list", "--output", "xml"), "is not one of"),
        (("list", "--spreadsheet-safe"), "It is for CSV: add --output csv."),
    ],
)  # fmt: skip
def test_wrong_usage_is_one_clear_error(chargeover: Run, words: tuple[str, ...], sentence: str) -> None:
    done = chargeover("customers", *words)
    assert (done.status, done.out) == (2, "")
    assert sentence in " ".join(done.err.split())
    assert "Traceback" not in done.err
