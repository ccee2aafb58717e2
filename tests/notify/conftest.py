"""A reminder at half past six, and the way from due to sent."""

from datetime import UTC, datetime, time

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django_tasks_db.models import DBTaskResult

from notify import actions
from notify.models import Reminder
from recovery_site.management.commands import run_due

DUE = datetime(2026, 11, 20, 18, 30, tzinfo=UTC)


@pytest.fixture
def address(person):
    person.tz = "Europe/London"
    person.save()
    EmailAddress.objects.create(user=person, email="river@example.org", verified=True, primary=True)
    return "river@example.org"


@pytest.fixture
def reminder(person, address):
    """On since noon of the day before it is due; the person wrote something then."""
    row = Reminder(person=person, at=time(18, 30), by_email=True, by_push=True)
    actions.start(row, datetime(2026, 11, 20, 12, tzinfo=UTC))
    return row


@pytest.fixture
def clock():
    """Set the clock to minutes after the reminder is due, for the length of a test."""
    travels = []

    def go(minutes=0, days=0):
        for travel in travels:
            travel.stop()
        travels[:] = [time_machine.travel(DUE.timestamp() + 60 * minutes + 86400 * days, tick=False)]
        travels[0].start()

    yield go
    for travel in travels:
        travel.stop()


@pytest.fixture
def work_off(db):
    """One round of the loop, as `run_due` does it; returns how many were queued."""

    def work():
        queued = run_due.remind()
        for result in DBTaskResult.objects.ready():
            result.task.call(*result.args_kwargs["args"])
            result.delete()
        return queued

    return work
