"""The main contact of a customer: what its fields make of one another when some of them are sent.

The service makes a contact of the fields in a creation, joins its name of the first and the last one, and makes up a
user name (recorded). That an update makes one too, and how a name is split, is assumed.
"""

from collections.abc import Mapping
from typing import Any

from .tokens import Tokens

_FIRST, _LAST, _NAME = "superuser_first_name", "superuser_last_name", "superuser_name"
_DETAILS = (_NAME, _FIRST, _LAST, "superuser_email", "superuser_phone")
_OWN = ("superuser_username", "superuser_token")
CONTACT_FIELDS = ("superuser_id", *_DETAILS, *_OWN)
"""The fields of a customer that are about its main contact."""

_ID_ABOVE_CUSTOMER = 347
"""Contacts have IDs of their own. A customer's ID is unique, and so is this much above it."""


def with_contact(
    customer_id: int, before: Mapping[str, Any], changes: Mapping[str, Any], tokens: Tokens
) -> dict[str, Any]:
    """The changes of a customer, completed by what they mean for its main contact.

    Args:
        customer_id: the customer.
        before: the contact fields of the customer before; empty for a new one.
        changes: the fields that were sent.
        tokens: makes up what a new contact lacks.
    """
    changed = {name: changes[name] for name in _DETAILS if name in changes and changes[name] != before.get(name)}
    completed = {**changes, **_names(before, changed)}
    if _makes_contact(before, changes):
        completed = {**dict.fromkeys(_DETAILS, ""), **completed}
        completed.setdefault("superuser_username", f"user-{tokens.of('username', customer_id, 8)}")
        completed["superuser_token"] = tokens.of("contact", customer_id)
        completed["superuser_id"] = customer_id + _ID_ABOVE_CUSTOMER
    return completed


def _makes_contact(before: Mapping[str, Any], changes: Mapping[str, Any]) -> bool:
    """Whether fields of a contact were sent for a customer that has none."""
    has_one = changes.get("superuser_id", before.get("superuser_id")) is not None
    return not has_one and any(changes.get(name) for name in (*_DETAILS, "superuser_username"))


def _names(before: Mapping[str, Any], changed: Mapping[str, str]) -> dict[str, str]:
    """The three names, as far as the changed ones decide them: a first or a last name before the whole one."""
    if _FIRST in changed or _LAST in changed:
        first, last = (changed.get(name, before.get(name) or "") for name in (_FIRST, _LAST))
        return {_FIRST: first, _LAST: last, _NAME: " ".join(filter(None, (first, last)))}
    if _NAME in changed:
        first, _, last = changed[_NAME].partition(" ")
        return {_FIRST: first, _LAST: last}
    return {}
