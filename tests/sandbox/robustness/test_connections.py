"""Many connections, slow ones, and endless bodies: others are served all the same, and each has its outcome."""

import json
import resource
import signal
import socket
import threading
import time
from collections.abc import Generator, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from http.client import HTTPException, HTTPResponse
from pathlib import Path

import httpx2
import pytest

from chargeover_contract.sandbox import SandboxProcess, sandbox_process
from chargeover_sandbox import LocalSandbox
from chargeover_sandbox.serving.protocol import PROTOCOL, _OverH11
from tests.support.http import BULK, CUSTOMER, connect, count, create, part
from tests.support.processes import WITH_DEFAULT_SIGNALS
from tests.support.receivers import wait_until

HEAD = b"Host: localhost\r\nAuthorization: Basic c2FuZGJveDpzYW5kYm94\r\nContent-Type: application/json\r\n"
HEALTH = b"GET /_sandbox/health HTTP/1.1\r\nHost: localhost\r\n\r\n"


@pytest.fixture(scope="module")
def process() -> Generator[SandboxProcess]:
    with sandbox_process() as process:
        yield process


@pytest.fixture
def http(process: SandboxProcess) -> Generator[httpx2.Client]:
    with connect(process.url) as http:
        http.post("/_sandbox/reset", json={})
        yield http


@contextmanager
def connections(sandbox: SandboxProcess | LocalSandbox, number: int) -> Iterator[list[socket.socket]]:
    host, _, port = sandbox.url.removeprefix("http://").partition(":")
    with ExitStack() as stack:
        yield [stack.enter_context(socket.create_connection((host, int(port)), timeout=10)) for _ in range(number)]


@contextmanager
def many_files() -> Iterator[None]:
    """Let this process have a socket for each connection."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard if 0 < hard < 4096 else 4096, hard))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def status_of(connection: socket.socket) -> int:
    """The status of a whole response; 0 if the connection was closed without one."""
    try:
        with closing(HTTPResponse(connection)) as response:
            response.begin()
            response.read()
            return response.status
    except (ConnectionError, HTTPException):
        return 0


def test_a_thousand_open_connections_are_all_served(process: SandboxProcess, http: httpx2.Client) -> None:
    with many_files(), connections(process, 1000) as all_of_them:
        assert create(http) == 1
        for _ in range(2):  # the second time over the same connections
            for connection in all_of_them:
                connection.sendall(HEALTH)
            assert {status_of(connection) for connection in all_of_them} == {200}
        assert "Traceback" not in process.log()


def test_it_lets_itself_have_more_files_than_the_usual_limit() -> None:
    low = ("sh", "-c", 'ulimit -S -n 64; exec "$@"', "sh")
    with sandbox_process(prefix=low) as sandbox, connections(sandbox, 200) as all_of_them:
        for connection in all_of_them:
            connection.sendall(HEALTH)
        assert {status_of(connection) for connection in all_of_them} == {200}


def test_connections_beyond_what_the_system_allows_are_closed_and_the_others_served() -> None:
    few = ("sh", "-c", 'ulimit -n 64; exec "$@"', "sh")
    with sandbox_process(prefix=few) as sandbox:
        with connections(sandbox, 200) as all_of_them:
            for connection in all_of_them:
                with suppress(ConnectionError):
                    connection.sendall(HEALTH)
            statuses = [status_of(connection) for connection in all_of_them]
        assert set(statuses) == {200, 0}
        assert statuses.count(200) >= 30
        with connect(sandbox.url) as http:
            wait_until(lambda: is_served(http))  # it has closed what the clients have closed
            assert create(http) == 1
        assert "Traceback" not in sandbox.log()


def is_served(http: httpx2.Client) -> bool:
    try:
        return http.get("/_sandbox/health").status_code == 200
    except httpx2.TransportError:
        return False


def test_slow_senders_hold_up_no_one_else_and_are_served_in_the_end(
    process: SandboxProcess, http: httpx2.Client
) -> None:
    customer_id = create(http)
    body = b'{"company": "Slow"}'
    request = b"PUT /api/v3/customer/%d HTTP/1.1\r\nContent-Length: %d\r\n%b\r\n%b" % (
        customer_id, len(body), HEAD, body
    )  # fmt: skip
    with connections(process, 50) as slow:
        for position in range(len(request)):
            for connection in slow:
                connection.sendall(request[position : position + 1])
            if position % 50 == 0:
                assert http.put(f"{CUSTOMER}/{customer_id}", json={"company": "Quick"}).status_code == 202
        assert {status_of(connection) for connection in slow} == {202}
    assert http.get(f"{CUSTOMER}/{customer_id}").json()["response"]["company"] == "Slow"


@pytest.mark.parametrize("framing", [b"Transfer-Encoding: chunked\r\n", b"Content-Length: 100000000000\r\n"])
@pytest.mark.parametrize("implementation", [PROTOCOL, _OverH11])
def test_a_body_without_an_end_is_refused_at_the_limit_and_the_connection_closed(
    monkeypatch: pytest.MonkeyPatch, implementation: type, framing: bytes
) -> None:
    monkeypatch.setattr("chargeover_sandbox.serving.server.PROTOCOL", implementation)
    data = b" " * 1_000_000
    piece = b"%X\r\n%b\r\n" % (len(data), data) if b"chunked" in framing else data
    sent = 0
    with LocalSandbox() as sandbox:
        with connections(sandbox, 1) as (connection,):
            connection.sendall(b"POST /api/v3/customer HTTP/1.1\r\n" + framing + HEAD + b"\r\n")

            def send() -> None:
                nonlocal sent
                with suppress(OSError):
                    while sent < 200_000_000:
                        connection.sendall(piece)
                        sent += len(data)

            sender = threading.Thread(target=send, daemon=True)
            sender.start()
            received = b""
            with suppress(ConnectionError):
                while some := connection.recv(65_536):
                    received += some
            sender.join(10)
        with connect(sandbox.url) as http:
            assert count(http) == 0
    assert received.startswith(b"HTTP/1.1 400 ")
    assert json.loads(received.partition(b"\r\n\r\n")[2])["message"] == "The body is larger than 10485760 bytes."
    assert sent < 100_000_000


def test_behind_a_body_that_was_too_large_the_connection_goes_on(http: httpx2.Client) -> None:
    for _ in range(5):
        response = http.post(CUSTOMER, content=b" " * 20_000_000, headers={"Content-Type": "application/json"})
        assert (response.status_code, response.json()["message"]) == (400, "The body is larger than 10485760 bytes.")
    assert create(http) == 1


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_in_the_middle_of_work_loses_nothing_that_was_answered(number: signal.Signals, tmp_path: Path) -> None:
    file = str(tmp_path / "state.sqlite3")
    answered = 0
    with sandbox_process("--database", file, prefix=WITH_DEFAULT_SIGNALS) as sandbox, connect(sandbox.url) as http:
        timer = threading.Timer(0.2, sandbox.process.send_signal, (number,))
        timer.start()
        bulk = [part("POST", CUSTOMER, payload={"company": "Acme"})] * 25
        with suppress(httpx2.TransportError):
            while http.post(BULK, json=bulk).status_code == 200:
                answered += 25
        timer.join()
        assert sandbox.process.wait(timeout=10) == {signal.SIGINT: 0, signal.SIGTERM: -signal.SIGTERM}[number]
        assert "Traceback" not in sandbox.log()
    with sandbox_process("--database", file) as sandbox, connect(sandbox.url) as http:
        assert count(http) in {answered, answered + 25}  # the last one may have been carried out without an answer
    assert answered


def test_connections_that_only_wait_do_not_delay_the_end() -> None:
    with sandbox_process(prefix=WITH_DEFAULT_SIGNALS) as sandbox, connections(sandbox, 100):
        start = time.monotonic()
        sandbox.process.send_signal(signal.SIGTERM)
        sandbox.process.wait(timeout=10)
        assert time.monotonic() - start < 5
