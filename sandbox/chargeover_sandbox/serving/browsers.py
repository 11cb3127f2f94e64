"""What keeps web pages out: the names under which the sandbox is served, and the origins whose pages may use it.

A page of any origin can make a browser send simple requests to this machine, and can give its own name this machine's
address (DNS rebinding). So requests under other names are refused, and so are other pages' requests to the endpoints
under ``/_sandbox``; those of the API need JSON or a method for which a browser asks first.
"""

import re
from collections.abc import Collection
from functools import lru_cache
from http import HTTPStatus

from starlette.datastructures import Headers
from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

from chargeover_sandbox.contract.problems import shortened
from chargeover_sandbox.contract.responses import Refusal
from chargeover_sandbox.control.endpoints import OPEN, PREFIX
from chargeover_sandbox.requests.app import SandboxApp
from chargeover_sandbox.requests.urls import HOST, bare_name, check_host, is_loopback

_HOST = re.compile(rf"({HOST})(?::[0-9]{{0,5}})?", re.IGNORECASE)
_ORIGIN = re.compile(r"https?://(?:[a-z0-9.-]+|\[[0-9a-f:]+\])(?::[0-9]{1,5})?")


class WithHosts:
    """Serves requests whose ``Host`` is a loopback name, the address that they arrived at, or one of these names.

    The port does not matter, since containers map ports. The health check is served under any name.

    Args:
        app: the application.
        hosts: names, such as ``sandbox`` or ``192.168.0.5``; their case does not matter.

    Raises:
        ValueError: a name is not valid.
    """

    def __init__(self, app: ASGIApp, hosts: Collection[str]) -> None:
        self._app = app
        self._hosts = frozenset(bare_name(check_host(host)) for host in hosts)
        self._refusal = lru_cache(256)(self._refusal_of)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Respond to one request."""
        if scope["type"] == "http" and scope["path"] not in OPEN:
            named = tuple([value for name, value in scope["headers"] if name == b"host"])
            refusal = self._refusal(named, scope["http_version"], scope["server"][0])
            if refusal:
                await SandboxApp.send(send, refusal.response, refusal.response.rendered())
                return
        await self._app(scope, receive, send)

    def _refusal_of(self, named: tuple[bytes, ...], version: str, address: str) -> Refusal | None:
        if not named and version == "1.0":  # browsers always send one
            return None
        if len(named) != 1:
            how = "exactly one Host header" if named else "a Host header"
            return Refusal(HTTPStatus.BAD_REQUEST, f"The request needs {how}.")
        text = named[0].decode("latin-1")
        found = _HOST.fullmatch(text)
        if not found:
            return Refusal(HTTPStatus.BAD_REQUEST, f"{shortened(text)!r} is not a Host.")
        name = bare_name(found[1])
        if is_loopback(name) or name == address or name in self._hosts:
            return None
        message = f"The sandbox is not served under the name {shortened(name)}. --allow-host adds a name."
        return Refusal(HTTPStatus.MISDIRECTED_REQUEST, message)


class WithOrigins:
    """Lets pages of these origins, and of no others, send requests from a browser (CORS).

    The endpoints under ``/_sandbox`` refuse a browser's request for a page of another origin, since reset and payments
    need no answer to do harm. The health check is open to all.

    Args:
        app: the application.
        origins: such as ``http://127.0.0.1:8000``; compared exactly.

    Raises:
        ValueError: an origin is not in the form in which browsers send it.
    """

    def __init__(self, app: ASGIApp, origins: Collection[str]) -> None:
        for origin in origins:
            check_origin(origin)
        self._app = app
        self._origins = frozenset(origins)
        self._with_cors = CORSMiddleware(
            app,
            allow_origins=self._origins,
            allow_methods=("GET", "POST", "PUT", "DELETE"),
            allow_headers=("Authorization", "Content-Type"),
            expose_headers=("Allow", "Location", "Retry-After", "WWW-Authenticate"),
            # Chromium requires it before a page from the Internet may reach this machine.
            allow_private_network=True,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Respond to one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        path: str = scope["path"]
        if not path.startswith(PREFIX) and b"origin" not in dict(scope["headers"]):
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        if headers.get("origin") in self._origins:
            await self._with_cors(scope, receive, send)
        elif path.startswith(PREFIX) and path not in OPEN and _is_foreign(headers):
            refusal = Refusal(HTTPStatus.FORBIDDEN, "A page of another origin may not use the sandbox's own endpoints.")
            await SandboxApp.send(send, refusal.response, refusal.response.rendered())
        else:
            await self._app(scope, receive, send)


def _is_foreign(headers: Headers) -> bool:
    """Whether a browser sends the request for a page of another origin."""
    origin = headers.get("origin")
    if origin is not None and origin.partition("://")[2] != headers.get("host"):
        return True
    return headers.get("sec-fetch-site", "none") not in {"none", "same-origin"}


def check_origin(text: str) -> str:
    """The text itself, if it is an origin as browsers send it.

    Raises:
        ValueError: it is not an origin.
    """
    if not _ORIGIN.fullmatch(text):
        raise ValueError(
            f"an origin is a scheme, a host and perhaps a port, such as http://127.0.0.1:8000, not {text!r}"
        )
    return text
