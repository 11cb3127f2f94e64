"""A server that is at fault: it plays a script over real sockets, one step for each request."""

import contextlib
import socket
import struct
import threading
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from enum import Enum

_LONGEST_WAIT = 10.0
_MOMENT = 0.005
_MOST_CONNECTIONS = 30


class End(Enum):
    """What becomes of the connection after a step."""

    KEEP = "kept for another request"
    CLOSE = "closed"
    RESET = "reset"
    HANG = "left as it is until the client closes it"


@dataclass(frozen=True, slots=True)
class Step:
    """What the server does with one request.

    Attributes:
        sends: the bytes that it sends.
        repeats: what it sends after them again and again, until the client has had enough.
        pause: seconds before each of those.
        times: how often, at most.
        end: what becomes of the connection.
        reads: whether it reads the request first.
        farewell: what it sends a moment later.
        leaves: whether connections are refused from then on.
    """

    sends: bytes = b""
    repeats: bytes = b""
    pause: float = 0.0
    times: int = 1_000_000
    end: End = End.CLOSE
    reads: bool = True
    farewell: bytes = b""
    leaves: bool = False


class FaultServer:
    """Plays a script. The last step is played for every request that comes after it.

    Attributes:
        requests: method and path of each request that was read.
        port: where it is.
        decoy: another address, which must never be connected to.
    """

    def __init__(self, script: Sequence[Step], decoy: int) -> None:
        self._script = script
        self._step = 0
        self._lock = threading.Lock()
        self._is_over = threading.Event()
        self._is_leaving = threading.Event()
        self._has_left = threading.Event()
        self._threads: list[threading.Thread] = []
        self._socket = socket.socket()
        self._socket.bind(("127.0.0.1", 0))
        self.port = int(self._socket.getsockname()[1])
        self.decoy = f"http://127.0.0.1:{decoy}"
        self.requests: list[str] = []

    def open(self) -> None:
        """Listen. Before that, connections are refused."""
        self._socket.listen()
        self._start(self._accept)

    def close(self) -> None:
        """Read what was sent, and end. The client must have closed its connections."""
        self._is_over.set()
        for thread in self._threads:
            thread.join(_LONGEST_WAIT)
            assert not thread.is_alive()
        self._socket.close()

    def _start(self, target: Callable[..., object], *arguments: object) -> None:
        thread = threading.Thread(target=target, args=arguments, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        with self._socket:
            self._socket.settimeout(_MOMENT)
            while not self._is_leaving.is_set():
                try:
                    connection, _ = self._socket.accept()
                except TimeoutError:
                    if self._is_over.is_set():
                        break
                    continue
                connection.settimeout(_LONGEST_WAIT)
                self._start(self._converse, connection)
                assert len(self._threads) <= _MOST_CONNECTIONS
        self._has_left.set()

    def _converse(self, connection: socket.socket) -> None:
        with connection, contextlib.suppress(ConnectionError, TimeoutError):
            while (step := self._next_step(connection)) is not None:
                connection.sendall(step.sends.replace(b"{decoy}", self.decoy.encode()))
                self._repeat(step, connection)
                if step.farewell:
                    self._is_over.wait(_MOMENT)
                    connection.sendall(step.farewell)
                if step.leaves:
                    self._is_leaving.set()
                    self._has_left.wait(_LONGEST_WAIT)
                if step.end is End.RESET:
                    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                if step.end is End.HANG:
                    connection.recv(65536)
                if step.end is not End.KEEP:
                    return

    def _repeat(self, step: Step, connection: socket.socket) -> None:
        for _ in range(step.times if step.repeats else 0):
            if self._is_over.wait(step.pause):
                return
            connection.sendall(step.repeats)

    def _next_step(self, connection: socket.socket) -> Step | None:
        """The step for the next request of a connection; None if there is none."""
        if self._script[min(self._step, len(self._script) - 1)].reads and not self._read_request(connection):
            return None
        with self._lock:
            step = self._script[min(self._step, len(self._script) - 1)]
            self._step += 1
        return step

    def _read_request(self, connection: socket.socket) -> bool:
        received = b""
        while b"\r\n\r\n" not in received:
            if not (part := connection.recv(65536)):
                return False
            received += part
            if received[:1] not in {b"D", b"G", b"P"}:  # no HTTP, such as the first bytes of TLS
                return True
        head, _, body = received.partition(b"\r\n\r\n")
        lines = head.decode("ascii").split("\r\n")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines[1:])}
        while len(body) < int(headers.get("content-length", "0")):
            if not (part := connection.recv(65536)):
                return False
            body += part
        self.requests.append(lines[0].removesuffix(" HTTP/1.1"))
        return True


@contextlib.contextmanager
def fault_server(script: Sequence[Step], *, is_open: bool = True) -> Generator[FaultServer]:
    """A server with a script. Its decoy's address is listened on too; a connection to it fails the test."""
    with socket.create_server(("127.0.0.1", 0)) as decoy:
        server = FaultServer(script, decoy.getsockname()[1])
        try:
            if is_open:
                server.open()
            yield server
        finally:
            server.close()
        decoy.setblocking(False)
        with contextlib.suppress(BlockingIOError):
            decoy.accept()[0].close()
            raise AssertionError("the client followed a redirect")
