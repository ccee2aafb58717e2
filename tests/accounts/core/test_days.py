"""Which day a moment belongs to."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.days import NoSuchTime, known_zones, local_day, resolve, wall_clock

ZONES = ["America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "Asia/Kathmandu", "Africa/Casablanca", "UTC"]


@pytest.mark.parametrize(
    ("wall", "day_start", "day"),
    [
        ("2026-11-23 03:59", 4, "2026-11-22"),
        ("2026-11-23 04:00", 4, "2026-11-23"),
        ("2026-11-23 00:00", 0, "2026-11-23"),
        ("2026-11-23 11:59", 12, "2026-11-22"),
        ("2026-01-01 01:00", 4, "2025-12-31"),
        ("2028-03-01 02:00", 4, "2028-02-29"),
    ],
)
def test_a_day_begins_at_its_hour(wall, day_start, day):
    moment = datetime.fromisoformat(wall).replace(tzinfo=ZoneInfo("America/New_York"))
    assert local_day(moment, "America/New_York", day_start) == date.fromisoformat(day)


def test_the_same_moment_is_another_day_in_another_zone():
    moment = datetime(2026, 11, 23, 12, 30, tzinfo=UTC)
    assert local_day(moment, "Pacific/Kiritimati", 0) == date(2026, 11, 24)
    assert local_day(moment, "Pacific/Honolulu", 4) == date(2026, 11, 22)


def test_an_hour_that_comes_twice_means_the_first():
    assert resolve(date(2026, 11, 1), time(1, 30), "America/New_York") == datetime(2026, 11, 1, 5, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "at", "zone"),
    [
        (date(2026, 3, 8), time(2, 30), "America/New_York"),
        (date(2026, 3, 29), time(2, 0), "Europe/Berlin"),
        (date(2026, 10, 4), time(2, 15), "Australia/Lord_Howe"),
    ],
)
def test_a_time_the_clocks_skipped_is_refused(day, at, zone):
    with pytest.raises(NoSuchTime):
        resolve(day, at, zone)


@pytest.mark.parametrize("at", [time(1, 59), time(3, 0)])
def test_the_minutes_around_the_skipped_hour_exist(at):
    assert wall_clock(resolve(date(2026, 3, 8), at, "America/New_York"), "America/New_York").time() == at


@given(
    st.datetimes(datetime(2020, 1, 1), datetime(2037, 12, 31), timezones=st.just(UTC)),
    st.sampled_from(ZONES),
    st.integers(0, 12),
)
def test_every_moment_has_one_day_next_to_its_wall_date(moment, zone, day_start):
    wall = moment.astimezone(ZoneInfo(zone)).date()
    assert local_day(moment, zone, day_start) in (wall, wall - timedelta(days=1))


@given(st.dates(date(2020, 1, 1), date(2037, 12, 31)), st.times(), st.sampled_from(ZONES))
def test_a_resolved_time_reads_back_as_it_was_written(day, at, zone):
    at = at.replace(microsecond=0)
    try:
        moment = resolve(day, at, zone)
    except NoSuchTime:
        return
    assert wall_clock(moment, zone).replace(tzinfo=None, fold=0) == datetime.combine(day, at)


def test_the_offered_zones_are_places_not_offsets():
    zones = known_zones()
    assert "America/New_York" in zones and "UTC" in zones
    assert not [zone for zone in zones if zone.startswith("Etc/")]
