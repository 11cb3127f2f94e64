"""Customers as a resource of the sandbox: their operations, their queries, and the payments that tests record."""

from chargeover_sandbox.contract.document import Contract
from chargeover_sandbox.contract.handlers import Resource, handlers_of
from chargeover_sandbox.storage.database import Database

from .account import Account
from .business import BUSINESS_FIELDS, business_control
from .leniency import allow_in_bodies
from .operations import Changed, CustomerOperations
from .payments import payment_control
from .queries import Queries
from .store import Store
from .times import AccountTime

OWN_FIELDS = {
    **BUSINESS_FIELDS,
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

    Args:
        contract: the document.
        database: the database.
        account: the settings of the account.
        changed: told of each change that a request of the API makes.

    Attributes:
        store: the stored customers and payments.

    Raises:
        StoreError: the database cannot be used.
    """

    store: Store

    def __init__(
        self,
        contract: Contract,
        database: Database,
        account: Account,
        changed: Changed = lambda _event, _customer_id, _read: None,
    ) -> None:
        shown = contract.fields("Customer")
        writable = {name: kind.json_type for name, kind in contract.fields("CustomerCreate").items()}
        time = AccountTime(account.timezone, account.date_format)
        store = Store(database, {**writable, **OWN_FIELDS}, shown, time)
        queries = Queries(shown, contract.named_by("where"), time, account.lenient)
        page: int = contract.default("list_customers", "limit")
        super().__init__(
            handlers_of(CustomerOperations(store, account.update_code, page, changed)),
            {"where": queries.where, "order": queries.order},
            {"record_payment": payment_control(store), "set_business_data": business_control(store)},
            store.clear,
        )
        self.store = store
        if account.lenient:
            allow_in_bodies(contract, store)
