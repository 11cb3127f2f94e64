"""The program of the guide about bulk updates: it refuses a doubtful file, and does what is left after a kill."""

import csv
import re
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import httpx2
import pytest

from chargeover import ChargeOver, Field
from chargeover_contract.sandbox import SandboxProcess, sandbox_process
from chargeover_sandbox import LocalSandbox
from tests.support.http import create, read
from tests.support.scripts import run_python

GUIDE = Path(__file__).parents[2] / "docs" / "guides" / "bulk.md"
ROWS = 5000
LAST_WORDS = re.compile(r"(\d+) done, 0 failed\n")


@pytest.fixture
def program(tmp_path: Path) -> Path:
    found = re.search(r"```python\n(# sync\.py\n.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    assert found
    file = tmp_path / "sync.py"
    file.write_text(found[1], encoding="utf-8")
    return file


def export(folder: Path, city: str) -> Path:
    file = folder / f"{city}.csv"
    with file.open("w", newline="", encoding="utf-8") as opened:
        rows = csv.writer(opened)
        rows.writerow(["id", "name", "mail", "city"])
        rows.writerows([f"crm-{number}", f"Company {number}", f"{number}@x.example", city] for number in range(ROWS))
    return file


def variables(sandbox: SandboxProcess | LocalSandbox) -> dict[str, str]:
    return {
        "CHARGEOVER_BASE_URL": sandbox.url,
        "CHARGEOVER_USERNAME": sandbox.username,
        "CHARGEOVER_PASSWORD": sandbox.password,
    }


def done_when_killed(command: list[str], client: ChargeOver, sandbox: SandboxProcess, city: str) -> int:
    """Start the program, kill it once it has changed anything, and say how many it had changed by then."""
    with subprocess.Popen([sys.executable, *command], env=variables(sandbox), stdout=subprocess.DEVNULL) as process:
        try:
            give_up = time.monotonic() + 30
            while not client.customers.count(where=Field.bill_city == city):
                assert time.monotonic() < give_up, "the program changed nothing"
                assert process.poll() is None, "the program ended without any change"
        finally:
            process.kill()
        assert process.wait() == -signal.SIGKILL, "it was faster than the kill: more rows are needed"
    return settled(client, city)


def settled(client: ChargeOver, city: str) -> int:
    """How many are changed once nothing changes any more: what was under way at the kill is still being answered."""
    before = -1
    for _ in range(100):
        now = client.customers.count(where=Field.bill_city == city)
        if now == before:
            return now
        before = now
        time.sleep(0.3)
    pytest.fail("the sandbox does not come to rest")


@pytest.mark.long
def test_nothing_is_lost_and_nothing_is_done_twice(program: Path, tmp_path: Path) -> None:
    with (
        sandbox_process("--lenient", "--database", str(tmp_path / "customers.sqlite3")) as sandbox,
        ChargeOver(base_url=sandbox.url, username=sandbox.username, password=sandbox.password) as client,
    ):
        for city in ("Bonn", "Berlin"):  # creations first, then updates
            file = export(tmp_path, city)
            apply = [str(program), str(file), "--apply"]
            before = done_when_killed(apply, client, sandbox, city)
            assert 0 < before < ROWS

            shown = run_python(*apply[:-1], variables=variables(sandbox)).stdout.splitlines()
            assert len(shown) == ROWS - before
            last = run_python(*apply, variables=variables(sandbox))
            again = LAST_WORDS.fullmatch(last.stdout)
            assert last.returncode == 0
            assert again
            assert int(again[1]) == ROWS - before

            assert run_python(*apply[:-1], variables=variables(sandbox)).stdout == ""
            assert client.customers.count() == client.customers.count(where=Field.bill_city == city) == ROWS


HEADER = "id,name,mail,city\n"
GOOD = f"{HEADER}crm-1,Acme Ltd,ann@acme.example,Berlin\n"
MANY = "".join(f"crm-{number},Company {number},{number}@x.example,Ulm\n" for number in range(10, 60))
QUOTE = "line 2: a quote is not closed, or not doubled within quotes"
COLUMNS = "line 1: the columns id, name, mail, city must be named here once, with commas between them"
UTF_8 = "this is not UTF-8; in Excel, save the file as 'CSV UTF-8'"


@pytest.mark.long
@pytest.mark.parametrize(
    ("content", "problem"),
    [
        pytest.param(f'{HEADER}crm-1,"Acme,a@x.example,Ulm\n{MANY}', QUOTE, id="open to the end"),
        pytest.param(f'{HEADER}crm-1,"Acme,a@x.example,Ulm\n{MANY}crm-2,"B",b@x.example,Ulm\n', QUOTE, id="open"),
        pytest.param(f'{HEADER}crm-1,"Acme "Best" Ltd",,\n', QUOTE, id="not doubled"),
        pytest.param(
            f'{HEADER}crm-1,"Acme,a@x.example,Ulm\n{MANY}crm-2,B",b@x.example,Ulm\n',
            "line 2: a cell contains a line break and as many commas as a row",
            id="open and closed much later",
        ),
        pytest.param(
            f'{HEADER}crm-0,Zero,,\ncrm-1,Acme,a@x.example,"Ulm\ncrm-2,B,b@x.example,Ulm"\n',
            "line 3: a cell contains a line break and as many commas as a row",
            id="open and closed in the next row",
        ),
        pytest.param(GOOD.replace(",", ";"), COLUMNS, id="semicolons"),
        pytest.param(GOOD.replace(",", "\t"), COLUMNS, id="tabs"),
        pytest.param(f"{HEADER}crm-1;Acme;;\n", "line 2: there are 1 cells, but 4 columns", id="semicolons below"),
        pytest.param("", COLUMNS, id="empty"),
        pytest.param("crm-1,Acme,,\n", COLUMNS, id="no header"),
        pytest.param("id,name,city\ncrm-1,Acme,Ulm\n", COLUMNS, id="no column mail"),
        pytest.param("id,name,mail,city,name\ncrm-1,Acme,,,Hooli\n", COLUMNS, id="two columns name"),
        pytest.param(f"{HEADER}crm-1,Acme,Ulm\n", "line 2: there are 3 cells", id="too few cells"),
        pytest.param(f"{HEADER}crm-1,Acme, Ltd,,Ulm\n", "line 2: there are 5 cells", id="too many cells"),
        pytest.param(f"{GOOD}crm-2,Müller,,\n".encode("cp1252"), f"line 3: {UTF_8}", id="Windows-1252"),
        pytest.param(GOOD.encode("utf-16"), f"line 1: {UTF_8}", id="UTF-16"),
        pytest.param(GOOD.encode("utf-16-le"), COLUMNS, id="UTF-16 without a mark"),
        pytest.param(f"{GOOD}  ,Hooli,,\n", "line 3: the id '' is empty", id="no id"),
        pytest.param(
            f"{GOOD}crm-2\N{ZERO WIDTH SPACE},B,,\n", "line 3: the id 'crm-2\\u200b' is empty, or", id="unseen"
        ),
        pytest.param(f"{GOOD}crm-1,B,,\n", "line 3: the id 'crm-1' is also that of line 2", id="twice"),
        pytest.param(
            f"{GOOD}\n crm-1 ,B,,\n", "line 4: the id 'crm-1' is also that of line 2", id="twice, with spaces"
        ),
        pytest.param(
            f'{HEADER}crm-1,"Acme\nLtd",,\ncrm-2,"a\r\nb",,\ncrm-1,B,,\n',
            "line 6: the id 'crm-1' is also that of line 2",
            id="line breaks before",
        ),
        pytest.param(GOOD.replace("Acme", "x" * 200_000), QUOTE.split(":")[0], id="a cell too long"),
    ],
)
def test_a_doubtful_file_is_refused_before_anything_is_sent(
    program: Path, tmp_path: Path, sandbox: LocalSandbox, content: str | bytes, problem: str
) -> None:
    file = tmp_path / "crm.csv"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    sandbox.journal.clear()
    for options in ([], ["--apply"]):
        done = run_python(str(program), str(file), *options, variables=variables(sandbox))
        assert (done.returncode, done.stdout, list(sandbox.journal)) == (2, "", [])
        assert done.stderr.startswith(f"{file}, {problem}")
        assert done.stderr.endswith(". Nothing was sent.\n")
        assert done.stderr.count("\n") == 1
        # Neither the names nor the addresses of the file.
        assert not re.search("Company|@|Hooli", done.stderr)


@pytest.mark.parametrize(("name", "why"), [("missing.csv", "No such file or directory"), (".", "Is a directory")])
def test_a_file_that_cannot_be_read_is_one_sentence(program: Path, tmp_path: Path, name: str, why: str) -> None:
    done = run_python(str(program), str(tmp_path / name))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"{tmp_path / name} cannot be read: {why}.\n"


def fields_of(http: httpx2.Client, key: str, names: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in read(http, f"external_key:{key}").items() if name in names}


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_a_file_is_read_as_a_spreadsheet_shows_it(
    program: Path, tmp_path: Path, sandbox: LocalSandbox, http: httpx2.Client, ending: str
) -> None:
    file = tmp_path / "crm.csv"
    content = (
        "\N{BYTE ORDER MARK}id, name ,mail,note,city\n\n"
        'crm-1 , "Müller, ""Best"" Ltd", ,x,Köln\n'
        'crm-2,"Two\nlines",b@x.example,,\n'
        'crm-3,Plain "quotes",,,Ulm'
    )
    file.write_bytes(content.replace("\n", ending).encode())
    done = run_python(str(program), str(file), "--apply", variables=variables(sandbox))
    assert (done.returncode, done.stdout, done.stderr) == (0, "3 done, 0 failed\n", "")
    for key, fields in (
        ("crm-1", {"company": 'Müller, "Best" Ltd', "superuser_email": None, "bill_city": "Köln"}),
        ("crm-2", {"company": f"Two{ending}lines", "superuser_email": "b@x.example", "bill_city": None}),
        ("crm-3", {"company": 'Plain "quotes"', "superuser_email": None, "bill_city": "Ulm"}),
    ):
        assert fields_of(http, key, fields) == fields
    assert run_python(str(program), str(file), variables=variables(sandbox)).stdout == ""


def test_failed_rows_are_named_by_their_line_and_fail_the_run(
    program: Path, tmp_path: Path, sandbox: LocalSandbox, http: httpx2.Client
) -> None:
    create(http, external_key="crm-2")
    file = tmp_path / "crm.csv"
    file.write_text(f'{HEADER}crm-1,"Acme\nLtd",,Bonn\n\ncrm-2,Acme,not an address,\ncrm-3,,,Ulm\ncrm-4,Last,,\n')
    nameless = "line 6, 'crm-3': a new customer needs a name\n"
    done = run_python(str(program), str(file), "--apply", variables=variables(sandbox))
    assert (done.returncode, done.stderr) == (1, "")
    assert nameless in done.stdout
    assert done.stdout.endswith("done, 1 failed\n")
    shown = run_python(str(program), str(file), variables=variables(sandbox))
    assert (shown.returncode, shown.stdout) == (1, nameless)


def test_what_the_server_refuses_fails_the_run_too(program: Path, tmp_path: Path, sandbox: LocalSandbox) -> None:
    file = tmp_path / "crm.csv"
    file.write_text(GOOD)
    done = run_python(str(program), str(file), "--apply", variables={**variables(sandbox), "CHARGEOVER_PASSWORD": "x"})
    assert done.returncode == 1
    assert "authorization" in done.stderr
    assert "Traceback" not in done.stderr
