"""A server between the tests and a sandbox: it passes requests on, but for those that it answers, or loses, itself."""

import threading
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit


@dataclass(frozen=True)
class Instead:
    """What becomes of an answer.

    Attributes:
        status: the status instead; 0 closes the connection without an answer.
        headers: more headers.
        body: the body, where the request is not passed on.
        passes: whether the request is passed on all the same.
    """

    status: int
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    body: bytes = b""
    passes: bool = False


Meddles = Callable[[str, str], Instead | None]
"""What becomes of the answer to a method and a path; None: nothing."""


@contextmanager
def server_meddling(url: str, meddles: Meddles) -> Generator[str]:
    """The address of a server that is the one at ``url``, but for what ``meddles`` says."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            instead = meddles(self.command, self.path)
            status, headers, answer = 0, list[tuple[str, str]](), instead.body if instead else b""
            if instead is None or instead.passes:
                connection = HTTPConnection(urlsplit(url).netloc, timeout=10)
                connection.request(self.command, self.path, body, dict(self.headers))
                found = connection.getresponse()
                status, answer = found.status, found.read()
                headers = [(name, value) for name, value in found.getheaders() if name.lower() != "content-length"]
                connection.close()
            if instead:
                status, headers = instead.status, [*headers, *instead.headers.items()]
            if not status:
                self.close_connection = True
                return
            self.send_response_only(status)
            for name, value in [*headers, ("Content-Length", str(len(answer)))]:
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the name that the base class gives it
            pass

        do_GET = do_POST = do_PUT = do_DELETE = answer  # noqa: N815  the names that the base class asks for

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
