"""What a progress report is made from: one person's shared logs of some days, as numbers."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from accounts.days import ONE_DAY, day_begins
from accounts.grants import Category, Opened
from care.access import Reading
from care.models import Proposal
from care.scopes import spans_of
from goals.models import Goal, Step
from goals.progress import Progress, WeekOfSteps, progress, weeks_of
from journal.figures.figure import Figure
from journal.figures.steps import steps_figure
from journal.insights.observations import DayRating, Period
from journal.models import Marker
from journal.observing import Observed, asides, figures, observe
from journal.words import STRATEGY, TRIGGER, Words, words_for

# What a report asks for; the consent decides what of it opens.
WANTED = (Category.CHECK_INS, Category.CRAVINGS, Category.GOALS, Category.INSIGHTS)
# The charts of a report: each with the category that it is made of.
CHARTS = {"craving": Category.CHECK_INS, "coping": Category.CRAVINGS, "steps": Category.GOALS}


@dataclass(frozen=True)
class Parts:
    """What was read: logs as numbers, words by key, goals with their steps."""

    reading: Reading
    period: Period
    seen: Observed
    words: Words
    goals: Sequence[Opened] = ()
    steps: Sequence[Any] = ()
    weeks: Sequence[WeekOfSteps] = ()

    def shows(self, category: Category) -> bool:
        """Whether the report has a place for this."""
        return self.reading.shows(category)

    @property
    def days(self) -> list[DayRating]:
        """The days with a check-in."""
        return [one for one in self.seen.days if one.day in self.period]

    def reach(self, category: Category) -> Period | None:
        """The days of the period that the consent reaches over, the same in a pause; None for none of them."""
        first = spans_of(self.reading.consent.scopes)[category].from_day or date.min
        return Period(max(first, self.period.first), self.period.last) if first <= self.period.last else None

    def progress_of(self, goal: Opened) -> Progress:
        """A goal's steps, and how many logs of these days count for it where cravings are shared."""
        done = [step.done_at is not None for step in self.steps if step.goal_id == goal.pk]
        counts = goal.counts_strategy if self.shows(Category.CRAVINGS) else ""
        return progress(done, self.seen.cravings, strategy=counts, target=goal.counts_target, started_on=goal.local_day)

    @property
    def goals_done(self) -> int:
        """How many goals were finished in these days."""
        _first, end = moments(self.reading, self.period)
        return sum(goal.status == Goal.Status.DONE and goal.closed_at < end for goal in self.goals)


def moments(reading: Reading, period: Period) -> tuple[datetime, datetime]:
    """From the first moment of a period to the first after it, by the person's clock."""
    bounds = period.first, period.last + ONE_DAY
    first, end = (day_begins(day, reading.whose.tz, reading.whose.day_start) for day in bounds)
    return first, end


def parts_of(reading: Reading, period: Period) -> Parts:
    """Read them; six queries, whatever was logged."""
    grant = reading.grant
    parts = Parts(reading, period, observe(grant, period), words_for(grant))
    if not reading.shows(Category.GOALS):
        return parts
    first, end = moments(reading, period)
    every = list(Goal.objects.for_grant(grant).kept().filter(occurred_at__lt=end).order_by("occurred_at", "pk"))
    goals = [goal for goal in every if goal.closed_at is None or goal.closed_at >= first]
    # A step can be younger than its goal: where the goal is not shared, its steps are not counted either.
    shown = {goal.pk for goal in every}
    steps = [step for step in Step.objects.for_grant(grant).of_goals() if step.goal_id in shown]
    weeks = weeks_of([(step.planned_week, step.done_at is not None) for step in steps], period.first, period.last)
    return replace(parts, goals=grant.open(goals), steps=steps, weeks=weeks)


def charts(parts: Parts) -> list[Figure]:
    """The person's own insights by the same code, as far as insights and what they are made of are shared. One query, or four
    where insights are shared for fewer days.
    """
    days = parts.reach(Category.INSIGHTS) if parts.shows(Category.INSIGHTS) else None
    if days is None:
        return []
    grant, words = parts.reading.grant, parts.words
    seen = parts.seen if days == parts.period else observe(grant, days)
    triggers, strategies = ({key: word.name for key, word in words.of(kind).items()} for kind in (TRIGGER, STRATEGY))
    rows = Marker.objects.for_grant(grant).kept().between(days.first, days.last).filter(instrument="")
    changes = grant.open(rows.order_by("local_day", "pk"))
    marked = [row.local_day for row in changes]
    found = {one.key: one for one in figures(seen, triggers, strategies, parts.reading.today, marked)}
    found["craving"] = replace(found["craving"], asides=asides(changes))
    found["steps"] = steps_figure([week for week in parts.weeks if week.monday in days])
    return [found[key] for key, category in CHARTS.items() if parts.shows(category)]


def suggested_pages(parts: Parts) -> list[Opened]:
    """Pages of the library that the counselor suggested in these days. One query."""
    grant, period = parts.reading.grant, parts.period
    rows = (
        Proposal.objects.for_grant(grant)
        .kept()
        .filter(kind=Proposal.Kind.PAGE)
        .exclude(answer=Proposal.Answer.BACK)
        .between(period.first, period.last)
    )
    return grant.open(rows.order_by("occurred_at", "pk"))
