"""A customer as a response shows it: the stored fields and the computed ones, as one SQL view.

So a query can name every field that a response has. What a new customer has comes from recorded responses;
the other computed values are the sandbox's own (assumed).
"""

from collections.abc import Callable, Collection, Mapping

import orjson

ABSENT = "absent"
"""The column with the members that responses lack, as those of older customers do (recorded): a JSON list.

Null if the customer does not come from a seed.
"""


def view(stored: Mapping[str, str], shown: Collection[str]) -> str:
    """The statement that creates the view ``shown_customer``, for this connection only.

    Args:
        stored: the stored fields, by name.
        shown: the fields of a response, by name; those that are neither stored nor computed are null. ``ABSENT`` is
            the last column.
    """
    columns = (f'{_column(name, stored)} AS "{name}"' for name in (*shown, ABSENT))
    return f"CREATE TEMP VIEW shown_customer AS SELECT {', '.join(columns)} FROM customer"  # noqa: S608  the names come from the document


def _column(name: str, stored: Mapping[str, str]) -> str:
    is_stored = name in stored or name == "customer_id"
    if name in _COMPUTED:
        return f'coalesce("{name}", {_COMPUTED[name]})' if is_stored else _COMPUTED[name]
    return f'"{name}"' if is_stored else "NULL"


def after_seed(absent: str, changes: Mapping[str, object]) -> dict[str, object]:
    """What changes of a seeded customer mean for what its seed said.

    A seeded value of a computed field holds until a field that it is computed from changes, and an absent member is
    absent until it gets a value.

    Args:
        absent: the members that are absent so far, as they are stored.
        changes: the fields that change.
    """
    outdated = {derived: None for name in changes for derived in _DERIVED.get(name, ())}
    left = [name for name in orjson.loads(absent) if changes.get(name) is None]
    return {**outdated, ABSENT: orjson.dumps(left).decode()}


def _block(*parts: str | None) -> str:
    """An address as lines: its three lines, then city, state and postcode together, then the country."""
    *lines, city, state, postcode, country = parts
    place = " ".join(filter(None, (city, state, postcode)))
    return "\n".join(filter(None, (*lines, place, country)))


def _one_of(tags: str | None, operator: str, value: str) -> bool:
    """Whether any element of a list, given as JSON, matches a condition."""
    return tags is not None and any(COMPARISONS[operator](tag, value) for tag in orjson.loads(tags))


COMPARISONS: dict[str, Callable[[str, str], bool]] = {
    "EQUALS": lambda one, other: one == other,
    "NOTEQUALS": lambda one, other: one != other,
    "GT": lambda one, other: one > other,
    "LT": lambda one, other: one < other,
    "GTE": lambda one, other: one >= other,
    "LTE": lambda one, other: one <= other,
    "CONTAINS": lambda one, other: other in one,
}

FUNCTIONS: tuple[tuple[str, int, Callable[..., str | bool]], ...] = (("block", 7, _block), ("one_of", 3, _one_of))
"""The Python functions that the SQL here and in ``queries`` calls: name, number of arguments, function."""

_DEFAULT_TERMS = "2"

_COMPUTED = {
    "bill_block": "block(bill_addr1, bill_addr2, bill_addr3, bill_city, bill_state, bill_postcode, bill_country)",
    "ship_block": "block(ship_addr1, ship_addr2, ship_addr3, ship_city, ship_state, ship_postcode, ship_country)",
    "display_as": "company",
    "no_taxes": "0",
    "no_dunning": "0",
    "no_latefees": "0",
    "no_procfees": "0",
    "tags": "'[]'",
    "tax_ident": "''",
    "language_id": "1",
    "brand_id": "1",
    "terms_id": _DEFAULT_TERMS,
    "terms_name": f"CASE coalesce(terms_id, {_DEFAULT_TERMS}) WHEN 2 THEN 'Net 30' WHEN 3 THEN 'Due on Receipt' END",
    "terms_days": f"CASE coalesce(terms_id, {_DEFAULT_TERMS}) WHEN 2 THEN 30 WHEN 3 THEN 0 END",
    "url_self": "'https://example.chargeover.com/admin/r/customer/view/' || customer_id",
    "url_paymethodlink": "'https://example.chargeover.com/r/paymethod/i/' || token",
    "currency_id": "1",
    "currency_symbol": "'$'",
    "currency_iso4217": "'USD'",
    "total": "0",
    "paid": "0",
    "balance": "0",
    "customer_status_id": "1",
    "customer_status_name": "'Current'",
    "customer_status_str": "'active-current'",
    "customer_status_state": "'a'",
}

_BLOCKS = {
    f"{which}_{part}": (f"{which}_block",)
    for which in ("bill", "ship")
    for part in ("addr1", "addr2", "addr3", "city", "state", "postcode", "country")
}
_DERIVED: dict[str, tuple[str, ...]] = {
    **_BLOCKS,
    "company": ("display_as",),
    "terms_id": ("terms_name", "terms_days"),
    "class_id": ("class_name",),
    "admin_id": ("admin_name", "admin_email"),
}
"""By a field that can be changed, the fields that follow from it."""
