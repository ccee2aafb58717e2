"""Starting, changing and closing goals: each verb is one transaction."""

import uuid
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from accounts.days import local_day, monday_of
from accounts.grants import Grant
from accounts.owned import stamp
from accounts.writing import Stale, State, insert_once, into_bin, lock_person, update
from goals.models import Goal, LookBack, Step
from library.shelf import shelf
from library.words import TemplateWord


def split_plan(if_then: str) -> tuple[str, str]:
    """The two halves of "If …, then …"."""
    first, found, second = if_then.partition(", then ")
    return (first.removeprefix("If "), second) if found else ("", if_then)


@transaction.atomic
def start_goal(grant: Grant, person: Any, goal: Goal, words: Mapping[str, str], steps: Iterable[str], now: datetime) -> Goal:
    """Store a goal with its steps, once for its id."""
    goal.person_id = grant.person_id
    stamp(goal, person, now)
    written = insert_once(grant, goal, words)
    if written.state != State.SAME:
        for place, wording in enumerate(text for text in steps if text):
            _insert_step(grant, person, written.row, wording, place, now, monday=place == 0)
    return written.row


def from_template(template: TemplateWord, goal_id: uuid.UUID) -> tuple[Goal, dict[str, str], list[str]]:
    """A goal, its words and its steps as a template gives them."""
    if_part, then_part = split_plan(template.if_then)
    goal = Goal(
        pk=goal_id,
        template=template.slug,
        life_skill=template.life_skill,
        triggers=list(template.triggers),
        strategies=list(template.strategies),
        counts_strategy=template.counts_strategy,
        counts_target=template.target if template.counts_strategy else None,
    )
    words = {"title": template.plain_name, "why": template.why, "if_part": if_part, "then_part": then_part}
    return goal, words, [template.first_step, *template.steps]


@transaction.atomic
def add_template_goal(grant: Grant, person: Any, slug: str, goal_id: uuid.UUID, now: datetime) -> Goal:
    """One-tap adding: the active goal from this template, or a new one. Raises KeyError for an unknown template."""
    lock_person(grant.person_id)
    there = Goal.objects.for_grant(grant).kept().active().filter(template=slug).first()
    if there is not None:
        return there
    goal, words, steps = from_template(shelf().templates[slug], goal_id)
    return start_goal(grant, person, goal, words, steps, now)


@transaction.atomic
def add_step(grant: Grant, person: Any, goal: Goal, step_id: uuid.UUID, wording: str, now: datetime) -> Step:
    """Add a step at the end."""
    place = Step.objects.for_grant(grant).filter(goal=goal).count()
    return _insert_step(grant, person, goal, wording, place, now, step_id=step_id)


def set_done(grant: Grant, step: Step, moment: datetime | None) -> None:
    """Tick a step, or take the tick back."""
    Step.objects.for_grant(grant).filter(pk=step.pk).update(done_at=moment)


def plan(grant: Grant, step: Step, today: date, *, planned: bool) -> None:
    """Put a step into this week, or take it out."""
    Step.objects.for_grant(grant).filter(pk=step.pk).update(planned_week=monday_of(today) if planned else None)


@transaction.atomic
def move_step(grant: Grant, step: Step, by: int) -> None:
    """One place up (-1) or down (1); at an end nothing happens."""
    mine = Step.objects.for_grant(grant)
    order = list(mine.kept().filter(goal_id=step.goal_id).order_by("position", "created_at", "pk"))
    place = next(i for i, row in enumerate(order) if row.pk == step.pk)
    if 0 <= place + by < len(order):
        order.insert(place + by, order.pop(place))
    for position, row in enumerate(order):
        mine.filter(pk=row.pk).exclude(position=position).update(position=position)


def change_goal(grant: Grant, goal: Goal, version: int, words: Mapping[str, str], **values: Any) -> Any | Stale:
    """Write an edit; Stale when the goal changed meanwhile, and then both texts are kept."""
    return update(grant, goal, version, words, **values)


def close(grant: Grant, goal: Goal, status: Goal.Status, now: datetime) -> None:
    """Done, or let go; or active again."""
    closed_at = None if status == Goal.Status.ACTIVE else now
    Goal.objects.for_grant(grant).filter(pk=goal.pk).update(status=status, closed_at=closed_at)


@transaction.atomic
def look_back(grant: Grant, person: Any, goal: Goal, row: LookBack, note: str, now: datetime) -> LookBack:
    """Keep a weekly look back; letting go closes the goal."""
    row.person_id, row.goal = grant.person_id, goal
    stamp(row, person, now)
    written = insert_once(grant, row, {"note": note})
    today = local_day(now, person.tz, person.day_start)
    Goal.objects.for_grant(grant).filter(pk=goal.pk).update(looked_back_on=today)
    if row.choice == LookBack.Choice.LET_GO:
        close(grant, goal, Goal.Status.LET_GO, now)
    return written.row


def remove(grant: Grant, row: Goal | Step) -> None:
    """Into the bin; a goal's steps are hidden with it."""
    into_bin(grant, row)


def _insert_step(
    grant: Grant,
    person: Any,
    goal: Goal,
    wording: str,
    place: int,
    now: datetime,
    *,
    monday: bool = False,
    step_id=None,
) -> Step:
    step = Step(goal=goal, position=place, person_id=grant.person_id)
    step.pk = step_id or uuid.uuid5(goal.pk, f"step {place}")
    stamp(step, person, now)
    step.planned_week = monday_of(step.local_day) if monday else None
    return insert_once(grant, step, {"wording": wording}).row
