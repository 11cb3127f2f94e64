"""Which operations the server lacks, found once at the start, and what was skipped for it."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import httpx2

from .document import OPERATIONS
from .ownership import CUSTOMER, response_of, was_created_with

NOWHERE = "https://contract-suite.invalid/"
"""The only address that the suite subscribes: a name that never leads anywhere (RFC 2606), so that nothing is sent."""
MISSING_STATUSES = frozenset({400, 404, 405, 501})


@dataclass(slots=True)
class MissingOperations:
    """The operations that the server lacks.

    Attributes:
        reasons: how it answered the first request for each, by operation.
        skipped: what was left out, by operation.
    """

    reasons: dict[str, str] = field(default_factory=dict[str, str])
    skipped: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict[str, list[str]](list))

    def __contains__(self, operation: object) -> bool:
        return operation in self.reasons

    def first_of(self, what: str, *operations: str) -> str | None:
        """The first of these operations that the server lacks, after a note that ``what`` is left out for it."""
        found = next((operation for operation in operations if operation in self.reasons), None)
        if found:
            self.skipped[found].append(what)
        return found

    def lines(self) -> Iterator[str]:
        """One sentence for each operation that is lacking."""
        for operation, reason in self.reasons.items():
            what = self.skipped.get(operation, [])
            named = "; ".join(what[:3]) + (f"; and {len(what) - 3} more" if len(what) > 3 else "")
            yield f"the server has no {operation} ({reason}): skipped {named or 'nothing else'}"


def probe(http: httpx2.Client) -> MissingOperations:
    """Ask for each operation once, in a way that a server which has it says yes to."""
    return _Probe(http).run()


class _Probe:
    def __init__(self, http: httpx2.Client) -> None:
        self._http = http
        self._missing = MissingOperations()

    def run(self) -> MissingOperations:
        key = f"probe-{uuid4().hex}"
        # The first, so that a list has a customer in it.
        first = self._create(external_key=key)
        self._ask("list_customers", f"{CUSTOMER}?limit=1")
        self._ask("count_customers", f"{CUSTOMER}/_count")
        self._ask("bulk", "/api/v3/_bulk", [{"request_method": "GET", "uri": f"{CUSTOMER}?limit=1"}])
        if first is None:
            self._without_a_customer("there is no customer of the suite's own to ask about")
            return self._missing
        self._ask("subscribe_webhook", "/api/v3/_resthook", {"target_url": NOWHERE, "event": "insert"})
        one, by_key = f"{CUSTOMER}/{first}", f"{CUSTOMER}/external_key:{key}"
        customer = self._ask("get_customer", one)
        self._ask("get_customer_by_external_key", by_key)
        token = customer.get("token") if isinstance(customer, dict) else None
        if token:
            self._ask("get_customer_by_token", f"{CUSTOMER}/token:{token}")
        else:
            self._missing.reasons["get_customer_by_token"] = "its customers have no token"
        change = {"bill_city": "Berlin"}
        self._ask("update_customer", one, change)
        self._ask("update_customer_by_external_key", by_key, change)
        self._ask("disconnect_parent", f"{one}/_action/disconnectParent", {})
        self._ask("delete_customer_by_external_key", by_key)
        second = self._create()
        self._ask("delete_customer", f"{CUSTOMER}/{second or first}")
        return self._missing

    def _create(self, **fields: str) -> int | None:
        """The ID of a new customer; None, and a reason, if there is none that is certainly ours to write to."""
        body = {"company": "Probe of the contract suite", "custom_20": f"probe-{uuid4().hex}", **fields}
        answer = self._http.post(CUSTOMER, json=body)
        response = response_of(answer)
        customer_id = response.get("id") if isinstance(response, dict) else None
        if answer.status_code in MISSING_STATUSES or customer_id is None:
            self._missing.reasons["create_customer"] = _said(answer)
            return None
        shown = self._http.get(f"{CUSTOMER}/{customer_id}")
        # A server that cannot show a customer lacks that, and is said so later. No other answer will do.
        if shown.status_code in MISSING_STATUSES:
            self._missing.reasons["get_customer"] = _said(shown)
            return None
        if not was_created_with(response_of(shown), customer_id, body):
            self._missing.reasons["create_customer"] = "its answer named a customer that is not the one that was made"
            return None
        return int(customer_id)

    def _ask(self, operation: str, path: str, body: Any = None) -> Any:
        method = OPERATIONS[operation].method
        answer = self._http.request(method, path, json=body) if body is not None else self._http.request(method, path)
        if answer.status_code in MISSING_STATUSES:
            self._missing.reasons[operation] = _said(answer)
        return response_of(answer)

    def _without_a_customer(self, reason: str) -> None:
        for operation in OPERATIONS.values():
            if "{" in operation.path:
                self._missing.reasons.setdefault(operation.name, reason)


def _said(answer: httpx2.Response) -> str:
    return f"it answered {answer.status_code} to {answer.request.method} {answer.request.url.raw_path.decode()}"
