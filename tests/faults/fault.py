"""What a kind of fault is, and the bytes of answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .calls import UPDATE, FaultCall
from .server import End, Step

NEVER = 1_000


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of fault.

    Attributes:
        name: what it is called, in the tests and in docs/faults.md.
        does: what the server does, in one line.
        script: the same for the server.
        call: what the client is asked to do.
        refused: how many connections are refused before the server listens.
        options: arguments of the client.
        scheme: how the client speaks.
    """

    name: str
    does: str
    script: tuple[Step, ...]
    call: FaultCall = UPDATE
    refused: int = 0
    options: Mapping[str, Any] = field(default_factory=dict[str, Any])
    scheme: str = "http"


DONE = b'{"code":201,"status":"OK","message":"","details":{},"response":{"id":1}}'
CUSTOMER = b'{"code":200,"status":"OK","message":"","details":{},"response":{"customer_id":1,"company":"Acme"}}'
HTML = b"<html><body>It is not working.</body></html>"


def answer(status: int | str = 202, body: bytes = DONE, *headers: str) -> bytes:
    """A whole answer, with its length."""
    return head(status, f"Content-Length: {len(body)}", *headers) + body


def head(status: int | str, *headers: str) -> bytes:
    """What stands before the body."""
    return "\r\n".join([f"HTTP/1.1 {status} Such", *headers, "", ""]).encode("latin-1")


def no(status: int | str, message: str = "No.", *headers: str) -> bytes:
    """An answer that says no, in an envelope."""
    code = str(status)[:3]
    body = f'{{"code":{code},"status":"Error","message":"{message}","details":{{}},"response":false}}'
    return answer(status, body.encode(), *headers)


def keeping(sends: bytes) -> Step:
    """A whole answer, after which the connection is kept."""
    return Step(sends, end=End.KEEP)


OK = keeping(answer())
FOUND = keeping(answer(200, CUSTOMER))
LOST = Step()
