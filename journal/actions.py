"""Saving, changing and removing logs: each verb is one transaction."""

import uuid
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from accounts.days import wall_clock
from accounts.grants import Grant
from accounts.ids import new_id
from accounts.owned import move, stamp
from accounts.writing import Stale, State, Written, insert_once, locked, update
from journal.models import Craving, Draft, Entry, OwnWord, PlanLine, Since, Tagged, Tagging
from journal.words import STRATEGY, TRIGGER


@transaction.atomic
def save_new(grant: Grant, row: Any, person: Any, moment: datetime, words: Mapping[str, str]) -> Written:
    """Store a new log of any kind once; see accounts.writing for what "once" means."""
    row.person_id = grant.person_id
    stamp(row, person, moment)
    written = insert_once(grant, row, words)
    if written.state != State.SAME and isinstance(row, Tagged):
        _index(written.row)
    return written


@transaction.atomic
def save_entry(grant: Grant, entry: Entry, person: Any, moment: datetime, words: Mapping[str, str]) -> Written:
    """Store an entry, and let go of the draft it grew from."""
    written = save_new(grant, entry, person, moment, words)
    Draft.objects.for_grant(grant).filter(pk=entry.pk).delete()
    return written


@transaction.atomic
def change(grant: Grant, row: Any, *, version: int, moment: datetime, words: Mapping[str, str], **values: Any) -> Any | Stale:
    """Write an edit; Stale when the row changed meanwhile, and then both texts are kept."""
    if _minute(moment, row.tz) != _minute(row.occurred_at, row.tz):
        move(row, moment)
    result: Any = update(grant, row, version, words, occurred_at=row.occurred_at, local_day=row.local_day, **values)
    if isinstance(row, Tagged):
        _index(result.kept if isinstance(result, Stale) else result)
    return result


def own_word(grant: Grant, person: Any, kind: OwnWord.Kind, name: str, now: datetime) -> str:
    """The key of a word in the person's own words: the one they have with this name, or a new one."""
    return locked(grant, lambda: _same_word(grant, kind, name) or _new_word(grant, person, kind, name, now))


@transaction.atomic
def keep_draft(grant: Grant, draft_id, person: Any, text: str, now: datetime) -> Draft:
    """Store unsaved writing, sealed; the latest text of an entry replaces the one before."""
    draft = Draft(pk=draft_id, person_id=grant.person_id)
    stamp(draft, person, now)
    grant.seal(draft, fields=text)
    mine = Draft.objects.for_grant(grant).filter(pk=draft_id)
    if not mine.update(fields=draft.fields, updated_at=now):
        draft.save(force_insert=True)
    return draft


def _index(row: Tagged) -> None:
    parent = {"craving": row} if isinstance(row, Craving) else {"entry": row}
    if row.version > 1:
        Tagging.objects.filter(**parent).delete()
    pairs = [(TRIGGER, key) for key in row.triggers] + [(STRATEGY, key) for key in getattr(row, "strategies", [])]
    Tagging.objects.bulk_create(
        Tagging(id=new_id(), person_id=row.person_id, kind=kind, key=key, **parent) for kind, key in pairs
    )


def _same_word(grant: Grant, kind: OwnWord.Kind, name: str) -> str | None:
    mine: Iterable = grant.open(OwnWord.objects.for_grant(grant).filter(kind=kind))
    wanted = name.casefold()
    return next((str(word.pk) for word in mine if word.name.casefold() == wanted), None)


def _new_word(grant: Grant, person: Any, kind: OwnWord.Kind, name: str, now: datetime) -> str:
    word = OwnWord(person_id=grant.person_id, kind=kind)
    stamp(word, person, now)
    return str(insert_once(grant, word, {"name": name}).row.pk)


def _minute(moment: datetime, tz: str) -> str:
    return f"{wall_clock(moment, tz):%Y-%m-%d %H:%M}"


@transaction.atomic
def move_line(grant: Grant, line: PlanLine, by: int) -> None:
    """Change places with the neighbour above (-1) or below (1); at an end nothing happens."""
    mine = PlanLine.objects.for_grant(grant)
    ids = list(mine.kept().of_part(line.part).values_list("pk", flat=True))
    place = ids.index(line.pk)
    if 0 <= place + by < len(ids):
        ids[place], ids[place + by] = ids[place + by], ids[place]
    for position, row_id in enumerate(ids):
        mine.filter(pk=row_id).exclude(position=position).update(position=position)


def move_since(grant: Grant, row: Since, act: str, today: date) -> None:
    """Let a line rest, go on, end or stand on Today. Its first day never changes; again is harmless."""
    day = max(today, row.start_on)
    changes: dict[str, dict[str, Any]] = {
        "pause": {"paused_on": day},
        "go-on": {"paused_on": None, "ended_on": None},
        "end": {"ended_on": row.paused_on or day},
        "show": {"on_today": True},
        "hide": {"on_today": False},
    }
    Since.objects.for_grant(grant).filter(pk=row.pk).update(**changes[act])


@transaction.atomic
def since_after_lapse(grant: Grant, person: Any, row: Since, answer: str, today: date, now: datetime) -> None:
    """What a person wants a line to do after a return to use: "pause", or "new" beside the old one; anything else keeps it."""
    if answer == "pause":
        move_since(grant, row, "pause", today)
    elif answer == "new":
        name = grant.open_one(row).name
        move_since(grant, row, "end", today)
        fresh = Since(pk=uuid.uuid5(row.pk, f"after {today}"), start_on=today, on_today=row.on_today)
        save_new(grant, fresh, person, now, {"name": name})
