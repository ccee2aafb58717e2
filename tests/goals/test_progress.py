"""How far a goal has come, without a database."""

from dataclasses import dataclass
from datetime import date

import pytest

from goals.progress import Progress, has_passed, is_look_back_due, progress

DAY = date(2026, 11, 20)


@dataclass
class Log:
    day: date
    strategies: tuple[str, ...]


def test_steps_are_counted():
    assert progress([True, False, True], [], "", None, DAY) == Progress(2, 3, None, None)


def test_only_logs_of_the_strategy_since_the_goal_began_count():
    logs = [
        Log(DAY, ("call",)),
        Log(DAY, ("walk",)),
        Log(date(2026, 11, 19), ("call",)),
        Log(date(2026, 11, 25), ("walk", "call")),
    ]
    assert progress([], logs, "call", 5, DAY) == Progress(0, 0, 2, 5)


@pytest.mark.parametrize(
    ("found", "reached"),
    [
        (Progress(2, 2), True),
        (Progress(1, 2), False),
        (Progress(0, 0), False),
        (Progress(2, 2, 4, 5), False),
        (Progress(0, 2, 5, 5), True),
        (Progress(0, 0, None, 5), False),
    ],
)
def test_when_everything_counted_is_reached(found, reached):
    assert found.is_reached is reached


@pytest.mark.parametrize(
    ("looked", "today", "due"),
    [
        (None, date(2026, 11, 26), False),
        (None, date(2026, 11, 27), True),
        (date(2026, 11, 27), date(2026, 12, 3), False),
        (date(2026, 11, 27), date(2026, 12, 4), True),
    ],
)
def test_a_look_back_is_offered_once_a_week(looked, today, due):
    assert is_look_back_due(DAY, looked, today) is due


def test_a_day_has_passed_only_afterwards():
    assert [has_passed(day, DAY) for day in (None, DAY, date(2026, 11, 19))] == [False, False, True]
