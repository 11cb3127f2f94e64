"""Dates and times as the sandbox writes them: ISO 8601 in UTC with microseconds (assumed).

All have one length and one zone, so they sort as text in the order of time.
"""

from datetime import UTC, datetime, timedelta


def stamp(moment: datetime) -> str:
    """The text of a moment, which must have a time zone."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def now_after(previous: str | None) -> str:
    """The current time, but always later than ``previous``, even if the clock has not moved."""
    now = stamp(datetime.now(UTC))
    if previous is None or now > previous:
        return now
    return stamp(datetime.fromisoformat(previous) + timedelta(microseconds=1))
