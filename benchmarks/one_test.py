"""A test that creates, updates and reads a customer: with the fixtures of the plugin, and with a mock without state."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from rounds import Spread, interleaved
from table import Row, Target

NAME = "test"
_TESTS = 300
_CONFTEST = """
import time
ended = []
def pytest_runtest_logfinish(nodeid, location):
    ended.append(time.perf_counter())
def pytest_sessionfinish(session, exitstatus):
    assert exitstatus == 0
    with open("seconds", "w") as file:  # the first test starts the sandbox, and imports; the last one stops it
        file.write(str((ended[-2] - ended[0]) / (len(ended) - 2)))
"""
_TEST = f"""
import pytest
@pytest.mark.parametrize("number", range({_TESTS}))
def test_a_customer_moves(chargeover_client, number):
    customer_id = chargeover_client.customers.create(company="Acme Ltd", bill_city="Bonn")
    chargeover_client.customers.update(customer_id, bill_city="Berlin")
    assert chargeover_client.customers.get(customer_id).bill_city == "Berlin"
"""
_MOCK = """
import httpx2
from chargeover import ChargeOver
CUSTOMER = {"customer_id": 1, "company": "Acme Ltd", "bill_city": "Berlin"}
RESPONSES = {"POST": (201, {"id": 1}), "PUT": (202, {"id": 1}), "GET": (200, CUSTOMER)}
def respond(request):
    code, response = RESPONSES[request.method]
    envelope = {"code": code, "status": "OK", "message": "", "details": {}, "response": response}
    return httpx2.Response(code, json=envelope)
@pytest.fixture
def chargeover_client():
    http = httpx2.Client(transport=httpx2.MockTransport(respond), trust_env=False)
    with ChargeOver(base_url="http://127.0.0.1", username="u", password="p", http_client=http) as client:
        yield client
"""


def measure(rounds: int) -> Iterator[Row]:
    """Milliseconds for each test, everything that pytest does for it included, and the ratio."""
    sides = {"sandbox": _TEST, "mock": _TEST.replace("import pytest\n", f"import pytest\n{_MOCK}")}
    seconds = interleaved({name: lambda code=code: _run(code) for name, code in sides.items()}, rounds)
    ratio = Spread.of_ratio(seconds["sandbox"], seconds["mock"])
    yield Row(NAME, "milliseconds of a test with a real sandbox", _milli(seconds["sandbox"]), Target(3.0, at_most=True))
    yield Row(NAME, "  for information: with a mock without state", _milli(seconds["mock"]))
    yield Row(NAME, "time of a test: sandbox / mock without state", ratio, Target(1.5, at_most=True))


def _milli(seconds: list[float]) -> Spread:
    return Spread.of([value * 1000 for value in seconds])


def _run(code: str) -> float:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "conftest.py").write_text(_CONFTEST, encoding="utf-8")
        Path(folder, "test_one.py").write_text(code, encoding="utf-8")
        subprocess.run(
            [sys.executable, "-m", "pytest", "-qq", "-p", "chargeover_pytest.plugin", "-p", "no:cacheprovider"],
            cwd=folder,
            env={**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
            stdout=subprocess.DEVNULL,
            check=True,
        )
        return float(Path(folder, "seconds").read_text(encoding="ascii"))
