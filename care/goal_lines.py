"""A person's goals in a line each: how many steps are done, which stand still, which were finished lately."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from accounts.days import local_day
from care.access import Reading
from care.titles import Titles
from goals.models import Goal, Step
from goals.progress import WeekOfSteps, weeks_of


@dataclass(frozen=True)
class GoalLine:
    """A goal: its title, steps done of all, and the day it was closed on (None while it is worked on)."""

    id: uuid.UUID
    title: str
    done: int
    steps: int
    is_done: bool
    closed_on: date | None
    is_stuck: bool = False

    @property
    def is_active(self) -> bool:
        """Whether it is being worked on."""
        return self.closed_on is None


@dataclass(frozen=True)
class Steps:
    """The steps of goals that are shared, as rows."""

    rows: Sequence[Any]

    def weeks(self) -> list[WeekOfSteps]:
        """The weeks that have planned steps, oldest first."""
        return weeks_of(((one.planned_week, one.done_at is not None) for one in self.rows), date.min, date.max)

    def done_since(self, reading: Reading, first: date) -> list[str]:
        """The words of steps done from day `first` on, latest first."""
        done = [one for one in self.rows if one.done_at and day_of(reading, one.done_at) >= first]
        latest = sorted(done, key=lambda one: one.done_at, reverse=True)
        return [one.wording for one in reading.grant.open(latest)]


def steps_of(reading: Reading, found: Titles) -> Steps:
    """One query. A step can be younger than its goal: where the goal is not shared, its steps are not shown either."""
    ids = {one.id for one in found.goals}
    return Steps([one for one in Step.objects.for_grant(reading.grant).in_order() if one.goal_id in ids])


def goal_lines(reading: Reading, found: Titles, steps: Steps, stuck: Iterable[str] = ()) -> list[GoalLine]:
    """Every goal of `found`, those being worked on first."""
    by_goal: defaultdict[uuid.UUID, list[bool]] = defaultdict(list)
    for one in steps.rows:
        by_goal[one.goal_id].append(one.done_at is not None)
    stuck = set(stuck)
    lines = [
        GoalLine(
            one.id,
            one.text,
            sum(by_goal[one.id]),
            len(by_goal[one.id]),
            one.word == Goal.Status.DONE,
            day_of(reading, one.at) if one.at else None,
            str(one.id) in stuck,
        )
        for one in found.goals
    ]
    return sorted(lines, key=lambda line: not line.is_active)


def day_of(reading: Reading, at: Any) -> date:
    """The person's day of a moment."""
    return local_day(at, reading.whose.tz, reading.whose.day_start)
