"""A file, a stream or standard input, as bytes that can be read twice."""

import os
import shutil
import sys
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from .errors import InputError

Source = str | os.PathLike[str] | BinaryIO
"""The path of a file, ``-`` for standard input, or a stream of bytes."""


def name_of(source: Source) -> str:
    """The name of a source for messages."""
    if isinstance(source, (str, os.PathLike)):
        return "standard input" if source == "-" else os.fspath(source)
    name = getattr(source, "name", None)
    return name if isinstance(name, str) else "the input"


@contextmanager
def opened(source: Source) -> Generator[BinaryIO]:
    """A file that can be rewound, at its first byte.

    What cannot be read twice (standard input, a pipe) is copied to a temporary file without a name, which only this
    user can read (mode 0600), and which is gone with the process.

    Raises:
        InputError: it cannot be opened or read, or is a stream of text.
    """
    name = name_of(source)
    if not isinstance(source, (str, os.PathLike)):
        with _rewindable(source, name) as file:
            yield file
    elif source == "-":
        with _rewindable(sys.stdin.buffer, name) as file:
            yield file
    else:
        try:
            found = Path(source).open("rb")  # noqa: SIM115  the error of opening is another one than that of reading
        except (OSError, ValueError) as error:
            raise _unreadable(name, error) from None
        with found, _rewindable(found, name) as file:
            yield file


@contextmanager
def _rewindable(stream: BinaryIO, name: str) -> Generator[BinaryIO]:
    try:
        b"".join([stream.read(0)])  # a TypeError if it is text
    except (AttributeError, TypeError):
        reason = "it is neither a path nor a stream of bytes. Open a file with open(…, 'rb')."
        raise InputError(reason, name) from None
    except (OSError, ValueError) as error:
        raise _unreadable(name, error) from None
    if _can_rewind(stream):
        yield stream
        return
    with tempfile.TemporaryFile() as copy:
        try:
            shutil.copyfileobj(stream, copy)
        except OSError as error:
            raise _unreadable(name, error) from None
        copy.seek(0)
        yield copy


def _can_rewind(stream: BinaryIO) -> bool:
    try:
        stream.seek(stream.tell())
    except (AttributeError, OSError):
        return False
    return True


def _unreadable(name: str, error: Exception) -> InputError:
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return InputError(f"it cannot be read: {reason}.", name)
