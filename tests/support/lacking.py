"""A server that lacks operations: it passes requests on to a sandbox, but for those."""

import json
from collections.abc import Callable
from contextlib import AbstractContextManager

from .meddling import Instead, server_meddling

Lacks = Callable[[str, str], bool]
"""Whether a method of a path is not there."""

_ENVELOPE = {"code": 404, "status": "Error", "message": "No such.", "details": {}, "response": False}
_NOT_THERE = Instead(404, {"Content-Type": "application/json"}, json.dumps(_ENVELOPE).encode())


def server_without(url: str, lacks: Lacks) -> AbstractContextManager[str]:
    """The address of a server that is the one at ``url``, but for what it lacks."""
    return server_meddling(url, lambda method, path: _NOT_THERE if lacks(method, path) else None)
