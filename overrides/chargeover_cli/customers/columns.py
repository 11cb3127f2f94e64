"""Which fields of customers are shown, and their values."""

import difflib
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from chargeover_cli.inside import CUSTOMER
from chargeover_cli.options import Format
from chargeover_cli.statuses import CommandError

if TYPE_CHECKING:
    from chargeover import Customer

_FLAGS = tuple(name for name, rule in CUSTOMER.items() if "boolean" in rule.types)
USUAL = ("customer_id", "external_key", "company", "bill_city", "bill_state", "balance")
"""What a table shows of many customers."""


def chosen(fields: Iterable[str] | None) -> list[str] | None:
    """The names of ``--fields``; None if it was not given.

    Raises:
        CommandError: it names nothing.
    """
    if fields is None:
        return None
    names = [name.strip() for one in fields for name in one.split(",")]
    if not all(names):
        raise CommandError("--fields is a list of names such as customer_id,company.")
    return [*dict.fromkeys(names)]


def columns_of(form: Format, fields: Sequence[str] | None) -> Sequence[str] | None:
    """The columns: those of ``--fields``, the usual ones for a table, all of the contract for CSV, None for JSON."""
    if fields is not None:
        return fields
    return {"table": USUAL, "csv": tuple(CUSTOMER)}.get(form)


def members(customer: "Customer") -> Mapping[str, Any]:
    """The members of a customer as they came, except that flags are true or false."""
    row = dict(customer.raw)
    for name in _FLAGS:
        if isinstance(flag := getattr(customer, name), bool):
            row[name] = flag
    return row


def check_known(fields: Sequence[str] | None, rows: Sequence[Mapping[str, Any]]) -> None:
    """Refuse a field that neither the contract nor any of the rows has.

    Raises:
        CommandError.
    """
    for name in fields or ():
        if name not in CUSTOMER and not any(name in row for row in rows):
            near = difflib.get_close_matches(name, CUSTOMER, n=1)
            hint = f" Did you mean {near[0]!r}?" if near else ""
            raise CommandError(f"--fields: a customer has no field {name!r}.{hint}")
