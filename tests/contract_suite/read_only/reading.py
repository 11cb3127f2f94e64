"""The GETs: pages of a list, a count, and the first customer listed under each of its names."""

from typing import Any
from urllib.parse import quote

from contract_suite.ours import CUSTOMER

from .talk import Talk


def read_all(talk: Talk) -> None:
    """Ask for everything that can be asked for without changing anything."""
    first: Any = None
    for limit in (1, 2, 10, None):
        page = talk.get(CUSTOMER + (f"?limit={limit}" if limit else ""), operation="list_customers")
        if not isinstance(page, list):
            continue
        if len(page) > (limit or 10):
            talk.complain(f"a page of at most {limit or 10} has {len(page)} customers")
        first = first or next(iter(page), None)
    number = talk.get(f"{CUSTOMER}/_count", operation="count_customers")
    if number == 0 and first:
        talk.complain("the count is 0, and the list has a customer")
    if isinstance(first, dict) and first.get("customer_id"):
        _read_one(talk, first)
    else:
        talk.say("       there is no customer to read")


def _read_one(talk: Talk, listed: dict[str, Any]) -> None:
    customer_id = listed["customer_id"]
    names = [("get_customer", str(customer_id))]
    for operation, name in (
        ("get_customer_by_external_key", "external_key"),
        ("get_customer_by_token", "token"),
    ):
        if listed.get(name):
            names.append((operation, f"{name}:{quote(str(listed[name]), safe='')}"))
        else:
            talk.say(f"       the first customer has no {name}, so {operation} was not asked")
    for operation, piece in names:
        shown = talk.get(f"{CUSTOMER}/{piece}", operation=operation)
        if isinstance(shown, dict) and shown.get("customer_id") != customer_id:
            talk.complain(f"{operation} gives another customer than the list does")
    where = f"where=customer_id:EQUALS:{customer_id}"
    found = talk.get(f"{CUSTOMER}?{where}", operation="list_customers")
    if isinstance(found, list) and [_id(one) for one in found] != [customer_id]:
        talk.complain(f"a list where customer_id is one ID has {len(found)} customers, or another one")
    if talk.get(f"{CUSTOMER}/_count?{where}", operation="count_customers") not in (1, None):
        talk.complain("a count where customer_id is one ID is not 1")


def _id(customer: Any) -> Any:
    return customer.get("customer_id") if isinstance(customer, dict) else None
