"""``chargeover api``."""

import json
import sys
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from .account import client, confirm
from .options import DryRun
from .output.json import dumps
from .output.requests import show_request
from .output.rows import Rows
from .statuses import CommandError


def api(
    context: typer.Context,
    method: Annotated[str, typer.Argument(metavar="METHOD", help="GET, POST, PUT or DELETE.")],
    path: Annotated[str, typer.Argument(metavar="PATH", help="Such as invoice/1, or /api/v3/invoice/1.")],
    data: Annotated[
        str | None, typer.Option("--data", metavar="JSON", help="The body: JSON, @FILE, or - for standard input.")
    ] = None,
    param: Annotated[
        list[str] | None,
        typer.Option("--param", metavar="NAME=VALUE", help="A parameter of the query. May be given more than once."),
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Read all pages of a collection, and print its rows.")] = False,
    where: Annotated[
        str | None, typer.Option("--where", metavar="TEXT", help="With --all: a condition in the API's own form.")
    ] = None,
    order: Annotated[
        str | None, typer.Option("--order", metavar="TEXT", help="With --all: such as 'date:DESC'.")
    ] = None,
    limit: Annotated[int | None, typer.Option("--limit", metavar="N", help="With --all: the most rows.")] = None,
    output: Annotated[
        Literal["json", "jsonl"], typer.Option("--output", help="How it is written.", show_default=True)
    ] = "json",
    dry_run: DryRun = False,
) -> None:
    """Send any request of the API, with the account's credentials, and print the envelope.

    Requests are retried as those of all other commands are; a POST only if it was certainly not carried out.
    """
    method = method.upper()
    path = _path(path)
    if not every and (where is not None or order is not None or limit is not None):
        raise typer.BadParameter("--where, --order and --limit go with --all. Otherwise use --param.")
    if every and (method != "GET" or data is not None or param or dry_run):
        raise typer.BadParameter("It is for GET, without --data, --param and --dry-run.", param_hint="--all")
    params, body = _params(param), None if data is None else _body(data)
    one = client(context)
    if dry_run:
        show_request(one.preview(method, path, params=params, body=body))
    elif every:
        with Rows(output, None) as rows:
            for page in one.iterate(path, where=where, order=order, limit=limit).pages():
                rows.write(page)
    else:
        if method != "GET":
            one.preview(method, path, params=params, body=body)  # refuses what cannot be sent before it asks
            confirm(context, f"send {method} {path}")
            context.obj.going_on = "The request may have been carried out: look before you send it again."
        envelope = one.request(method, path, params=params, body=body)
        print(dumps(envelope, 2 if output == "json" else None))


def _path(text: str) -> str:
    # Without the first slash too, which some shells of Windows replace.
    return text if text.startswith("/") or "://" in text else f"/api/v3/{text}"


def _params(given: list[str] | None) -> dict[str, str | int] | None:
    params: dict[str, str | int] = {}
    for one in given or ():
        name, equals, value = one.partition("=")
        if not name or not equals:
            raise typer.BadParameter(f"{one!r} is not NAME=VALUE.", param_hint="--param")
        if name in params:
            raise typer.BadParameter(f"{name} is given twice.", param_hint="--param")
        params[name] = value
    return params or None


def _body(text: str) -> Any:
    where = "--data"
    try:
        if text == "-":
            where, text = "standard input", sys.stdin.read()
        elif text.startswith("@"):
            where = text[1:]
            text = Path(where).read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise CommandError(f"{where} is not UTF-8 text.") from None
    except OSError as error:
        raise CommandError(f"{where} cannot be read: {error.strerror}.") from None
    try:
        return json.loads(text, object_pairs_hook=_without_doubles)
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise CommandError(f"{where} is not valid JSON: {error.msg} at {place}.") from None
    except (ValueError, RecursionError) as error:
        raise CommandError(f"{where} is not valid JSON: {error}") from None


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        raise ValueError("an object has the same name twice.")
    return members
