"""A live sandbox for every test that wants one, and clients of it."""

import logging
import os
from collections.abc import AsyncGenerator, Generator
from typing import Any

import httpx2
import pytest
import pytest_asyncio

from chargeover import AsyncChargeOver, ChargeOver, Clock
from chargeover_sandbox import LocalSandbox
from tests.support.http import TRUST, connect


@pytest.fixture(scope="session")
def running_sandbox() -> Generator[LocalSandbox]:
    with LocalSandbox() as sandbox:
        yield sandbox


@pytest.fixture
def http(running_sandbox: LocalSandbox) -> Generator[httpx2.Client]:
    """An HTTP client with the sandbox's credentials."""
    with connect(running_sandbox.url, running_sandbox.username, running_sandbox.password) as http:
        yield http


@pytest.fixture
def sandbox(running_sandbox: LocalSandbox, caplog: pytest.LogCaptureFixture) -> Generator[LocalSandbox]:
    """An empty sandbox. A test fails if the sandbox broke its contract, or failed in any other way."""
    running_sandbox.reset()
    yield running_sandbox
    failures = [record for record in caplog.get_records("call") if record.levelno >= logging.ERROR]
    assert not failures, f"the sandbox failed: {[record.exc_text or record.message for record in failures]}"


def _arguments(sandbox: LocalSandbox) -> dict[str, Any]:
    credentials = {"username": sandbox.username, "password": sandbox.password}
    return {"base_url": sandbox.url, "ssl_context": TRUST, **credentials}


@pytest.fixture
def client(sandbox: LocalSandbox) -> Generator[ChargeOver]:
    with ChargeOver(**_arguments(sandbox)) as client:
        yield client


@pytest_asyncio.fixture
async def async_client(sandbox: LocalSandbox) -> AsyncGenerator[AsyncChargeOver]:
    async with AsyncChargeOver(**_arguments(sandbox)) as client:
        yield client


@pytest.fixture(autouse=True)
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds that clients of this process waited before another attempt. They did not really."""
    seconds: list[float] = []

    async def note(wait: float) -> None:
        seconds.append(wait)

    monkeypatch.setattr("chargeover._client.SYSTEM_CLOCK", Clock(sleep=seconds.append, async_sleep=note))
    return seconds


@pytest.fixture(autouse=True)
def no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("CHARGEOVER_")]:
        monkeypatch.delenv(name)
