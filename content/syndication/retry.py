"""When a message is tried again: the schedule of Standard Webhooks 1.0.0, which ends on day four.

A withdrawal is tried every minute for an hour first: a text that may harm is on somebody's site.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from math import ceil

#: Seconds after the attempt before; the first is made at once.
DELAYS_SECONDS = (0, 5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400)
MINUTES = 60
URGENT_DELAYS_SECONDS = (0, *(60,) * MINUTES, *DELAYS_SECONDS[4:])
#: By which share a delay is longer or shorter, so that not all come back at the same second.
JITTER = 0.1
#: What an endpoint that is overloaded is left alone for, at least.
SLOW_DOWN = timedelta(minutes=1)
SLOW_DOWN_STATUSES = frozenset({429, 502, 504})
#: The longest that an endpoint may ask for, and where a withdrawal waits for it.
RETRY_AFTER_MAX = timedelta(days=1)
URGENT_RETRY_AFTER_MAX = timedelta(hours=1)

#: 0 up to 1, like `random.random`.
Jitter = Callable[[], float]


def delays(urgent: bool) -> tuple[int, ...]:
    return URGENT_DELAYS_SECONDS if urgent else DELAYS_SECONDS


def is_last(urgent: bool, tries: int) -> bool:
    """Whether none follows after so many attempts."""
    return tries >= len(delays(urgent))


def delay(urgent: bool, tries: int, jitter: Jitter) -> timedelta:
    """How long to wait after `tries` attempts, which were not the last."""
    factor = 1 + JITTER * (2 * jitter() - 1)
    return timedelta(seconds=round(delays(urgent)[tries] * factor))


def pause(status: int | None, asked: timedelta | None) -> timedelta | None:
    """For how long an endpoint that gave this answer is left alone; None where it need not be."""
    least = SLOW_DOWN if status in SLOW_DOWN_STATUSES else timedelta(0)
    longest = max(least, asked or timedelta(0))
    return longest or None


def read_retry_after(text: str | None, now: datetime) -> timedelta | None:
    """`Retry-After` as seconds or a date (RFC 9110, 10.2.3), 0 to a day; None for anything else."""
    if text is None:
        return None
    text = text.strip()
    if text.isascii() and text.isdigit():
        asked = timedelta(seconds=min(int(text[:9]), RETRY_AFTER_MAX.total_seconds()))
    else:
        try:
            asked = timedelta(seconds=ceil((parsedate_to_datetime(text) - now).total_seconds()))
        except (ValueError, TypeError, OverflowError):  # no date, or one without a zone
            return None
    return min(max(asked, timedelta(0)), RETRY_AFTER_MAX)
