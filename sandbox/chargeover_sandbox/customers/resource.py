"""Customers as a resource of the sandbox: their operations, their queries, and the payments that tests record."""

from chargeover_sandbox.contract.document import Contract
from chargeover_sandbox.contract.handlers import Resource, handlers_of
from chargeover_sandbox.storage.database import Database

from .operations import CustomerOperations
from .payments import payment_action
from .queries import Queries
from .store import Store

OWN_FIELDS = {
    "token": "string",
    "superuser_token": "string",
    "write_datetime": "string",
    "write_ipaddr": "string",
    "mod_datetime": "string",
    "mod_ipaddr": "string",
}
"""The fields that the sandbox itself writes and stores, with their JSON types."""


class Customers(Resource):
    """Customers, with the fields that the document gives them.

    Attributes:
        store: the stored customers and payments.

    Raises:
        StoreError: the database cannot be used.
    """

    store: Store

    def __init__(self, contract: Contract, database: Database) -> None:
        shown = contract.fields("Customer")
        writable = {name: kind.json_type for name, kind in contract.fields("CustomerCreate").items()}
        store = Store(database, {**writable, **OWN_FIELDS}, {name: kind.json_type for name, kind in shown.items()})
        queries = Queries(shown)
        super().__init__(
            handlers_of(CustomerOperations(store)),
            {"where": queries.where, "order": queries.order},
            {"payments": payment_action(store)},
            store.clear,
        )
        self.store = store
