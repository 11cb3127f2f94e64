"""A recording of a sandbox, and changes of it by hand."""

import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

from chargeover import ChargeOver, ChargeOverError
from chargeover_sandbox import LocalSandbox

Har = dict[str, Any]
Entry = dict[str, Any]
CUSTOMER = "/api/v3/customer"

# IDs are those of an empty sandbox.
REQUESTS: list[tuple[str, str, Any]] = [
    (
        "POST", CUSTOMER,
        {"company": "Acme Group", "external_key": "crm:1", "superuser_name": "Ann Lee",
         "superuser_email": "ann@acme.example"},
    ),
    ("POST", CUSTOMER, {"company": "Acme Ltd", "parent_customer_id": 1, "invoice_delivery": "print"}),
    ("POST", CUSTOMER, {"company": "Again", "external_key": "crm:1"}),
    ("GET", f"{CUSTOMER}/1", None),
    ("GET", f"{CUSTOMER}/999", None),
    ("GET", f"{CUSTOMER}/external_key:crm%3A1", None),
    ("PUT", f"{CUSTOMER}/2", {"bill_city": "Berlin", "custom_1": "198.51.100.7"}),
    ("PUT", f"{CUSTOMER}/external_key:crm%3A1", {"bill_state": "MN"}),
    ("GET", f"{CUSTOMER}/2", None),
    ("PUT", f"{CUSTOMER}/999", {"bill_city": "Bonn"}),
    ("GET", f"{CUSTOMER}?where=company:CONTAINS:Acme&limit=5", None),
    ("GET", f"{CUSTOMER}?limit=1&offset=1", None),
    ("GET", f"{CUSTOMER}s", None),
    ("GET", f"{CUSTOMER}/_count", None),
    ("DELETE", f"{CUSTOMER}/1", None),
    (
        "POST", "/api/v3/_bulk",
        [
            {"request_method": "PUT", "uri": f"{CUSTOMER}/2", "payload": {"bill_city": "Bonn"}},
            {"request_method": "GET", "uri": f"{CUSTOMER}/1"},
            {"request_method": "GET", "uri": f"{CUSTOMER}/998"},
        ],
    ),
    ("POST", f"{CUSTOMER}/2/_action/disconnectParent", {}),
    ("DELETE", f"{CUSTOMER}/2", None),
    ("GET", f"{CUSTOMER}/2", None),
]  # fmt: skip


def recording(sandbox: LocalSandbox, *requests: tuple[str, str, Any]) -> Har:
    """The journal of a sandbox after some requests, in which nothing has drifted."""
    with ChargeOver(base_url=sandbox.url, username=sandbox.username, password=sandbox.password) as client:
        for method, path, body in requests or REQUESTS:
            with suppress(ChargeOverError):
                client.request(method, path, body=body)
    return sandbox.journal.har()


def entries(har: Har, method: str, end: str) -> Iterator[Entry]:
    """The entries with a method whose path ends like this."""
    for entry in har["log"]["entries"]:
        if entry["request"]["method"] == method and entry["request"]["url"].endswith(end):
            yield entry


def change(entry: Entry, by: Callable[[Any], object]) -> None:
    """Change the envelope of a response in place."""
    content = entry["response"]["content"]
    envelope = json.loads(content["text"])
    by(envelope)
    content["text"] = json.dumps(envelope)


def change_sent(entry: Entry, **fields: object) -> None:
    """Add fields to what was sent."""
    posted = entry["request"]["postData"]
    posted["text"] = json.dumps({**json.loads(posted["text"]), **fields})
