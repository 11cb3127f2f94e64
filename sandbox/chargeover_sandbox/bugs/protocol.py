"""Bodies that are no JSON, paths that are others, and answers that are hardly HTTP."""

import asyncio
import json
import re
from collections.abc import Awaitable, Callable, Mapping
from http import HTTPStatus
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.types import Message, Receive, Send

from chargeover_sandbox.answers import Refusal, Reply
from chargeover_sandbox.contract import Body

from .bug import Category
from .parts import Parts, Wire

PROTOCOL = Category("JSON and HTTP")

Reading = Callable[[Request, Mapping[str, Body], bytearray], Awaitable[Any]]


def _cycle(channel: Send | Receive) -> Any:
    """The server's own object for one request, past everything that keeps its answer in order."""
    return getattr(channel, "__self__")  # noqa: B009  the type of the channel does not have it


@PROTOCOL.in_sandbox
def accepts_wrong_content_type(parts: Parts) -> None:
    """A body of any media type is read as JSON."""

    async def read(real: Reading, request: Request, bodies: Mapping[str, Body], received: bytearray) -> Any:
        given = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        return await real(request, {given: bodies["application/json"]}, received)

    parts.change_reading(read)


@PROTOCOL.in_sandbox
def refuses_charset(parts: Parts) -> None:
    """A media type with a charset is a 415."""

    async def read(real: Reading, request: Request, bodies: Mapping[str, Body], received: bytearray) -> Any:
        if ";" in request.headers.get("content-type", ""):
            raise Refusal(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "The body must be application/json.")
        return await real(request, bodies, received)

    parts.change_reading(read)


@PROTOCOL.in_sandbox
def accepts_duplicate_keys(parts: Parts) -> None:
    """Of one name twice in an object, the second counts."""
    parts.mend_body(lambda body: json.dumps(json.loads(body)).encode())


@PROTOCOL.in_sandbox
def accepts_nan(parts: Parts) -> None:
    """NaN is read as null."""
    parts.mend_body(lambda body: re.sub(rb"\bNaN\b", b"null", body))


@PROTOCOL.in_sandbox
def accepts_bad_utf_8(parts: Parts) -> None:
    """Bytes that are no UTF-8 become U+FFFD."""
    parts.mend_body(lambda body: body.decode(errors="replace").encode())


@PROTOCOL.in_sandbox
def accepts_lone_surrogates(parts: Parts) -> None:
    """Half of a surrogate pair becomes a question mark."""
    parts.mend_body(lambda body: re.sub(rb"\\u[dD][89a-fA-F][0-9a-fA-F]{2}", b"?", body))


@PROTOCOL.in_sandbox
def accepts_trailing_comma(parts: Parts) -> None:
    """A comma may follow the last field."""
    parts.mend_body(lambda body: re.sub(rb",\s*([}\]])", rb"\1", body))


@PROTOCOL.in_sandbox
def accepts_empty_body(parts: Parts) -> None:
    """No body at all is read as an empty object."""
    parts.mend_body(lambda body: body or b"{}")


@PROTOCOL.in_sandbox
def ignores_what_follows(parts: Parts) -> None:
    """What follows the JSON of a body is not looked at."""

    def mend(body: bytes) -> bytes:
        value, _ = json.JSONDecoder().raw_decode(body.decode())
        return json.dumps(value).encode()

    parts.mend_body(mend)


@PROTOCOL.in_sandbox
def crashes_on_emoji(parts: Parts) -> None:
    """A body with a character beyond U+FFFF is a 500."""

    async def read(real: Reading, request: Request, bodies: Mapping[str, Body], received: bytearray) -> Any:
        body = await real(request, bodies, received)
        if re.search(rb"[\xf0-\xf4]", received):
            raise ValueError("a character beyond U+FFFF")
        return body

    parts.change_reading(read)


@PROTOCOL.in_sandbox
def drops_large_bodies(parts: Parts) -> None:
    """The connection is reset without an answer when a body has more than 64 KiB."""

    async def read(real: Reading, request: Request, bodies: Mapping[str, Body], received: bytearray) -> Any:
        body = await real(request, bodies, received)
        if len(received) > 64 * 1024:
            _cycle(request.receive).transport.abort()
            while (await request.receive())["type"] != "http.disconnect":
                pass
            raise ClientDisconnect
        return body

    parts.change_reading(read)


@PROTOCOL.in_sandbox
def method_override_works(parts: Parts) -> None:
    """The header X-HTTP-Method-Override makes a request one of another method."""

    async def answer(real: Callable[..., Awaitable[Reply]], request: Request, received: bytearray) -> Reply:
        request.scope["method"] = request.headers.get("x-http-method-override", request.method)
        return await real(request, received)

    parts.change_answering(answer)


@PROTOCOL.in_sandbox
def trailing_slash_accepted(parts: Parts) -> None:
    """A path may end with a slash."""
    parts.change_path(lambda path: path.rstrip(b"/"))


@PROTOCOL.in_sandbox
def path_ignores_case(parts: Parts) -> None:
    """A path may be in capitals."""
    parts.change_path(lambda path: re.sub(rb"(?i)^/api/v3/customer", b"/api/v3/customer", path))


@PROTOCOL.in_sandbox
def html_error(parts: Parts) -> None:
    """A customer that does not exist is a page in HTML."""

    async def send(real: Wire, out: Send, reply: Reply, content: bytes) -> None:
        if reply.status == HTTPStatus.NOT_FOUND:
            await real(_as_html(out), reply, b"<!DOCTYPE html><title>Not Found</title>")
        else:
            await real(out, reply, content)

    parts.change_sending(send)


@PROTOCOL.in_sandbox
def content_type_is_html(parts: Parts) -> None:
    """The Content-Type of JSON is text/html."""
    parts.change_sending(lambda real, out, reply, content: real(_as_html(out), reply, content))


def _as_html(out: Send) -> Send:
    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            length = [(name, value) for name, value in message["headers"] if name != b"content-type"]
            message = {**message, "headers": [(b"content-type", b"text/html"), *length]}
        await out(message)

    return send


@PROTOCOL.in_sandbox
def answers_in_latin_1(parts: Parts) -> None:
    """Answers are in Latin-1, not in UTF-8."""
    parts.change_sending(
        lambda real, out, reply, content: real(out, reply, content.decode().encode("latin-1", "replace"))
    )


@PROTOCOL.in_sandbox
def byte_order_mark_first(parts: Parts) -> None:
    """Answers begin with a byte order mark."""
    parts.change_sending(lambda real, out, reply, content: real(out, reply, b"\xef\xbb\xbf" + content))


@PROTOCOL.in_sandbox
def head_has_body(parts: Parts) -> None:
    """The answer to a HEAD has a body."""

    async def send(real: Wire, out: Send, reply: Reply, content: bytes) -> None:
        await real(out, reply, content)
        if _cycle(out).scope["method"] == "HEAD":
            _cycle(out).transport.write(content)

    parts.change_sending(send)


@PROTOCOL.in_sandbox
def stray_bytes_after_error(parts: Parts) -> None:
    """A refusal is followed by bytes that belong to no answer."""

    async def send(real: Wire, out: Send, reply: Reply, content: bytes) -> None:
        await real(out, reply, content)
        if reply.status >= HTTPStatus.BAD_REQUEST:
            _cycle(out).transport.write(b"null\n")

    parts.change_sending(send)


@PROTOCOL.in_sandbox
def long_answer_is_cut(parts: Parts) -> None:
    """The connection is closed in the middle of an answer of more than 8 KiB."""

    async def send(real: Wire, out: Send, reply: Reply, content: bytes) -> None:
        if len(content) <= 8 * 1024:
            await real(out, reply, content)
            return
        cycle = _cycle(out)

        async def half(message: Message) -> None:
            if message["type"] == "http.response.body":
                message = {**message, "body": message["body"][: len(content) // 2], "more_body": True}
            await out(message)

        await real(half, reply, content)
        cycle.transport.close()
        # To return at once would be logged, as an application that did not end its answer.
        while not cycle.disconnected:  # noqa: ASYNC110  the server has no event for it
            await asyncio.sleep(0.001)

    parts.change_sending(send)


@PROTOCOL.in_sandbox
def closes_unannounced(parts: Parts) -> None:
    """The connection is closed after every answer, without a word in its headers."""

    async def send(real: Wire, out: Send, reply: Reply, content: bytes) -> None:
        await real(out, reply, content)
        _cycle(out).transport.close()

    parts.change_sending(send)
