"""The interface between the server and a resource: operations, the requests they get, and the resource itself."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from .responses import Response


@dataclass(slots=True)
class CheckedRequest:
    """A request that has passed every check that the document asks for.

    Attributes:
        parameters: the path and query parameters by name; those that the resource reads itself, as it reads them.
        body: the JSON body, or None if the operation has none.
        client: the IP address of the client.
        url: the server's own address, without a trailing slash.
    """

    parameters: Mapping[str, Any]
    body: Any
    client: str
    url: str


Handler = Callable[[CheckedRequest], Response]
"""Carries out one operation. It raises a Refusal before it writes anything."""

Reader = Callable[[str], object]
"""Turns the text of a parameter into a value, or raises a Refusal that says what is wrong in it."""


async def _nothing_to_finish() -> None:
    """Most resources do nothing besides requests."""


@dataclass(eq=False)
class Resource:
    """One kind of object that the API serves.

    Attributes:
        handlers: its operations, by operationId.
        readers: the parameters of these operations that it reads itself, such as ``where``, by name.
        controls: the operations of the control that it carries out itself, by operationId; each in a transaction.
        clear: deletes all of its objects, in a transaction that the caller began.
        finish: ends what it does besides requests, when the server has stopped.
    """

    handlers: Mapping[str, Handler]
    readers: dict[str, Reader]
    controls: Mapping[str, Handler]
    clear: Callable[[], None]
    finish: Callable[[], Awaitable[None]] = _nothing_to_finish


def handlers_of(operations: object) -> dict[str, Handler]:
    """The public methods of an object, each the handler of the operation whose operationId is its name."""
    return {name: getattr(operations, name) for name in dir(operations) if not name.startswith("_")}
