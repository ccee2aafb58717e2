"""A person's own words for reports: saying, changing and removing them. One stands at a time, and no text is ever written over
without its writer having seen it.
"""

import uuid
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db import transaction

from accounts.grants import Grant
from accounts.owned import stamp
from accounts.writing import insert_once, into_bin, keep_both, lock_person, out_of_bin, update
from care.models import Statement


class Became(StrEnum):
    """What became of what was sent."""

    SAVED = "saved"
    REMOVED = "removed"
    ASIDE = "aside"
    CHANGED = "changed"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Said:
    """What became of it, and the row that it is about, if there is one."""

    became: Became
    row: Statement | None = None


@transaction.atomic
def say(grant: Grant, person: Any, typed: Statement, version: int, text: str, now: datetime) -> Said:
    """Let `text` stand. `typed` has the id that the form began with, `version` the one it had then; 0 means that nothing stood.
    Where something else stands by now, that stays, and what was sent is kept in the bin; an empty text removes nothing then.
    """
    lock_person(grant.person_id)
    stands = _standing(grant, typed.connection_id)
    if stands is not None and grant.open_one(stands).text == text:
        return Said(Became.SAVED, stands)
    was_seen = version == 0 if stands is None else (stands.pk, stands.version) == (typed.pk, version)
    if not text:
        return _remove(grant, stands, was_seen=was_seen)
    if not was_seen:
        return Said(Became.ASIDE, _put_aside(grant, person, typed, text, now))
    if stands is None:
        return Said(Became.SAVED, _begin(grant, person, typed, text, now))
    return Said(Became.SAVED, _change(grant, stands, version, text))


@transaction.atomic
def remove(grant: Grant, row: Statement, version: str) -> Said:
    """Take words away that were seen as they stand; others stay. `version` is the one that the page showed. Again is harmless."""
    lock_person(grant.person_id)
    stands = _standing(grant, row.connection_id)
    if stands is None or (stands.pk == row.pk and str(stands.version) == version):
        return _remove(grant, stands, was_seen=True) if stands else Said(Became.REMOVED, row)
    return Said(Became.CHANGED, stands)


@transaction.atomic
def put_back(grant: Grant, statement_id: uuid.UUID) -> Statement:
    """Let words from the bin stand; what stood in their place goes into the bin. Again is harmless. Raises Http404."""
    lock_person(grant.person_id)
    wanted = Statement.objects.for_grant(grant).one(statement_id)
    stands = _standing(grant, wanted.connection_id)
    if stands is not None and stands.pk != wanted.pk:
        into_bin(grant, stands)
    out_of_bin(grant, wanted)
    return wanted


def _standing(grant: Grant, connection_id: uuid.UUID) -> Statement | None:
    return Statement.objects.for_grant(grant).standing(connection_id)


def _remove(grant: Grant, stands: Statement | None, *, was_seen: bool) -> Said:
    if stands is None:
        return Said(Became.NOTHING)
    if not was_seen:
        return Said(Became.CHANGED, stands)
    into_bin(grant, stands)
    return Said(Became.REMOVED, stands)


def _begin(grant: Grant, person: Any, typed: Statement, text: str, now: datetime) -> Statement:
    row = insert_once(grant, _stamped(grant, person, typed, now), {"text": text}).row
    if row.is_binned:  # the same form once more, after its words were removed
        out_of_bin(grant, row)
    return row


def _change(grant: Grant, stands: Statement, version: int, text: str) -> Any:
    return update(grant, stands, version, {"text": text})


def _put_aside(grant: Grant, person: Any, typed: Statement, text: str, now: datetime) -> Statement:
    row = _stamped(grant, person, typed, now)
    row.deleted_at = now
    return keep_both(grant, row, {"text": text}).row


def _stamped(grant: Grant, person: Any, row: Statement, now: datetime) -> Statement:
    row.person_id = grant.person_id
    stamp(row, person, now)
    return row
