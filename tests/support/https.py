"""HTTPS servers and an HTTP proxy, all on loopback sockets of this process."""

import contextlib
import select
import socket
import ssl
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from urllib.parse import urlsplit

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
def https_front(context: ssl.SSLContext, url: str) -> Generator[int]:
    """Encryption before an HTTP server, to the byte; gives the port."""
    address = (urlsplit(url).hostname or "", urlsplit(url).port or 80)

    def serve(connection: socket.socket) -> None:
        with (
            context.wrap_socket(connection, server_side=True) as secure,
            socket.create_connection(address, 10) as target,
        ):
            sources: list[socket.socket] = [secure, target]
            while True:
                for source in [secure] if secure.pending() else select.select(sources, [], [], 10)[0]:
                    part = source.recv(65536)
                    if source is secure and not part:
                        # The client has said all, and may still be waiting for the response.
                        target.shutdown(socket.SHUT_WR)
                        sources.remove(secure)
                    elif not part:
                        return
                    else:
                        (target if source is secure else secure).sendall(part)

    with serving(serve) as port:
        yield port


@contextmanager
def http_proxy() -> Generator[tuple[str, list[bytes]]]:
    """A proxy whose tunnels lead to this machine under any name; gives host and port, and all that clients sent."""
    seen: list[bytes] = []

    def serve(connection: socket.socket) -> None:
        seen.append(head := connection.recv(65536))
        if not head.startswith(b"CONNECT "):
            return
        port = int(head.split()[1].rpartition(b":")[2])
        with socket.create_connection(("127.0.0.1", port), 10) as target:
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
