"""``sandbox.accounts``."""

from collections.abc import Callable
from typing import Generic, TypeVar
from urllib.parse import quote

from .connection import Connection

Remote = TypeVar("Remote")


class Accounts(Generic[Remote]):
    """The accounts of a sandbox. Only its first account manages them.

    Args:
        connection: to the sandbox.
        remote: makes the face of another account from its URL, user name and password.
    """

    def __init__(self, connection: Connection, remote: Callable[[str, str, str], Remote]) -> None:
        self._connection = connection
        self._remote = remote

    def add(self, username: str, password: str) -> Remote:
        """Add an account with data, faults and a journal of its own, and return its face.

        Raises:
            ValueError: there is such an account already, or the credentials cannot be used.
        """
        self._connection.request("POST", "accounts", {"username": username, "password": password})
        return self._remote(self._connection.url, username, password)

    def list(self) -> list[str]:
        """The user names of all accounts, that of the first one first."""
        return [account["username"] for account in self._connection.request("GET", "accounts")]

    def remove(self, username: str) -> None:
        """Remove an account with all that is in it.

        Raises:
            ValueError: there is no such account, or it is the first one.
        """
        self._connection.request("DELETE", f"accounts/{quote(username, safe='')}")
