"""What the client returns can be copied, pickled and hashed; what has connections says that it cannot. And mocks."""

import copy
import pickle
from collections.abc import Callable, Iterator
from typing import Any
from unittest.mock import MagicMock, create_autospec

import pytest

from chargeover import (
    AsyncChargeOver,
    BulkError,
    BulkProgress,
    BulkResult,
    ChargeOver,
    ChargeOverError,
    Clock,
    RawResponse,
    RequestOptions,
)
from tests.support.scripted import Script, no, perform, yes

CHANGES: Any = [(7, {"company": "x"}), (8, {"company": "y"})]
FAILED = {"code": 404, "status": "Error", "message": "No.", "details": {}, "response": False}
DONE = {"code": 202, "status": "OK", "message": "", "details": {}, "response": {"id": 7}}

copies = pytest.mark.parametrize(
    "copied",
    [copy.copy, copy.deepcopy, lambda value: pickle.loads(pickle.dumps(value))],
    ids=["copy", "deepcopy", "pickle"],
)
Copy = Callable[[Any], Any]


def returned() -> dict[str, object]:
    def ask(client: ChargeOver) -> Iterator[tuple[str, object]]:
        raw = client.customers.with_raw_response.get(7)
        yield "raw response", raw
        yield "response", raw.response
        yield "request", client.customers.preview(7, company="x")
        yield "difference", client.customers.diff(7, company="x")["company"]
        results = list(client.customers.bulk_update(CHANGES[:1]))
        yield "result", results[0]
        yield "progress", BulkProgress(2, 1)
        yield "options", RequestOptions(extra_headers={"X": "y"}, extra_query={"a": 1}, extra_body={"a": [1]})
        yield "clock", Clock()

    script = Script([yes({"customer_id": 7, "company": "Acme"})] * 2 + [yes({"_bulk": [DONE]})])
    found: dict[str, object] = perform("sync", script, lambda client: dict(ask(client)))
    return found


@copies
def test_values_are_equal_to_their_copies(copied: Copy) -> None:
    for name, value in returned().items():
        again = copied(value)
        assert again == value, name
        assert type(again) is type(value), name
        assert hash(again) == hash(value), name


@copies
def test_errors_keep_everything(copied: Copy) -> None:
    script = Script([no(404), yes({"_bulk": [DONE, FAILED]})])
    errors: list[ChargeOverError] = []

    def act(client: ChargeOver) -> None:
        for call in (lambda: client.customers.get(9), lambda: list(client.customers.bulk_update(CHANGES))):
            try:
                call()
            except ChargeOverError as error:
                errors.append(error)

    perform("sync", script, act)
    assert len(errors) == 2
    for error in errors:
        again = copied(error)
        assert (type(again), str(again), again.reason) == (type(error), str(error), error.reason)
        assert vars(again).keys() == vars(error).keys()
    bulk = copied(errors[1])
    assert isinstance(bulk, BulkError)
    assert ([one.index for one in bulk.results], bulk.done) == ([1], 2)


def test_values_can_be_in_a_set() -> None:
    values = returned()
    assert len({*values.values(), *returned().values()}) == len(values)
    result = BulkResult(0, {"not": "hashable"}, {"neither": 1}, None)
    assert len({result, copy.copy(result)}) == 1
    raw = values["raw response"]
    assert isinstance(raw, RawResponse)
    assert len({raw, copy.copy(raw)}) == 1


@pytest.mark.parametrize("copied", [copy.deepcopy, pickle.dumps])
@pytest.mark.parametrize("kind", [ChargeOver, AsyncChargeOver])
def test_what_has_connections_says_so(kind: Any, copied: Copy) -> None:
    client = kind(base_url="http://127.0.0.1:1", username="u", password="p")
    for part in (client.customers, client.customers.with_raw_response):
        with pytest.raises(TypeError, match="methods of a client cannot be pickled or copied"):
            copied(part)
    with pytest.raises(TypeError, match="CustomerIterator cannot be pickled or copied"):
        copied(client.customers.list())


@pytest.mark.parametrize("kind", [ChargeOver, AsyncChargeOver])
def test_mocks_have_what_a_client_has(kind: Any) -> None:
    for mock in (create_autospec(kind), create_autospec(kind, instance=True), MagicMock(spec=kind)):
        mock.customers.update.return_value = 7
        assert mock.customers.update(7, company="x") == 7
        assert mock.base_url
        with pytest.raises(AttributeError):
            _ = mock.no_such_thing
