"""The operations of openapi.yaml, as data. Written by `make generate`; never edited by hand."""

from typing import Final, Literal, NamedTuple


class Parameter(NamedTuple):
    """A parameter of an operation."""

    name: str
    place: Literal["path", "query"]
    is_required: bool


class Operation(NamedTuple):
    """One operation.

    Attributes:
        id: the operationId.
        method: in capitals.
        path: the path template.
        parameters: in the document's order.
        body: the name of the schema of the request body; None if there is no body.
        is_bulkable: whether it can be part of a bulk request.
        client_method: what performs it, seen from a client, such as ``customers.update``.
    """

    id: str
    method: str
    path: str
    parameters: tuple[Parameter, ...]
    body: str | None
    is_bulkable: bool
    client_method: str


OPERATIONS: Final[dict[str, Operation]] = {
    "list_customers": Operation(
        "list_customers",
        "GET",
        "/api/v3/customer",
        (
            Parameter("where", "query", False),
            Parameter("order", "query", False),
            Parameter("limit", "query", False),
            Parameter("offset", "query", False),
        ),
        None,
        True,
        "customers.list",
    ),
    "create_customer": Operation(
        "create_customer", "POST", "/api/v3/customer", (), "CustomerCreate", True, "customers.create"
    ),
    "get_customer": Operation(
        "get_customer",
        "GET",
        "/api/v3/customer/{customer_id}",
        (Parameter("customer_id", "path", True),),
        None,
        True,
        "customers.get",
    ),
    "update_customer": Operation(
        "update_customer",
        "PUT",
        "/api/v3/customer/{customer_id}",
        (Parameter("customer_id", "path", True),),
        "CustomerUpdate",
        True,
        "customers.update",
    ),
    "delete_customer": Operation(
        "delete_customer",
        "DELETE",
        "/api/v3/customer/{customer_id}",
        (Parameter("customer_id", "path", True),),
        None,
        False,
        "customers.delete",
    ),
    "disconnect_parent": Operation(
        "disconnect_parent",
        "POST",
        "/api/v3/customer/{customer_id}/_action/disconnectParent",
        (Parameter("customer_id", "path", True),),
        "NoFields",
        True,
        "customers.disconnect_parent",
    ),
    "get_customer_by_external_key": Operation(
        "get_customer_by_external_key",
        "GET",
        "/api/v3/customer/external_key:{external_key}",
        (Parameter("external_key", "path", True),),
        None,
        True,
        "customers.get_by_external_key",
    ),
    "update_customer_by_external_key": Operation(
        "update_customer_by_external_key",
        "PUT",
        "/api/v3/customer/external_key:{external_key}",
        (Parameter("external_key", "path", True),),
        "CustomerUpdate",
        True,
        "customers.update_by_external_key",
    ),
    "delete_customer_by_external_key": Operation(
        "delete_customer_by_external_key",
        "DELETE",
        "/api/v3/customer/external_key:{external_key}",
        (Parameter("external_key", "path", True),),
        None,
        False,
        "customers.delete_by_external_key",
    ),
    "get_customer_by_token": Operation(
        "get_customer_by_token",
        "GET",
        "/api/v3/customer/token:{token}",
        (Parameter("token", "path", True),),
        None,
        True,
        "customers.get_by_token",
    ),
    "count_customers": Operation(
        "count_customers",
        "GET",
        "/api/v3/customer/_count",
        (Parameter("where", "query", False),),
        None,
        True,
        "customers.count",
    ),
    "bulk": Operation("bulk", "POST", "/api/v3/_bulk", (), "BulkRequests", False, "bulk"),
    "subscribe_webhook": Operation(
        "subscribe_webhook", "POST", "/api/v3/_resthook", (), "WebhookSubscription", True, "webhooks.subscribe"
    ),
}
