"""How far, and when to look back: rules only, no database."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from goals.progress import Offer, Progress, WeekOfSteps, counting, has_passed, look_back_offer, progress, weeks_of

MONDAY = date(2026, 11, 16)


@dataclass(frozen=True)
class Seen:
    """A log as calculations see it."""

    day: date
    strategies: tuple[str, ...] = ("call-my-person",)
    triggers: tuple[str, ...] = ()
    intensity: int = 5


def on(*offsets, **values):
    return [Seen(MONDAY + timedelta(days=offset), **values) for offset in offsets]


def test_steps_are_counted():
    assert progress([True, False, True, False]) == Progress(2, 4)


def test_no_steps_is_nothing_reached():
    assert not progress([]).is_reached


def test_all_steps_reach_a_goal_without_a_number():
    assert progress([True, True]).is_reached
    assert not progress([True, False]).is_reached


def test_a_number_reaches_a_goal_whatever_its_steps():
    def reached(times):
        rows = on(*range(times))
        return progress([False], rows, strategy="call-my-person", target=5, started_on=MONDAY).is_reached

    assert [times for times in range(8) if reached(times)] == [5, 6, 7]


def test_three_of_five_calls():
    rows = [*on(0, 1, 1), *on(2, strategies=("breathe",))]
    found = progress([], rows, strategy="call-my-person", target=5, started_on=MONDAY, today=MONDAY + timedelta(days=6))
    assert (found.counted, found.target, found.is_more) == (3, 5, False)


def test_more_than_planned_is_said():
    assert progress([], on(0, 1, 2), strategy="call-my-person", target=2).is_more


def test_counting_without_a_number_only_counts():
    found = progress([True], on(0, 1), strategy="call-my-person")
    assert (found.counted, found.target, found.is_more, found.is_reached) == (2, None, False, True)


def test_only_logs_from_the_first_day_to_today_count():
    rows = on(-1, 0, 3, 4)
    assert counting(rows, "call-my-person", MONDAY, MONDAY + timedelta(days=3)) == rows[1:3]


def test_a_goal_that_counts_nothing_has_no_count():
    assert progress([True], on(0)).counted is None


@pytest.mark.parametrize(("days", "offer"), [(0, ""), (6, ""), (7, "week"), (60, "week")])
def test_a_look_back_is_offered_after_a_week(days, offer):
    assert look_back_offer(MONDAY, None, None, MONDAY + timedelta(days=days)) == offer


@pytest.mark.parametrize(("days", "offer"), [(0, ""), (6, ""), (7, "week")])
def test_the_next_one_comes_a_week_after_the_last(days, offer):
    looked = MONDAY + timedelta(days=20)
    assert look_back_offer(MONDAY, looked, None, looked + timedelta(days=days)) == offer


@pytest.mark.parametrize(("days", "offer"), [(2, ""), (3, ""), (4, "passed"), (20, "passed")])
def test_a_planned_day_that_passed_asks_once(days, offer):
    assert look_back_offer(MONDAY, None, MONDAY + timedelta(days=3), MONDAY + timedelta(days=days)) == offer


def test_after_the_answer_it_asks_no_sooner_than_in_a_week():
    target, looked = MONDAY + timedelta(days=3), MONDAY + timedelta(days=5)
    offers = [look_back_offer(MONDAY, looked, target, looked + timedelta(days=n)) for n in (0, 6, 7)]
    assert offers == [Offer.NONE, Offer.NONE, Offer.WEEK]


def test_a_look_back_on_the_planned_day_itself_does_not_answer_for_it():
    target = MONDAY + timedelta(days=3)
    assert look_back_offer(MONDAY, target, target, target + timedelta(days=1)) == Offer.PASSED


def test_today_has_not_passed():
    assert [has_passed(day, MONDAY) for day in (None, MONDAY, MONDAY - timedelta(days=1))] == [False, False, True]


def test_steps_are_counted_by_the_week_they_are_planned_for():
    monday, before, after = date(2026, 3, 9), date(2026, 3, 2), date(2026, 3, 16)
    steps = [(monday, True), (None, True), (before, True), (monday, False), (after, False)]
    assert weeks_of(steps, before, monday) == [WeekOfSteps(before, 1, 1), WeekOfSteps(monday, 2, 1)]
    assert weeks_of([], before, after) == []
