"""An unofficial local stand-in for the ChargeOver customer API, to develop and test against.

It reads openapi.yaml and keeps to it: the document decides on routes, methods, parameters, bodies and authentication,
and the sandbox checks its own responses against it. Its state is real (SQLite): an acknowledged update is kept.

``LIMITS`` lists what it does not imitate, ``BUGS`` what it can be told to do wrong.
"""

from typing import TYPE_CHECKING, Any

from .control.client.exchange import Exchange
from .control.client.faults import Fault
from .control.client.sandbox import RemoteSandbox
from .serving.limits import LIMITS

if TYPE_CHECKING:
    from .bugs import BUGS
    from .serving.local import LocalSandbox

__all__ = ["BUGS", "LIMITS", "Exchange", "Fault", "LocalSandbox", "RemoteSandbox"]


def __getattr__(name: str) -> Any:
    """Import the server on first use: its dependencies may not be installed."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    try:
        from . import bugs
        from .serving import local
    except ModuleNotFoundError as error:
        message = f"{error.name} is missing. Install the distribution with its extra: chargeover[sandbox]"
        raise ModuleNotFoundError(message, name=error.name) from None
    return {"BUGS": bugs.BUGS, "LocalSandbox": local.LocalSandbox}[name]
