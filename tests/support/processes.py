"""Processes that a test signals, and that end with the test."""

import subprocess
import sys
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

# What the tests run under may ignore these (nohup, a job in the background), and a process inherits that.
_RESTORE = """
import os, signal, sys
for number in (signal.SIGHUP, signal.SIGINT, signal.SIGTERM):
    signal.signal(number, signal.SIG_DFL)
os.execvp(sys.argv[1], sys.argv[1:])
"""
WITH_DEFAULT_SIGNALS = (sys.executable, "-c", _RESTORE)
"""In front of a command: SIGHUP, SIGINT and SIGTERM have their default effect on it."""


@contextmanager
def started(
    command: Sequence[str], environment: Mapping[str, str], **options: Any
) -> Generator["subprocess.Popen[Any]"]:
    """Start a command with default signals. It is killed when the block ends, should it still run.

    Args:
        command: the program and its arguments.
        environment: all its environment variables.
        options: of subprocess.Popen.
    """
    with subprocess.Popen([*WITH_DEFAULT_SIGNALS, *command], env=environment, **options) as process:
        try:
            yield process
        finally:
            process.kill()
