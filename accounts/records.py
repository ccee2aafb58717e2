"""The append-only, hash-chained record of what was done with somebody's records."""

import hashlib
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.db import connection, transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from accounts.models import AccessRecord, DataKey, Person

# Clocks of two hosts differ a little; a line that would stand further behind the last one means a wrong clock.
CLOCK_SLACK = timedelta(minutes=2)


class ClockTrouble(RuntimeError):
    """The clock went back: a line would stand before the one it follows."""


@dataclass(frozen=True)
class Look:
    """Of a read: the page, the categories it opened, the days it reached over, and the consent it rests on."""

    page: str = ""
    categories: Sequence[str] = ()
    first_day: date | None = None
    last_day: date | None = None
    consent_id: uuid.UUID | None = None


NO_LOOK = Look()


@dataclass(frozen=True)
class Deed:
    """What is to be recorded: what was done with whose records, by whom."""

    action: str
    person_id: uuid.UUID
    by: uuid.UUID
    category: str = ""
    look: Look = NO_LOOK


def record(*, action: str, person_id: uuid.UUID, by: uuid.UUID, category: str = "", look: Look = NO_LOOK) -> AccessRecord:
    """Append one line to a person's chain. Runs inside the caller's transaction, so that no act goes unrecorded."""
    return record_all([Deed(action, person_id, by, category, look)])[0]


@transaction.atomic
def record_all(deeds: Iterable[Deed]) -> list[AccessRecord]:
    """Append a line for each deed, each to its person's chain: at most three queries, however many people.

    Raises ClockTrouble where a line would stand before the one it follows.
    """
    deeds = list(deeds)
    people = {deed.person_id for deed in deeds}
    _hold(people)
    last, now = _last_lines(people), timezone.now()  # the moment after waiting, not before it
    lines = []
    for deed in deeds:
        line = _next_line(deed, last.get(deed.person_id), now)
        last[deed.person_id] = Link(line.person_id, line.number, line.at, line.row_hash)
        lines.append(line)
    return AccessRecord.objects.bulk_create(lines)


def _hold(people: set[uuid.UUID]) -> None:
    """The key rows are the locks: two writers cannot take the same number. In one order, so that none waits in a circle."""
    if connection.features.has_select_for_update:  # SQLite's transaction holds the whole file already
        list(DataKey.objects.select_for_update().filter(person__among=people).order_by("person_id").values_list("person_id"))


class Link(NamedTuple):
    """The end of a person's chain: what the next line hangs on."""

    person_id: uuid.UUID
    number: int
    at: datetime
    row_hash: str


def _last_lines(people: set[uuid.UUID]) -> dict[uuid.UUID, Link]:
    theirs = AccessRecord.objects.filter(person_id=OuterRef("pk")).order_by("-number")
    newest = Person.objects.filter(pk__among=people).order_by().values_list(Subquery(theirs.values("pk")[:1]), flat=True)
    rows = AccessRecord.objects.filter(pk__in=newest).order_by()
    if len(people) == 1:
        rows = AccessRecord.objects.about(*people).reverse()[:1]
    return {row[0]: Link(*row) for row in rows.values_list(*Link._fields)}


def _next_line(deed: Deed, last: Link | None, now: datetime) -> AccessRecord:
    if last is not None and last.at > now + CLOCK_SLACK:
        if deed.by != deed.person_id:
            raise ClockTrouble
        now = last.at  # a wrong clock keeps others out; it never keeps a person from stopping or closing
    look = deed.look
    line = AccessRecord(
        person_id=deed.person_id,
        number=last.number + 1 if last else 1,
        actor_id=deed.by,
        action=deed.action,
        category=deed.category,
        at=now,
        page=look.page,
        categories=" ".join(look.categories),
        first_day=look.first_day,
        last_day=look.last_day,
        consent_id=look.consent_id,
        previous_hash=last.row_hash if last else "",
    )
    line.row_hash = chain_hash(line)
    return line


def chain_hash(line: AccessRecord) -> str:
    """SHA-256 over the previous hash and the line's own values; what a read adds counts where there is any."""
    parts = [line.previous_hash, line.person_id, line.number, line.actor_id, line.action, line.category]
    look = [line.page, line.categories, line.first_day, line.last_day, line.consent_id]
    text = "|".join([*map(str, parts), line.at.isoformat(), *(map(str, look) if any(look) else ())])
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class Break:
    """Where a chain does not hold."""

    person_id: uuid.UUID
    number: int


def broken_links() -> list[Break]:
    """Lines whose hash, number or link to the one before is wrong; empty is good."""
    breaks, previous = [], None
    for line in AccessRecord.objects.order_by("person_id", "number").iterator():
        if previous is None or previous.person_id != line.person_id:
            expected_number, expected_hash = 1, ""
        else:
            expected_number, expected_hash = previous.number + 1, previous.row_hash
        sound = line.row_hash == chain_hash(line)
        if not sound or (line.number, line.previous_hash) != (expected_number, expected_hash):
            breaks.append(Break(line.person_id, line.number))
        previous = line
    return breaks
