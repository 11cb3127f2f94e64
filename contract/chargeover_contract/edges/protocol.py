"""HTTP itself: framing, connections, hosts, versions, and senders that take their time."""

from collections.abc import Iterator
from dataclasses import replace

from chargeover_contract.ownership import CUSTOMER

from .case import JSON, ONE, Case, Framing, Request

_PUT = Request("PUT", ONE, (JSON,), b'{"bill_city": "Essen"}')
_BODY = _PUT.body
_THEN = {"bill_city": "Essen"}


def cases() -> Iterator[Case]:
    """The rows."""
    yield from _right_in_other_ways()
    yield from _wrong_lengths()
    yield from _hosts_and_versions()
    yield from _long()
    yield from _several_on_one_connection()


def _right_in_other_ways() -> Iterator[Case]:
    yield Case(
        "a chunked body",
        replace(_PUT, framing=Framing.CHUNKED),
        (202,),
        "RFC 9112 7.1: every server reads it",
        then=_THEN,
    )
    yield Case(
        "a chunked body, slowly",
        replace(_PUT, framing=Framing.CHUNKED, pieces=9),
        (202,),
        "the pieces of TCP mean nothing",
        then=_THEN,
    )
    yield Case("a slow sender", replace(_PUT, pieces=40), (202,), "the pieces of TCP mean nothing", then=_THEN)
    expect = (JSON, ("Expect", "100-continue"))
    yield Case("Expect: 100-continue", replace(_PUT, headers=expect, pieces=6), (202,), "RFC 9110 10.1.1", then=_THEN)
    yield Case(
        "Connection: close", replace(_PUT, headers=(JSON, ("Connection", "close"))), (202,), "RFC 9112 9.6", then=_THEN
    )
    header = (JSON, ("Accept", "text/html"))
    yield Case("Accept: text/html", replace(_PUT, headers=header), (202,), "all answers are JSON", own=True, then=_THEN)
    upgrade = (("Upgrade", "h2c"), ("Connection", "Upgrade"))
    yield Case("a wish to upgrade", Request("GET", ONE, upgrade), (200,), "RFC 9110 7.8: it may be ignored", own=True)


def _wrong_lengths() -> Iterator[Case]:
    twice = (("Content-Length", "2"), ("Content-Length", str(len(_BODY))))
    for name, headers in (
        ("a negative length", (("Content-Length", "-1"),)),
        ("a length that is not a number", (("Content-Length", "abc"),)),
        ("two lengths", twice),
    ):
        request = replace(_PUT, headers=(JSON, *headers), framing=Framing.GIVEN)
        yield Case(name, request, (400,), "RFC 9112 6.3: 400, and the connection ends", is_http=False)
    short = replace(_PUT, headers=(JSON, ("Content-Length", "5")), framing=Framing.GIVEN)
    yield Case("a length that is too short", short, (400,), "five bytes of it are not JSON", is_http=False)
    for name, headers in (
        ("a length that is too long", (("Content-Length", "500"),)),
        ("a chunked body without an end", (("Transfer-Encoding", "chunked"),)),
    ):
        body = b"16\r\n" + _BODY if "chunked" in name else _BODY
        request = replace(_PUT, headers=(JSON, *headers), framing=Framing.GIVEN, ends=True, body=body)
        why = "RFC 9112 8: half a request is none; nothing may change"
        yield Case(name, request, (0, 400, 408, 500), why, is_http=False)
    bad = replace(
        _PUT, headers=(JSON, ("Transfer-Encoding", "chunked")), framing=Framing.GIVEN, body=b"zz\r\n{}\r\n0\r\n\r\n"
    )
    yield Case("a chunk without a length", bad, (400,), "RFC 9112 7.1", is_http=False)
    both = (JSON, ("Transfer-Encoding", "chunked"), ("Content-Length", "4"))
    smuggled = replace(_PUT, headers=both, framing=Framing.GIVEN, body=b"16\r\n" + _BODY + b"\r\n0\r\n\r\n")
    yield Case("chunks and a length", smuggled, (400,), "RFC 9112 6.1: an attack, most likely", own=True, is_http=False)


def _hosts_and_versions() -> Iterator[Case]:
    # RFC 9112 3.2 asks for a 400 without a Host; not every server insists on it.
    lenient = "what matters is that it is answered in order"
    yield Case("no Host", Request("GET", ONE, host=None), (200, 400), lenient, is_http=False)
    rebound = "a page could give its own name the sandbox's address"
    yield Case("another Host", replace(_PUT, host="evil.example"), (400, 421), rebound, own=True)
    yield Case(
        "HTTP/1.0", replace(_PUT, version="HTTP/1.0"), (202,), "RFC 9110 2.5: an older client", own=True, then=_THEN
    )
    for request, name in (
        (Request("GET", f"http://x{ONE}"), "a whole URL as target"),
        (Request("OPTIONS", "*"), "OPTIONS *"),
        (Request("GET", ONE, version="HTTP/9.9"), "a version that does not exist"),
        (Request("GET", ONE, version=""), "no version"),
        (Request("GET", ONE, (("X-Odd ", "x"),)), "a space in front of a colon"),
        (Request("GET", ONE, (("X-Odd", "a\0b"),)), "a NUL in a header"),
        (Request("GET", f"{ONE}\xe4"), "a bare letter beyond ASCII in the path"),
        (Request("GET", "nonsense"), "a target without a slash"),
    ):
        why = "any response will do, except a fault of the server's own"
        yield Case(name, request, (200, 400, 404, 405, 421, 505), why, is_http=False)


def _long() -> Iterator[Case]:
    yield Case("a query of 6,000 characters", Request("GET", f"{ONE}?x={'x' * 6000}"), (200,),
               "RFC 9112 3: 8,000 at least are read")  # fmt: skip
    for length in (100_000, 1_000_000):
        yield Case(
            f"a query of {length:,} characters",
            Request("GET", f"{ONE}?x={'x' * length}"),
            (200, 400, 414, 431),
            "RFC 9110 15.5.15: 414, or an answer",
            is_http=False,
        )
    yield Case("a key of 3,000 characters", Request("GET", f"{CUSTOMER}/external_key:{'k' * 3000}"), (404,),
               "no length is documented, and no customer has it")  # fmt: skip


def _several_on_one_connection() -> Iterator[Case]:
    why = "RFC 9112 9.3: answers come in the order of the requests, or the connection ends"
    yield Case("a GET behind an update", replace(_PUT, followed=True), (202,), why, then=_THEN)
    for name, request, status in (
        ("a GET behind a 400", replace(_PUT, body=b'{"compny": 1}', followed=True), 400),
        ("a GET behind no JSON", replace(_PUT, body=b"{", followed=True), 400),
        ("a GET behind a 401", Request("GET", ONE, authorization=None, followed=True), 401),
        ("a GET behind a 404", Request("GET", f"{CUSTOMER}/9223372036854775807", followed=True), 404),
        ("a GET behind a 405", Request("PATCH", ONE, (JSON,), b'{"company": "x"}', followed=True), 405),
        ("a GET behind a 415", replace(_PUT, headers=(("Content-Type", "text/plain"),), followed=True), 415),
        ("a GET behind a large 415",
         replace(_PUT, headers=(("Content-Type", "text/plain"),), body=b"x" * 300_000, followed=True), 415),
    ):  # fmt: skip
        yield Case(name, request, (status,), why)
    head = Request("HEAD", ONE, followed=True)
    yield Case("a GET behind a HEAD", head, (200, 405), "RFC 9110 9.3.2: the answer to a HEAD has no body")
