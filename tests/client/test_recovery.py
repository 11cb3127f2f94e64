"""After an attempt that may have been carried out although it failed: what the next answer then means."""

from functools import partial
from typing import Any

import httpx2
import pytest

from chargeover import BadRequestError, NotFoundError
from tests.support.scripted import Act, FakeTime, Kind, Outcome, Script, failure, no, perform, yes

READ, NEVER_SENT = httpx2.ReadTimeout, httpx2.ConnectError
KEYED = {"company": "Acme", "external_key": "crm-7"}
FOUND = yes({"customer_id": 7, **KEYED})


@pytest.fixture(params=["sync", "async"])
def act(request: pytest.FixtureRequest) -> Act:
    kind: Kind = request.param
    return partial(perform, kind)


def create_with_a_key(client: Any) -> Any:
    return client.customers.create(**KEYED)


def delete(client: Any) -> Any:
    return client.customers.delete(7)


@pytest.mark.parametrize("doubtful", [READ, no(500), no(408), httpx2.ReadError])
def test_a_creation_whose_answer_was_lost_is_recognised_by_its_key(act: Act, doubtful: Outcome) -> None:
    script = Script([doubtful, no(400), FOUND])
    assert act(script, create_with_a_key) == 7
    assert script.sent()[1:] == ["POST /api/v3/customer", "GET /api/v3/customer/external_key:crm-7"]


def test_a_customer_that_merely_has_the_same_key_is_not_taken_for_the_new_one(act: Act) -> None:
    other = yes({"customer_id": 3, "company": "Another customer", "external_key": "crm-7"})
    error = failure(act, Script([READ, no(400), other]), create_with_a_key)
    assert isinstance(error, BadRequestError)
    assert error.attempts == 2


@pytest.mark.parametrize("lookup", [no(404), no(500), READ, yes(None), yes([1])], ids=repr)
def test_a_lookup_that_fails_leaves_the_refusal_as_it_is(act: Act, lookup: Outcome) -> None:
    script = Script([READ, no(400), lookup])
    assert isinstance(failure(act, script, create_with_a_key), BadRequestError)
    assert len(script.requests) == 3


@pytest.mark.parametrize("first", [[], [no(429)], [NEVER_SENT]], ids=["at once", "after a 429", "never sent"])
def test_a_key_that_was_in_use_before_is_a_refusal_without_a_lookup(act: Act, first: list[Outcome]) -> None:
    script = Script([*first, no(400)])
    assert isinstance(failure(act, script, create_with_a_key), BadRequestError)
    assert len(script.requests) == len(first) + 1


def test_the_lookup_carries_the_headers_of_the_call_and_neither_its_query_nor_its_body(act: Act) -> None:
    def call(client: Any) -> Any:
        other = client.with_options(extra_headers={"X-A": "1"}, extra_query={"a": 1}, extra_body={"custom_99": "x"})
        return create_with_a_key(other)

    script = Script([READ, no(400), FOUND])
    assert act(script, call) == 7
    assert script.sent() == [*["POST /api/v3/customer?a=1"] * 2, "GET /api/v3/customer/external_key:crm-7"]
    assert script.requests[2].headers["x-a"] == "1"


def test_the_lookup_is_within_the_deadline_of_the_call(act: Act) -> None:
    script = Script([no(503, retry_after="8"), no(400), FOUND])
    assert act(script, create_with_a_key, time=FakeTime(), deadline=10) == 7
    assert [one.extensions["timeout"]["pool"] for one in script.requests] == [10, 2, 2]


@pytest.mark.parametrize("doubtful", [READ, no(500), no(408)])
def test_a_deletion_that_is_not_found_after_a_lost_answer_is_done(act: Act, doubtful: Outcome) -> None:
    script = Script([doubtful, no(404)])
    assert act(script, delete) is None
    assert len(script.requests) == 2


@pytest.mark.parametrize("first", [[], [no(429)], [NEVER_SENT]], ids=["at once", "after a 429", "never sent"])
def test_a_deletion_of_an_unknown_customer_is_not_found(act: Act, first: list[Outcome]) -> None:
    assert isinstance(failure(act, Script([*first, no(404)]), delete), NotFoundError)


def test_one_doubtful_attempt_is_enough_whatever_comes_between(act: Act) -> None:
    assert act(Script([READ, no(429), NEVER_SENT, no(404)]), delete) is None


def test_a_result_that_was_recognised_comes_raw_too(act: Act) -> None:
    def create_raw(client: Any) -> Any:
        return client.customers.with_raw_response.create(**KEYED)

    def delete_raw(client: Any) -> Any:
        return client.customers.with_raw_response.delete(7)

    created = act(Script([READ, no(400), FOUND]), create_raw)
    assert (created.value, created.response.status, created.response.body) == (7, 200, FOUND.body)
    deleted = act(Script([READ, no(404)]), delete_raw)
    assert (deleted.value, deleted.response.status) == (None, 404)
