"""``chargeover check --drift``: what an account returns, held against the contract."""

from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import quote

import typer

from .account import client
from .missing import sentence
from .statuses import FAILED, CommandError
from .terminal import say

if TYPE_CHECKING:
    from chargeover import CallNext, ChargeOver, OutgoingRequest, ReceivedResponse

_CUSTOMER = "/api/v3/customer"
_ROWS = 3
"""Customers that are read one by one."""
_NOT_THERE = 9_000_000_000_000_000
_KEYS = ("external_key", "token")


def compare(context: typer.Context, report: Path | None) -> None:
    """Send GETs, compare what came, and print a report without any value.

    Args:
        context: of the command.
        report: a folder for the report as HTML and JSON.

    Raises:
        CommandError: the extra ``contract`` is missing.
        ChargeOverError: the account cannot be reached, or refuses the credentials.
        Exit: something differs.
    """
    try:
        account = import_module("chargeover_contract.drift.account")
    except ModuleNotFoundError as error:
        raise CommandError(sentence(error.name, "contract")) from None
    seen: list[tuple[OutgoingRequest, ReceivedResponse]] = []

    def keep(request: "OutgoingRequest", call_next: "CallNext") -> "ReceivedResponse":
        response = call_next(request)
        seen.append((request, response))
        return response

    one = client(context, [keep])
    from chargeover import APIStatusError, InvalidResponseError

    try:
        one.customers.count()  # says what is wrong with the address or the credentials
    except InvalidResponseError:
        pass  # which is drift
    except APIStatusError as error:
        if error.http_status not in {400, 404, 405}:
            raise
    _ask(one)
    say(f"{len(seen)} GETs were sent; nothing was changed.")
    if account.report(seen, report):
        raise typer.Exit(FAILED)


def _ask(one: "ChargeOver") -> None:
    from chargeover import APIStatusError, InvalidResponseError

    def get(path: str, **parameters: str | int) -> Any:
        # A status or a body that nothing describes is what this is about.
        with suppress(APIStatusError, InvalidResponseError):
            return one.request("GET", path, params=parameters or None).response
        return None

    rows = [*_rows(get(_CUSTOMER, limit=10, order="customer_id:DESC")), *_rows(get(_CUSTOMER, limit=2, offset=1))]
    for row in rows[:_ROWS]:
        _ask_for(row, get)
    get(f"{_CUSTOMER}/{_NOT_THERE}")
    get(f"{_CUSTOMER}/external_key:no-such-key-{_NOT_THERE}")
    get(f"{_CUSTOMER}s")  # a path that the API refuses (recorded)


def _ask_for(row: dict[str, Any], get: Callable[..., Any]) -> None:
    customer_id = row.get("customer_id")
    if isinstance(customer_id, int):
        get(f"{_CUSTOMER}/{customer_id}")
        get(_CUSTOMER, where=f"customer_id:EQUALS:{customer_id}")
    for key in _KEYS:
        if isinstance(value := row.get(key), str) and value:
            get(f"{_CUSTOMER}/{key}:{quote(value, safe='')}")


def _rows(value: Any) -> list[dict[str, Any]]:
    rows = cast("list[object]", value) if isinstance(value, list) else []
    return [cast("dict[str, Any]", row) for row in rows if isinstance(row, dict)]
