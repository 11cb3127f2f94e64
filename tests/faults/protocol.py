"""Faults of HTTP: what frames the body, what compresses it, what comes instead."""

import gzip
import zlib

from .calls import CREATE, DELETE, GET
from .fault import CUSTOMER, DONE, OK, Kind, answer, head, keeping
from .server import End, Step

ZIPPED = gzip.compress(DONE)
BOMB = gzip.compress(b" " * 5_000_000)
SMALL = {"max_response_bytes": 10_000}
CHUNKED = head(202, "Transfer-Encoding: chunked")
CHUNK = b"%x\r\n%s\r\n" % (len(DONE), DONE)


def _raw(name: str, does: str, sends: bytes) -> Kind:
    return Kind(name, does, (Step(sends),))


def _whole(name: str, does: str, sends: bytes) -> Kind:
    return Kind(name, does, (keeping(sends),))


HTTP = (
    _raw("no HTTP", "responds as an SSH server does", b"SSH-2.0-OpenSSH_9.6\r\n"),
    _raw("garbage", "sends 256 bytes of every value", bytes(range(256))),
    _raw("HTTP/2", "sends an HTTP/2 settings frame", b"\x00\x00\x00\x04\x00\x00\x00\x00\x00"),
    _raw("HTTP/0.9", "sends a body without anything before it", DONE),
    _raw("HTTP/1.0", "sends no length and closes behind the body", b"HTTP/1.0 202 Such\r\n\r\n" + DONE),
    _raw("HTTP/1.0, cut short", "sends no length and closes within the body", b"HTTP/1.0 202 Such\r\n\r\n" + DONE[:-9]),
    _whole("no reason", "sends a status line without a reason", answer().replace(b" Such", b"")),
    _raw("status 99", "sends a status that HTTP does not have", answer(99)),
    _raw("status of four digits", "sends status 2000", answer(2000)),
    _whole("100 and 103 first", "sends 100 and 103 first", head(100) + head(103, "Link: </x>") + answer()),
    Kind(
        "101", "switches to a protocol that was not requested", (Step(head(101, "Upgrade: x", "Connection: upgrade")),)
    ),
    _raw("short body", "closes before the announced length is there", answer()[:-9]),
    Kind("short body once", "closes within the first body, then works", (Step(answer()[:-9]), OK)),
    Kind("short body, create", "closes before the announced length is there", (Step(answer(201)[:-9]),), CREATE),
    Kind("short body, get", "closes before the announced length is there", (Step(answer(200, CUSTOMER)[:-9]),), GET),
    _whole("chunked", "sends the body in chunks", CHUNKED + CHUNK + b"0\r\n\r\n"),
    _raw("chunks without an end", "closes before the last chunk", CHUNKED + CHUNK),
    _raw("chunk without a size", "sends a chunk whose size is not a number", CHUNKED + b"zz\r\n" + DONE),
    _raw("chunk of a huge size", "sends a chunk size of 30 digits", CHUNKED + b"f" * 30 + b"\r\n" + DONE),
    _raw("two lengths", "sends two different lengths", answer(202, DONE, "Content-Length: 5")),
    _raw("negative length", "sends a length below zero", head(202, "Content-Length: -1") + DONE),
    _raw("header without a colon", "sends a line that is not a header", answer(202, DONE, "nonsense")),
    _raw("null byte in a header", "sends a header with a null byte", answer(202, DONE, "X-Null: a\0b")),
    _whole("folded header", "sends a header on two lines", answer(202, DONE, "X-Folded: a\r\n b")),
    _whole("header that is not ASCII", "sends a header in Latin-1", answer(202, DONE, "X-Name: M\xfcller")),
    _whole("mad cookies", "sends cookies that make no sense", answer(202, DONE, "Set-Cookie: ;=;\xff=\x80; Expires=x")),
    _raw("huge header", "sends a header of 200,000 bytes", answer(202, DONE, "X-Huge: " + "x" * 200_000)),
    Kind("endless header", "sends a header without end", (Step(b"HTTP/1.1 202 Such\r\nX-Endless: ", b"x" * 9_000),)),
    Kind("endless body", "sends a body without end", (Step(CHUNKED, b"1\r\n \r\n" * 1_000),), options=SMALL),
    Kind("endless body, get", "sends a body without end", (Step(CHUNKED, b"1\r\n \r\n" * 1_000),), GET, options=SMALL),
    _whole("gzip", "compresses the body", answer(202, ZIPPED, "Content-Encoding: gzip")),
    _whole("deflate", "compresses the body", answer(202, zlib.compress(DONE), "Content-Encoding: deflate")),
    Kind(
        "gzip bomb",
        "sends 5 kB that are 5 MB",
        (Step(answer(202, BOMB, "Content-Encoding: gzip"), end=End.KEEP),),
        options=SMALL,
    ),
    _whole("bad gzip", "calls a plain body compressed", answer(202, DONE, "Content-Encoding: gzip")),
    _whole(
        "gzip, cut short",
        "compresses the body and forgets its end",
        answer(202, ZIPPED[:-30], "Content-Encoding: gzip"),
    ),
    _whole(
        "unknown encoding",
        "sends a body in an encoding that was not requested",
        answer(202, b"\x0b\x02", "Content-Encoding: br"),
    ),
    _whole(
        "six encodings", "names gzip six times", answer(202, ZIPPED, "Content-Encoding: " + ", ".join(["gzip"] * 6))
    ),
    Kind("204", "sends no body, as 204 says", (keeping(head(204)),)),
    Kind("204, delete", "sends no body, as 204 says", (keeping(head(204)),), DELETE),
    Kind("204, create", "sends no body, as 204 says", (keeping(head(204)),), CREATE),
    Kind(
        "201 with an address alone",
        "says in Location who was created, and has no body",
        (keeping(answer(201, b"", "Location: /api/v3/customer/7")),),
        CREATE,
    ),
    _whole("206", "sends a part of a body", answer(206, DONE[:20], "Content-Range: bytes 0-19/70")),
)
