"""Render chargeover_api/operations.py: the operations as data, from which lists of them are derived."""

from tools.contract import Contract, ContractError, Operation
from tools.generate.bodies import Bodies
from tools.generate.words import snake

HEADER = '''"""The operations of openapi.yaml, as data. Written by `make generate`; never edited by hand."""

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
'''


def render_operations(contract: Contract) -> str:
    """The source text of operations.py for a document.

    Raises:
        ContractError: two operations would be performed by one method.
    """
    bodies = Bodies(contract)
    bulk, _, methods = bodies.bulk()
    taken: dict[str, str] = {}
    lines: list[str] = []
    for operation in bodies.operations:
        client_method = method_of(operation)
        if client_method in taken:
            raise ContractError(
                operation.id, f"client.{client_method}() is {taken[client_method]} already; choose another operationId."
            )
        taken[client_method] = operation.id
        parameters = "".join(
            f"Parameter({one['name']!r}, {one['in']!r}, {one.get('required', False)}), " for one in operation.parameters
        )
        is_bulkable = operation.method in methods and operation.id != bulk.id
        lines.append(
            f"    {operation.id!r}: Operation("
            f"{operation.id!r}, {operation.method!r}, {operation.path!r}, ({parameters}), "
            f"{bodies.body(operation) or None!r}, {is_bulkable}, {client_method!r}),\n"
        )
    return HEADER + "".join(lines) + "}\n"


def method_of(operation: Operation) -> str:
    """The client's method that performs an operation: ``customers.update`` for update_customer, tagged Customers.

    The noun of the tag is left out of the operationId. Where nothing else is in it, the method is the client's own.
    """
    resource = snake(str(operation.node["tags"][0]))
    words = f"_{operation.id}_".replace(f"_{resource}_", "_").replace(f"_{resource.removesuffix('s')}_", "_").strip("_")
    return f"{resource}.{words}" if words else resource
