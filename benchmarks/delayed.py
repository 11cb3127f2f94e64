"""The sandbox behind a long way: it gets each request 50 ms after the request came, as many at once as there are."""

import asyncio
import os
from pathlib import Path

from account import PASSWORD, USERNAME
from starlette.types import Receive, Scope, Send

from chargeover_sandbox.serving.opening import open_app

SECONDS = 0.05
_sandbox = open_app(Path(os.environ["DELAYED_DATABASE"]), USERNAME, PASSWORD)


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    """Wait, then let the sandbox answer."""
    await asyncio.sleep(SECONDS)
    await _sandbox(scope, receive, send)
