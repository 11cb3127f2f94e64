"""What a planted bug is, and how one is written down: a function whose docstring says what is wrong."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from chargeover_sandbox.contract import Node

from .parts import Parts

if TYPE_CHECKING:
    from chargeover_sandbox.app import SandboxApp


def _nothing(_: object) -> None:
    """A bug is in the document or in the sandbox, and leaves the other as it is."""


@dataclass(frozen=True, slots=True)
class Bug:
    """One thing that the sandbox does wrong when it is asked to.

    Attributes:
        name: says what is wrong, in kebab-case.
        summary: says it in a sentence.
        change_document: the patch of the document, before it is compiled.
        change_parts: the patch of the objects of one sandbox.
    """

    name: str
    summary: str
    change_document: Callable[[Node], None] = _nothing
    change_parts: Callable[[Parts], None] = _nothing

    def plant(self, app: "SandboxApp") -> None:
        """Patch a sandbox that was built from the changed document."""
        self.change_parts(Parts(app))


@dataclass(frozen=True, slots=True)
class Category:
    """Bugs of one kind. Its methods are decorators; the name of a bug is that of its function.

    Attributes:
        title: what they have in common.
        bugs: the bugs, in the order in which they are written down.
    """

    title: str
    bugs: list[Bug] = field(default_factory=list[Bug])

    def in_document(self, change: Callable[[Node], None]) -> Bug:
        """A bug in the document."""
        return self._add(Bug(*_described(change), change_document=change))

    def in_sandbox(self, change: Callable[[Parts], None]) -> Bug:
        """A bug in the objects of a sandbox."""
        return self._add(Bug(*_described(change), change_parts=change))

    def _add(self, bug: Bug) -> Bug:
        self.bugs.append(bug)
        return bug


def _described(change: Callable[..., None]) -> tuple[str, str]:
    # python -OO leaves no docstrings.
    return change.__name__.replace("_", "-"), (change.__doc__ or "").partition("\n")[0]
