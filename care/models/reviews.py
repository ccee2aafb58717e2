"""Sessions held, flags answered, and reports made."""

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
from care.models.consents import Connection, Consent


class ReviewQuerySet(models.QuerySet):
    """Sessions."""

    def held(self) -> Self:
        """Those that took place, latest first."""
        return self.exclude(at=None).order_by("-at")


class Review(models.Model):
    """That a counselor went through the records with the person: a session. The person sees it on their sharing page.

    Before the first one there can be a row without a moment: only the day of the first session is known then.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    connection = models.ForeignKey(Connection, models.CASCADE, related_name="reviews")
    at = models.DateTimeField(default=timezone.now, null=True, blank=True)
    next_on = models.DateField(null=True, blank=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["connection", "-at"], name="care_review_latest")]

    def __str__(self) -> str:
        return f"review {self.pk}"


class FlagMark(models.Model):
    """What a counselor said to a flag. `rule` and `key` name the flag; the last mark stands."""

    class Mark(models.TextChoices):
        """Their answer."""

        SEEN = "seen", _("seen")
        ACTED = "acted", _("acted on")
        NOT_USEFUL = "not_useful", _("not useful")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    connection = models.ForeignKey(Connection, models.CASCADE, related_name="flag_marks")
    rule = models.SlugField(max_length=30)
    key = models.CharField(max_length=40)
    mark = models.CharField(max_length=10, choices=Mark)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["connection", "rule", "key"], name="care_flagmark_once")]

    def __str__(self) -> str:
        return f"{self.mark} {self.rule} {self.key}"


class ReportQuerySet(models.QuerySet):
    """Reports asked for."""

    def of(self, connection_id: uuid.UUID, author_id: uuid.UUID) -> Self:
        """Those of one connection and one author, latest first."""
        return self.filter(connection_id=connection_id, author_id=author_id).order_by("-asked_at")

    def alive(self, now: datetime) -> Self:
        """Those whose time is not over."""
        return self.filter(expires_at__gt=now)

    def gone_by(self, now: datetime) -> Self:
        """Those whose time is over."""
        return self.filter(expires_at__lte=now)


class Report(models.Model):
    """A progress report as PDF: asked for, made outside the request, sealed with the person's key, gone after an hour.

    `content` is opened by the grant of the one who fetches it; whether they may is decided again then.
    """

    category = Category.CONTACT
    by_readers = True

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    connection = models.ForeignKey(Connection, models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    # The consent it was made by, once it is made: what another one allows is another report.
    consent = models.ForeignKey(Consent, models.CASCADE, null=True, blank=True, related_name="+")
    first_day = models.DateField()
    last_day = models.DateField()
    asked_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    failed = models.BooleanField(default=False)
    # Words the author adds for the page; the PDF itself, as base64.
    comment = SealedField(label="report.comment")
    content = SealedField(label="report.content")

    objects = ReportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(last_day__gte=models.F("first_day")), name="care_report_days_in_order"),
        ]

    def __str__(self) -> str:
        return f"report {self.pk}"
