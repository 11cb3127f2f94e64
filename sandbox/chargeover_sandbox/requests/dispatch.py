"""From a request to the operation that handles it: the same for a single request and for one in a bulk request."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus

from chargeover_sandbox.contract.document import Contract, Operation
from chargeover_sandbox.contract.handlers import CheckedRequest, Handler, Resource
from chargeover_sandbox.contract.problems import shortened
from chargeover_sandbox.contract.responses import Refusal, Response, check_response

from .suggestions import similar_path


@dataclass(slots=True)
class RouteMatch:
    """The operations that the document has at a path.

    Attributes:
        operations: by method; empty if the document has no such path.
        texts: the texts of the path parameters, by name.
        template: the path as the document has it; None if it has no such path.
        known: the paths of the document, if it does not have this one.
    """

    operations: Mapping[str, Operation]
    texts: Mapping[str, str]
    template: str | None = None
    known: Sequence[str] = ()

    def operation(self, method: str, path: str) -> Operation:
        """The operation of a method.

        Raises:
            Refusal: 400 if the document has no such path, 405 if the path has no such method.
        """
        check_route_and_method(self.operations, method, path, self.known)
        return self.operations[method]


class Dispatcher:
    """Finds operations and carries them out.

    Args:
        contract: the document.
        resources: the resources that handle its operations.

    Attributes:
        handlers: the handler of each operation, by its operationId.
    """

    def __init__(self, contract: Contract, resources: Sequence[Resource]) -> None:
        self._contract = contract
        self._unknown = RouteMatch({}, {}, known=contract.templates())
        self.handlers: dict[str, Handler] = {
            name: handler for resource in resources for name, handler in resource.handlers.items()
        }

    def find(self, path: bytes) -> RouteMatch:
        """The operations at a path, which is given as it was sent."""
        found = self._contract.match(path)
        return RouteMatch(found[0].operations, found[1], found[0].template) if found else self._unknown

    def carry_out(self, operation: Operation, request: CheckedRequest) -> Response:
        """Carry an operation out, in a transaction that the caller began.

        Raises:
            Refusal: the request is refused.
            ContractBreach: the document does not allow the response. The caller rolls back.
        """
        response = self.handlers[operation.operation_id](request)
        check_response(operation, response)
        return response


_OF_AN_OBJECT = re.compile(r"/api/v3/([^/?]+)(?:/([^/?]+))?(?:\?.*)?", re.DOTALL)
_VERBS = {"POST": "create", "PUT": "update", "DELETE": "delete"}


def _unsupported(method: str, path: str, known: Sequence[str]) -> Refusal:
    """Why there is nothing at a path: the words for an unknown type of object are recorded for a list."""
    similar = similar_path(path, known)
    hint = f"Did you mean {similar}?" if similar else ""
    message = _recorded(method, path) or f"There is no endpoint {shortened(path)}.{' ' if hint else ''}{hint}"
    return Refusal(HTTPStatus.BAD_REQUEST, message, {"hint": hint} if hint else None)


def _recorded(method: str, path: str) -> str | None:
    named = _OF_AN_OBJECT.fullmatch(path)
    if not named:
        return None
    object_type, object_id = named.groups(default="")
    verb = _VERBS.get(method, "get" if object_id else "list")
    return f"The object type requested is not supported: {verb}({shortened(object_type)}, {shortened(object_id)})"


def check_route_and_method(allowed: Collection[str], method: str, path: str, known: Sequence[str] = ()) -> None:
    """Refuse a path without any method, and a method that the path does not have.

    Args:
        allowed: the methods of the path.
        method: the method that was sent.
        path: the path that was sent.
        known: paths that may have been meant, if this one has no methods.

    Raises:
        Refusal: 400 or 405.
    """
    if not allowed:
        raise _unsupported(method, path, known)
    if method not in allowed:
        allow = ", ".join(sorted(allowed))
        message = f"{shortened(method)} is not allowed here. Allowed: {allow}."
        raise Refusal(HTTPStatus.METHOD_NOT_ALLOWED, message, headers={"Allow": allow})
