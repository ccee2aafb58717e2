"""Signing, making smaller, pausing, undoing and stopping: each holds the connection, so that no reading runs beside it."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.http import Http404

from accounts.days import ONE_DAY, day_begins
from accounts.grants import Category, Grant
from accounts.models import AccessRecord, Person
from accounts.records import Look, record
from care.locks import hold_everything_of, hold_for_change
from care.models import Connection, Consent, SharedEntry
from care.saying import last_day
from care.scopes import in_both, is_wider
from care.texts import TEXT_VERSION, Draft, signed_text, text_hash
from journal.models import Entry

Action = AccessRecord.Action
# Whoever was pressed into it has a moment to take it back, and nothing was seen yet (security rules, coercion).
DELAY = timedelta(minutes=10)
MOST_DAYS = 366


class ChangedMeanwhile(Exception):
    """The consent is not the one that the person had before their eyes."""


class TooShort(Exception):
    """The consent would be over before it begins."""


@dataclass(frozen=True)
class Wanted:
    """What a person decided: scopes, purpose, last day, and what they want to be called there."""

    scopes: Mapping[str, str]
    purpose: str
    ends_on: date
    shown_name: str


def mine(person_id: uuid.UUID, connection_id: object) -> Connection:
    """A person's own connection, with the counselor; raises Http404, the same for absent and for somebody else's."""
    rows = Connection.objects.filter(person_id=person_id).select_related("membership__organisation", "person__data_key")
    connection = rows.filter(pk=connection_id).first()
    if connection is None:
        raise Http404
    return connection


def current(connection_id: uuid.UUID, now: datetime) -> Consent | None:
    """The consent in force over a connection."""
    return Consent.objects.in_force(now).filter(connection_id=connection_id).order_by("-signed_at").first()


def pending(connection_id: uuid.UUID, now: datetime) -> Consent | None:
    """The consent that was signed and has not begun."""
    return Consent.objects.still_to_begin(now).filter(connection_id=connection_id).order_by("-signed_at").first()


def is_alive(connection_id: uuid.UUID, now: datetime) -> bool:
    """Whether something is signed over a connection that counts, now or soon."""
    return bool(_alive(connection_id, now).exists())


def ends_at(last: date, person: Any) -> datetime:
    """The first moment after a person's day `last`."""
    return day_begins(last + ONE_DAY, person.tz, person.day_start)


def widens(now_open: Consent | None, wanted: Wanted, person: Any) -> bool:
    """Whether signing this needs a fresh login and begins later: it opens more, or for longer, or anything at all."""
    if now_open is None:
        return True
    return is_wider(wanted.scopes, now_open.scopes) or ends_at(wanted.ends_on, person) > now_open.ends_at


def drafted(grant: Grant, person: Person, connection: Connection, wanted: Wanted, now: datetime, starts: datetime) -> Consent:
    """The consent as it would be signed at `now`, with its text, not stored: a preview shows exactly what signing keeps."""
    draft = Draft(
        wanted.shown_name, connection.membership, wanted.scopes, wanted.purpose, wanted.ends_on, signed_at=now, tz=person.tz
    )
    text = signed_text(draft)
    consent = Consent(
        connection=connection,
        person=person,
        scopes=dict(wanted.scopes),
        purpose=wanted.purpose,
        text_version=TEXT_VERSION,
        text_hash=text_hash(text),
        signed_at=now,
        starts_at=starts,
        ends_at=ends_at(wanted.ends_on, person),
    )
    grant.seal(consent, shown_name=wanted.shown_name, signed_text=text)
    return consent


@transaction.atomic
def sign(grant: Grant, person: Person, connection_id: uuid.UUID, wanted: Wanted, basis: str, now: datetime) -> Consent:
    """Sign a consent. What it opens beyond the one in force begins in ten minutes; what it leaves out closes at once. `basis` is
    the id of the consent that the person saw ("" for none); raises ChangedMeanwhile where another stands there, and TooShort.
    """
    connection = hold_for_change(mine(person.pk, connection_id).pk)
    now_open, alive = current(connection.pk, now), list(_alive(connection.pk, now))
    if basis != (str(now_open.pk) if now_open else ""):
        raise ChangedMeanwhile
    is_more = widens(now_open, wanted, person)
    consent = drafted(grant, person, connection, wanted, now, now + DELAY if is_more else now)
    if consent.ends_at <= consent.starts_at:
        raise TooShort
    consent.paused_at = next((one.paused_at for one in alive if one.paused_at), None)
    if Category.ENTRIES not in wanted.scopes or not _has_place_for_entries(alive):
        _hide_all(connection.pk, now)  # an entry chosen for an earlier consent is not shown by this one
    taken_back = _take_back_pending(connection.pk, now)
    if now_open is not None:
        _make_way(grant, now_open, consent, wanted, now)
    consent.save(force_insert=True)
    Connection.objects.filter(pk=connection.pk).update(answered_at=now)
    _told(Action.CONSENTED if is_more else _not_more(consent, now_open, taken_back), consent)
    return consent


@transaction.atomic
def undo(person: Person, connection_id: uuid.UUID, now: datetime) -> bool:
    """Take back what was signed and has not begun; what was in force beside it goes on. False where nothing was left to undo."""
    connection = hold_for_change(mine(person.pk, connection_id).pk)
    taken_back = _take_back_pending(connection.pk, now)
    for consent in taken_back:
        _told(Action.UNDONE, consent)
    if not _has_place_for_entries(_alive(connection.pk, now)):
        _hide_all(connection.pk, now)
    return bool(taken_back)


@transaction.atomic
def pause(person: Person, connection_id: uuid.UUID, now: datetime, *, goes_on: bool = False) -> None:
    """Pause, or let it go on; again is harmless. To the counselor a pause looks like a person without entries."""
    connection = hold_for_change(mine(person.pk, connection_id).pk)
    alive = list(_alive(connection.pk, now).filter(paused_at__isnull=not goes_on))
    _not_taken_back(connection.pk).update(paused_at=None if goes_on else now)
    for consent in alive:
        _told(Action.RESUMED if goes_on else Action.PAUSED, consent)


@transaction.atomic
def stop(person: Person, connection_id: uuid.UUID, now: datetime) -> None:
    """Stop all sharing over a connection, from the next query on; again is harmless."""
    connection = hold_for_change(mine(person.pk, connection_id).pk)
    alive = list(_alive(connection.pk, now))
    _not_taken_back(connection.pk).update(revoked_at=now)
    for consent in alive:
        _told(Action.REVOKED, consent)
    _hide_all(connection.pk, now)
    Connection.objects.filter(pk=connection.pk, answered_at=None).update(answered_at=now)


@transaction.atomic
def show_entry(grant: Grant, person: Person, connection_id: uuid.UUID, entry_id: object, now: datetime) -> bool:
    """Show one journal entry; False where the consent in force has no place for entries. Raises Http404."""
    connection = hold_for_change(mine(person.pk, connection_id).pk)
    entry = Entry.objects.for_grant(grant).kept().one(entry_id)
    if not _has_place_for_entries(_alive(connection.pk, now)):
        return False
    if not SharedEntry.objects.now_shared(connection.pk).filter(entry_id=entry.pk).exists():
        SharedEntry.objects.create(connection=connection, entry=entry, shared_at=now)
    return True


@transaction.atomic
def hide_entry(person: Person, connection_id: uuid.UUID, entry_id: object, now: datetime) -> None:
    """Show an entry no longer; again is harmless."""
    connection = hold_for_change(mine(person.pk, connection_id).pk)
    SharedEntry.objects.now_shared(connection.pk).filter(entry_id=entry_id).update(ended_at=now)


@transaction.atomic
def stop_everything_of(person: Person, now: datetime) -> None:
    """Before an account is closed: every sharing of this person ends, so that no reading is under way."""
    for connection_id in hold_everything_of(person.pk):
        stop(person, connection_id, now)


def _not_more(new: Consent, old: Consent | None, taken_back: list[Consent]) -> str:
    """What the record calls a signing that opens nothing more. What waited to begin opened more: without it, that is less."""
    is_same = old is not None and (new.scopes, new.ends_at) == (old.scopes, old.ends_at)
    return Action.CHANGED if is_same and not taken_back else Action.NARROWED


def _make_way(grant: Grant, old: Consent, new: Consent, wanted: Wanted, now: datetime) -> None:
    """End the consent in force when the new one begins; what the new one leaves out, at once."""
    rest, begins = in_both(new.scopes, old.scopes), new.starts_at
    if begins > now and rest == old.scopes:
        Consent.objects.filter(pk=old.pk).update(replaced_at=begins)
        return
    # Taken back and not only replaced: then no clock that goes back a little opens it again.
    Consent.objects.filter(pk=old.pk).update(replaced_at=now)
    _not_taken_back(old.connection_id).update(revoked_at=now)
    if begins > now:
        _keep_rest(grant, old, new, replace(wanted, scopes=rest), now)


def _keep_rest(grant: Grant, old: Consent, new: Consent, rest: Wanted, now: datetime) -> None:
    """Until the new consent begins, what both open goes on, for what the old one was for and no longer than that one."""
    # The days are cut before the text is written, so that the text names exactly what the row opens.
    rest = replace(rest, purpose=old.purpose, ends_on=min(rest.ends_on, last_day(old, new.person)))
    until_then = drafted(grant, new.person, new.connection, rest, now, now)
    if not rest.scopes or until_then.ends_at <= now:
        _told(Action.REVOKED, old)
        return
    until_then.replaced_at, until_then.paused_at = new.starts_at, new.paused_at
    until_then.save(force_insert=True)
    _told(Action.NARROWED, until_then)


def _not_taken_back(connection_id: uuid.UUID) -> Any:
    """Every consent that a person did not take back, also those that have ended: by another clock they may not have."""
    return Consent.objects.filter(connection_id=connection_id, revoked_at=None)


def _has_place_for_entries(consents: Iterable[Consent]) -> bool:
    return any(Category.ENTRIES in consent.scopes for consent in consents)


def _alive(connection_id: uuid.UUID, now: datetime) -> Any:
    return Consent.objects.filter(connection_id=connection_id, revoked_at=None, ends_at__gt=now, replaced_at=None) | (
        Consent.objects.filter(connection_id=connection_id, revoked_at=None, ends_at__gt=now, replaced_at__gt=now)
    )


def _take_back_pending(connection_id: uuid.UUID, now: datetime) -> list[Consent]:
    found = list(Consent.objects.still_to_begin(now).filter(connection_id=connection_id))
    Consent.objects.filter(pk__in=[one.pk for one in found]).update(revoked_at=now)
    if found:  # what they would have replaced stays
        Consent.objects.filter(connection_id=connection_id, replaced_at__gt=now).update(replaced_at=None)
    return found


def _hide_all(connection_id: uuid.UUID, now: datetime) -> None:
    SharedEntry.objects.now_shared(connection_id).update(ended_at=now)


def _told(action: str, consent: Consent) -> None:
    look = Look(categories=sorted(consent.scopes), consent_id=consent.pk)
    record(action=action, person_id=consent.person_id, by=consent.person_id, look=look)
