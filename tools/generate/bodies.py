"""What the operations of the document send and return: the schemas that the client has Python types for."""

from collections.abc import Iterator, Mapping
from typing import Any, cast

from tools.contract import Contract, ContractError, Node, Operation, name_of
from tools.generate.words import is_name

JSON = "application/json"


class Bodies:
    """The request bodies and the returned objects of a document."""

    def __init__(self, contract: Contract) -> None:
        self.contract = contract
        self.operations = list(contract.operations())
        seen: set[str] = set()
        for operation in self.operations:
            if not is_name(str(operation.node.get("operationId", ""))):
                raise ContractError(
                    operation.place, "an operationId such as get_customer is needed: it names a function."
                )
            if operation.id in seen:
                raise ContractError(operation.place, f"the operationId {operation.id} names another operation already.")
            if not operation.node.get("tags"):
                raise ContractError(operation.id, "a tag is needed: it says which resource the operation is about.")
            seen.add(operation.id)

    def body(self, operation: Operation) -> str:
        """The name of the schema of the request body; empty if there is no body.

        Raises:
            ContractError: the body is not JSON, or its schema has no name.
        """
        if "requestBody" not in operation.node:
            return ""
        content = self.contract.resolve(operation.node["requestBody"]).get("content", {})
        if set(content) != {JSON}:
            raise ContractError(operation.id, f"the request body must be {JSON} and nothing else.")
        name = name_of(content[JSON].get("schema"))
        if not name:
            raise ContractError(
                operation.id,
                "the schema of the request body stands in place; put it under components.schemas and refer to it, "
                "since Python types are named after it.",
            )
        return name

    def sent(self) -> list[str]:
        """The names of the schemas of all request bodies that have fields, each once, in the document's order."""
        names = dict.fromkeys(self.body(operation) for operation in self.operations)
        return [name for name in names if name and self.fields(name)]

    def returned(self) -> list[str]:
        """The names of the object schemas that GET operations return, alone or in a list, in the document's order."""
        return [*dict.fromkeys(name for one in self.operations if (name := self.returned_by(one)))]

    def returned_by(self, operation: Operation) -> str:
        """The name of the object schema that a GET operation returns, alone or in a list; empty if it returns none."""
        for status, raw in operation.node.get("responses", {}).items():
            if operation.method != "GET" or not str(status).startswith("2"):
                continue
            schema = self.contract.resolve(raw).get("content", {}).get(JSON, {}).get("schema", {})
            response: Any = self.contract.fields(schema)[0].get("response", {})
            name = name_of(response) or name_of(response.get("items"))
            if name and self.fields(name):
                return name
        return ""

    def writers(self) -> Iterator[tuple[str, list[str]]]:
        """Each body that writes fields of an object, with the names of what its fields must be found in.

        Such a body's operation says where the object is (Location); an action does not. What operations with the same
        tag return is where its fields are found.
        """
        for operation in self.operations:
            name = self.body(operation)
            answers = (self.contract.resolve(one) for one in operation.node.get("responses", {}).values())
            if not name or not any("Location" in answer.get("headers", {}) for answer in answers):
                continue
            tag = operation.node["tags"][0]
            found = [self.returned_by(one) for one in self.operations if one.node["tags"][0] == tag]
            yield name, [one for one in dict.fromkeys(found) if one]

    def fields(self, name: str) -> dict[str, Node]:
        """The properties of a schema and of all that it is composed of."""
        return self.contract.fields(self.contract.schemas[name])[0]

    def bulk(self) -> tuple[Operation, int, frozenset[str]]:
        """The operation that carries requests of others, how many, and with which methods.

        Raises:
            ContractError: no operation has an array of requests as its body.
        """
        for operation in self.operations:
            schema = self.contract.schemas.get(self.body(operation), {})
            items: Any = schema.get("items", {})
            method = self.contract.fields(items)[0].get("request_method")
            if method is not None and "maxItems" in schema:
                return operation, schema["maxItems"], frozenset(self.contract.resolve(method)["enum"])
        raise ContractError(
            "paths", "no operation takes a bulk request: an array, with maxItems, of {request_method, …}."
        )


def is_moment(schema: Node) -> bool:
    """Whether a text stands for a date and a time."""
    return bool(schema.get("x-format") == "date-time")


def plain(contract: Contract, place: str, raw: Any) -> Node:
    """The schema of a field with references followed, and an alternative to null written as a second type.

    A number that stands for a boolean (``x-format: flag``) is one.

    Raises:
        ContractError: no type, or alternatives that the client does not tell apart.
    """
    node: Node = contract.resolve(raw)
    for keyword in ("anyOf", "oneOf"):
        if keyword in node:
            others = [one for one in node[keyword] if contract.resolve(one) != {"type": "null"}]
            if len(others) != 1 or len(others) == len(node[keyword]):
                raise ContractError(place, f"{keyword} is understood for one schema and null only; state one type.")
            beside = {key: value for key, value in node.items() if key != keyword}
            node = {**plain(contract, place, others[0]), **beside}
            node["type"] = [*types_of(place, node), "null"]
    if "allOf" in node:
        merged: Node = {}
        for part in contract.parts(node):
            merged.update(cast("Node", part))
        node = merged
    types = types_of(place, node)
    if node.get("x-format") == "flag":
        # A number that stands for a boolean, which is what the client offers.
        node = {key: value for key, value in node.items() if key not in {"minimum", "maximum", "format"}}
        node["type"] = ["boolean", *(one for one in types if one == "null")]
    return node


def types_of(place: str, schema: Mapping[str, Any]) -> tuple[str, ...]:
    """The JSON types of a schema, null last.

    Raises:
        ContractError: it has none.
    """
    types: Any = schema.get("type")
    if not types:
        raise ContractError(place, "a type is needed, such as string or [string, 'null'].")
    found = (types,) if isinstance(types, str) else tuple(types)
    return tuple(sorted(found, key="null".__eq__))
