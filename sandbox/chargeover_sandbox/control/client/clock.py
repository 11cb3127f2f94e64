"""``sandbox.clock``."""

from datetime import UTC, datetime, timedelta
from typing import Any

from .connection import Connection


class Clock:
    """The clock of an account: the source of every date that its customers get. A reset sets it back.

    Each change returns the time of the sandbox after it, in UTC.

    Args:
        connection: to the sandbox.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def now(self) -> datetime:
        """The time of the sandbox, in UTC. To ask for it moves no clock."""
        return _time(self._connection.request("GET", "clock"))

    def set(self, moment: datetime) -> datetime:
        """Stand still at a moment. Without a time zone, it is in that of the account.

        An update is still later than the one before it, by a microsecond.

        Raises:
            ValueError: the year is before 1900 or after 2999.
        """
        aware = moment.astimezone(UTC) if moment.tzinfo else moment
        return self._change({"set": aware.isoformat()})

    def move(self, by: timedelta | float) -> datetime:
        """Move forward, or backward; a clock that runs goes on running from there.

        Args:
            by: how far; a number is in seconds.

        Raises:
            ValueError: the year is then before 1900 or after 2999.
        """
        return self._change({"move": _seconds(by)})

    def tick(self, step: timedelta | float) -> datetime:
        """Move by a step after each date that is written, and only then.

        Args:
            step: how far; a number is in seconds.

        Raises:
            ValueError: the step is negative.
        """
        return self._change({"tick": _seconds(step)})

    def resume(self) -> datetime:
        """Go back to real time."""
        return self._change({"resume": True})

    def _change(self, body: dict[str, Any]) -> datetime:
        return _time(self._connection.request("POST", "clock", body))


def _seconds(length: timedelta | float) -> float:
    return length.total_seconds() if isinstance(length, timedelta) else length


def _time(shown: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(shown["now"])
