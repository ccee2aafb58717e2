"""What a person shares of a month, by day, with the comments that were written on it. Everything of `care/_timeline.html`."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Min

from accounts.days import ONE_DAY
from accounts.grants import Category, Opened
from accounts.ids import new_id
from care.access import Reading
from care.disclosure import disclosure
from care.models import Message
from care.overview import shows
from journal.models import CheckIn, Craving, Entry, Lapse
from journal.querysets import next_month
from journal.timeline import Item, items_between
from journal.words import Word, words_for

WANTED = (Category.CHECK_INS, Category.CRAVINGS, Category.LAPSES, Category.ENTRIES)
KEPT = (CheckIn, Craving, Lapse, Entry)


@dataclass(frozen=True)
class Line:
    """One log with what was said about it; `form_id` is the id that a comment on it would get."""

    item: Item
    comments: Sequence[Opened]
    form_id: uuid.UUID = field(default_factory=new_id)


@dataclass(frozen=True)
class Day:
    """A day's logs, latest first, and what was said about the day as a whole."""

    day: date
    lines: list[Line]
    comments: Sequence[Opened]
    form_id: uuid.UUID = field(default_factory=new_id)


def timeline(reading: Reading, month: date, trigger: str) -> dict[str, Any]:
    """A month. Seven queries, whatever was logged."""
    grant, last = reading.grant, min(next_month(month) - ONE_DAY, reading.today)
    words = words_for(grant)
    items = items_between(grant, month, last, words)
    reading.looked.over(month, last)
    named = _named(items)
    shown = [one for one in items if any(word.key == trigger for word in one.triggers)] if trigger in named else items
    first = first_day(reading)
    following = next_month(month)
    return {
        "reading": reading,
        "about": disclosure(reading),
        "shows": shows(reading),
        "month": month,
        "days": days(shown, comments(reading, month, last)),
        "triggers": sorted(named.values(), key=lambda word: word.name.casefold()),
        "trigger": trigger if trigger in named else "",
        "earlier": (month - ONE_DAY).replace(day=1) if first is not None and first < month else None,
        "later": following if following <= reading.today else None,
    }


def month_of(text: str, today: date) -> date:
    """The first day of the month in "2026-11", not after today's; today's month where there is none to read."""
    this = today.replace(day=1)
    try:
        return min(date.fromisoformat(f"{text}-01"), this)
    except ValueError:
        return this


def days(items: Iterable[Item], said: dict[Any, list[Opened]]) -> list[Day]:
    """Logs by day, latest first."""
    found: dict[date, Day] = {}
    for item in items:
        on = item.row.local_day
        found.setdefault(on, Day(on, [], said.get(on, []))).lines.append(Line(item, said.get(item.row.pk, [])))
    return list(found.values())


def comments(reading: Reading, first: date, last: date) -> dict[Any, list[Opened]]:
    """Comments by what they are about, the day or the id of an entry, oldest first. One query."""
    rows = Message.objects.for_grant(reading.grant).over(reading.connection_id).kept()
    rows = rows.filter(kind=Message.Kind.COMMENT, about_day__range=(first, last)).order_by("occurred_at", "pk")
    found: defaultdict[Any, list[Opened]] = defaultdict(list)
    for one in reading.grant.open(rows):
        found[one.about_id if one.about == Message.About.ENTRY else one.about_day].append(one)
    return found


def first_day(reading: Reading) -> date | None:
    """The first day of anything that is shown. One query."""
    rows = [model.objects.for_grant(reading.grant).order_by().values("person_id") for model in KEPT]
    firsts = [one.annotate(first=Min("local_day")).values_list("first", flat=True) for one in rows]
    return min(firsts[0].union(*firsts[1:], all=True), default=None)


def _named(items: Iterable[Item]) -> dict[str, Word]:
    """The triggers of a month by key."""
    return {word.key: word for item in items for word in item.triggers}
