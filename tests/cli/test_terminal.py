"""The command in a real terminal: colour, width, questions, progress and Ctrl-C."""

import os
import re
import sys
import threading
from pathlib import Path
from typing import Any

import pexpect  # type: ignore[import-untyped]
import pytest

from chargeover import ChargeOver
from chargeover_cli.customers.columns import USUAL
from chargeover_sandbox import LocalSandbox
from tests.support.processes import WITH_DEFAULT_SIGNALS
from tests.support.servers import json_server

PATIENCE = 20
COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def typed(sandbox_url: str, words: list[str], *, width: int = 80, **environment: str) -> Any:
    """The command as a person types it; every key of the terminal works."""
    usual = {name: value for name, value in os.environ.items() if not name.startswith(("CHARGEOVER_", "NO_COLOR"))}
    usual.pop("COLUMNS", None)
    account = {"CHARGEOVER_BASE_URL": sandbox_url, "CHARGEOVER_USERNAME": "sandbox", "CHARGEOVER_PASSWORD": "sandbox"}
    command, *arguments = [*WITH_DEFAULT_SIGNALS, *words]
    return pexpect.spawn(
        command,
        arguments,
        env={**usual, "TERM": "xterm-256color", **account, **environment},
        dimensions=(24, width),
        encoding="utf-8",
        timeout=PATIENCE,
    )


def chargeover(*words: str) -> list[str]:
    return [sys.executable, "-m", "chargeover_cli", *words]


def finished(terminal: Any) -> tuple[int, str]:
    """The exit status, and all that was shown since the last expectation."""
    terminal.expect(pexpect.EOF)
    terminal.close()
    return terminal.exitstatus, terminal.before.replace("\r\n", "\n")


def test_a_table_has_colour_and_the_width_of_the_terminal(sandbox: LocalSandbox, client: ChargeOver) -> None:
    client.customers.create(company="Acme " * 30, bill_city="Bonn")
    status, shown = finished(typed(sandbox.url, chargeover("customers", "list"), width=70))
    assert status == 0
    assert COLOUR.search(shown)
    assert max(len(line) for line in COLOUR.sub("", shown).splitlines()) <= 70
    assert len(shown.splitlines()) > 4  # the long name is broken into lines, not cut
    assert COLOUR.sub("", shown).splitlines()[0].split() == [*USUAL]
    status, plain = finished(typed(sandbox.url, chargeover("customers", "list"), width=70, NO_COLOR="1"))
    assert (status, "\x1b" in plain) == (0, False)


@pytest.mark.long
def test_a_live_account_asks(sandbox: LocalSandbox, client: ChargeOver, tmp_path: Path) -> None:
    file = tmp_path / "profiles.toml"
    file.write_text(
        f'[acme]\nbase_url = "{sandbox.url}"\nusername = "sandbox"\npassword = "sandbox"\nlive = true\n',
        encoding="utf-8",
    )
    file.chmod(0o600)
    for key, status, count in (("n", 1, 0), ("y", 0, 1)):
        words = chargeover("customers", "create", "--company", "Acme", "--profile", "acme")
        terminal = typed(sandbox.url, words, CHARGEOVER_CONFIG=str(file))
        terminal.expect_exact("The profile acme is live. Really create a customer? [y/N]: ")
        terminal.sendline(key)
        done = finished(terminal)
        assert (done[0], client.customers.count()) == (status, count), done
        assert ("Nothing was changed." in done[1]) is (key == "n")


@pytest.mark.long
def test_a_password_is_asked_for_and_not_shown(tmp_path: Path) -> None:
    file = tmp_path / "profiles.toml"
    words = chargeover("profiles", "add", "acme", "--instance", "acme", "--username", "u")
    terminal = typed("", words, CHARGEOVER_CONFIG=str(file))
    terminal.expect_exact("Private key of the API key: ")
    terminal.waitnoecho()
    terminal.sendline("hush")
    status, shown = finished(terminal)
    assert (status, "hush" in shown) == (0, False)
    assert 'password = "hush"' in file.read_text(encoding="utf-8")


@pytest.mark.parametrize("form", ["jsonl", pytest.param("csv", marks=pytest.mark.long)])
def test_ctrl_c_stops_at_once_and_says_how_to_go_on(form: str, tmp_path: Path) -> None:
    released = threading.Event()
    target = tmp_path / "customers.csv"

    def answer(path: str, body: Any) -> object:
        if "_count" in path:
            return 1000
        if "GT" in path:
            released.wait(PATIENCE)
        return [{"customer_id": number, "company": "C"} for number in range(1, 501)]

    with json_server(answer) as url:
        words = chargeover("customers", "list" if form == "jsonl" else "export", "--output", form)
        if form == "jsonl":
            terminal = typed(url, words)
            terminal.expect_exact('{"customer_id": 500, "company": "C"}')
        else:
            terminal = typed(url, ["sh", "-c", f"exec {' '.join(words)} -o {target}"])
            terminal.expect("Reading.*500/1000")
        terminal.sendintr()
        status, shown = finished(terminal)
        released.set()
    assert status == 130
    assert "Traceback" not in shown
    if form == "jsonl":
        sentence = "Stopped. 500 customers were written. The rest: the same command with --where 'customer_id>500'."
    else:
        sentence = f"Stopped. {target} was not written. Run the command again."
        assert [*tmp_path.iterdir()] == []
    assert sentence in " ".join(COLOUR.sub("", shown).split())
