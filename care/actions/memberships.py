"""Who works in an organisation: verifying, and leaving, which cuts access at once."""

from datetime import datetime

from django.db import transaction

from accounts.models import Person
from care.locks import hold_for_leaving
from care.models import Membership, Organisation


@transaction.atomic
def verify(membership: Membership, by: Person, now: datetime, role: str = Membership.Role.COUNSELOR) -> None:
    """Say that somebody who waits is who they say, and what they do here; again is harmless. An admin stays one."""
    waiting = Membership.objects.filter(pk=membership.pk, verified_at=None)
    waiting.exclude(role=Membership.Role.ADMIN).update(role=role)
    waiting.update(verified_at=now, verified_by=by)


@transaction.atomic
def leave(membership: Membership, now: datetime) -> None:
    """End somebody's work here. Waits for readings under way; the next one is refused."""
    hold_for_leaving(pk=membership.pk)
    Membership.objects.filter(pk=membership.pk, left_at=None).update(left_at=now)


@transaction.atomic
def close(organisation: Organisation, now: datetime) -> None:
    """Close an organisation: nobody in it can look at anything any more."""
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    hold_for_leaving(organisation=organisation)
    Organisation.objects.filter(pk=organisation.pk, closed_at=None).update(closed_at=now)


@transaction.atomic
def leave_unless_last(membership: Membership, now: datetime) -> bool:
    """End somebody's work here; False for the last admin at work, who stays."""
    Organisation.objects.select_for_update().get(pk=membership.organisation_id)
    if is_last_admin(membership):
        return False
    leave(membership, now)
    return True


@transaction.atomic
def leave_everywhere(person: Person, now: datetime) -> None:
    """Before an account is closed: its work ends in every organisation, also as the last admin."""
    hold_for_leaving(person=person, left_at=None)
    Membership.objects.filter(person=person, left_at=None).update(left_at=now)


def is_last_admin(membership: Membership) -> bool:
    """Whether nobody else could let others in here."""
    admins = Membership.objects.at_work().filter(organisation_id=membership.organisation_id, role=Membership.Role.ADMIN)
    return membership.role == Membership.Role.ADMIN and not admins.exclude(pk=membership.pk).exists()


def say_reply_time(organisation: Organisation, text: str) -> None:
    """What people read above their messages."""
    Organisation.objects.filter(pk=organisation.pk).update(reply_time=text)
