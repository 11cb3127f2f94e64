"""What stands in front of the API: the reference at /docs, and what browsers of other origins need.

Neither is a part of the API. Without the extra ``docs``, and without an allowed origin, there is nothing in front.
"""

import re
from collections.abc import Collection
from http import HTTPStatus

from starlette.datastructures import Headers
from starlette.middleware.cors import CORSMiddleware
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from .contract import document, document_text
from .reference import Reference
from .server import PASSWORD, USERNAME

PATH = "/docs"
_TYPES = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "yaml": "application/yaml"}
_ORIGIN = re.compile(r"https?://(?:[a-z0-9.-]+|\[[0-9a-f:]+\])(?::[0-9]{1,5})?")
# The page asks nobody but the sandbox. Swagger UI sets styles of its own.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "cache-control": "no-store",
    "content-security-policy": _POLICY,
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}


class WithReference:
    """The interactive reference at /docs; everything else is for the application behind it.

    Args:
        app: the application.
        reference: the files, which must be there.
        username: the user name that the sandbox accepts.
        password: the password that it accepts. Only the default pair is filled in: the page is there for everybody.
    """

    def __init__(self, app: ASGIApp, reference: Reference, username: str, password: str) -> None:
        self._app = app
        self._is_default = (username, password) == (USERNAME, PASSWORD)
        self._reference = reference

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        is_read = scope["type"] == "http" and scope["method"] in {"GET", "HEAD"}
        if is_read:
            path: str = scope["path"]
            if path == PATH or path.startswith(f"{PATH}/"):
                await self._answer(path.removeprefix(PATH))(scope, receive, send)
                return
        await self._app(scope, receive, send)

    def _answer(self, path: str) -> Response:
        if path == "":
            return Response(self._page(), media_type="text/html", headers=_HEADERS)
        if path == "/":
            return RedirectResponse(f"..{PATH}", headers={"cache-control": "no-store"})
        name = path.removeprefix("/")
        content = document_text().encode() if name == "openapi.yaml" else self._reference.asset(name)
        if content is None:
            message = f"There is no such file. The reference is at {PATH}.\n"
            return Response(message, HTTPStatus.NOT_FOUND, media_type="text/plain", headers=_HEADERS)
        return Response(content, headers={**_HEADERS, "content-type": _TYPES[name.rsplit(".", 1)[1]]})

    def _page(self) -> str:
        pair = (USERNAME, PASSWORD) if self._is_default else (None, None)
        settings = {"server": None, "username": pair[0], "password": pair[1]}
        return self._reference.page(
            document(), assets=f"{PATH.removeprefix('/')}/", home="ChargeOver sandbox (unofficial)", settings=settings
        )


class WithOrigins:
    """What browsers ask for before a page of another origin may send a request: for these origins, and no others.

    Args:
        app: the application.
        origins: such as ``http://127.0.0.1:8000``; exact, one by one.

    Raises:
        ValueError: an origin that no browser sends.
    """

    def __init__(self, app: ASGIApp, origins: Collection[str]) -> None:
        for origin in origins:
            check_origin(origin)
        self._app = app
        self._origins = frozenset(origins)
        self._answering = CORSMiddleware(
            app,
            allow_origins=self._origins,
            allow_methods=("GET", "POST", "PUT", "DELETE"),
            allow_headers=("Authorization", "Content-Type"),
            expose_headers=("Allow", "Location", "Retry-After", "WWW-Authenticate"),
            # Asked for by Chromium, before a page of the Internet may reach this machine.
            allow_private_network=True,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        is_allowed = scope["type"] == "http" and Headers(scope=scope).get("origin") in self._origins
        await (self._answering if is_allowed else self._app)(scope, receive, send)


def check_origin(text: str) -> str:
    """The text, if it is an origin as browsers send it.

    Raises:
        ValueError: it is not.
    """
    if not _ORIGIN.fullmatch(text):
        raise ValueError(
            f"an origin is a scheme, a host and perhaps a port, such as http://127.0.0.1:8000, not {text!r}"
        )
    return text


def in_front_of(app: ASGIApp, username: str, password: str, origins: Collection[str] = ()) -> ASGIApp:
    """The application with what stands in front of it.

    Raises:
        ValueError: an origin that no browser sends.
    """
    reference = Reference()
    if reference.is_installed:
        app = WithReference(app, reference, username, password)
    return WithOrigins(app, origins) if origins else app
