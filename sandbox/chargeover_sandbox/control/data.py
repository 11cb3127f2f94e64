"""What belongs to the data of an account: its seed, its snapshots and its clock."""

from chargeover_sandbox.customers.resource import Customers
from chargeover_sandbox.requests.app import SandboxApp
from chargeover_sandbox.storage.copies import Copies

from .clock import clock_controls
from .endpoints import Control
from .seeding.image import Seeder
from .seeds import SEED, Seed
from .snapshots import Snapshots


class AccountData:
    """The seed, the snapshots and the clock of an account.

    Args:
        app: the application of the account.

    Attributes:
        seed: what a reset goes back to.
    """

    def __init__(self, app: SandboxApp) -> None:
        (customers,) = (resource for resource in app.resources if isinstance(resource, Customers))
        account = customers.account
        self._clock = customers.clock
        self._time = account.time
        self._copies = Copies(app.database)
        if app.database.is_new():
            self._copies.delete(SEED)  # of a file that was there before this one
        self._snapshots = Snapshots(app, self._copies)
        seeder = Seeder(app.contract, account, self._clock)
        self.seed = Seed(app, seeder, self._copies, account.seed_value)

    def controls(self) -> dict[str, Control]:
        """The operations of the control."""
        return {**self.seed.controls(), **self._snapshots.controls(), **clock_controls(self._clock, self._time)}

    def reset(self) -> None:
        """Go back to the seed, and to the clock of the start. Snapshots stay.

        Raises:
            StoreError: the database cannot be used.
        """
        self.seed.sow()
        self._clock.reset()

    def forget(self) -> None:
        """Delete the seed and the snapshots. The customers stay until the next reset.

        Raises:
            StoreError: the file of the copies cannot be written.
        """
        for copy in self._copies.all():
            self._copies.delete(copy.name)

    def close(self) -> None:
        """Close the files. May be called more than once."""
        self._copies.close()
