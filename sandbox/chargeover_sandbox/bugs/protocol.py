"""Bodies that are not valid JSON, paths that do not exist, and responses that break HTTP."""

import asyncio
import json
import re
from collections.abc import Awaitable, Callable, Mapping
from http import HTTPStatus
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.types import Message, Receive, Send

from chargeover_sandbox.contract.document import Body
from chargeover_sandbox.contract.responses import Refusal, Response

from .bug import Category
from .patching import PatchableSandbox, Sender

PROTOCOL = Category("JSON and HTTP")

Reading = Callable[[Request, Mapping[str, Body], bytearray], Awaitable[Any]]


def _cycle(channel: Send | Receive) -> Any:
    """The server's own object for one request, which bypasses the checks on its response."""
    return getattr(channel, "__self__")  # noqa: B009  the type of the channel does not have it


@PROTOCOL.in_sandbox
def accepts_wrong_content_type(sandbox: PatchableSandbox) -> None:
    """A body of any media type is read as JSON."""

    async def read(real: Reading, request: Request, bodies: Mapping[str, Body], received: bytearray) -> Any:
        given = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        return await real(request, {given: bodies["application/json"]}, received)

    sandbox.change_reading(read)


@PROTOCOL.in_sandbox
def refuses_charset(sandbox: PatchableSandbox) -> None:
    """A media type with a charset gets a 415."""

    async def read(real: Reading, request: Request, bodies: Mapping[str, Body], received: bytearray) -> Any:
        if ";" in request.headers.get("content-type", ""):
            raise Refusal(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "The body must be application/json.")
        return await real(request, bodies, received)

    sandbox.change_reading(read)


@PROTOCOL.in_sandbox
def accepts_duplicate_keys(sandbox: PatchableSandbox) -> None:
    """Of duplicate names in an object, the last one wins."""
    sandbox.mend_body(lambda body: json.dumps(json.loads(body)).encode())


@PROTOCOL.in_sandbox
def accepts_nan(sandbox: PatchableSandbox) -> None:
    """NaN is read as null."""
    sandbox.mend_body(lambda body: re.sub(rb"\bNaN\b", b"null", body))


@PROTOCOL.in_sandbox
def accepts_bad_utf_8(sandbox: PatchableSandbox) -> None:
    """Bytes that are not valid UTF-8 become U+FFFD."""
    sandbox.mend_body(lambda body: body.decode(errors="replace").encode())


@PROTOCOL.in_sandbox
def accepts_lone_surrogates(sandbox: PatchableSandbox) -> None:
    """A lone surrogate becomes a question mark."""
    sandbox.mend_body(lambda body: re.sub(rb"\\u[dD][89a-fA-F][0-9a-fA-F]{2}", b"?", body))


@PROTOCOL.in_sandbox
def accepts_trailing_comma(sandbox: PatchableSandbox) -> None:
    """A comma may follow the last field."""
    sandbox.mend_body(lambda body: re.sub(rb",\s*([}\]])", rb"\1", body))


@PROTOCOL.in_sandbox
def accepts_empty_body(sandbox: PatchableSandbox) -> None:
    """A missing body is read as an empty object."""
    sandbox.mend_body(lambda body: body or b"{}")


@PROTOCOL.in_sandbox
def ignores_what_follows(sandbox: PatchableSandbox) -> None:
    """Anything may follow the JSON of a body."""

    def mend(body: bytes) -> bytes:
        value, _ = json.JSONDecoder().raw_decode(body.decode())
        return json.dumps(value).encode()

    sandbox.mend_body(mend)


@PROTOCOL.in_sandbox
def crashes_on_emoji(sandbox: PatchableSandbox) -> None:
    """A body with a character beyond U+FFFF gets a 500."""

    async def read(real: Reading, request: Request, bodies: Mapping[str, Body], received: bytearray) -> Any:
        body = await real(request, bodies, received)
        if re.search(rb"[\xf0-\xf4]", received):
            raise ValueError("a character beyond U+FFFF")
        return body

    sandbox.change_reading(read)


@PROTOCOL.in_sandbox
def drops_large_bodies(sandbox: PatchableSandbox) -> None:
    """The connection is reset without a response if a body has more than 64 KiB."""

    async def read(real: Reading, request: Request, bodies: Mapping[str, Body], received: bytearray) -> Any:
        body = await real(request, bodies, received)
        if len(received) > 64 * 1024:
            _cycle(request.receive).transport.abort()
            while (await request.receive())["type"] != "http.disconnect":
                pass
            raise ClientDisconnect
        return body

    sandbox.change_reading(read)


@PROTOCOL.in_sandbox
def method_override_works(sandbox: PatchableSandbox) -> None:
    """The header X-HTTP-Method-Override changes the method of a request."""

    async def respond(real: Callable[..., Awaitable[Response]], request: Request, received: bytearray) -> Response:
        request.scope["method"] = request.headers.get("x-http-method-override", request.method)
        return await real(request, received)

    sandbox.change_responding(respond)


@PROTOCOL.in_sandbox
def trailing_slash_accepted(sandbox: PatchableSandbox) -> None:
    """A path may end with a slash."""
    sandbox.change_path(lambda path: path.rstrip(b"/"))


@PROTOCOL.in_sandbox
def path_ignores_case(sandbox: PatchableSandbox) -> None:
    """The case of a path does not matter."""
    sandbox.change_path(lambda path: re.sub(rb"(?i)^/api/v3/customer", b"/api/v3/customer", path))


@PROTOCOL.in_sandbox
def html_error(sandbox: PatchableSandbox) -> None:
    """A customer that does not exist gets an HTML page."""

    async def send(real: Sender, out: Send, response: Response, content: bytes) -> None:
        if response.status == HTTPStatus.NOT_FOUND:
            await real(_as_html(out), response, b"<!DOCTYPE html><title>Not RouteMatch</title>")
        else:
            await real(out, response, content)

    sandbox.change_sending(send)


@PROTOCOL.in_sandbox
def content_type_is_html(sandbox: PatchableSandbox) -> None:
    """JSON is sent with the Content-Type text/html."""
    sandbox.change_sending(lambda real, out, response, content: real(_as_html(out), response, content))


def _as_html(out: Send) -> Send:
    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            length = [(name, value) for name, value in message["headers"] if name != b"content-type"]
            message = {**message, "headers": [(b"content-type", b"text/html"), *length]}
        await out(message)

    return send


@PROTOCOL.in_sandbox
def answers_in_latin_1(sandbox: PatchableSandbox) -> None:
    """Responses are in Latin-1, not in UTF-8."""
    sandbox.change_sending(
        lambda real, out, response, content: real(out, response, content.decode().encode("latin-1", "replace"))
    )


@PROTOCOL.in_sandbox
def byte_order_mark_first(sandbox: PatchableSandbox) -> None:
    """Responses begin with a byte order mark."""
    sandbox.change_sending(lambda real, out, response, content: real(out, response, b"\xef\xbb\xbf" + content))


@PROTOCOL.in_sandbox
def head_has_body(sandbox: PatchableSandbox) -> None:
    """The response to a HEAD request has a body."""

    async def send(real: Sender, out: Send, response: Response, content: bytes) -> None:
        await real(out, response, content)
        if _cycle(out).scope["method"] == "HEAD":
            _cycle(out).transport.write(content)

    sandbox.change_sending(send)


@PROTOCOL.in_sandbox
def stray_bytes_after_error(sandbox: PatchableSandbox) -> None:
    """A refusal is followed by bytes that do not belong to any response."""

    async def send(real: Sender, out: Send, response: Response, content: bytes) -> None:
        await real(out, response, content)
        if response.status >= HTTPStatus.BAD_REQUEST:
            _cycle(out).transport.write(b"null\n")

    sandbox.change_sending(send)


@PROTOCOL.in_sandbox
def long_answer_is_cut(sandbox: PatchableSandbox) -> None:
    """The connection is closed in the middle of a response of more than 8 KiB."""

    async def send(real: Sender, out: Send, response: Response, content: bytes) -> None:
        if len(content) <= 8 * 1024:
            await real(out, response, content)
            return
        cycle = _cycle(out)

        async def half(message: Message) -> None:
            if message["type"] == "http.response.body":
                message = {**message, "body": message["body"][: len(content) // 2], "more_body": True}
            await out(message)

        await real(half, response, content)
        cycle.transport.close()
        # Returning at once would be logged: the application did not complete its response.
        while not cycle.disconnected:  # noqa: ASYNC110  the server has no event for it
            await asyncio.sleep(0.001)

    sandbox.change_sending(send)


@PROTOCOL.in_sandbox
def closes_unannounced(sandbox: PatchableSandbox) -> None:
    """The connection is closed after every response, and no header announces it."""

    async def send(real: Sender, out: Send, response: Response, content: bytes) -> None:
        await real(out, response, content)
        _cycle(out).transport.close()

    sandbox.change_sending(send)
