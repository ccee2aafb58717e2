"""A day's logs, merged in order."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from accounts.grants import Grant
from journal.finding import excerpt
from journal.models import CheckIn, Craving, Entry, Lapse
from journal.words import STRATEGY, TRIGGER, Word, Words


@dataclass(frozen=True)
class Item:
    """One log on a day. `is_earlier` marks a check-in that a later one of the day replaced."""

    kind: str
    row: Any
    excerpt: str
    triggers: list[Word]
    strategies: list[Word]
    is_earlier: bool = False


def day_items(grant: Grant, day: date, words: Words) -> list[Item]:
    """Everything logged on a local day, latest first. Four queries."""
    return items_between(grant, day, day, words)


def items_between(grant: Grant, first: date, last: date, words: Words) -> list[Item]:
    """Everything logged on some local days, latest first. Four queries, however many days."""
    span = (first, last)
    items = [
        *_check_ins(grant, span),
        *(_item("craving", row, words) for row in _rows(grant, Craving, span)),
        *(_item("use", row, words) for row in _rows(grant, Lapse, span)),
        *(_item("entry", row, words) for row in _rows(grant, Entry, span)),
    ]
    return sorted(items, key=lambda item: (item.row.local_day, item.row.occurred_at, item.row.created_at), reverse=True)


def _rows(grant: Grant, model, span: tuple[date, date]):
    return grant.open(model.objects.for_grant(grant).kept().between(*span).newest_first())


def _check_ins(grant: Grant, span: tuple[date, date]) -> list[Item]:
    found: list[Item] = []
    for row in _rows(grant, CheckIn, span):
        is_earlier = bool(found) and found[-1].row.local_day == row.local_day
        found.append(Item("check-in", row, row.note, [], [], is_earlier=is_earlier))
    return found


def _item(kind: str, row: Any, words: Words) -> Item:
    text = row.title or excerpt(row.words) if kind == "entry" else row.note
    done = words.named(STRATEGY, getattr(row, "strategies", []))
    return Item(kind, row, text, words.named(TRIGGER, row.triggers), done)
