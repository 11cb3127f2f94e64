"""The operations of the document, by their operationId: what the sandbox does when a request has passed every check."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import Any

from .answers import Refusal, Reply, success
from .rules import check_external_key, check_parent
from .store import Fields, Store


@dataclass(frozen=True, slots=True)
class Checked:
    """A request that has passed every check that the document asks for.

    Attributes:
        parameters: path parameters by name.
        body: the JSON body, or None if the operation has none.
        client: the address of the client.
        url: the server's own address, without a slash at the end.
    """

    parameters: Mapping[str, Any]
    body: Any
    client: str
    url: str


class CustomerOperations:
    """What the sandbox can do with customers.

    Args:
        store: the customers.
        fields: the names of all fields that a customer has in an answer; those without a value are null.
    """

    def __init__(self, store: Store, fields: list[str]) -> None:
        self._store = store
        self._nothing: Fields = dict.fromkeys(fields)
        self.handlers: dict[str, Callable[[Checked], Reply]] = {
            "create_customer": self.create_customer,
            "get_customer": self.get_customer,
            "update_customer": self.update_customer,
        }

    def create_customer(self, request: Checked) -> Reply:
        """Add a customer."""
        fields: Fields = request.body
        check_external_key(self._store, None, fields)
        check_parent(self._store, None, {}, fields)
        now = _timestamp(None)
        own = {
            "token": secrets.token_hex(6),
            "superuser_token": secrets.token_hex(6),
            "write_datetime": now,
            "write_ipaddr": request.client,
            "mod_datetime": now,
            "mod_ipaddr": request.client,
        }
        customer_id = self._store.insert({**fields, **own})
        return success(HTTPStatus.CREATED, {"id": customer_id}, _location(request, customer_id))

    def get_customer(self, request: Checked) -> Reply:
        """Give a customer back."""
        customer_id = request.parameters["customer_id"]
        fields = self._existing(customer_id)
        return success(HTTPStatus.OK, {**self._nothing, **_computed(fields), **fields, "customer_id": customer_id})

    def update_customer(self, request: Checked) -> Reply:
        """Change the fields that were sent, and no others."""
        customer_id = request.parameters["customer_id"]
        changes: Fields = request.body
        current = self._existing(customer_id)
        check_external_key(self._store, customer_id, changes)
        check_parent(self._store, customer_id, current, changes)
        own = {"mod_datetime": _timestamp(current["mod_datetime"]), "mod_ipaddr": request.client}
        self._store.replace(customer_id, current, {**current, **changes, **own})
        # Code 201 under HTTP 202, as in the published example: a client must not rely on the two being the same.
        return success(HTTPStatus.ACCEPTED, {"id": customer_id}, _location(request, customer_id), code=201)

    def _existing(self, customer_id: int) -> Fields:
        fields = self._store.find(customer_id)
        if fields is None:
            raise Refusal(HTTPStatus.NOT_FOUND, f"There is no customer {customer_id}.")
        return fields


def _location(request: Checked, customer_id: int) -> dict[str, str]:
    return {"Location": f"{request.url}/api/v3/customer/{customer_id}"}


def _timestamp(previous: str | None) -> str:
    """Now, in UTC with microseconds (assumed), and later than ``previous`` even if the clock has not moved."""
    now = datetime.now(UTC).isoformat(timespec="microseconds")
    if previous is None or now > previous:  # of one length and one zone, so the order of the texts is that of the times
        return now
    later = datetime.fromisoformat(previous) + timedelta(microseconds=1)
    return later.isoformat(timespec="microseconds")


def _computed(fields: Fields) -> Fields:
    """What an account would work out from the stored fields; its values here are the sandbox's own (assumed)."""
    return {
        "bill_block": _block(fields, "bill"),
        "ship_block": _block(fields, "ship"),
        "display_as": fields.get("company"),
        "currency_id": 1,
        "currency_symbol": "$",
        "currency_iso4217": "USD",
        "total": 0,
        "paid": 0,
        "balance": 0,
        "customer_status_id": 1,
        "customer_status_name": "Current",
        "customer_status_str": "active-current",
        "customer_status_state": "a",
    }


def _block(fields: Fields, prefix: str) -> str:
    lines = [fields.get(f"{prefix}_addr{number}") for number in (1, 2, 3)]
    place = " ".join(filter(None, (fields.get(f"{prefix}_{part}") for part in ("city", "state", "postcode"))))
    return "\n".join(filter(None, (*lines, place, fields.get(f"{prefix}_country"))))
