"""Which account a run is for, and a client of it."""

import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import typer

from .config import UNNAMED, Profile, named, profiles
from .state import State
from .statuses import CREDENTIALS, USAGE, CommandError
from .terminal import is_terminal, say

if TYPE_CHECKING:
    from chargeover import ChargeOver, Middleware, RetryEvent


@dataclass(frozen=True)
class Account:
    """An account.

    Attributes:
        source: where it comes from, for people.
        arguments: the arguments of a client; what is missing comes from the environment.
        is_live: whether changes are to be confirmed.
    """

    source: str
    arguments: Mapping[str, Any] = field(repr=False)
    is_live: bool = False


def client(context: typer.Context, middleware: "Sequence[Middleware]" = ()) -> "ChargeOver":
    """A client of the account that the options, the environment or a profile name.

    Args:
        context: of the command.
        middleware: of the client.

    Raises:
        CommandError: none is named, or its credentials are missing.
        ConfigurationError: a setting that is not allowed.
    """
    from chargeover import ChargeOver

    state: State = context.obj
    account = account_of(state)
    if state.record_values and state.record is None:
        raise CommandError("--record-values belongs to --record FILE.", USAGE)
    made = ChargeOver(
        **account.arguments,
        on_retry=_note_retry,
        user_agent="chargeover-cli",
        middleware=middleware,
        record=state.record,
        record_values=state.record_values,
    )
    return context.with_resource(made)


def confirm(context: typer.Context, change: str) -> None:
    """Ask before a change of a live account.

    Args:
        context: of the command.
        change: what would be done, such as ``delete customer 7``.

    Raises:
        Abort: the answer is no.
        CommandError: no question can be asked.
    """
    state: State = context.obj
    account = account_of(state)
    if not account.is_live or state.yes:
        return
    if not is_terminal(sys.stdin):
        raise CommandError(f"{account.source} is live, and no question can be asked here. --yes would {change}.", USAGE)
    typer.confirm(f"{account.source} is live. Really {change}?", abort=True, err=True)


def account_of(state: State) -> Account:
    """The account of a run: options first, then a named profile, the environment, the profile ``default``.

    Raises:
        CommandError: none is named, two are, or its credentials are missing.
    """
    warn_of_password(state)
    given = {
        name: value
        for name in ("instance", "base_url", "username", "password")
        if (value := getattr(state, name)) is not None
    }
    if state.profile is not None:
        if given:
            names = ", ".join("--" + name.replace("_", "-") for name in given)
            raise CommandError(f"--profile names an account with its credentials: leave out {names}.")
        return _of_profile(named(state.profile))
    if not ({"instance", "base_url"} & given.keys()):
        if name := os.environ.get("CHARGEOVER_PROFILE"):
            return _of_profile(named(name))
        if not (os.environ.get("CHARGEOVER_INSTANCE") or os.environ.get("CHARGEOVER_BASE_URL")):
            return _of_profile(_unnamed())
    for name in ("username", "password"):
        variable = f"CHARGEOVER_{name.upper()}"
        if not given.get(name) and not os.environ.get(variable):
            raise CommandError(
                f"No {name} is set. Set {variable}, or use a profile: chargeover profiles add NAME", CREDENTIALS
            )
    return Account("the options" if given else "the environment", given)


def warn_of_password(state: State) -> None:
    """Say once why a password does not belong on the command line."""
    if state.password is not None and not state.password_noted:
        state.password_noted = True
        say(
            "Warning: other users of this machine can see a password on the command line, and the shell's history "
            "keeps it. Use CHARGEOVER_PASSWORD or a profile."
        )


def _unnamed() -> Profile:
    found = profiles().get(UNNAMED)
    if found is None:
        raise CommandError(
            "No account is set. Set CHARGEOVER_INSTANCE (or CHARGEOVER_BASE_URL), CHARGEOVER_USERNAME and "
            "CHARGEOVER_PASSWORD, or name a profile with --profile: chargeover profiles add NAME makes one.",
            CREDENTIALS,
        )
    return found


def _of_profile(profile: Profile) -> Account:
    if not profile.settings.get("password") and not os.environ.get("CHARGEOVER_PASSWORD"):
        raise CommandError(
            f"The profile {profile.name} has no password, and CHARGEOVER_PASSWORD is not set.", CREDENTIALS
        )
    return Account(f"The profile {profile.name}", {**profile.settings}, profile.is_live)


def _note_retry(event: "RetryEvent") -> None:
    say(f"{event.error.reason}: trying again in {event.wait:.1f} s (attempt {event.attempt} failed).")
