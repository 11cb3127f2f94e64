"""Customers as a resource of the sandbox: their operations, their queries, and the payments that tests record."""

from chargeover_sandbox.contract.document import Contract
from chargeover_sandbox.contract.handlers import Resource, handlers_of
from chargeover_sandbox.storage.database import Database

from .account import Account
from .browsing import browsing_controls
from .business import business_control
from .leniency import allow_in_bodies
from .operations import Changed, CustomerOperations
from .payments import payment_control
from .queries import Queries
from .store import Store
from .times import Clock
from .tokens import Tokens
from .views import ABSENT

OWN_FIELDS = ("token", "superuser_token", "write_datetime", "write_ipaddr", "mod_datetime", "mod_ipaddr", ABSENT)
"""The texts that the sandbox itself writes and stores."""


class Customers(Resource):
    """Customers, with the fields that the document gives them.

    Args:
        contract: the document.
        database: the database.
        account: the settings of the account.
        changed: told of each change that a request of the API makes.

    Attributes:
        account: see above.
        store: the stored customers and payments.
        clock: the source of the dates that are written.

    Raises:
        StoreError: the database cannot be used.
    """

    account: Account
    store: Store
    clock: Clock

    def __init__(
        self,
        contract: Contract,
        database: Database,
        account: Account,
        changed: Changed = lambda _event, _customer_id, _read: None,
    ) -> None:
        self.account = account
        self.store = open_store(contract, database, account)
        self.clock = account.new_clock()
        queries = Queries(contract.fields("Customer"), contract.named_by("where"), account.time, account.lenient)
        page: int = contract.default("list_customers", "limit")
        tokens = Tokens(account.seed_value)
        super().__init__(
            handlers_of(CustomerOperations(self.store, self.clock, tokens, account.update_code, page, changed)),
            {"where": queries.where, "order": queries.order},
            {
                "record_payment": payment_control(self.store),
                "set_business_data": business_control(self.store),
                **browsing_controls(self.store),
            },
            self.store.clear,
        )
        if account.lenient:
            allow_in_bodies(contract, self.store)


def open_store(contract: Contract, database: Database, account: Account) -> Store:
    """The customers of a database.

    Every field is stored that a response has, the computed ones too, because a seed can set them.

    Raises:
        StoreError: the database cannot be used.
    """
    return Store(database, stored_fields(contract), contract.fields("Customer"), account.time)


def stored_fields(contract: Contract) -> dict[str, str]:
    """The JSON types of the stored fields, by name."""
    fields = {**contract.fields("CustomerCreate"), **contract.fields("Customer")}
    stored = {name: kind.json_type for name, kind in fields.items()}
    del stored["customer_id"]
    return {**stored, ABSENT: "array"}
