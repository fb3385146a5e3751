"""The one clock. Times are aware and UTC; on the wire they are written `2026-11-23T09:00:00Z`."""

import time
from calendar import monthrange
from datetime import UTC, date, datetime

#: The present time as seconds since 1970, for what is asked too often for a datetime.
seconds = time.time


def now() -> datetime:
    """The present time, UTC, whole seconds: what is written down compares as a string."""
    return datetime.now(UTC).replace(microsecond=0)


def today() -> date:
    return now().date()


def stamp(time: datetime) -> str:
    """`time` as RFC 3339 in UTC with a `Z`, whole seconds."""
    return time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def months_after(day: date, months: int) -> date:
    """The same day `months` later, or the last day of that month where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
