"""What ``LocalSandbox`` and ``RemoteSandbox`` have in common: the control of one account of a running sandbox."""

from typing import Literal, TypedDict, Unpack

from .accounts import Accounts
from .connection import Connection
from .faults import Faults
from .journal import Journal


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
    def faults(self) -> Faults:
        """What goes wrong on purpose, in this account."""
        return Faults(self._connection())

    @property
    def journal(self) -> Journal:
        """The requests that this account received, and their responses."""
        return Journal(self._connection())

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
        """Delete everything; IDs start at 1 again. Faults and the journal are emptied too."""
        self._connection().request("POST", "reset")

    def _connection(self) -> Connection:
        return Connection(self.url, self.username, self.password)


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
