"""A customer as the command line names it."""

import re
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from chargeover import ChargeOver, Customer

Name = tuple[str, str]
"""``customer_id``, ``external_key`` or ``token``, and its value."""


def read(text: str) -> Name:
    """The customer that a text names.

    Raises:
        BadParameter: it names none.
    """
    kind, colon, value = text.partition(":")
    if colon and kind.replace("-", "_") in {"external_key", "token"} and value:
        return kind.replace("-", "_"), value
    if re.fullmatch(r"[0-9]{1,19}", text):
        return "customer_id", text
    raise typer.BadParameter(
        f"{text!r} is not a customer. Give an ID such as 7, external_key:KEY or token:TOKEN.", param_hint="CUSTOMER"
    )


def fetched(client: "ChargeOver", name: Name) -> "Customer":
    """The customer itself."""
    kind, value = name
    if kind == "external_key":
        return client.customers.get_by_external_key(value)
    return client.customers.get_by_token(value) if kind == "token" else client.customers.get(int(value))


def addressed(client: "ChargeOver", name: Name) -> "int | str | Customer":
    """What names the customer in a change: its ID, its external key; for a token the customer itself, read."""
    kind, value = name
    if kind == "customer_id":
        return int(value)
    return value if kind == "external_key" else fetched(client, name)
