"""Commands and groups of commands, loaded when they are run: ``--help`` of a group imports none of its commands."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib import import_module
from typing import Any, ClassVar, NamedTuple, cast

import typer
from typer.core import TyperCommand, TyperGroup

from .extras import ACCOUNT, Extra, accepting, extras_of, shared_options
from .missing import sentence
from .statuses import CommandError, PipeClosedError


class Entry(NamedTuple):
    """One command of a group, before it is loaded.

    Attributes:
        target: ``module:name`` of a function, a table of commands, or the main function of a program.
        help: one sentence.
        extra: if this is a program with options of its own, the extra that brings what it needs; a program is called
            with its arguments and ``prog=``, and may return its exit status.
    """

    target: str
    help: str
    extra: str | None = None


Table = Mapping[str, Entry]


class Command(TyperCommand):
    """A command whose help is in sections."""

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
    """A group of stand-ins: enough for help, completion and suggestions. A command is loaded when it is run."""

    table: ClassVar[Table] = {}

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command to run, loaded."""
        name, stand_in, rest = super().resolve_command(ctx, args)
        return name, loaded(name, self.table[name]) if name and stand_in else None, rest

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write the commands, then the options by section."""
        self.format_commands(ctx, formatter)
        _write_sections(self, ctx, formatter)


def group(
    name: str,
    table: Table,
    meaning: str,
    epilog: str | None = None,
    extras: Sequence[Extra] = (),
    has_completion: bool = False,
) -> Group:
    """A group of commands.

    Args:
        name: its name.
        table: its commands.
        meaning: what it is for.
        epilog: the end of its help.
        extras: its options besides those that every command has.
        has_completion: whether it can install the completion of the shell.
    """
    app = typer.Typer(
        name=name,
        help=meaning,
        epilog=epilog,
        cls=type("Group", (Group,), {"table": table}),
        no_args_is_help=True,
        add_completion=has_completion,
        rich_markup_mode=None,
        context_settings={"token_normalize_func": _with_hyphens},
    )
    for one, entry in table.items():
        app.command(one, help=entry.help)(_nothing)
    app.callback()(accepting(_nothing, [*extras, *shared_options()]))
    return cast("Group", typer.main.get_command(app))


def loaded(name: str, entry: Entry) -> TyperCommand | TyperGroup:
    """A command of a table, made from its function, table or program."""
    if entry.extra:
        return _program(name, entry)
    target = _target(entry)
    if isinstance(target, Mapping):
        return group(name, cast("Table", target), entry.help)
    app = typer.Typer(add_completion=False, rich_markup_mode=None)
    app.command(name, cls=Command)(accepting(target, [*extras_of(target), *shared_options()]))
    return cast("TyperCommand", typer.main.get_command(app))


def _program(name: str, entry: Entry) -> TyperCommand:
    def run(context: typer.Context) -> None:
        try:
            main: Callable[..., Any] = _target(entry)
            status = main(context.args, prog=context.command_path)
        except ModuleNotFoundError as error:
            raise CommandError(sentence(error.name, entry.extra or "")) from None
        if status:
            raise typer.Exit(status)

    app = typer.Typer(add_completion=False, rich_markup_mode=None)
    to_the_program = {"allow_extra_args": True, "ignore_unknown_options": True}
    app.command(name, help=entry.help, add_help_option=False, context_settings=to_the_program)(run)
    return cast("TyperCommand", typer.main.get_command(app))


def _target(entry: Entry) -> Any:
    module, _, name = entry.target.partition(":")
    return getattr(import_module(module), name)


def _nothing() -> None:
    """Do nothing: a stand-in is not run, and a group only keeps its options."""


def _with_hyphens(word: str) -> str:
    return word.replace("_", "-")


def _write_sections(command: TyperCommand | TyperGroup, ctx: Any, formatter: Any) -> None:
    sections: dict[str, list[tuple[str, str]]] = {"Arguments": [], "Options": [], "Fields": [], ACCOUNT: []}
    for title, record in _records(command, ctx):
        sections.setdefault(title, []).append(record)
    for title, records in sections.items():
        if records:
            with formatter.section(title):
                formatter.write_dl(records)


def _records(command: TyperCommand | TyperGroup, ctx: Any) -> Iterator[tuple[str, tuple[str, str]]]:
    for parameter in command.get_params(ctx):
        record = cast("Any", parameter).get_help_record(ctx)
        if record:
            usual = "Arguments" if parameter.param_type_name == "argument" else "Options"
            yield getattr(parameter, "rich_help_panel", None) or usual, record
