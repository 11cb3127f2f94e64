"""``sandbox.snapshots``."""

from datetime import datetime
from typing import Any, NamedTuple
from urllib.parse import quote

from .connection import Connection


class Snapshot(NamedTuple):
    """A copy of all that was in an account.

    Attributes:
        name: its name.
        taken: when it was taken, in real time.
        size: the number of its bytes.
    """

    name: str
    taken: datetime
    size: int


class Snapshots:
    """The snapshots of an account. A reset leaves them alone.

    Args:
        connection: to the sandbox.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def take(self, name: str) -> Snapshot:
        """Copy all that is in the account: customers, payments, spent external keys, and which IDs are used.

        Args:
            name: 1 to 100 characters without a slash. A snapshot of this name is replaced.

        Raises:
            ValueError: the name cannot be used.
        """
        return _snapshot(self._connection.request("POST", "snapshots", {"name": name}))

    def restore(self, name: str) -> None:
        """Go back to a snapshot, as a whole or, if that fails, not at all. The clock stays as it is.

        Raises:
            ValueError: there is no such snapshot.
        """
        self._connection.request("POST", f"snapshots/{quote(name, safe='')}/restore")

    def list(self) -> list[Snapshot]:
        """All snapshots, the oldest first."""
        return [_snapshot(shown) for shown in self._connection.request("GET", "snapshots")]

    def delete(self, name: str) -> None:
        """Delete a snapshot.

        Raises:
            ValueError: there is no such snapshot.
        """
        self._connection.request("DELETE", f"snapshots/{quote(name, safe='')}")


def _snapshot(shown: dict[str, Any]) -> Snapshot:
    return Snapshot(shown["name"], datetime.fromisoformat(shown["taken"]), shown["bytes"])
