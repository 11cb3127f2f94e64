"""Prism, a server that responds with the examples of openapi.yaml and stores nothing."""

import socket
import subprocess
import tempfile
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from tools.contract import PATH
from tools.portability.places import MODULES, NODE, Failure

_HOST = "127.0.0.1"
_PATIENCE = 60.0


@contextmanager
def prism() -> Generator[str]:
    """A running Prism. The result is its URL.

    Raises:
        Failure: it does not start.
    """
    with socket.create_server((_HOST, 0)) as listener:
        port: int = listener.getsockname()[1]
    program = MODULES / "@stoplight" / "prism-cli" / "dist" / "index.js"
    command: list[str | Path] = [NODE, program, "mock", "--host", _HOST, "--port", str(port), PATH]
    with (
        tempfile.TemporaryFile("w+", encoding="utf-8") as log,
        subprocess.Popen(command, stdout=log, stderr=log) as process,
    ):
        try:
            deadline = time.monotonic() + _PATIENCE
            while not _is_listening(port):
                if process.poll() is not None or time.monotonic() > deadline:
                    log.seek(0)
                    raise Failure(f"Prism does not start:\n{log.read()}")
                time.sleep(0.1)
            yield f"http://{_HOST}:{port}"
        finally:
            process.terminate()


def _is_listening(port: int) -> bool:
    try:
        socket.create_connection((_HOST, port), timeout=1).close()
    except OSError:
        return False
    return True
