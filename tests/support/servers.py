"""A server that misbehaves as a test wants it to."""

import json
import sys
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answer = Callable[[str, Any], object]
"""From the path and the JSON body (None without one) to the ``response``; an exception ends the connection instead."""


class _Server(ThreadingHTTPServer):
    request_queue_size = 64  # more at once would wait a second for their connections

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of a client that went away; some tests are about that."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


@contextmanager
def json_server(answer: Answer, dumps: Callable[[dict[str, Any]], str] = json.dumps) -> Generator[str]:
    """Answer every request with 200 and an envelope that says yes; the block gets the URL.

    Args:
        answer: the ``response`` of the envelope.
        dumps: how the envelope is written.
    """

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def _answer(self) -> None:
            sent = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            try:
                response = answer(self.path, json.loads(sent) if sent else None)
            except Exception:  # noqa: BLE001  whatever the test raises: the connection ends without an answer
                self.close_connection = True
                return
            body = dumps({"code": 200, "status": "OK", "message": "", "details": {}, "response": response})
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body.encode())

        do_GET = do_POST = _answer  # noqa: N815  the names that http.server calls

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the name of http.server
            """Say nothing."""

    with _Server(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join(10)
