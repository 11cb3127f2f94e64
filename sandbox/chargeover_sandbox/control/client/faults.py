"""``sandbox.faults``."""

from collections.abc import Generator, Mapping
from contextlib import contextmanager, suppress
from typing import Any, Literal, TypedDict, Unpack

from .connection import Connection


class FaultOptions(TypedDict, total=False):
    """What a fault is, which requests it is for, and how often it is applied: all optional, except one kind.

    The kinds are ``status``, ``credentials``, ``reset``, ``hang``, ``delay``, ``slow_body``, ``truncate`` and
    ``wrong_length``. docs/guides/control.md describes each option, as does control/openapi.yaml.
    """

    status: int
    body: Literal["envelope", "html", "empty"]
    retry_after: int | str
    commit: bool
    credentials: Literal["wrong", "missing"]
    reset: Literal["before", "after"]
    hang: Literal[True, "before", "after"]
    delay: float | tuple[float, float]
    slow_body: float
    truncate: int
    wrong_length: int
    method: str
    path: str
    operation: str
    times: int
    after: int
    probability: float
    seed: int


class Fault:
    """A fault of a running sandbox.

    Attributes:
        id: its number in the account.
        options: its options, with a seed that was chosen for it.
    """

    def __init__(self, connection: Connection, shown: Mapping[str, Any]) -> None:
        self._connection = connection
        self.id: int = shown["id"]
        self.options = {name: value for name, value in shown.items() if name not in {"id", "matched", "applied"}}

    @property
    def matched(self) -> int:
        """How many requests it was for until now; also known once it was removed."""
        return self._count("matched")

    @property
    def applied(self) -> int:
        """How many of them it was applied to until now."""
        return self._count("applied")

    def _count(self, name: str) -> int:
        count: int = self._connection.request("GET", f"faults/{self.id}")[name]
        return count

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Fault) and (self.id, self.options) == (other.id, other.options)

    def __hash__(self) -> int:
        return hash(self.id)

    def __repr__(self) -> str:
        return f"<Fault {self.id}: {', '.join(f'{name}={value!r}' for name, value in self.options.items())}>"


FaultList = list[Fault]
"""A class with a method of that name cannot say ``list`` itself."""


class Faults:
    """What goes wrong on purpose, in one account.

    Args:
        connection: to the sandbox.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, **options: Unpack[FaultOptions]) -> Fault:
        """Add a fault. The first one that is for a request, and due, is applied to it.

        Raises:
            ValueError: an option is not valid, or some do not fit together; nothing was added.
        """
        return Fault(self._connection, self._connection.request("POST", "faults", options))

    @contextmanager
    def of(self, **options: Unpack[FaultOptions]) -> Generator[Fault]:
        """Add a fault, and remove it when the block ends. Its counts can be read after that, too.

        Raises:
            ValueError: see ``add``.
        """
        fault = self.add(**options)
        try:
            yield fault
        finally:
            with suppress(ValueError):  # a reset in the block has removed it
                self.remove(fault)

    def list(self) -> FaultList:
        """All faults that were not removed, in the order of their addition."""
        return self._faults(None)

    def unmatched(self) -> FaultList:
        """The faults that were never applied, removed ones included.

        A fault with a probability counts only if it never matched.

        A reset of the sandbox and ``clear`` forget them.
        """
        return self._faults("true")

    def remove(self, fault: Fault | int) -> None:
        """Remove a fault.

        Raises:
            ValueError: there is no such fault.
        """
        self._connection.request("DELETE", f"faults/{fault.id if isinstance(fault, Fault) else fault}")

    def clear(self) -> None:
        """Remove all faults."""
        self._connection.request("DELETE", "faults")

    def _faults(self, unmatched: str | None) -> FaultList:
        found = self._connection.request("GET", "faults", query={"unmatched": unmatched})
        return [Fault(self._connection, shown) for shown in found]
