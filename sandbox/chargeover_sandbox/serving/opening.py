"""Puts a sandbox together: the document, the database, the resources, and the bugs that are planted in it."""

from collections.abc import Callable, Sequence
from pathlib import Path

from chargeover_sandbox.bugs import Bug
from chargeover_sandbox.contract.document import load_contract
from chargeover_sandbox.customers.account import Account
from chargeover_sandbox.customers.leniency import allow_in_document
from chargeover_sandbox.customers.resource import Customers
from chargeover_sandbox.customers.store import SCHEMA, SCHEMA_VERSION
from chargeover_sandbox.requests.app import Exchange, SandboxApp
from chargeover_sandbox.requests.credentials import Credentials
from chargeover_sandbox.storage.database import Database


def open_app(
    file: Path | None,
    username: str,
    password: str,
    on_exchange: Callable[[Exchange], None] | None = None,
    bugs: Sequence[Bug] = (),
    account: Account | None = None,
) -> SandboxApp:
    """The sandbox over a database: a file, created if it does not exist, or memory if it is None.

    Args:
        file: see above.
        username: the user name that it accepts.
        password: the password that it accepts.
        on_exchange: called with each request and its response, before the response is sent.
        bugs: the bugs to plant in it.
        account: the settings of the account; None for the usual ones.

    Raises:
        StoreError: the database cannot be used.
        ValueError: the credentials cannot be used, or the document uses a feature that the sandbox does not support.
    """
    credentials = Credentials(username, password)
    account = account or Account()
    lenient = [allow_in_document] if account.lenient else []
    contract = load_contract([*lenient, *(bug.change_document for bug in bugs)])
    database = Database(file, SCHEMA, SCHEMA_VERSION)
    customers = Customers(contract, database, account)
    app = SandboxApp(contract, database, [customers], credentials, on_exchange, lenient=account.lenient)
    for bug in bugs:
        bug.plant(app)
    return app
