"""A fault inside a bulk request: nothing of it is kept, whatever the parts before it did."""

from collections.abc import Generator

import httpx2
import pytest

from chargeover_sandbox import LocalSandbox
from chargeover_sandbox.contract.handlers import CheckedRequest
from chargeover_sandbox.contract.responses import ContractBreach, Refusal, Response, success
from chargeover_sandbox.customers.operations import CustomerOperations
from tests.support.http import BULK, CUSTOMER, bulk_responses, connect, count, part, refused

CREATE = part("POST", CUSTOMER, payload={"company": "New"})


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch, fault: Response | Exception) -> Generator[httpx2.Client]:
    """A sandbox whose second creation goes wrong after it has written."""
    real = CustomerOperations.create_customer

    def wrong(self: CustomerOperations, request: CheckedRequest) -> Response:
        reply = real(self, request)
        if reply.envelope["response"]["id"] == 1:
            return reply
        if isinstance(fault, Exception):
            raise fault
        return fault

    monkeypatch.setattr(CustomerOperations, "create_customer", wrong)
    with (
        LocalSandbox() as sandbox,
        connect(sandbox.url) as http,
    ):
        yield http


@pytest.mark.parametrize(
    ("fault", "kind", "words"),
    [
        (success(201, {"id": "2"}, {"Location": "/x"}), ContractBreach, "response.id"),
        (success(201, {"id": 2}), ContractBreach, "lacks the header location"),
        (ZeroDivisionError("a detail"), ZeroDivisionError, "a detail"),
        (Refusal(400, "Too late."), RuntimeError, f"POST {CUSTOMER} wrote before it was refused"),
    ],
    ids=["breach", "header", "fault", "refusal"],
)
def test_a_fault_in_one_part_leaves_nothing_of_any_behind(
    broken: httpx2.Client, caplog: pytest.LogCaptureFixture, kind: type[Exception], words: str
) -> None:
    look = part("GET", f"{CUSTOMER}/_count")
    assert refused(broken.post(BULK, json=[CREATE, look, CREATE, look]), 500) == (
        "Internal server error of the sandbox; see its log."
    )
    (record,) = [one for one in caplog.records if one.name == "chargeover_sandbox"]
    assert record.exc_info is not None
    assert (record.exc_info[0], words in str(record.exc_info[1])) == (kind, True)
    assert count(broken) == 0


@pytest.mark.parametrize("fault", [ZeroDivisionError("a detail")])
def test_a_fault_does_not_reach_the_bulk_request_before_it(broken: httpx2.Client) -> None:
    assert [one["code"] for one in bulk_responses(broken, CREATE, part("GET", f"{CUSTOMER}/9"))] == [201, 404]
    refused(broken.post(BULK, json=[CREATE]), 500)
    assert count(broken) == 1
