"""Dates and times as the sandbox writes them: ISO 8601 in UTC with microseconds (assumed).

All of one length and one zone, so the order of the texts is that of the times.
"""

from datetime import UTC, datetime, timedelta


def stamp(moment: datetime) -> str:
    """The text of a moment, whose zone must be known."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def now_after(previous: str | None) -> str:
    """Now, and later than ``previous`` even if the clock has not moved."""
    now = stamp(datetime.now(UTC))
    if previous is None or now > previous:
        return now
    return stamp(datetime.fromisoformat(previous) + timedelta(microseconds=1))
