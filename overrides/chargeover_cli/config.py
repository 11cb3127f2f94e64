"""The file of the profiles: TOML, a table for each account, readable by its owner alone."""

import difflib
import json
import os
import re
import stat
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from chargeover_cli.statuses import CREDENTIALS, USAGE, CommandError

KEYS: Mapping[str, type] = {
    "instance": str,
    "base_url": str,
    "username": str,
    "password": str,
    "live": bool,
    "timezone": str,
}
NAME = re.compile(r"[A-Za-z0-9_-]+")
UNNAMED = "default"
"""The profile that is used where nothing else names an account."""


@dataclass(frozen=True)
class Profile:
    """One account.

    Attributes:
        name: its name.
        settings: the arguments of a client: ``instance`` or ``base_url``, ``username``, ``password``, ``timezone``.
        is_live: whether changes are to be confirmed.
    """

    name: str
    settings: Mapping[str, str] = field(repr=False)
    is_live: bool

    @property
    def address(self) -> str:
        """The address of the account."""
        return self.settings.get("base_url") or f"https://{self.settings['instance']}.chargeover.com"


def path() -> Path:
    """The file: that of CHARGEOVER_CONFIG, or the usual place of this system."""
    if given := os.environ.get("CHARGEOVER_CONFIG"):
        return Path(given)
    from platformdirs import user_config_path

    return user_config_path("chargeover", appauthor=False) / "profiles.toml"


def profiles() -> dict[str, Profile]:
    """All profiles, by name; none if there is no file.

    Raises:
        CommandError: others can read the file, or it is invalid.
    """
    file = path()
    try:
        content = _private_text(file)
    except FileNotFoundError:
        return {}
    try:
        tables = tomllib.loads(content)
    except tomllib.TOMLDecodeError as error:
        # Not the line: it may be that of a password.
        place = re.search(r"\(at [^)]*\)", str(error))
        raise CommandError(f"{file} is not valid TOML {place[0] if place else ''}".rstrip() + ".") from None
    return {name: _profile(file, name, table) for name, table in tables.items()}


def named(name: str) -> Profile:
    """One profile.

    Raises:
        CommandError: there is none of this name, others can read the file, or it is invalid.
    """
    there = profiles()
    if name in there:
        return there[name]
    near = difflib.get_close_matches(name, there, n=1)
    hint = f"Did you mean {near[0]!r}?" if near else f"There are: {', '.join(there) or 'none'}."
    raise CommandError(f"There is no profile {name!r} in {path()}. {hint} Add one with: chargeover profiles add {name}")


def add(name: str, values: Mapping[str, str | bool]) -> Path:
    """Add a profile to the file, which is made if it does not exist.

    Raises:
        CommandError: the name is taken or not possible, others can read the file, or it cannot be written.
    """
    if not NAME.fullmatch(name):
        raise CommandError(f"A profile is named by letters, digits, '_' and '-', not {name!r}.")
    if name in profiles():
        raise CommandError(f"There is a profile {name!r} already. Edit {path()} to change it.")
    lines = [f"[{name}]", *(f"{key} = {_toml(value)}" for key, value in values.items())]
    file = path()
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(file, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
        with open(descriptor, "a+", encoding="utf-8") as stream:  # noqa: PTH123  a descriptor
            gap = "\n" if os.fstat(descriptor).st_size else ""
            stream.write(gap + "\n".join(lines) + "\n")
    except OSError as error:
        raise CommandError(f"{file} cannot be written: {error.strerror}.") from None
    return file


def _toml(value: str | bool) -> str:
    # A JSON string is a TOML string, except for the control character that JSON leaves as it is.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _private_text(file: Path) -> str:
    try:
        descriptor = os.open(file, os.O_RDONLY)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise CommandError(f"{file} cannot be read: {error.strerror}.") from None
    with open(descriptor, encoding="utf-8") as stream:  # noqa: PTH123  a descriptor
        facts = os.fstat(descriptor)
        if not stat.S_ISREG(facts.st_mode):
            raise CommandError(f"{file} is not a file.")
        if os.name == "posix" and stat.S_IMODE(facts.st_mode) & 0o077:
            raise CommandError(
                f"{file} holds passwords, and others can read or change it. Make it yours alone: chmod 600 {file}",
                CREDENTIALS,
            )
        if os.name == "posix" and facts.st_uid not in {os.geteuid(), 0}:
            raise CommandError(f"{file} holds passwords, and belongs to another user.", CREDENTIALS)
        try:
            return stream.read()
        except UnicodeDecodeError:
            raise CommandError(f"{file} is not UTF-8 text.") from None


def _profile(file: Path, name: str, table: object) -> Profile:
    if not isinstance(table, dict):
        raise CommandError(f"{file}: {name!r} stands outside of a profile. Put it below a line such as [{UNNAMED}].")
    values = cast("dict[str, Any]", table)
    for key, value in values.items():
        if key not in KEYS:
            near = difflib.get_close_matches(key, KEYS, n=1)
            hint = f" Did you mean {near[0]!r}?" if near else f" There are: {', '.join(KEYS)}."
            raise CommandError(f"{file}: the profile {name!r} has an unknown setting {key!r}.{hint}")
        if type(value) is not KEYS[key]:
            kind = "true or false" if KEYS[key] is bool else "a text in quotes"
            raise CommandError(f"{file}: {key} of the profile {name!r} must be {kind}.")
    if ("instance" in values) == ("base_url" in values):
        raise CommandError(f"{file}: the profile {name!r} needs either instance or base_url.", USAGE)
    if not values.get("username"):
        raise CommandError(f"{file}: the profile {name!r} needs a username.", CREDENTIALS)
    settings = {key: value for key, value in values.items() if key != "live"}
    return Profile(name, settings, values.get("live", False))
