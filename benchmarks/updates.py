"""The update that every benchmark sends: ten fields, one of which is new each time."""

import itertools
import json
from collections.abc import Iterator

from account import AUTHORIZATION, PATH

from chargeover import CustomerUpdateFields

_DIGITS = 10
_numbers = itertools.count(1)


def next_fields() -> CustomerUpdateFields:
    """The fields of the next update. SQLite writes no page for an update that changes nothing."""
    return _fields(next(_numbers))


def raw_requests(host: str) -> Iterator[bytes]:
    """The next updates as the bytes of HTTP requests, without end, at the least cost."""
    body = json.dumps(_fields(0)).encode()
    head = (
        f"PUT {PATH} HTTP/1.1\r\nHost: {host}\r\nAuthorization: {AUTHORIZATION}\r\nAccept: application/json\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    before, zeros, after = (head.encode() + body).partition(b"0" * _DIGITS)
    for number in _numbers:
        yield b"%b%0*d%b" % (before, len(zeros), number, after)


def _fields(number: int) -> CustomerUpdateFields:
    return {
        "company": f"Acme {number:0{_DIGITS}d} Ltd",
        "superuser_name": "Ann Lee",
        "superuser_email": "ann@acme.example",
        "bill_addr1": "16 Dog Lane",
        "bill_city": "Berlin",
        "bill_postcode": "10115",
        "bill_country": "Germany",
        "terms_id": 4,
        "no_taxes": True,
        "invoice_delivery": "print",
    }
