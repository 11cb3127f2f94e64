"""What the model knows of the server under test."""

from collections.abc import Callable

import httpx2

from chargeover import ChargeOver

from .recorder import Recorder


class Context:
    """What all examples of a run share.

    Args:
        client: the client under test with the server.
        http: plain HTTP, for what the client refuses to send.
        recorder: what has travelled.
        is_missing: whether the server lacks an operation.
        record_payment: None for a server that is not our sandbox.
    """

    def __init__(
        self,
        client: ChargeOver,
        http: httpx2.Client,
        recorder: Recorder,
        is_missing: Callable[[str], bool],
        record_payment: Callable[[int, int], None] | None,
    ) -> None:
        self.client = client
        self.http = http
        self.recorder = recorder
        self.is_missing = is_missing
        self.record_payment = record_payment
        self.ids: set[int] = set()
        """Every ID that was ever given, over all examples."""
