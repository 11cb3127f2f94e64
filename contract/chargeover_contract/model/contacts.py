"""What the fields of a customer's contact make of one another, and what a new customer has that was not sent."""

from typing import Any

from .values import Fields

SOMETHING = object()
"""A value that the server makes up."""

DEFAULTS: Fields = {
    "currency_id": 1,
    "language_id": 1,
    "brand_id": 1,
    "terms_id": 2,
    "tax_ident": "",
    "tags": [],
    "no_taxes": False,
    "no_dunning": False,
    "no_latefees": False,
    "no_procfees": 0,
}
"""What a new customer of our sandbox has (recorded). A real account may be set up in another way."""

_FIRST, _LAST, _NAME = "superuser_first_name", "superuser_last_name", "superuser_name"
NAMES = (_FIRST, _LAST, _NAME)
_DETAILS = (*NAMES, "superuser_email", "superuser_phone")


def expected(before: Fields, sent: Fields) -> Fields:
    """The fields that a request to our sandbox decides, with what they mean for the contact."""
    wanted = dict(sent)
    if "no_procfees" in sent:
        wanted["no_procfees"] = int(sent["no_procfees"])  # recorded: a number
    if sent.get("superuser_id", before.get("superuser_id")) is None and any(
        sent.get(name) for name in (*_DETAILS, "superuser_username")
    ):
        made_up = dict.fromkeys(("superuser_id", "superuser_username", "superuser_token"), SOMETHING)
        wanted = {**dict.fromkeys(_DETAILS, ""), **made_up, **wanted}
    return {**wanted, **_names(before, sent)}


def _names(before: Fields, sent: Fields) -> dict[str, Any]:
    new = {name: sent[name] for name in NAMES if name in sent and sent[name] != before.get(name)}
    if _FIRST in new or _LAST in new:
        first, last = (new.get(name, before.get(name) or "") for name in (_FIRST, _LAST))
        return {_FIRST: first, _LAST: last, _NAME: " ".join(one for one in (first, last) if one)}
    if _NAME in new:
        first, _, last = new[_NAME].partition(" ")
        return {_FIRST: first, _LAST: last}
    return {}


def expected_elsewhere(sent: Fields) -> Fields:
    """The same of another server: a name that was sent with another one may have given way to it."""
    names = [name for name in NAMES if name in sent]
    return {name: value for name, value in sent.items() if name not in NAMES or len(names) == 1}
