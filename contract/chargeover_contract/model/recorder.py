"""Every answer that the client gets, held against the document and kept for the report of a failure."""

from collections import deque
from datetime import UTC, datetime
from urllib.parse import urlsplit

import httpx2

from chargeover_contract.coverage import Coverage
from chargeover_contract.curl import curl
from chargeover_contract.document import operation_at, violations
from chargeover_contract.findings import Finding, Notes
from chargeover_contract.http import exchange_of, said
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
        self.notes = Notes()
        """What was wrong with responses, as far as the document says, each cause once; and the last exchange."""

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send a request, read its answer whole, and note both."""
        body = request.read()
        sent = datetime.now(UTC)
        answer = self._http.send(request)
        content = answer.content
        # What is kept is what it stands for.
        raw = [(name, value) for name, value in answer.headers.raw if name.lower() != b"content-encoding"]
        parts = urlsplit(str(request.url))
        path = parts.path.removeprefix(self._prefix)
        target = f"{path}?{parts.query}" if parts.query else path
        self._coverage.note(request.method, target, answer.status_code, body)
        headers = {name.lower(): value for name, value in answer.headers.items()}
        self.notes.last = exchange_of(answer, sent)
        line = curl(
            request.method,
            str(request.url),
            [("Content-Type", request.headers["Content-Type"])] if "Content-Type" in request.headers else (),
            body or None,
        )
        for one in violations(request.method, target, answer.status_code, headers, content):
            if all(one.cause != other.cause for other in self.notes.findings):
                operation = operation_at(request.method, target)
                name = operation.name if operation else ""
                last = self.notes.last
                self.notes.findings.append(
                    Finding(
                        one.cause,
                        said(last),
                        one.says,
                        one.source,
                        family=one.family,
                        operation=name,
                        again=line,
                        exchange=last,
                    )
                )
        self._last.append(f"{line}\n    -> {answer.status_code} {content[:200].decode(errors='replace')}")
        return httpx2.Response(answer.status_code, headers=raw, content=content)

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def report(self) -> str:
        """The last requests as curl lines, with what came back."""
        return "The last requests, the newest at the end:\n" + "\n".join(self._last)
