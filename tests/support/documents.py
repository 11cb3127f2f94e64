"""Documents that differ from openapi.yaml, for tests of what reads it."""

import copy
from collections.abc import Callable
from typing import Any

from chargeover_contract.openapi import DOCUMENT

Document = dict[str, Any]
Change = Callable[[Document], object]


def changed(*changes: Change) -> Document:
    """openapi.yaml after some changes, of which each must change something."""
    document = copy.deepcopy(DOCUMENT)
    for change in changes:
        before = copy.deepcopy(document)
        change(document)
        assert document != before
    return document


def with_field(
    name: str = "new_field", sent: dict[str, Any] | None = None, returned: dict[str, Any] | None = None
) -> Change:
    """Add a field that is both sent and returned; a text if nothing else is said."""

    def change(document: Document) -> None:
        schemas = document["components"]["schemas"]
        schemas["CustomerWritableFields"]["properties"][name] = sent or {"type": "string", "description": "New."}
        schemas["Customer"]["properties"][name] = returned or {"type": ["string", "null"], "description": "New."}

    return change


def envelope(response: dict[str, Any]) -> dict[str, Any]:
    """The schema of a response that holds something."""
    part = {"type": "object", "required": ["response"], "properties": {"response": response}}
    return {"description": "A response.", "allOf": [{"$ref": "#/components/schemas/SuccessEnvelope"}, part]}


def add_invoices(document: Document) -> None:
    """A second resource: invoices, of which one can be read, listed and changed."""
    text = {"type": "string", "description": "Number."}
    document["components"]["schemas"].update(
        {
            "Invoice": {
                "description": "An invoice.",
                "type": "object",
                "properties": {"number": {**text, "type": ["string", "null"]}, "total": {"type": ["number", "null"]}},
            },
            "InvoiceUpdate": {"description": "A change.", "type": "object", "properties": {"number": text}},
            "InvoiceEnvelope": envelope({"$ref": "#/components/schemas/Invoice"}),
            "InvoicesEnvelope": envelope({"type": "array", "items": {"$ref": "#/components/schemas/Invoice"}}),
        }
    )
    invoice_id = {
        "name": "invoice_id",
        "in": "path",
        "required": True,
        "schema": {"type": "integer", "format": "int64", "minimum": 1},
    }
    limit = {"$ref": "#/components/parameters/limit"}

    def operation(name: str, envelope_name: str, **more: Any) -> dict[str, Any]:
        schema = {"$ref": f"#/components/schemas/{envelope_name}"}
        location = {"headers": {"Location": {"$ref": "#/components/headers/Location"}}} if "requestBody" in more else {}
        response = {"description": "Done.", "content": {"application/json": {"schema": schema}}, **location}
        return {"operationId": name, "tags": ["Invoices"], "summary": name, "responses": {"200": response}, **more}

    body = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/InvoiceUpdate"}}}}
    document["paths"]["/api/v3/invoice"] = {
        "get": operation("list_invoices", "InvoicesEnvelope", parameters=[limit]),
    }
    document["paths"]["/api/v3/invoice/{invoice_id}"] = {
        "parameters": [invoice_id],
        "get": operation("get_invoice", "InvoiceEnvelope"),
        "put": operation("update_invoice", "IdentifiedEnvelope", requestBody={"required": True, **body}),
    }
