"""Switching reminders on and off, and finding those that are due."""

import uuid
from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from notify.models import Reminder
from notify.tasks import send
from notify.times import LATE, SILENCE, SNOOZE, next_due

MANY = 500
Latest = Callable[[uuid.UUID], datetime | None]


def start(reminder: Reminder, now: datetime) -> None:
    """Switch it on, or give it its next moment after a change."""
    reminder.next_at = next_due(now, reminder.at, reminder.days, reminder.person.tz)
    reminder.stopped, reminder.started_at = "", now
    reminder.save()


def stop(reminder: Reminder, why: str = Reminder.Stopped.PERSON) -> None:
    """Switch it off; again is harmless."""
    Reminder.objects.filter(pk=reminder.pk).update(next_at=None, stopped=why)


def snooze(reminder: Reminder, now: datetime) -> None:
    """Once more in an hour; one that is off stays off."""
    Reminder.objects.filter(pk=reminder.pk).exclude(next_at=None).update(next_at=now + SNOOZE)


def hand_out_due(now: datetime, latest: Latest) -> int:
    """Queue what is due; returns how many. Two loops at once hand each one out once: the moment is taken off in the same write
    that looks whether it is still there.

    `latest` tells when a person last wrote something; after 14 silent days the last message goes out instead.
    """
    due = Reminder.objects.filter(next_at__lte=now).select_related("person").order_by("next_at")[:MANY]
    return sum(_hand_out(reminder, now, latest(reminder.person_id)) for reminder in due)


@transaction.atomic
def _hand_out(reminder: Reminder, now: datetime, written: datetime | None) -> bool:
    is_silent = now - max(written or reminder.started_at, reminder.started_at) > SILENCE
    following = None if is_silent else next_due(now, reminder.at, reminder.days, reminder.person.tz)
    stopped = Reminder.Stopped.SILENCE if is_silent else ""
    same = Reminder.objects.filter(pk=reminder.pk, next_at=reminder.next_at)
    due_at = reminder.next_at or now
    if not same.update(next_at=following, stopped=stopped) or now - due_at > LATE:
        return False
    send.enqueue(str(reminder.pk), "last" if is_silent else "due")
    return True
