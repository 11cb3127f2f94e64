"""Planted bugs: each can be seen over HTTP, and none where it was not asked for."""

import re
import subprocess
import sys
import threading
from collections.abc import Generator
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
from starlette.types import Receive, Scope, Send

from chargeover_contract.sandbox import sandbox_process
from chargeover_sandbox import BUGS, LocalSandbox
from chargeover_sandbox.bugs import CATEGORIES, bugs_named
from chargeover_sandbox.control.accounts import Accounts
from chargeover_sandbox.customers.resource import Customers
from chargeover_sandbox.requests.app import SandboxApp
from chargeover_sandbox.requests.urls import url_of_address
from chargeover_sandbox.serving.opening import open_app, open_sandbox
from chargeover_sandbox.serving.server import SandboxServer, listen
from tests.sandbox.observer import Observer
from tests.sandbox.probes import PROBES
from tests.support.http import CUSTOMER, connect

PAGE = Path(__file__).parents[2] / "docs" / "bugs.md"


class Switch:
    """One server for many sandboxes, one at a time: to start and stop a server takes longer than to build a sandbox."""

    app: Accounts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.app(scope, receive, send)


@pytest.fixture(scope="module")
def server() -> Generator[tuple[Switch, str]]:
    switch, listener, ready = Switch(), listen("127.0.0.1", 0), threading.Event()
    server = SandboxServer(switch, listener, ready.set)
    thread = threading.Thread(target=server.serve_until_stopped)
    thread.start()
    ready.wait()
    yield switch, url_of_address(*listener.getsockname()[:2])
    server.should_exit = True
    thread.join()


@pytest.mark.parametrize("name", BUGS)
def test_a_bug_is_seen_where_it_is_planted_and_only_there(
    server: tuple[Switch, str], chargeover_session_sandbox: LocalSandbox, name: str
) -> None:
    probe, (switch, url) = PROBES[name], server
    chargeover_session_sandbox.start_over()
    with connect(chargeover_session_sandbox.url) as http:
        assert probe.observe(Observer(http)) == probe.right
    with closing(open_sandbox(None, "sandbox", "sandbox", bugs_named([name]))) as switch.app, connect(url) as http:
        assert probe.observe(Observer(http)) == probe.wrong
        assert http.post("/_sandbox/reset", json={}).json()["status"] == "OK"


def test_every_bug_has_a_probe_and_a_name_of_its_own() -> None:
    names = [bug.name for category in CATEGORIES for bug in category.bugs]
    assert names == list(BUGS)
    assert set(PROBES) == set(BUGS)
    assert [name for name in BUGS if not re.fullmatch(r"[a-z]+(-[a-z0-9]+)+", name)] == []
    assert len(set(BUGS.values())) == len(BUGS)


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "chargeover_sandbox", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=30)


def test_the_command_lists_them() -> None:
    done = run("--bugs")
    assert (done.returncode, done.stderr) == (0, "")
    assert dict(line.split("\t") for line in done.stdout.splitlines()) == BUGS


def test_the_command_plants_those_that_are_named_and_says_so() -> None:
    with sandbox_process("--bug", "create-is-200", "--bug", "update-is-200") as sandbox:
        with connect(sandbox.url) as http:
            assert http.post(CUSTOMER, json={"company": "Acme"}).status_code == 200
            assert http.put(f"{CUSTOMER}/1", json={}).status_code == 200
        assert "Planted bugs: create-is-200, update-is-200\n" in sandbox.log()


def test_a_name_that_no_bug_has_is_one_clear_error() -> None:
    done = run("--bug", "update-is-lots")
    assert (done.returncode, done.stdout) == (2, "")
    assert "there is no bug 'update-is-lots'; the nearest are update-is-lost" in done.stderr.splitlines()[-1]
    with pytest.raises(ValueError, match=r"there is no bug 'qqq'$"):
        LocalSandbox(bugs=["qqq"])


def test_two_sandboxes_of_one_process_differ() -> None:
    with LocalSandbox(bugs=["create-is-200"]) as wrong, LocalSandbox() as sound:
        for sandbox, status in ((wrong, 200), (sound, 201), (wrong, 200)):
            with connect(sandbox.url) as http:
                assert http.post(CUSTOMER, json={"company": "Acme"}).status_code == status


def test_a_sandbox_without_bugs_is_left_as_it_is() -> None:
    """Also beside one that has all of them."""
    with closing(open_app(None, "u", "p")) as before, closing(open_app(None, "u", "p", bugs=bugs_named(BUGS))) as wrong:
        with closing(open_app(None, "u", "p")) as after:
            assert patches_in(before) == patches_in(after) == []
        assert patches_in(wrong)


def patches_in(app: SandboxApp) -> list[str]:
    """The functions that are put around others in the objects of a sandbox."""
    (customers,) = (resource for resource in app.resources if isinstance(resource, Customers))
    objects = [app, app.credentials, app.reader, app.dispatcher, app.contract, customers, customers.store]
    members = [member for one in objects for member in vars(one).items()]
    members += [*app.dispatcher.handlers.items(), *customers.readers.items()]
    return [name for name, value in members if isinstance(value, partial)]


def test_the_page_lists_them_all_by_category() -> None:
    page = PAGE.read_text(encoding="utf-8")
    rows = [
        line
        for category in CATEGORIES
        for line in (f"### {category.title}", *(f"| `{bug.name}` | {bug.summary} |" for bug in category.bugs))
    ]
    assert re.findall(r"^(?:###.*|\| `.*)$", page, re.MULTILINE) == rows
