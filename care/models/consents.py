"""Who shares what with whom, until when: invitations, connections, signed consents, single entries."""

import uuid
from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.grants import Category
from accounts.ids import new_id
from accounts.sealing import SealedField
from care.models.organisations import Membership
from journal.models import Entry


class Invite(models.Model):
    """A code that connects a person and a counselor, made by either side, or that lets somebody join an organisation.

    Only a keyed hash is stored; it works once, and for a week.
    """

    class Kind(models.TextChoices):
        """What it opens."""

        FROM_COUNSELOR = "counselor", _("from a counselor")
        FROM_PERSON = "person", _("from a person")
        TO_JOIN = "join", _("to join an organisation")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=9, choices=Kind)
    digest = models.CharField(max_length=64, unique=True)
    membership = models.ForeignKey(Membership, models.CASCADE, null=True, blank=True, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(membership__isnull=False, person__isnull=True)
                | models.Q(membership__isnull=True, person__isnull=False),
                name="care_invite_made_by_one_side",
            ),
        ]

    def __str__(self) -> str:
        return f"invite {self.pk}"


class Connection(models.Model):
    """That a person and a counselor know each other here. It opens nothing: only a consent does."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    # When the person was asked last; None in `answered_at` as long as they have not answered that.
    asked_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "membership"], name="care_connection_once")]

    def __str__(self) -> str:
        return f"connection {self.pk}"


class ConsentQuerySet(models.QuerySet):
    """Signed consents. Which one is in force follows from its moments alone; nothing stores a status."""

    def in_force(self, now: datetime) -> Self:
        """Begun, not replaced, not taken back, not past its end."""
        open_end = models.Q(replaced_at=None) | models.Q(replaced_at__gt=now)
        return self.filter(open_end, starts_at__lte=now, ends_at__gt=now, revoked_at=None)

    def still_to_begin(self, now: datetime) -> Self:
        """Signed, and not yet begun: these can be undone. One that began as it was signed is none of them, whatever the clock."""
        later = models.Q(starts_at__gt=models.F("signed_at"))
        return self.filter(later, starts_at__gt=now, revoked_at=None, replaced_at=None)


class Consent(models.Model):
    """One signing, never changed afterwards except for the moments that end it.

    `scopes` is {category: first local day, or "" for everything written before}. The signed text is sealed, because it names
    the person; `text_hash` is its SHA-256. Required elements: 42 CFR 2.31(a) (2024).
    """

    category = Category.CONTACT
    by_readers = False

    class Purpose(models.TextChoices):
        """What it is for; a person picks one."""

        COUNSELING = "counseling", _("to prepare and hold our sessions")
        TREATMENT = "treatment", _("to plan my treatment together")
        PEER = "peer", _("peer support")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    connection = models.ForeignKey(Connection, models.CASCADE, related_name="consents")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    scopes = models.JSONField()
    purpose = models.CharField(max_length=10, choices=Purpose)
    shown_name = SealedField(label="consent.shown_name")
    signed_text = SealedField(label="consent.signed_text")
    text_version = models.CharField(max_length=20)
    text_hash = models.CharField(max_length=64)
    signed_at = models.DateTimeField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    paused_at = models.DateTimeField(null=True, blank=True)
    replaced_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["connection", "-signed_at"], name="care_consent_latest")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at"), starts_at__gte=models.F("signed_at")),
                name="care_consent_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"consent {self.pk}"


class SharedEntryQuerySet(models.QuerySet):
    """Journal entries shared one by one."""

    def now_shared(self, connection_id: uuid.UUID) -> Self:
        """What is shared over this connection."""
        return self.filter(connection_id=connection_id, ended_at=None)


class SharedEntry(models.Model):
    """One journal entry that a person shows to one counselor."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    connection = models.ForeignKey(Connection, models.CASCADE, related_name="+")
    entry = models.ForeignKey(Entry, models.CASCADE, related_name="+")
    shared_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = SharedEntryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["connection", "entry"], condition=models.Q(ended_at=None), name="care_sharedentry_once_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"shared entry {self.pk}"
