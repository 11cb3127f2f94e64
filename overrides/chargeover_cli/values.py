"""The fields of an object as options, all from the contract, and their values as JSON."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, cast

import typer
from typer.core import TyperOption

from .inside import CUSTOMER_CREATE, CUSTOMER_CREATE_REQUIRED, CUSTOMER_UPDATE, Rule, descriptions
from .queries import FLAGS, check_name
from .state import State
from .statuses import CommandError

_TEXT = Rule(("string",))
_WHOLE = re.compile(r"-?[0-9]+")


def creation_options() -> Sequence[TyperOption]:
    """An option for each field of a new customer."""
    return _options(CUSTOMER_CREATE, descriptions.CUSTOMER_CREATE)


def update_options() -> Sequence[TyperOption]:
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


def _options(rules: dict[str, Rule], texts: dict[str, str]) -> list[TyperOption]:
    return [_option(name, rule, texts[name]) for name, rule in rules.items()]


def _option(name: str, rule: Rule, description: str) -> TyperOption:
    kind = next(one for one in rule.types if one != "null")
    metavar = "|".join(rule.choices) or _METAVARS[kind]
    more = " May be given more than once; '' for an empty list." if kind == "array" else ""
    return TyperOption(
        param_decls=[name, "--" + name.replace("_", "-")],
        type=str,
        multiple=kind == "array",
        metavar=metavar,
        callback=_keeper(kind),
        expose_value=False,
        help=description + more,
        rich_help_panel="Fields",
        autocompletion=_completion(rule.choices or (("true", "false") if kind == "boolean" else ())),
    )


_METAVARS = {"string": "TEXT", "integer": "N", "number": "N", "boolean": "true|false", "array": "TEXT"}


def _completion(choices: Sequence[str]) -> Callable[[Any, list[str], str], list[str]] | None:
    def complete(context: Any, words: list[str], start: str) -> list[str]:
        return [*choices]

    return complete if choices else None


def _keeper(kind: str) -> Callable[[Any, Any, Any], Any]:
    def keep(context: Any, parameter: Any, value: Any) -> Any:
        if value is None or (kind == "array" and not value):
            return value
        try:
            converted = _converted(kind, value)
        except ValueError as error:
            raise typer.BadParameter(str(error), context, parameter) from None
        cast("State", context.obj).fields[parameter.name] = converted
        return value

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
