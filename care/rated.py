"""Check-ins of many people at once, as the rules of flags take them: ratings by how many days ago. One query."""

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db.models import CharField
from django.db.models.functions import Cast

from accounts.days import ONE_DAY
from accounts.grants import Category
from care.access import Reading
from care.flags import WINDOW
from journal.models import CheckIn

SPAN = WINDOW.days


@dataclass(frozen=True, slots=True)
class Rated:
    """One person's check-ins: which days ago (the latest first), and the ratings by days ago; None is a day without one."""

    days: Sequence[int] = ()
    craving: Sequence[int | None] = ()
    mood: Sequence[int | None] = ()


@dataclass(slots=True)
class _Filling:
    days: list[int] = field(default_factory=list)
    craving: list[int | None] = field(default_factory=lambda: [None] * (SPAN + 1))
    mood: list[int | None] = field(default_factory=lambda: [None] * (SPAN + 1))


def rated(readings: Sequence[Reading]) -> dict[uuid.UUID, Rated]:
    """By connection; nothing for those who share no check-ins. Days are counted back from each person's own today."""
    if not readings:
        return {}
    # People's days differ by one at most; all are counted from the latest, and moved to their own afterwards.
    last = max(one.today for one in readings)
    filled = dict(_filled(readings, last))
    return {one.connection_id: _cut(filled[one.whose.id], one, last) for one in readings if one.whose.id in filled}


def _filled(readings: Sequence[Reading], last: date) -> Iterator[tuple[uuid.UUID, _Filling]]:
    rows = CheckIn.objects.for_grants([one.grant for one in readings], last - SPAN * ONE_DAY)
    # The latest first, so that of several answers on a day the last given stands; in the order of the index, which costs nothing.
    # Plain text costs a third of dates and ids.
    ordered = rows.order_by("person_id", "-local_day", "-occurred_at")
    columns = ordered.values_list(Cast("person_id", CharField()), Cast("local_day", CharField()), "craving", "mood")
    ago = {(last - days * ONE_DAY).isoformat(): days for days in range(SPAN + 1)}
    for person, theirs in groupby(columns, itemgetter(0)):
        yield uuid.UUID(person), _fill(_Filling(), theirs, ago)


def _fill(one: _Filling, rows: Iterable[tuple[Any, ...]], ago: Mapping[str, int]) -> _Filling:
    days, cravings, moods = one.days, one.craving, one.mood
    last = None
    for _person, day, craving, mood in rows:
        at = ago.get(day)
        if at is None:
            continue
        if at != last:
            days.append(at)
            last = at
        if craving is not None and cravings[at] is None:
            cravings[at] = craving
        if mood is not None and moods[at] is None:
            moods[at] = mood
    return one


def _cut(one: _Filling, reading: Reading, last: date) -> Rated:
    """Only what this consent opens, from this person's today on; ratings become insights, so they need both categories."""
    moved = (last - reading.today).days
    logged, compared = (_reach(reading, category) for category in (Category.CHECK_INS, Category.INSIGHTS))
    days = [at - moved for at in one.days if moved <= at < moved + logged]
    end = min(logged, compared)
    empty: list[int | None] = [None] * (SPAN - end)
    return Rated(days, [*one.craving[moved : moved + end], *empty], [*one.mood[moved : moved + end], *empty])


def _reach(reading: Reading, category: Category) -> int:
    """How many days back a category is open, today included."""
    span = reading.grant.span(category)
    if span is None:
        return 0
    return SPAN if span.from_day is None else max(0, min(SPAN, (reading.today - span.from_day).days + 1))
