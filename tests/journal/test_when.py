"""When it happened: days, clock changes and times to come."""

from datetime import UTC, date, datetime, time
from types import SimpleNamespace

import pytest

from accounts.days import local_day, wall_clock
from journal.forms.when import WhenForm

NEW_YORK = SimpleNamespace(tz="America/New_York", day_start=4)
# Monday 23 November 2026, 14:00 in New York.
NOW = datetime(2026, 11, 23, 19, tzinfo=UTC)


def moment(clock=NEW_YORK, now=NOW, **data):
    form = WhenForm(data, clock=clock, now=now)
    assert form.is_valid(), form.errors
    return form.cleaned_data["moment"]


def message(clock=NEW_YORK, now=NOW, **data):
    form = WhenForm(data, clock=clock, now=now)
    assert not form.is_valid()
    return {name: errors[0] for name, errors in form.errors.items()}


@pytest.mark.parametrize("data", [{}, {"when": "now"}, {"when": "now", "at": "03:00"}])
def test_now_is_now(data):
    assert moment(**data) == NOW


def test_earlier_today_needs_a_time():
    assert moment(when="earlier", at="09:15") == datetime(2026, 11, 23, 14, 15, tzinfo=UTC)
    assert "what time" in message(when="earlier")["at"]


def test_yesterday_without_a_time_is_noon():
    assert moment(when="yesterday") == datetime(2026, 11, 22, 17, tzinfo=UTC)


def test_after_midnight_earlier_today_is_the_evening_that_just_was():
    late = datetime(2026, 11, 24, 6, 30, tzinfo=UTC)  # 01:30 on Tuesday, still Monday's day
    assert moment(when="earlier", at="23:00", now=late) == datetime(2026, 11, 24, 4, tzinfo=UTC)
    assert moment(when="earlier", at="00:45", now=late) == datetime(2026, 11, 24, 5, 45, tzinfo=UTC)
    yesterday = moment(when="yesterday", at="20:00", now=late)
    assert local_day(yesterday, "America/New_York", 4) == date(2026, 11, 22)


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"when": "earlier", "at": "14:03"}, "at"),
        ({"when": "other", "day": "2026-11-24"}, "day"),
        ({"when": "other", "day": "2026-11-23", "at": "23:00"}, "at"),
        ({"when": "other"}, "day"),
        ({"when": "other", "day": "0001-01-01"}, "day"),
        ({"when": "other", "day": "29/03/2026"}, "day"),
        ({"when": "earlier", "at": "half past"}, "at"),
        ({"when": "soon"}, "when"),
    ],
)
def test_a_time_to_come_or_nonsense_gets_a_message_at_its_field(data, field):
    assert list(message(**data)) == [field]


def test_a_phone_clock_two_minutes_ahead_is_fine():
    assert moment(when="earlier", at="14:01") > NOW


@pytest.mark.parametrize(
    ("zone", "day", "at"),
    [("America/New_York", "2026-03-08", "02:30"), ("Europe/Berlin", "2026-03-29", "02:00")],
)
def test_a_time_the_clocks_skipped_says_so(zone, day, at):
    clock = SimpleNamespace(tz=zone, day_start=4)
    assert "clocks went forward" in message(clock, when="other", day=day, at=at)["at"]


def test_the_hour_that_comes_twice_is_the_first():
    found = moment(when="other", day="2026-11-01", at="01:30")
    assert found == datetime(2026, 11, 1, 5, 30, tzinfo=UTC)
    assert wall_clock(found, "America/New_York").time() == time(1, 30)
