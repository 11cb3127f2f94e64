"""What differs from one account of the service to the next, and how strict the sandbox is."""

from dataclasses import dataclass
from datetime import datetime

from .times import AccountTime, Clock, in_range

UPDATE_CODES = (201, 202)
"""What the envelope of an update can say: the published example (seed), and the recorded responses."""


@dataclass(frozen=True, slots=True)
class Account:
    """The settings of the account that a sandbox stands in for.

    Args:
        lenient: whether it also takes what clients in use send although the document does not allow it; see
            docs/sandbox.md for the list.
        timezone: the IANA name of the account's time zone.
        date_format: the form of dates in responses: ``iso`` or ``plain``.
        update_code: the ``code`` in the envelope of an update: 201 or 202.
        clock: where its clock stands still at the start; without a time zone, it is in that of the account. None for
            real time.
        seed_value: what tokens and generated customers depend on; None for unpredictable tokens.

    Raises:
        ValueError: a setting is not one of those.
    """

    lenient: bool = False
    timezone: str = "America/Chicago"
    date_format: str = "iso"
    update_code: int = 201
    clock: datetime | None = None
    seed_value: int | None = None

    def __post_init__(self) -> None:
        time = self.time
        if self.clock is not None:
            in_range(time.placed(self.clock))
        if self.update_code not in UPDATE_CODES:
            raise ValueError(f"the code of an update is {' or '.join(map(str, UPDATE_CODES))}, not {self.update_code}")

    @property
    def time(self) -> AccountTime:
        """How dates are shown and read."""
        return AccountTime(self.timezone, self.date_format)

    def new_clock(self) -> Clock:
        """A clock as it is at the start."""
        return Clock(None if self.clock is None else self.time.placed(self.clock))
