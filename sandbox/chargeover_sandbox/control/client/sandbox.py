"""What ``LocalSandbox`` and ``RemoteSandbox`` have in common: the control of one account of a running sandbox."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from os import PathLike
from pathlib import Path
from typing import Any, Literal, TypedDict, Unpack

from .accounts import Accounts
from .clock import Clock
from .connection import Connection
from .faults import Faults
from .files import seed_text
from .journal import Journal
from .snapshots import Snapshots
from .webhooks import Webhooks

_PATIENCE_FOR_SEEDS = 600.0
"""Seconds: 200,000 customers take a while."""


class BusinessData(TypedDict, total=False):
    """What ``set_business_data`` can set."""

    balance: float
    paid: float
    total: float
    customer_status_id: int
    customer_status_name: str
    customer_status_str: Literal["active-current", "active-overdue", "inactive-manual", "inactive-activity"]
    customer_status_state: Literal["a", "i"]


class ControlledSandbox:
    """The control of a sandbox, the same wherever it runs.

    Attributes:
        url: where the sandbox is.
        username: the user name of the account that is controlled.
        password: its password.
    """

    def __init__(self, url: str, username: str, password: str) -> None:
        self.url = url
        self.username = username
        self.password = password

    @property
    def accounts(self) -> "Accounts[RemoteSandbox]":
        """The accounts of the sandbox."""
        return Accounts(self._connection(), RemoteSandbox)

    @property
    def clock(self) -> Clock:
        """The clock of this account."""
        return Clock(self._connection())

    @property
    def snapshots(self) -> Snapshots:
        """The snapshots of this account."""
        return Snapshots(self._connection())

    def seed(
        self,
        customers: Iterable[Mapping[str, Any]] | None = None,
        *,
        file: str | PathLike[str] | None = None,
        generate: int | None = None,
    ) -> int:
        """Replace all customers, and make these what ``reset`` goes back to. If anything is wrong, nothing changes.

        Args:
            customers: the fields of each customer, by name: those that can be written, read-only ones such as
                ``customer_id``, ``token`` and ``write_datetime``, and computed ones such as ``balance``. An empty list
                is a seed without customers.
            file: a YAML, JSON, JSON Lines or CSV file of them, as its name ends.
            generate: the number of customers to make up, at most 200,000; they are the same each time.

        Returns:
            The number of customers.

        Raises:
            ValueError: a customer cannot be used, and the message says which field of which one is wrong; the file is
                not valid, or cannot be read; or not exactly one of the arguments is given.
        """
        if [customers, file, generate].count(None) != 2:
            raise ValueError("give one of customers, file and generate")
        if file is not None:
            body: dict[str, Any] = {"file": Path(file).name, "content": seed_text(file)}
        elif customers is not None:
            body = {"customers": [{name: _plain(value) for name, value in one.items()} for one in customers]}
        else:
            body = {"generate": generate}
        number: int = self._connection().request("POST", "seed", body, patience=_PATIENCE_FOR_SEEDS)["customers"]
        return number

    @property
    def faults(self) -> Faults:
        """What goes wrong on purpose, in this account."""
        return Faults(self._connection())

    @property
    def journal(self) -> Journal:
        """The requests that this account received, and their responses."""
        return Journal(self._connection())

    @property
    def webhooks(self) -> Webhooks:
        """Where changes of customers are sent."""
        return Webhooks(self._connection())

    def record_payment(self, *, customer_id: int, paid_by: int) -> None:
        """Record that a parent has made a payment for its child, after which the child's parent is fixed.

        Raises:
            ValueError: the customer does not exist, or ``paid_by`` is not its parent.
        """
        self._connection().request("POST", "payments", {"customer_id": customer_id, "paid_by": paid_by})

    def set_business_data(self, customer_id: int, **data: Unpack[BusinessData]) -> None:
        """Set what the service computes from invoices and payments; the other fields stay as they are.

        Args:
            customer_id: the customer.
            data: amounts in the customer's currency, and the parts of the status.

        Raises:
            ValueError: the customer does not exist, or a value is not allowed.
        """
        self._connection().request("POST", f"customers/{customer_id}", data)

    def reset(self) -> None:
        """Go back to the seed, or delete everything if there is none; IDs then start at 1 again.

        The clock goes back to that of the start, and faults and the journal are emptied. Snapshots stay.
        """
        self._connection().request("POST", "reset")

    def _connection(self) -> Connection:
        return Connection(self.url, self.username, self.password)


def _plain(value: object) -> object:
    """A value of a customer as JSON has it: dates and amounts as the client returns them are taken too."""
    if isinstance(value, datetime):
        return (value.astimezone(UTC) if value.tzinfo else value).isoformat()
    return float(value) if isinstance(value, Decimal) else value


class RemoteSandbox(ControlledSandbox):
    """A sandbox that runs elsewhere: in another process, or in a container.

        sandbox = RemoteSandbox("http://127.0.0.1:8080")
        sandbox.reset()

    It needs nothing but the standard library. Making one sends nothing; each method sends a request.

    Args:
        url: where the sandbox is; it may have a path.
        username: the user name of the account to control.
        password: its password.

    Attributes:
        url: see above, without a slash behind it.
        username: see above.
        password: see above.

    Raises:
        ValueError: the URL is not an http or https URL. Methods raise it for whatever the sandbox refuses.
        ConnectionError: from methods: no server responds at the URL.
        RuntimeError: from methods: the server is not a sandbox, or it has failed.
    """

    def __init__(self, url: str, username: str = "sandbox", password: str = "sandbox") -> None:  # noqa: S107
        super().__init__(Connection(url, username, password).url, username, password)
