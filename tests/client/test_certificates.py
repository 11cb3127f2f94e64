"""A connection that is not secure, and would not be secure a second later: one attempt, and a clear error."""

import socket
import ssl
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from chargeover import APIConnectionError
from tests.support.certificates import Certificate, make_certificate
from tests.support.clients import ask
from tests.support.http import TRUST
from tests.support.https import serving

both = pytest.mark.parametrize("kind", ["sync", "async"])


def secure(context: ssl.SSLContext, connections: list[socket.socket]) -> Callable[[socket.socket], None]:
    def serve(connection: socket.socket) -> None:
        connections.append(connection)
        with connection.dup() as plain:
            with suppress(ssl.SSLError), context.wrap_socket(connection, server_side=True) as stream:
                stream.recv(65536)
            while plain.recv(65536):  # to close it earlier would take back the alert that says why
                pass

    return serve


async def failure(kind: str, port: int, context: ssl.SSLContext) -> APIConnectionError:
    with pytest.raises(APIConnectionError) as caught:
        await ask(kind, f"https://localhost:{port}", update, ssl_context=context)
    return caught.value


def update(client: Any) -> Any:
    return client.customers.update(1, company="x")


def assert_hopeless(error: APIConnectionError, connections: list[socket.socket], *words: str) -> None:
    assert not error.is_transient
    assert (error.attempts, len(connections)) == (1, 1)
    assert str(error).startswith("No secure connection for PUT https://localhost:")
    for word in words:
        assert word in str(error)


@both
@pytest.mark.parametrize(
    ("names", "is_trusted", "words"),
    [
        ("DNS:localhost", False, "self-signed certificate"),
        ("DNS:other.example", True, "Hostname mismatch"),
    ],
)
async def test_a_certificate_that_is_not_good_is_not_tried_again(
    kind: str, names: str, is_trusted: bool, words: str, tmp_path: Path
) -> None:
    certificate, connections = make_certificate(tmp_path, names), list[socket.socket]()
    context = certificate.trusted() if is_trusted else TRUST
    with serving(secure(certificate.shown(), connections)) as port:
        error = await failure(kind, port, context)
    assert_hopeless(error, connections, "certificate verify failed", words)
    assert not error.was_sent


@pytest.fixture
def certificate(tmp_path: Path) -> Certificate:
    return make_certificate(tmp_path)


@both
@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
async def test_a_server_that_asks_for_a_certificate_says_so(
    kind: str, version: ssl.TLSVersion, certificate: Certificate
) -> None:
    connections: list[socket.socket] = []
    context = certificate.trusted()
    context.maximum_version = version
    with serving(secure(certificate.shown(clients_too=True), connections)) as port:
        error = await failure(kind, port, context)
    assert_hopeless(error, connections)
    if version is ssl.TLSVersion.TLSv1_3:
        assert error.hint == "It asks for a client certificate: pass ssl_context= with one (load_cert_chain)."


@both
async def test_two_sides_without_a_version_in_common(kind: str, certificate: Certificate) -> None:
    connections: list[socket.socket] = []
    server, client = certificate.shown(), certificate.trusted()
    server.minimum_version = ssl.TLSVersion.TLSv1_3
    client.maximum_version = ssl.TLSVersion.TLSv1_2
    with serving(secure(server, connections)) as port:
        error = await failure(kind, port, client)
    assert_hopeless(error, connections)


@both
async def test_a_handshake_that_breaks_off_may_succeed_later(kind: str, waits: list[float]) -> None:
    connections: list[socket.socket] = []
    with serving(connections.append) as port:
        error = await failure(kind, port, TRUST)
    assert error.is_transient
    assert not error.was_sent
    assert (error.attempts, len(connections), len(waits)) == (4, 4, 3)
