"""Commands and groups of commands, loaded when they are run: ``--help`` of a group imports none of its commands."""

import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib import import_module
from typing import Any, NamedTuple, cast

import typer
from typer.core import TyperCommand, TyperGroup, TyperOption

from .state import State
from .statuses import PipeClosedError

ACCOUNT = "Account"
"""The section of the help with the options that every command has."""


class Entry(NamedTuple):
    """One command of a group, before it is loaded.

    Attributes:
        target: ``module:name`` of a function, a table of commands, or the main function of a program.
        help: one sentence.
        extra: if this is a program with options of its own, the extra that brings what it needs; a program is called
            with its arguments and ``prog=``.
    """

    target: str
    help: str
    extra: str | None = None


Table = Mapping[str, Entry]


def shared_options() -> list[TyperOption]:
    """The options that every command has, before or after its name."""

    def text(name: str, metavar: str, meaning: str) -> TyperOption:
        return TyperOption(
            param_decls=[f"--{name}"],
            metavar=metavar,
            callback=_keep,
            expose_value=False,
            help=meaning,
            rich_help_panel=ACCOUNT,
        )

    def flag(name: str, meaning: str) -> TyperOption:
        return TyperOption(
            param_decls=[f"--{name}"],
            is_flag=True,
            default=False,
            callback=_keep,
            expose_value=False,
            help=meaning,
            rich_help_panel=ACCOUNT,
        )

    return [
        text("profile", "NAME", "The account of this profile (chargeover profiles)."),
        text("instance", "NAME", "The account, by the first label of its host name."),
        text("base-url", "URL", "The account, by its whole address; also a sandbox's."),
        text("username", "NAME", "The API key's user name. Default: CHARGEOVER_USERNAME."),
        text("password", "TEXT", "Seen by others on this machine: prefer CHARGEOVER_PASSWORD or a profile."),
        flag("yes", "Answer all questions with yes."),
        flag("debug", "Show the traceback of a failure."),
    ]


def _with_hyphens(word: str) -> str:
    return word.replace("_", "-")


def _keep(context: Any, parameter: Any, value: object) -> object:
    if value is not None and value is not False:
        setattr(cast("State", context.obj), parameter.name, value)
    return value


class Command(TyperCommand):
    """A command with the shared options, and with its help in sections."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.params += [*_extra_options(self.callback), *shared_options()]

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write the options by section."""
        _write_sections(self, ctx, formatter)

    def invoke(self, ctx: Any) -> Any:
        """Run it. A reader that went away is told apart from other failures of the system."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise PipeClosedError from None


class Group(TyperGroup):
    """A group whose commands are loaded when they are run.

    Args:
        name: its name.
        table: its commands.
        help: what it is for.
    """

    def __init__(self, name: str, table: Table, help: str, epilog: str | None = None) -> None:  # noqa: A002  typer's own name
        # Stand-ins with the names and sentences of the commands: enough for help, completion and suggestions.
        stand_ins = {one: TyperCommand(one, help=entry.help) for one, entry in table.items()}
        super().__init__(
            name=name,
            help=help,
            epilog=epilog,
            commands=cast("Any", stand_ins),
            no_args_is_help=True,
            rich_markup_mode=None,
            context_settings={"token_normalize_func": _with_hyphens},
        )
        self._table = table
        self.params += shared_options()

    def list_commands(self, ctx: Any) -> list[str]:
        """The names of its commands, in the order of the table."""
        return [*self._table]

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command to run, loaded."""
        name, stand_in, rest = super().resolve_command(ctx, args)
        return name, loaded(name, self._table[name]) if name and stand_in else None, rest

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write the commands, then the options by section."""
        self.format_commands(ctx, formatter)
        _write_sections(self, ctx, formatter)


class Program(TyperCommand):
    """A program with a command line of its own, as a command of this one."""

    def __init__(self, name: str, entry: Entry) -> None:
        super().__init__(name, help=entry.help, add_help_option=False, rich_markup_mode=None)
        self._entry = entry

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Leave the arguments to the program."""
        ctx.args = args
        return args

    def invoke(self, ctx: Any) -> Any:
        """Run the program."""
        from .missing import sentence
        from .statuses import CommandError

        try:
            main: Callable[..., Any] = _target(self._entry)
            main(ctx.args, prog=ctx.command_path)
        except ModuleNotFoundError as error:
            raise CommandError(sentence(error.name, self._entry.extra or "cli")) from None


def loaded(name: str, entry: Entry) -> TyperCommand | TyperGroup:
    """A command of a table, made from its function, table or program."""
    if entry.extra:
        return Program(name, entry)
    target = _target(entry)
    if isinstance(target, Mapping):
        return Group(name, cast("Table", target), entry.help)
    app = typer.Typer(add_completion=False, rich_markup_mode=None)
    app.command(name, cls=Command)(target)
    return cast("TyperCommand", typer.main.get_command(app))


def with_options(options: Callable[[], Sequence[TyperOption]]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command further options, made when it is loaded."""

    def decorate(function: Callable[..., None]) -> Callable[..., None]:
        function.__dict__["options"] = options
        return function

    return decorate


def _extra_options(callback: Callable[..., Any] | None) -> Sequence[TyperOption]:
    options = getattr(inspect.unwrap(callback), "options", None) if callback else None
    return options() if options else ()


def _target(entry: Entry) -> Any:
    module, _, name = entry.target.partition(":")
    return getattr(import_module(module), name)


def _write_sections(command: TyperCommand | TyperGroup, ctx: Any, formatter: Any) -> None:
    for title, records in _sections(command, ctx).items():
        with formatter.section(title):
            formatter.write_dl(records)


def _sections(command: TyperCommand | TyperGroup, ctx: Any) -> dict[str, list[tuple[str, str]]]:
    sections: dict[str, list[tuple[str, str]]] = {"Arguments": [], "Options": [], "Fields": [], ACCOUNT: []}
    for title, record in _records(command, ctx):
        sections.setdefault(title, []).append(record)
    return {title: records for title, records in sections.items() if records}


def _records(command: TyperCommand | TyperGroup, ctx: Any) -> Iterator[tuple[str, tuple[str, str]]]:
    for parameter in command.get_params(ctx):
        record = cast("Any", parameter).get_help_record(ctx)
        if record:
            usual = "Arguments" if parameter.param_type_name == "argument" else "Options"
            yield getattr(parameter, "rich_help_panel", None) or usual, record
