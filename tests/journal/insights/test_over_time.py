"""A line with gaps."""

from datetime import date, timedelta

from journal.insights.observations import DayRating, Missing, Period, one_a_day
from journal.insights.over_time import Unit, buckets_of, next_start, over_time, starts, unit_for
from tests.journal.insights.making import day, rated


def line_of(text, first=0):
    found = over_time(rated(text, first), Period(day(0), day(len(text) - 1 + first)))
    return [point.median for point in found.points]


def test_the_line_begins_with_the_fifth_rating_and_stops_in_a_gap():
    assert line_of("11199") == [None, None, None, None, 1]
    # After the last rating the seven days still hold three of them for four days; then the pen is lifted.
    assert line_of("22222xxxxxxx")[4:] == [2, 2, 2, 2, 2, None, None, None]


def test_a_gap_is_neither_nought_nor_a_bridge():
    line = line_of("55555" + "x" * 20 + "99999")
    assert line[12:24] == [None] * 12
    assert {value for value in line if value is not None} == {5, 9}


def test_the_band_needs_ten_ratings():
    found = over_time(rated("1234123412"), Period(day(0), day(9)))
    assert [point.band for point in found.points][-2:] == [None, (1, 3)]


def test_the_latest_two_weeks_and_the_two_before():
    found = over_time(rated("3" * 7 + "x" * 7 + "26262" + "x" * 9), Period(day(0), day(27)))
    assert (found.lately.n, found.lately.mostly) == (5, (2, 6))
    assert (found.before.n, found.before.mostly) == (7, (3, 3))
    assert over_time(rated("2626"), Period(day(0), day(3))).lately.mostly is None


def test_nothing_says_what_is_missing():
    found = over_time([], Period(day(0), day(29)))
    assert (found.missing, found.dots, found.lately.n) == ((Missing("ratings", 0, 1),), (), 0)


def test_a_period_looks_back_before_its_first_day():
    days = rated("7" * 40)
    found = over_time(days, Period(day(30), day(39)))
    assert (len(found.points), found.points[0].median, found.n) == (10, 7, 10)


def test_units_grow_with_the_period():
    for length, unit in ((124, Unit.DAY), (125, Unit.WEEK), (800, Unit.WEEK), (801, Unit.MONTH)):
        assert unit_for(Period.ending(date(2026, 11, 23), length)) == unit
    assert starts(Period(date(2026, 1, 31), date(2026, 3, 1)), Unit.MONTH) == [date(2026, m, 1) for m in (1, 2, 3)]
    assert starts(Period(date(2025, 12, 31), date(2026, 1, 5)), Unit.WEEK) == [date(2025, 12, 29), date(2026, 1, 5)]
    assert next_start(date(2026, 12, 1), Unit.MONTH) == date(2027, 1, 1)


def test_months_given_as_counts_are_the_same_as_months_of_days():
    days = rated("3141592653" * 100)
    period = Period(day(0), day(999))
    assert over_time(days, period).points == over_time([], period, buckets_of(days, Unit.MONTH)).points


def test_of_several_check_ins_the_last_answer_stands():
    first, later = DayRating(day(0), mood=2, craving=7), DayRating(day(0), mood=4, sleep=1)
    assert one_a_day([first, later, DayRating(day(1), craving=1)])[0] == DayRating(day(0), mood=4, craving=7, sleep=1)


def test_a_period_counts_its_days():
    period = Period.ending(day(6), 7)
    assert (period.first, period.days, period.before()) == (day(0), 7, Period(day(-7), day(-1)))
    assert day(6) + timedelta(days=1) not in period
    assert period.latest(3) == Period(day(4), day(6))
    assert period.latest(365) == period
