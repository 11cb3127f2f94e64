"""What a list and a count are asked with."""

from collections.abc import Iterator
from urllib.parse import quote

from chargeover_contract.ownership import CUSTOMER

from .case import Case, get

_COUNT = f"{CUSTOMER}/_count"


def cases() -> Iterator[Case]:
    """The rows."""
    for text in ("0", "-1", "501", "x", "1.5", "", "1e1", "9" * 30, "null"):
        yield get(f"the limit {text!r}", f"{CUSTOMER}?limit={text}", 400, "1 to 500, in the document")
    for text in ("-1", "x", "1.5", "", "9223372036854775808"):
        yield get(f"the offset {text!r}", f"{CUSTOMER}?offset={text}", 400, "0 to 2^63 - 1, in the document")
    for query in ("limit=1", "limit=500", "offset=0", "limit=1&offset=9223372036854775807", "", "x=1", "limit=1&x=y"):
        yield get(f"the query {query!r}", f"{CUSTOMER}?{query}", 200, "the document has it, or ignores it (client)")
    for query in ("", "x=1", "limit=0", "order=nothing"):
        why = "count has no such parameter, and what is not listed is ignored (client)"
        yield get(f"a count with {query!r}", f"{_COUNT}?{query}", 200, why)
    for text in _WRONG_TERMS:
        for name, target in (("a list", CUSTOMER), ("a count", _COUNT)):
            yield get(f"{name} where {text!r}", f"{target}?where={quote(text)}", 400, "a wrong term is a 400 (assumed)")
    for text in _RIGHT_TERMS:
        for name, target in (("a list", CUSTOMER), ("a count", _COUNT)):
            why = "the document has this form"
            yield get(f"{name} where {text!r}", f"{target}?where={quote(text)}", 200, why)
    for text in (
        "", "customer_id", "customer_id:", "customer_id:asc", "customer_id:UP", "nothing:ASC", ":ASC",
        "customer_id:ASC:x", "customer_id ASC", "customer_id:ASC,company:ASC", "customer_id;DROP:ASC",
    ):  # fmt: skip
        yield get(f"the order {text!r}", f"{CUSTOMER}?order={quote(text)}", 400, "field:ASC or field:DESC")
    for text in ("customer_id:ASC", "company:DESC", "tags:ASC", "balance:DESC", "mod_datetime:DESC", "no_taxes:ASC"):
        yield get(f"the order {text!r}", f"{CUSTOMER}?order={text}", 200, "every field can be ordered by (assumed)")
    yield from _own()


_WRONG_TERMS = (
    "nothing:EQUALS:x", "company", "company:EQUALS", "company:equals:x", "company:LIKE:x", "company:IS:x",
    "company:ISNOT:", "company:IS:null", ":EQUALS:x", "company:EQUALS:x,", ",company:EQUALS:x",
    "company:EQUALS:x,,company:EQUALS:x", "company:EQUALS:x,bill_city", "Company:EQUALS:x", "company :EQUALS:x",
    "customer_id:EQUALS:x", "customer_id:GT:", "no_taxes:EQUALS:maybe", "mod_datetime:GT:yesterday",
    "company';--:EQUALS:x",
)  # fmt: skip
_RIGHT_TERMS = (
    "company:EQUALS:x", "company:EQUALS:", "company:EQUALS:a:b", r"company:EQUALS:a\,b", "company:IS:NULL",
    "company:ISNOT:NULL", "customer_id:GT:0", "customer_id:LTE:9223372036854775807", "customer_id:EQUALS:-1",
    "company:CONTAINS:%", "company:EQUALS:x' OR '1'='1", "bill_state:EQUALS:MN,bill_country:NOTEQUALS:x",
    r"company:EQUALS:a\:b", r"external_key:EQUALS:a\:b\,c", r"mod_datetime:GTE:2026-01-31T09\:30\:00-06\:00",
    r"mod_datetime:LT:2026-01-31 09\:30\:00", "write_datetime:GTE:2026-01-31", "parent_customer_id:IS:NULL",
    "customer_status_state:EQUALS:a", "customer_status_str:EQUALS:active-current", "custom_1:EQUALS:x",
    "token:EQUALS:x", "external_key:EQUALS:x", "superuser_email:CONTAINS:@", "company:EQUALS:\N{GRINNING FACE}",
)  # fmt: skip


def _own() -> Iterator[Case]:
    twice = "which of the two is meant is unknown"
    for query in ("limit=1&limit=2", "where=company:EQUALS:x&where=company:EQUALS:y", "order=tags:ASC&order=tags:ASC"):
        yield get(f"the query {query!r}", f"{CUSTOMER}?{query}", 400, twice, own=True)
    digits = "numbers are written in plain digits alone"
    for text in ("+1", "01", "%201", "1%20", "%D9%A1"):
        yield get(f"the limit {text!r}", f"{CUSTOMER}?limit={text}", 400, digits, own=True)
    yield get("an empty where", f"{CUSTOMER}?where=", 400, "it has no term", own=True)
    yield get("a where that is not UTF-8", f"{CUSTOMER}?where=company:EQUALS:%FF", 400, "it is not text", own=True)
    for text in (
        "bill_city:EQUALS:x",
        "tags:EQUALS:x",
        "no_taxes:EQUALS:1",
        "balance:GT:0",
        "company:IS:NULL,tags:IS:NULL",
    ):
        for target in (CUSTOMER, _COUNT):
            yield get(
                f"{target} where {text!r}", f"{target}?where={text}", 400, "no where has been seen with it", own=True
            )
    for text in (
        r"company:EQUALS:a\\",
        r"company:EQUALS:a\\,external_key:IS:NULL",
        r"company:EQUALS:a\b",
        "company:EQUALS:\\",
    ):
        yield get(f"a list where {text!r}", f"{CUSTOMER}?where={quote(text)}", 200, "a backslash is escaped", own=True)
    for text in ("2026-01-31", "2026-01-31%2009:30:00", "2026-01-31T09:30:00Z", "2026-01-31T09:30:00.5%2B01:00"):
        yield get(f"the date {text}", f"{CUSTOMER}?where=mod_datetime:GT:{text}", 200, "ISO 8601", own=True)
    for text in ("2026-02-30", "31.01.2026", "", "1", "20260131", "2026-W05-6", "9999-12-31T23:59:59-12:00"):
        yield get(f"the date {text!r}", f"{CUSTOMER}?where=mod_datetime:GT:{text}", 400, "no date", own=True)
