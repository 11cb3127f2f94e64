"""An unofficial local stand-in for the ChargeOver customer API, to develop and test against.

It reads openapi.yaml and keeps it: routes, methods, parameters, bodies and authentication are decided by the document,
and its own answers are checked against it. Its state is real (SQLite); an update that was answered is kept.

What it does not imitate is listed in ``LIMITS``, what it can be told to do wrong in ``BUGS``.
"""

from typing import TYPE_CHECKING, Any

from .limits import LIMITS

if TYPE_CHECKING:
    from .app import Exchange
    from .bugs import BUGS
    from .local import LocalSandbox

__all__ = ["BUGS", "LIMITS", "Exchange", "LocalSandbox"]


def __getattr__(name: str) -> Any:
    """Import the server when it is first asked for: it may have been installed without what it needs."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    try:
        from . import app, bugs, local
    except ModuleNotFoundError as error:
        message = f"{error.name} is missing. Install the distribution with its extra: chargeover[sandbox]"
        raise ModuleNotFoundError(message, name=error.name) from None
    return {"BUGS": bugs.BUGS, "Exchange": app.Exchange, "LocalSandbox": local.LocalSandbox}[name]
