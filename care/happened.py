"""What happened lately with many people at once, beside their ratings: one query, whatever the number of people.

Every part is reached through the grants, then the parts are put below each other as plain columns.
"""

import uuid
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import CharField, Count, DateField, Exists, Max, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Coalesce, Concat

from accounts.days import local_day, monday_of
from accounts.grants import Category
from care.access import Reading
from care.flags import LASTS, WINDOW, Event, GoalNow
from care.models import FlagMark, Message, Proposal, Review
from goals.models import Goal, Step
from journal.models import Lapse

# A moment can lie a day further back by somebody's clock.
REACH = timedelta(days=LASTS + 1)


@dataclass
class Happened:
    """What happened over one connection: events by kind, goals being worked on, this week's steps, what waits, the sessions."""

    lapses: list[Event] = field(default_factory=list)
    calls: list[Event] = field(default_factory=list)
    reached: list[Event] = field(default_factory=list)
    goals: list[GoalNow] = field(default_factory=list)
    steps_planned: int = 0
    steps_done: int = 0
    unread: int = 0
    answers: int = 0
    last_session: datetime | None = None
    next_on: date | None = None
    marks: dict[tuple[str, str], str] = field(default_factory=dict)

    @property
    def waiting(self) -> int:
        """How many things wait for the counselor."""
        return self.unread + self.answers


def happened(readings: Sequence[Reading]) -> dict[uuid.UUID, Happened]:
    """What happened, by connection. One query."""
    found = {one.connection_id: Happened() for one in readings}
    by_owner: defaultdict[uuid.UUID, list[Reading]] = defaultdict(list)
    for one in readings:
        by_owner[one.whose.id].append(one)
        by_owner[one.connection_id].append(one)
    queries = _queries(readings) if readings else []
    for what, owner, *values in queries[0].union(*queries[1:], all=True) if queries else ():
        for reading in by_owner[owner]:
            PUT[what](found[reading.connection_id], reading, *values)
    return found


def _queries(readings: Sequence[Reading]) -> list[QuerySet]:
    """What is looked for, each as (what, owner, id, at, on, word, and three counts); the owner is a person or a connection.

    The first of a union says how its columns are read, so it has a value of every kind.
    """
    since = min(one.now for one in readings) - REACH
    # Flags end sooner; the session page tells what happened since the last session.
    return [*_of_connections(readings, since), *_of_records(readings, since - WINDOW)]


def _of_connections(readings: Sequence[Reading], since: datetime) -> list[QuerySet]:
    connections, grants = [one.connection_id for one in readings], [one.grant for one in readings]
    later = Review.objects.filter(connection=OuterRef("connection"), at__gt=OuterRef("at"))
    reviews = Review.objects.filter(~Exists(later), connection__among=connections)
    marks = FlagMark.objects.filter(connection__among=connections, at__gte=since)
    said = Concat("rule", Value(" "), "key", Value(" "), "mark", output_field=CharField())
    messages = Message.objects.for_grants(grants, date.min).new_to_counselor()
    answers = Proposal.objects.for_grants(grants, date.min).new_to_counselor()
    no_day = Cast(Value(None), DateField())
    return [
        _plain(reviews, "review", "connection_id", "at", "next_on", Value("")),
        _plain(marks, "mark", "connection_id", "at", no_day, said),
        _plain(messages, "message", "connection_id", "occurred_at", "local_day", "kind"),
        _plain(answers, "answer", "connection_id", "answered_at", "local_day", "answer"),
    ]


def _of_records(readings: Sequence[Reading], since: datetime) -> list[QuerySet]:
    grants = [one.grant for one in readings]
    lapses = Lapse.objects.for_grants(grants, date.min).filter(created_at__gte=since)
    reached = Goal.objects.for_grants(grants, date.min).filter(status=Goal.Status.DONE, closed_at__gte=since)
    planned = _planned_this_week(readings)
    steps = Step.objects.for_grants(grants, date.min).filter(Q(goal__status=Goal.Status.ACTIVE) | planned).order_by()
    by_goal = steps.values("person_id", "goal_id", "goal__local_day", "goal__counts_strategy").annotate(
        moved_at=Max(Coalesce("done_at", "occurred_at")),
        open=Count("pk", filter=Q(done_at=None, goal__status=Goal.Status.ACTIVE)),
        planned=Count("pk", filter=planned),
        done=Count("done_at", filter=planned),
    )
    goal = ("goal_id", "moved_at", "goal__local_day", "goal__counts_strategy", "open", "planned", "done")
    return [
        _plain(lapses, "lapse", "person_id", "created_at", "local_day", Value("")),
        _plain(reached, "reached", "person_id", "closed_at", "local_day", "life_skill"),
        by_goal.values_list(Value("goal"), "person_id", *goal),
    ]


def _planned_this_week(readings: Sequence[Reading]) -> Q:
    """Steps of the week it is for each person; people's weeks differ for some hours only."""
    people: defaultdict[date, set[uuid.UUID]] = defaultdict(set)
    for one in readings:
        people[monday_of(one.today)].add(one.whose.id)
    if len(people) == 1:
        return Q(planned_week__in=people)
    return reduce(or_, (Q(planned_week=monday, person__among=theirs) for monday, theirs in people.items()))


def _plain(rows: QuerySet, what: str, owner: str, at: str, on: Any, word: Any) -> QuerySet:
    return rows.order_by().values_list(Value(what), owner, "pk", at, on, word, *_NO_COUNTS)


_NO_COUNTS = (Value(0), Value(0), Value(0))


def _put_review(found: Happened, one: Reading, _id: uuid.UUID, at: datetime | None, on: date | None, *_rest: Any) -> None:
    # A day that went by without a word is no next session any more.
    found.last_session, found.next_on = at, on if on and on >= one.today else None


def _put_mark(found: Happened, _one: Reading, _id: uuid.UUID, _at: datetime, _on: None, word: str, *_counts: int) -> None:
    rule, about, mark = word.split(" ")
    found.marks[rule, about] = mark


def _put_message(found: Happened, one: Reading, pk: uuid.UUID, at: datetime, on: date, kind: str, *_counts: int) -> None:
    found.unread += 1
    if kind == Message.Kind.CALL:
        found.calls.append(Event(str(pk), _day(one, at), on))


def _put_answer(found: Happened, _one: Reading, *_rest: Any) -> None:
    found.answers += 1


def _put_lapse(found: Happened, one: Reading, pk: uuid.UUID, at: datetime, on: date, *_rest: Any) -> None:
    if _sees(one, Category.LAPSES, on):
        found.lapses.append(Event(str(pk), _day(one, at), on))


def _put_reached(found: Happened, one: Reading, pk: uuid.UUID, at: datetime, on: date, *_rest: Any) -> None:
    if _sees(one, Category.GOALS, on):
        found.reached.append(Event(str(pk), _day(one, at), on))


def _put_goal(found: Happened, one: Reading, pk: uuid.UUID, at: datetime, on: date, counts: str, *steps: int) -> None:
    if not _sees(one, Category.GOALS, on):
        return
    is_open, planned, done = steps
    if not counts:  # a goal that counts logs moves with them, not with its steps
        found.goals.append(GoalNow(str(pk), _day(one, at), is_open))
    found.steps_planned += planned
    found.steps_done += done


PUT: dict[str, Callable[..., None]] = {
    "review": _put_review,
    "mark": _put_mark,
    "message": _put_message,
    "answer": _put_answer,
    "lapse": _put_lapse,
    "reached": _put_reached,
    "goal": _put_goal,
}


def _sees(one: Reading, category: Category, on: date) -> bool:
    """Whether this consent opens it: somebody may share more over another connection, and a step can be younger than its goal."""
    span = one.grant.span(category)
    return span is not None and (span.from_day is None or on >= span.from_day)


def _day(one: Reading, at: datetime) -> date:
    return local_day(at, one.whose.tz, one.whose.day_start)
