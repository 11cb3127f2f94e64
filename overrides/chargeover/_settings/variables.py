"""Options of a client from environment variables, where no argument gives them."""

from typing import TypeVar

from chargeover._errors import ConfigurationError

from .checks import check_above_zero, check_whole_number
from .secrets import Environment, Secret

T = TypeVar("T")

_FLAGS = {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False}


class Variables:
    """Options from variables named CHARGEOVER_…; an empty one counts as not set.

    Each method takes the last part of the name, and the argument, which wins and is checked elsewhere.
    """

    def __init__(self, environment: Environment) -> None:
        self._environment = environment

    def text(self, name: str, argument: T | None) -> T | str | None:
        """A text."""
        return self._environment.get(f"CHARGEOVER_{name}") if argument is None else argument

    def number(self, name: str, argument: float | None, unit: str) -> float | None:
        """A number above 0.

        Raises:
            ConfigurationError: the variable is not one.
        """
        text = self._environment.get(f"CHARGEOVER_{name}")
        if argument is not None or text is None:
            return argument
        try:
            number = float(text)
        except ValueError:
            raise ConfigurationError(f"CHARGEOVER_{name}={text!r} must be a number of {unit}.") from None
        check_above_zero(f"CHARGEOVER_{name}", number, unit)
        return number

    def whole_number(self, name: str, argument: int | None, least: int) -> int | None:
        """A whole number.

        Raises:
            ConfigurationError: the variable is not one.
        """
        text = self._environment.get(f"CHARGEOVER_{name}")
        if argument is not None or text is None:
            return argument
        if not (text.isascii() and text.isdigit() and len(text) <= 18):
            raise ConfigurationError(f"CHARGEOVER_{name}={text!r} must be a whole number, {least} or more.")
        check_whole_number(f"CHARGEOVER_{name}", int(text), least)
        return int(text)

    def flag(self, name: str, argument: bool | None) -> bool | None:
        """A flag.

        Raises:
            ConfigurationError: the variable is not one.
        """
        text = self._environment.get(f"CHARGEOVER_{name}")
        if argument is not None or text is None:
            return argument
        if text.lower() not in _FLAGS:
            raise ConfigurationError(f"CHARGEOVER_{name}={text!r} must be 1 or 0.")
        return _FLAGS[text.lower()]

    def proxy(self, argument: Secret | None, *, is_used: bool) -> Secret | None:
        """The URL of a proxy, which may have a password in it; None if there is no use for one."""
        return self._environment.secret("CHARGEOVER_PROXY") if argument is None and is_used else argument
