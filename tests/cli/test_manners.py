"""How the command behaves: exit statuses, help, streams, and what it imports."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.core import TyperCommand, TyperGroup

import chargeover
from chargeover import ChargeOver
from chargeover_cli import running, statuses
from chargeover_cli.groups import Group, loaded
from chargeover_cli.inside import CUSTOMER_CREATE, CUSTOMER_UPDATE, descriptions
from chargeover_cli.table import COMMANDS
from chargeover_sandbox import BUGS, LocalSandbox
from tests.cli.conftest import Run
from tests.support.processes import WITH_DEFAULT_SIGNALS
from tests.support.scripted import no
from tests.support.servers import json_server


def commands(table: Any = COMMANDS, *names: str) -> Iterator[tuple[str, ...]]:
    """The words of every command and group."""
    for name, entry in table.items():
        if not entry.extra:
            yield (*names, name)
            command = loaded(name, entry)
            if isinstance(command, Group):
                yield from commands(command.table, *names, name)


@pytest.mark.parametrize("words", [(), *commands()], ids=lambda words: " ".join(words) or "chargeover")
def test_help_reads_well_at_80_columns(bare: Run, words: tuple[str, ...]) -> None:
    done = bare(*words, "--help")
    assert (done.status, done.err) == (0, "")
    assert max(map(len, done.out.splitlines())) <= 80
    assert "\x1b" not in done.out
    assert done.out.startswith(f"Usage: {' '.join(('chargeover', *words))} ")
    for section in ("Options:", "Account:"):
        assert section in done.out
    # Each option and command says what it is for.
    for line in re.findall(r"^  (?:-\S+|[a-z][a-z-]*)$", done.out, re.MULTILINE):
        raise AssertionError(f"{line} has no help")


@pytest.mark.parametrize(
    ("command", "rules", "texts"),
    [
        ("create", CUSTOMER_CREATE, descriptions.CUSTOMER_CREATE),
        ("update", CUSTOMER_UPDATE, descriptions.CUSTOMER_UPDATE),
        ("diff", CUSTOMER_UPDATE, descriptions.CUSTOMER_UPDATE),
    ],
)
def test_every_field_of_the_contract_is_an_option_with_its_description(
    bare: Run, command: str, rules: dict[str, object], texts: dict[str, str]
) -> None:
    shown = " ".join(bare("customers", command, "--help").out.split())
    assert texts.keys() == rules.keys()
    for name in rules:
        assert texts[name]
        assert re.search(rf"--{name.replace('_', '-')} \S+ {re.escape(texts[name])}", shown), name


def test_no_option_has_two_meanings() -> None:
    for words in commands():
        command: TyperCommand | TyperGroup = running.root()
        for word in words:
            assert isinstance(command, Group)
            command = loaded(word, command.table[word])
        options = [option for parameter in command.params for option in parameter.opts]
        assert len(options) == len({*options}), words


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ((), "Usage: chargeover [OPTIONS] COMMAND"),
        (("customers",), "Usage: chargeover customers [OPTIONS] COMMAND"),
        (("customer", "list"), "No such command 'customer'. Did you mean 'customers'?"),
        (("customers", "lst"), "No such command 'lst'. Did you mean 'list'?"),
        (("customers", "list", "--feilds", "x"), "No such option: --feilds"),
        (("customers", "get"), "Missing argument 'CUSTOMER'."),
    ],
)
def test_usage_is_explained_on_standard_error(bare: Run, words: tuple[str, ...], sentence: str) -> None:
    done = bare(*words)
    assert (done.status, done.out) == (2, "")
    assert sentence in done.err


def test_the_version_is_shown(bare: Run) -> None:
    assert bare("--version").out == f"chargeover {chargeover.__version__}\n"


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (statuses.CommandError("x"), 2),
        (chargeover.InvalidFieldError("x"), 2),
        (chargeover.ConfigurationError("x"), 2),
        (chargeover.APIConnectionError("x"), 4),
        (chargeover.APITimeoutError("x"), 4),
        (chargeover.ResponseTooLargeError("x"), 1),
        (chargeover.ClosedClientError("x"), 4),
    ],
)
def test_the_status_of_an_error(error: Exception, status: int) -> None:
    report = statuses.report_of(error)
    assert report is not None
    assert report["status"] == status


@pytest.mark.parametrize(
    ("http_status", "status"),
    [(400, 1), (404, 1), (409, 1), (401, 3), (403, 3), (408, 4), (429, 4), (500, 4), (520, 4)],
)
def test_the_status_of_a_refusal(http_status: int, status: int) -> None:
    reply = no(http_status)
    request = chargeover.SentRequest("GET", "https://acme.chargeover.com/", {})
    error = chargeover._errors.error_class(http_status)(
        request, chargeover.ReceivedResponse(reply.status, reply.headers, reply.body)
    )
    report = statuses.report_of(error)
    assert report is not None
    assert report["status"] == status


def test_every_status_is_explained_in_the_help_and_in_the_guide() -> None:
    guide = (Path(__file__).parents[2] / "docs" / "guides" / "command.md").read_text(encoding="utf-8")
    numbers = {value for name, value in vars(statuses).items() if name.isupper() and isinstance(value, int)}
    assert numbers == {int(number) for number in re.findall(r"^\| (\d+) \|", guide, re.MULTILINE)}
    assert numbers - {141} == {int(number) for number in re.findall(r"\b(\d+) [a-zA-Z]", statuses.EXPLAINED)}


def test_an_unexpected_exception_is_one_line_unless_debug_is_given(
    chargeover: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*arguments: object) -> None:
        raise ZeroDivisionError("a bug")

    monkeypatch.setattr("chargeover_cli.customers.reading.where_of", fail)
    short = chargeover("customers", "count")
    assert (short.status, short.err) == (1, "chargeover: ZeroDivisionError: a bug. With --debug, it shows where.\n")
    for words in (("--debug", "customers", "count"), ("customers", "count", "--debug")):
        long = chargeover(*words)
        assert long.err.startswith("Traceback")
        assert long.err.endswith("chargeover: ZeroDivisionError: a bug.\n")
        assert "sandbox:sandbox" not in long.err


def test_an_interruption_says_how_to_go_on(chargeover: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*arguments: object, **named: object) -> None:
        raise KeyboardInterrupt

    for method, words, sentence in (
        ("create", ("create", "--company", "A"), "The customer may have been created"),
        ("update", ("update", "1", "--company", "A"), "The change may have been made."),
        ("delete", ("delete", "1"), "The customer may have been deleted."),
        ("disconnect_parent", ("disconnect-parent", "1"), "It may have been done."),
        ("count", ("count",), "Nothing was sent that changes anything."),
    ):
        monkeypatch.setattr(f"chargeover._customers.methods.Customers.{method}", interrupt)
        done = chargeover("customers", *words)
        assert (done.status, done.out) == (130, "")
        assert done.err.startswith(f"chargeover: Stopped. {sentence}")


def environment(sandbox: LocalSandbox, **more: str) -> dict[str, str]:
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("CHARGEOVER_")},
        "CHARGEOVER_BASE_URL": sandbox.url,
        "CHARGEOVER_USERNAME": sandbox.username,
        "CHARGEOVER_PASSWORD": sandbox.password,
        **more,
    }


def test_a_reader_that_goes_away_is_no_failure_to_shout_about(sandbox: LocalSandbox, client: ChargeOver) -> None:
    for number in range(20):
        client.customers.create(company=f"C{number}", custom_1="x" * 20_000)  # more than a pipe holds
    listing = f"{sys.executable} -m chargeover_cli customers list --output jsonl"
    command = f"{listing} | head -n 1 | cut -c 1-16; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(
        [*WITH_DEFAULT_SIGNALS, "bash", "-c", command],
        env=environment(sandbox),
        capture_output=True,
        text=True,
        check=True,
    )
    assert (done.stdout, done.stderr) == ('{"customer_id": \n141\n', "")


def test_without_the_extra_one_sentence_says_how_to_get_it() -> None:
    code = "import sys; sys.modules['typer'] = None; from chargeover_cli.__main__ import main; main(['--help'])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert re.fullmatch(
        r"chargeover: typer is missing: install the distribution with its extra cli, .*\./chargeover\[cli\].*\n",
        done.stderr,
    )


def test_help_imports_neither_the_client_nor_its_http_library_nor_rich() -> None:
    code = (
        "import sys, contextlib\nfrom chargeover_cli.__main__ import main\n"
        "with contextlib.suppress(SystemExit): main(['customers', '--help'])\n"
        "print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "disconnect-parent" in done.stdout
    assert not {"chargeover", "chargeover_api", "httpx2", "anyio", "rich", "yaml", "platformdirs"} & {
        *done.stderr.split()
    }


def test_the_sandbox_is_a_command_too(bare: Run, capsys: pytest.CaptureFixture[str]) -> None:
    done = bare("sandbox", "--bugs")
    assert (done.status, done.err) == (0, "")
    assert [line.partition("\t")[0] for line in done.out.splitlines()] == [*BUGS]
    with pytest.raises(SystemExit) as ended:
        bare("sandbox", "--prot", "1")
    assert ended.value.code == 2
    assert capsys.readouterr().err.startswith("usage: chargeover sandbox ")


def test_without_the_extra_of_a_program_one_sentence_says_how_to_get_it(
    bare: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "chargeover_sandbox.__main__", None)
    done = bare("sandbox")
    assert (done.status, done.out) == (2, "")
    assert "install the distribution with its extra sandbox" in done.err


def test_completion_knows_commands_options_and_values(
    bare: Run, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def complete(line: str) -> set[str]:
        monkeypatch.setenv("_CHARGEOVER_COMPLETE", "complete_bash")
        monkeypatch.setenv("COMP_WORDS", line)
        monkeypatch.setenv("COMP_CWORD", str(line.count(" ")))
        with pytest.raises(SystemExit) as ended:
            bare()
        assert ended.value.code == 0
        return {*capsys.readouterr().out.split()}

    assert complete("chargeover ") == {*COMMANDS}
    assert complete("chargeover customers up") == {"update"}
    assert {"--company", "--custom-20"} <= complete("chargeover customers update 1 --c")
    assert complete("chargeover customers update 1 --invoice-delivery p") == {"print"}
    assert complete("chargeover customers list --output j") == {"json", "jsonl"}


def test_a_retry_is_told_on_standard_error(chargeover: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter([None, 5])

    def answer(path: str, body: Any) -> object:
        if (found := next(answers)) is None:
            raise ConnectionError
        return found

    with json_server(answer) as url:
        monkeypatch.setenv("CHARGEOVER_BASE_URL", url)
        done = chargeover("customers", "count")
    assert (done.status, done.out) == (0, "5\n")
    assert re.search(r"trying again in [\d.]+ s \(attempt 1 failed\)\.", done.err)


def test_output_that_cannot_be_written_is_a_failure(sandbox: LocalSandbox) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("this system has no /dev/full")
    command = (sys.executable, "-m", "chargeover_cli", "customers", "count")
    with full.open("w") as stream:
        done = subprocess.run(
            command, env=environment(sandbox), stdout=stream, stderr=subprocess.PIPE, text=True, check=False
        )
    sentence = "chargeover: The output cannot be written: No space left on device.\n"
    assert (done.returncode, done.stderr) == (1, sentence)


def test_closed_streams_are_no_failure(sandbox: LocalSandbox) -> None:
    listing = f"{sys.executable} -m chargeover_cli customers count"
    done = subprocess.run(["sh", "-c", f"exec {listing} <&- >&- 2>&-"], env=environment(sandbox), check=False)
    assert done.returncode == 0
