"""``chargeover sync`` in a real terminal: every command of the guide, colour, width, progress and Ctrl-C."""

import re
from pathlib import Path
from typing import Any

import pexpect  # type: ignore[import-untyped]
import pytest

from chargeover import ChargeOver, sync
from chargeover_cli.sync.table import COMMANDS
from chargeover_sandbox import LocalSandbox
from tests.cli.test_terminal import COLOUR, PATIENCE, chargeover, finished, typed
from tests.support.plans import fill

GUIDE = Path(__file__).parents[2] / "docs" / "guides" / "sync.md"
WIDTH = 60
HEADER = "external_key,company,bill_city\n"
LONG = "Acme " * 30
# What a person types, the exit status, and a part of what is shown. A file of four rows, one of them without customer.
SESSION = [
    ("plan crm.csv -o crm.plan", 0, "planned    2"),
    ("show crm.plan", 0, "bill_city: "),
    ("show crm.plan | head -1", 0, "account"),
    ("show crm.plan --outcome missing", 0, "crm-x, line 5: missing"),
    ("apply crm.plan --flag emails=off", 1, "1 row needs a person."),
    ("rejects crm.plan > fix.csv", 0, "Wrote 1 row."),
    ("plan fix.csv -o fix.plan --create-missing --exit-code", 6, "creations  1"),
    ("apply fix.plan", 0, "done       1"),
    ("undo crm.plan -o back.plan", 0, "Wrote back.plan. It holds customer data;"),
    ("split back.plan --into 2", 0, "back-02.plan"),
    ("apply back-01.plan --force", 0, "done  1"),
    ("status back.plan back-01.plan back-02.plan", 0, "total"),
]


def prepared(folder: Path, client: ChargeOver) -> None:
    fill(client, 3)
    (folder / "crm.csv").write_text(f"{HEADER}crm-0,{LONG},Köln\ncrm-1,Company 1,Ulm\ncrm-2,,\ncrm-x,X,Ulm\n", "utf-8")


def shell(sandbox: LocalSandbox, folder: Path, **environment: str) -> Any:
    """A shell in a folder, without a prompt of its own or echo."""
    own = {"CHARGEOVER_CONFIG": str(folder / "profiles.toml"), "PS1": "", **environment}
    terminal = typed(sandbox.url, ["bash", "--norc", "--noprofile", "--noediting"], width=WIDTH, **own)
    terminal.setecho(False)
    words = " ".join(chargeover())
    terminal.sendline(f'cd {folder}; chargeover() {{ {words} "$@"; }}; PS1=; stty -echo; echo ready$((1+1))')
    terminal.expect_exact("ready2")
    return terminal


def shown_by(terminal: Any, command: str) -> tuple[int, str]:
    """The exit status of a command of ``chargeover sync`` that is typed, and all that it shows."""
    terminal.sendline(f'chargeover sync {command}; echo "<$?>"')
    terminal.expect(r"<(\d+)>\r\n")
    return int(terminal.match[1]), terminal.before.replace("\r\n", "\n").strip()


@pytest.mark.long
@pytest.mark.parametrize("no_color", ["", "1"])
def test_every_command_of_the_guide(sandbox: LocalSandbox, client: ChargeOver, tmp_path: Path, no_color: str) -> None:
    documented = set(re.findall(r"chargeover sync (\w+)", GUIDE.read_text(encoding="utf-8")))
    assert documented == {*COMMANDS} == {command.split()[0] for command, _, _ in SESSION}
    prepared(tmp_path, client)
    terminal = shell(sandbox, tmp_path, **({"NO_COLOR": no_color} if no_color else {}))
    for command, status, part in SESSION:
        found, shown = shown_by(terminal, command)
        assert (found, part in COLOUR.sub("", shown)) == (status, True), f"{command}: {shown}"
        name = command.split()[0]
        is_table = "|" not in command and (name == "show" or "back-01.plan back-02.plan" in command)
        # Tables, and the bars of progress.
        has_colour = not no_color and (is_table or name in {"plan", "apply"})
        assert bool(COLOUR.search(shown)) is has_colour, f"{command}: {shown!r}"
        if is_table:
            lines = COLOUR.sub("", shown).splitlines()
            assert max(map(len, lines)) <= WIDTH, shown
    assert client.customers.get_by_external_key("crm-x").company == "X"
    terminal.sendline("exit")
    terminal.expect(pexpect.EOF)


def many(folder: Path, client: ChargeOver) -> None:
    fill(client, 1500)
    lines = [f"crm-{one},Other {one},\n" for one in range(1500)]
    (folder / "crm.csv").write_text("".join([HEADER, *lines]), encoding="utf-8")


def in_folder(sandbox: LocalSandbox, folder: Path, *words: str) -> Any:
    command = " ".join(chargeover("sync", *words))
    return typed(sandbox.url, ["sh", "-c", f"cd {folder} && exec {command}"], width=100)


@pytest.mark.long
def test_progress_and_ctrl_c_of_apply(sandbox: LocalSandbox, client: ChargeOver, tmp_path: Path) -> None:
    many(tmp_path, client)
    plan = sync.plan(client, sync.read(tmp_path / "crm.csv"), tmp_path / "crm.plan")
    sandbox.faults.add(delay=0.2, operation="bulk")
    terminal = in_folder(sandbox, tmp_path, "apply", "crm.plan")
    terminal.expect(r"Applying.*\d+/1,500  \d+/s  \d:\d\d:\d\d left  0 failed")
    terminal.sendintr()
    status, shown = finished(terminal)
    assert (status, "Traceback" in shown) == (130, False)
    assert "Stopped. crm.plan knows what was done. The same command does the rest." in shown
    counts = plan.status.counts
    assert counts["planned"]
    sandbox.faults.clear()
    status, shown = finished(in_folder(sandbox, tmp_path, "apply", "crm.plan"))
    assert (status, "done  1,500" in shown) == (0, True)


@pytest.mark.long
def test_ctrl_c_of_plan_leaves_nothing(sandbox: LocalSandbox, client: ChargeOver, tmp_path: Path) -> None:
    many(tmp_path, client)
    with sandbox.faults.of(delay=PATIENCE, operation="list_customers"):
        terminal = in_folder(sandbox, tmp_path, "plan", "crm.csv", "-o", "crm.plan")
        terminal.expect(r"Reading rows.*1,500  [\d,]+/s")
        sandbox.journal.wait_for("GET", path="/api/v3/customer/_count", timeout=PATIENCE)
        terminal.sendintr()
        status, shown = finished(terminal)
    assert (status, "Traceback" in shown) == (130, False)
    assert "crm.plan was not made, and nothing was changed. Run the command again." in shown
    assert [one.name for one in tmp_path.iterdir()] == ["crm.csv"]


@pytest.mark.long
def test_a_live_account_asks_before_apply(sandbox: LocalSandbox, client: ChargeOver, tmp_path: Path) -> None:
    prepared(tmp_path, client)
    sync.plan(client, sync.read(tmp_path / "crm.csv"), tmp_path / "crm.plan")
    file = tmp_path / "profiles.toml"
    file.write_text(
        f'[acme]\nbase_url = "{sandbox.url}"\nusername = "sandbox"\npassword = "sandbox"\nlive = true\n',
        encoding="utf-8",
    )
    file.chmod(0o600)
    for key, status, city in (("n", 1, None), ("y", 1, "Köln")):
        words = chargeover("sync", "apply", str(tmp_path / "crm.plan"), "--profile", "acme")
        terminal = typed(sandbox.url, words, width=200, CHARGEOVER_CONFIG=str(file))
        terminal.expect_exact("The profile acme is live. Really change 2 customers? [y/N]: ")
        terminal.sendline(key)
        done = finished(terminal)
        assert (done[0], client.customers.get_by_external_key("crm-0").bill_city) == (status, city), done
        assert ("Nothing was changed." in done[1]) is (key == "n")
