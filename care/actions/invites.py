"""Codes: making one, and using it. Either side begins."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Person
from care.actions import consents
from care.codes import digest, new_code
from care.locks import hold_for_change
from care.models import Connection, Invite, Membership

LASTS = timedelta(days=7)
Kind = Invite.Kind


class NotUsable(Exception):
    """A code that does not work; the text says why, and what to do, in plain words."""


@dataclass(frozen=True)
class Made:
    """A fresh code, to be shown once, and until when it works."""

    code: str
    expires_at: datetime


def make(kind: str, now: datetime, *, membership: Membership | None = None, person: Person | None = None) -> Made:
    """A code of one side: a counselor's or organisation admin's `membership`, or a `person`."""
    code = new_code()
    Invite.objects.create(
        kind=kind, digest=digest(code), membership=membership, person=person, created_at=now, expires_at=now + LASTS
    )
    return Made(code, now + LASTS)


@transaction.atomic
def use_as_person(person: Person, code: str, now: datetime) -> Connection:
    """A counselor's code, typed by a person: connects them and opens nothing. Raises NotUsable."""
    invite = _usable(code, Kind.FROM_COUNSELOR, now)
    membership: Any = invite.membership
    if membership.person_id == person.pk:
        raise NotUsable(_("This is your own code. Give it to the person you work with."))
    _spend(invite, now)
    return _asked(person.pk, membership, now)


@transaction.atomic
def use_as_counselor(membership: Membership, code: str, now: datetime) -> Connection:
    """A person's code, typed by a counselor: the person is asked, and nothing is open before they answer. Raises NotUsable, and
    spends nothing, where they share already.
    """
    invite = _usable(code, Kind.FROM_PERSON, now)
    if invite.person_id == membership.person_id:
        raise NotUsable(_("This is your own code. Ask the person you work with for theirs."))
    _spend(invite, now)
    connection = _asked(invite.person_id, membership, now)
    if consents.current(connection.pk, now) is not None:
        raise NotUsable(_("You and this person are connected already, and they share with you. So you need no code."))
    return connection


@transaction.atomic
def join(person: Person, code: str, shown_name: str, now: datetime) -> Membership:
    """An organisation's code: a place as a counselor that the organisation still has to verify. Raises NotUsable."""
    invite = _usable(code, Kind.TO_JOIN, now)
    admin: Any = invite.membership
    roles = [Membership.Role.COUNSELOR, Membership.Role.SUPERVISOR]
    there = Membership.objects.filter(organisation=admin.organisation, person=person, role__in=roles, left_at=None).first()
    if there is not None:
        raise NotUsable(_("You are a member of this organisation already."))
    _spend(invite, now)
    return Membership.objects.create(organisation=admin.organisation, person=person, shown_name=shown_name, created_at=now)


def _usable(code: str, kind: str, now: datetime) -> Invite:
    rows = Invite.objects.select_for_update(of=("self",)).select_related("membership__organisation", "membership__person")
    invite = rows.filter(digest=digest(code), kind=kind).first()
    if invite is None:
        raise NotUsable(_("We do not know this code. Check each letter, or ask for a new one."))
    if invite.used_at is not None:
        raise NotUsable(_("This code was used already. Ask for a new one."))
    if invite.expires_at <= now:
        raise NotUsable(_("This code has run out. Codes work for seven days. Ask for a new one."))
    if invite.membership is not None and not _works_there(invite.membership):
        raise NotUsable(
            _("This code belongs to an organisation or a counselor that is not here any more. Ask them for a new one.")
        )
    return invite


def _works_there(membership: Membership) -> bool:
    return membership.is_at_work and membership.person is not None and membership.person.is_active


def forget_those_of(person: Person) -> None:
    """Before an account is closed: a code is held before the connection that it leads to, so its codes go first."""
    Invite.objects.filter(person=person).delete()


def _asked(person_id: Any, membership: Membership, now: datetime) -> Connection:
    """Their connection, waiting for the person's answer. What they signed and what counts, also soon, goes on."""
    found = Connection.objects.get_or_create(person_id=person_id, membership=membership)[0]
    connection = hold_for_change(found.pk)
    if not consents.is_alive(connection.pk, now):
        Connection.objects.filter(pk=connection.pk).update(answered_at=None, asked_at=now)
    return connection


def _spend(invite: Invite, now: datetime) -> None:
    Invite.objects.filter(pk=invite.pk).update(used_at=now)
