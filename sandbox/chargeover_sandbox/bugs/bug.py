"""What a planted bug is, and how to write one: a function whose docstring says what is wrong."""

import ast
import inspect
from collections.abc import Callable
from dataclasses import dataclass, field

from chargeover_sandbox.contract.document import Node
from chargeover_sandbox.requests.app import SandboxApp

from .patching import PatchableSandbox


def _nothing(_: object) -> None:
    """A bug changes either the document or the sandbox, and leaves the other alone."""


@dataclass(frozen=True, slots=True)
class Bug:
    """One thing that the sandbox does wrong on request.

    Attributes:
        name: says what is wrong, in kebab-case.
        summary: says it in a sentence.
        change_document: changes the document before it is compiled.
        change_sandbox: changes the objects of one sandbox.
    """

    name: str
    summary: str
    change_document: Callable[[Node], None] = _nothing
    change_sandbox: Callable[[PatchableSandbox], None] = _nothing

    def plant(self, app: SandboxApp) -> None:
        """Change a sandbox that was built from the changed document."""
        self.change_sandbox(PatchableSandbox(app))


@dataclass(frozen=True, slots=True)
class Category:
    """Bugs of one kind. Its methods are decorators; a bug has the name of its function.

    Attributes:
        title: what they have in common.
        bugs: the bugs, in the order of their definition.
    """

    title: str
    bugs: list[Bug] = field(default_factory=list[Bug])

    def in_document(self, change: Callable[[Node], None]) -> Bug:
        """Register a bug in the document."""
        return self._add(Bug(*_described(change), change_document=change))

    def in_sandbox(self, change: Callable[[PatchableSandbox], None]) -> Bug:
        """Register a bug in the objects of a sandbox."""
        return self._add(Bug(*_described(change), change_sandbox=change))

    def _add(self, bug: Bug) -> Bug:
        self.bugs.append(bug)
        return bug


def _described(change: Callable[..., None]) -> tuple[str, str]:
    text = change.__doc__ or _docstring_in_source(change)
    return change.__name__.replace("_", "-"), text.partition("\n")[0]


def _docstring_in_source(function: Callable[..., None]) -> str:
    """The docstring that python -OO has removed."""
    source = inspect.getsource(function)
    # Not ast.parse: since Python 3.14 it leaves out what -OO leaves out.
    module = compile(source, function.__name__, "exec", ast.PyCF_ONLY_AST, optimize=0)
    assert isinstance(module, ast.Module)  # noqa: S101
    (definition,) = module.body
    assert isinstance(definition, ast.FunctionDef)  # noqa: S101  it is a function's source
    return ast.get_docstring(definition) or ""
