"""What stands in front of the API: the reference at /docs, and CORS for pages of other origins.

Neither is part of the API. Without the extra ``docs`` and without an allowed origin, nothing stands in front.
"""

import re
from collections.abc import Collection
from http import HTTPStatus

from starlette.datastructures import Headers
from starlette.middleware.cors import CORSMiddleware
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from chargeover_sandbox.contract.document import document, document_text

from .reference import Reference
from .server import PASSWORD, USERNAME

PATH = "/docs"
_TYPES = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "yaml": "application/yaml"}
_ORIGIN = re.compile(r"https?://(?:[a-z0-9.-]+|\[[0-9a-f:]+\])(?::[0-9]{1,5})?")
# The page sends requests to the sandbox only. Swagger UI sets inline styles.
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
    """The interactive reference at /docs; everything else goes to the application behind it.

    Args:
        app: the application.
        reference: the files, which must be installed.
        username: the user name that the sandbox accepts.
        password: the password that it accepts. The page fills in the default pair only, since anyone can open it.
    """

    def __init__(self, app: ASGIApp, reference: Reference, username: str, password: str) -> None:
        self._app = app
        self._is_default = (username, password) == (USERNAME, PASSWORD)
        self._reference = reference

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Respond to one request."""
        is_read = scope["type"] == "http" and scope["method"] in {"GET", "HEAD"}
        if is_read:
            path: str = scope["path"]
            if path == PATH or path.startswith(f"{PATH}/"):
                await self._response(path.removeprefix(PATH))(scope, receive, send)
                return
        await self._app(scope, receive, send)

    def _response(self, path: str) -> Response:
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
    """CORS: lets pages of these origins, and of no others, send requests from a browser.

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
        is_allowed = scope["type"] == "http" and Headers(scope=scope).get("origin") in self._origins
        await (self._with_cors if is_allowed else self._app)(scope, receive, send)


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


def in_front_of(app: ASGIApp, username: str, password: str, origins: Collection[str] = ()) -> ASGIApp:
    """The application behind the reference, if that is installed, and behind CORS, if an origin is allowed.

    Raises:
        ValueError: an origin is not in the form in which browsers send it.
    """
    reference = Reference()
    if reference.is_installed:
        app = WithReference(app, reference, username, password)
    return WithOrigins(app, origins) if origins else app
