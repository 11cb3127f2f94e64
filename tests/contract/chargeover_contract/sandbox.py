"""Sandboxes as processes of their own, as a user starts them."""

import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO

READY = re.compile(r"ready: (?P<url>\S+) (?P<credentials>username=.+ password=.+) database=(?P<database>.+)")


@dataclass
class SandboxProcess:
    """A running sandbox. `process` is the handle to end it by."""

    process: subprocess.Popen[str]
    errors: IO[str]
    line: str
    url: str
    username: str
    password: str

    def log(self) -> str:
        """What it has written to standard error so far."""
        self.errors.seek(0)
        return self.errors.read()


@contextmanager
def sandbox_process(*arguments: str) -> Generator[SandboxProcess]:
    """Start `python -m chargeover_sandbox` on a free port, wait for its line, stop it in the end."""
    command = [sys.executable, "-m", "chargeover_sandbox", "--port", "0", *arguments]
    with (
        tempfile.TemporaryFile("w+", encoding="utf-8") as errors,
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, text=True) as process,
    ):
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            found = READY.search(line)
            errors.seek(0)
            assert found, f"no ready line, but {line!r} and {errors.read()}"
            username, password = (word.partition("=")[2] for word in shlex.split(found["credentials"]))
            yield SandboxProcess(process, errors, line, found["url"], username, password)
        finally:
            process.kill()
