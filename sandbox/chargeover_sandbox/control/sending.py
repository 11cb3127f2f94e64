"""A webhook in the journal: a request that the sandbox has sent, unlike all others in it."""

from typing import Any
from urllib.parse import urlsplit

from chargeover_sandbox.requests.app import seconds
from chargeover_sandbox.webhooks.deliveries import Attempt

from .entry import Entry

OPERATION = "receive_customer_event"
"""The operationId of the webhook in openapi.yaml."""


class SentEntry(Entry):
    """One attempt to deliver a webhook.

    Attributes:
        object_id: what the webhook is about.
        problem: why it was not received; None if it was.
    """

    __slots__ = ("object_id", "problem")

    def __init__(self, number: int, attempt: Attempt) -> None:
        parts = urlsplit(attempt.url)
        headers = {"Host": parts.netloc, **attempt.headers}
        scope = {
            "method": "POST",
            "raw_path": (parts.path or "/").encode(),
            "query_string": parts.query.encode(),
            "headers": [(name.lower().encode(), value.encode()) for name, value in headers.items()],
            "http_version": "1.1",
        }
        started = seconds() - attempt.duration
        super().__init__(number, scope, bytearray(attempt.body), attempt.status, {}, b"", started, None, True)
        self.object_id = attempt.object_id
        self.problem = attempt.problem

    def verdict_of_it(self) -> dict[str, Any]:
        """What the journal says of it."""
        return {"operation": OPERATION, "template": None, "verdict": "valid", "problem": self.problem}
