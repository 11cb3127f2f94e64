"""A server that lacks operations, or is slow: it passes requests on to a sandbox, and answers some itself."""

import json
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

Lacks = Callable[[str, str], bool]
"""Whether a method of a path is not there."""


@contextmanager
def server_without(url: str, lacks: Lacks) -> Generator[str]:
    """The address of a server that is the one at ``url``, but for what it lacks."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            if lacks(self.command, self.path):
                envelope = {"code": 404, "status": "Error", "message": "No such.", "details": {}, "response": False}
                self.pass_back(404, [("Content-Type", "application/json")], json.dumps(envelope).encode())
                return
            connection = HTTPConnection(urlsplit(url).netloc, timeout=10)
            connection.request(self.command, self.path, body, dict(self.headers))
            answer = connection.getresponse()
            headers = [(name, value) for name, value in answer.getheaders() if name.lower() != "content-length"]
            self.pass_back(answer.status, headers, answer.read())
            connection.close()

        def pass_back(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
            self.send_response_only(status)
            for name, value in [*headers, ("Content-Length", str(len(body)))]:
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

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
