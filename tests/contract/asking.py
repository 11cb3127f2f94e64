"""A request for each operation, of a customer that need not be there."""

from typing import Any

from chargeover_contract.document import OPERATIONS

_VALUES = {"customer_id": "9223372036854775807", "external_key": "nobody", "token": "nobody"}
_BODIES: dict[str, Any] = {
    "create_customer": {"company": "Never made"},
    "bulk": [{"request_method": "GET", "uri": "/api/v3/customer?limit=1"}],
    "disconnect_parent": {},
}


def one_request(name: str) -> tuple[str, str, Any]:
    """Method, path and body of a request that the document allows."""
    operation = OPERATIONS[name]
    body = _BODIES.get(name, {"bill_city": "Bonn"} if operation.method == "PUT" else None)
    return operation.method, operation.path.format(**_VALUES), body
