"""The file of a recording. It is a whole HAR document after each exchange, and loses one at most if it is torn."""

import json
import os
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import anyio

from chargeover._errors import ChargeOverError, ConfigurationError
from chargeover._exchange import ReceivedResponse
from chargeover._http.forks import Lock
from chargeover._http.logger import logger
from chargeover._http.middleware import AsyncCallNext, CallNext, OutgoingRequest
from chargeover._version import __version__

from .entries import entry, line
from .stand_ins import StandIns

if sys.platform != "win32":  # which has no such locks: there, a file is for one process
    import fcntl

LARGEST_FILE = 16 * 1024 * 1024
"""Bytes of a file; then the next one begins."""
OLDER = 3
"""Files that are kept besides the current one."""
_BEGINNING = b'{"log":{"version":"1.2","creator":{"name":"chargeover-python-unofficial",'
_END = b"\n]}}\n"
_TORN = 8 * 1024 * 1024
"""Bytes at the end of a torn file that are looked at: more than one entry has."""


class Recorder:
    """Writes exchanges to a HAR file, one entry in a line.

    The file is a whole document after each exchange. A process that is killed while it writes one leaves a file
    without its last lines, which the next recorder repairs, and which ``chargeover drift`` reads. Once a file is full,
    it gets a number (``traffic.1.har``); the oldest of those is deleted.

    Args:
        file: the file. More exchanges are added to one that is there.
        shows_values: whether values are kept; otherwise stand-ins replace them.
        largest: bytes of a file.

    Raises:
        ConfigurationError: the file cannot be written, or is something else.
    """

    def __init__(self, file: str | os.PathLike[str], *, shows_values: bool, largest: int = LARGEST_FILE) -> None:
        self._path = Path(file)
        self._stand_ins = None if shows_values else StandIns()
        self._largest = largest
        self._lock = Lock()
        self._has_failed = False
        kept = "as they came" if shows_values else "replaced by stand-ins"
        self._head = _BEGINNING + b'"version":%s,"comment":%s},"entries":[\n' % (
            json.dumps(__version__).encode(),
            json.dumps(f"values are {kept}").encode(),
        )
        try:
            with self._opened() as descriptor:
                beginning = os.read(descriptor, len(_BEGINNING))
        except OSError as error:
            raise ConfigurationError(f"record: {self._path} cannot be written: {error.strerror}.") from None
        if beginning and beginning != _BEGINNING[: len(beginning)]:
            raise ConfigurationError(f"record: {self._path} is not a recording of this client. Name a new file.")

    def record(self, request: OutgoingRequest, call_next: CallNext) -> ReceivedResponse:
        """The middleware of a ChargeOver."""
        began, start = datetime.now(UTC), time.perf_counter()
        try:
            response = call_next(request)
        except ChargeOverError as error:
            self.add(request, None, began, time.perf_counter() - start, type(error).__name__)
            raise
        self.add(request, response, began, time.perf_counter() - start)
        return response

    async def record_async(self, request: OutgoingRequest, call_next: AsyncCallNext) -> ReceivedResponse:
        """The middleware of an AsyncChargeOver. A thread writes the file."""
        began, start = datetime.now(UTC), time.perf_counter()
        try:
            response = await call_next(request)
        except ChargeOverError as error:
            seconds = time.perf_counter() - start
            await anyio.to_thread.run_sync(self.add, request, None, began, seconds, type(error).__name__)
            raise
        await anyio.to_thread.run_sync(self.add, request, response, began, time.perf_counter() - start)
        return response

    def add(
        self,
        request: OutgoingRequest,
        response: ReceivedResponse | None,
        began: datetime,
        seconds: float,
        note: str = "",
    ) -> None:
        """Write an exchange. If that fails, the log says so once; the call goes on."""
        try:
            text = line(entry(request, response, began, seconds, self._stand_ins, note))
            with self._lock, self._opened() as descriptor:
                self._append(descriptor, text)
        except (OSError, ValueError, RecursionError) as error:
            if not self._has_failed:
                self._has_failed = True
                reason = getattr(error, "strerror", None) or type(error).__name__
                logger.warning("The recording %s cannot be written: %s", self._path, reason)

    @contextmanager
    def _opened(self) -> Generator[int]:
        """The file, locked against other processes."""
        descriptor = self._open()
        try:
            while sys.platform != "win32":
                fcntl.flock(descriptor, fcntl.LOCK_EX)
                with suppress(FileNotFoundError):
                    if os.path.samestat(os.fstat(descriptor), self._path.stat()):
                        break
                os.close(descriptor)  # another process has begun the next file meanwhile
                descriptor = self._open()
            yield descriptor
        finally:
            os.close(descriptor)

    def _open(self) -> int:
        return os.open(self._path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)

    def _append(self, descriptor: int, text: bytes) -> None:
        size = os.fstat(descriptor).st_size
        if size and size + len(text) > self._largest:
            self._rotate()
            with self._opened() as following:
                self._write(following, 0, self._head + text + _END)
            return
        if not size:
            self._write(descriptor, 0, self._head + text + _END)
            return
        place, has_entries = self._place(descriptor, size)
        if not place:
            self._write(descriptor, 0, self._head + text + _END)
        else:
            self._write(descriptor, place, (b",\n" if has_entries else b"") + text + _END)

    def _place(self, descriptor: int, size: int) -> tuple[int, bool]:
        """Where the next entry goes, and whether another one stands before it. A torn file is cut there."""
        start = max(0, size - _TORN)
        os.lseek(descriptor, start, os.SEEK_SET)
        tail = _read(descriptor, size - start)
        if tail.endswith(b"}" + _END):
            return size - len(_END), True
        while tail:
            kept = tail.rstrip(b",\n")
            last = kept.rpartition(b"\n")[2]
            if _is_entry(last):
                return start + len(kept), True
            if tail.endswith(b"\n") and last.startswith(_BEGINNING):
                return start + len(tail), False
            tail = tail[: len(kept) - len(last)]
        return start, bool(start)

    def _write(self, descriptor: int, place: int, data: bytes) -> None:
        os.lseek(descriptor, place, os.SEEK_SET)
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
        os.truncate(descriptor, place + len(data))

    def _rotate(self) -> None:
        names = [
            self._path,
            *(self._path.with_suffix(f".{number}{self._path.suffix}") for number in range(1, OLDER + 1)),
        ]
        for older, newer in zip(names[:0:-1], names[-2::-1], strict=True):
            with suppress(FileNotFoundError):
                newer.replace(older)


def _read(descriptor: int, size: int) -> bytes:
    parts: list[bytes] = []
    while size > 0 and (part := os.read(descriptor, size)):
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def _is_entry(text: bytes) -> bool:
    try:
        value: Any = json.loads(text)
    except ValueError:
        return False
    return isinstance(value, dict) and "request" in value
