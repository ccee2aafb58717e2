"""Messages, comments, calls, lines for next time, proposals and notes: writing them once, and marking what was seen."""

import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from accounts.grants import Grant, Opened
from accounts.owned import Owned, stamp
from accounts.writing import Stale, Written, insert_once, lock_person, update
from care.models import AgendaLine, CaseNote, Message, Proposal

# What the other side or a later press of a button sets: a form that is sent twice must not differ in it.
CARRIED: Mapping[type[Owned], tuple[str, ...]] = {
    Message: ("read_at", "answered_at"),
    AgendaLine: ("done_at",),
    Proposal: ("answer", "answered_at", "became_id", "seen_at"),
    CaseNote: (),
}


def send(grant: Grant, whose: Any, message: Message, text: str, now: datetime) -> Written:
    """Keep a message of either side, once for its id. `whose` is the person it belongs to, with their clock."""
    return _keep(grant, whose, message, now, text=text)


def propose(grant: Grant, whose: Any, proposal: Proposal, title: str, why: str, now: datetime) -> Written:
    """Keep a counselor's proposal, once for its id."""
    return _keep(grant, whose, proposal, now, title=title, why=why)


def add_to_agenda(grant: Grant, person: Any, line: AgendaLine, text: str, now: datetime) -> Written:
    """Keep a line for next time, once for its id."""
    return _keep(grant, person, line, now, text=text)


def write_note(grant: Grant, author: Any, note: CaseNote, text: str, about_name: str, now: datetime) -> Written:
    """Keep a counselor's own note, sealed with the author's key."""
    return _keep(grant, author, note, now, text=text, about_name=about_name)


def reword(grant: Grant, row: Opened, version: int, text: str) -> Any | Stale:
    """Other words for a row of one's own; Stale where it was changed meanwhile, and then both texts are kept."""
    others = {name: said for name, said in row.words.items() if name != "text"}
    return update(grant, row.row, version, {"text": text, **others})


@transaction.atomic
def ask_for_call(grant: Grant, person: Any, message: Message, text: str, now: datetime) -> Message:
    """Ask for a call. One waits at a time; what is typed beside a call that waits already is sent as a message."""
    lock_person(grant.person_id)
    others = Message.objects.for_grant(grant).over(message.connection_id).open_calls().exclude(pk=message.pk)
    waiting = others.first()
    if waiting is not None:
        if not text:
            return waiting
        message.kind = Message.Kind.MESSAGE
    return send(grant, person, message, text, now).row


def take_back(grant: Grant, message: Message, now: datetime) -> bool:
    """A person's own message that nobody has opened, or a call that nobody has answered, into the bin. False where it is
    too late.
    """
    is_call = Q(kind=Message.Kind.CALL, answered_at=None)
    mine = Message.objects.for_grant(grant).kept().filter(is_call | ~Q(kind=Message.Kind.CALL) & Q(read_at=None))
    return bool(mine.filter(pk=message.pk, from_counselor=False).update(deleted_at=now))


def was_shown(grant: Grant, shown: Iterable[Any], now: datetime) -> None:
    """A page showed these messages: those of the other side are read. A call still waits for its answer.

    What was written while the page was made is not among them, and stays new.
    """
    unread = [one.pk for one in shown if one.read_at is None and one.from_counselor == grant.is_own]
    if unread:
        Message.objects.for_grant(grant).kept().filter(pk__in=unread, read_at=None).update(read_at=now)


def mark_call(grant: Grant, message_id: uuid.UUID, answered_at: datetime | None) -> None:
    """A call was answered; or, with None, it was not. Again is harmless: the first moment stays."""
    calls = Message.objects.for_grant(grant).kept().filter(pk=message_id, kind=Message.Kind.CALL)
    if answered_at is not None:
        calls = calls.filter(answered_at=None)
    calls.update(answered_at=answered_at)


def tick(grant: Grant, line: AgendaLine, moment: datetime | None) -> None:
    """Tick a line off, or take the tick back; a second tick leaves the first moment."""
    lines = AgendaLine.objects.for_grant(grant).filter(pk=line.pk)
    (lines if moment is None else lines.filter(done_at=None)).update(done_at=moment)


@transaction.atomic
def star(grant: Grant, person: Any, line: AgendaLine, text: str, now: datetime) -> AgendaLine:
    """Put an entry on the list, with or without words; the same entry with the same words stands there once."""
    lock_person(grant.person_id)
    others = AgendaLine.objects.for_grant(grant).over(line.connection_id).to_talk_about().filter(entry_id=line.entry_id)
    same = next((one for one in grant.open(others.exclude(pk=line.pk)) if one.text == text or not text), None)
    return same.row if same else add_to_agenda(grant, person, line, text, now).row


def _keep(grant: Grant, whose: Any, row: Any, now: datetime, **words: str) -> Written:
    row.person_id = grant.person_id
    stamp(row, whose, now)
    stored = type(row).objects.for_grant(grant).filter(pk=row.pk).first()
    if stored is not None:
        for name in CARRIED[type(row)]:
            setattr(row, name, getattr(stored, name))
    return insert_once(grant, row, words)
