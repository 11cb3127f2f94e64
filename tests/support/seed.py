"""The published page "Update a customer", transcribed by hand: what every layer is held against.

Not read from openapi.yaml, so that a slip there is found.
"""

from typing import Any, NamedTuple


class Row(NamedTuple):
    """One row of the page's body table, with the name that the API uses and a value to try."""

    name: str
    json_type: str
    meaning: str
    value: object
    nullable: bool = False


def _address(prefix: str, kind: str, state: str) -> list[Row]:
    return [
        Row(f"{prefix}_addr1", "string", f"{kind} address line 1", "16 Dog Lane"),
        Row(f"{prefix}_addr2", "string", f"{kind} address line 2", "Suite 4"),
        Row(f"{prefix}_addr3", "string", f"{kind} address line 3", "Back door"),
        Row(f"{prefix}_city", "string", f"{kind} address city", "Köln"),
        Row(f"{prefix}_state", "string", f"{kind} address {state}", "NRW"),
        Row(f"{prefix}_postcode", "string", f"{kind} address postal code", "50667"),
        Row(f"{prefix}_country", "string", f"{kind} address country", "Deutschland"),
    ]


ROWS: tuple[Row, ...] = (
    Row("parent_customer_id", "integer", "Parent customer ID #", None, nullable=True),
    Row("superuser_id", "integer", "Main contact ID #", 7),
    Row("external_key", "string", "External key value", "crm-7"),
    Row("company", "string", "Company/customer name", "Żółw & Söhne 株式会社"),
    Row("language_id", "integer", "Language ID #", 1),
    Row("class_id", "integer", "Default class tracking ID #", 3),
    Row("admin_id", "integer", "Admin/Worker ID #", 2),
    Row("campaign_id", "integer", "Campaign/lead source ID #", 9223372036854775807),
    Row("superuser_email", "string", "Main contact e-mail address", "ann@acme.example"),
    Row("superuser_name", "string", "Main contact name", "Ann Lee"),
    Row("superuser_first_name", "string", "Main contact first name", "Ann"),
    Row("superuser_last_name", "string", "Main contact last name", "Lee"),
    Row("superuser_phone", "string", "Main contact phone number", "+49 221 555 0100"),
    *_address("bill", "Billing", "state/province"),
    *_address("ship", "Shipping", "state"),
    *(Row(f"custom_{number}", "string", f"Custom field #{number}", f"value {number}") for number in range(1, 21)),
    Row("terms_id", "integer", "Default terms ID #", 4),
    Row("no_taxes", "boolean", "Flag to disable charging of taxes", True),
    Row("no_dunning", "boolean", "Flag to disable dunning", False),
    Row("no_latefees", "boolean", "Flag to disable late fees", True),
    Row("no_procfees", "boolean", "Flag to disable processing fees", False),
    Row("invoice_delivery", "string", "Delivery method for initial invoices", "print"),
    Row("dunning_delivery", "string", "Delivery method for dunning/reminder invoices", "email"),
    Row("tax_ident", "string", "Tax ID #/VAT #", "DE123456789"),
    Row("tags", "array", "A list of tags", ["b", "a", ""]),
)

ENUMS = {"invoice_delivery": ("print", "email"), "dunning_delivery": ("print", "email")}

ANSWERS: dict[int, dict[str, Any]] = {
    202: {"code": 201, "status": "OK", "message": "", "details": {}, "response": {"id": 1234}},
    400: {
        "code": 400,
        "status": "Error",
        "message": "Missing or invalid parameter.",
        "details": {},
        "response": False,
    },
    401: {
        "code": 401,
        "status": "Error",
        "message": "Invalid or incorrect authorization [Missing (basic) authorization header.]",
        "details": {},
        "response": False,
    },
}
