"""What a web shop does with its customers in ChargeOver. Each has the shop's own number as its external key."""

import asyncio
from collections.abc import Iterable
from decimal import Decimal

from chargeover import AsyncChargeOver, ChargeOver, Field, NotFoundError


def register(client: ChargeOver, number: str, company: str, city: str) -> int:
    """The ID of the shop's customer, who is created if that did not happen before."""
    try:
        customer_id = client.customers.get_by_external_key(number).customer_id
    except NotFoundError:
        return client.customers.create(company=company, external_key=number, bill_city=city)
    assert customer_id is not None
    return customer_id


def move(client: ChargeOver, number: str, city: str) -> None:
    """Note a new address."""
    client.customers.update_by_external_key(number, bill_city=city)


def owed(client: ChargeOver) -> dict[str, Decimal]:
    """What customers owe, by company; those that owe nothing are left out."""
    found = client.customers.list(where=Field.customer_status_str == "active-overdue", order="company:ASC")
    return {customer.company or "": customer.balance for customer in found if customer.balance}


def close_year(client: ChargeOver, numbers: Iterable[str]) -> list[str]:
    """Mark customers as checked, and return the numbers of those that cannot be found."""
    missing: list[str] = []
    for number in numbers:
        try:
            client.customers.update_by_external_key(number, custom_1="checked")
        except NotFoundError:
            missing.append(number)
    return missing


async def cities(client: AsyncChargeOver, numbers: Iterable[str]) -> list[str | None]:
    """Where customers live, all asked at once."""
    found = await asyncio.gather(*(client.customers.get_by_external_key(number) for number in numbers))
    return [customer.bill_city for customer in found]


def nightly() -> int:
    """The job that runs each night, with the settings of the environment: how many customers owe something."""
    with ChargeOver() as client:
        return len(owed(client))
