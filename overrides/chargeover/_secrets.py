"""Text that no repr, and so no log and no traceback with its locals, may show."""

from collections.abc import Mapping

from ._exchange import MASK


class Secret:
    """A text that prints as something else."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """The text itself. The result belongs in no local variable of a function that may raise."""
        return self._text

    def __bool__(self) -> bool:
        return bool(self._text)

    def __repr__(self) -> str:
        return MASK

    __str__ = __repr__


class Environment:
    """Environment variables, which a traceback would print in full."""

    __slots__ = ("_variables",)

    def __init__(self, variables: Mapping[str, str]) -> None:
        self._variables = variables

    def get(self, name: str) -> str | None:
        """A variable; None if it is not set or empty."""
        return self._variables.get(name) or None

    def secret(self, name: str) -> Secret | None:
        """A variable that is a secret; None if it is not set or empty."""
        return Secret(self._variables[name]) if self._variables.get(name) else None
