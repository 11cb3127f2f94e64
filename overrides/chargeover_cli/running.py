"""A run of the command line, from its words to the exit status."""

import sys
import traceback
from collections.abc import Sequence

import typer

from . import statuses
from .extras import Extra
from .groups import Group, group
from .state import State
from .table import COMMANDS
from .terminal import forget_output, is_terminal, prepare, say


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit status.

    Args:
        arguments: the words after the name of the command; None for those of the process.
    """
    prepare()
    state = State()
    try:
        status = root().main(arguments, prog_name="chargeover", standalone_mode=False, obj=state)
        sys.stdout.flush()
    except KeyboardInterrupt:
        status = statuses.INTERRUPTED
    except (statuses.PipeClosedError, BrokenPipeError):
        forget_output()
        return statuses.PIPE_CLOSED
    except typer.Abort as error:
        if isinstance(error.__context__, KeyboardInterrupt):  # at a question
            return _interrupted(state)
        return _complain(state, "Nothing was changed.", statuses.FAILED)
    except typer.TyperException as error:
        _show(error)
        return error.exit_code
    except Exception as error:  # noqa: BLE001  nothing may end in a traceback that was not asked for
        return _failed(state, error)
    if status == statuses.INTERRUPTED:
        return _interrupted(state)
    return status if isinstance(status, int) else statuses.DONE


def root() -> Group:
    """The command itself."""
    return group(
        "chargeover",
        COMMANDS,
        "An unofficial command for the ChargeOver customer API.\n\nThe account comes from CHARGEOVER_INSTANCE (or "
        "CHARGEOVER_BASE_URL), CHARGEOVER_USERNAME and CHARGEOVER_PASSWORD, or from a profile.",
        statuses.EXPLAINED,
        [Extra("version", bool, False, _VERSION, _keep_nothing)],
        has_completion=True,
    )


def _keep_nothing(state: State, value: object) -> None:
    """The version has been shown already."""


def _show_version(is_asked_for: bool) -> None:
    if is_asked_for:
        from importlib.metadata import version

        print(f"chargeover {version('chargeover')}")
        raise typer.Exit


_VERSION = typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and exit.")


def _show(error: typer.TyperException) -> None:
    show = getattr(error, "show", None)
    if show:
        show()
    else:
        say(f"chargeover: {error}")


def _failed(state: State, error: Exception) -> int:
    if state.debug:
        traceback.print_exception(error)
    if isinstance(error, ModuleNotFoundError):
        from .missing import sentence

        return _complain(state, sentence(error.name), statuses.USAGE)
    report = statuses.report_of(error)
    if report is None:
        hint = "" if state.debug else " With --debug, it shows where."
        return _complain(state, f"{type(error).__name__}: {error}.{hint}", statuses.FAILED)
    return _complain(state, "\n".join(report["lines"]), report["status"])


def _interrupted(state: State) -> int:
    if is_terminal(sys.stderr):
        say("")  # after the ^C
    return _complain(state, f"Stopped. {state.going_on}", statuses.INTERRUPTED)


def _complain(state: State, text: str, status: int) -> int:
    try:
        sys.stdout.flush()
    except OSError:
        forget_output()
    say(f"chargeover: {text}")
    return status
