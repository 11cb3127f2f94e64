"""Plain http beyond this machine: refused, unless the caller or the environment asks for it by name."""

import warnings

from chargeover._errors import ConfigurationError

from .checks import check_is
from .secrets import Environment

VARIABLE = "CHARGEOVER_ALLOW_PLAIN_HTTP"
_CHOICES = {"1": True, "true": True, "0": False, "false": False}

_warned: set[str] = set()
"""The addresses that this process has been warned of."""


def is_allowed(argument: bool | None, environment: Environment) -> bool:
    """Whether plain http may leave this machine: what the argument says, otherwise what the variable says.

    Raises:
        ConfigurationError: either is something other than yes or no.
    """
    check_is("allow_plain_http", argument, bool)
    if argument is not None:
        return argument
    text = environment.get(VARIABLE) or "0"
    if text.lower() not in _CHOICES:
        raise ConfigurationError(f"{VARIABLE} must be 1 or 0.")  # not its text: it may be a secret in the wrong place
    return _CHOICES[text.lower()]


def warn_once(url: str) -> None:
    """Warn, at the line that builds the client, that the password travels unencrypted; once for each address."""
    if url in _warned:
        return
    warnings.warn(
        f"The password and all data travel to {url} unencrypted, because plain http is allowed. Use it for a sandbox "
        "on a network of your own only.",
        UserWarning,
        stacklevel=3,
    )
    _warned.add(url)
