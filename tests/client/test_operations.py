"""Reading answers: a success stays a success, whatever form it has."""

import json
from typing import TypeVar

import httpx2
import pytest

from chargeover import Customer, InvalidResponseError
from chargeover._calls.call import Call
from chargeover._customers.operations import create_customer, get_customer, update_customer
from tests.support.envelopes import envelope_of

NINES = "9" * 5000


def answer(status: int, body: str, **headers: str) -> httpx2.Response:
    return httpx2.Response(status, content=body.encode(), headers=headers, request=httpx2.Request("PUT", "http://x"))


T = TypeVar("T")


def read(call: Call[T], response: httpx2.Response) -> T:
    return call.read(envelope_of(response))


def envelope(response: object) -> str:
    return json.dumps({"code": 201, "status": "OK", "message": "", "details": {}, "response": response})


@pytest.mark.parametrize(
    "body",
    [
        envelope({"id": 7}),
        envelope({"id": "7"}),
        envelope({"id": " 7 "}),
        envelope({"id": 7.0}),
        envelope({}),
        envelope([]),
        envelope(None),
        envelope({"id": None}),
        envelope({"id": NINES}),
        envelope({"id": -5}),
        '{"status": "OK"}',
        '{"response": {"id": 7}}',
        '{"status": "OK", "response": {"id": 7}, "huge": ' + NINES + "}",
        '{"status": "OK", "response": {"id": ' + NINES + "}}",
    ],
    ids=lambda body: body[:60],
)
def test_an_update_that_was_done_gives_the_id(body: str) -> None:
    assert read(update_customer(7, {"company": "x"}), answer(202, body)) == 7


@pytest.mark.parametrize(
    ("response", "location"),
    [
        ({"id": 7}, ""),
        ({"id": "7"}, "/api/v3/customer/8"),
        ({"id": 7.0}, ""),
        ({}, "https://acme.chargeover.com/api/v3/customer/7"),
        ([], "/api/v3/customer/7/"),
    ],
    ids=str,
)
def test_the_id_of_a_new_customer_is_found_where_it_is(response: object, location: str) -> None:
    assert read(create_customer({"company": "x"}), answer(201, envelope(response), Location=location)) == 7


@pytest.mark.parametrize("location", ["", "/api/v3/customer", f"/{NINES}", "/0"])
def test_a_creation_without_any_id_says_so(location: str) -> None:
    with pytest.raises(InvalidResponseError):
        read(create_customer({"company": "x"}), answer(201, envelope({}), Location=location))


def test_a_customer_keeps_a_number_that_python_refuses_to_read() -> None:
    body = '{"status": "OK", "response": {"company": "Acme", "huge": ' + NINES + "}}"
    customer = read(get_customer(7), answer(200, body))
    assert (customer.company, str(customer.raw["huge"])) == ("Acme", NINES)


@pytest.mark.parametrize("response", [None, []])
def test_an_object_without_members_may_come_in_a_looser_form(response: object) -> None:
    assert read(get_customer(7), answer(200, envelope(response))) == Customer({})


@pytest.mark.parametrize("response", [1, "x", [{"customer_id": 7}]])
def test_a_customer_that_is_not_an_object_is_an_invalid_response(response: object) -> None:
    with pytest.raises(InvalidResponseError):
        read(get_customer(7), answer(200, envelope(response)))
