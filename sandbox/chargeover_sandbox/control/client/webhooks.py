"""``sandbox.webhooks``."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from .connection import Connection


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where changes of customers are sent.

    Attributes:
        id: None for one of the command line or of ``LocalSandbox(webhooks=…)``, which cannot be removed.
        url: the address.
        events: ``insert``, ``update`` and ``delete``, or some of them.
        is_sent: whether the sandbox may send to its host.
        received: how many webhooks were answered with 200.
        waiting: how many wait to be sent, or to be sent again.
        problem: why the last attempt failed; None if it did not.
    """

    id: int | None
    url: str
    events: tuple[str, ...]
    is_sent: bool
    received: int
    waiting: int
    problem: str | None


class Webhooks:
    """The webhooks of an account of the sandbox.

    Args:
        connection: to the sandbox.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, url: str, *, events: Sequence[str] | None = None, secret: str | None = None) -> Webhook:
        """Send changes of customers to an address, from now on.

        Args:
            url: of a loopback host, or of one that the sandbox was told to allow.
            events: some of ``insert``, ``update`` and ``delete``; None for all.
            secret: what the receiver verifies; None for that of the sandbox.

        Raises:
            ValueError: the address cannot be sent to, or an event or the secret is not valid.
        """
        given = {"url": url, "events": None if events is None else [*events], "secret": secret}
        body = {name: value for name, value in given.items() if value is not None}
        webhook_id = self._connection.request("POST", "webhooks", body)["id"]
        return next(one for one in self.list() if one.id == webhook_id)

    def list(self) -> list[Webhook]:
        """All of them, with what became of what was sent."""
        found: list[dict[str, Any]] = self._connection.request("GET", "webhooks")
        for one in found:
            one["events"] = tuple(one["events"])
        return [Webhook(**one) for one in found]

    def remove(self, webhook: Webhook | int) -> None:
        """Send no more to an address; what waits for it is dropped.

        Raises:
            ValueError: there is no such webhook, or it is one of the command line.
        """
        webhook_id = webhook.id if isinstance(webhook, Webhook) else webhook
        if webhook_id is None:
            raise ValueError("a webhook of the command line cannot be removed")
        self._connection.request("DELETE", f"webhooks/{webhook_id}")
