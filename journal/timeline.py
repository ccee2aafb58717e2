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
    items = [
        *_check_ins(grant, day),
        *(_item("craving", row, words) for row in _rows(grant, Craving, day)),
        *(_item("use", row, words) for row in _rows(grant, Lapse, day)),
        *(_item("entry", row, words) for row in _rows(grant, Entry, day)),
    ]
    return sorted(items, key=lambda item: (item.row.occurred_at, item.row.created_at), reverse=True)


def _rows(grant: Grant, model, day: date):
    return grant.open(model.objects.for_grant(grant).kept().on_day(day).newest_first())


def _check_ins(grant: Grant, day: date) -> list[Item]:
    rows = _rows(grant, CheckIn, day)
    return [Item("check-in", row, row.note, [], [], is_earlier=place > 0) for place, row in enumerate(rows)]


def _item(kind: str, row: Any, words: Words) -> Item:
    text = row.title or excerpt(row.words) if kind == "entry" else row.note
    done = words.named(STRATEGY, getattr(row, "strategies", []))
    return Item(kind, row, text, words.named(TRIGGER, row.triggers), done)
