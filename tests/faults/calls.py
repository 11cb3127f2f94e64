"""The calls that a client makes while a server is at fault, and their outcomes in a few words."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import Any, cast

from chargeover import (
    APIConnectionError,
    APIStatusError,
    AsyncChargeOver,
    BulkError,
    BulkRequest,
    BulkResult,
    Change,
    ChargeOver,
    ChargeOverError,
    Customer,
    CustomerCreateFields,
    CustomerUpdateFields,
    InvalidResponseError,
)

FIELDS: CustomerUpdateFields = {"company": "Acme"}
NEW: CustomerCreateFields = {"company": "Acme"}
KEYED: CustomerCreateFields = {"company": "Acme", "external_key": "crm-1"}
CHANGES: list[Change] = [(1, FIELDS), (2, FIELDS)]


@dataclass(frozen=True, slots=True)
class FaultCall:
    """One call, for both clients.

    Attributes:
        name: as in docs/faults.md.
        make: the call for ChargeOver.
        make_async: the same for AsyncChargeOver.
        shows: which attributes of a customer are told.
    """

    name: str
    make: Callable[[ChargeOver], object]
    make_async: Callable[[AsyncChargeOver], Awaitable[object]]
    shows: tuple[str, ...] = ("customer_id", "company")


async def _listed(client: AsyncChargeOver) -> list[Customer]:
    return [customer async for customer in client.customers.list(page_size=2)]


async def _changed(client: AsyncChargeOver) -> list[BulkResult[Any, Any]]:
    return [result async for result in client.customers.bulk_update(CHANGES)]


def _mixture() -> list[BulkRequest[Any]]:
    return [BulkRequest.create_customer(company="Acme"), BulkRequest.update_customer(1, company="Acme")]


async def _mixed(client: AsyncChargeOver) -> list[BulkResult[Any, Any]]:
    return [result async for result in client.bulk(_mixture())]


def _twice(client: ChargeOver) -> list[int]:
    first = client.customers.update(1, company="Acme")
    time.sleep(0.05)  # the server gets to do what it does with an idle connection
    return [first, client.customers.update(1, company="Acme")]


async def _twice_async(client: AsyncChargeOver) -> list[int]:
    first = await client.customers.update(1, company="Acme")
    await asyncio.sleep(0.05)
    return [first, await client.customers.update(1, company="Acme")]


def _two_creations(client: ChargeOver) -> list[int]:
    return [client.customers.create(company="Acme"), client.customers.create(company="Acme")]


async def _two_creations_async(client: AsyncChargeOver) -> list[int]:
    return [await client.customers.create(company="Acme"), await client.customers.create(company="Acme")]


def showing(*attributes: str) -> FaultCall:
    """A reading of a customer that tells these attributes."""
    return FaultCall("get", GET.make, GET.make_async, attributes)


UPDATE = FaultCall(
    "update", lambda client: client.customers.update(1, **FIELDS), lambda client: client.customers.update(1, **FIELDS)
)
CREATE = FaultCall(
    "create", lambda client: client.customers.create(**NEW), lambda client: client.customers.create(**NEW)
)
CREATE_WITH_KEY = FaultCall(
    "create with a key",
    lambda client: client.customers.create(**KEYED),
    lambda client: client.customers.create(**KEYED),
)
GET = FaultCall("get", lambda client: client.customers.get(1), lambda client: client.customers.get(1))
DELETE = FaultCall("delete", lambda client: client.customers.delete(1), lambda client: client.customers.delete(1))
COUNT = FaultCall("count", lambda client: client.customers.count(), lambda client: client.customers.count())
LIST = FaultCall("list", lambda client: list(client.customers.list(page_size=2)), _listed)
BULK_UPDATE = FaultCall("bulk_update", lambda client: list(client.customers.bulk_update(CHANGES)), _changed)
BULK = FaultCall("bulk of create and update", lambda client: list(client.bulk(_mixture())), _mixed)
UPDATE_TWICE = FaultCall("update, twice", _twice, _twice_async)
CREATE_TWICE = FaultCall("create, twice", _two_creations, _two_creations_async)


def told(result: object, shows: Iterable[str]) -> str:
    """What a call returned, in a few words."""
    if isinstance(result, Customer):
        return "returns a customer with " + ", ".join(f"{name}={getattr(result, name)!r}" for name in shows)
    if isinstance(result, list):
        return "returns " + (" and ".join(_item(one) for one in cast("list[object]", result)) or "an empty list")
    return f"returns {result!r}"


def told_error(error: ChargeOverError) -> str:
    """What a call raised, in a few words."""
    if isinstance(error, BulkError):
        return f"raises BulkError: {', '.join(_item(result) for result in error.results)}"
    return f"raises {_kind(error)}"


def _item(one: object) -> str:
    if isinstance(one, BulkResult):
        return f"{one.index}: {_kind(one.error) if one.error else repr(one.value)}"
    return f"customer {one.customer_id}" if isinstance(one, Customer) else repr(one)


def _kind(error: ChargeOverError) -> str:
    name = type(error).__name__
    if isinstance(error, (APIStatusError, InvalidResponseError)):
        return f"{name} ({error.http_status})"
    if isinstance(error, APIConnectionError):
        return f"{name} ({'sent' if error.was_sent else 'not sent'})"
    return name
