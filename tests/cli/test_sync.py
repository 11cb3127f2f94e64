"""``chargeover sync``, inside the test's process."""

import json
import re
import sqlite3
import stat
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from chargeover import ChargeOver, sync
from chargeover.sync._store.files import locked
from chargeover_cli import statuses
from chargeover_cli.sync.counts import status_of
from chargeover_cli.sync.progress import figures_of
from chargeover_sandbox import LocalSandbox
from tests.cli.conftest import Outcome, Run
from tests.support.plans import fill

HEADER = "external_key,company,bill_city\n"
FILE = f"{HEADER}crm-0,Acme Ltd,Bönn\ncrm-1,Company 1,\ncrm-9,Initech,Ulm\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(name: str, text: str) -> None:
    Path(name).write_text(text, encoding="utf-8")


def planned(chargeover: Run, *words: str, text: str = FILE) -> Outcome:
    write("crm.csv", text)
    return chargeover("sync", "plan", "crm.csv", "-o", "crm.plan", *words)


def test_plan_show_apply_rejects_undo(chargeover: Run, client: ChargeOver, sandbox: LocalSandbox) -> None:
    fill(client, 2)
    sandbox.journal.clear()
    done = planned(chargeover)
    assert (done.status, done.out) == (0, "rows       3\nplanned    1\nunchanged  1\nmissing    1\n")
    assert "crm.csv: read as UTF-8.\ncrm.csv: its cells are separated by commas.\n" in done.err
    assert "Wrote crm.plan. It holds customer data; only you can read it (mode 0600)." in done.err
    assert "1 row needs a person. With lines and reasons: chargeover sync rejects crm.plan > fix.csv" in done.err
    assert stat.S_IMODE(Path("crm.plan").stat().st_mode) == 0o600
    assert {exchange.method for exchange in sandbox.journal.filter(method="PUT")} == set()

    shown = chargeover("sync", "show", "crm.plan")
    assert (shown.status, shown.err) == (0, "")
    assert shown.out == (
        f"account  {sandbox.url}\nrows       3\nplanned    1\nunchanged  1\nmissing    1\n\n"
        'crm-0, customer 1, line 2: planned\n  bill_city: null → "Bönn"\n  company: "Company 0" → "Acme Ltd"\n\n'
        "crm-9, line 4: missing. There is no customer with this key.\n"
    )

    done = chargeover("sync", "apply", "crm.plan")
    assert (done.status, done.out) == (1, "rows       3\ndone       1\nunchanged  1\nmissing    1\n")
    assert client.customers.get(1).bill_city == "Bönn"
    assert chargeover("sync", "apply", "crm.plan").status == 1  # nothing is left to do, and the row is still there

    fix = chargeover("sync", "rejects", "crm.plan")
    assert fix.out == (
        "(line),(reason),external_key,company,bill_city\n4,There is no customer with this key.,crm-9,Initech,Ulm\n"
    )
    assert chargeover("sync", "rejects", "crm.plan", "-o", "fix.csv").out == ""
    assert Path("fix.csv").read_text(encoding="utf-8") == fix.out
    assert stat.S_IMODE(Path("fix.csv").stat().st_mode) == 0o600
    again = chargeover("sync", "plan", "fix.csv", "-o", "fix.plan", "--create-missing", "--exit-code")
    assert (again.status, again.out) == (statuses.CHANGES, "rows       1\nplanned    1\ncreations  1\n")
    assert "Note: 1 new customer stays after an undo: a plan never deletes." in again.err
    assert "crm-9, new customer, line 2: planned\n" in chargeover("sync", "show", "fix.plan").out
    assert chargeover("sync", "apply", "fix.plan").status == 0
    assert client.customers.get_by_external_key("crm-9").company == "Initech"

    back = chargeover("sync", "undo", "crm.plan", "-o", "back.plan")
    assert (back.status, back.out) == (0, "rows     1\nplanned  1\n")
    assert chargeover("sync", "apply", "back.plan").status == 0
    assert (client.customers.get(1).company, client.customers.get(1).bill_city) == ("Company 0", "")
    stays = chargeover("sync", "undo", "fix.plan", "-o", "stays.plan")
    assert (stays.status, stays.out) == (0, "rows  0\n")
    assert "Note: 1 customer that was created stays: a plan never deletes." in stays.err


def test_exit_code_says_whether_there_are_changes(chargeover: Run, client: ChargeOver) -> None:
    fill(client, 2)
    assert planned(chargeover, "--exit-code").status == 6
    assert chargeover("sync", "apply", "crm.plan").status == 1
    again = chargeover("sync", "plan", "crm.csv", "-o", "again.plan", "--exit-code")
    assert (again.status, again.out) == (0, "rows       3\nunchanged  2\nmissing    1\n")


def test_json_has_all_that_a_plan_has(chargeover: Run, client: ChargeOver, sandbox: LocalSandbox) -> None:
    fill(client, 2)
    counts = {"rows": 3, "planned": 1, "unchanged": 1, "missing": 1}
    assert json.loads(planned(chargeover, "--output", "json").out) == counts
    shown = json.loads(chargeover("sync", "show", "crm.plan", "--output", "json").out)
    rows = shown.pop("rows")
    assert shown == {
        "account": sandbox.url,
        "kind": "sync",
        "key": "external_key",
        "counts": counts,
        "notices": [],
    }
    assert [row["outcome"] for row in rows] == ["planned", "unchanged", "missing"]
    assert rows[0]["changes"][1] == {"field": "company", "old": "Company 0", "new": "Acme Ltd", "read_back": None}
    lines = chargeover("sync", "show", "crm.plan", "--output", "jsonl", "--outcome", "missing").out.splitlines()
    assert [json.loads(line) for line in lines] == [rows[2]]
    assert json.loads(chargeover("sync", "status", "crm.plan", "--output", "json").out) == {
        "total": {**counts, "left": 1},
        "plans": {"crm.plan": counts},
    }
    done = json.loads(chargeover("sync", "apply", "crm.plan", "--output", "json").out)
    assert done == {"rows": 3, "done": 1, "unchanged": 1, "missing": 1}
    write("none.csv", HEADER)
    chargeover("sync", "plan", "none.csv", "-o", "none.plan")
    assert json.loads(chargeover("sync", "show", "none.plan", "--output", "json").out)["rows"] == []


def test_stale_rows_are_kept_unless_forced(chargeover: Run, client: ChargeOver) -> None:
    fill(client, 2)
    planned(chargeover, text=f"{HEADER}crm-0,A,Ulm\ncrm-1,B,Ulm\n")
    client.customers.update(1, bill_city="Kiel")
    done = chargeover("sync", "apply", "crm.plan")
    assert (done.status, done.out) == (1, "rows   2\ndone   1\nstale  1\n")
    for name, force, status in (("2.plan", (), 5), ("3.plan", ("--force",), 0)):
        assert chargeover("sync", "plan", "crm.csv", "-o", name).status == 0
        client.customers.update(1, bill_city=f"Kiel {name}")
        assert chargeover("sync", "apply", name, *force).status == status
    assert client.customers.get(1).bill_city == "Ulm"


@pytest.mark.parametrize(
    ("counts", "status"),
    [
        ({}, 0),
        ({"unchanged": 3}, 0),
        ({"done": 3, "unchanged": 1}, 0),
        ({"done": 3, "failed": 1}, 1),
        ({"done": 3, "stale": 1}, 1),
        ({"stale": 1, "missing": 1}, 1),
        ({"unclear": 1}, 1),
        ({"stale": 2}, 5),
        ({"stale": 2, "unchanged": 1}, 5),
        ({"planned": 1, "done": 2}, 4),
        ({"accepted": 1, "failed": 2}, 4),
    ],
)
def test_the_status_of_an_apply(counts: Any, status: int) -> None:
    assert status_of(sync.Status(counts)) == status


def test_the_account_that_fails_is_a_matter_of_the_connection(
    chargeover: Run, client: ChargeOver, sandbox: LocalSandbox
) -> None:
    fill(client, 60)
    text = HEADER + "".join(f"crm-{one},X {one},\n" for one in range(60))
    planned(chargeover, text=text)
    with sandbox.faults.of(status=500, operation="bulk"):
        done = chargeover("sync", "apply", "crm.plan")
    assert (done.status, done.out) == (4, "")
    assert done.err.endswith("crm.plan knows what was done. The same command does the rest.\n")
    done = chargeover("sync", "apply", "crm.plan")
    assert (done.status, done.out) == (0, "rows  60\ndone  60\n")


def test_the_mapping_comes_from_options_and_a_file(chargeover: Run, client: ChargeOver) -> None:
    fill(client, 2)
    write(
        "crm.yaml",
        "fields:\n  external_key: ID\n  company: Note\n  bill_country: {column: Land, transform: country}\n"
        "  invoice_delivery: {constant: email}\nignore: [Owner]\n",
    )
    words = ("--map", "crm.yaml", "--map", "company=Account Name", "--ignore", "Note", "--map", "bill-city=City")
    write("crm.csv", "ID;Account Name;Land;Owner;Note;City\ncrm-0; Acme ;DE;ann;x;Ulm\n")
    done = chargeover("sync", "plan", "crm.csv", "-o", "crm.plan", *words)
    assert done.status == 0
    (row,) = sync.Plan("crm.plan")
    assert {change.field: change.new for change in row.changes} == {
        "company": " Acme ",
        "bill_country": "Germany",
        "bill_city": "Ulm",
        "invoice_delivery": "email",
    }


def test_standard_input_and_the_other_options(chargeover: Run, client: ChargeOver) -> None:
    fill(client, 2, bill_city="Ulm")
    text = '{"customer_id": 1, "bill_city": "Köln"}\n{"customer_id": 2, "bill_city": null}\n'
    words = ("sync", "plan", "-", "-o", "crm.plan", "--key", "customer_id", "--empty", "clear", "--format", "jsonl")
    done = chargeover(*words, stdin=text)
    assert (done.status, done.out) == (0, "rows     2\nplanned  2\n")
    shown = chargeover("sync", "show", "crm.plan").out
    assert 'customer 1, line 1: planned\n  bill_city: "Ulm" → "Köln"\n' in shown
    assert 'customer 2, line 2: planned\n  bill_city: "Ulm" → ""\n' in shown
    Path("old.csv").write_bytes("external_key\tbill_city\ncrm-0\tK\xf6ln\n".encode("latin-1"))
    done = chargeover("sync", "plan", "old.csv", "-o", "old.plan", "--encoding", "latin-1", "--delimiter", "tab")
    assert (done.status, "as asked" in done.err) == (0, True)
    assert "Köln" in chargeover("sync", "show", "old.plan").out
    done = chargeover("sync", "plan", "old.csv", "-o", "2.plan")
    assert "Warning: old.csv: read as Windows-1252, since line 2 is not valid UTF-8" in done.err


def test_an_earlier_plan_is_taken_into_account(chargeover: Run, client: ChargeOver) -> None:
    fill(client, 1)
    planned(chargeover, text=f"{HEADER}crm-0,A,Ulm\n")
    chargeover("sync", "apply", "crm.plan")
    with (
        closing(sqlite3.connect("crm.plan")) as connection,
        connection,
    ):  # as if the service had made something else of it
        connection.execute("""UPDATE changes SET read_back = '"ULM"' WHERE field = 'bill_city'""")
    connection.close()
    client.customers.update(1, bill_city="ULM")
    assert chargeover("sync", "plan", "crm.csv", "-o", "2.plan", "--exit-code").status == 6
    assert chargeover("sync", "plan", "crm.csv", "-o", "3.plan", "--exit-code", "--earlier", "crm.plan").status == 0
    assert 'company: "Company 0" → "A"\n' in chargeover("sync", "show", "crm.plan").out
    assert 'bill_city: null → "Ulm", read back as "ULM"\n' in chargeover("sync", "show", "crm.plan").out


def test_rows_that_are_not_valid_are_listed_and_can_be_left_out(chargeover: Run, client: ChargeOver) -> None:
    fill(client, 1)
    text = "external_key,terms_id,no_taxes\ncrm-0,2,yes\ncrm-1,Net 30,perhaps\n,2,no\n"
    done = planned(chargeover, text=text)
    assert (done.status, done.out, Path("crm.plan").exists()) == (2, "", False)
    assert re.search(r"^line 3: terms_id: .* no_taxes: ", done.err, re.MULTILINE)
    assert "line 4: external_key: it is empty" in done.err
    assert done.err.endswith(
        "chargeover: 2 rows are not valid, so no plan was made. Correct the file, or leave them out with "
        "--skip-invalid.\n"
    )
    assert "Net 30" not in done.err
    done = planned(chargeover, "--skip-invalid", text=text)
    assert (done.status, done.out) == (0, "rows     3\nplanned  1\ninvalid  2\n")
    assert chargeover("sync", "apply", "crm.plan").status == 1
    assert chargeover("sync", "rejects", "crm.plan").out.count("\n") == 3


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("plan", "nope.csv", "-o", "x.plan"), "nope.csv: it cannot be read: No such file or directory."),
        (("plan", "crm.csv"), "Missing option '--to'"),
        (("plan", "crm.csv", "-o", "taken"), "taken exists already. A plan is never overwritten"),
        (("plan", "crm.csv", "-o", "nowhere/x.plan"), "No such file or directory"),
        (
            ("plan", "crm.csv", "-o", "x.plan", "--map", "compny=company"),
            "which is not a field. Did you mean 'company'?",
        ),
        (("plan", "crm.csv", "-o", "x.plan", "--map", "company="), "is neither FIELD=COLUMN nor a mapping file"),
        (("plan", "crm.csv", "-o", "x.plan", "--map", "company=a", "--map", "company=b"), "company is mapped twice."),
        (("plan", "crm.csv", "-o", "x.plan", "--map", "nope.yaml"), "nope.yaml: the mapping cannot be read"),
        (("plan", "crm.csv", "-o", "x.plan", "--key", "token"), "Invalid value for '--key'"),
        (("plan", "crm.csv", "-o", "x.plan", "--encoding", "klingon"), "the encoding 'klingon' is not known"),
        (("plan", "unknown.csv", "-o", "x.plan"), "unknown.csv, line 1, column 'Owner': it is neither a field nor"),
        (("plan", "crm.csv", "-o", "x.plan", "--key", "customer_id", "--create-missing"), "the service gives a new"),
        (("show", "taken"), "taken is not a plan."),
        (("show", "nope.plan"), "There is no plan nope.plan."),
        (("show", "taken", "--outcome", "lost"), "'lost' is not one of planned,"),
        (("apply", "nope.plan"), "There is no plan nope.plan."),
        (("apply", "taken", "--flag", "emails=no"), "'emails=no' is not NAME=on or NAME=off"),
        (("apply", "taken", "--flag", "mails=off"), "a NAME of emails, webhooks, quickbooks, events."),
        (("apply", "taken", "--flag", "emails=off", "--flag", "emails=on"), "emails cannot be both on and off."),
        (("rejects", "nope.plan"), "There is no plan nope.plan."),
        (("undo", "nope.plan", "-o", "x.plan"), "There is no plan nope.plan."),
        (("status", "nope.plan"), "There is no plan nope.plan."),
        (("status",), "Missing argument 'PLAN...'"),
        (("split", "nope.plan", "--into", "2"), "There is no plan nope.plan."),
        (("split", "taken", "--into", "0"), "Invalid value for '--into'"),
    ],
)
def test_a_mistake_is_a_sentence_and_nothing_is_left_behind(
    chargeover: Run, sandbox: LocalSandbox, folder: Path, words: tuple[str, ...], sentence: str
) -> None:
    write("crm.csv", FILE)
    write("unknown.csv", "external_key,Owner\ncrm-0,x\n")
    write("taken", "mine")
    sandbox.journal.clear()
    done = chargeover("sync", *words)
    assert (done.status, done.out, len(sandbox.journal)) == (2, "", 0)
    assert sentence in " ".join(done.err.split())
    assert {one.name for one in folder.iterdir()} <= {"crm.csv", "unknown.csv", "taken"}


def test_a_plan_is_refused_for_another_account(
    chargeover: Run, client: ChargeOver, sandbox: LocalSandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(client, 1)
    planned(chargeover)
    done = chargeover("sync", "apply", "crm.plan", "--username", "other")
    assert (done.status, done.out) == (2, "")
    assert "made with another user name" in done.err
    assert chargeover("sync", "apply", "crm.plan", "--base-url", sandbox.url + "/").status == 1  # the same one
    monkeypatch.setenv("CHARGEOVER_BASE_URL", "http://127.0.0.1:9")
    done = chargeover("sync", "apply", "crm.plan")
    assert (done.status, f"This plan is for {sandbox.url}" in done.err) == (2, True)


def test_flags_travel_with_the_changes(chargeover: Run, client: ChargeOver, sandbox: LocalSandbox) -> None:
    fill(client, 1)
    planned(chargeover, text=f"{HEADER}crm-0,A,Ulm\n")
    sandbox.journal.clear()
    words = ("--flag", "emails=off", "--flag", "webhooks=on")
    done = chargeover("sync", "apply", "crm.plan", *words)
    assert done.status in {0, 1}
    sent = [exchange for exchange in sandbox.journal.filter(operation="bulk") if b'"PUT"' in exchange.body]
    assert [exchange.query for exchange in sent] == ["_flag_emails=0&_flag_webhooks=1"]
    assert sent[0].json[0]["uri"] == "/api/v3/customer/1?_flag_emails=0&_flag_webhooks=1"


def test_a_live_account_is_asked_for(
    chargeover: Run, client: ChargeOver, sandbox: LocalSandbox, own_settings: Path
) -> None:
    fill(client, 2)
    own_settings.write_text(
        f'[acme]\nbase_url = "{sandbox.url}"\nusername = "sandbox"\npassword = "sandbox"\nlive = true\n',
        encoding="utf-8",
    )
    own_settings.chmod(0o600)
    live = ("--profile", "acme")
    assert planned(chargeover, *live).status == 0  # a plan changes nothing
    done = chargeover("sync", "apply", "crm.plan", "--force", *live)
    assert (done.status, done.out) == (2, "")
    assert "--yes would change 1 customer, also where it has changed since." in done.err
    assert client.customers.get(1).company == "Company 0"
    assert chargeover("sync", "apply", "crm.plan", "--yes", *live).status == 1
    assert client.customers.get(1).company == "Acme Ltd"
    assert chargeover("sync", "apply", "crm.plan", *live).status == 1  # nothing is left, so there is no question


def test_split_and_status_add_up(chargeover: Run, client: ChargeOver) -> None:
    fill(client, 5)
    planned(chargeover, text=HEADER + "".join(f"crm-{one},X {one},\n" for one in range(5)))
    done = chargeover("sync", "split", "crm.plan", "--into", "2")
    assert (done.status, done.out) == (0, "crm-01.plan\ncrm-02.plan\n")
    assert "(mode 0600)" in done.err
    assert chargeover("sync", "apply", "crm-01.plan").out == "rows  2\ndone  2\n"
    found = chargeover("sync", "status", "crm.plan", "crm-01.plan", "crm-02.plan")
    assert found.out == (
        "plan         rows  planned  done\ncrm.plan     0\ncrm-01.plan  2              2\n"
        "crm-02.plan  3     3\ntotal        5     3        2\n"
    )


def test_rejects_for_a_spreadsheet_are_disarmed(chargeover: Run, client: ChargeOver) -> None:
    planned(chargeover, text=f'{HEADER}crm-0,=1+1,"+49 30"\n')
    exact, safe = (
        chargeover("sync", "rejects", "crm.plan"),
        chargeover("sync", "rejects", "crm.plan", "--spreadsheet-safe"),
    )
    assert exact.out.splitlines()[1].endswith(",crm-0,=1+1,+49 30")
    assert safe.out.splitlines()[1].endswith(',"crm-0","\'=1+1","\'+49 30"')
    assert "planned again" in safe.err


def test_many_notes_are_cut(chargeover: Run, client: ChargeOver) -> None:
    fill(client, 30)
    done = planned(chargeover, "--create-missing", text=HEADER + "".join(f"CRM-{one},X,\n" for one in range(30)))
    assert done.err.count("\nWarning: line ") == 20
    assert "Note: there are 11 more notes. All of them: chargeover sync show crm.plan\n" in done.err
    assert chargeover("sync", "show", "crm.plan").out.count("\nWarning: line ") == 30


def test_an_interruption_says_how_to_go_on(
    chargeover: Run, client: ChargeOver, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(client, 2)
    planned(chargeover)

    def interrupt(*arguments: object, **named: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("chargeover.sync._applying.sending.Sender.send", interrupt)
    done = chargeover("sync", "apply", "crm.plan")
    assert (done.status, done.err) == (
        130,
        "chargeover: Stopped. crm.plan knows what was done. The same command does the rest.\n",
    )
    monkeypatch.undo()


def test_figures_of_progress() -> None:
    progress = sync.Progress("apply", 12_345, 100_000, 3, 1234.5, 71.2)
    assert figures_of(progress) == "12,345/100,000  1,234/s  0:01:11 left  3 failed"
    assert figures_of(sync.Progress("rows", 5000, None, 0, 99_999.9, None)) == "5,000  100,000/s"


def test_rejects_of_json_lines_keep_what_a_row_lacks(chargeover: Run, client: ChargeOver) -> None:
    fill(client, 1, bill_city="Ulm")
    write("crm.jsonl", '{"external_key": "crm-0x", "company": "A"}\n{"external_key": "crm-1x", "tags": ["a;b", "c"]}\n')
    chargeover("sync", "plan", "crm.jsonl", "-o", "crm.plan")
    found = chargeover("sync", "rejects", "crm.plan", "--output", "jsonl").out
    assert [json.loads(line) for line in found.splitlines()] == [
        {"(line)": 1, "(reason)": "There is no customer with this key.", "external_key": "crm-0x", "company": "A"},
        {
            "(line)": 2,
            "(reason)": "There is no customer with this key.",
            "external_key": "crm-1x",
            "tags": '["a;b", "c"]',
        },
    ]
    write("fix.jsonl", found.replace("crm-0x", "crm-0"))
    chargeover("sync", "plan", "fix.jsonl", "-o", "fix.plan", "--empty", "clear")
    assert [change.field for row in sync.Plan("fix.plan") for change in row.changes] == ["company"]
    assert chargeover("sync", "rejects", "crm.plan", "--output", "jsonl", "--spreadsheet-safe").status == 2


@pytest.mark.parametrize("command", ["plan", "apply"])
def test_failures_of_the_account_have_their_status(
    chargeover: Run, client: ChargeOver, sandbox: LocalSandbox, command: str
) -> None:
    fill(client, 60)
    text = HEADER + "".join(f"crm-{one},X {one},\n" for one in range(60))
    planned(chargeover, text=text)
    words = ("plan", "crm.csv", "-o", "2.plan") if command == "plan" else ("apply", "crm.plan")
    faults: list[tuple[dict[str, Any], int]] = [
        ({"credentials": "wrong"}, 3),
        ({"reset": "before"}, 4),
        ({"status": 429}, 4),
    ]
    for fault, status in faults:
        with sandbox.faults.of(**fault):
            done = chargeover("sync", *words)
        assert (done.status, done.out, Path("2.plan").exists()) == (status, "", False)
    assert chargeover("sync", *words).status == 0


def test_a_plan_in_use_is_refused(chargeover: Run, client: ChargeOver, folder: Path) -> None:
    fill(client, 2)
    planned(chargeover)
    with locked("crm.plan"):
        for words in (
            ("apply", "crm.plan"),
            ("undo", "crm.plan", "-o", "x.plan"),
            ("split", "crm.plan", "--into", "2"),
        ):
            done = chargeover("sync", *words)
            assert (done.status, "The plan crm.plan is in use" in done.err) == (2, True)
        assert chargeover("sync", "status", "crm.plan").status == 0
    assert not Path("x.plan").exists()
