"""The password is nowhere: in no repr, log, traceback with locals, pickle or command, whatever happens."""

import asyncio
import base64
import copy
import io
import logging
import os
import pickle
import signal
import socket
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import httpx2
import pytest

from chargeover import AsyncChargeOver, BulkError, BulkRequest, ChargeOver, ChargeOverError, ConfigurationError
from chargeover._settings.secrets import Secret
from chargeover_sandbox import LocalSandbox
from tests.support.internals import session_of
from tests.support.scripts import run_python
from tests.support.secrets import assert_no_secret

USERNAME, PASSWORD = "key-user", "tr0ub4dor-and-3"
ENCODED = base64.b64encode(f"{USERNAME}:{PASSWORD}".encode()).decode("ascii")
UNREACHABLE = "http://127.0.0.1:1"
HALF = "\ud800"

# What a client is built with, wrongly. By name, because the locals of these tests are part of the tracebacks.
WRONG: dict[str, dict[str, Any]] = {
    "credentials in the URL": {"base_url": f"https://{USERNAME}:{PASSWORD}@acme.chargeover.com"},
    "credentials in an invalid URL": {"base_url": f"https://{USERNAME}:{PASSWORD}@[::1"},
    "credentials in a URL without a scheme": {"base_url": f"{USERNAME}:{PASSWORD}@acme.chargeover.com"},
    "credentials in the instance": {"base_url": None, "instance": f"{USERNAME}:{PASSWORD}@acme"},
    "both in the username": {"username": f"{USERNAME}:{PASSWORD}"},
    "bytes for a password": {"password": PASSWORD.encode()},
    "bytes for a URL": {"base_url": f"https://{USERNAME}:{PASSWORD}@acme.chargeover.com".encode()},
    "a list for a password": {"password": [PASSWORD]},
    "half of a surrogate pair": {"password": PASSWORD + HALF},
    "half of a surrogate pair in the username": {"username": PASSWORD + HALF},
    "no username": {"username": None},
    "no account": {"base_url": None},
    "two accounts": {"instance": "acme"},
    "plain http": {"base_url": "http://acme.chargeover.com"},
    "no time": {"timeout": 0},
    "no deadline": {"deadline": 0},
    "no retries": {"max_retries": -1},
    "no rate": {"requests_per_second": 0},
    "no connections": {"max_connections": 0},
    "no size": {"max_response_bytes": 0},
    "no hook": {"on_retry": 5},
    "no user agent": {"user_agent": "\n"},
    "no certificates": {"ssl_context": "ca.pem"},
    "no client": {"http_client": 5},
    "a proxy for plain http": {"base_url": UNREACHABLE, "proxy": f"http://{USERNAME}:{PASSWORD}@127.0.0.1"},
    "bytes for a proxy": {"proxy": f"http://{USERNAME}:{PASSWORD}@127.0.0.1".encode()},
    "no URL of a proxy": {"proxy": f"ftp://{USERNAME}:{PASSWORD}@127.0.0.1"},
    "no port of a proxy": {"proxy": f"http://{USERNAME}:{PASSWORD}@127.0.0.1:99999"},
    "no host of a proxy": {"proxy": f"http://{USERNAME}:{PASSWORD}@[::1"},
    "a SOCKS proxy": {"proxy": f"socks5://{USERNAME}:{PASSWORD}@127.0.0.1"},
}


def arguments(name: str) -> dict[str, Any]:
    return {"base_url": "https://acme.chargeover.com", "username": USERNAME, "password": PASSWORD, **WRONG[name]}


def build(name: str) -> ChargeOver:
    return ChargeOver(**arguments(name))


def client_at(url: str, **options: Any) -> ChargeOver:
    return ChargeOver(base_url=url, username=USERNAME, password=PASSWORD, **options)


def async_client_at(url: str, **options: Any) -> AsyncChargeOver:
    return AsyncChargeOver(base_url=url, username=USERNAME, password=PASSWORD, **options)


def raised(action: Callable[[], object]) -> BaseException:
    try:
        action()
    except BaseException as error:  # noqa: BLE001  whatever it is
        return error
    raise AssertionError("nothing was raised")


def assert_clean(text: str) -> None:
    for secret in (PASSWORD, ENCODED, ENCODED.rstrip("=")):
        assert secret not in text


@pytest.mark.parametrize("kind", [ChargeOver, AsyncChargeOver])
@pytest.mark.parametrize("name", WRONG)
def test_a_client_that_cannot_be_built(kind: Any, name: str) -> None:
    error = raised(lambda: kind(**arguments(name)))
    assert isinstance(error, ConfigurationError)
    assert_no_secret(error, USERNAME, PASSWORD)


@pytest.mark.parametrize("name", ["PASSWORD", "USERNAME", "BASE_URL", "INSTANCE", "LOG"])
def test_a_variable_that_is_wrong(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    variables = {"BASE_URL": UNREACHABLE, "USERNAME": USERNAME, "PASSWORD": PASSWORD}
    wrong = {"PASSWORD": PASSWORD + HALF, "LOG": "loud"}.get(name, f"x:{PASSWORD}@x")
    if name == "INSTANCE":
        del variables["BASE_URL"]
    monkeypatch.setattr(os, "environ", {f"CHARGEOVER_{one}": text for one, text in {**variables, name: wrong}.items()})
    del variables, wrong
    assert_no_secret(raised(ChargeOver), USERNAME, PASSWORD)


def test_a_proxy_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", f"ftp://{USERNAME}:{PASSWORD}@127.0.0.1")
    error = raised(lambda: client_at("https://acme.chargeover.com"))
    assert isinstance(error, ConfigurationError)
    assert_no_secret(error, USERNAME, PASSWORD)


def calls(client: Any) -> Iterator[Callable[[], object]]:
    """Calls that fail in every way that there is without a server at fault."""
    customers = client.customers
    yield lambda: customers.update(1, company="x")
    yield lambda: customers.create(company="x", external_key="k")
    yield lambda: customers.delete(1)
    yield lambda: customers.diff(1, company="x")
    yield lambda: customers.with_raw_response.get(1)
    yield lambda: client.with_options(extra_body={"a": 1}).customers.get(1)
    yield lambda: customers.get(0)
    yield lambda: list(customers.list())
    yield lambda: list(customers.bulk_update((number, {"company": "x"}) for number in range(1, 60)))
    yield lambda: list(client.bulk([BulkRequest.get_customer(1)]))


@pytest.mark.parametrize("number", range(10))
def test_a_call_without_a_server(number: int) -> None:
    with client_at(UNREACHABLE) as client:
        error = raised([*calls(client)][number])
    assert isinstance(error, ChargeOverError)
    assert_no_secret(error, USERNAME, PASSWORD)


@pytest.mark.parametrize("number", range(10))
def test_a_call_with_wrong_credentials(sandbox: LocalSandbox, number: int) -> None:
    with client_at(sandbox.url) as client:
        error = raised([*calls(client)][number])
    assert isinstance(error, ChargeOverError)
    assert_no_secret(error, USERNAME, PASSWORD)


async def test_awaited_calls(sandbox: LocalSandbox) -> None:
    for url in (UNREACHABLE, sandbox.url):
        async with async_client_at(url) as client:
            with pytest.raises(ChargeOverError) as caught:
                await client.customers.get(1)
            assert_no_secret(caught.value, USERNAME, PASSWORD)
            with pytest.raises(BulkError) as failed:
                _ = [result async for result in client.customers.bulk_update([(1, {"company": "x"})])]
            assert_no_secret(failed.value, USERNAME, PASSWORD)


@pytest.fixture
def silent() -> Iterator[str]:
    """The URL of a server that takes connections, and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"


def test_a_timeout(silent: str) -> None:
    with client_at(silent, timeout=0.1, max_retries=1) as client:
        error = raised(lambda: client.customers.update(1, company="x"))
    assert isinstance(error, ChargeOverError)
    assert_no_secret(error, USERNAME, PASSWORD)


def test_a_closed_client() -> None:
    client = client_at(UNREACHABLE)
    client.close()
    assert_no_secret(raised(lambda: client.customers.get(1)), USERNAME, PASSWORD)


async def test_a_call_that_the_caller_gives_up(silent: str) -> None:
    """The exception is not of this package, and has the frames of the HTTP library."""
    async with async_client_at(silent) as client:
        with pytest.raises(TimeoutError) as caught:
            async with asyncio.timeout(0.1):
                await client.customers.update(1, company="x")
    assert_no_secret(caught.value, USERNAME, PASSWORD)


class AlarmError(BaseException):
    """What a signal handler raises."""


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="this platform has no timers")
def test_a_call_that_a_signal_ends(silent: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def ring(*_: object) -> None:
        raise AlarmError

    before = signal.signal(signal.SIGALRM, ring)
    try:
        with client_at(silent) as client:
            signal.setitimer(signal.ITIMER_REAL, 0.1)
            error = raised(lambda: client.customers.update(1, company="x"))
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    assert isinstance(error, AlarmError)
    assert_no_secret(error, USERNAME, PASSWORD)


def test_what_a_hook_raises(sandbox: LocalSandbox) -> None:
    def hook(_: object) -> None:
        raise ZeroDivisionError

    with client_at(UNREACHABLE, on_retry=hook) as client:
        error = raised(lambda: client.customers.get(1))
    assert isinstance(error, ZeroDivisionError)
    assert_no_secret(error, USERNAME, PASSWORD)


def reachable(root: object) -> Iterator[object]:
    """Everything of this package that an object leads to, and what hangs on that."""
    found: dict[int, object] = {}
    left = [root]
    while left:
        one = left.pop()
        if id(one) in found:
            continue
        found[id(one)] = one
        if type(one).__module__.startswith("chargeover") and not isinstance(one, Secret):
            slots = [name for kind in type(one).__mro__ for name in getattr(kind, "__slots__", ())]
            left += [getattr(one, name) for name in slots if hasattr(one, name)]
            left += getattr(one, "__dict__", {}).values()
    return iter(found.values())


@pytest.mark.parametrize("kind", [ChargeOver, AsyncChargeOver])
def test_a_client_and_all_that_it_leads_to_can_be_printed(kind: Any) -> None:
    client = kind(
        base_url="https://acme.chargeover.com",
        username=USERNAME,
        password=PASSWORD,
        proxy=f"http://{USERNAME}:{PASSWORD}@127.0.0.1:1",
    )
    parts = [*reachable(client), *reachable(client.customers), *reachable(client.customers.with_raw_response)]
    assert len(parts) > 20
    for part in parts:
        assert_clean(f"{part} {part!r}")


@pytest.mark.parametrize("copied", [pickle.dumps, copy.copy, copy.deepcopy])
@pytest.mark.parametrize("kind", [httpx2.Client, httpx2.AsyncClient])
def test_a_client_can_be_neither_pickled_nor_copied(kind: Any, copied: Callable[[object], object]) -> None:
    maker: Any = ChargeOver if kind is httpx2.Client else AsyncChargeOver
    client = maker(base_url=UNREACHABLE, username=USERNAME, password=PASSWORD)
    with pytest.raises(TypeError, match="A client cannot be pickled or copied"):
        copied(client)
    session = session_of(client)
    for part in (session, session.authorization, session.authorization.value):
        if copied is not copy.copy:
            with pytest.raises(TypeError, match="A secret cannot be pickled or copied"):
                copied(part)


@pytest.mark.parametrize("level", [logging.DEBUG, logging.INFO])
async def test_no_logger_says_it(sandbox: LocalSandbox, caplog: pytest.LogCaptureFixture, level: int) -> None:
    for name in ("", "chargeover", "httpx2", "httpcore2", "asyncio"):
        caplog.set_level(level, name)
    right = {"username": sandbox.username, "password": sandbox.password}
    encoded = base64.b64encode(f"{sandbox.username}:{sandbox.password}".encode()).decode("ascii")
    with ChargeOver(base_url=sandbox.url, log_bodies=True, **right) as client:  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
        client.customers.create(company="x")
    for url in (sandbox.url, UNREACHABLE):
        with client_at(url, log_bodies=True) as client:
            raised(partial(client.customers.get, 1))
        async with async_client_at(url, log_bodies=True) as async_client:
            with pytest.raises(ChargeOverError):
                await async_client.customers.get(1)
    assert {"httpcore2.connection", "chargeover"} <= {one.name for one in caplog.records} or level > logging.DEBUG
    assert_clean(caplog.text)
    assert encoded not in caplog.text


def test_a_preview_and_a_command_for_a_shell() -> None:
    with client_at(UNREACHABLE) as client:
        request = client.customers.preview(1, company="x")
    for text in (repr(request), str(dict(request.headers)), request.curl(), pickle.dumps(request).decode("latin-1")):
        assert_clean(text)


TEST_FILE = """
import asyncio
import os
from chargeover import AsyncChargeOver, ChargeOver

def client_at(url, **options):
    return ChargeOver(base_url=url, username="key-user", password=os.environ["TEST_PASSWORD"], **options)

def test_refused():
    client_at("http://127.0.0.1:1", timeout=0)

def test_credentials_in_the_url():
    ChargeOver(base_url="https://key-user:" + os.environ["TEST_PASSWORD"] + "@acme.chargeover.com")

def test_bytes():
    ChargeOver(base_url="http://127.0.0.1:1", username="u", password=os.environ["TEST_PASSWORD"].encode())

def test_no_server():
    with client_at("http://127.0.0.1:1", max_retries=0) as client:
        client.customers.get(1)

def test_wrong_credentials():
    with client_at(os.environ["TEST_URL"]) as client:
        client.customers.get(1)

def test_bulk():
    with client_at("http://127.0.0.1:1", max_retries=0) as client:
        list(client.customers.bulk_update((n, {"company": "x"}) for n in range(1, 60)))

def test_timeout():
    with client_at(os.environ["SILENT_URL"], timeout=0.1, max_retries=0) as client:
        client.customers.get(1)

def test_given_up():
    async def give_up():
        async with AsyncChargeOver(
            base_url=os.environ["SILENT_URL"], username="key-user", password=os.environ["TEST_PASSWORD"]
        ) as client, asyncio.timeout(0.1):
            await client.customers.get(1)
    asyncio.run(give_up())
"""


def test_pytest_with_all_locals(sandbox: LocalSandbox, silent: str, tmp_path: Path) -> None:
    (tmp_path / "test_failing.py").write_text(TEST_FILE)
    variables = {"TEST_PASSWORD": PASSWORD, "TEST_URL": sandbox.url, "SILENT_URL": silent}
    options = ["--showlocals", "--tb=long", "-vv", "-p", "no:cacheprovider", "-p", "no:schemathesis", "--full-trace"]
    done = run_python("-m", "pytest", *options, variables=variables, folder=tmp_path)
    assert "8 failed" in done.stdout, done.stdout
    assert_clean(done.stdout + done.stderr)


def test_a_traceback_by_rich_with_all_locals(sandbox: LocalSandbox) -> None:
    """Which does not ask every object for its repr, but takes some of them apart."""
    console = pytest.importorskip("rich.console")
    rich_traceback = pytest.importorskip("rich.traceback")

    def shown(error: BaseException) -> str:
        text = io.StringIO()
        found = rich_traceback.Traceback.from_exception(
            type(error), error, error.__traceback__, show_locals=True, locals_max_length=None, locals_max_string=None
        )
        console.Console(file=text, width=200).print(found)
        return text.getvalue()

    for name in ("credentials in the URL", "bytes for a password", "no time", "no port of a proxy"):
        assert_clean(shown(raised(partial(build, name))))
    for url in (UNREACHABLE, sandbox.url):
        with client_at(url) as client:
            assert_clean(shown(raised(partial(client.customers.get, 1))))
            assert_clean(shown(raised(partial(list, client.customers.bulk_update([(1, {"company": "x"})])))))
