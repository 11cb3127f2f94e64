"""The exit statuses of the command, and the status and the words of each failure."""

from collections.abc import Iterator
from typing import Final, TypedDict

DONE: Final = 0
FAILED: Final = 1
"""The service refused something; with many rows, some failed or were stale."""
USAGE: Final = 2
"""The command line, a value, or a file that cannot be read or is invalid."""
CREDENTIALS: Final = 3
"""They are missing, not safe, or refused (401 and 403)."""
CONNECTION: Final = 4
"""No response came, or the service failed (408, 429, 5xx) until the client gave up."""
STALE: Final = 5
"""All rows were stale."""
CHANGES: Final = 6
"""There are changes, with --exit-code."""
INTERRUPTED: Final = 130
"""Ctrl-C."""
PIPE_CLOSED: Final = 141
"""The reader of the output went away: the status of a program that SIGPIPE ended."""

EXPLAINED = (
    "Exit status: 0 done; 1 the service refused, or some rows failed or were stale; 2 usage, or a file that cannot be "
    "read or is invalid; 3 credentials; 4 connection; 5 all rows stale; 6 changes, with --exit-code; 130 Ctrl-C."
)


class CommandError(Exception):
    """A failure of the command itself, in words that need nothing else.

    Args:
        message: one or more sentences.
        status: the exit status.
    """

    def __init__(self, message: str, status: int = USAGE) -> None:
        super().__init__(message)
        self.status = status


class PipeClosedError(Exception):
    """The reader of standard output went away."""


class Report(TypedDict):
    """What is known of a failure."""

    status: int
    lines: list[str]


def report_of(error: Exception) -> Report | None:
    """The exit status and the lines for standard error; None for an unexpected exception."""
    if isinstance(error, CommandError):
        return {"status": error.status, "lines": [str(error)]}
    if isinstance(error, OSError) and error.errno:
        return {"status": FAILED, "lines": [f"The output cannot be written: {error.strerror}."]}
    from chargeover import ChargeOverError

    if not isinstance(error, ChargeOverError):
        return None
    return {"status": _status_of(error), "lines": [str(error), *_notes(error)]}


def _status_of(error: Exception) -> int:
    from chargeover import (
        APIConnectionError,
        APIStatusError,
        ClosedClientError,
        ResponseTooLargeError,
    )

    if isinstance(error, ValueError):  # a setting, a field, a plan, an input
        return USAGE
    if isinstance(error, APIStatusError):
        if error.http_status in {401, 403}:
            return CREDENTIALS
        return CONNECTION if error.http_status in {408, 429} or error.http_status >= 500 else FAILED
    if isinstance(error, ResponseTooLargeError):
        return FAILED
    return CONNECTION if isinstance(error, (APIConnectionError, ClosedClientError)) else FAILED


def _notes(error: Exception) -> Iterator[str]:
    for note in getattr(error, "__notes__", ()):
        if isinstance(note, str):
            yield note
