"""A proxy between the tests and a sandbox: it forwards requests, except those whose response it replaces or drops."""

import json
import threading
from collections.abc import Callable, Generator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit


@dataclass(frozen=True)
class Replacement:
    """The response that a client gets instead of the sandbox's.

    Attributes:
        status: its status; 0 closes the connection without a response.
        headers: added to those of the forwarded request's response, if there is one.
        body: its body, unless the request is forwarded.
        forwards: whether the sandbox gets the request all the same.
    """

    status: int
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    body: bytes = b""
    forwards: bool = False


Replace = Callable[[str, str], Replacement | None]
"""From a method and a path to the replacement; None forwards the request and its response unchanged."""

_ENVELOPE = {"code": 404, "status": "Error", "message": "No such.", "details": {}, "response": False}
_NOT_FOUND = Replacement(404, {"Content-Type": "application/json"}, json.dumps(_ENVELOPE).encode())


@contextmanager
def proxy(url: str, replace: Replace) -> Generator[str]:
    """Start a proxy for the server at ``url``; the block gets its address."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def respond(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            replacement = replace(self.command, self.path)
            status, headers, content = 0, list[tuple[str, str]](), replacement.body if replacement else b""
            if replacement is None or replacement.forwards:
                connection = HTTPConnection(urlsplit(url).netloc, timeout=10)
                connection.request(self.command, self.path, body, dict(self.headers))
                response = connection.getresponse()
                status, content = response.status, response.read()
                headers = [(name, value) for name, value in response.getheaders() if name.lower() != "content-length"]
                connection.close()
            if replacement:
                status, headers = replacement.status, [*headers, *replacement.headers.items()]
            if not status:
                self.close_connection = True
                return
            self.send_response_only(status)
            for name, value in [*headers, ("Content-Length", str(len(content)))]:
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the name in the base class
            pass

        def __getattr__(self, name: str) -> Callable[[], None]:
            if name.startswith("do_"):  # the base class asks for one for each method, whatever it is
                return self.respond
            raise AttributeError(name)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def proxy_without(url: str, is_missing: Callable[[str, str], bool]) -> AbstractContextManager[str]:
    """Start a proxy that answers 404 where ``is_missing`` says so of a method and a path."""
    return proxy(url, lambda method, path: _NOT_FOUND if is_missing(method, path) else None)
