"""After something was logged: one page that explains it and one goal step that works on it.

A page is never offered twice within seven days.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any

from accounts.grants import Grant
from accounts.owned import stamp
from accounts.writing import insert_once
from journal.models import Craving
from journal.words import TRIGGER, Words
from library.shelf import Shelf, shelf
from reading.models import Suggestion

PAUSE, YEAR = timedelta(days=7), timedelta(days=364)
# What a check-in itself can point to, as trigger codes: a low mood, a bad night.
LOW_MOOD, BAD_NIGHT = "T01", "T08"
GENERAL_PAGE, LAPSE_PAGE = "P13", "P24"
STRONG = 7


@dataclass(frozen=True)
class Card:
    """What the card shows: a page, a goal step, and why."""

    suggestion: Suggestion
    noted: str
    page: Any
    template: Any | None


def noted_keys(kind: str, row: Any, shelf_now: Shelf, strength: Mapping[str, float]) -> list[str]:
    """What was noted: the safety-relevant first, then what came with the strongest cravings."""
    if kind != "check-in":
        known = shelf_now.triggers
        return sorted(row.triggers, key=lambda key: (not (key in known and known[key].safety), -strength.get(key, 0.0)))
    codes = [LOW_MOOD] * (row.mood is not None and row.mood <= 2) + [BAD_NIGHT] * (row.sleep == 1)
    return [entry.slug for code in codes for entry in shelf_now.triggers.values() if entry.code == code]


def strength_of(grant: Grant, row: Any, today: date) -> Mapping[str, float]:
    """The mean intensity of the latest year's cravings with each of a row's triggers; asked only where there is a choice."""
    keys = getattr(row, "triggers", [])
    if len(keys) < 2:
        return {}
    return Craving.objects.for_grant(grant).kept().between(today - YEAR, today).strength_by_trigger(keys)


def candidates(
    kind: str, row: Any, shelf_now: Shelf, strength: Mapping[str, float] = MappingProxyType({})
) -> Iterator[tuple[str, Any]]:
    """Pairs of what was noted and a published page about it, best first; the page on craving comes last."""
    if kind == "use" and LAPSE_PAGE in shelf_now.pages:
        yield "", shelf_now.pages[LAPSE_PAGE]
    for key in noted_keys(kind, row, shelf_now, strength):
        trigger = shelf_now.triggers.get(key)
        if trigger is not None:
            yield from ((key, page) for page in shelf_now.pages_for_trigger(key))
        elif GENERAL_PAGE in shelf_now.pages:
            yield key, shelf_now.pages[GENERAL_PAGE]
    strong = kind == "craving" or (kind == "check-in" and (row.craving or 0) >= STRONG)
    if strong and GENERAL_PAGE in shelf_now.pages:
        yield "", shelf_now.pages[GENERAL_PAGE]


def offer(grant: Grant, person: Any, kind: str, row: Any, today: date, now) -> Suggestion | None:
    """The suggestion for a saved row: the one it already has, a fresh one, or none when all was shown lately."""
    mine = Suggestion.objects.for_grant(grant)
    recent = list(mine.since(today - PAUSE + timedelta(days=1)))
    for earlier in recent:
        if earlier.row_id == row.pk:
            return earlier
    shown = {earlier.page for earlier in recent}
    shelf_now = shelf()
    for key, page in candidates(kind, row, shelf_now, strength_of(grant, row, today)):
        if page.code not in shown:
            return _store(grant, person, row, key, page, shelf_now, now)
    return None


def card_for(suggestion: Suggestion | None, words: Words) -> Card | None:
    """The card of a suggestion; None when its page is no longer published."""
    if suggestion is None:
        return None
    shelf_now = shelf()
    page = shelf_now.pages.get(suggestion.page)
    word = words.of(TRIGGER).get(suggestion.noted)
    if page is None:
        return None
    return Card(suggestion, word.name if word else "", page, shelf_now.templates.get(suggestion.template))


def _store(grant: Grant, person: Any, row: Any, key: str, page: Any, shelf_now: Shelf, now) -> Suggestion:
    trigger = shelf_now.triggers.get(key)
    offered = [slug for slug in (trigger.templates if trigger else page.templates) if slug in shelf_now.templates]
    suggestion = Suggestion(
        person_id=grant.person_id, noted=key, page=page.code, template=offered[0] if offered else "", row_id=row.pk
    )
    stamp(suggestion, person, now)
    return insert_once(grant, suggestion, {}).row
