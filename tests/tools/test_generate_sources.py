"""Every operation, parameter and field of openapi.yaml says where it comes from."""

import pytest

from chargeover_contract.openapi import DOCUMENT
from tests.support.documents import Change, changed, with_field
from tools.contract import Contract
from tools.sources import problems

WANTED = "; it must say where this comes from: seed, recorded, docs, client, assumed."


def test_the_document_says_it_everywhere() -> None:
    assert problems(Contract(DOCUMENT)) == []


@pytest.mark.parametrize(
    ("change", "place", "problem"),
    [
        (
            with_field(returned={"type": "string", "x-source": "docs"}),
            "components.schemas.CustomerWritableFields.properties.new_field",
            "x-source is missing",
        ),
        (
            lambda d: d["components"]["schemas"]["CustomerCreate"]["allOf"][1]["properties"]["brand_id"].pop(
                "x-source"
            ),
            "components.schemas.CustomerCreate.allOf.1.properties.brand_id",
            "x-source is missing",
        ),
        (
            lambda d: d["components"]["parameters"]["token"].update({"x-source": "hearsay"}),
            "get_customer_by_token, parameter token",
            "x-source is hearsay",
        ),
        (lambda d: d["paths"]["/api/v3/_bulk"]["post"].pop("x-source"), "bulk", "x-source is missing"),
    ],
)
def test_one_that_does_not_is_named(change: Change, place: str, problem: str) -> None:
    assert problems(Contract(changed(change))) == [f"openapi.yaml, {place}: {problem}{WANTED}"]
