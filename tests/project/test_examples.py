"""Every example in openapi.yaml, and every default, fits the schema that it stands beside."""

from collections.abc import Iterator
from typing import Any

import jsonschema_rs
import pytest

from chargeover_contract.openapi import DOCUMENT


def examples(node: Any, place: str = "") -> Iterator[tuple[str, Any, Any]]:
    """Place, schema and value of each: a parameter, a header or a body has them beside `schema`, a schema in itself."""
    if isinstance(node, list):
        for index, value in enumerate(node):
            yield from examples(value, f"{place}/{index}")
    if not isinstance(node, dict):
        return
    if "schema" in node:
        if "example" in node:
            yield f"{place}/example", node["schema"], node["example"]
        for name, example in node.get("examples", {}).items():
            yield f"{place}/examples/{name}", node["schema"], example["value"]
    elif isinstance(node.get("examples"), list):
        for index, value in enumerate(node["examples"]):
            yield f"{place}/examples/{index}", node, value
    if "default" in node and "type" in node:
        yield f"{place}/default", node, node["default"]
    for key, value in node.items():
        if key not in {"example", "examples", "default"}:
            yield from examples(value, f"{place}/{key}")


def errors(schema: Any, value: Any) -> list[str]:
    whole = {"components": DOCUMENT["components"], "allOf": [schema]}
    validator = jsonschema_rs.Draft202012Validator(whole, validate_formats=True)
    return [error.message for error in validator.iter_errors(value)]


FOUND = [pytest.param(schema, value, id=place) for place, schema, value in examples(DOCUMENT)]


@pytest.mark.parametrize(("schema", "value"), FOUND)
def test_an_example_fits_its_schema(schema: Any, value: Any) -> None:
    assert errors(schema, value) == []


def bodies(node: Any, place: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(node, dict):
        for key, value in node.items():
            if key == "application/json":
                yield place, value
            yield from bodies(value, f"{place}/{key}")


def test_every_body_has_an_example() -> None:
    assert [place for place, body in bodies(DOCUMENT) if not body.get("examples")] == []


def test_examples_are_found_in_every_kind_of_place_and_wrong_ones_are_noticed() -> None:
    places = [place for place, _, _ in examples(DOCUMENT)]
    for part in ("/requestBody/", "/responses/", "/components/parameters/", "/components/schemas/", "/default"):
        assert any(part in place for place in places), part
    assert errors({"$ref": "#/components/schemas/CustomerUpdate"}, {"compny": "Acme"})
    assert errors({"$ref": "#/components/schemas/CustomerUpdate"}, {"no_taxes": 1})
    assert errors({"type": "string", "format": "date-time"}, "yesterday")
