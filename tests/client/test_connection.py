"""What the client does without a response, or with an unreadable one; and where its password goes."""

import socket
import threading
from collections.abc import Generator
from contextlib import contextmanager

import pytest

from chargeover import APIConnectionError, APITimeoutError, AsyncChargeOver, ChargeOver, ChargeOverError

PASSWORD = "s3cret"


@contextmanager
def server(answer: bytes | None) -> Generator[tuple[str, list[bytes]]]:
    """A server that answers one request with these bytes, or with nothing, and notes what it was sent."""
    received: list[bytes] = []
    done = threading.Event()

    def serve(listener: socket.socket) -> None:
        connection, _ = listener.accept()
        with connection:
            received.append(connection.recv(65536))
            if answer is None:
                done.wait(10)
            else:
                connection.sendall(answer)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=serve, args=(listener,), daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}", received
        done.set()
        thread.join(10)


def client_of(url: str, timeout: float = 10) -> ChargeOver:
    return ChargeOver(base_url=url, username="u", password=PASSWORD, timeout=timeout, max_retries=0)


def assert_no_secret(error: BaseException | None) -> None:
    """In the error, in what led to it, and in all that hangs on either."""
    while error is not None:
        shown = f"{error} {error!r} {vars(error)}"
        for name in ("request", "_request"):
            request = vars(error).get(name)
            shown += str(dict(request.headers)) if request is not None else ""
        assert PASSWORD not in shown
        assert "dTpzM2NyZXQ=" not in shown
        error = error.__cause__ or error.__context__


def no_answer(url: str, timeout: float = 10) -> APIConnectionError:
    with client_of(url, timeout) as client, pytest.raises(APIConnectionError) as caught:
        client.customers.update(1, company="x")
    assert_no_secret(caught.value)
    return caught.value


def test_a_server_that_is_not_there() -> None:
    error = no_answer("http://127.0.0.1:1")
    assert str(error).startswith("No response to PUT http://127.0.0.1:1/api/v3/customer/1: ")
    assert (error.method, error.url) == ("PUT", "http://127.0.0.1:1/api/v3/customer/1")
    assert error.request is not None
    assert error.request.body == b'{"company":"x"}'


def test_a_server_that_says_nothing() -> None:
    with server(None) as (url, _):
        error = no_answer(url, timeout=0.2)
    assert type(error) is APITimeoutError
    assert str(error) == f"No response within 0.2 s for PUT {url}/api/v3/customer/1: ReadTimeout"


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"nonsense\r\n\r\n",
        b"HTTP/1.1 202 Accepted\r\nContent-Length: 100\r\n\r\n{",
        b"HTTP/1.1 202 Accepted\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}",
    ],
    ids=["closed", "no HTTP", "truncated", "bad gzip"],
)
def test_an_answer_that_cannot_be_read_is_not_called_no_answer(answer: bytes) -> None:
    with server(answer) as (url, _):
        error = no_answer(url)
    assert "could not be read, and the request may have been carried out" in str(error)


async def test_async_errors_carry_no_secret_either() -> None:
    async with AsyncChargeOver(base_url="http://127.0.0.1:1", username="u", password=PASSWORD) as client:
        with pytest.raises(ChargeOverError) as caught:
            await client.customers.get(1)
    assert_no_secret(caught.value)


def test_a_proxy_of_the_environment_never_sees_plain_http(monkeypatch: pytest.MonkeyPatch) -> None:
    with server(b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n") as (proxy, received):
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy)
        monkeypatch.delenv("no_proxy", raising=False)
        monkeypatch.delenv("NO_PROXY", raising=False)
        no_answer("http://127.0.0.1:1")
        assert received == []
        socket.create_connection(("127.0.0.1", int(proxy.rpartition(":")[2]))).close()


def test_the_credentials_travel_as_http_basic() -> None:
    body = b'{"code": 200, "status": "OK", "message": null, "details": null, "response": {"customer_id": 1}}'
    head = b"HTTP/1.1 200 OK\r\nContent-Length: " + str(len(body)).encode() + b"\r\n\r\n"
    with server(head + body) as (url, received), client_of(url) as client:
        assert client.customers.get(1).customer_id == 1
    assert b"authorization: basic dtpzm2nyzxq=\r\n" in received[0].lower()
