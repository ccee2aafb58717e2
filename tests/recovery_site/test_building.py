"""What was built, counted by the database: only one's own, only what stays, only these days."""

from datetime import date, timedelta

import pytest

from goals.models import Goal, Step
from goals.progress import WeekOfSteps
from journal.insights.built import Built
from journal.insights.observations import Period
from journal.models import CheckIn
from recovery_site.building import built, built_and_weeks
from tests.goals.rows import begin, steps_of
from tests.recovery_site.logging import at, check_in, craving

MONDAY = date(2026, 11, 16)
WEEK = Period(MONDAY, MONDAY + timedelta(days=6))


@pytest.fixture
def planned(grant, person):
    """Three steps of this week, two of them done; one of last week."""
    goal = begin(grant, person, steps=("one", "two", "three", "four"))
    steps = steps_of(grant, goal)
    for place, step in enumerate(steps):
        values = {"planned_week": MONDAY - timedelta(days=7 * (place == 3)), "done_at": at(1) if place in (0, 1) else None}
        Step.objects.for_grant(grant).filter(pk=step.pk).update(**values)
    return goal


def test_weeks_of_steps_come_along_with_the_counts(grant, person, planned):
    made, weeks = built_and_weeks(grant, person, WEEK)
    assert weeks == [WeekOfSteps(MONDAY, 3, 2)] and made == Built(steps_done=2)
    earlier = Period(MONDAY - timedelta(days=7), WEEK.last)
    assert built_and_weeks(grant, person, earlier)[1] == [
        WeekOfSteps(MONDAY - timedelta(days=7), 1, 0),
        WeekOfSteps(MONDAY, 3, 2),
    ]


def test_steps_of_a_removed_goal_are_not_planned(grant, person, planned):
    Goal.objects.for_grant(grant).filter(pk=planned.pk).update(deleted_at=at(0))
    assert built_and_weeks(grant, person, WEEK) == (Built(), [])


def test_both_ways_of_counting_agree(grant, person, planned):
    check_in(grant, person, 1, mood=3)
    check_in(grant, person, 1, mood=4)
    craving(grant, person, 2, strategies=["slow-breathing"])
    craving(grant, person, 2)
    made = built(grant, person, WEEK)
    assert made == built_and_weeks(grant, person, WEEK)[0]
    assert made == Built(check_ins=2, check_in_days=1, cravings_noticed=2, strategies_used=1, steps_done=2)


def test_nobody_elses_rows_and_nothing_removed_counts(grant, person, stranger, grant_of, planned):
    check_in(grant_of(stranger), stranger, 1, mood=3)
    row = check_in(grant, person, 1, mood=3)
    CheckIn.objects.for_grant(grant).filter(pk=row.pk).update(deleted_at=at(0))
    assert built(grant, person, WEEK) == Built(steps_done=2)
    assert built(grant_of(stranger), stranger, WEEK) == Built(check_ins=1, check_in_days=1)
