"""Each fact of the published page, in every layer: 56 rows, 2 enums, 3 answers, 2 rules."""

import json
import typing
from typing import Any

import httpx2
import jsonschema_rs
import pytest

from chargeover import (
    AuthenticationError,
    BadRequestError,
    ChargeOver,
    Customers,
    CustomerUpdateFields,
    DeliveryMethod,
    InvalidFieldError,
)
from chargeover._customers.operations import update_customer as update_operation
from chargeover_api.api.customers import update_customer
from chargeover_api.models import CustomerUpdate, ErrorEnvelope, IdentifiedEnvelope
from chargeover_contract.openapi import DOCUMENT, resolved
from chargeover_sandbox import LocalSandbox
from tests.support.envelopes import envelope_of
from tests.support.http import connect_anonymously
from tests.support.seed import ANSWERS, ENUMS, ROWS, Row

SCHEMAS: dict[str, Any] = DOCUMENT["components"]["schemas"]
OPERATION: dict[str, Any] = DOCUMENT["paths"]["/api/v3/customer/{customer_id}"]["put"]
FIELDS: dict[str, Any] = SCHEMAS["CustomerWritableFields"]["properties"]
EACH_ROW = pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
PYTHON = {"integer": int, "string": str, "boolean": bool, "array": list}


def schema_of(status: int) -> dict[str, Any]:
    content = resolved(OPERATION["responses"][str(status)])["content"]["application/json"]
    return {**content["schema"], "components": DOCUMENT["components"]}


def test_the_transcription_is_complete() -> None:
    assert len(ROWS) == len({row.name for row in ROWS}) == 56


def test_the_document_has_the_rows_in_the_page_s_order_and_requires_none() -> None:
    names = [row.name for row in ROWS]
    assert [name for name in FIELDS if name in names] == names
    update = SCHEMAS["CustomerUpdate"]
    assert update["allOf"] == [
        {"$ref": "#/components/schemas/CustomerWritableFields"},
        {"description": "Every field is optional."},
    ]
    assert "required" not in update
    assert "required" not in SCHEMAS["CustomerWritableFields"]
    assert OPERATION["requestBody"]["content"]["application/json"]["schema"] == {
        "$ref": "#/components/schemas/CustomerUpdate"
    }


@EACH_ROW
def test_the_document_has_the_row(row: Row) -> None:
    schema = resolved(FIELDS[row.name])
    assert schema["type"] == ([row.json_type, "null"] if row.nullable else row.json_type)
    assert " ".join(schema["description"].split()).startswith(row.meaning)


@EACH_ROW
def test_the_generated_client_has_the_row(row: Row) -> None:
    body = CustomerUpdate.from_dict({row.name: row.value})
    assert getattr(body, row.name) == row.value
    assert body.to_dict() == {row.name: row.value}
    arguments = update_customer._get_kwargs(1, body=body)
    assert (arguments["method"], arguments["url"]) == ("put", "/api/v3/customer/1")
    assert arguments["json"] == {row.name: row.value}


@EACH_ROW
def test_the_wrapper_has_the_row(row: Row) -> None:
    accepted = str(typing.get_type_hints(CustomerUpdateFields)[row.name])
    assert PYTHON[row.json_type].__name__ in accepted or row.name in ENUMS
    assert ("None" in accepted) == row.nullable


@EACH_ROW
def test_the_row_travels_from_the_wrapper_to_the_sandbox_and_back(row: Row, client: ChargeOver) -> None:
    customer_id = family(client)
    client.customers.update(customer_id, **{row.name: row.value})  # type: ignore[arg-type]
    customer = client.customers.get(customer_id)
    assert customer.raw[row.name] == getattr(customer, row.name) == row.value


def test_all_rows_travel_together(client: ChargeOver, sandbox: LocalSandbox) -> None:
    customer_id = family(client)
    everything: Any = {row.name: row.value for row in ROWS}
    client.customers.update(customer_id, **everything)
    assert json.loads(sandbox.journal[-1].body) == everything
    raw = client.customers.get(customer_id).raw
    assert {row.name: raw[row.name] for row in ROWS} == everything


def family(client: ChargeOver) -> int:
    """A customer with a parent: setting the parent to null must change something."""
    return client.customers.create(company="Child", parent_customer_id=client.customers.create(company="Parent"))


@pytest.mark.parametrize("name", ENUMS)
def test_the_enums_are_one_component_used_twice(name: str) -> None:
    assert FIELDS[name]["$ref"] == "#/components/schemas/DeliveryMethod"
    assert tuple(SCHEMAS["DeliveryMethod"]["enum"]) == ENUMS[name]
    assert {member.value for member in DeliveryMethod} == set(ENUMS[name])


@pytest.mark.parametrize("status", ANSWERS)
def test_the_document_has_the_answer_with_the_published_example(status: int) -> None:
    response = resolved(OPERATION["responses"][str(status)])
    examples = response["content"]["application/json"]["examples"].values()
    assert ANSWERS[status] in [example["value"] for example in examples]
    assert jsonschema_rs.validator_for(schema_of(status)).is_valid(ANSWERS[status])


@pytest.mark.parametrize("code", [0, 201, 202, 400, -1])
def test_the_document_does_not_claim_that_the_code_is_the_http_status(code: int) -> None:
    assert jsonschema_rs.validator_for(schema_of(202)).is_valid({**ANSWERS[202], "code": code})
    assert jsonschema_rs.validator_for(schema_of(400)).is_valid({**ANSWERS[400], "code": code})


@pytest.mark.parametrize("status", ANSWERS)
def test_the_generated_client_reads_the_answer(status: int) -> None:
    model = IdentifiedEnvelope if status == 202 else ErrorEnvelope
    assert model.from_dict(ANSWERS[status]).to_dict() == ANSWERS[status]


@pytest.mark.parametrize("name", ENUMS)
def test_the_enums_in_the_wrapper_and_the_sandbox(name: str, client: ChargeOver, http: httpx2.Client) -> None:
    customer_id = client.customers.create(company="Acme")
    for value in ENUMS[name]:
        client.customers.update(customer_id, **{name: DeliveryMethod(value)})  # type: ignore[arg-type]
        assert client.customers.get(customer_id).raw[name] == value
    with pytest.raises(InvalidFieldError):
        client.customers.update(customer_id, **{name: "fax"})  # type: ignore[arg-type]
    answer = http.put(f"/api/v3/customer/{customer_id}", json={name: "fax"})
    assert (answer.status_code, answer.json()["details"]["errors"][0]["field"]) == (400, name)


def test_the_answers_of_the_sandbox(http: httpx2.Client, client: ChargeOver) -> None:
    customer_id = client.customers.create(company="Acme")
    path = f"/api/v3/customer/{customer_id}"
    done = http.put(path, json={"company": "New"})
    assert (done.status_code, done.json()) == (202, {**ANSWERS[202], "response": {"id": customer_id}})
    bad = http.put(path, json={"company": 1})
    assert (bad.status_code, {**bad.json(), "message": "", "details": {}}) == (400, {**ANSWERS[400], "message": ""})
    assert bad.json()["message"].startswith(ANSWERS[400]["message"])
    stranger = connect_anonymously(str(http.base_url))
    assert (stranger.put(path, json={}).status_code, stranger.put(path, json={}).json()) == (401, ANSWERS[401])
    stranger.close()


def test_the_wrapper_reads_the_published_answers() -> None:
    def read(status: int) -> int:
        request = httpx2.Request("PUT", "http://x")
        response = httpx2.Response(status, json=ANSWERS[status], request=request)
        return update_operation(1234, {"company": "x"}).read(envelope_of(response))

    assert read(202) == 1234
    for status, kind in ((400, BadRequestError), (401, AuthenticationError)):
        with pytest.raises(kind) as caught:
            read(status)
        assert (caught.value.code, caught.value.message) == (ANSWERS[status]["code"], ANSWERS[status]["message"])


def test_the_document_says_both_rules() -> None:
    for text in (OPERATION["description"], FIELDS["parent_customer_id"]["description"]):
        words = " ".join(text.split())
        assert "disconnects the customer from its parent" in words
        assert "while the parent has not made a payment for this customer" in words


def test_the_generated_client_and_the_wrapper_say_both_rules() -> None:
    for text in (update_customer.sync_detailed.__doc__, Customers.update.__doc__):
        words = " ".join((text or "").replace("`", "").split())
        assert "disconnects the customer from its parent" in words
        assert "made a payment for this customer" in words


def test_the_first_rule_null_disconnects(client: ChargeOver, sandbox: LocalSandbox) -> None:
    child = family(client)
    client.customers.update(child, parent_customer_id=None)
    assert sandbox.journal[-1].body == b'{"parent_customer_id":null}'
    assert client.customers.get(child).parent_customer_id is None


def test_the_second_rule_a_payment_fixes_the_parent(client: ChargeOver, http: httpx2.Client) -> None:
    child = family(client)
    parent = client.customers.get(child).parent_customer_id
    http.post("/_sandbox/payments", json={"customer_id": child, "paid_by": parent}).raise_for_status()
    with pytest.raises(BadRequestError, match="has made a payment"):
        client.customers.update(child, parent_customer_id=None)
    assert client.customers.get(child).parent_customer_id == parent


def test_every_example_fits_its_schema() -> None:
    for name in ("CustomerUpdate", "CustomerCreate"):
        path = "/api/v3/customer" + ("/{customer_id}" if name == "CustomerUpdate" else "")
        method = "put" if name == "CustomerUpdate" else "post"
        content = DOCUMENT["paths"][path][method]["requestBody"]["content"]["application/json"]
        validator = jsonschema_rs.validator_for({**SCHEMAS[name], "components": DOCUMENT["components"]})
        for example in content["examples"].values():
            assert validator.is_valid(example["value"]), example
    for name, schema in FIELDS.items():
        merged = resolved(schema)
        for example in merged.get("examples", []):
            assert jsonschema_rs.validator_for(merged).is_valid(example), name
