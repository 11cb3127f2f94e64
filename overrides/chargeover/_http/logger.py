"""The logger of the client, and CHARGEOVER_LOG."""

import logging

from chargeover._errors import ConfigurationError
from chargeover._settings.secrets import Environment

from .forks import Lock

logger = logging.getLogger("chargeover")
_lock = Lock()


def configure(environment: Environment) -> None:
    """Set up logging as CHARGEOVER_LOG asks, once per process.

    Raises:
        ConfigurationError: it is neither ``debug`` nor ``info``.
    """
    name = environment.get("CHARGEOVER_LOG")
    if name is None:
        return
    if name.lower() not in {"debug", "info"}:
        raise ConfigurationError(f"CHARGEOVER_LOG={name!r} must be debug or info.")
    with _lock:
        logger.setLevel(name.upper())
        if not logger.handlers:
            handler = logging.StreamHandler()
            handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
            logger.addHandler(handler)
