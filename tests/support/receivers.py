"""A receiver of webhooks on this machine, which answers as a test wants it to."""

import threading
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from chargeover import webhooks


@dataclass
class Receiver:
    """What came, in order.

    Attributes:
        url: where webhooks are received.
        bodies: the bodies.
        headers: the headers, by name as it came.
        statuses: what the next webhooks are answered with; 0 closes the connection, and 200 follows the last.
        release: webhooks are answered while it is set.
    """

    url: str = ""
    bodies: list[bytes] = field(default_factory=list[bytes])
    headers: list[dict[str, str]] = field(default_factory=list[dict[str, str]])
    statuses: list[int] = field(default_factory=list[int])
    release: threading.Event = field(default_factory=threading.Event)

    def events(self, secret: str = "sandbox") -> list[webhooks.CustomerEvent]:
        """What came, as the client reads it."""
        pairs = zip(self.bodies, self.headers, strict=True)
        return [webhooks.parse(body, headers, secret=secret) for body, headers in pairs]

    def seen(self) -> list[tuple[str, int]]:
        """The event and the customer of each webhook."""
        return [(event.event, event.customer_id) for event in self.events()]

    def wait_for(self, number: int) -> None:
        """Wait until so many webhooks have come."""
        wait_until(lambda: len(self.bodies) >= number)


def wait_until(is_so: Callable[[], bool], patience: float = 10.0) -> None:
    """Wait until a condition holds."""
    end = time.monotonic() + patience
    while not is_so():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.005)


@contextmanager
def receiver(statuses: Sequence[int] = ()) -> Generator[Receiver]:
    """Receive webhooks during the block."""
    received = Receiver(statuses=[*statuses])
    received.release.set()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            received.headers.append(dict(self.headers.items()))
            received.bodies.append(body)
            received.release.wait(10)
            status = received.statuses.pop(0) if received.statuses else 200
            if status:
                self.send_response(status)
                self.send_header("Location", "/elsewhere")
                self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the name of http.server
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        received.url = f"http://127.0.0.1:{server.server_address[1]}/hook"
        yield received
        received.release.set()
        server.shutdown()
        thread.join(10)
