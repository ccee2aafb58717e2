"""A person's goals as far as they are shared, with steps and progress; and what was proposed and answered."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from accounts.days import local_day
from accounts.grants import Category, Opened
from care.access import Reading
from care.models import Proposal
from care.proposing import suggestions
from goals.models import Goal, Step
from goals.progress import Progress, progress
from journal.models import Craving
from library.shelf import shelf

WANTED = (Category.GOALS, Category.CRAVINGS)
CLOSED, ANSWERED = 10, 20


@dataclass(frozen=True)
class GoalCard:
    """A goal, its steps, how far it is, its part of life, and the name of what is counted."""

    goal: Opened
    steps: list[Opened]
    progress: Progress
    skill: str
    counted: str


def goals_page(reading: Reading) -> dict[str, Any]:
    """Everything of the page; at most six queries. Writes nothing, so that the person can look at the same page."""
    proposed = Proposal.objects.for_grant(reading.grant).over(reading.connection_id)
    return {
        "shows_goals": reading.shows(Category.GOALS),
        "shows_cravings": reading.shows(Category.CRAVINGS),
        **goal_cards(reading),
        "waiting": reading.grant.open(proposed.waiting()),
        "answered": reading.grant.open(proposed.unseen_first()[:ANSWERED]),
        "suggestions": suggestions(reading),
    }


def goal_cards(reading: Reading) -> dict[str, list[GoalCard]]:
    """Goals being worked on, and those done or let go lately. What counts is counted from shared cravings alone."""
    grant = reading.grant
    mine = Goal.objects.for_grant(grant)
    goals = grant.open(mine.active())
    closed = grant.open(mine.closed()[:CLOSED])
    steps = grant.open(Step.objects.for_grant(grant).of_goals().filter(goal__in=[goal.pk for goal in [*goals, *closed]]))
    own: dict[Any, list[Opened]] = {}
    for step in steps:
        own.setdefault(step.goal_id, []).append(step)
    logs = _logs(reading, [goal for goal in [*goals, *closed] if goal.counts_strategy])
    cards = {goal.pk: _card(reading, goal, own.get(goal.pk, []), logs) for goal in [*goals, *closed]}
    _looked(reading, [*goals, *closed])
    return {"active": [cards[goal.pk] for goal in goals], "closed": [cards[goal.pk] for goal in closed]}


def _card(reading: Reading, goal: Opened, steps: list[Opened], logs: list | None) -> GoalCard:
    held, whose = shelf(), reading.whose
    last = local_day(goal.closed_at, whose.tz, whose.day_start) if goal.closed_at else reading.today
    counts = goal.counts_strategy if logs is not None else ""
    far = progress(
        [step.done_at is not None for step in steps],
        logs or [],
        strategy=counts,
        target=goal.counts_target,
        started_on=goal.local_day,
        today=last,
    )
    skill, way = held.life_skills.get(goal.life_skill), held.strategies.get(counts)
    return GoalCard(goal, steps, far, skill.name if skill else "", way.name if way else "")


def _logs(reading: Reading, counting: list[Opened]) -> list | None:
    """The cravings that may count; None where none are shared."""
    if reading.grant.span(Category.CRAVINGS) is None:
        return None
    if not counting:
        return []
    first = min(goal.local_day for goal in counting)
    return Craving.objects.for_grant(reading.grant).between(first, reading.today).as_observations()


def _looked(reading: Reading, goals: list[Opened]) -> None:
    days: list[date] = [goal.local_day for goal in goals]
    if days:
        reading.looked.over(min(days), reading.today)
