"""``make contract MODE=read-only``: it reads; what it changes it puts back, also where it is ended in the middle."""

import os
import pty
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx2
import pytest

from chargeover_sandbox import LocalSandbox
from contract_suite.read_only.changing import SAFE
from support.lacking import server_without

TESTS = Path(__file__).parents[1]
COMMAND = [sys.executable, "-m", "contract_suite.read_only"]
CUSTOMER = "/api/v3/customer"
FIELDS: dict[str, Any] = {
    "company": "Acme",
    "external_key": "crm-1",
    "custom_1": 'it\'s "quoted" $HOME `x` \\ ä\N{GRINNING FACE}\n\0',
    "custom_2": "",
    **{f"custom_{number}": f"value {number}" for number in range(3, 12)},
    "bill_city": "Köln",
}


def environment(url: str, **settings: str) -> dict[str, str]:
    credentials = {"CHARGEOVER_USERNAME": "sandbox", "CHARGEOVER_PASSWORD": "sandbox"}
    return {**os.environ, "CONTRACT_BASE_URL": url, "PAUSE": "0", "PYTHONPATH": str(TESTS), **credentials, **settings}


def run(url: str, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        COMMAND, env=environment(url, **settings), stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )


@pytest.fixture
def customer(http: httpx2.Client, sandbox: LocalSandbox) -> str:
    customer_id = http.post(CUSTOMER, json=FIELDS).json()["response"]["id"]
    http.post(CUSTOMER, json={"company": "Neighbour"})
    sandbox.exchanges.clear()
    return str(customer_id)


def fields_of(http: httpx2.Client, customer_id: str) -> dict[str, Any]:
    fields: dict[str, Any] = http.get(f"{CUSTOMER}/{customer_id}").json()["response"]
    return {name: value for name, value in fields.items() if name not in {"mod_datetime", "mod_ipaddr"}}


def methods(sandbox: LocalSandbox) -> set[str]:
    return {exchange.method for exchange in sandbox.exchanges}


def test_it_reads_under_every_name_and_says_no_value(sandbox: LocalSandbox, customer: str) -> None:
    done = run(sandbox.url)
    assert done.returncode == 0, done.stdout
    assert methods(sandbox) == {"GET"}
    paths = {exchange.path.partition("?")[0] for exchange in sandbox.exchanges}
    assert {CUSTOMER, f"{CUSTOMER}/_count", f"{CUSTOMER}/{customer}", f"{CUSTOMER}/external_key:crm-1"} <= paths
    assert any(path.startswith(f"{CUSTOMER}/token:") for path in paths)
    assert done.stdout.endswith("all is right\n")
    assert not [value for value in ("Acme", "crm-1", "Köln", "value 3") if value in done.stdout]


def test_it_names_what_is_wrong_and_what_is_lacking(sandbox: LocalSandbox, customer: str) -> None:
    assert customer
    with server_without(sandbox.url, lambda method, path: "/_count" in path) as url:
        done = run(url)
    assert done.returncode == 1
    assert "WRONG  the server has no count_customers: 404 for GET /api/v3/customer/_count" in done.stdout


@pytest.mark.parametrize("settings", [{"CUSTOMER_ID": "x", "YES": "1"}, {"CONTRACT_BASE_URL": ""}])
def test_it_says_in_one_sentence_what_it_cannot_do(sandbox: LocalSandbox, settings: dict[str, str]) -> None:
    done = run(sandbox.url, **settings)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)


def test_it_changes_nobody_without_a_terminal_or_a_word(sandbox: LocalSandbox, customer: str) -> None:
    done = run(sandbox.url, CUSTOMER_ID=customer)
    assert done.returncode == 2
    assert "there is no terminal to ask on" in done.stderr
    assert not sandbox.exchanges


def test_it_changes_one_customer_and_puts_every_field_back(
    sandbox: LocalSandbox, http: httpx2.Client, customer: str
) -> None:
    before, neighbour = fields_of(http, customer), http.get(f"{CUSTOMER}/2").json()
    done = run(sandbox.url, CUSTOMER_ID=customer, YES="1")
    assert done.returncode == 0, done.stdout
    assert fields_of(http, customer) == before
    assert http.get(f"{CUSTOMER}/2").json() == neighbour
    written = [exchange for exchange in sandbox.exchanges if exchange.method == "PUT"]
    assert {exchange.path for exchange in written} == {f"{CUSTOMER}/{customer}"}
    # Each field that has a text, once to another value and once back; then all of them.
    assert len(written) == 2 * len([name for name in SAFE if name in FIELDS]) + 1


@pytest.mark.parametrize(("word", "status", "writes"), [("yes", 0, True), ("y", 2, False), ("", 2, False)])
def test_it_asks_on_the_terminal(sandbox: LocalSandbox, customer: str, word: str, status: int, writes: bool) -> None:
    ours, theirs = pty.openpty()
    os.write(ours, f"{word}\n".encode())
    done = subprocess.run(
        COMMAND,
        env=environment(sandbox.url, CUSTOMER_ID=customer),
        stdin=theirs,
        capture_output=True,
        text=True,
        check=False,
    )
    os.close(ours)
    os.close(theirs)
    assert (done.returncode, "PUT" in methods(sandbox)) == (status, writes), done.stdout
    assert "Type yes to go on" in done.stdout


def ended_in_the_middle(url: str, customer: str, is_changed: Callable[[], bool], end: signal.Signals) -> str:
    """The output of a run that a signal ended while a field had another value."""
    settings = environment(url, CUSTOMER_ID=customer, YES="1", PAUSE="0.15")
    with subprocess.Popen(COMMAND, env=settings, stdout=subprocess.PIPE, text=True) as process:
        deadline = time.monotonic() + 20
        while not is_changed() and time.monotonic() < deadline:
            time.sleep(0.01)
        process.send_signal(end)
        output, _ = process.communicate(timeout=20)
    return output


def test_a_run_that_is_told_to_end_puts_everything_back(
    sandbox: LocalSandbox, http: httpx2.Client, customer: str
) -> None:
    before = fields_of(http, customer)
    output = ended_in_the_middle(sandbox.url, customer, lambda: fields_of(http, customer) != before, signal.SIGTERM)
    assert "every field is as it was" in output
    assert fields_of(http, customer) == before


def test_the_line_that_it_prints_puts_back_what_a_killed_run_left(
    sandbox: LocalSandbox, http: httpx2.Client, customer: str
) -> None:
    before = fields_of(http, customer)
    output = ended_in_the_middle(sandbox.url, customer, lambda: fields_of(http, customer) != before, signal.SIGKILL)
    assert fields_of(http, customer) != before
    (line,) = [one for one in output.splitlines() if one.startswith("curl ")]
    assert "sandbox:sandbox" not in line
    subprocess.run(["bash", "-c", line], env=environment(sandbox.url), capture_output=True, check=True)
    assert fields_of(http, customer) == before


def test_a_customer_that_could_not_be_put_back_is_said_loudly(
    sandbox: LocalSandbox, http: httpx2.Client, customer: str
) -> None:
    before = fields_of(http, customer)
    puts = iter(range(100))
    with closing(http), server_without(sandbox.url, lambda method, path: method == "PUT" and next(puts) > 0) as url:
        done = run(url, CUSTOMER_ID=customer, YES="1")
        assert done.returncode == 3
        assert "NOT PUT BACK. This does it:\ncurl -sS" in done.stdout
        assert fields_of(http, customer) != before
