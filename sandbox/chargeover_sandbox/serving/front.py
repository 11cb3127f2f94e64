"""What stands in front of the API: the page at /, the reference at /docs, and what keeps other web pages out."""

from collections.abc import Collection
from http import HTTPStatus

from starlette.datastructures import Headers
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from chargeover_sandbox.contract.document import document, document_text

from .browsers import WithHosts, WithOrigins
from .page import asset, page
from .reference import Reference
from .server import PASSWORD, USERNAME

PATH = "/docs"
_TYPES = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "yaml": "application/yaml"}
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
_PAGE = "/"
_PAGE_FILES = "/_sandbox/page/"
# Nothing on the page is written as HTML by its scripts, and browsers that know trusted types see to it.
_PAGE_HEADERS = {
    **_HEADERS,
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self'; base-uri 'none'; "
        "form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    ),
    "cross-origin-resource-policy": "same-origin",
}
_SWITCHED_OFF = "The sandbox was started with --no-control, which switches this page off.\n"


class WithPage:
    """The page at ``/``; everything else goes to the application behind it.

    A request with credentials that does not ask for HTML comes from a program that uses the API, to which ``/`` is as
    unknown as any other path.

    Args:
        app: the application.
        username: the user name that the sandbox accepts.
        password: the password that it accepts. The page fills in the default pair only, since anyone can open it.
        has_reference: whether the reference is there for the page to link to.
        is_controlled: whether the control is there, without which the page is switched off.
    """

    def __init__(self, app: ASGIApp, username: str, password: str, *, has_reference: bool, is_controlled: bool) -> None:
        self._app = app
        pair = (username, password) if (username, password) == (USERNAME, PASSWORD) else (None, None)
        reference = PATH.removeprefix("/") if has_reference else None
        self._pair = pair
        self._reference = reference
        self._is_controlled = is_controlled

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Respond to one request."""
        response = self._response(scope) if scope["type"] == "http" and scope["method"] in {"GET", "HEAD"} else None
        await (response or self._app)(scope, receive, send)

    def _response(self, scope: Scope) -> Response | None:
        """The response to a request for the page or one of its files; None if it is for something else."""
        path: str = scope["path"]
        if path == _PAGE:
            headers = Headers(scope=scope)
            if "authorization" in headers and "text/html" not in headers.get("accept", ""):
                return None
            if not self._is_controlled:
                return _text(_SWITCHED_OFF)
            username, password = self._pair
            text = page(document(), username=username, password=password, reference=self._reference)
            return Response(text, media_type="text/html", headers=_PAGE_HEADERS)
        if not path.startswith(_PAGE_FILES) or not self._is_controlled:
            return None
        name = path.removeprefix(_PAGE_FILES)
        content = asset(name)
        if content is None:
            return _text("There is no such file.\n")
        return Response(content, headers={**_PAGE_HEADERS, "content-type": _TYPES[name.rsplit(".", 1)[1]]})


def _text(words: str) -> Response:
    return Response(words, HTTPStatus.NOT_FOUND, media_type="text/plain", headers=_PAGE_HEADERS)


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


def in_front_of(
    app: ASGIApp,
    username: str,
    password: str,
    hosts: Collection[str] = (),
    origins: Collection[str] = (),
    *,
    is_controlled: bool = True,
) -> ASGIApp:
    """The application behind its page, behind the reference if that is installed, and behind what keeps web pages out.

    Args:
        app: the application.
        username: the user name that it accepts.
        password: the password that it accepts.
        hosts: the names under which it is served, besides loopback names and the address of the connection.
        origins: the origins whose pages may send requests from a browser.
        is_controlled: whether the application serves the control; without it, the page is switched off.

    Raises:
        ValueError: a host or an origin is not valid.
    """
    reference = Reference()
    app = WithPage(app, username, password, has_reference=reference.is_installed, is_controlled=is_controlled)
    if reference.is_installed:
        app = WithReference(app, reference, username, password)
    return WithHosts(WithOrigins(app, origins), hosts)
