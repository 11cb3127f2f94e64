"""Short names for the fixtures of our pytest plugin, and what only these tests need."""

import os
from collections.abc import Generator

import httpx2
import pytest

from chargeover import AsyncChargeOver, ChargeOver
from chargeover_sandbox import LocalSandbox
from tests.support.http import connect


@pytest.fixture
def http(chargeover_session_sandbox: LocalSandbox) -> Generator[httpx2.Client]:
    """An HTTP client with the sandbox's credentials."""
    running = chargeover_session_sandbox
    with connect(running.url, running.username, running.password) as http:
        yield http


@pytest.fixture
def sandbox(chargeover_sandbox: LocalSandbox) -> LocalSandbox:
    return chargeover_sandbox


@pytest.fixture
def client(chargeover_client: ChargeOver) -> ChargeOver:
    return chargeover_client


@pytest.fixture
def async_client(async_chargeover_client: AsyncChargeOver) -> AsyncChargeOver:
    return async_chargeover_client


@pytest.fixture(autouse=True)
def waits(chargeover_waits: list[float]) -> list[float]:
    """The seconds that clients of this process waited before another attempt. They did not really."""
    return chargeover_waits


@pytest.fixture(autouse=True)
def no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("CHARGEOVER_")]:
        monkeypatch.delenv(name)
