"""An unofficial local stand-in for the ChargeOver customer API, to develop and test against.

It reads openapi.yaml and keeps it: routes, methods, parameters, bodies and authentication are decided by the document,
and its own answers are checked against it. Its state is real (SQLite); an update that was answered is kept.

What it does not imitate is listed in ``LIMITS``.
"""

from .limits import LIMITS

try:
    from .app import Exchange
    from .local import LocalSandbox
except ModuleNotFoundError as error:
    raise ModuleNotFoundError(
        f"The sandbox needs {error.name}, which comes with its extra: pip install 'chargeover[sandbox]'",
        name=error.name,
    ) from error

__all__ = ["LIMITS", "Exchange", "LocalSandbox"]
