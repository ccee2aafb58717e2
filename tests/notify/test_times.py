"""When a reminder is due: whatever the clocks do, once a day at the chosen time."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notify.times import EVERY_DAY, is_quiet, next_due

ZONES = ["Europe/London", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "Pacific/Chatham", "UTC"]


def utc(*parts):
    return datetime(*parts, tzinfo=UTC)


@pytest.mark.parametrize(
    "zone, after, at, expected",
    [
        ("Europe/London", utc(2026, 7, 1, 12), time(18, 30), utc(2026, 7, 1, 17, 30)),
        ("Europe/London", utc(2026, 7, 1, 17, 30), time(18, 30), utc(2026, 7, 2, 17, 30)),  # not the same moment twice
        ("Europe/London", utc(2026, 3, 28, 12), time(1, 30), utc(2026, 3, 29, 1, 30)),  # 01:30 is skipped: an hour later
        ("Europe/London", utc(2026, 10, 24, 12), time(1, 30), utc(2026, 10, 25, 0, 30)),  # 01:30 comes twice: the first
        ("Europe/London", utc(2026, 10, 25, 0, 30), time(1, 30), utc(2026, 10, 26, 1, 30)),  # and not again that night
        ("America/New_York", utc(2026, 3, 8, 5), time(2, 30), utc(2026, 3, 8, 7, 30)),
        ("Australia/Lord_Howe", utc(2026, 10, 3, 12), time(2, 15), utc(2026, 10, 3, 16, 15)),  # a jump of half an hour
        ("Asia/Kolkata", utc(2026, 12, 31, 20), time(0, 5), utc(2027, 1, 1, 18, 35)),
    ],
)
def test_the_next_moment(zone, after, at, expected):
    assert next_due(after, at, EVERY_DAY, zone) == expected


def test_only_on_the_chosen_days():
    fridays = 1 << 4
    found = next_due(utc(2026, 11, 24, 12), time(9), fridays, "UTC")
    assert found == utc(2026, 11, 27, 9)
    assert next_due(found, time(9), fridays, "UTC") == utc(2026, 12, 4, 9)
    assert next_due(found, time(9), 0, "UTC") is None


moments = st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC))


@given(moments, st.times().map(lambda at: at.replace(second=0, microsecond=0)), st.integers(1, EVERY_DAY), st.sampled_from(ZONES))
def test_it_comes_within_a_week_on_a_chosen_day_at_the_chosen_time(after, at, days, zone):
    found = next_due(after, at, days, zone)
    assert after < found <= after + timedelta(days=7, hours=2)
    wall = found.astimezone(ZoneInfo(zone))
    assert days >> wall.weekday() & 1
    shown = datetime.combine(wall.date(), at)
    assert wall.replace(tzinfo=None) - shown in (timedelta(0), timedelta(hours=1))


@given(moments, st.integers(1, EVERY_DAY), st.sampled_from(ZONES))
def test_two_in_a_row_are_on_different_days(after, days, zone):
    first = next_due(after, time(1, 30), days, zone)
    second = next_due(first, time(1, 30), days, zone)
    assert second.astimezone(ZoneInfo(zone)).date() > first.astimezone(ZoneInfo(zone)).date()


@pytest.mark.parametrize(
    "at, quiet",
    [(time(22), True), (time(3), True), (time(7, 59), True), (time(8), False), (time(21, 59), False)],
)
def test_quiet_hours_may_go_over_midnight(at, quiet):
    assert is_quiet(at, (time(22), time(8))) is quiet


def test_quiet_hours_within_a_day_and_none():
    assert is_quiet(time(13), (time(12), time(14))) and not is_quiet(time(14), (time(12), time(14)))
    assert not is_quiet(time(13), (time(9), time(9)))
