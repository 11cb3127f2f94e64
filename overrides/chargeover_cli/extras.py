"""Options besides the arguments of a command's function: those that every command has, and those of a contract."""

import inspect
from collections.abc import Callable, Sequence
from typing import Annotated, Any, NamedTuple, cast

import typer

from .state import State

ACCOUNT = "Account"
"""The section of the help with the options that every command has."""


class Extra(NamedTuple):
    """An option that is kept in the state of the run.

    Attributes:
        name: the name of the parameter, of its own among all of a command.
        kind: its Python type.
        default: its value where it is not given.
        option: a ``typer.Option``.
        keep: keeps a value that was given.
    """

    name: str
    kind: Any
    default: object
    option: Any
    keep: Callable[[State, Any], None]


def shared_options() -> list[Extra]:
    """The options that every command has, before or after its name."""
    return [
        _text("profile", "NAME", "The account of this profile (chargeover profiles)."),
        _text("instance", "NAME", "The account, by the first label of its host name."),
        _text("base_url", "URL", "The account, by its whole address; also a sandbox's."),
        _text("username", "NAME", "The API key's user name. Default: CHARGEOVER_USERNAME."),
        _text("password", "TEXT", "Seen by others on this machine: prefer CHARGEOVER_PASSWORD or a profile."),
        _text("record", "FILE", "Add each exchange to this HAR file, with stand-ins for all values."),
        _flag("record_values", "With --record: keep the values. Secrets are left out all the same."),
        _flag("yes", "Answer all questions with yes."),
        _flag("debug", "Show the traceback of a failure."),
    ]


def with_extras(extras: Callable[[], Sequence[Extra]]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give the function of a command further options, made when it is loaded."""

    def decorate(function: Callable[..., None]) -> Callable[..., None]:
        function.__dict__["extras"] = extras
        return function

    return decorate


def extras_of(function: Callable[..., None]) -> Sequence[Extra]:
    """The options that ``with_extras`` gave to a function."""
    extras = getattr(function, "extras", None)
    return extras() if extras else ()


def accepting(function: Callable[..., None], extras: Sequence[Extra]) -> Callable[..., None]:
    """A function with the arguments of another one, and with extra options for typer to read from its signature."""
    own = inspect.signature(function, eval_str=True).parameters

    def call(**given: Any) -> None:
        state = cast("State", given["context"].obj)
        for extra in extras:
            if (value := given[extra.name]) not in (None, False, []):
                extra.keep(state, value)
        function(**{name: given[name] for name in own})

    parameters = {name: parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY) for name, parameter in own.items()}
    parameters.setdefault("context", _parameter("context", typer.Context))
    for extra in extras:
        annotation: Any = Annotated[extra.kind, extra.option]
        parameters[extra.name] = _parameter(extra.name, annotation).replace(default=extra.default)
    call.__name__, call.__doc__ = function.__name__, function.__doc__
    call.__annotations__ = {}
    call.__dict__["__signature__"] = inspect.Signature([*parameters.values()])
    return call


def _parameter(name: str, annotation: Any) -> inspect.Parameter:
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, annotation=annotation)


def _text(name: str, metavar: str, meaning: str) -> Extra:
    option = typer.Option("--" + name.replace("_", "-"), metavar=metavar, help=meaning, rich_help_panel=ACCOUNT)
    return Extra(f"account_{name}", str | None, None, option, _keeper(name))


def _flag(name: str, meaning: str) -> Extra:
    option = typer.Option("--" + name.replace("_", "-"), help=meaning, rich_help_panel=ACCOUNT)
    return Extra(f"account_{name}", bool, False, option, _keeper(name))


def _keeper(name: str) -> Callable[[State, Any], None]:
    return lambda state, value: setattr(state, name, value)
