"""Clients of either kind over real connections."""

from collections.abc import Callable
from typing import Any

from chargeover import AsyncChargeOver, ChargeOver


async def ask(kind: str, base_url: str, action: Callable[[Any], Any], **arguments: Any) -> Any:
    """The outcome of an action with a client of this kind, ``sync`` or ``async``."""
    given: dict[str, Any] = {"base_url": base_url, "username": "u", "password": "p", **arguments}
    if kind == "sync":
        with ChargeOver(**given) as client:
            return action(client)
    async with AsyncChargeOver(**given) as async_client:
        return await action(async_client)
