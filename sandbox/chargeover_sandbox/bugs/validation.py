"""Invalid bodies that are accepted, and valid ones that are refused."""

from chargeover_sandbox.contract.document import Node
from chargeover_sandbox.customers.store import Fields

from .bug import Category
from .patching import DISCONNECTION, WRITES, PatchableSandbox

VALIDATION = Category("Validation")


def _schemas(document: Node) -> Node:
    schemas: Node = document["components"]["schemas"]
    return schemas


def _texts(document: Node) -> list[Node]:
    fields: Node = _schemas(document)["CustomerWritableFields"]["properties"]
    return [node for node in fields.values() if node.get("type") == "string"]


@VALIDATION.in_sandbox
def accepts_unknown_fields(sandbox: PatchableSandbox) -> None:
    """Unknown fields are silently dropped."""
    known = sandbox.contract.fields("CustomerCreate")

    def forgive(fields: Fields) -> None:
        for name in fields.keys() - known.keys():
            del fields[name]

    sandbox.forgive(WRITES, forgive)


@VALIDATION.in_document
def accepts_missing_company(document: Node) -> None:
    """A customer can be created without a company."""
    del _schemas(document)["CustomerCreate"]["required"]


@VALIDATION.in_sandbox
def accepts_string_ids(sandbox: PatchableSandbox) -> None:
    """IDs may be strings of digits."""

    def forgive(fields: Fields) -> None:
        for name, value in fields.items():
            if name.endswith("_id") and isinstance(value, str) and value.isdecimal():
                fields[name] = int(value)

    sandbox.forgive(WRITES, forgive)


@VALIDATION.in_sandbox
def accepts_numbers_as_texts(sandbox: PatchableSandbox) -> None:
    """A number is accepted for a string."""
    kinds = sandbox.contract.fields("CustomerCreate")

    def forgive(fields: Fields) -> None:
        for name, value in fields.items():
            if name in kinds and kinds[name].json_type == "string" and type(value) is int:
                fields[name] = str(value)

    sandbox.forgive(WRITES, forgive)


@VALIDATION.in_sandbox
def accepts_numbers_as_flags(sandbox: PatchableSandbox) -> None:
    """0 and 1 are accepted for a boolean."""

    def forgive(fields: Fields) -> None:
        for name, value in fields.items():
            if name.startswith("no_") and type(value) is int and value in {0, 1}:
                fields[name] = value == 1

    sandbox.forgive(WRITES, forgive)


@VALIDATION.in_sandbox
def accepts_fractional_ids(sandbox: PatchableSandbox) -> None:
    """An ID such as 1.5 is truncated to 1."""

    def forgive(fields: Fields) -> None:
        for name, value in fields.items():
            if name.endswith("_id") and isinstance(value, float):
                fields[name] = int(value)

    sandbox.forgive(WRITES, forgive)


@VALIDATION.in_document
def accepts_zero_ids(document: Node) -> None:
    """An ID in a body may be 0."""
    for node in _schemas(document)["CustomerWritableFields"]["properties"].values():
        if "minimum" in node:
            node["minimum"] = 0


@VALIDATION.in_document
def accepts_any_delivery(document: Node) -> None:
    """A delivery method may be any string."""
    del _schemas(document)["DeliveryMethod"]["enum"]


@VALIDATION.in_sandbox
def null_is_ignored(sandbox: PatchableSandbox) -> None:
    """Null is treated as not sent, except for the parent."""

    def forgive(fields: Fields) -> None:
        for name in [name for name, value in fields.items() if value is None and name != "parent_customer_id"]:
            del fields[name]

    sandbox.forgive(WRITES, forgive)


@VALIDATION.in_document
def accepts_nested_tags(document: Node) -> None:
    """A tag may be a list; such a customer can no longer be read."""
    del _schemas(document)["CustomerWritableFields"]["properties"]["tags"]["items"]["type"]


@VALIDATION.in_document
def update_takes_creation_fields(document: Node) -> None:
    """An update accepts the fields that only a creation has."""
    creation = _schemas(document)["CustomerCreate"]["allOf"][1]
    _schemas(document)["CustomerUpdate"]["allOf"].append({"type": "object", "properties": creation["properties"]})


@VALIDATION.in_sandbox
def disconnection_ignores_its_body(sandbox: PatchableSandbox) -> None:
    """A disconnection accepts any fields."""
    sandbox.forgive((DISCONNECTION,), lambda fields: fields.clear())


@VALIDATION.in_document
def crashes_on_huge_id(document: Node) -> None:
    """An ID above 2^63 in a path gets a 500."""
    del document["components"]["parameters"]["customer_id"]["schema"]["maximum"]


@VALIDATION.in_document
def refuses_empty_texts(document: Node) -> None:
    """An empty string, which clears a field, is refused."""
    for node in _texts(document):
        node["minLength"] = 1


@VALIDATION.in_document
def refuses_long_texts(document: Node) -> None:
    """A string of more than 255 characters is refused."""
    for node in _texts(document):
        node["maxLength"] = 255


@VALIDATION.in_document
def refuses_non_ascii(document: Node) -> None:
    """A string with a non-ASCII letter is refused."""
    for node in _texts(document):
        node["pattern"] = "^[\\x00-\\x7f]*$"


@VALIDATION.in_document
def refuses_large_ids(document: Node) -> None:
    """An ID in a body that needs more than 32 bits is refused."""
    for node in _schemas(document)["CustomerWritableFields"]["properties"].values():
        if "maximum" in node:
            node["maximum"] = 2**31 - 1


@VALIDATION.in_document
def refuses_empty_update(document: Node) -> None:
    """An update without fields is refused."""
    _schemas(document)["CustomerUpdate"]["minProperties"] = 1
