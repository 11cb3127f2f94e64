"""The parser of responses: that of httptools where it is installed, otherwise h11 in the same form."""

import re
from collections.abc import Callable
from http import HTTPStatus
from typing import Protocol

import h11

LONGEST_HEAD = 100 * 1024
"""Bytes of a status line with its headers; as many as httpcore2 accepts."""

_CONTROL = re.compile(rb"[\0-\x08\x0a-\x1f\x7f]")
_ANY_REQUEST = h11.Request(method="GET", target="/", headers=[("Host", "any")])


class ParsingError(Exception):
    """What came is not HTTP."""


class Receiver(Protocol):
    """What is told about a response, in this order. ``on_body`` may be called any number of times."""

    def on_head(self, status: int, headers: list[tuple[bytes, bytes]]) -> None:
        """The status and the headers are there; those of an interim response (1xx) too."""

    def on_body(self, body: bytes) -> None:
        """A part of the body is there."""

    def on_end(self, *, can_be_kept: bool) -> None:
        """The response is complete, and more may be sent over the connection or not."""


class Parser(Protocol):
    """Reads one response, with the interim ones before it."""

    def feed(self, data: bytes) -> None:
        """Parse some more bytes.

        Raises:
            ParsingError: they are not HTTP.
        """


class H11Parser:
    """A parser over h11."""

    def __init__(self, receiver: Receiver) -> None:
        self._receiver = receiver
        self._connection = h11.Connection(h11.CLIENT, max_incomplete_event_size=LONGEST_HEAD)
        self._connection.send(_ANY_REQUEST)  # it expects a response to something
        self._connection.send(h11.EndOfMessage())

    def feed(self, data: bytes) -> None:
        """Parse some more bytes."""
        connection, receiver = self._connection, self._receiver
        try:
            connection.receive_data(data)
            while True:
                event = connection.next_event()
                if isinstance(event, (h11.Response, h11.InformationalResponse)):
                    receiver.on_head(event.status_code, event.headers.raw_items())
                elif isinstance(event, h11.Data):
                    receiver.on_body(bytes(event.data))
                elif isinstance(event, h11.EndOfMessage):
                    is_more = bool(connection.trailing_data[0])
                    receiver.on_end(can_be_kept=connection.our_state is h11.DONE and not is_more)
                    return
                else:
                    return
        except h11.RemoteProtocolError as error:
            raise ParsingError(str(error)) from error


_best: Callable[[Receiver], Parser] = H11Parser

try:
    import httptools
except ModuleNotFoundError:
    pass
else:

    class HttptoolsParser:
        """A parser over httptools, which takes a tenth of the time."""

        def __init__(self, receiver: Receiver) -> None:
            self._receiver = receiver
            self._headers: list[tuple[bytes, bytes]] = []
            self._unread = 0
            self._is_over = False
            self._can_be_kept = False
            self._parser = httptools.HttpResponseParser(self)
            # h11 reads headers on two lines too. What else this lets pass, on_header refuses.
            self._parser.set_dangerous_leniencies(lenient_headers=True)

        def feed(self, data: bytes) -> None:
            """Parse some more bytes."""
            self._unread += len(data)
            try:
                self._parser.feed_data(data)
            except httptools.HttpParserUpgrade:
                self._can_be_kept = False
            except httptools.HttpParserError as error:
                if not self._is_over:
                    raise ParsingError(str(error.__context__ or error)) from error
                self._can_be_kept = False
            if self._is_over:
                self._receiver.on_end(can_be_kept=self._can_be_kept)
            elif self._unread > LONGEST_HEAD:
                raise ParsingError("the status line and the headers are too long")

        # What httptools calls.

        def on_message_begin(self) -> None:
            """Another response begins."""
            self._can_be_kept = False  # after the end, a second response that nothing asked for

        def on_header(self, name: bytes, value: bytes) -> None:
            """A header is there."""
            if b" " in name or _CONTROL.search(value):
                raise ValueError("a header has a character that is not allowed in it")
            if name.lower() == b"transfer-encoding" and value.strip().lower() != b"chunked":
                raise ValueError("only chunked is supported as Transfer-Encoding")
            self._headers.append((name, value))

        def on_headers_complete(self) -> None:
            """All headers are there."""
            if self._parser.get_status_code() < HTTPStatus.CONTINUE:
                raise ValueError("the status is below 100")  # an interim response, to what comes after it
            if not self._is_over:
                self._receiver.on_head(self._parser.get_status_code(), self._headers)
            self._headers, self._unread = [], 0

        def on_body(self, body: bytes) -> None:
            """A part of the body is there."""
            self._unread = 0
            if not self._is_over:
                self._receiver.on_body(body)

        def on_message_complete(self) -> None:
            """A response is complete."""
            if not self._is_over and self._parser.get_status_code() >= HTTPStatus.OK:
                self._is_over, self._can_be_kept = True, self._parser.should_keep_alive()

    _best = HttptoolsParser

PARSER = _best
"""Creates a parser."""
