"""``make contract MODE=read-only``: it reads; what it changes it puts back, also where it is ended in the middle."""

import os
import pty
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import httpx2
import pytest

from chargeover_contract.read_only import patience
from chargeover_contract.read_only.changing import SAFE
from chargeover_sandbox import LocalSandbox
from tests.suite.proxy import Replacement, proxy, proxy_without
from tests.suite.running import READ_ONLY, environment_of_read_only, read_only
from tests.support.http import CUSTOMER, create, read
from tests.support.processes import started

_HASTY = """
import os, sys
from chargeover_contract.read_only.__main__ import main
from chargeover_contract.read_only.patience import Patience
if os.isatty(0) and os.isatty(1):
    os.login_tty(os.dup(0))
sys.exit(main(Patience(total=1, first=0.05, longest=0.1, longest_asked=0.3)))
"""
HASTY = [sys.executable, "-c", _HASTY]
"""The same with hardly any patience; on a terminal, with it as the one that it belongs to."""
FIELDS: dict[str, Any] = {
    "company": "Acme",
    "external_key": "crm-1",
    "custom_1": 'it\'s "quoted" $HOME `x` \\ ä\N{GRINNING FACE}\n\0',
    "custom_2": "",
    **{f"custom_{number}": f"value {number}" for number in range(3, 12)},
    "bill_city": "Köln",
}
_TIMEOUT = 30
WRITES = 2 * len([name for name in SAFE if name in FIELDS])


@pytest.fixture
def customer(http: httpx2.Client, sandbox: LocalSandbox) -> str:
    customer_id = create(http, **FIELDS)
    create(http, company="Neighbour")
    sandbox.journal.clear()
    return str(customer_id)


def fields_of(http: httpx2.Client, customer_id: str) -> dict[str, Any]:
    moving = {"mod_datetime", "mod_ipaddr"}
    return {name: value for name, value in read(http, customer_id).items() if name not in moving}


def methods(sandbox: LocalSandbox) -> set[str]:
    return {exchange.method for exchange in sandbox.journal}


def test_it_reads_under_every_name_and_says_no_value(sandbox: LocalSandbox, customer: str) -> None:
    done = read_only(sandbox.url)
    assert done.returncode == 0, done.stdout
    assert methods(sandbox) == {"GET"}
    paths = {exchange.path for exchange in sandbox.journal}
    assert {CUSTOMER, f"{CUSTOMER}/_count", f"{CUSTOMER}/{customer}", f"{CUSTOMER}/external_key:crm-1"} <= paths
    assert any(path.startswith(f"{CUSTOMER}/token:") for path in paths)
    assert done.stdout.endswith("all is right\n")
    assert not [value for value in ("Acme", "crm-1", "Köln", "value 3") if value in done.stdout]


def test_it_names_what_is_wrong_and_what_is_missing(sandbox: LocalSandbox, customer: str) -> None:
    assert customer
    with proxy_without(sandbox.url, lambda method, path: "/_count" in path) as url:
        done = read_only(url)
    assert done.returncode == 1
    assert "WRONG  the server has no count_customers: 404 for GET /api/v3/customer/_count" in done.stdout


@pytest.mark.parametrize(
    "settings",
    [
        {"CUSTOMER_ID": "x", "YES": "1"},
        {"CONTRACT_BASE_URL": ""},
        {"PAUSE": "x"},
        {"PAUSE": "-1"},
        {"PAUSE": "nan"},
        {"PAUSE": "inf"},
    ],
)
def test_it_says_in_one_sentence_what_it_cannot_do(sandbox: LocalSandbox, settings: dict[str, str]) -> None:
    done = read_only(sandbox.url, **settings)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)


def test_a_customer_that_is_not_there_is_one_line(sandbox: LocalSandbox) -> None:
    done = read_only(sandbox.url, CUSTOMER_ID="999", YES="1")
    assert (done.returncode, done.stderr) == (2, "Customer 999 cannot be read, so nothing was changed.\n")
    assert "get_customer" not in done.stdout
    assert "all is right" not in done.stdout


def test_it_changes_no_customer_without_a_terminal_or_consent(sandbox: LocalSandbox, customer: str) -> None:
    done = read_only(sandbox.url, CUSTOMER_ID=customer)
    assert done.returncode == 2
    assert "there is no terminal to ask on" in done.stderr
    assert not sandbox.journal


def test_it_changes_one_customer_and_puts_every_field_back(
    sandbox: LocalSandbox, http: httpx2.Client, customer: str
) -> None:
    before, neighbour = fields_of(http, customer), read(http, 2)
    done = read_only(sandbox.url, CUSTOMER_ID=customer, YES="1")
    assert done.returncode == 0, done.stdout
    assert fields_of(http, customer) == before
    assert read(http, 2) == neighbour
    written = [exchange for exchange in sandbox.journal if exchange.method == "PUT"]
    assert {exchange.path for exchange in written} == {f"{CUSTOMER}/{customer}"}
    # Each field that has a text, once to another value and once back; with all confirmed there is nothing else to do.
    assert len(written) == WRITES


@pytest.mark.parametrize(("word", "status", "writes"), [("yes", 0, True), ("y", 2, False), ("", 2, False)])
def test_it_asks_on_the_terminal(sandbox: LocalSandbox, customer: str, word: str, status: int, writes: bool) -> None:
    terminal, stdin = pty.openpty()
    os.write(terminal, f"{word}\n".encode())
    done = subprocess.run(
        READ_ONLY,
        env=environment_of_read_only(sandbox.url, CUSTOMER_ID=customer),
        stdin=stdin,
        capture_output=True,
        text=True,
        check=False,
        timeout=_TIMEOUT,
    )
    os.close(terminal)
    os.close(stdin)
    assert (done.returncode, "PUT" in methods(sandbox)) == (status, writes), done.stdout
    assert "Type yes to go on" in done.stdout


def test_a_concurrent_edit_while_it_asks_stays(sandbox: LocalSandbox, http: httpx2.Client, customer: str) -> None:
    terminal, stdin = pty.openpty()
    settings = environment_of_read_only(sandbox.url, CUSTOMER_ID=customer)
    with started(READ_ONLY, settings, stdin=stdin, stdout=subprocess.PIPE) as process:
        assert process.stdout
        output = b""
        while b"Type yes" not in output:
            output += (read := os.read(process.stdout.fileno(), 10_000))
            assert read, output
        http.put(f"{CUSTOMER}/{customer}", json={"custom_3": "edited", "custom_12": "new"})
        before = fields_of(http, customer)
        os.write(terminal, b"yes\n")
        output += process.communicate(timeout=_TIMEOUT)[0]
    os.close(terminal)
    os.close(stdin)
    assert process.returncode == 0, output
    assert fields_of(http, customer) == before
    line = restoring_line(output.decode())
    assert '"custom_3": "edited"' in line
    assert '"custom_12"' not in line  # it was not named in the question


def test_ctrl_c_at_the_question_changes_nothing(sandbox: LocalSandbox, customer: str) -> None:
    terminal, stdin = pty.openpty()
    settings = environment_of_read_only(sandbox.url, CUSTOMER_ID=customer)
    pipe = subprocess.PIPE
    with started(READ_ONLY, settings, stdin=stdin, stdout=pipe, stderr=pipe) as process:
        assert process.stdout
        output = b""
        while b"Type yes" not in output:
            output += (read := os.read(process.stdout.fileno(), 10_000))
            assert read, output
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=_TIMEOUT)
    os.close(terminal)
    os.close(stdin)
    assert (process.returncode, errors) == (128 + signal.SIGINT, b"")
    assert methods(sandbox) == {"GET"}


def restoring_line(output: str) -> str:
    """The last line that puts the customer back."""
    return [one for one in output.splitlines() if one.startswith("curl ")][-1]


def ended_in_the_middle(
    url: str, customer: str, is_changed: Callable[[], bool], end: signal.Signals, *before: str
) -> tuple[int, str]:
    """The exit status and the output of a run that a signal ended while a field had another value."""
    settings = environment_of_read_only(url, CUSTOMER_ID=customer, YES="1", PAUSE="0.15")
    with started([*before, *READ_ONLY], settings, stdout=subprocess.PIPE, text=True) as process:
        deadline = time.monotonic() + _TIMEOUT
        while not is_changed() and time.monotonic() < deadline:
            time.sleep(0.01)
        process.send_signal(end)
        output, _ = process.communicate(timeout=_TIMEOUT)
    return process.returncode, output


@pytest.mark.long
@pytest.mark.parametrize("end", [signal.SIGHUP, signal.SIGINT, signal.SIGTERM])
def test_a_run_that_is_told_to_end_puts_back_what_is_open(
    sandbox: LocalSandbox, http: httpx2.Client, customer: str, end: signal.Signals
) -> None:
    before = fields_of(http, customer)
    status, output = ended_in_the_middle(sandbox.url, customer, lambda: fields_of(http, customer) != before, end)
    assert status == 128 + end
    assert output.endswith("all is right so far; a signal ended it\n")
    assert "every field is as it was" in output
    assert fields_of(http, customer) == before
    written = [exchange for exchange in sandbox.journal if exchange.method == "PUT"]
    assert len(written) < WRITES


@pytest.mark.long
def test_nohup_holds(sandbox: LocalSandbox, http: httpx2.Client) -> None:
    customer = str(create(http, custom_1="value"))
    before = fields_of(http, customer)
    status, output = ended_in_the_middle(
        sandbox.url, customer, lambda: fields_of(http, customer) != before, signal.SIGHUP, "nohup"
    )
    assert (status, "a signal" in output) == (0, False)
    assert fields_of(http, customer) == before


@pytest.mark.long
def test_the_line_that_it_prints_puts_back_what_a_killed_run_left(
    sandbox: LocalSandbox, http: httpx2.Client, customer: str
) -> None:
    before = fields_of(http, customer)
    _, output = ended_in_the_middle(sandbox.url, customer, lambda: fields_of(http, customer) != before, signal.SIGKILL)
    assert fields_of(http, customer) != before
    line = restoring_line(output)
    assert "sandbox:sandbox" not in line
    subprocess.run(["bash", "-c", line], env=environment_of_read_only(sandbox.url), capture_output=True, check=True)
    assert fields_of(http, customer) == before


class Puts:
    """What becomes of the PUTs, in their order; the last word holds for all the others.

    Attributes:
        number: how many came.
        when: what is done as one of them comes, before it is answered.
    """

    def __init__(self, *answers: Replacement | None) -> None:
        self.number = 0
        self.when: dict[int, Callable[[], object]] = {}
        self._answers = answers

    def __call__(self, method: str, path: str) -> Replacement | None:
        if method != "PUT":
            return None
        self.number += 1
        self.when.get(self.number, int)()
        return self._answers[min(self.number, len(self._answers)) - 1]


def test_a_second_signal_does_not_end_the_putting_back(
    sandbox: LocalSandbox, http: httpx2.Client, customer: str
) -> None:
    before = fields_of(http, customer)
    puts = Puts(None, Replacement(503), Replacement(503), Replacement(503), None)

    def signals() -> None:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            process.send_signal(number)

    puts.when = {2: signals, 3: signals, 4: signals}
    with proxy(sandbox.url, puts) as url:
        settings = environment_of_read_only(url, CUSTOMER_ID=customer, YES="1")
        with started(HASTY, settings, stdout=subprocess.PIPE, text=True) as process:
            output, _ = process.communicate(timeout=_TIMEOUT)
    assert puts.number == 5, output
    assert process.returncode > 128
    assert "every field is as it was" in output
    assert fields_of(http, customer) == before


@pytest.mark.parametrize("errors", [subprocess.PIPE, subprocess.STDOUT])
def test_a_closed_pipe_does_not_keep_it_from_putting_back(
    sandbox: LocalSandbox, http: httpx2.Client, customer: str, errors: int
) -> None:
    before = fields_of(http, customer)
    puts = Puts(None)
    with proxy(sandbox.url, puts) as url:
        settings = environment_of_read_only(url, CUSTOMER_ID=customer, YES="1")
        with started(READ_ONLY, settings, stdout=subprocess.PIPE, stderr=errors, text=True) as process:
            assert process.stdout
            puts.when = {1: process.stdout.close}
            said = process.stderr.read() if process.stderr else None
            process.wait(_TIMEOUT)
    assert (process.returncode, puts.number) == (1, 2)
    assert said is None or "standard output is closed, so no more was changed" in said
    assert said is None or "every field is as it was" in said
    assert fields_of(http, customer) == before


def test_a_closed_terminal_does_not_keep_it_from_putting_back(
    sandbox: LocalSandbox, http: httpx2.Client, customer: str
) -> None:
    before = fields_of(http, customer)
    puts = Puts(None)
    terminal, stdin = pty.openpty()
    puts.when = {2: lambda: os.close(terminal)}
    with proxy(sandbox.url, puts) as url:
        settings = environment_of_read_only(url, CUSTOMER_ID=customer, YES="1")
        with started(HASTY, settings, stdin=stdin, stdout=stdin, stderr=stdin) as process:
            os.close(stdin)
            process.wait(_TIMEOUT)
    assert (process.returncode, puts.number) == (128 + signal.SIGHUP, 2)
    assert fields_of(http, customer) == before


@pytest.mark.parametrize(
    "later",
    [Replacement(503), Replacement(429, {"Retry-After": "3600"}), Replacement(0), Replacement(504, forwards=True)],
)
def test_it_insists_on_putting_back(
    sandbox: LocalSandbox, http: httpx2.Client, customer: str, later: Replacement
) -> None:
    before = fields_of(http, customer)
    puts = Puts(None, later, later, later, None)
    with proxy(sandbox.url, puts) as url:
        done = read_only(url, HASTY, CUSTOMER_ID=customer, YES="1")
    assert (done.returncode, puts.number) == (1, 5), done.stdout
    assert "every field is as it was" in done.stdout
    assert fields_of(http, customer) == before


def test_another_status_than_the_documented_one_is_wrong_once_and_puts_back(
    sandbox: LocalSandbox, http: httpx2.Client, customer: str
) -> None:
    before = fields_of(http, customer)
    puts = Puts(Replacement(200, forwards=True))
    with proxy(sandbox.url, puts) as url:
        done = read_only(url, CUSTOMER_ID=customer, YES="1")
    assert (done.returncode, puts.number) == (1, WRITES), done.stdout
    assert done.stdout.count("the status is 200, not 202") == 1
    assert "every field is as it was" in done.stdout
    assert fields_of(http, customer) == before


@pytest.mark.parametrize(("lost", "status"), [(2, 1), (1000, 3)])
def test_a_customer_that_cannot_be_read_any_more(
    sandbox: LocalSandbox, http: httpx2.Client, customer: str, lost: int, status: int
) -> None:
    before = fields_of(http, customer)
    puts, gets = Puts(None), iter(range(10_000))

    def loses(method: str, path: str) -> Replacement | None:
        return Replacement(0) if method == "GET" and puts.number and next(gets) < lost else puts(method, path)

    with proxy(sandbox.url, loses) as url:
        done = read_only(url, HASTY, CUSTOMER_ID=customer, YES="1")
    assert done.returncode == status, done.stdout
    assert done.stderr == ""
    assert f"WRONG  GET {CUSTOMER}/{customer}: no answer" in done.stdout
    assert ("NOT VERIFIED: custom_1." in done.stdout) == (status == 3)
    assert ("every field is as it was" in done.stdout) == (status == 1)
    assert fields_of(http, customer) == before


def test_a_concurrent_edit_stays_and_is_reported(sandbox: LocalSandbox, http: httpx2.Client, customer: str) -> None:
    before = fields_of(http, customer)
    edit = {"custom_1": "edited", "custom_12": "new"}
    puts = Puts(None)
    # custom_1 was put back by then.
    puts.when = {5: lambda: http.put(f"{CUSTOMER}/{customer}", json=edit)}
    with proxy(sandbox.url, puts) as url:
        done = read_only(url, CUSTOMER_ID=customer, YES="1")
    assert (done.returncode, puts.number) == (3, WRITES), done.stdout
    assert fields_of(http, customer) == {**before, **edit}
    assert "NOT AS BEFORE: custom_1, custom_12." in done.stdout
    assert "NOT PUT BACK" not in done.stdout
    assert done.stdout.count("custom_12 is not what it must be") == 1
    line = restoring_line(done.stdout)
    assert '"custom_1"' in line
    assert '"custom_2"' not in line
    assert '"custom_12"' not in line


@pytest.mark.parametrize("refusal", [Replacement(404), Replacement(503)])
def test_a_customer_that_could_not_be_put_back_is_reported(
    sandbox: LocalSandbox, http: httpx2.Client, customer: str, refusal: Replacement
) -> None:
    before = fields_of(http, customer)
    with proxy(sandbox.url, Puts(None, None, None, refusal)) as url:
        done = read_only(url, HASTY, CUSTOMER_ID=customer, YES="1")
    assert done.returncode == 3
    assert "NOT PUT BACK: custom_2. This does it:\ncurl -sS" in done.stdout
    assert {name for name, value in fields_of(http, customer).items() if value != before[name]} == {"custom_2"}
    line = restoring_line(done.stdout).replace(url, sandbox.url)
    assert '"custom_3"' not in line
    subprocess.run(["bash", "-c", line], env=environment_of_read_only(sandbox.url), capture_output=True, check=True)
    assert fields_of(http, customer) == before


DATE = {"Date": "Mon, 01 Jan 2024 00:00:00 GMT", "Retry-After": "Mon, 01 Jan 2024 00:00:20 GMT"}


@pytest.mark.parametrize(
    ("headers", "waits"),
    [
        ({}, [1, 2, 4, 8, 15, 15, 15, 15, 15]),
        ({"Retry-After": "50"}, [50, 50]),
        ({"Retry-After": "3600"}, [60, 60]),
        (DATE, [20, 20, 20, 20, 20]),
        ({"Retry-After": "0"}, [1] * 90),
    ],
)
def test_it_insists_for_a_minute_and_a_half(
    monkeypatch: pytest.MonkeyPatch, headers: dict[str, str], waits: list[float]
) -> None:
    waited: list[float] = []
    monkeypatch.setattr(patience, "time", SimpleNamespace(sleep=waited.append, monotonic=lambda: sum(waited)))
    said: list[str] = []
    answer = patience.Patience().insist(lambda: httpx2.Response(503, headers=headers), said.append)
    assert (answer, waited, len(said)) == (None, waits, len(waits) + 1)
