"""A made-up set of customers of any size: the same for the same size and seed value, on every version of Python."""

import random
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple, TypeVar

from .rows import Row
from .words import PLACES, TAGS, Place

MOST = 200_000
"""The largest set."""

_FIRST_DAY = datetime(2015, 3, 16, 11, 30, 13, tzinfo=UTC)
_LAST_DAY = datetime(2026, 3, 10, 6, 1, 49, tzinfo=UTC)
"""From the oldest recorded customer to the newest: the dates of a set do not depend on today's."""

_OLD_PART = 0.15
"""The share of customers in the forms of 2015."""
_ABSENT_IN_2015 = (
    "language_id",
    "brand_id",
    "tax_ident",
    "no_latefees",
    "no_procfees",
    "default_paymethod",
    "default_creditcard_id",
    "default_ach_id",
    "class_name",
    "admin_name",
    "admin_email",
    "url_self",
)
"""Members that responses of 2015 lack (recorded)."""

_CURRENT = ("active-current", 1, "Current", "a")
_OVERDUE = ("active-overdue", 2, "Overdue", "a")
_INACTIVE = (("inactive-manual", 3, "Inactive", "i"), ("inactive-activity", 4, "Inactive", "i"))
Fields = dict[str, Any]
Item = TypeVar("Item")


class _Person(NamedTuple):
    first: str
    last: str
    whole: str


class _Dice:
    """Choices that only use ``random()``, whose results are the same on every version of Python."""

    def __init__(self, seed_value: int) -> None:
        self._random = random.Random(seed_value)  # noqa: S311  it must be reproducible

    def chance(self, share: float) -> bool:
        return self._random.random() < share

    def below(self, number: int) -> int:
        return int(self._random.random() * number)

    def pick(self, items: Sequence[Item]) -> Item:
        return items[self.below(len(items))]

    def digits(self, pattern: str) -> str:
        return "".join(str(self.below(10)) if letter == "#" else letter for letter in pattern)


def generated_rows(number: int, seed_value: int = 0) -> Iterator[Row]:
    """Made-up customers, oldest first: with parents and children, gaps in the IDs, several alphabets, old forms.

    Args:
        number: how many.
        seed_value: another one makes another set.
    """
    dice = _Dice(seed_value)
    customer_id, parents = 0, list[int]()
    for index in range(number):
        # A gap is what deleted customers leave.
        customer_id += 1 if index == 0 or dice.chance(0.92) else 2 + dice.below(9)
        fields = _customer(dice, customer_id, index / number)
        if parents and dice.chance(0.3):
            fields["parent_customer_id"] = dice.pick(parents[-20:])
        if dice.chance(0.08):  # that may be a child itself
            parents.append(customer_id)
        yield Row(fields, f"generated customer {index + 1}")


def _customer(dice: _Dice, customer_id: int, age: float) -> Fields:
    is_old = age < _OLD_PART
    place = dice.pick(PLACES)
    written = _FIRST_DAY + (_LAST_DAY - _FIRST_DAY) * age
    changed = written + (_LAST_DAY - written) * (dice.below(1000) / 1000 if dice.chance(0.6) else 0)
    person = _person(dice, place)
    fields: Fields = {
        "customer_id": customer_id,
        "company": dice.pick(place.companies).format(person.last),
        "write_datetime": _text(written),
        "write_ipaddr": f"192.0.2.{dice.below(254) + 1}",
        "mod_datetime": _text(changed),
        "mod_ipaddr": f"198.51.100.{dice.below(254) + 1}",
        "terms_id": dice.pick((2, 2, 3)),
    }
    if dice.chance(0.75):
        fields["external_key"] = _external_key(dice, customer_id, is_old=is_old)
    if dice.chance(0.8):
        fields.update(_contact(dice, _person(dice, place), customer_id, is_old=is_old))
    if dice.chance(0.9):
        fields.update(_address(dice, place, "bill", is_old=is_old))
    if dice.chance(0.2):
        fields.update(_address(dice, place, "ship", is_old=is_old))
    if dice.chance(0.7):
        fields.update(_amounts(dice))
    fields.update(_old(dice) if is_old else _new(dice))
    return fields


def _person(dice: _Dice, place: Place) -> _Person:
    first, last = dice.pick(place.first_names), dice.pick(place.last_names)
    return _Person(first, last, f"{last}{first}" if place.family_first else f"{first} {last}")


def _external_key(dice: _Dice, customer_id: int, *, is_old: bool) -> str:
    if is_old:
        return str(customer_id * 7 + 11)
    # The second needs escapes in a query; the last, in a path.
    return dice.pick(
        (f"CRM-{customer_id:06}", f"shop:{customer_id},eu", f"erp/{customer_id}", f"Kunde Nº {customer_id}")
    )


def _contact(dice: _Dice, person: _Person, customer_id: int, *, is_old: bool) -> Fields:
    email = f"user{customer_id}@example.com"
    return {
        "superuser_first_name": person.first,
        "superuser_last_name": person.last,
        "superuser_name": person.whole,
        "superuser_email": "" if dice.chance(0.05) else email,
        "superuser_phone": "" if is_old or dice.chance(0.3) else dice.digits("+1 202 555 01##"),
        "superuser_username": email if dice.chance(0.5) else person.whole,
    }


def _address(dice: _Dice, place: Place, which: str, *, is_old: bool) -> Fields:
    city, state, postcode = dice.pick(place.cities)
    country = place.country
    if is_old and country == "United States":
        country = dice.pick(("United States", "US", ""))
    parts: Fields = {
        "addr1": dice.pick(place.streets).format(dice.below(200) + 1),
        "city": city,
        "state": state,
        "postcode": dice.digits(postcode),
        "country": country,
    }
    if is_old or dice.chance(0.2):  # empty texts beside nulls, as recorded
        parts |= {"addr2": "", "addr3": ""}
    return {f"{which}_{part}": text for part, text in parts.items()}


def _amounts(dice: _Dice) -> Fields:
    """Amounts that agree with one another, in cents; a balance below nothing is a credit."""
    total = dice.below(1_000_000) if dice.chance(0.8) else dice.below(5000) * 100
    open_cents = 0 if dice.chance(0.6) else dice.below(total + 1)
    if dice.chance(0.03):
        open_cents = -dice.below(10_000)
    chosen = dice.pick(_INACTIVE) if dice.chance(0.1) else _CURRENT
    if open_cents > 0 and dice.chance(0.3):
        chosen = _OVERDUE
    status, status_id, name, state = chosen
    return {
        "total": total / 100,
        "paid": (total - open_cents) / 100,
        "balance": open_cents / 100,
        "customer_status_str": status,
        "customer_status_id": status_id,
        "customer_status_name": name,
        "customer_status_state": state,
    }


def _old(dice: _Dice) -> Fields:
    fields: Fields = {"absent": [*_ABSENT_IN_2015]}
    if dice.chance(0.3):
        fields |= {"class_id": 0, "campaign_id": 0}
    if dice.chance(0.5):
        fields["custom_1"] = ""
    if dice.chance(0.2):
        fields["admin_id"] = dice.below(4) + 1
    return fields


def _new(dice: _Dice) -> Fields:
    fields: Fields = {"language_id": 1, "brand_id": 1}
    if dice.chance(0.4):
        fields["tags"] = sorted({dice.pick(TAGS) for _ in range(1 + dice.below(3))})
    if dice.chance(0.3):
        fields |= {"default_paymethod": "crd", "default_creditcard_id": dice.below(9000) + 50}
    if dice.chance(0.2):
        fields |= {"class_id": dice.below(3) + 1, "class_name": dice.pick(("North", "South", ""))}
    if dice.chance(0.2):
        fields |= {"no_taxes": True, "tax_ident": dice.digits("DE#########")}
    if dice.chance(0.1):
        fields |= {"no_dunning": True, "no_procfees": True}
    if dice.chance(0.3):
        fields |= {"invoice_delivery": dice.pick(("email", "print")), "dunning_delivery": "email"}
    if dice.chance(0.3):
        fields["custom_2"] = dice.pick(("custom text", "x" * 200, "two\nlines", " spaces "))
    return fields


def _text(moment: datetime) -> str:
    return (moment - timedelta(microseconds=moment.microsecond)).isoformat()
