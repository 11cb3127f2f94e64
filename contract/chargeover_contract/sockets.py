"""HTTP over a bare socket: requests that no library would send, and answers read to the last byte."""

import base64
import re
import socket
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from http.client import HTTPConnection
from time import sleep
from types import TracebackType
from typing import Self
from urllib.parse import unquote, urlsplit

from .network import port_of, trust
from .server import Server

_PATIENCE = 20.0
"""Seconds to wait for a part of an answer."""
_STATUS_LINE = re.compile(rb"HTTP/1\.[01] ([1-9][0-9][0-9])(?: [^\r\n]*)?\r?\n")
_LONGEST_LINE = 1_000_000


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back.

    Attributes:
        status: the HTTP status.
        headers: by lower-case name; the values of one that came twice are joined by a comma.
        body: the bytes of the body.
        interim: the statuses of the answers before it, such as 100.
    """

    status: int
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    body: bytes = b""
    interim: tuple[int, ...] = ()


class NoAnswerError(Exception):
    """The connection ended, or nothing came in time. The text says which."""


class UnreadableAnswerError(Exception):
    """Something came that cannot be read as HTTP. The text says what."""


class Connection:
    """A connection to the server under test, encrypted where its URL says https."""

    def __init__(self, server: Server) -> None:
        plain = _connected(server)
        # What is sent in pieces must leave in pieces.
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        is_https = urlsplit(server.url).scheme == "https"
        self._socket = trust().wrap_socket(plain, server_hostname=server.host) if is_https else plain
        self._file = self._socket.makefile("rb")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._file.close()
        self._socket.close()

    def send(self, pieces: Iterable[bytes], pause: float = 0.0) -> None:
        """Send bytes, piece by piece. If the server has responded and hung up, its response can still be read."""
        try:
            for piece in pieces:
                self._socket.sendall(piece)
                sleep(pause)
        except OSError:
            pass

    def finish_sending(self) -> None:
        """Say that nothing more will come."""
        self._socket.shutdown(socket.SHUT_WR)

    def receive(self, method: str = "GET") -> Answer:
        """The next answer, after those that only announce it.

        Args:
            method: of the request: an answer to HEAD has no body, whatever its headers say.

        Raises:
            NoAnswerError: there is none.
            UnreadableAnswerError: it is not HTTP, or ends in the middle.
        """
        interim: list[int] = []
        while True:
            try:
                status, headers = self._head()
                if status >= 200:
                    body = b"" if method == "HEAD" or status in {204, 304} else self._body(headers)
                    return Answer(status, headers, body, tuple(interim))
            except TimeoutError as error:
                raise NoAnswerError(f"nothing came within {_PATIENCE:.0f} seconds") from error
            except OSError as error:
                raise NoAnswerError(f"the connection broke ({type(error).__name__})") from error
            interim.append(status)

    def is_closed(self) -> bool:
        """Whether the server has hung up; what still comes within a moment would be a second answer."""
        self._socket.settimeout(0.2)
        try:
            return self._file.read(1) == b""
        except TimeoutError:
            return False
        except OSError:
            return True

    def _head(self) -> tuple[int, dict[str, str]]:
        line = self._file.readline(_LONGEST_LINE)
        if not line:
            raise NoAnswerError("the server hung up without a response")
        found = _STATUS_LINE.fullmatch(line)
        if not found:
            raise UnreadableAnswerError(f"the status line is {line[:80]!r}")
        headers: dict[str, str] = {}
        while (line := self._file.readline(_LONGEST_LINE)) not in {b"\r\n", b"\n"}:
            if not line.endswith(b"\n"):
                raise UnreadableAnswerError("the headers end in the middle" if not line else "a header has no end")
            name, colon, value = line.decode("latin-1").partition(":")
            if not colon or not name.strip():
                raise UnreadableAnswerError(f"a header line without a name or a colon: {line[:80]!r}")
            before = headers.get(name.lower())
            headers[name.lower()] = f"{before}, {value.strip()}" if before else value.strip()
        return int(found[1]), headers

    def _body(self, headers: Mapping[str, str]) -> bytes:
        if "chunked" in headers.get("transfer-encoding", "").lower():
            return self._chunks()
        if "content-length" not in headers:
            return self._file.read()
        text = headers["content-length"]
        if not (text.isascii() and text.isdigit()):
            raise UnreadableAnswerError(f"Content-Length is {text[:80]!r}, not a number")
        body = self._file.read(int(text))
        if len(body) < int(text):
            raise UnreadableAnswerError(f"Content-Length is {text}, and {len(body)} bytes came")
        return body

    def _chunks(self) -> bytes:
        body = bytearray()
        while length := self._chunk_size():
            chunk = self._file.read(length)
            if len(chunk) < length:
                raise UnreadableAnswerError(f"a chunk of {length} bytes ends after {len(chunk)}")
            body += chunk
            self._file.readline(_LONGEST_LINE)
        while self._file.readline(_LONGEST_LINE).rstrip(b"\r\n"):
            pass
        return bytes(body)

    def _chunk_size(self) -> int:
        line = self._file.readline(_LONGEST_LINE)
        digits = line.partition(b";")[0].strip()
        if not re.fullmatch(rb"[0-9A-Fa-f]{1,15}", digits):
            raise UnreadableAnswerError(f"the size of a chunk is {line[:80]!r}")
        return int(digits, 16)


def _connected(server: Server) -> socket.socket:
    """A socket to the server, perhaps through a proxy.

    Raises:
        OSError: there is no connection.
    """
    if server.proxy is None:
        return socket.create_connection((server.host, server.port), timeout=_PATIENCE)
    proxy = urlsplit(server.proxy)
    tunnel = HTTPConnection(proxy.hostname or "", port_of(server.proxy), timeout=_PATIENCE)
    credentials = basic(unquote(proxy.username), unquote(proxy.password or "")) if proxy.username else None
    tunnel.set_tunnel(server.host, server.port, {"Proxy-Authorization": credentials} if credentials else None)
    tunnel.connect()
    return tunnel.sock


def basic(username: str, password: str) -> str:
    """The value of an Authorization header."""
    return "Basic " + base64.b64encode(f"{username}:{password}".encode()).decode("ascii")
