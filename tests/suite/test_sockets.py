"""The suite's own HTTP: what is no response, and what is one that nothing could read."""

import socket
import threading
from collections.abc import Generator
from contextlib import contextmanager

import pytest

from chargeover_contract.server import Server
from chargeover_contract.sockets import Connection, NoAnswerError, UnreadableAnswerError


@contextmanager
def answering(data: bytes) -> Generator[Server]:
    """A server that sends bytes, whatever it is asked, and hangs up."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def answer() -> None:
            connection, _ = listener.accept()
            with connection:
                connection.recv(1000)
                connection.sendall(data)

        thread = threading.Thread(target=answer, daemon=True)
        thread.start()
        yield Server(f"http://127.0.0.1:{listener.getsockname()[1]}", "user", "password")
        thread.join(5)


def ask(server: Server) -> object:
    with Connection(server) as connection:
        connection.send([b"GET / HTTP/1.1\r\n\r\n"])
        return connection.receive()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"<html>", "the status line is b'<html>'"),
        (b"HTTP/2 200 OK\r\n\r\n", "the status line is"),
        (b"HTTP/1.1 OK\r\n\r\n", "the status line is"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n", "the headers end in the middle"),
        (b"HTTP/1.1 200 OK\r\nnonsense\r\n\r\n", "a header line without a name or a colon"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: two\r\n\r\n{}", "Content-Length is 'two', not a number"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{}", "Content-Length is 9, and 2 bytes came"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "the size of a chunk is b'zz"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{}", "a chunk of 5 bytes ends after 2"),
    ],
)
def test_what_cannot_be_read_is_said_so_and_not_that_nothing_came(data: bytes, sentence: str) -> None:
    with answering(data) as server, pytest.raises(UnreadableAnswerError) as caught:
        ask(server)
    assert str(caught.value).startswith(sentence)


def test_a_server_that_hangs_up_has_not_responded() -> None:
    with answering(b"") as server, pytest.raises(NoAnswerError, match="the server hung up without a response"):
        ask(server)
