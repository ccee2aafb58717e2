"""Writing owned rows so that nothing acknowledged is lost: once for each id, and never over somebody's newer words."""

import hashlib
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

from django.db import IntegrityError, models, transaction
from django.http import Http404
from django.utils import timezone

from accounts.grants import Grant, Opened, sealed_fields
from accounts.owned import Owned

# What makes two submissions "the same content": everything a person typed or chose, nothing the server adds.
SERVER_FIELDS = {"id", "person", "created_at", "updated_at", "version", "deleted_at", "tz", "day_start", "local_day"}
# A row written "now" gets another moment each time it is sent; that alone does not make it different.
NOW_SLACK = timedelta(minutes=3)


class State(StrEnum):
    """What became of a submission."""

    NEW = "new"
    SAME = "same"
    BOTH = "both"


@dataclass(frozen=True)
class Written:
    """The stored row, and what became of the submission."""

    row: Any
    state: State


@dataclass(frozen=True)
class Stale:
    """An edit that came after another: the row as it is now, and the second text, kept as a row of its own."""

    stored: Any
    kept: Any


def insert_once(grant: Grant, row: Owned, words: Mapping[str, str]) -> Written:
    """Insert `row` with its words. The same id again with the same content gives the stored row, with other content keeps
    both. Raises Http404 when the id belongs to somebody else: the ordinary "not saved", without a hint.
    """
    grant.seal(row, **words)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        if not type(row)._base_manager.filter(pk=row.pk).exists():
            raise
        return _seen_before(grant, row, words)
    return Written(row, State.NEW)


def update(grant: Grant, row: Owned, version: int, words: Mapping[str, str], **changes: Any) -> Owned | Stale:
    """Write changes where `version` is still the stored one; otherwise keep the new text beside the old."""
    for name, value in changes.items():
        setattr(row, name, value)
    grant.seal(row, **words)
    names = [*changes, *words]
    fresh = {name: getattr(row, name) for name in names}
    fresh |= {"version": models.F("version") + 1, "updated_at": timezone.now()}
    mine = type(row).objects.for_grant(grant)
    if mine.filter(pk=row.pk, version=version).update(**fresh):
        row.version = version + 1
        return row
    stored = mine.one(row.pk)
    if _says_the_same(grant, row, words, stored, with_time=True):
        return stored  # the same edit, sent twice
    return Stale(stored=stored, kept=keep_both(grant, row, words).row)


def keep_both(grant: Grant, row: Owned, words: Mapping[str, str]) -> Written:
    """Store a second text under an id made from its content, so that trying again makes no third row."""
    twin = type(row)(**_plain_values(row))
    twin.pk, twin.version = uuid.uuid5(row.pk, fingerprint(row, words, with_time=not is_now(row))), 1
    return insert_once(grant, twin, words)


def is_now(row: Owned) -> bool:
    """Whether a submitted row means this moment."""
    return abs(timezone.now() - row.occurred_at) <= NOW_SLACK


def fingerprint(row: Owned, words: Mapping[str, str], *, with_time: bool) -> str:
    """A hash of what was typed and chosen, to tell a repeated submission from a different one."""
    left_out = SERVER_FIELDS if with_time else SERVER_FIELDS | {"occurred_at"}
    plain = sorted((name, str(value)) for name, value in _plain_values(row).items() if name not in left_out)
    typed = sorted((name, text) for name, text in words.items() if text)
    return hashlib.sha256(repr((plain, typed)).encode()).hexdigest()


def into_bin(grant: Grant, row: Owned) -> None:
    """Put a row into the bin; again is harmless."""
    _mark(grant, row, timezone.now())


def out_of_bin(grant: Grant, row: Owned) -> None:
    """Take a row out of the bin; again is harmless."""
    _mark(grant, row, None)


def locked(grant: Grant, act: Callable[[], Any]) -> Any:
    """Run `act` in a transaction that holds the person's lock, for rules over several of their rows."""
    with transaction.atomic():
        lock_person(grant.person_id)
        return act()


def lock_person(person_id: uuid.UUID) -> None:
    """Hold a person's lock until the transaction ends (SQLite locks the file by itself: IMMEDIATE)."""
    key_model = Owned._meta.apps.get_model("accounts", "DataKey")
    key_model.objects.select_for_update().filter(person_id=person_id).first()


def _seen_before(grant: Grant, row: Owned, words: Mapping[str, str]) -> Written:
    stored = type(row).objects.for_grant(grant).filter(pk=row.pk).first()
    if stored is None:
        raise Http404
    if _says_the_same(grant, row, words, stored, with_time=not is_now(row)):
        return Written(stored, State.SAME)
    return Written(keep_both(grant, row, words).row, State.BOTH)


def _says_the_same(grant: Grant, row: Owned, words: Mapping[str, str], stored: Any, *, with_time: bool) -> bool:
    there = _words_of(grant.open_one(stored))
    return fingerprint(row, words, with_time=with_time) == fingerprint(stored, there, with_time=with_time)


def _words_of(opened: Opened) -> dict[str, str]:
    return {name: text for name, text in opened.words.items() if text}


def _mark(grant: Grant, row: Owned, moment) -> None:
    type(row).objects.for_grant(grant).filter(pk=row.pk).update(deleted_at=moment)
    row.deleted_at = moment


def _plain_values(row: Owned) -> dict[str, Any]:
    sealed = {f.attname for f in sealed_fields(type(row))}
    return {f.name: getattr(row, f.name) for f in row._meta.concrete_fields if f.attname not in sealed}
