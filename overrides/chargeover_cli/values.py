"""The fields of an object as options, all from the contract, and their values as JSON."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, cast

import typer

from .extras import Extra
from .inside import CUSTOMER_CREATE, CUSTOMER_CREATE_REQUIRED, CUSTOMER_UPDATE, Rule, descriptions
from .queries import FLAGS, check_name
from .state import State
from .statuses import CommandError

_TEXT = Rule(("string",))
_WHOLE = re.compile(r"-?[0-9]+")


def creation_options() -> Sequence[Extra]:
    """An option for each field of a new customer."""
    return _options(CUSTOMER_CREATE, descriptions.CUSTOMER_CREATE)


def update_options() -> Sequence[Extra]:
    """An option for each field that an update can change."""
    return _options(CUSTOMER_UPDATE, descriptions.CUSTOMER_UPDATE)


def creation_fields(context: typer.Context, nulls: Iterable[str] | None) -> dict[str, Any]:
    """The fields of a new customer that were given, those that are null among them.

    Raises:
        BadParameter: a required field is missing, or a field cannot be null.
    """
    fields = _given(context, nulls, CUSTOMER_CREATE)
    for name in CUSTOMER_CREATE_REQUIRED:
        if name not in fields:
            raise typer.BadParameter("A new customer needs it.", param_hint=f"--{name.replace('_', '-')}")
    return fields


def update_fields(context: typer.Context, nulls: Iterable[str] | None) -> dict[str, Any]:
    """The fields of an update that were given, those that are null among them.

    Raises:
        CommandError: there are none.
        BadParameter: a field cannot be null.
    """
    fields = _given(context, nulls, CUSTOMER_UPDATE)
    if not fields:
        raise CommandError("There is nothing to change: give at least one field, such as --company 'Acme Ltd'.")
    return fields


def _given(context: typer.Context, nulls: Iterable[str] | None, rules: Mapping[str, Rule]) -> dict[str, Any]:
    fields = dict(cast("State", context.obj).fields)
    for given in nulls or ():
        name = given.replace("-", "_")
        check_name(name, "--null", rules)
        if "null" not in rules[name].types:
            able = ", ".join(one for one, rule in rules.items() if "null" in rule.types)
            empty = f" To empty it: --{name.replace('_', '-')} ''." if rules[name] == _TEXT else ""
            raise typer.BadParameter(f"{name} cannot be null; only {able} can.{empty}", param_hint="--null")
        if name in fields:
            raise typer.BadParameter(f"{name} has a value too. Give one of them.", param_hint="--null")
        fields[name] = None
    return fields


def _options(rules: dict[str, Rule], texts: dict[str, str]) -> list[Extra]:
    return [_option(name, rule, texts[name]) for name, rule in rules.items()]


def _option(name: str, rule: Rule, description: str) -> Extra:
    kind = next(one for one in rule.types if one != "null")
    more = " May be given more than once; '' for an empty list." if kind == "array" else ""
    option = "--" + name.replace("_", "-")
    info = typer.Option(
        option,
        metavar="|".join(rule.choices) or _METAVARS[kind],
        help=description + more,
        rich_help_panel="Fields",
        autocompletion=_completion(rule.choices or (("true", "false") if kind == "boolean" else ())),
    )
    python = list[str] | None if kind == "array" else str | None
    return Extra(f"field_{name}", python, None, info, _keeper(name, option, kind))


_METAVARS = {"string": "TEXT", "integer": "N", "number": "N", "boolean": "true|false", "array": "TEXT"}


def _completion(choices: Sequence[str]) -> Callable[[str], list[str]] | None:
    def complete(incomplete: str) -> list[str]:
        return [one for one in choices if one.startswith(incomplete)]

    return complete if choices else None


def _keeper(name: str, option: str, kind: str) -> Callable[[State, Any], None]:
    def keep(state: State, value: Any) -> None:
        try:
            state.fields[name] = _converted(kind, value)
        except ValueError as error:
            raise typer.BadParameter(str(error), param_hint=option) from None

    return keep


def _converted(kind: str, value: Any) -> Any:
    match kind:
        case "boolean":
            if value.lower() not in FLAGS:
                raise ValueError(f"{value!r} is neither true nor false.")
            return FLAGS[value.lower()]
        case "integer":
            if not _WHOLE.fullmatch(value) or len(value) > 20:
                raise ValueError(f"{value!r} is not a whole number.")
            return int(value)
        case "number":
            return float(value)
        case "array":
            return [] if [*value] == [""] else [*value]
        case _:
            return value
