"""The clock: whole seconds of UTC, one way to write a time, and months as people count them."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from content import clock


@time_machine.travel(datetime(2026, 11, 23, 23, 59, 59, 999_999, tzinfo=UTC), tick=False)
def test_the_present_is_whole_seconds_of_utc() -> None:
    assert clock.now() == datetime(2026, 11, 23, 23, 59, 59, tzinfo=UTC)
    assert clock.now().utcoffset() == timedelta(0)


def test_the_day_is_that_of_utc_wherever_the_machine_stands() -> None:
    east = timezone(timedelta(hours=14))
    with time_machine.travel(datetime(2027, 1, 1, 9, tzinfo=east), tick=False):
        assert clock.today() == date(2026, 12, 31)


@pytest.mark.parametrize(
    ("time", "written"),
    [
        (datetime(2026, 11, 23, 9, tzinfo=UTC), "2026-11-23T09:00:00Z"),
        (datetime(2026, 11, 23, 9, tzinfo=timezone(timedelta(hours=2))), "2026-11-23T07:00:00Z"),
        (datetime(2026, 11, 23, 9, 0, 0, 999_999, tzinfo=UTC), "2026-11-23T09:00:00Z"),
    ],
)
def test_a_time_is_written_in_one_way(time: datetime, written: str) -> None:
    assert clock.stamp(time) == written


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 11, 23), 12, date(2027, 11, 23)),
        (date(2026, 11, 23), 1, date(2026, 12, 23)),
        (date(2026, 11, 23), 2, date(2027, 1, 23)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 5, 31), 1, date(2026, 6, 30)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 1, 30), 0, date(2026, 1, 30)),
        (date(2026, 12, 31), 36, date(2029, 12, 31)),
    ],
)
def test_months_later_is_the_same_day_or_the_last_of_a_shorter_month(
    day: date, months: int, later: date
) -> None:
    assert clock.months_after(day, months) == later


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(0, 120))
def test_months_never_spill_into_the_next_one(day: date, months: int) -> None:
    later = clock.months_after(day, months)

    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    # Either the day was kept, or the day after is the first of a month.
    assert later.day == day.day or (later + timedelta(days=1)).day == 1
