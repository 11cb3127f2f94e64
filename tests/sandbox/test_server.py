"""The server around the sandbox: inside programs with habits of their own, on the wire, and when it is stopped."""

import json
import logging
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from chargeover_contract.sandbox import sandbox_process
from chargeover_sandbox import BUGS, LocalSandbox
from chargeover_sandbox.serving.protocol import PROTOCOL, _OverH11
from chargeover_sandbox.serving.server import SandboxServer
from tests.support.http import CUSTOMER, connect, connect_anonymously, create
from tests.support.processes import WITH_DEFAULT_SIGNALS

AUTHORIZED = b"Host: localhost\r\nAuthorization: Basic c2FuZGJveDpzYW5kYm94\r\n"


def run(code: str, *options: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a program that must end by itself."""
    return subprocess.run(
        [sys.executable, *options, "-c", code],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        env={**os.environ, **environment},
    )


@contextmanager
def connected(url: str) -> Iterator[socket.socket]:
    host, _, port = url.removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port)), timeout=10) as connection:
        yield connection


# In other programs.


def test_the_logging_of_the_program_stays_as_it_is(tmp_path: Path) -> None:
    file = logging.FileHandler(tmp_path / "log")
    loggers = [logging.getLogger(name) for name in ("tests.own", "uvicorn", "uvicorn.access", "uvicorn.error")]
    for logger in loggers:
        logger.addHandler(file)
        logger.setLevel(logging.INFO)
    before = [(logger.level, logger.propagate, logger.disabled, list(logger.handlers)) for logger in loggers]
    with LocalSandbox() as sandbox, connect(sandbox.url) as http:
        create(http)
        loggers[0].info("own during")
    loggers[0].info("own after")
    after = [(logger.level, logger.propagate, logger.disabled, list(logger.handlers)) for logger in loggers]
    for logger in loggers:
        logger.removeHandler(file)
        logger.setLevel(logging.NOTSET)
    file.close()
    assert after == before
    lines = (tmp_path / "log").read_text().splitlines()
    assert [line for line in lines if line.startswith("own")] == ["own during", "own after"]
    assert not [line for line in lines if CUSTOMER in line]  # no access log


def test_it_runs_where_asyncio_run_was_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    def old(main: Any, *, debug: bool = False) -> None:  # without loop_factory, as that of nest_asyncio
        raise AssertionError

    monkeypatch.setattr("asyncio.run", old)
    with LocalSandbox() as sandbox, connect(sandbox.url) as http:
        assert create(http) == 1


@pytest.mark.parametrize("without", ["", "uvloop", "httptools", "uvloop, httptools"])
def test_a_clock_that_was_stopped_stops_no_sandbox(without: str) -> None:
    """As freezegun does, and as on Windows, where uvloop and httptools are not installed."""
    done = run(f"""
import sys, time, urllib.request
for name in {without.split(", ") if without else []}: sys.modules[name] = None
from chargeover_sandbox import LocalSandbox
with LocalSandbox() as sandbox:
    time.monotonic = lambda: 1.0
    time.time = lambda: 1.0
    print(urllib.request.urlopen(f"{{sandbox.url}}/_sandbox/health").status)
""")
    assert (done.returncode, done.stdout) == (0, "200\n"), done.stderr


@pytest.mark.parametrize("implementation", [PROTOCOL, _OverH11])
def test_without_uvloop_no_response_waits_for_a_delayed_ack(
    monkeypatch: pytest.MonkeyPatch, implementation: type
) -> None:
    monkeypatch.setitem(sys.modules, "uvloop", None)
    monkeypatch.setattr("chargeover_sandbox.serving.server.PROTOCOL", implementation)
    seconds: list[float] = []
    with LocalSandbox() as sandbox, connect(sandbox.url) as http:
        path = f"{CUSTOMER}/{create(http)}"
        for number in range(5):
            start = time.perf_counter()
            http.put(path, json={"company": f"Acme {number}"})
            seconds.append(time.perf_counter() - start)
    assert min(seconds) < 0.02, "a delayed ACK takes 40 ms"


def test_threads_that_are_not_threads_are_refused_at_once() -> None:
    done = run("""
import _thread
real = _thread.start_new_thread
_thread.start_new_thread = lambda *arguments: real(*arguments)  # as gevent does
from chargeover_sandbox import LocalSandbox
with LocalSandbox(): pass
""")
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith("RuntimeError: LocalSandbox needs a thread of the operating system")


def test_a_sandbox_that_cannot_start_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    async def fail(self: SandboxServer, sockets: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(SandboxServer, "startup", fail)
    sandbox = LocalSandbox()
    with pytest.raises(RuntimeError, match=r"did not start: OSError.*No space left on device") as caught:
        sandbox.__enter__()
    assert isinstance(caught.value.__cause__, OSError)
    with pytest.raises(ConnectionRefusedError), connected(sandbox.url):
        pass


def test_descriptions_survive_python_without_docstrings() -> None:
    done = subprocess.run(
        [sys.executable, "-OO", "-m", "chargeover_sandbox", "--bugs"], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines() == [f"{name}\t{summary}" for name, summary in BUGS.items()]


def test_a_console_without_every_letter_gets_escapes(tmp_path: Path) -> None:
    folder = tmp_path / "Łukasz"
    folder.mkdir()
    done = subprocess.Popen(
        [sys.executable, "-m", "chargeover_sandbox", "--port", "0", "--database", str(folder / "x.db")],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONIOENCODING": "cp1252"},
    )
    with done:
        assert done.stdout
        line = done.stdout.readline()
        done.terminate()
    assert b"ready: http://" in line
    assert b"\\u0141ukasz" in line


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork")
def test_a_forked_child_does_not_keep_the_port() -> None:
    done = run("""
import os, socket, time
from chargeover_sandbox import LocalSandbox
with LocalSandbox() as sandbox:
    port = int(sandbox.url.rpartition(":")[2])
    read, write = os.pipe()
    child = os.fork()
    if not child:
        os.close(write)
        os.read(read, 1)  # until the parent has ended
        os._exit(0)
try:
    socket.create_connection(("127.0.0.1", port), timeout=2).close()
    print("still open")
except ConnectionRefusedError:
    socket.create_server(("127.0.0.1", port)).close()
    print("free")
os.close(write)
os.waitpid(child, 0)
""")
    assert (done.returncode, done.stdout) == (0, "free\n"), done.stderr


# On the wire.


@pytest.mark.parametrize(
    "head",
    [
        b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\n" + AUTHORIZED + b"\r\n",
        b"GET / HTTP/1.1\r\n" + AUTHORIZED + b"X: " + b"a" * 70_000 + b"\r\n\r\n",
        b"GET / HTTP/1.1\r\n" + AUTHORIZED + b"X: a\r\n" * 15_000 + b"\r\n",
        b"GET / HTTP/1.1\r\n" + AUTHORIZED + b"X: " + b"a" * 2_000_000,
        b"GET / HTTP/1.1\r\n" + AUTHORIZED + b"a" * 2_000_000,
        b"PUT /api/v3/customer/1 HTTP/1.1\r\nTransfer-Encoding: chunked\r\n" + AUTHORIZED + b"\r\n1\r\nx\r\n0\r\n"
        b"X: " + b"a" * 2_000_000,
    ],
    ids=["target", "one header", "many headers", "a header without an end", "a name without an end", "a trailer"],
)
def test_a_head_has_at_most_64_kibibytes(sandbox: LocalSandbox, head: bytes) -> None:
    with connected(sandbox.url) as connection:
        threading.Thread(target=send_all, args=(connection, head), daemon=True).start()
        received = read_all(connection)
    *_, last = received.split(b"HTTP/1.1 ")  # the trailer belongs to a request that was answered before
    assert last.startswith(b"431 Request Header Fields Too Large\r\n")
    envelope = json.loads(last.partition(b"\r\n\r\n")[2])
    assert envelope["message"] == "The request line and the headers have more than 65536 bytes."
    assert (envelope["code"], envelope["status"], envelope["response"]) == (431, "Error", False)


def send_all(connection: socket.socket, data: bytes) -> None:
    with suppress(OSError):  # the sandbox has closed the connection
        connection.sendall(data)


def read_all(connection: socket.socket) -> bytes:
    received = b""
    with suppress(ConnectionResetError):  # it had not read everything
        while part := connection.recv(65_536):
            received += part
    return received


def test_requests_with_large_heads_on_one_connection_are_counted_singly(sandbox: LocalSandbox) -> None:
    request = b"GET /_sandbox/health HTTP/1.1\r\n" + AUTHORIZED + b"X: " + b"a" * 60_000 + b"\r\n\r\n"
    with connected(sandbox.url) as connection:
        for _ in range(5):
            connection.sendall(request)
            assert connection.recv(65_536).startswith(b"HTTP/1.1 200 ")


def test_clients_that_leave_with_requests_under_way_leave_no_traceback() -> None:
    requests = (b"GET /api/v3/customer HTTP/1.1\r\n" + AUTHORIZED + b"\r\n") * 40
    half = b"PUT /api/v3/customer/1 HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: 9\r\n" + AUTHORIZED
    with sandbox_process() as sandbox:
        with connect(sandbox.url) as http:
            for _ in range(10):
                create(http, company="x" * 100_000)
        for number in range(40):
            with connected(sandbox.url) as connection:
                connection.sendall(requests + (half + b"\r\n{" if number % 2 else b"") + requests)
                if number % 3 == 0:
                    connection.recv(1000)
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")  # reset, not closed
        with connect_anonymously(sandbox.url) as http:
            assert http.get("/_sandbox/health").status_code == 200
        assert "Traceback" not in sandbox.log()
        assert "ERROR" not in sandbox.log()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_half_sent_request_is_told_of_either_signal(number: signal.Signals) -> None:
    with sandbox_process(prefix=WITH_DEFAULT_SIGNALS) as sandbox:
        with connected(sandbox.url) as connection:
            connection.sendall(b"PUT /api/v3/customer/1 HTTP/1.1\r\nContent-Length: 9\r\n" + AUTHORIZED)
            connection.sendall(b"Content-Type: application/json\r\n\r\n{")
            time.sleep(0.2)
            sandbox.process.send_signal(number)
            received = read_all(connection)
        sandbox.process.wait(timeout=10)
    assert received.startswith(b"HTTP/1.1 500 ")
    assert re.search(rb"stopped before the request was complete", received)
