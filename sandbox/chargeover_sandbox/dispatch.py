"""From a request to the operation that answers it: the same for one that comes alone and for one of a bulk request."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from .answers import Refusal, Reply
from .breaches import check_answer
from .contract import Contract, Operation
from .customers import Checked, Handler
from .problems import shortened
from .reading import read_parameters


@dataclass(frozen=True, slots=True)
class Found:
    """What the document has at a path.

    Attributes:
        operations: by method; none if the document has no such path.
        texts: the texts of the parameters in the path, by name.
    """

    operations: Mapping[str, Operation]
    texts: Mapping[str, str]

    def operation(self, method: str, path: str) -> Operation:
        """The operation of a method.

        Raises:
            Refusal: 400 if the document has no such path, 405 if the path has no such method.
        """
        check_route_and_method(self.operations, method, path)
        return self.operations[method]


class Dispatcher:
    """Finds operations and carries them out.

    Args:
        contract: the document.
        handlers: what each operation does, by its operationId.
        readers: parameters that are read by a function of their own, by name.
    """

    def __init__(
        self,
        contract: Contract,
        handlers: Mapping[str, Handler],
        readers: Mapping[str, Callable[[str], object]],
    ) -> None:
        self._contract = contract
        self._handlers = handlers
        self._readers = readers

    def find(self, path: bytes) -> Found:
        """What the document has at a path, as it was sent."""
        found = self._contract.match(path)
        return Found(found[0].operations, found[1]) if found else Found({}, {})

    def parameters(self, operation: Operation, texts: Mapping[str, str], query: bytes) -> dict[str, Any]:
        """The values of an operation's parameters.

        Raises:
            Refusal: 400.
        """
        return read_parameters(operation.parameters, texts, query, self._readers)

    def carry_out(self, operation: Operation, request: Checked) -> Reply:
        """Do what was asked, in a transaction that the caller began.

        Raises:
            Refusal: the request is refused.
            ContractBreach: the answer is not one that the document allows. The caller rolls back.
        """
        reply = self._handlers[operation.operation_id](request)
        check_answer(operation, reply)
        return reply


def check_route_and_method(allowed: Collection[str], method: str, path: str) -> None:
    """Refuse a path that has no method at all, and a method that is not one of its own.

    Raises:
        Refusal: 400 or 405.
    """
    if not allowed:
        raise Refusal(HTTPStatus.BAD_REQUEST, f"There is no endpoint {shortened(path)}.")
    if method not in allowed:
        allow = ", ".join(sorted(allowed))
        message = f"{shortened(method)} is not allowed here. Allowed: {allow}."
        raise Refusal(HTTPStatus.METHOD_NOT_ALLOWED, message, headers={"Allow": allow})
