"""Writing a made-up diary fast: the same rows as the forms make, in bulk."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from accounts.days import NoSuchTime, resolve
from accounts.grants import Grant
from accounts.ids import new_id
from accounts.models import Person
from accounts.owned import stamp
from journal.kinds import model_of
from journal.models import Tagging
from journal.seed import STRATEGIES, TRIGGERS, Diary, Log
from journal.words import STRATEGY, TRIGGER
from library.shelf import shelf

BATCH = 100


@dataclass
class Ask:
    """What `Grant.own` needs of a request, for the owner of made-up rows."""

    user: Any


def diary_of(person: Person) -> Diary:
    """A diary with words that the library has."""
    shelf_now = shelf()
    triggers = [slug for slug in TRIGGERS if slug in shelf_now.triggers] or list(shelf_now.triggers)[:9]
    strategies = [slug for slug in STRATEGIES if slug in shelf_now.strategies] or list(shelf_now.strategies)[:6]
    return Diary(person.username, triggers, strategies)


def owner_grant(person: Person) -> Grant:
    """The own grant of somebody made up."""
    return Grant.own(Ask(Person.objects.select_related("data_key").get(pk=person.pk)))  # type: ignore[arg-type]


def write_diary(person: Person, diary: Diary, first: date, last: date, tell: Callable[[], None]) -> int:
    """Store a diary's logs sealed; `tell` is called after each batch. Returns how many logs."""
    grant = owner_grant(person)
    batch: list[Log] = []
    written = 0
    for log in diary.logs(first, last):
        batch.append(log)
        if len(batch) == BATCH:
            written += _write(grant, person, batch)
            batch = []
            tell()
    return written + _write(grant, person, batch)


@transaction.atomic
def _write(grant: Grant, person: Person, logs: Iterable[Log]) -> int:
    rows: dict[str, list[Any]] = {}
    for log in logs:
        row = _row(grant, person, log)
        if row is not None:
            rows.setdefault(log.kind, []).append(row)
    for kind, same in rows.items():
        model_of(kind).objects.for_grant(grant).bulk_create(same)
        if kind != "check-in":
            Tagging.objects.bulk_create(tag for row in same for tag in _tags(kind, row))
    return sum(map(len, rows.values()))


def _row(grant: Grant, person: Person, log: Log) -> Any | None:
    try:
        moment = resolve(log.day, log.at, person.tz)
    except NoSuchTime:
        return None
    row = model_of(log.kind)(person_id=person.pk, **log.values)
    stamp(row, person, moment)
    row.created_at = row.updated_at = moment
    grant.seal(row, **log.words)
    return row


def _tags(kind: str, row: Any) -> Iterable[Tagging]:
    pairs = [(TRIGGER, key) for key in row.triggers] + [(STRATEGY, key) for key in getattr(row, "strategies", [])]
    return [Tagging(id=new_id(), person_id=row.person_id, kind=k, key=key, **{kind: row}) for k, key in pairs]
