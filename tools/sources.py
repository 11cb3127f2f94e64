"""Check that openapi.yaml says of each operation, parameter and field where it comes from (``x-source``).

A field says so itself, not the schema around it: a new one must not inherit a source that it does not have.
"""

import sys
from collections.abc import Iterator
from typing import cast

from tools.contract import Contract, ContractError, Node, source_of


def problems(contract: Contract) -> list[str]:
    """One sentence for each operation, parameter and field without a source, in the document's order."""
    found: list[str] = []
    for place, node in _facts(contract):
        try:
            source_of(node, place)
        except ContractError as error:
            found.append(str(error))
    return found


def _facts(contract: Contract) -> Iterator[tuple[str, Node]]:
    for operation in contract.operations():
        yield operation.id, operation.node
        yield from ((f"{operation.id}, parameter {one['name']}", one) for one in operation.parameters)
    for name, schema in contract.schemas.items():
        yield from _fields(f"components.schemas.{name}", schema)


def _fields(place: str, node: object) -> Iterator[tuple[str, Node]]:
    """Every property of a schema, at any depth."""
    if isinstance(node, list):
        for index, one in enumerate(cast("list[object]", node)):
            yield from _fields(f"{place}.{index}", one)
    elif isinstance(node, dict):
        for key, value in cast("Node", node).items():
            if key == "properties":
                for name, field in value.items():
                    yield f"{place}.properties.{name}", field
                    yield from _fields(f"{place}.properties.{name}", field)
            elif key not in {"example", "examples", "default", "const", "enum"}:
                yield from _fields(f"{place}.{key}", value)


if __name__ == "__main__":
    if sentences := problems(Contract.load()):
        sys.exit("\n".join(sentences))
