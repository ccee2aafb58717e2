"""Writes that change who somebody is here: opening, recovering and closing an account."""

import uuid

from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone

from accounts import recovery
from accounts.models import AccessRecord, DataKey, Person
from accounts.owned import Owned
from accounts.records import record
from accounts.sealing import is_current, unwrap, wrap

Action = AccessRecord.Action


@transaction.atomic
def open_account(person: Person) -> Person:
    """Store a new person with their data key, and begin their record."""
    Person.objects.with_key(person)
    record(action=Action.OPENED, person_id=person.pk, by=person.pk)
    return person


@transaction.atomic
def make_recovery_code(person: Person) -> str:
    """A new recovery code, to be shown once; an earlier one stops working."""
    code = recovery.new_code()
    recovery.keep(person, code)
    record(action=Action.CODE_MADE, person_id=person.pk, by=person.pk)
    return code


@transaction.atomic
def recover(person: Person, password: str) -> str:
    """Set a new password, end every session, and return the next recovery code."""
    person.set_password(password)
    person.save(update_fields=["password"])
    end_sessions(person.pk)
    record(action=Action.RECOVERED, person_id=person.pk, by=person.pk)
    return make_recovery_code(person)


def end_sessions(person_id: uuid.UUID) -> None:
    """Sign a person out everywhere."""
    for session in Session.objects.filter(expire_date__gt=timezone.now()).iterator():
        if session.get_decoded().get("_auth_user_id") == str(person_id):
            session.delete()


@transaction.atomic
def close_account(person: Person) -> None:
    """Destroy the key, then every row of the person; only record lines with random numbers stay."""
    person_id = person.pk
    record(action=Action.CLOSED, person_id=person_id, by=person_id)
    DataKey.objects.filter(person_id=person_id).delete()
    for model in owned_models():
        model.objects.destroy_all_of(person_id)
    end_sessions(person_id)
    person.delete()


def owned_models() -> list[type[Owned]]:
    """Every model whose rows belong to a person."""
    return [model for model in apps.get_models() if issubclass(model, Owned)]


def rewrap_keys(limit: int | None = None) -> int:
    """Wrap data keys again with the current master key; returns how many changed. Safe to stop and run again."""
    changed = 0
    for person_id in list(DataKey.objects.values_list("person_id", flat=True)[:limit]):
        with transaction.atomic():
            row = DataKey.objects.select_for_update().get(person_id=person_id)
            if not is_current(bytes(row.wrapped)):
                row.wrapped = wrap(unwrap(bytes(row.wrapped), person_id), person_id)
                row.rewrapped_at = timezone.now()
                row.save(update_fields=["wrapped", "rewrapped_at"])
                changed += 1
    return changed
