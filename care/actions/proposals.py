"""What becomes of a proposal: the person takes it, changes it, or says that it is not for them. The first answer stands."""

import uuid
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.days import local_day
from accounts.grants import Grant, Opened
from accounts.writing import lock_person
from care.models import Proposal
from goals.actions import add_template_goal, change_goal, start_goal
from goals.models import Goal
from library.shelf import shelf
from reading.actions import note

Answer, Kind = Proposal.Answer, Proposal.Kind


class NotThere(Exception):
    """What was proposed is not in the library any more."""


@transaction.atomic
def accept(grant: Grant, person: Any, proposal: Opened, now: datetime) -> None:
    """Take it as it is. A page is kept for later, a goal begins. Raises NotThere."""
    if _is_open(grant, proposal):
        _say(grant, proposal, Answer.ACCEPTED, now, TAKE[proposal.kind](grant, person, proposal, now))


@transaction.atomic
def change(
    grant: Grant, person: Any, proposal: Opened, goal: Goal, words: Mapping[str, str], steps: Iterable[str], now: datetime
) -> bool:
    """Take a goal in the person's own words: `goal`, with its words and steps, is what they made of it. False where it was
    answered or taken back meanwhile: then nothing of it is kept.
    """
    is_open = _is_open(grant, proposal)
    if is_open:
        started = start_goal(grant, person, goal, words, steps, now)
        _say(grant, proposal, Answer.CHANGED, now, started.pk)
    return is_open


@transaction.atomic
def decline(grant: Grant, proposal: Opened, now: datetime) -> None:
    """Not for me. No reason is asked."""
    if _is_open(grant, proposal):
        _say(grant, proposal, Answer.DECLINED, now)


@transaction.atomic
def take_back(grant: Grant, proposal: Any, now: datetime) -> bool:
    """The counselor thinks again. False where the person was faster: their answer stands."""
    is_open = _is_open(grant, proposal)
    if is_open:
        _say(grant, proposal, Answer.BACK, now)
        Proposal.objects.for_grant(grant).filter(pk=proposal.pk).update(seen_at=now)
    return is_open


def seen_by_counselor(grant: Grant, shown: Iterable[Any], now: datetime) -> None:
    """A page showed the counselor these answered proposals. An answer given while it was made stays new."""
    unseen = [one.pk for one in shown if one.seen_at is None]
    if unseen:
        Proposal.objects.for_grant(grant).new_to_counselor().filter(pk__in=unseen).update(seen_at=now)


def goal_id_of(proposal: Any) -> uuid.UUID:
    """The id of the goal that a proposal becomes: always the same, so that pressing twice makes one goal."""
    return uuid.uuid5(proposal.pk, "goal")


def _is_open(grant: Grant, proposal: Opened) -> bool:
    """Hold the person's lock, so that only one answer counts."""
    lock_person(grant.person_id)
    return Proposal.objects.for_grant(grant).waiting().filter(pk=proposal.pk).exists()


def _say(grant: Grant, proposal: Opened, said: str, now: datetime, became_id: uuid.UUID | None = None) -> None:
    Proposal.objects.for_grant(grant).filter(pk=proposal.pk).update(answer=said, answered_at=now, became_id=became_id)


def _keep_page(grant: Grant, person: Any, proposal: Opened, now: datetime) -> None:
    if proposal.key not in shelf().pages:
        raise NotThere
    note(grant, person, proposal.key, "later", now)


def _note_strategy(grant: Grant, person: Any, proposal: Opened, now: datetime) -> None:
    if proposal.key not in shelf().strategies:
        raise NotThere


def _add_template(grant: Grant, person: Any, proposal: Opened, now: datetime) -> uuid.UUID:
    if proposal.key not in shelf().templates:
        raise NotThere
    goal = add_template_goal(grant, person, proposal.key, goal_id_of(proposal), now)
    due_on = _still_to_come(proposal, person, now)
    if due_on and goal.target_on is None:
        change_goal(grant, goal, goal.version, {}, target_on=due_on)
    return goal.pk


def _add_goal(grant: Grant, person: Any, proposal: Opened, now: datetime) -> uuid.UUID:
    goal = Goal(pk=goal_id_of(proposal), target_on=_still_to_come(proposal, person, now))
    return start_goal(grant, person, goal, {"title": proposal.title}, [], now).pk


def _still_to_come(proposal: Opened, person: Any, now: datetime) -> Any:
    today = local_day(now, person.tz, person.day_start)
    return proposal.due_on if proposal.due_on and proposal.due_on >= today else None


TAKE: Mapping[str, Callable[[Grant, Any, Opened, datetime], uuid.UUID | None]] = {
    Kind.PAGE: _keep_page,
    Kind.STRATEGY: _note_strategy,
    Kind.TEMPLATE: _add_template,
    Kind.GOAL: _add_goal,
}
