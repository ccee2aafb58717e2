"""Reminders, quiet hours, and the phones that get notifications. Settings of a person, without a word of theirs."""

from datetime import time
from typing import Any

from django.conf import settings
from django.db import models
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.ids import new_id, parse_id
from notify.times import EVERY_DAY, QUIET

AT_MOST = 5


class MineQuerySet(models.QuerySet):
    """Rows of one person."""

    def of(self, person: Any):
        """This person's."""
        return self.filter(person=person)

    def one_of(self, person: Any, row_id: object) -> Any:
        """This person's row; raises Http404, the same for absent and for somebody else's."""
        row = self.of(person).filter(pk=parse_id(row_id)).first() if parse_id(row_id) else None
        if row is None:
            raise Http404
        return row


class Reminder(models.Model):
    """A time of day, on some weekdays, by e-mail or on phones. Off when nothing is due."""

    class Stopped(models.TextChoices):
        """Why it is off."""

        PERSON = "person", _("You switched it off")
        SILENCE = "silence", _("It stopped by itself after two quiet weeks")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    at = models.TimeField()
    days = models.PositiveSmallIntegerField(default=EVERY_DAY)
    by_email = models.BooleanField(default=False)
    by_push = models.BooleanField(default=False)
    next_at = models.DateTimeField(null=True, blank=True, db_index=True)
    started_at = models.DateTimeField(default=timezone.now)
    stopped = models.CharField(max_length=7, choices=Stopped, blank=True)

    objects = MineQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(days__gte=1, days__lte=EVERY_DAY), name="notify_reminder_some_day"),
        ]

    def __str__(self) -> str:
        return f"reminder {self.pk}"

    @property
    def is_on(self) -> bool:
        """Whether it will come."""
        return self.next_at is not None


class QuietHours(models.Model):
    """Between these times nothing is sent, by the person's own clock."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="+")
    begin = models.TimeField(default=QUIET[0])
    end = models.TimeField(default=QUIET[1])

    def __str__(self) -> str:
        return f"quiet hours of {self.person_id}"


class PushDevice(models.Model):
    """A phone's address at its browser's maker, sealed: it names a device."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    sealed = models.BinaryField()
    digest = models.CharField(max_length=64)
    created_at = models.DateTimeField(default=timezone.now)

    objects = MineQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "digest"], name="notify_pushdevice_once")]

    def __str__(self) -> str:
        return f"device {self.pk}"


def quiet_of(person: Any) -> tuple[time, time]:
    """A person's quiet hours, or the usual ones."""
    row = QuietHours.objects.filter(person=person).first()
    return (row.begin, row.end) if row else QUIET
