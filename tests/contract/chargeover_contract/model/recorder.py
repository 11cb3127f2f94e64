"""Every answer that the client gets, held against the document and kept for the report of a failure."""

from collections import deque
from urllib.parse import urlsplit

import httpx2

from chargeover_contract.coverage import Coverage
from chargeover_contract.curl import curl
from chargeover_contract.document import violations
from chargeover_contract.server import Server

_KEPT = 8


class Recorder(httpx2.BaseTransport):
    """Connections that note what travels over them.

    Args:
        coverage: where answers are noted.
        server: what they lead to.
    """

    def __init__(self, coverage: Coverage, server: Server) -> None:
        self._http = server.client(has_credentials=False)  # each request brings them
        self._coverage = coverage
        self._prefix = server.prefix
        self._last: deque[str] = deque(maxlen=_KEPT)
        self.violations: list[str] = []
        """What was wrong with answers, as far as the document says."""

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send a request, read its answer whole, and note both."""
        body = request.read()
        answer = self._http.send(request)
        content = answer.content
        # What is kept is what it stands for.
        raw = [(name, value) for name, value in answer.headers.raw if name.lower() != b"content-encoding"]
        parts = urlsplit(str(request.url))
        path = parts.path.removeprefix(self._prefix)
        target = f"{path}?{parts.query}" if parts.query else path
        self._coverage.note(request.method, target, answer.status_code)
        headers = {name.lower(): value for name, value in answer.headers.items()}
        found = violations(request.method, target, answer.status_code, headers, content)
        self.violations += [f"{request.method} {target}: {violation}" for violation in found]
        line = curl(
            request.method,
            str(request.url),
            [("Content-Type", request.headers["Content-Type"])] if "Content-Type" in request.headers else (),
            body or None,
        )
        self._last.append(f"{line}\n    -> {answer.status_code} {content[:200].decode(errors='replace')}")
        return httpx2.Response(answer.status_code, headers=raw, content=content)

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def report(self) -> str:
        """The last requests as curl lines, with what came back."""
        return "The last requests, the newest at the end:\n" + "\n".join(self._last)
