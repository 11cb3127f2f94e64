"""The contract suite's ``http``, which the other tests' one would hide here."""

import httpx2
import pytest

from chargeover_contract.coverage import Coverage
from chargeover_contract.http import CheckedHttp
from chargeover_contract.server import Server


@pytest.fixture
def http(server: Server, plain_http: httpx2.Client, coverage: Coverage) -> CheckedHttp:
    """HTTP that holds each response against the document."""
    return CheckedHttp(plain_http, coverage, server.prefix)
