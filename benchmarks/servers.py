"""Servers in processes of their own, each on a free port of this machine and with a database of its own."""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from customers import fill

HERE = Path(__file__).resolve().parent
HOST = "127.0.0.1"
_PATIENCE = 30.0


@contextmanager
def sandbox(customers: int = 1) -> Generator[str]:
    """The sandbox, with some customers in it. The result is its URL, as with all of these."""
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        database = f"{folder}/sandbox.sqlite3"
        command = [sys.executable, "-m", "chargeover_sandbox", "--port", str(port), "--database", database]
        with running(command, port) as url:
            fill(url, customers)
            yield url


@contextmanager
def delayed_sandbox(customers: int) -> Generator[str]:
    """The sandbox with 50 ms before each request."""
    with tempfile.TemporaryDirectory() as folder, _uvicorn("delayed", {"DELAYED_DATABASE": f"{folder}/db"}) as url:
        fill(url, customers)
        yield url


@contextmanager
def fastapi_twin() -> Generator[str]:
    """The FastAPI program that does what the sandbox does."""
    with tempfile.TemporaryDirectory() as folder, _uvicorn("fastapi_twin", {"TWIN_DATABASE": f"{folder}/twin"}) as url:
        yield url


@contextmanager
def static_server() -> Generator[str]:
    """The server that answers everything alike."""
    with _uvicorn("static_server", {}) as url:
        yield url


@contextmanager
def _uvicorn(module: str, environment: Mapping[str, str]) -> Generator[str]:
    # The same settings as the sandbox has.
    port = free_port()
    options = ["--port", str(port), "--log-level", "warning", "--no-access-log", "--no-server-header"]
    command = [sys.executable, "-m", "uvicorn", f"{module}:app", "--app-dir", str(HERE), *options]
    with running(command, port, environment) as url:
        yield url


@contextmanager
def running(command: Sequence[str], port: int, environment: Mapping[str, str] | None = None) -> Generator[str]:
    """A server process, from when it answers on its port until the block ends."""
    with (
        tempfile.TemporaryFile() as log,
        subprocess.Popen(command, stdout=log, stderr=log, env={**os.environ, **(environment or {})}) as process,
    ):
        try:
            if not _is_listening(process, port):
                log.seek(0)
                raise RuntimeError(f"{command} does not answer:\n{log.read().decode(errors='replace')}")
            yield f"http://{HOST}:{port}"
        finally:
            process.terminate()


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.create_server((HOST, 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


def _is_listening(process: subprocess.Popen[bytes], port: int) -> bool:
    deadline = time.monotonic() + _PATIENCE
    while process.poll() is None and time.monotonic() < deadline:
        try:
            socket.create_connection((HOST, port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return True
    return False
