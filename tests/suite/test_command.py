"""``python -m chargeover_contract``: what it refuses, what it runs, and with which status it ends."""

import io
import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from chargeover_contract.command import main
from chargeover_sandbox import LocalSandbox
from tests.suite.proxy import Replacement, proxy
from tests.suite.running import environment, suite
from tests.support.http import connect, create

_CASE = "test_edge[no credentials]"


def command(folder: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "chargeover_contract", *arguments],
        cwd=folder,
        env=environment("", **settings),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["ftp://acme.example"], "'ftp://acme.example' is not a URL such as"),
        (["acme.example"], "'acme.example' is not a URL such as"),
        (["http://acme.example:x"], "The address is not a URL such as"),
        (["http://acme.example:0"], "is not a URL such as"),
        (["http://u:s3cret@acme.example"], "The address has credentials in it"),
        (["http://acme.example/api/v3/"], "The address ends before /api/v3: http://acme.example"),
        (["http://acme.example?x=1"], "is not a URL such as"),
        (["--part", "edges,all"], "--part is edges, model or schemathesis, not 'all'"),
        (["--seeds", "one"], "--seeds is a list of whole numbers"),
        (["--seeds", ""], "--seeds is a list of whole numbers"),
        (["--examples", "0"], "--examples is a whole number from 1"),
        (["--operations", "list_customer"], "--operations: 'list_customer' is unknown. There are list_customers"),
        (["--write-baseline", "x.yaml"], "--write-baseline needs --reason"),
        (["--customer", "1"], "--customer is the number of a customer, and belongs to --read-only"),
        (["--read-only"], "--read-only needs the URL"),
        (["--baseline", "no-such-file"], "There is no file no-such-file"),
        (["--ca", "no-such-file"], "There is no file no-such-file"),
        (["--also", "no-such-file"], "--also: there is no file or folder no-such-file"),
        (["http://acme.example"], "there is no terminal to ask on. --yes does without"),
    ],
)
def test_one_sentence_for_what_it_cannot_do(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], arguments: list[str], sentence: str
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO())
    assert main(arguments) == 2
    said = capsys.readouterr()
    assert (said.out, said.err.count("\n")) == ("", 1)
    assert sentence in said.err
    assert "s3cret" not in said.err


@pytest.mark.parametrize("pause", ["x", "-1", "nan", "61"])
def test_a_pause_is_a_number_of_seconds(capsys: pytest.CaptureFixture[str], pause: str) -> None:
    with pytest.raises(SystemExit) as caught:
        main([f"--pause={pause}"])
    assert caught.value.code == 2
    assert "is not a number of seconds from 0 to 60" in capsys.readouterr().err


def test_it_asks_before_it_writes_elsewhere(tmp_path: Path) -> None:
    terminal, stdin = pty.openpty()
    os.write(terminal, b"no\n")
    done = subprocess.run(
        [sys.executable, "-m", "chargeover_contract", "http://acme.example"],
        cwd=tmp_path,
        env=environment(""),
        stdin=stdin,
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )
    os.close(terminal)
    os.close(stdin)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Type yes to go on: Nothing was sent.\n" in done.stderr


def test_a_right_server_passes_and_nothing_lies_about(sandbox: LocalSandbox, tmp_path: Path) -> None:
    done = command(tmp_path, sandbox.url, "--only", _CASE)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    assert "1 passed, 0 failed, 0 skipped" in done.stdout
    assert [path.name for path in tmp_path.iterdir()] == ["contract-report"]
    report = json.loads((tmp_path / "contract-report" / "report.json").read_text())
    assert report["outcomes"] == {"passed": 1}
    assert report["causes"] == []


_OPEN = Replacement(200, {"Content-Type": "application/json"}, b"{}")


@pytest.mark.long
def test_a_failure_can_be_accepted_and_is_missed_when_it_is_gone(sandbox: LocalSandbox, tmp_path: Path) -> None:
    # 405s without a body, of which rows of the tables complain.
    bare = Replacement(405, {"Content-Type": "application/json", "Allow": "GET"}, b"")
    with proxy(sandbox.url, lambda method, path: bare if method == "PATCH" else None) as url:
        rows = [url, "--part", "edges", "--operations", "list_customers", "--only", "test_edge[PATCH /api/v3/customer]"]
        rows = rows[:3] + rows[5:]
        done = command(tmp_path, *rows)
        assert done.returncode == 1, done.stdout + done.stderr
        assert "1. the body of a 405 is empty (1 case, first: test_edge[PATCH /api/v3/customer])" in done.stdout
        accept = ["--write-baseline", "known.yaml", "--reason", "our gateway"]
        assert command(tmp_path, *rows, *accept, "--no-report").returncode == 0
        done = command(tmp_path, *rows, "--baseline", "known.yaml")
        assert done.returncode == 0, done.stdout
        assert "known causes are not shown: known.yaml" in done.stdout
    with proxy(sandbox.url, lambda method, path: _OPEN if "limit=7" in path else None) as url:
        done = command(tmp_path, url, "--only", _CASE, "--baseline", "known.yaml", "--no-report")
        assert done.returncode == 0, "a single case cannot say that a cause is gone"


@pytest.mark.long
def test_tests_of_ones_own_have_the_fixtures(sandbox: LocalSandbox, tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "conftest.py").write_text("import pytest\n")
    (tmp_path / "own" / "test_own.py").write_text(
        "import pytest\npytestmark = pytest.mark.contract\n"
        "def test_own(http):\n    assert http.page('limit=1') == [], 'not empty'\n"
    )
    arguments = [sandbox.url, "--only", "test_own", "--also", "own", "--no-report"]
    assert command(tmp_path, *arguments).returncode == 0
    with connect(sandbox.url) as http:
        create(http)
    done = command(tmp_path, *arguments)
    assert (done.returncode, done.stderr) == (1, "")
    assert "1. not so: own (1 case, first: test_own)" in done.stdout
    assert "came: not empty" in done.stdout


def test_a_reader_that_is_gone_and_a_plain_terminal_lead_to_no_traceback(sandbox: LocalSandbox, tmp_path: Path) -> None:
    line = f"{sys.executable} -m chargeover_contract {sandbox.url} --only '{_CASE}'"
    done = subprocess.run(
        ["bash", "-c", f"{line} --report ä | true; echo ${{PIPESTATUS[0]}}"],
        cwd=tmp_path,
        env=environment("", PYTHONIOENCODING="ascii"),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.stderr) == ("0\n", "")
    assert (tmp_path / "ä" / "report.html").is_file()


def test_a_run_of_nothing_is_no_success(sandbox: LocalSandbox, tmp_path: Path) -> None:
    done = command(tmp_path, sandbox.url, "--only", "no such case", "--no-report")
    assert (done.returncode, done.stderr) == (5, "Nothing was tested: no case was left, or all were skipped.\n")


def test_no_server_is_one_sentence(tmp_path: Path) -> None:
    done = command(tmp_path, "http://127.0.0.1:9", "--only", _CASE)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (4, "", 1)
    assert done.stderr.startswith("Nothing answers at http://127.0.0.1:9: ")


@pytest.mark.long
def test_xdist_runs_the_cases_and_adds_up_what_they_reached(sandbox: LocalSandbox) -> None:
    arguments = ["-n", "2", "--pyargs", "chargeover_contract.cases", "-k", "bulk and not dict and not keeps"]
    done = suite(sandbox.url, *arguments)
    assert done.returncode == 0, done.stdout
    assert " passed" in done.stdout


def test_read_only_is_a_mode_of_it(sandbox: LocalSandbox, tmp_path: Path) -> None:
    done = command(tmp_path, sandbox.url, "--read-only", "--pause", "0")
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith("all is right\n")
    assert {one.method for one in sandbox.journal} == {"GET"}


@pytest.mark.long
def test_a_few_operations_and_what_is_assumed_can_be_left_out(sandbox: LocalSandbox, tmp_path: Path) -> None:
    asked = ["--part", "edges", "--operations", "count_customers", "--skip-assumed"]
    done = command(tmp_path, sandbox.url, *asked)
    assert done.returncode == 0, done.stdout
    report = json.loads((tmp_path / "contract-report" / "report.json").read_text())
    ran = [one["case"] for one in report["cases"] if one["outcome"] == "passed"]
    assert any("count" in case for case in ran)
    assert not [case for case in ran if "media type" in case or "PATCH" in case]
    assert report["skipped"]["assumed: nothing published says so"] > 20
    assert report["skipped"]["about another operation"] > 100
