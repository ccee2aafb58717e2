"""Starting, changing and closing goals: each verb is one transaction."""

import uuid
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from accounts.days import local_day, monday_of
from accounts.grants import Grant, Opened
from accounts.owned import Owned, stamp
from accounts.writing import Stale, State, Written, insert_once, into_bin, lock_person, out_of_bin, update
from goals.models import Goal, LookBack, Step
from library.shelf import shelf
from library.words import TemplateWord

# What the person types and chooses in the goal's form, beside its words.
COLUMNS = ("life_skill", "target_on", "counts_strategy", "counts_target", "strategies")
# What the server or a later press of a button sets: a form that is sent twice must not differ in it.
CARRIED: dict[type[Owned], tuple[str, ...]] = {
    Goal: ("occurred_at", "status", "closed_at", "looked_back_on"),
    Step: ("occurred_at", "position", "planned_week", "done_at"),
    LookBack: ("occurred_at",),
}


def split_plan(if_then: str) -> tuple[str, str]:
    """The two halves of "If …, then …"."""
    first, found, second = if_then.partition(", then ")
    return (first.removeprefix("If "), second) if found else ("", if_then)


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
def start_goal(grant: Grant, person: Any, goal: Goal, words: Mapping[str, str], steps: Iterable[str], now: datetime) -> Goal:
    """Store a goal with its steps, once for its id; the first step is for this week."""
    lock_person(grant.person_id)
    written = _once(grant, person, goal, words, now)
    if written.state != State.SAME:
        for place, wording in enumerate(text for text in steps if text):
            step = Step(pk=uuid.uuid5(written.row.pk, f"step {place}"), goal=written.row, position=place)
            step.planned_week = None if place else monday_of(written.row.local_day)
            _once(grant, person, step, {"wording": wording}, now)
    return written.row


@transaction.atomic
def add_template_goal(grant: Grant, person: Any, slug: str, goal_id: uuid.UUID, now: datetime) -> Goal:
    """One-tap adding: the goal this press made before, the active one from this template, or a new one.

    Raises KeyError for an unknown template.
    """
    lock_person(grant.person_id)
    mine = Goal.objects.for_grant(grant)
    there = mine.filter(pk=goal_id).first() or mine.kept().active().filter(template=slug).first()
    if there is not None:
        if there.is_binned:
            out_of_bin(grant, there)
        return there
    goal, words, steps = from_template(shelf().templates[slug], goal_id)
    return start_goal(grant, person, goal, words, steps, now)


def change_goal(grant: Grant, goal: Goal, version: int, words: Mapping[str, str], **values: Any) -> Goal | Stale:
    """Write an edit; Stale when the goal changed meanwhile, and then both texts are kept."""
    return _change(grant, goal, version, words, **values)


@transaction.atomic
def choose_version(grant: Grant, goal: Goal, kept: Goal, *, keep_second: bool) -> None:
    """End having two texts: the chosen one stays with the goal and its steps, the other goes into the bin."""
    lock_person(grant.person_id)
    if keep_second:
        first, second = grant.open_one(goal), grant.open_one(kept)
        texts = {goal: (_columns(kept), dict(second.words)), kept: (_columns(goal), dict(first.words))}
        for row, (columns, words) in texts.items():
            update(grant, row, row.version, words, **columns)
    into_bin(grant, kept)


@transaction.atomic
def add_step(grant: Grant, person: Any, goal: Goal, step_id: uuid.UUID, wording: str, now: datetime) -> Step:
    """Add a step at the end."""
    lock_person(grant.person_id)
    last = Step.objects.for_grant(grant).of_goal(goal).aggregate(place=models.Max("position"))["place"]
    step = Step(pk=step_id, goal=goal, position=0 if last is None else last + 1)
    return _once(grant, person, step, {"wording": wording}, now).row


def change_step(grant: Grant, step: Step, version: int, wording: str) -> Step | Stale:
    """Other words for a step; Stale when it changed meanwhile, and then both are kept."""
    return _change(grant, step, version, {"wording": wording})


def set_done(grant: Grant, step: Step, moment: datetime | None) -> None:
    """Tick a step, or take the tick back; a second tick leaves the first moment."""
    if moment is None or step.done_at is None:
        _set(grant, step, done_at=moment)


def plan(grant: Grant, step: Step, today: date, *, planned: bool) -> None:
    """Put a step into this week, or take it out."""
    _set(grant, step, planned_week=monday_of(today) if planned else None)


@transaction.atomic
def move_step(grant: Grant, step: Step, by: int) -> None:
    """One place up (-1) or down (1); at an end nothing happens."""
    lock_person(grant.person_id)
    order = list(Step.objects.for_grant(grant).kept().of_goal(step.goal_id))
    place = next((i for i, row in enumerate(order) if row.pk == step.pk), None)
    if place is not None and 0 <= place + by < len(order):
        order.insert(place + by, order.pop(place))
    for position, row in enumerate(order):
        if row.position != position:
            _set(grant, row, position=position)


def close(grant: Grant, goal: Goal, status: Goal.Status, now: datetime) -> None:
    """Done, let go, or active again; the same answer again leaves the first moment."""
    if status != goal.status:
        goal.status, goal.closed_at = status, None if status == Goal.Status.ACTIVE else now
        _set(grant, goal, status=goal.status, closed_at=goal.closed_at)


@transaction.atomic
def look_back(grant: Grant, person: Any, row: LookBack, note: str, now: datetime) -> LookBack:
    """Keep a look back, once for its id; letting go closes the goal."""
    lock_person(grant.person_id)
    written = _once(grant, person, row, {"note": note}, now)
    if written.state != State.SAME:
        _set(grant, row.goal, looked_back_on=local_day(now, person.tz, person.day_start))
        if row.choice == LookBack.Choice.LET_GO:
            close(grant, row.goal, Goal.Status.LET_GO, now)
    return written.row


def _once(grant: Grant, person: Any, row: Any, words: Mapping[str, str], now: datetime) -> Written:
    row.person_id = grant.person_id
    stamp(row, person, now)
    stored = type(row).objects.for_grant(grant).filter(pk=row.pk).first()
    if stored is not None:
        for name in CARRIED[type(row)]:
            setattr(row, name, getattr(stored, name))
    return insert_once(grant, row, words)


@transaction.atomic
def _change(grant: Grant, row: Any, version: int, words: Mapping[str, str], **values: Any) -> Any:
    lock_person(grant.person_id)
    stored = grant.open_one(type(row).objects.for_grant(grant).one(row.pk))
    return stored.row if _says(stored, words, values) else update(grant, row, version, words, **values)


def _says(stored: Opened, words: Mapping[str, str], values: Mapping[str, Any]) -> bool:
    # A form sent twice, or saved unchanged, is no second version.
    return all(getattr(stored, name) == value for name, value in [*words.items(), *values.items()])


def _columns(goal: Goal) -> dict[str, Any]:
    return {name: getattr(goal, name) for name in COLUMNS}


def _set(grant: Grant, row: Any, **values: Any) -> None:
    type(row).objects.for_grant(grant).filter(pk=row.pk).update(updated_at=timezone.now(), **values)
