"""An HTTPS server and an HTTP proxy, both on loopback sockets of this process."""

import contextlib
import select
import socket
import ssl
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager

_BODY = b'{"code":200,"status":"OK","message":"","details":{},"response":{"customer_id":7}}'
_ANSWER = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(_BODY) + _BODY


@contextmanager
def serving(serve: Callable[[socket.socket], None]) -> Generator[int]:
    """Serve each connection in a thread, until the block ends; gives the port."""
    listener = socket.create_server(("127.0.0.1", 0))
    threads: list[threading.Thread] = []

    def serve_safely(connection: socket.socket) -> None:
        with contextlib.suppress(OSError), connection:
            connection.settimeout(10)
            serve(connection)

    def accept() -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = listener.accept()
                threads.append(threading.Thread(target=serve_safely, args=(connection,), daemon=True))
                threads[-1].start()

    acceptor = threading.Thread(target=accept, daemon=True)
    acceptor.start()
    try:
        yield listener.getsockname()[1]
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        for thread in (acceptor, *threads):
            thread.join(10)


@contextmanager
def https_server(context: ssl.SSLContext) -> Generator[tuple[str, list[bytes]]]:
    """A server that has one customer, for every question; gives its URL and the requests that came."""
    received: list[bytes] = []

    def serve(connection: socket.socket) -> None:
        with context.wrap_socket(connection, server_side=True) as secure:
            while request := secure.recv(65536):
                received.append(request)
                secure.sendall(_ANSWER)

    with serving(serve) as port:
        yield f"https://localhost:{port}", received


@contextmanager
def http_proxy() -> Generator[tuple[str, list[bytes]]]:
    """A proxy that makes tunnels; gives its host and port, and all bytes that clients sent through it."""
    seen: list[bytes] = []

    def serve(connection: socket.socket) -> None:
        seen.append(head := connection.recv(65536))
        host, _, port = head.split()[1].decode().rpartition(":")
        with socket.create_connection((host, int(port)), 10) as target:
            connection.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            while True:
                for source in select.select([connection, target], [], [], 10)[0]:
                    if not (part := source.recv(65536)):
                        return
                    if source is connection:
                        seen.append(part)
                    (target if source is connection else connection).sendall(part)

    with serving(serve) as port:
        yield f"127.0.0.1:{port}", seen
