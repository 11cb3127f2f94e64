"""Texts that must not appear in a repr, and so in no log and in no traceback that shows locals."""

from collections.abc import Mapping
from typing import NoReturn, cast

from chargeover._errors import ConfigurationError
from chargeover._exchange import MASK


class Secret:
    """A text whose repr is a mask."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """The text itself. Do not keep it in a local variable of a function that may raise."""
        return self._text

    def __bool__(self) -> bool:
        return bool(self._text)

    def __reduce__(self) -> NoReturn:
        raise TypeError("A secret cannot be pickled or copied.")

    def __repr__(self) -> str:
        return MASK

    __str__ = __repr__


class Hidden:
    """A value that has a secret in it, with a repr that is a mask."""

    __slots__ = ("value",)

    def __init__(self, value: object) -> None:
        self.value = value

    def __repr__(self) -> str:
        return MASK


class Arguments:
    """Text arguments. Any of them may contain a password, by mistake or not."""

    __slots__ = ("_values",)

    def __init__(self, **values: object) -> None:
        self._values = values

    def get(self, name: str) -> Secret | None:
        """An argument; None if it was not given.

        Raises:
            ConfigurationError: it is not a string.
        """
        kind = type(self._values[name])
        if kind is type(None):
            return None
        if not issubclass(kind, str):
            raise ConfigurationError(f"{name} must be a string, not a value of type {kind.__name__}.")
        # Not str(value): a subclass, such as a member of an enum, may print differently.
        return Secret(str.__str__(cast("str", self._values[name])))


class Environment:
    """Environment variables, kept out of tracebacks."""

    __slots__ = ("_variables",)

    def __init__(self, variables: Mapping[str, str]) -> None:
        self._variables = variables

    def get(self, name: str) -> str | None:
        """A variable; None if it is not set or empty."""
        return self._variables.get(name) or None

    def has_any(self, *names: str) -> bool:
        """Whether one of these variables is set, under its name in capitals or in small letters."""
        return any(self.get(name) or self.get(name.lower()) for name in names)

    def secret(self, name: str) -> Secret | None:
        """A variable that is a secret; None if it is not set or empty."""
        return Secret(self._variables[name]) if self._variables.get(name) else None
