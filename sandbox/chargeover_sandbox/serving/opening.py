"""Puts a sandbox together: the document, the database, the resources, the control, and the bugs planted in it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from chargeover_sandbox.bugs import Bug
from chargeover_sandbox.contract.document import Contract, Node, load_contract
from chargeover_sandbox.control.account import SandboxAccount
from chargeover_sandbox.control.accounts import Accounts
from chargeover_sandbox.control.endpoints import Control
from chargeover_sandbox.control.seeds import Seed
from chargeover_sandbox.customers.account import Account
from chargeover_sandbox.customers.leniency import allow_in_bodies, allow_in_document
from chargeover_sandbox.customers.resource import Customers, stored_fields
from chargeover_sandbox.customers.store import SCHEMA_VERSION, UPGRADES, schema_of
from chargeover_sandbox.requests.app import SandboxApp
from chargeover_sandbox.requests.credentials import Credentials
from chargeover_sandbox.storage.database import Database
from chargeover_sandbox.webhooks.resource import Webhooks, WebhookSettings


def open_sandbox(
    file: Path | None,
    username: str,
    password: str,
    bugs: Sequence[Bug] = (),
    account: Account | None = None,
    rate_limit: str | None = None,
    *,
    webhooks: WebhookSettings | None = None,
    is_controlled: bool = True,
    seed: Callable[[Seed], bytes] | None = None,
) -> Accounts:
    """The sandbox with its control; its first account keeps its data in a file, or in memory if that is None.

    Args:
        file: see above. Other accounts keep theirs beside it.
        username: the user name of the first account.
        password: its password.
        bugs: the bugs to plant in it.
        account: the settings of all accounts; None for the usual ones.
        rate_limit: the limit of requests of each account, such as ``100/minute``; None for no limit.
        webhooks: what it sends where: the addresses are those of the first account. None sends nothing at first.
        is_controlled: whether ``/_sandbox`` is served, besides health and readiness.
        seed: makes the content of the seed of every account. An account that has data already keeps them until a reset.

    Raises:
        StoreError: a database cannot be used.
        ValueError: the credentials, the rate limit or the seed cannot be used, or a document uses a feature that the
            sandbox does not support.
    """
    settings = webhooks or WebhookSettings()
    of_others = replace(settings, urls=())

    def open_account(name: str, password: str, file: Path | None, controls: Mapping[str, Control]) -> SandboxAccount:
        app = open_app(file, name, password, bugs, account, settings if name == username else of_others)

        def load() -> Contract:
            return _without_bugs(app, account or Account()) if bugs else app.contract

        try:
            opened = SandboxAccount(app, load, controls, rate_limit, is_controlled=is_controlled)
            if seed and not contents:
                contents.append(seed(opened.data.seed))
            for content in contents:
                opened.data.seed.plant(content, sow=app.database.is_new())
        except BaseException:
            app.close()
            raise
        return opened

    contents: list[bytes] = []  # at most one, made once for all accounts
    return Accounts(username, password, file, open_account)


def open_app(
    file: Path | None,
    username: str,
    password: str,
    bugs: Sequence[Bug] = (),
    account: Account | None = None,
    webhooks: WebhookSettings | None = None,
) -> SandboxApp:
    """The API of one account, over a database: a file, created if it does not exist, or memory if it is None.

    Args:
        file: see above.
        username: the user name that it accepts.
        password: the password that it accepts.
        bugs: the bugs to plant in it.
        account: the settings of the account; None for the usual ones.
        webhooks: what it sends where; None sends nothing at first.

    Raises:
        StoreError: the database cannot be used.
        ValueError: the credentials cannot be used, or the document uses a feature that the sandbox does not support.
    """
    credentials = Credentials(username, password)
    account = account or Account()
    contract = load_contract([*_leniency(account), *(bug.change_document for bug in bugs)])
    database = Database(file, schema_of(stored_fields(contract)), SCHEMA_VERSION, UPGRADES)
    hooks = Webhooks("customer", database, webhooks or WebhookSettings())
    customers = Customers(contract, database, account, hooks.changed)
    app = SandboxApp(contract, database, [customers, hooks], credentials, lenient=account.lenient)
    for bug in bugs:
        bug.plant(app)
    return app


def _leniency(account: Account) -> Sequence[Callable[[Node], None]]:
    return [allow_in_document] if account.lenient else []


def _without_bugs(app: SandboxApp, account: Account) -> Contract:
    """The document that a sandbox has before bugs are planted in it."""
    contract = load_contract(_leniency(account))
    for resource in app.resources:
        if account.lenient and isinstance(resource, Customers):
            allow_in_bodies(contract, resource.store)
    return contract
