"""The contract suite on a server with other customers: none of them is changed, whatever the server responds."""

from typing import Any

import httpx2
import pytest

from chargeover_contract.coverage import Coverage
from chargeover_contract.http import BULK, CheckedHttp
from chargeover_contract.operations import probe
from chargeover_contract.ownership import CUSTOMER, WrongCustomerError, create_own
from chargeover_sandbox import LocalSandbox
from tests.suite.running import CASES, suite
from tests.support.http import connect, create, read


def theirs(sandbox: LocalSandbox) -> list[dict[str, Any]]:
    with connect(sandbox.url) as http:
        return [read(http, number) for number in range(1, 7)]


def settle(sandbox: LocalSandbox) -> list[dict[str, Any]]:
    """A family and some others, with keys that a test may come upon."""
    with connect(sandbox.url) as http:
        for number, key in enumerate(("0", "a", "crm-1", "crm-1234", "00", "A")):
            parent = {"parent_customer_id": 1} if number == 1 else dict[str, int]()
            create(http, company=f"Theirs {number}", external_key=key, custom_1="theirs", **parent)
    return theirs(sandbox)


@pytest.mark.long
def test_customers_of_others_are_not_touched() -> None:
    with LocalSandbox() as sandbox:
        before = settle(sandbox)
        done = suite(sandbox.url, CASES, CONTRACT_EXAMPLES="10")
        assert done.returncode == 0, done.stdout[-3000:]
        assert theirs(sandbox) == before


def test_a_response_with_the_id_of_another_customer_leads_to_no_write() -> None:
    asked: list[tuple[str, str]] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        asked.append((request.method, request.url.path))
        is_creation = request.method == "POST" and request.url.path == CUSTOMER
        response = {"id": 1} if is_creation else {"customer_id": 1, "company": "Theirs", "custom_20": None}
        envelope = {"code": 200, "status": "OK", "message": "", "details": {}, "response": response}
        headers = {"Location": f"{CUSTOMER}/1"} if is_creation else {}
        return httpx2.Response(201 if is_creation else 200, json=envelope, headers=headers)

    with httpx2.Client(base_url="http://127.0.0.1:1", transport=httpx2.MockTransport(answer)) as http:
        missing = probe(http)
        with pytest.raises(WrongCustomerError):
            create_own(http, "Acme")
        with pytest.raises(AssertionError, match="customer 1 is not the one that was made"):
            CheckedHttp(http, Coverage()).create()
    assert "create_customer" in missing
    assert {(method, path) for method, path in asked if method != "GET"} == {("POST", CUSTOMER), ("POST", BULK)}
