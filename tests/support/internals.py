"""The only place where the tests reach into the state that a client shares with the clients made from it."""

from collections.abc import Callable
from typing import Any

from chargeover import AsyncChargeOver, ChargeOver
from chargeover._limiter import Limiter


def shared_state_of(client: ChargeOver | AsyncChargeOver) -> Any:
    """The state that a client shares with the clients made from it."""
    return client._transport._account


def limiter_of(client: ChargeOver | AsyncChargeOver) -> Limiter:
    """The queue that all requests of a client go through."""
    limiter: Limiter = shared_state_of(client).limiter
    return limiter


def set_clock(client: ChargeOver | AsyncChargeOver, clock: Callable[[], float]) -> None:
    """Let a client and its queue tell the time by another clock, in seconds."""
    shared_state_of(client).clock = limiter_of(client)._clock = clock
