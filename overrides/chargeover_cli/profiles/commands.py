"""``chargeover profiles``."""

import sys
from typing import Annotated, Any

import typer

from chargeover_cli import config
from chargeover_cli.account import warn_of_password
from chargeover_cli.options import Output
from chargeover_cli.output.rows import Rows
from chargeover_cli.state import State
from chargeover_cli.terminal import is_terminal, say


def list_profiles(output: Output = "table") -> None:
    """Show the profiles of the file, without passwords."""
    found = [
        {"name": one.name, "address": one.address, "username": one.settings["username"], "live": one.is_live}
        for one in config.profiles().values()
    ]
    if not found:
        say(f"There are no profiles in {config.path()}. Add one with: chargeover profiles add NAME")
    with Rows(output, ["name", "address", "username", "live"]) as rows:
        rows.write(found)


def add_profile(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="The name of the profile.")],
    live: Annotated[bool, typer.Option("--live", help="Ask before each change of this account.")] = False,
    timezone: Annotated[
        str | None, typer.Option(metavar="ZONE", help="The account's time zone, such as America/Chicago.")
    ] = None,
) -> None:
    """Add a profile to the file. What is not given as an option is asked for; the password is not shown."""
    state: State = context.obj
    warn_of_password(state)
    account = {"base_url": state.base_url} if state.base_url else {"instance": state.instance or _asked("Instance")}
    values: dict[str, str | bool] = {
        **account,
        "username": state.username or _asked("User name of the API key"),
        "password": state.password or _asked("Private key of the API key", is_hidden=True),
    }
    if timezone:
        values["timezone"] = timezone
    _check({key: str(value) for key, value in values.items()})
    if live:
        values["live"] = True
    say(f"Added {name} to {config.add(name, values)}.")


def show_path() -> None:
    """Show where the file is, whether it exists or not."""
    print(config.path())


def _asked(what: str, is_hidden: bool = False) -> str:
    if is_terminal(sys.stdin):
        return str(typer.prompt(what, hide_input=is_hidden, err=True))
    # A program's output, or a line of a script.
    line = sys.stdin.readline().rstrip("\r\n")
    if not line:
        raise typer.BadParameter(f"{what}: nothing was given, and no question can be asked here.")
    return line


def _check(settings: dict[str, Any]) -> None:
    from chargeover import ChargeOver

    ChargeOver(**settings).close()
