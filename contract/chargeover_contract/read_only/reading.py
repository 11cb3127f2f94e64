"""The GETs: pages of a list, a count, and the first customer listed under each of its names."""

from typing import Any
from urllib.parse import quote

from chargeover_contract.ownership import CUSTOMER

from .session import Session


def read_all(session: Session) -> None:
    """Ask for everything that can be asked for without changing anything."""
    first: Any = None
    for limit in (1, 2, 10, None):
        page = session.get(CUSTOMER + (f"?limit={limit}" if limit else ""), operation="list_customers")
        if not isinstance(page, list):
            continue
        if len(page) > (limit or 10):
            session.complain(f"a page of at most {limit or 10} has {len(page)} customers")
        first = first or next(iter(page), None)
    number = session.get(f"{CUSTOMER}/_count", operation="count_customers")
    if number == 0 and first:
        session.complain("the count is 0, and the list has a customer")
    if isinstance(first, dict) and first.get("customer_id"):
        _read_one(session, first)
    else:
        session.say("       there is no customer to read")


def _read_one(session: Session, listed: dict[str, Any]) -> None:
    customer_id = listed["customer_id"]
    names = [("get_customer", str(customer_id))]
    for operation, name in (
        ("get_customer_by_external_key", "external_key"),
        ("get_customer_by_token", "token"),
    ):
        if listed.get(name):
            names.append((operation, f"{name}:{quote(str(listed[name]), safe='')}"))
        else:
            session.say(f"       the first customer has no {name}, so {operation} was not asked")
    for operation, piece in names:
        shown = session.get(f"{CUSTOMER}/{piece}", operation=operation)
        if isinstance(shown, dict) and shown.get("customer_id") != customer_id:
            session.complain(f"{operation} gives another customer than the list does")
    where = f"where=customer_id:EQUALS:{customer_id}"
    found = session.get(f"{CUSTOMER}?{where}", operation="list_customers")
    if isinstance(found, list) and [_id(one) for one in found] != [customer_id]:
        session.complain(f"a list where customer_id is one ID has {len(found)} customers, or another one")
    if session.get(f"{CUSTOMER}/_count?{where}", operation="count_customers") not in (1, None):
        session.complain("a count where customer_id is one ID is not 1")


def _id(customer: Any) -> Any:
    return customer.get("customer_id") if isinstance(customer, dict) else None
