"""The loggers of the HTTP library say nothing about persons, and go on for everyone else in the process."""

import logging
import logging.config
from collections.abc import Generator
from typing import Any

import httpx2
import pytest

from chargeover import APIConnectionError, AsyncChargeOver, ChargeOver, Field
from chargeover_sandbox import LocalSandbox
from tests.support.http import TRUST, connect
from tests.support.https import serving

PERSON = "jane.doe"
LOUD = {"version": 1, "disable_existing_loggers": False, "root": {"level": "DEBUG"}}


@pytest.fixture(autouse=True)
def loud(caplog: pytest.LogCaptureFixture) -> Generator[None]:
    """As with ``logging.basicConfig(level=logging.DEBUG)``, and what a configuration of the program does on top."""
    logging.config.dictConfig(
        {**LOUD, "loggers": {"httpx2": {"level": "DEBUG"}, "httpcore2.http11": {"level": "DEBUG"}}}
    )
    with caplog.at_level(logging.DEBUG):
        yield
    for name in ("httpx2", "httpcore2.http11"):
        logging.getLogger(name).setLevel(logging.NOTSET)


def ask(client: ChargeOver) -> None:
    client.customers.create(company="x", external_key=f"{PERSON}-key")
    client.customers.get_by_external_key(f"{PERSON}-key")
    client.customers.count(where=Field.superuser_email == f"{PERSON}@example.com")


def arguments(sandbox: LocalSandbox) -> dict[str, Any]:
    return {"base_url": sandbox.url, "username": sandbox.username, "password": sandbox.password}


def text(caplog: pytest.LogCaptureFixture) -> str:
    names = {record.name.partition(".")[0] for record in caplog.records}
    assert "chargeover" in names
    return "\n".join(record.getMessage() for record in caplog.records if record.name != "chargeover_sandbox")


def test_no_name_is_logged(sandbox: LocalSandbox, caplog: pytest.LogCaptureFixture) -> None:
    with ChargeOver(**arguments(sandbox)) as client:
        ask(client)
    assert PERSON not in text(caplog)


def test_nor_through_an_http_client_of_the_caller(sandbox: LocalSandbox, caplog: pytest.LogCaptureFixture) -> None:
    with httpx2.Client(trust_env=False, verify=TRUST) as http:
        ask(ChargeOver(**arguments(sandbox), http_client=http))
    assert PERSON not in text(caplog)


async def test_nor_by_the_async_client(sandbox: LocalSandbox, caplog: pytest.LogCaptureFixture) -> None:
    async with AsyncChargeOver(**arguments(sandbox)) as client:
        await client.customers.create(company="x", external_key=f"{PERSON}-key")
        await client.customers.get_by_external_key(f"{PERSON}-key")
    assert PERSON not in text(caplog)


def test_nor_are_headers_of_a_response(caplog: pytest.LogCaptureFixture) -> None:
    def serve(connection: Any) -> None:
        connection.recv(65536)
        connection.sendall(
            b"HTTP/1.1 401 No\r\nSet-Cookie: jane.doe\r\nLocation: /jane.doe\r\nContent-Length: 9\r\n\r\n"
        )

    with serving(serve) as port, pytest.raises(APIConnectionError):
        ChargeOver(base_url=f"http://127.0.0.1:{port}", username="u", password="p").customers.delete(1)
    assert PERSON not in text(caplog)


def test_requests_of_the_program_itself_are_logged_as_ever(
    sandbox: LocalSandbox, caplog: pytest.LogCaptureFixture
) -> None:
    with ChargeOver(**arguments(sandbox)) as client, connect(sandbox.url) as http:
        ask(client)
        http.get("/api/v3/customer/1")
        client.customers.count()
    records = [record for record in caplog.records if record.name == "httpx2"]
    assert len(records) == 1
    assert "GET" in records[0].getMessage()
    assert any(record.name == "httpcore2.http11" for record in caplog.records)
