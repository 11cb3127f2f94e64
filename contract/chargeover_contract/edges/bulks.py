"""Bulk requests that are refused as a whole. What becomes of the single ones is asked in turn, not in a table."""

from collections.abc import Iterator

from chargeover_contract.ownership import CUSTOMER

from .case import ONE, Case, post

_BULK = "/api/v3/_bulk"
_READ = {"request_method": "GET", "uri": f"{CUSTOMER}?limit=1"}


def cases() -> Iterator[Case]:
    """The rows."""
    yield post("a bulk request of nothing", _BULK, [], 200, "at most 25, and no least number")
    yield post("a bulk request of 25", _BULK, [_READ] * 25, 200, "docs: up to 25")
    yield post("a bulk request of 26", _BULK, [_READ] * 26, 400, "docs: more than 25 are refused")
    change = b'{"request_method": "PUT", "uri": "' + ONE.encode() + b'", "payload": {"company": "changed"}}'
    yield post("26 updates", _BULK, b"[" + b",".join([change] * 26) + b"]", 400, "docs: and nothing is done")
    for name, one in (
        ("DELETE", {**_READ, "request_method": "DELETE"}),
        ("PATCH", {**_READ, "request_method": "PATCH"}),
        ("get in lower case", {**_READ, "request_method": "get"}),
        ("no method", {"uri": CUSTOMER}),
        ("no uri", {"request_method": "GET"}),
        ("a uri that is not a text", {**_READ, "uri": 1}),
        ("a member that is not listed", {**_READ, "method": "GET"}),
        ("a text", "GET /api/v3/customer"),
        ("null", None),
        ("a list", [_READ]),
    ):
        yield post(f"a bulk request with {name}", _BULK, [one], 400, "docs: 400 for an invalid request")
        yield post(f"a right request and one with {name}", _BULK, [_READ, one], 400, "docs: refused as a whole")
    change_and_wrong = b"[" + change + b', {"request_method": "DELETE", "uri": "' + ONE.encode() + b'"}]'
    yield post("an update and a deletion in one", _BULK, change_and_wrong, 400, "docs: refused as a whole")
    for body in ({"_bulk": [_READ]}, _READ, "x", None, 5):
        yield post(f"a bulk request that is {str(body)[:30]}", _BULK, body, 400, "the document asks for an array")
