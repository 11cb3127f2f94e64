"""What a fault does to a request, its response and its connection."""

import asyncio
import contextlib
import socket
import struct
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.types import Message, Receive, Scope, Send

from chargeover_sandbox.contract.responses import Refusal, Response, success
from chargeover_sandbox.requests.app import SandboxApp
from chargeover_sandbox.requests.bodies import MAX_BYTES
from chargeover_sandbox.requests.credentials import refused_credentials

from .faults import Rule
from .journal import Journal

TRANSPORT = "transport"
"""Where the state of a request has the transport of its connection."""
_PIECES = 20
_LENGTH_OFF = 10
_PAGE = (
    "<html>\n<head><title>{0} {1}</title></head>\n<body>\n<center><h1>{0} {1}</h1></center>\n"
    "<hr><center>sandbox</center>\n</body>\n</html>\n"
)


class FaultyExchange:
    """One request that meets a fault.

    Args:
        app: the application.
        journal: gets one entry, before anything is sent or waited for.
        rule: the fault.
        stopping: set when the sandbox is being stopped; nothing waits after that.
    """

    def __init__(self, app: SandboxApp, journal: Journal, rule: Rule, stopping: asyncio.Event) -> None:
        self._app = app
        self._journal = journal
        self._rule = rule
        self._stopping = stopping

    async def run(self, scope: Scope, receive: Receive, send: Send, started: float) -> None:
        """Respond to the request, or do not."""
        options = self._rule.options
        received = bytearray()
        answered = await self._answered(Request(scope, receive), received)
        if answered is None:
            return
        status, headers, content = answered
        is_sent = not {"reset", "hang"} & options.keys()
        if not is_sent:
            status, headers, content = None, {}, b""
        if "truncate" in options:
            cut = options["truncate"]
            content = content[: len(content) // 2 if cut is True else cut]
        if status not in {204, 304, None}:
            off = options.get("wrong_length", 0)
            headers = {**headers, "content-length": str(max(len(content) + (_LENGTH_OFF if off is True else off), 0))}
        entry = self._journal.add(
            scope, received, status, headers, content, started, str(self._rule), carried_out=self._rule.carries_out
        )
        try:
            if not await self._wait(receive, self._rule.seconds_of_delay()):
                return
            if options.get("hang"):
                await self._wait(receive, None)
                self._transport(scope).abort()
            elif options.get("reset"):
                self._reset(scope)
            elif "wrong_length" in options:
                body = b"" if scope["method"] == "HEAD" else content
                self._transport(scope).write(_head(status or 0, headers) + body)
                self._transport(scope).close()
            else:
                await self._send(receive, send, status or 0, headers, content)
                return
            await _disconnected(receive)  # until the server knows, too
        finally:
            entry.end()

    async def _answered(
        self, request: Request, received: bytearray
    ) -> tuple[int | None, Mapping[str, str], bytes] | None:
        """The status, headers and body of the response, before the fault changes them; None if the client has gone."""
        if self._rule.carries_out:
            answered = await self._app.answered(request, lambda request: self._app.respond(request, received))
            if answered is None:
                return None
            response, content = answered
        else:
            try:
                async for chunk in request.stream():
                    received += chunk[: MAX_BYTES - len(received)]
            except ClientDisconnect:
                return None
            response, content = Response(0, {}), b""
        options = self._rule.options
        if "credentials" in options:
            response = refused_credentials(is_missing=options["credentials"] == "missing").response
            content = response.rendered()
        elif "status" in options:
            return _made_up(options)
        headers = {name.lower(): value for name, value in response.headers.items()}
        return response.status, {"content-type": "application/json", **headers}, content

    async def _send(
        self, receive: Receive, send: Send, status: int, headers: Mapping[str, str], content: bytes
    ) -> None:
        pairs = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]
        await send({"type": "http.response.start", "status": status, "headers": pairs})
        if slowness := self._rule.options.get("slow_body"):
            size = max(1, -(-len(content) // _PIECES))
            while len(content) > size:
                await send({"type": "http.response.body", "body": content[:size], "more_body": True})
                content = content[size:]
                if not await self._wait(receive, slowness / _PIECES):
                    return
        await send({"type": "http.response.body", "body": content})

    async def _wait(self, receive: Receive, duration: float | None) -> bool:
        """Wait, without an end if the duration is None, and return whether the client is still there."""
        if duration == 0:
            return True
        gone = asyncio.ensure_future(_disconnected(receive))
        stopped = asyncio.ensure_future(self._stopping.wait())
        try:
            await asyncio.wait({gone, stopped}, timeout=duration, return_when=asyncio.FIRST_COMPLETED)
            return not gone.done()
        finally:
            for task in (gone, stopped):
                task.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await task

    @staticmethod
    def _transport(scope: Scope) -> asyncio.Transport:
        transport: asyncio.Transport = scope["state"][TRANSPORT]
        return transport

    def _reset(self, scope: Scope) -> None:
        transport = self._transport(scope)
        # The option belongs to the socket, of which this is a second handle: the loop's own does not take options.
        number = transport.get_extra_info("socket").fileno()
        with socket.fromfd(number, socket.AF_INET, socket.SOCK_STREAM) as handle:
            handle.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        transport.abort()


async def _disconnected(receive: Receive) -> Message:
    """Wait until the client has gone."""
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return message


def _made_up(options: Mapping[str, Any]) -> tuple[int, Mapping[str, str], bytes]:
    status: int = options["status"]
    headers = {"retry-after": str(options["retry_after"])} if "retry_after" in options else {}
    if status == HTTPStatus.UNAUTHORIZED:
        headers |= {name.lower(): value for name, value in refused_credentials().response.headers.items()}
    phrase = HTTPStatus(status).phrase if status in set(HTTPStatus) else "Unknown"
    kind = options.get("body", "empty" if status in {204, 205, 304} else "envelope")
    if kind == "empty":
        return status, headers, b""
    if kind == "html":
        return status, {"content-type": "text/html", **headers}, _PAGE.format(status, phrase).encode()
    if status < HTTPStatus.BAD_REQUEST:
        content = success(status, False).rendered()
    else:
        content = Refusal(status, f"{phrase} (a fault of the sandbox's).").response.rendered()
    return status, {"content-type": "application/json", **headers}, content


def _head(status: int, headers: Mapping[str, str]) -> bytes:
    phrase = HTTPStatus(status).phrase if status in set(HTTPStatus) else ""
    lines = [f"HTTP/1.1 {status} {phrase}", *(f"{name}: {value}" for name, value in headers.items())]
    return "\r\n".join([*lines, "connection: close", "", ""]).encode("latin-1")
