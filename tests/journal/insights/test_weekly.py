"""The weekly rule."""

from datetime import timedelta

import pytest

from journal.insights.weekly import ALIKE, flag, flag_of, likeness, week_of
from tests.journal.insights.making import MONDAY, day, rated


def pairs(text):
    return [(one.day, one.craving) for one in rated(text)]


BASE = "3545354" * 8


def test_a_week_beside_eight_by_hand():
    week = week_of(pairs(BASE + "7777777"), day(56))
    assert (week.days, week.mean, week.usual_days, round(week.usual, 3)) == (7, 7, 56, 4.143)
    # spread 0.841 (stdev), times sqrt(1.35/0.65), times sqrt(1/7 + 1/56)
    assert week.z == pytest.approx((7 - 29 / 7) / (0.8408 * (1.35 / 0.65) ** 0.5 * (1 / 7 + 1 / 56) ** 0.5), rel=1e-3)


def test_a_strong_rise_is_flagged_at_once_and_a_fall_too():
    for text, higher in (("7777777", True), ("1111111", False)):
        found = flag(pairs(BASE + text), day(63))
        assert (found.is_higher, found.is_lasting) == (higher, False)


def test_it_is_asked_once_a_week():
    days = pairs(BASE + "7777777" + "777")
    assert [flag(days, day(at)) is not None for at in range(62, 71)] == [False, *[True] * 7, False]


def test_a_smaller_rise_is_flagged_the_second_week():
    days = pairs(BASE + "6565656" + "6656565")
    first, second = flag(days[:63], day(63)), flag(days, day(70))
    assert first is None
    assert (second.is_higher, second.is_lasting) == (True, True)


def test_too_few_days_say_nothing():
    assert week_of(pairs(BASE + "777xxxx"), day(56)) is None
    assert week_of(pairs("xxxxxxx" * 4 + BASE[: 7 * 4] + "7777777"), day(56)) is None
    assert week_of(pairs("xxxxxxx" * 3 + BASE[: 7 * 5] + "7777777"), day(56)) is not None
    assert flag([], day(3)) is None


def test_equal_ratings_are_no_flag():
    assert flag(pairs("4" * 63), day(63)) is None
    assert flag_of(None, None) is None


def test_likeness_is_fixed_at_first_and_ones_own_later():
    assert likeness(pairs("0909" * 14)) == ALIKE
    assert likeness(pairs("0909" * 20)) == 0.3
    assert likeness(pairs("2" * 80)) == ALIKE
    assert likeness(pairs(("0" * 10 + "9" * 10) * 4)) > 0.7


def test_a_week_begins_on_monday():
    assert MONDAY.weekday() == 0
    assert flag(pairs(BASE + "7777777"), day(63)).week.period.first == MONDAY + timedelta(days=56)
