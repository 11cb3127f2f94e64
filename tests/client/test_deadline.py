"""The deadline and the size limit hold for everything that a server or a proxy can send, however slowly it comes."""

import gzip
import socket
import ssl
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest

from chargeover import APITimeoutError, ChargeOverError, ResponseTooLargeError
from tests.support.clients import ask
from tests.support.https import serving

DEADLINE = 0.25
TIMEOUT = 0.15
LATE = 1.0
"""Seconds after the deadline that the machine may take to notice it."""

DONE = b'{"code":202,"status":"OK","message":"","details":{},"response":{"id":1}}'
OK = b"HTTP/1.1 202 OK\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
ZIPPED = OK + b"Content-Encoding: gzip\r\n\r\n"
RECORD = b"\x16\x03\x03\x40\x00"
"""The beginning of a TLS handshake record of 16 kB."""

# What comes first, and what comes for ever.
SLOWLY: dict[str, tuple[bytes, bytes]] = {
    "nothing": (b"", b""),
    "status line": (b"HTTP/1.1 202 ", b"O"),
    "headers": (OK, b"X-A: b\r\n"),
    "one header": (OK + b"X-A: ", b"b"),
    "102 responses": (b"", b"HTTP/1.1 102 Processing\r\n\r\n"),
    "103 responses": (b"", b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n"),
    "body": (OK + b"Content-Length: 100\r\n\r\n", b" "),
    "body without a length": (OK + b"\r\n", b" "),
    "chunks": (CHUNKED, b"1\r\n \r\n"),
    "a chunk's size": (CHUNKED, b"0"),
    "a chunk's extension": (CHUNKED + b"1;a=", b"b"),
    "trailers": (CHUNKED + b"%x\r\n%s\r\n0\r\n" % (len(DONE), DONE), b"X-A: b\r\n"),
    "one trailer": (CHUNKED + b"%x\r\n%s\r\n0\r\nX-A: " % (len(DONE), DONE), b"b"),
    "gzip without output": (ZIPPED + b"\x1f\x8b\x08\x08\0\0\0\0\0\xff", b"name"),
    "garbage behind gzip": (ZIPPED + gzip.compress(DONE), b"z"),
}
FAST = ("102 responses", "body without a length", "chunks", "garbage behind gzip", "gzip without output")


def endless(first: bytes, rest: bytes, pause: float) -> Callable[[socket.socket], None]:
    """A server that reads a request and answers it for ever."""

    def serve(connection: socket.socket) -> None:
        connection.recv(65536)
        connection.sendall(first)
        for _ in range(20_000 if rest else 0):
            connection.sendall(rest)
            time.sleep(pause)
        connection.recv(65536)

    return serve


def update(client: Any) -> Any:
    return client.customers.update(1, company="x")


SHORT = {"deadline": DEADLINE, "timeout": TIMEOUT, "max_retries": 0}


async def failure(
    kind: str, url: str, action: Callable[[Any], Any] = update, **arguments: Any
) -> tuple[ChargeOverError, float]:
    """The error of an action, and the seconds that it took."""
    start = time.monotonic()
    with pytest.raises(ChargeOverError) as caught:
        await ask(kind, url, action, **{**SHORT, **arguments})
    return caught.value, time.monotonic() - start


both = pytest.mark.parametrize("kind", ["sync", "async"])


@both
@pytest.mark.parametrize("name", SLOWLY)
async def test_what_comes_slowly_and_for_ever_ends_at_the_deadline(kind: str, name: str) -> None:
    with serving(endless(*SLOWLY[name], 0.05)) as port:
        error, seconds = await failure(kind, f"http://127.0.0.1:{port}")
    assert isinstance(error, APITimeoutError)
    assert error.was_sent
    shortest = TIMEOUT if name == "nothing" else DEADLINE
    assert shortest - 0.01 < seconds < DEADLINE + LATE
    said = float(str(error).removeprefix("No response within ").partition(" s ")[0])
    assert said == pytest.approx(seconds, abs=0.15)


@both
@pytest.mark.parametrize("name", FAST)
async def test_what_comes_fast_ends_at_the_size_limit(kind: str, name: str) -> None:
    first, rest = SLOWLY[name]
    with serving(endless(first, rest * (10_000 // len(rest)), 0)) as port:
        error, seconds = await failure(kind, f"http://127.0.0.1:{port}", deadline=20, max_response_bytes=1000)
    assert isinstance(error, ResponseTooLargeError)
    assert "larger than 1000 bytes (max_response_bytes)" in str(error)
    assert seconds < 5


@both
async def test_headers_and_framing_do_not_count_as_the_body(kind: str) -> None:
    head = OK + b"X-Long: " + b"x" * 20_000 + b"\r\nTransfer-Encoding: chunked\r\n\r\n"
    body = DONE + b" " * (1000 - len(DONE))
    chunks = b"".join(b"1\r\n%c\r\n" % byte for byte in body)

    def serve(connection: socket.socket) -> None:
        connection.recv(65536)
        connection.sendall(head + chunks + b"0\r\n\r\n")

    with serving(serve) as port:
        await ask(kind, f"http://127.0.0.1:{port}", update, max_response_bytes=1000)


@both
async def test_what_is_compressed_twice_is_not_decompressed(kind: str) -> None:
    # Compressed again, a gigabyte of a name in a gzip header is a few kilobytes, and then nothing comes out.
    twice = gzip.compress(gzip.compress(b"\x1f\x8b\x08\x08\0\0\0\0\0\xff" + b"n" * 50_000_000))

    def serve(connection: socket.socket) -> None:
        connection.recv(65536)
        connection.sendall(
            OK + b"Content-Encoding: gzip, gzip, gzip\r\nContent-Length: %d\r\n\r\n" % len(twice) + twice
        )

    with serving(serve) as port:
        error, seconds = await failure(kind, f"http://127.0.0.1:{port}", deadline=20, timeout=20)
    assert "could not be read, and the request may have been carried out: it is compressed more than once" in str(error)
    assert seconds < LATE


ESTABLISHED = b"HTTP/1.1 200 Connection established\r\n"


def tunnel_that_drips(connection: socket.socket) -> None:
    connection.recv(65536)
    connection.sendall(ESTABLISHED + b"\r\n")
    endless(RECORD, b"x", 0.05)(connection)


PROXIES = {
    "the head of its response": endless(ESTABLISHED, b"X-A: b\r\n", 0.05),
    "102 responses": endless(b"", b"HTTP/1.1 102 Processing\r\n\r\n", 0.05),
    "a handshake behind it": tunnel_that_drips,
}


@both
@pytest.mark.parametrize("name", PROXIES)
async def test_a_proxy_cannot_hold_a_call_either(kind: str, name: str) -> None:
    with serving(PROXIES[name]) as port:
        proxy = f"http://127.0.0.1:{port}"
        error, seconds = await failure(
            kind, "https://localhost:1", proxy=proxy, ssl_context=ssl.create_default_context()
        )
    assert isinstance(error, APITimeoutError)
    assert seconds < DEADLINE + LATE


@both
async def test_a_handshake_that_drips_is_over_at_the_deadline_and_nothing_was_sent(kind: str) -> None:
    with serving(endless(RECORD, b"x", 0.05)) as port:
        error, seconds = await failure(
            kind, f"https://localhost:{port}", timeout=10, ssl_context=ssl.create_default_context()
        )
    assert isinstance(error, APITimeoutError)
    assert not error.was_sent
    assert seconds < DEADLINE + LATE


@pytest.mark.long
@both
async def test_so_is_a_server_that_reads_slowly(kind: str) -> None:
    def serve(connection: socket.socket) -> None:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        with suppress(OSError):
            for _ in range(60):
                connection.recv(4096)
                time.sleep(0.02)

    with serving(serve) as port:
        body = {"company": "x" * 20_000_000}
        error, seconds = await failure(
            kind, f"http://127.0.0.1:{port}", lambda client: client.customers.update(1, **body), timeout=10
        )
    assert isinstance(error, APITimeoutError)
    assert seconds < DEADLINE + 2 * LATE
