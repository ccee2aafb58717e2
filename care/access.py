"""The one road from a counselor to a person's records.

A view stays inside `with read(...)` until its answer is whole: the connection is held there, so that no reading goes on after a
revocation was stored, and the read is recorded in the same transaction. Whatever is unknown, missing, late or broken
is refused, and refused looks like absent: the same 404.
"""

import logging
import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property, lru_cache, partial
from typing import TypeVar

from django.db import transaction
from django.http import Http404
from django.utils import timezone

from accounts.days import local_day
from accounts.grants import Category, Grant
from accounts.models import AccessRecord, Person
from accounts.records import Deed, Look, record, record_all
from care.in_force import Standing, Whose, over_all, over_one
from care.locks import hold_all_for_reading, hold_for_reading
from care.models import Connection, Consent, Membership, SharedEntry
from care.opening import spans_for
from care.texts import is_complete

PURPOSE = "care"
Action = AccessRecord.Action
Answer = TypeVar("Answer")
logger = logging.getLogger("daybook.care")


class Refused(Exception):
    """Somebody may not look."""


@dataclass
class Looked:
    """What a read reached over; its page says so while it reads."""

    first_day: date | None = None
    last_day: date | None = None

    def over(self, first: date, last: date) -> None:
        """Days that were looked at, beside those already told."""
        self.first_day, self.last_day = min(first, self.first_day or first), max(last, self.last_day or last)


@dataclass(frozen=True)
class Reading:
    """Leave to look, as it is at this moment. `is_paused` opens nothing and looks like a person without entries."""

    connection_id: uuid.UUID
    membership: Membership
    whose: Whose
    grant: Grant
    consent: Consent
    now: datetime
    is_paused: bool = False
    is_preview: bool = False
    # Whether the reader is an organisation's admin too.
    also_admin: bool = False
    looked: Looked = field(default_factory=Looked)

    @cached_property
    def today(self) -> date:
        """The person's local day."""
        return local_day(self.now, self.whose.tz, self.whose.day_start)

    @property
    def name(self) -> str:
        """What the person wants to be called here."""
        return self.grant.open_word(self.consent, "shown_name") if self.grant.span(Category.CONTACT) else ""

    def shows(self, category: Category) -> bool:
        """Whether a page has a place for this category: the consent names it. In a pause the place is there, and empty."""
        return category in self.consent.scopes


@contextmanager
def read(
    reader: Person, connection_id: uuid.UUID, page: str, wanted: Iterable[Category] = (), *, action: str = Action.READ
) -> Iterator[Reading]:
    """Open what `wanted` and the consent have in common, for one page; recorded as `action` when the block ends. Raises Http404
    where anything speaks against it or the block finds nothing, and records either in the person's own record.
    """
    try:
        with transaction.atomic():
            reading = _surely(lambda: _decide(reader, connection_id, frozenset(wanted)))
            yield reading
            _surely(lambda: _tell(reader, page, [reading], action))
    except Refused:
        _tell_refusal(reader, connection_id, Look(page))
        raise Http404 from None
    except Http404:
        _tell_refusal(reader, connection_id, _found_nothing(page, reading))
        raise Http404 from None


@contextmanager
def wait(reader: Person, connection_id: uuid.UUID, page: str) -> Iterator[Reading]:
    """Decide as `read` does, for somebody who waits for a report or asks for one: nothing of the person's is opened but what they
    write to each other, and nothing of that is shown, so that only a refusal is recorded. Raises Http404.
    """
    try:
        with transaction.atomic():
            reading = _surely(lambda: _decide(reader, connection_id, frozenset()))
            yield reading
    except Refused:
        _tell_refusal(reader, connection_id, Look(page))
        raise Http404 from None
    except Http404:
        _tell_refusal(reader, connection_id, _found_nothing(page, reading))
        raise Http404 from None


@contextmanager
def read_many(reader: Person, page: str, wanted: Iterable[Category]) -> Iterator[list[Reading]]:
    """Everybody who shares something with this reader, recorded for each of them in one write. What is doubtful is left out, and
    recorded as refused; raises Http404 where nothing can be decided or recorded.
    """
    try:
        with transaction.atomic():
            readings, doubtful = _surely(lambda: _decide_all(reader, frozenset(wanted)))
            yield readings
            _surely(lambda: _tell(reader, page, readings, Action.READ, doubtful))
    except Refused:
        raise Http404 from None


def preview(
    person: Person,
    connection: Connection,
    consent: Consent,
    entries: Iterable[uuid.UUID],
    now: datetime,
    wanted: Iterable[Category],
) -> Reading:
    """What the counselor of `connection` would see by `consent` on a page that asks for `wanted`, for its own person: the same
    reading, not recorded.
    """
    reader_id = connection.membership.person_id or uuid.UUID(int=0)
    spans, is_paused = spans_for(consent, entries, frozenset(wanted)), consent.paused_at is not None
    grant = Grant(reader_id, person.pk, PURPOSE, spans, bytes(person.data_key.wrapped))
    return Reading(connection.pk, connection.membership, _whose(person), grant, consent, now, is_paused, is_preview=True)


def _decide(reader: Person, connection_id: uuid.UUID, wanted: frozenset[Category]) -> Reading:
    hold_for_reading(connection_id)
    now = timezone.now()
    found = over_one(reader, connection_id, now)
    if len(found) != 1:
        raise Refused("no consent in force")
    return _reading(reader, found[0], wanted, now, _entries(found, wanted))


def _decide_all(reader: Person, wanted: frozenset[Category]) -> tuple[list[Reading], list[Consent]]:
    """The readings, and the consents in force that no reading could be made of."""
    held = hold_all_for_reading(reader.pk)
    now = timezone.now()
    found = over_all(reader, held, now)
    entries = _entries(found, wanted)
    answers = [(one.consent, _or_none(partial(_reading, reader, one, wanted, now, entries))) for one in found]
    return [answer for _, answer in answers if answer], [consent for consent, answer in answers if not answer]


def _entries(found: Iterable[Standing], wanted: frozenset[Category]) -> dict[uuid.UUID, list[uuid.UUID]]:
    """The entries shared one by one, by connection; no query where nobody shares any."""
    consents = [one.consent for one in found] if Category.ENTRIES in wanted else []
    connections = [one.connection_id for one in consents if Category.ENTRIES in one.scopes]
    shown: dict[uuid.UUID, list[uuid.UUID]] = {}
    if connections:
        rows = SharedEntry.objects.filter(connection__among=connections, ended_at=None)
        for connection_id, entry_id in rows.values_list("connection_id", "entry_id"):
            shown.setdefault(connection_id, []).append(entry_id)
    return shown


def _reading(reader: Person, found: Standing, wanted: frozenset[Category], now: datetime, entries: dict) -> Reading:
    consent, whose = found.consent, found.whose
    if not (is_complete(consent, found.membership) and consent.signed_at <= now and whose.id == found.connected_id):
        raise Refused("deficient")
    spans, is_paused = spans_for(consent, entries.get(consent.connection_id, ()), wanted), consent.paused_at is not None
    grant = Grant(reader.pk, whose.id, PURPOSE, spans, found.wrapped_key)
    return Reading(consent.connection_id, found.membership, whose, grant, consent, now, is_paused, also_admin=found.also_admin)


def _whose(person: Person) -> Whose:
    return Whose(person.pk, person.tz, person.day_start, person.lapse_word, person.country)


def _tell(reader: Person, page: str, readings: Iterable[Reading], action: str, doubtful: Iterable[Consent] = ()) -> None:
    read_ones = [Deed(action, one.whose.id, reader.pk, look=_look(page, one)) for one in readings]
    refused = [Deed(Action.REFUSED, one.person_id, reader.pk, look=Look(page, consent_id=one.pk)) for one in doubtful]
    record_all([*read_ones, *refused])


def _look(page: str, reading: Reading) -> Look:
    looked = reading.looked
    return Look(page, _names(frozenset(reading.grant.spans)), looked.first_day, looked.last_day, reading.consent.pk)


@lru_cache(maxsize=512)
def _names(opened: frozenset[Category]) -> tuple[str, ...]:
    """Categories by the words that a record is written with, in one order."""
    return tuple(sorted(map(str, opened)))


def _found_nothing(page: str, reading: Reading) -> Look:
    """Of somebody who may look, and asked for what is not shown or gone: that is no attempt to look without leave."""
    return Look(page, _names(frozenset(reading.grant.spans)), consent_id=reading.consent.pk)


def _tell_refusal(reader: Person, connection_id: uuid.UUID, look: Look) -> None:
    """Tell it in the record of the one whose connection it is; where there is none, nobody was concerned."""
    person_id = Connection.objects.filter(pk=connection_id).values_list("person_id", flat=True).first()
    if person_id is not None:
        record(action=Action.REFUSED, person_id=person_id, by=reader.pk, look=look)


def _surely(step: Callable[[], Answer]) -> Answer:
    """The step's answer; whatever goes wrong in it is a refusal. Never its text: it could hold what must not be logged."""
    try:
        return step()
    except Refused:
        raise
    except Exception as error:
        logger.error("the door refused after %s", type(error).__name__)
        raise Refused("fault") from None


def _or_none(step: Callable[[], Answer]) -> Answer | None:
    try:
        return step()
    except Exception:
        return None
