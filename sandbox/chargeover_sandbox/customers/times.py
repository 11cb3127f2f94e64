"""Dates and times: stored in UTC with microseconds, shown in the account's time zone in whole seconds (recorded).

All that is stored has one length and one zone, so it sorts as text in the order of time.
"""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

DATE_FORMATS = {"iso": "2026-01-31T09:30:00-06:00", "plain": "2026-01-31 09:30:00"}
"""The forms of dates in responses, each with an example: that of 2026 and that of 2015 (recorded)."""

_READABLE = re.compile(r"\d{4}-\d\d-\d\d([ T]\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-]\d\d:\d\d)?)?", re.ASCII)


class AccountTime:
    """The time zone and the date format of an account.

    Args:
        timezone: the IANA name of the zone.
        date_format: ``iso`` or ``plain``.

    Raises:
        ValueError: there is no such zone or no such format.
    """

    def __init__(self, timezone: str, date_format: str) -> None:
        try:
            self._zone = ZoneInfo(timezone)
        except (ValueError, KeyError, OSError):  # OSError: the name of a directory of zones
            raise ValueError(f"there is no time zone {timezone!r}; America/Chicago is one") from None
        if date_format not in DATE_FORMATS:
            raise ValueError(f"there is no date format {date_format!r}, only {' and '.join(DATE_FORMATS)}")
        self._is_plain = date_format == "plain"

    def shown(self, stored: str) -> str:
        """A stored moment as a response has it."""
        moment = datetime.fromisoformat(stored).astimezone(self._zone)
        if self._is_plain:
            moment = moment.replace(tzinfo=None)
        return moment.isoformat(" " if self._is_plain else "T", "seconds")

    def read(self, text: str) -> str:
        """The stored form of a moment in a ``where``; without an offset, it is in the account's zone (docs).

        Raises:
            ValueError: it is not a date in one of the published forms.
        """
        try:
            moment = datetime.fromisoformat(text if _READABLE.fullmatch(text) else "")
            return stamp(moment if moment.tzinfo else moment.replace(tzinfo=self._zone))
        except (ValueError, OverflowError):
            raise ValueError("a date such as 2026-01-31, 2026-01-31 09:30:00 or 2026-01-31T09:30:00-06:00") from None


def stamp(moment: datetime) -> str:
    """The stored text of a moment, which must have a time zone."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def now_after(previous: str | None) -> str:
    """The current time, but always later than ``previous``, even if the clock has not moved."""
    now = stamp(datetime.now(UTC))
    if previous is None or now > previous:
        return now
    return stamp(datetime.fromisoformat(previous) + timedelta(microseconds=1))
