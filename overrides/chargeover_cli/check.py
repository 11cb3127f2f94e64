"""``chargeover check``."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from time import perf_counter
from typing import Annotated, Any, Literal

import typer

from .account import account_of, client
from .drift import compare
from .output.rows import write_members
from .terminal import say

_MOST_SECONDS = 60
"""A clock that is off by more is worth a warning."""


def check(
    context: typer.Context,
    output: Annotated[
        Literal["table", "json"], typer.Option("--output", help="How it is written.", show_default=True)
    ] = "table",
    drift: Annotated[
        bool, typer.Option("--drift", help="Instead, compare the account with the contract, by about 20 GETs.")
    ] = False,
    report: Annotated[
        Path | None, typer.Option("--report", metavar="FOLDER", help="With --drift: write it as HTML and JSON too.")
    ] = None,
) -> None:
    """Check the address, the credentials and the clock: counts the customers, and changes nothing."""
    from chargeover import APIStatusError

    if drift:
        compare(context, report)
        return
    if report:
        raise typer.BadParameter("It goes with --drift.", param_hint="--report")
    account = account_of(context.obj)
    one = client(context)
    facts: dict[str, Any] = {"account": one.base_url, "credentials from": account.source, "live": account.is_live}
    began = perf_counter()
    try:
        counted = one.customers.with_raw_response.count()
    except APIStatusError as error:
        facts.update(_of_response(error.http_status, error.headers, perf_counter() - began))
        write_members(facts, output)
        raise
    except BaseException:
        write_members(facts, output)
        raise
    facts.update(_of_response(counted.response.status, counted.response.headers, perf_counter() - began))
    facts["customers"] = counted.value
    write_members(facts, output)
    seconds = facts.get("clock ahead, s")
    if isinstance(seconds, int) and abs(seconds) > _MOST_SECONDS:
        say(f"Warning: the clock of this machine and that of the server differ by {abs(seconds)} s.")


def _of_response(status: int, headers: Any, seconds: float) -> dict[str, Any]:
    facts: dict[str, Any] = {"status": status, "time, ms": round(seconds * 1000)}
    try:
        date = parsedate_to_datetime(headers.get("date", ""))
    except (ValueError, TypeError, IndexError):
        return facts
    facts["clock ahead, s"] = round((datetime.now(UTC) - date.astimezone(UTC)).total_seconds())
    return facts
