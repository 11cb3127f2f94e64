"""One row of the tables: a request, the outcome, and why."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any

from chargeover_contract.curl import curl, socket_line
from chargeover_contract.ownership import CUSTOMER
from chargeover_contract.server import Server
from chargeover_contract.sockets import basic

ONE = f"{CUSTOMER}/<id>"
JSON = ("Content-Type", "application/json")


class Framing(Enum):
    """How the end of a body is told."""

    LENGTH = auto()
    CHUNKED = auto()
    GIVEN = auto()
    """As the headers of the case say, rightly or not."""


@dataclass(frozen=True, slots=True)
class Subject:
    """The customer that the cases are about.

    Attributes:
        customer_id: its ID.
        key: its external key.
        token: its token.
        marker: what it has in custom_20.
    """

    customer_id: int
    key: str
    token: str
    marker: str

    def filled_in(self, text: str) -> str:
        """The text with its placeholders replaced. ``<percent-id>`` is the ID with its first digit as ``%3x``."""
        digits = str(self.customer_id)
        for name, value in (
            ("<id>", digits),
            ("<percent-id>", f"%3{digits}"),
            ("<key>", self.key),
            ("<token>", self.token),
            ("<marker>", self.marker),
        ):
            text = text.replace(name, value)
        return text


@dataclass(frozen=True, slots=True)
class Request:
    """A request, with placeholders for what is known only when there is a server.

    Attributes:
        method: as it is sent.
        target: what stands between method and version.
        headers: besides Host, Authorization and Content-Length.
        body: its bytes.
        authorization: the Authorization header, made of the user name and the password; None for no such header.
        host: the Host header; ``<right>`` for the right one, None for none.
        version: of HTTP.
        framing: how the end of the body is told.
        pieces: how many pieces it is sent in, with a pause after each.
        ends: whether the client says that nothing more will come.
        followed: whether a GET of the subject is sent right behind it, before its answer came.
    """

    method: str
    target: str
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    authorization: Callable[[str, str], str] | None = basic
    host: str | None = "<right>"
    version: str = "HTTP/1.1"
    framing: Framing = Framing.LENGTH
    pieces: int = 1
    ends: bool = False
    followed: bool = False

    def rendered(self, server: Server, subject: Subject) -> list[bytes]:
        """The bytes, in the pieces that they are sent in."""
        data = self._head(server, subject) + self._framed(subject)
        if self.followed:
            data += Request("GET", ONE).rendered(server, subject)[0]
        size = -(-len(data) // self.pieces)
        return [data[start : start + size] for start in range(0, len(data), size)]

    def as_shell_line(self, server: Server, subject: Subject) -> str:
        """The line to send it again with: curl where curl can."""
        is_plain = (self.version, self.framing, self.host, self.followed, self.ends) == (
            "HTTP/1.1",
            Framing.LENGTH,
            "<right>",
            False,
            False,
        )
        target = subject.filled_in(self.target)
        if not is_plain or not target.startswith("/") or not self.method.isupper():
            secret = basic(server.username, server.password).encode()
            return socket_line(server.host, server.port, b"".join(self.rendered(server, subject)), secret)
        headers = [(name, subject.filled_in(value)) for name, value in self.headers]
        if self.authorization not in {None, basic}:
            headers.append(("Authorization", "… as the name of the case says"))
        body = self._body(subject) if self.body or JSON in self.headers else None
        return curl(self.method, server.url + target, headers, body, with_credentials=self.authorization is basic)

    def _head(self, server: Server, subject: Subject) -> bytes:
        target = subject.filled_in(self.target)
        # A target that is not a path stays as it is, even where the server's API is not at the root.
        lines = [f"{self.method} {server.prefix if target.startswith('/') else ''}{target} {self.version}"]
        if self.host is not None:
            lines.append(f"Host: {self.host.replace('<right>', f'{server.host}:{server.port}')}")
        if self.authorization is not None:
            lines.append(f"Authorization: {self.authorization(server.username, server.password)}")
        lines += [f"{name}: {subject.filled_in(value)}" for name, value in self.headers]
        if self.framing is Framing.CHUNKED:
            lines.append("Transfer-Encoding: chunked")
        elif self.framing is Framing.LENGTH and (self.body or self.method in {"POST", "PUT"}):
            lines.append(f"Content-Length: {len(self._body(subject))}")
        return "\r\n".join([*lines, "", ""]).encode("latin-1")

    def _framed(self, subject: Subject) -> bytes:
        body = self._body(subject)
        if self.framing is not Framing.CHUNKED:
            return body
        pieces = [body[start : start + 7] for start in range(0, len(body), 7)]
        chunks = b"".join(b"%X;why=because\r\n%b\r\n" % (len(piece), piece) for piece in pieces)
        return chunks + b"0\r\nX-Trailer: 1\r\n\r\n"

    def _body(self, subject: Subject) -> bytes:
        return self.body.replace(b"<id>", b"%d" % subject.customer_id).replace(b"<key>", subject.key.encode())


@dataclass(frozen=True, slots=True)
class Case:
    """A row.

    Attributes:
        name: what is odd about it.
        request: what is sent.
        statuses: the outcomes that are right.
        why: the reason, in a line.
        own: whether nothing published and nothing documented says so, but only our sandbox: it is run against that
            alone.
        then: fields that the subject has afterwards; nothing else of it has changed but its dates. Without it, nothing
            has changed at all.
        is_http: whether a server that keeps the contract sees a request at all. If not, what stands in front of it
            may answer, and without an envelope.
    """

    name: str
    request: Request
    statuses: tuple[int, ...]
    why: str
    own: bool = False
    then: Mapping[str, Any] = field(default_factory=dict[str, Any])
    is_http: bool = True

    def __str__(self) -> str:
        return self.name


def get(name: str, target: str, status: int, why: str, *, own: bool = False) -> Case:
    """A row that reads."""
    return Case(name, Request("GET", target), (status,), why, own)


def put(
    name: str, body: object, status: int, why: str, *, own: bool = False, then: Mapping[str, Any] | None = None
) -> Case:
    """A row that updates the subject, with a JSON value or with bytes as they are."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return Case(name, Request("PUT", ONE, (JSON,), content), (status,), why, own, then or {})


def post(name: str, target: str, body: object, status: int, why: str, *, own: bool = False) -> Case:
    """A row that creates, disconnects or sends a bulk request."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return Case(name, Request("POST", target, (JSON,), content), (status,), why, own)
