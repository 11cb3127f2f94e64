"""The one answer of a bulk request, taken apart: what can be read is, and what cannot is said of its part alone."""

import json
from typing import Any

import httpx2
import pytest

from chargeover import (
    APIStatusError,
    BadRequestError,
    BulkRequest,
    Customer,
    InternalServerError,
    InvalidFieldError,
    InvalidResponseError,
    NotFoundError,
    RateLimitError,
    UnexpectedStatusError,
)
from chargeover._bulk.batches import Batch, Batches
from chargeover._calls.call import Call
from tests.support.envelopes import envelope_of

UPDATE = BulkRequest.update_customer(7, company="Acme")
LOOK = BulkRequest.get_customer(7)
DONE = {"code": 202, "status": "OK", "message": "", "response": {"id": 7}}


def outcomes(response: object, *requests: BulkRequest[Any]) -> list[Any]:
    """What becomes of these requests if this is the ``response`` of the whole."""
    batch: Batch[Any, Any] = Batch(0, list(requests), [request.call for request in requests])
    call = next(batch.rounds())
    body = json.dumps({"code": 200, "status": "OK", "message": "", "details": {}, "response": response}).encode()
    sent = httpx2.Request("POST", "http://x/base/api/v3/_bulk")
    return call.read(envelope_of(httpx2.Response(200, content=body, request=sent)))


@pytest.mark.parametrize(
    "response",
    [None, True, {}, [], {"_bulk": None}, {"_bulk": {}}, {"_bulk": []}, {"_bulk": [DONE]}, {"_bulk": [DONE] * 3}, "x"],
    ids=str,
)
def test_an_answer_without_one_part_for_each_request_is_invalid(response: object) -> None:
    with pytest.raises(InvalidResponseError, match="does not have one response for each of the 2 requests"):
        outcomes(response, UPDATE, UPDATE)


def test_the_parts_may_stand_in_the_response_itself() -> None:
    assert outcomes([DONE, DONE], UPDATE, UPDATE) == outcomes({"_bulk": [DONE, DONE]}, UPDATE, UPDATE) == [7, 7]


@pytest.mark.parametrize(
    "part",
    [
        DONE,
        {**DONE, "code": 201},
        {**DONE, "code": 500},
        {**DONE, "code": "202"},
        {**DONE, "response": {"id": "7"}},
        {**DONE, "response": {}},
        {**DONE, "response": None},
        {"status": "OK"},
        {"response": {"id": 7}},
        {"response": None},
    ],
    ids=str,
)
def test_an_update_that_was_done_gives_the_id(part: object) -> None:
    assert outcomes({"_bulk": [part]}, UPDATE) == [7]


@pytest.mark.parametrize(
    ("part", "kind"),
    [
        ({"code": 400, "status": "Error", "message": "No.", "response": False}, BadRequestError),
        ({"code": 404, "status": "Error", "message": "No.", "response": False}, NotFoundError),
        ({"code": 429, "status": "ERROR", "message": "No."}, RateLimitError),
        ({"code": 503, "status": "error", "message": "No."}, InternalServerError),
        ({"code": 418, "status": "Error", "message": "No."}, UnexpectedStatusError),
        ({"code": 200, "status": "OK", "message": "No.", "response": False}, UnexpectedStatusError),
        ({"code": None, "status": "Error", "message": "No."}, UnexpectedStatusError),
        ({"status": "Error", "message": "No."}, UnexpectedStatusError),
    ],
    ids=str,
)
def test_a_refused_part_is_the_error_of_its_code(part: dict[str, object], kind: type[APIStatusError]) -> None:
    before, error, after = outcomes({"_bulk": [DONE, part, DONE]}, UPDATE, LOOK, UPDATE)
    assert (before, after) == (7, 7)
    assert (type(error), error.message, error.method) == (kind, "No.", "GET")
    assert error.url == "http://x/base/api/v3/customer/7"


@pytest.mark.parametrize("part", [None, 1, "x", [], {}, {"code": 202}, [DONE]], ids=str)
def test_a_part_that_cannot_be_read_is_an_invalid_response_of_its_own(part: object) -> None:
    error, after = outcomes({"_bulk": [part, DONE]}, UPDATE, UPDATE)
    assert (type(error), after) == (InvalidResponseError, 7)
    assert "its part of the bulk response cannot be read" in str(error)


def test_a_part_whose_result_cannot_be_read_is_one_too() -> None:
    no_customer = {"code": 200, "status": "OK", "message": "", "response": 1}
    error, customer = outcomes({"_bulk": [no_customer, {**no_customer, "response": {"company": "x"}}]}, LOOK, LOOK)
    assert (type(error), customer) == (InvalidResponseError, Customer({"company": "x"}))
    assert "its response is not a customer" in str(error)


def test_a_raw_request_gives_the_response_as_it_came() -> None:
    responses: tuple[object, ...] = (None, [], {"a": [1]}, "x", 0, True)
    for response in responses:
        raw = BulkRequest.request("GET", "/api/v3/invoice/1")
        assert outcomes({"_bulk": [{"code": 200, "status": "OK", "response": response}]}, raw) == [response]


def test_items_travel_in_batches_of_25_and_keep_their_places() -> None:
    def call_of(item: int) -> Call[int]:
        if item % 10 == 3:
            raise InvalidFieldError("it ends in 3")
        return BulkRequest.update_customer(item + 1, company="x").call

    batches = Batches(call_of)
    full = [batch for item in range(60) if (batch := batches.add(item))]
    rest = batches.rest()
    assert rest is not None
    assert batches.rest() is None
    assert [(batch.first, len(batch.items)) for batch in (*full, rest)] == [(0, 25), (25, 25), (50, 10)]
    assert len(full[0].items) == 25
    results = [result for batch in (*full, rest) for result in batch.results([7] * 25)]
    assert [(result.index, result.item) for result in results] == [(item, item) for item in range(60)]
    assert [result.index for result in results if not result.ok] == [3, 13, 23, 33, 43, 53]
    call = next(rest.rounds())
    assert [part["uri"].rpartition("/")[2] for part in call.request.body] == [
        str(item + 1) for item in range(50, 60) if item != 53
    ]
