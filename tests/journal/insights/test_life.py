"""The three lines, the year, scores, and steps by week."""

from datetime import date

import pytest

from goals.progress import done_share_interval
from journal.insights.mosaic import mosaic
from journal.insights.observations import DayRating, Missing, Period
from journal.insights.over_time import Unit
from journal.insights.scores import INSTRUMENTS, Score, band_of, scores
from journal.insights.together import averages, together
from tests.journal.insights.making import day


def test_averages_leave_out_what_was_not_answered():
    days = [DayRating(day(0), mood=2, sleep=1), DayRating(day(1), mood=4, craving=6), DayRating(day(9))]
    first, second = averages(days, Unit.WEEK)
    assert (first.n, first.sleep, first.mood, first.craving) == (2, 1, 3, 6)
    assert (second.n, second.sleep, second.mood, second.craving) == (1, None, None, None)


def test_a_week_of_check_ins_is_needed_for_the_three_lines():
    days = [DayRating(day(at), mood=3) for at in range(6)]
    assert together(days, Period(day(0), day(29))).missing == (Missing("check-in days", 6, 7),)
    assert together([*days, DayRating(day(6), mood=3)], Period(day(0), day(29))).missing == ()


def test_the_year_has_levels_and_months():
    days = [
        DayRating(date(2024, 2, 29), mood=5, craving=0),
        DayRating(date(2024, 12, 31), mood=1, craving=10),
        DayRating(date(2025, 1, 1), mood=3),
    ]
    found = mosaic(days, 2024)
    assert (found.levels, found.months[2][5], found.months[12][1], found.days) == (
        {date(2024, 2, 29): 5, date(2024, 12, 31): 1},
        1,
        1,
        2,
    )
    assert list(mosaic(days, 2024, "craving").levels.values()) == [1, 4]
    assert mosaic([], 2024).missing
    with pytest.raises(ValueError, match="no mosaic"):
        mosaic(days, 2024, "weather")


def test_scores_and_their_bands():
    assert [band_of(INSTRUMENTS["phq-9"], total) for total in (0, 4, 5, 9, 10, 14, 15, 19, 20, 27)] == [
        0,
        0,
        1,
        1,
        2,
        2,
        3,
        3,
        4,
        4,
    ]
    assert [band_of(INSTRUMENTS["gad-7"], total) for total in (4, 5, 10, 15, 21)] == [0, 1, 2, 3, 3]
    assert [band_of(INSTRUMENTS["who-5"], total) for total in (28, 29, 50, 51)] == [0, 1, 1, 2]
    (found,) = scores([("phq-9", day(30), 9), ("phq-9", day(0), 14), ("made-up", day(1), 3), ("phq-9", day(30), 9)])
    assert (found.scores, found.change, found.is_meaningful, found.missing) == (
        (Score(day(0), 14), Score(day(30), 9)),
        -5,
        True,
        (),
    )
    (one,) = scores([("gad-7", day(0), 9)])
    assert (one.is_meaningful, one.missing) == (False, (Missing("scores", 1, 2),))


def test_the_share_done_has_an_interval():
    low, high = done_share_interval(4, 5)
    assert (round(low, 2), round(high, 2)) == (0.49, 0.91)
    assert done_share_interval(0, 0) == (pytest.approx(0.1), pytest.approx(0.9))
    with pytest.raises(ValueError, match="more steps"):
        done_share_interval(3, 2)
