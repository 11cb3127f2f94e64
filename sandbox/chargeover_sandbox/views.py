"""A customer as an answer shows it: what is stored, and what an account would work out from it, as one SQL view.

So a query can name every field that an answer has. The values that are worked out are the sandbox's own (assumed).
"""

from collections.abc import Callable, Mapping

import orjson


def view(stored: Mapping[str, str], shown: Mapping[str, str]) -> str:
    """The statement that makes the view ``shown_customer``, for this connection alone.

    Args:
        stored: the fields that are stored, by name.
        shown: the fields that an answer has, by name; those that are neither stored nor worked out are null.
    """
    columns = (f'{_column(name, stored)} AS "{name}"' for name in shown)
    return f"CREATE TEMP VIEW shown_customer AS SELECT {', '.join(columns)} FROM customer"  # noqa: S608  names of the document


def _column(name: str, stored: Mapping[str, str]) -> str:
    is_stored = name in stored or name == "customer_id"
    if name in _WORKED_OUT:
        return f'coalesce("{name}", {_WORKED_OUT[name]})' if is_stored else _WORKED_OUT[name]
    return f'"{name}"' if is_stored else "NULL"


def _block(*parts: str | None) -> str:
    """An address in lines: three lines, then city, state and postcode in one, then the country."""
    *lines, city, state, postcode, country = parts
    place = " ".join(filter(None, (city, state, postcode)))
    return "\n".join(filter(None, (*lines, place, country)))


def _one_of(tags: str | None, operator: str, value: str) -> bool:
    """Whether a condition holds for one element of a list, given as JSON."""
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
"""Functions of Python that the SQL here and in ``queries`` uses: name, number of arguments, function."""

_WORKED_OUT = {
    "bill_block": "block(bill_addr1, bill_addr2, bill_addr3, bill_city, bill_state, bill_postcode, bill_country)",
    "ship_block": "block(ship_addr1, ship_addr2, ship_addr3, ship_city, ship_state, ship_postcode, ship_country)",
    "display_as": "company",
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
