"""When a message is tried again."""

from datetime import UTC, datetime, timedelta

import pytest

from content.syndication import retry

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def sent_at(urgent: bool, jitter: float = 0.5) -> list[float]:
    """Seconds after the first attempt, of all attempts, where none succeeds."""
    at, tries, told = timedelta(0), 1, [0.0]
    while not retry.is_last(urgent, tries):
        at += retry.delay(urgent, tries, lambda: jitter)
        told.append(at.total_seconds())
        tries += 1
    return told


def test_the_schedule_is_that_of_standard_webhooks() -> None:
    assert [str(timedelta(seconds=one)) for one in sent_at(urgent=False)] == [
        *("0:00:00", "0:00:05", "0:05:05", "0:35:05", "2:35:05", "7:35:05"),
        *("17:35:05", "1 day, 7:35:05", "2 days, 3:35:05", "3 days, 3:35:05"),
    ]


def test_a_withdrawal_is_tried_every_minute_for_an_hour_first() -> None:
    told = sent_at(urgent=True)
    assert told[:61] == [60 * minute for minute in range(61)]
    assert len(told) == 67
    assert told[-1] == 3_600 + sum(retry.DELAYS_SECONDS[4:])


def test_delays_differ_by_a_tenth_at_most() -> None:
    assert retry.delay(False, 2, lambda: 0.0) == timedelta(seconds=270)
    assert retry.delay(False, 2, lambda: 0.999999) == timedelta(seconds=330)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("120", 120),
        (" 0 ", 0),
        ("999999999999999999999", 86_400),
        ("Mon, 23 Nov 2026 09:02:00 GMT", 120),
        ("Mon, 23 Nov 2026 08:00:00 GMT", 0),
        ("Mon, 23 Nov 2099 08:00:00 GMT", 86_400),
        ("Fri, 31 Dec 9999 23:59:59 GMT", 86_400),
    ],
)
def test_retry_after_is_seconds_or_a_date_and_a_day_at_most(text: str, seconds: int) -> None:
    assert retry.read_retry_after(text, NOW) == timedelta(seconds=seconds)


@pytest.mark.parametrize(
    "text",
    [None, "", "soon", "-5", "1.5", "٣", "Mon, 23 Nov 2026 09:02:00 -0000", "Mon, 99 Nov 2026"],
)
def test_what_is_no_retry_after_is_left_alone(text: str | None) -> None:
    assert retry.read_retry_after(text, NOW) is None


def test_an_endpoint_that_is_overloaded_is_left_alone_for_a_minute_at_least() -> None:
    for status in (429, 502, 504):
        assert retry.pause(status, None) == timedelta(minutes=1)
        assert retry.pause(status, timedelta(seconds=5)) == timedelta(minutes=1)
        assert retry.pause(status, timedelta(hours=2)) == timedelta(hours=2)
    assert retry.pause(503, timedelta(seconds=5)) == timedelta(seconds=5)
    assert retry.pause(503, None) is None
    assert retry.pause(None, None) is None
