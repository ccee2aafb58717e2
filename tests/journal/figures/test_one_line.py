"""Mood and sleep on a line of their own."""

import pytest

from journal.figures.one_line import mood_figure, sleep_figure
from journal.insights.observations import DayRating, Period
from tests.journal.insights.making import day

PERIOD = Period(day(0), day(27))


def rated(text, name):
    """Days from a line of digits that ends with the period; x is a day without one."""
    first = 28 - len(text)
    return [DayRating(day(first + at), **{name: int(c)}) for at, c in enumerate(text) if c != "x"]


@pytest.mark.parametrize(("make", "name", "text", "said"), [
    (mood_figure, "mood", "44444", "In the last 14 days it was mostly good (5 ratings)."),
    (mood_figure, "mood", "11x24x55", "In the last 14 days it was mostly between very low and very good (6 ratings)."),
    (mood_figure, "mood", "4444", "In the last 14 days there are 4 ratings."),
    (sleep_figure, "sleep", "1", "In the last 14 days there is 1 rating."),
    (sleep_figure, "sleep", "", "In the last 14 days there are 0 ratings."),
    (sleep_figure, "sleep", "3" * 14 + "1" * 14, "In the last 14 days it was mostly badly (14 ratings)."),
])  # fmt: skip
def test_the_sentence_says_what_the_last_two_weeks_were_like(make, name, text, said):
    assert make(rated(text, name), PERIOD).sentences == (said,)


def test_only_days_of_the_period_are_drawn_and_a_missing_day_is_a_gap():
    days = [DayRating(day(-1), mood=1), *rated("45x5", "mood"), DayRating(day(28), mood=1)]
    figure = mood_figure(days, PERIOD)
    assert [row[1] for row in figure.table.rows] == ["4: good", "5: very good", "5: very good"]
    assert str(figure.picture).count("M") >= 2 and not figure.is_example
