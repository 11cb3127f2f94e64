"""A seed as a database of its own in memory, from which the sandbox's is replaced: as a whole, or not at all."""

from collections.abc import Iterable
from contextlib import closing
from dataclasses import replace
from functools import cached_property

from chargeover_sandbox.contract.document import Contract
from chargeover_sandbox.customers.account import Account
from chargeover_sandbox.customers.contacts import CONTACT_FIELDS, with_contact
from chargeover_sandbox.customers.resource import open_store, stored_fields
from chargeover_sandbox.customers.store import SCHEMA_VERSION, Fields, schema_of
from chargeover_sandbox.customers.times import Clock, stamp
from chargeover_sandbox.customers.tokens import Tokens
from chargeover_sandbox.customers.views import ABSENT
from chargeover_sandbox.storage.database import Database

from .checks import PARENT_KEY, SeedChecks
from .rows import Row, SeedError

_HERE = "127.0.0.1"
_UNIQUE = ("customer_id", "external_key", "token")
_PARENT = "parent_customer_id"
_COMPLETED = ("customer_id", "token", "write_datetime", "write_ipaddr", "mod_datetime", "mod_ipaddr", ABSENT)


class Seeder:
    """Makes databases of seeds.

    Args:
        contract: the document.
        account: the settings of the account.
        clock: the source of the dates that a seed leaves out.

    """

    def __init__(self, contract: Contract, account: Account, clock: Clock) -> None:
        self._contract = contract
        self._account = account
        self._clock = clock
        self._tokens = Tokens(account.seed_value)

    @cached_property
    def checks(self) -> SeedChecks:
        """Checks customers one by one."""
        return SeedChecks(self._contract, self._account)

    def content(self, rows: Iterable[Row]) -> tuple[bytes, int]:
        """A database with the customers of a seed, as ``Database.copied`` returns it, and their number.

        Raises:
            SeedError: they cannot be used: one is wrong, or two do not go together.
        """
        # Without what was given, which a large seed would need the memory of twice.
        given = [(replace(row, fields={}), self.checks.checked(row)) for row in rows]
        _give_ids(given)
        _check_uniqueness(given)
        _find_parents(given)
        _check_circles(given)
        with closing(Database(None, schema_of(stored_fields(self._contract)), SCHEMA_VERSION)) as database:
            store = open_store(self._contract, database, self._account)
            now = stamp(self._clock.now())
            with database.transaction():
                names = {*_COMPLETED, *CONTACT_FIELDS, *(name for _, fields in given for name in fields)}
                store.insert_all(names, (self._completed(fields, now) for _, fields in given))
            return database.copied(), len(given)

    def _completed(self, fields: Fields, now: str) -> Fields:
        """A customer with what it has from its creation on. What the seed gives stays as it is."""
        customer_id = fields["customer_id"]
        written = fields.get("write_datetime") or fields.get("mod_datetime") or now
        own: Fields = {
            "token": self._tokens.of("customer", customer_id),
            "write_datetime": written,
            "write_ipaddr": _HERE,
            "mod_datetime": written,
            "mod_ipaddr": _HERE,
            ABSENT: [],
        }
        return {**own, **with_contact(customer_id, {}, fields, self._tokens), **fields}


def _give_ids(given: list[tuple[Row, Fields]]) -> None:
    """Give each customer without an ID the next free one after that of the customer before it."""
    taken = {fields["customer_id"] for _, fields in given if "customer_id" in fields}
    last = 0
    for _, fields in given:
        if "customer_id" not in fields:
            last += 1
            while last in taken:
                last += 1
            fields["customer_id"] = last
        last = fields["customer_id"]
        taken.add(last)


def _check_uniqueness(given: list[tuple[Row, Fields]]) -> None:
    for name in _UNIQUE:
        first: dict[object, Row] = {}
        for row, fields in given:
            value = fields.get(name)
            if not value:
                continue
            if value in first:
                raise row.error(name, f"{value!r} is that of another customer too: {first[value].place}")
            first[value] = row


def _find_parents(given: list[tuple[Row, Fields]]) -> None:
    ids = {fields["customer_id"] for _, fields in given}
    by_key = {fields["external_key"]: fields["customer_id"] for _, fields in given if fields.get("external_key")}
    for row, fields in given:
        key = fields.pop(PARENT_KEY, None)
        if key is not None:
            if _PARENT in fields:
                raise row.error(PARENT_KEY, f"give either this or {_PARENT}, not both")
            if key not in by_key:
                raise row.error(PARENT_KEY, f"the seed has no customer with the external key {key!r}")
            fields[_PARENT] = by_key[key]
        parent = fields.get(_PARENT)
        if parent is not None and parent not in ids:
            raise row.error(_PARENT, f"the seed has no customer {parent}")


def _check_circles(given: list[tuple[Row, Fields]]) -> None:
    above = {fields["customer_id"]: fields.get(_PARENT) for _, fields in given}
    sound: set[int] = set()
    for row, fields in given:
        way: list[int] = []
        seen: set[int] = set()
        one: int | None = fields["customer_id"]
        while one is not None and one not in sound:
            if one in seen:
                raise SeedError(row.place, f"customer {one} is its own ancestor: check the parents")
            way.append(one)
            seen.add(one)
            one = above[one]
        sound.update(way)
