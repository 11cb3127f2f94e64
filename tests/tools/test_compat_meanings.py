"""The comparison of two documents is one of meanings: what is only written in another way breaks nothing."""

from functools import partial
from typing import Any

import pytest

from chargeover_contract.openapi import DOCUMENT
from tests.support.documents import Change, Document, changed
from tools.compat.rules import breaks
from tools.contract import Contract

LISTED = "/api/v3/customer"
ONE = "/api/v3/customer/{customer_id}"


def found(old: Document, new: Document) -> set[str]:
    return {one.rule for one in breaks(Contract(old), Contract(new))}


def fields(document: Document) -> Any:
    return document["components"]["schemas"]["CustomerWritableFields"]["properties"]


def parameter(document: Document, name: str) -> Any:
    return document["components"]["parameters"][name]


def move_a_path(document: Document) -> None:
    document["components"]["pathItems"] = {"Listed": document["paths"][LISTED]}
    document["paths"][LISTED] = {"$ref": "#/components/pathItems/Listed"}


def rename_a_scheme(document: Document) -> None:
    schemes = document["components"]["securitySchemes"]
    schemes["basic"] = {**schemes.pop("basicAuth"), "scheme": "Basic", "description": "Other words."}
    document["security"] = [{"basic": []}]


def state_the_servers_again(document: Document) -> None:
    document["paths"][LISTED]["get"]["servers"] = document["servers"]


def write_headers_in_another_case(document: Document) -> None:
    for response in document["components"]["responses"].values():
        response["headers"] = {name.upper(): one for name, one in response.get("headers", {}).items()}


def write_null_as_an_alternative(document: Document) -> None:
    parent = fields(document)["parent_customer_id"]
    parent["type"] = "integer"
    words = {key: parent.pop(key) for key in ("description", "examples")}
    fields(document)["parent_customer_id"] = {"anyOf": [parent, {"type": "null"}], **words}


def write_a_status_as_a_range(document: Document) -> None:
    responses = document["paths"][LISTED]["get"]["responses"]
    responses["4XX"] = responses.pop("400")


def write_bounds_as_exclusive(document: Document) -> None:
    schema = parameter(document, "limit")["schema"]
    schema.update(exclusiveMinimum=schema.pop("minimum") - 1, exclusiveMaximum=schema.pop("maximum") + 1)


SPELLED: dict[str, Change] = {
    "the style of a query": lambda d: parameter(d, "where").update(style="form", explode=True, allowReserved=False),
    "the style of a path": lambda d: parameter(d, "customer_id").update(style="simple", explode=False),
    "an optional parameter": lambda d: parameter(d, "where").update(required=False),
    "a length of at least 0": lambda d: fields(d)["company"].update(minLength=0),
    "any element": lambda d: fields(d)["tags"].update(uniqueItems=False, minItems=0),
    "any other field": lambda d: d["components"]["schemas"]["Identified"].update(additionalProperties=True),
    "what is neither read-only nor write-only": lambda d: fields(d)["company"].update(readOnly=False, writeOnly=False),
    "a list of one type": lambda d: fields(d)["company"].update(type=["string"]),
    "the case of headers": write_headers_in_another_case,
    "a path moved to components": move_a_path,
    "the name of a scheme": rename_a_scheme,
    "servers of an operation": state_the_servers_again,
    "null as an alternative": write_null_as_an_alternative,
    "exclusive bounds": write_bounds_as_exclusive,
}


@pytest.mark.parametrize("change", SPELLED.values(), ids=SPELLED)
def test_what_is_only_written_in_another_way_breaks_nothing(change: Change) -> None:
    new = changed(change)
    assert found(DOCUMENT, new) == set()
    assert found(new, DOCUMENT) == set()


def test_an_operation_that_comes_to_ask_for_credentials_breaks_clients_that_send_none() -> None:
    without: tuple[list[Document], ...] = ([], [{}])
    for security in without:
        old = changed(partial(_set_security, security))
        assert found(old, DOCUMENT) == {"security-changed"}
        assert found(DOCUMENT, old) == set()


def _set_security(security: list[Document], document: Document) -> None:
    document["paths"][LISTED]["get"]["security"] = security


def test_a_range_of_statuses_covers_one_of_them() -> None:
    ranged = changed(write_a_status_as_a_range)
    assert found(DOCUMENT, ranged) == set()
    assert found(ranged, DOCUMENT) == {"status-removed"}


def test_a_server_may_take_more_values_but_not_fewer() -> None:
    def two(document: Document) -> None:
        document["servers"][0]["variables"]["instance"]["enum"] = ["example", "other"]

    def one(document: Document) -> None:
        document["servers"][0]["variables"]["instance"]["enum"] = ["example"]

    assert found(changed(one), changed(two)) == set()
    assert found(changed(two), DOCUMENT) == set()
    assert found(changed(two), changed(one)) == {"server-value-removed"}


def test_a_parameter_of_a_path_under_another_name_is_the_same_operation() -> None:
    def rename(document: Document) -> None:
        document["paths"][ONE.replace("customer_id", "id")] = document["paths"].pop(ONE)
        parameter(document, "customer_id")["name"] = "id"

    # The other path that has the parameter keeps its name in the template, which is not looked at.
    assert found(DOCUMENT, changed(rename)) == {"parameter-removed", "parameter-required"}
