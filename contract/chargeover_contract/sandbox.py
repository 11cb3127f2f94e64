"""A sandbox as a process of its own, as a user starts it."""

import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Generator, Sequence
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
def sandbox_process(*arguments: str, prefix: Sequence[str] = ()) -> Generator[SandboxProcess]:
    """Start a sandbox on a free port and wait for its ready line; it is killed when the block ends.

    Args:
        arguments: of the command.
        prefix: words in front of the command, such as ``nohup``.

    Raises:
        AssertionError: it did not start; the text has what it wrote.
    """
    command = [*prefix, sys.executable, "-m", "chargeover_sandbox", "--port", "0", *arguments]
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
