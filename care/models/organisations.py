"""Organisations, and the people who work there."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.ids import new_id

REPLY_TIME = _("Usually within two working days.")


class Organisation(models.Model):
    """A clinic, a peer service or a practice. `is_part2`: US 42 CFR Part 2 applies to what its counselors see."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=120)
    country = models.CharField(max_length=2, blank=True)
    reply_time = models.CharField(max_length=200, default=REPLY_TIME)
    is_part2 = models.BooleanField(default=False, verbose_name=_("US 42 CFR Part 2 applies"))
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("organisation")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class MembershipQuerySet(models.QuerySet):
    """Who works where."""

    def at_work(self) -> Self:
        """Verified, not left, in an organisation that is open, with an account that is on."""
        return self.filter(
            verified_at__isnull=False, left_at=None, organisation__closed_at=None, person__is_active=True
        ).select_related("organisation")

    def of(self, person_id: uuid.UUID) -> Self:
        """One person's places of work."""
        return self.filter(person_id=person_id).order_by("created_at", "pk")


class Membership(models.Model):
    """That somebody works in an organisation, in a role, under a name that people who share with them see.

    It outlives the account, so that a person can still read who saw what.
    """

    class Role(models.TextChoices):
        """What they do there."""

        COUNSELOR = "counselor", _("counselor")
        SUPERVISOR = "supervisor", _("supervisor")
        ADMIN = "admin", _("organisation admin")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="memberships")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    role = models.CharField(max_length=10, choices=Role, default=Role.COUNSELOR)
    shown_name = models.CharField(max_length=120)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    verified_at = models.DateTimeField(null=True, blank=True)
    verified_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    left_at = models.DateTimeField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "person", "role"],
                condition=models.Q(left_at=None, person__isnull=False),
                name="care_membership_once_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.shown_name} ({self.get_role_display()})"

    @property
    def is_at_work(self) -> bool:
        """Whether they may act in this role now; the organisation comes prefetched."""
        return self.verified_at is not None and self.left_at is None and self.organisation.closed_at is None
