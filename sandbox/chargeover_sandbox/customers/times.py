"""Dates and times: stored in UTC with microseconds, shown in the account's time zone in whole seconds (recorded).

All that is stored has one length and one zone, so it sorts as text in the order of time. Every date that the sandbox
writes comes from its ``Clock``.
"""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

DATE_FORMATS = {"iso": "2026-01-31T09:30:00-06:00", "plain": "2026-01-31 09:30:00"}
"""The forms of dates in responses, each with an example: that of 2026 and that of 2015 (recorded)."""

_YEARS = range(1900, 3000)
"""Years of the dates that a clock or a seed can set: every zone can show them."""
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

    def placed(self, moment: datetime) -> datetime:
        """The moment itself, in the account's zone if it has none."""
        return moment if moment.tzinfo else moment.replace(tzinfo=self._zone)

    def moment(self, text: str) -> datetime:
        """The moment that a text names, in UTC; without an offset, the text is in the account's zone (docs).

        Raises:
            ValueError: it is not a date in one of the published forms.
        """
        try:
            return self.placed(datetime.fromisoformat(text if _READABLE.fullmatch(text) else "")).astimezone(UTC)
        except (ValueError, OverflowError):
            raise ValueError("a date such as 2026-01-31, 2026-01-31 09:30:00 or 2026-01-31T09:30:00-06:00") from None

    def storable(self, text: str) -> datetime:
        """The moment that a text names, if a customer can have it.

        Raises:
            ValueError: it is not a date in one of the published forms, or its year is before 1900 or after 2999.
        """
        try:
            moment = self.moment(text)
        except ValueError as error:
            raise ValueError(f"it is not {error}") from None
        return in_range(moment)

    def read(self, text: str) -> str:
        """The stored form of a moment in a ``where``; see ``moment``."""
        return stamp(self.moment(text))


def stamp(moment: datetime) -> str:
    """The stored text of a moment, which must have a time zone."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def in_range(moment: datetime) -> datetime:
    """The moment itself.

    Raises:
        ValueError: its year is before 1900 or after 2999.
    """
    if moment.year not in _YEARS:
        raise ValueError(f"the year {moment.year} is not between {_YEARS[0]} and {_YEARS[-1]}")
    return moment


class Clock:
    """The source of every date that a sandbox writes: real time, or the time that a test sets.

    Args:
        start: where it stands still until it is changed; None for real time.

    Raises:
        ValueError: the year of ``start`` is before 1900 or after 2999.
    """

    def __init__(self, start: datetime | None = None) -> None:
        self._start = start if start is None else in_range(start.astimezone(UTC))
        self.reset()

    @property
    def mode(self) -> str:
        """``real``; ``moved``, which runs at an offset from real time; ``fixed``; or ``ticking``."""
        if self._fixed is not None:
            return "ticking" if self._step else "fixed"
        return "moved" if self._offset else "real"

    def reset(self) -> None:
        """Go back to how the sandbox was started."""
        self._fixed = self._start
        self._offset = self._step = timedelta()

    def set(self, moment: datetime) -> None:
        """Stand still at a moment, which must have a time zone.

        Raises:
            ValueError: the year is before 1900 or after 2999.
        """
        self._fixed, self._step = in_range(moment.astimezone(UTC)), timedelta()

    def move(self, by: timedelta) -> None:
        """Move forward, or backward; a clock that runs goes on running from there.

        Raises:
            ValueError: the year is then before 1900 or after 2999.
        """
        in_range(_moved(self.now(), by))
        if self._fixed is None:
            self._offset += by
        else:
            self._fixed += by

    def tick(self, step: timedelta) -> None:
        """Move by a step after each date that is written, and only then. A step of nothing stands still.

        Raises:
            ValueError: the step is negative.
        """
        if step < timedelta():
            raise ValueError("a step cannot be negative: dates would go backward")
        self._fixed, self._step = self.now(), step

    def resume(self) -> None:
        """Go back to real time."""
        self._fixed, self._offset, self._step = None, timedelta(), timedelta()

    def now(self) -> datetime:
        """The current time. To look at it moves no clock."""
        if self._fixed is not None:
            return self._fixed
        return datetime.now(UTC) + self._offset if self._offset else datetime.now(UTC)

    def stamped(self, previous: str | None = None) -> str:
        """The current time as it is stored, but always later than ``previous``, even if the clock has not moved."""
        now = stamp(self.now())
        if self._step and self._fixed is not None:
            self._fixed = min(self._fixed + self._step, _LATEST)
        if previous is None or now > previous:
            return now
        return stamp(datetime.fromisoformat(previous) + timedelta(microseconds=1))


_LATEST = datetime(_YEARS[-1], 12, 31, tzinfo=UTC)


def _moved(moment: datetime, by: timedelta) -> datetime:
    try:
        return moment + by
    except OverflowError:
        raise ValueError(f"the year is then not between {_YEARS[0]} and {_YEARS[-1]}") from None
