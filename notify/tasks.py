"""Sending one reminder. Only an id comes along; what to do is decided again when it runs."""

from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from notify import push
from notify.models import PushDevice, Reminder, quiet_of
from notify.times import is_quiet_moment
from notify.tokens import token_for, tokens_for


@task(backend="jobs")
def send(reminder_id: str, kind: str) -> int:
    """Send a reminder ("due") or the last message before silence ("last"); returns to how many places it went."""
    reminder = Reminder.objects.select_related("person").filter(pk=reminder_id).first()
    if reminder is None or not reminder.person.is_active or (kind == "due" and not reminder.is_on):
        return 0
    if is_quiet_moment(timezone.now(), reminder.person.tz, quiet_of(reminder.person)):
        return 0
    return _by_email(reminder, kind) + _by_push(reminder, kind)


def address_of(person: Any) -> str:
    """The e-mail address that a person gave and confirmed; empty when there is none."""
    row = EmailAddress.objects.filter(user=person, verified=True).order_by("-primary").first()
    return row.email if row else ""


def _by_email(reminder: Reminder, kind: str) -> int:
    address = address_of(reminder.person) if reminder.by_email else ""
    if not address:
        return 0
    site = settings.SITE_ADDRESS
    stop = site + reverse("notify:reminder-act", args=["stop", token_for(reminder.pk, "stop")])
    text = render_to_string(
        f"notify/mail_{kind}.txt", {"today": f"{site}/today/", "settings": f"{site}/settings/reminders/", "stop": stop}
    )
    subject = _("You have a reminder") if kind == "due" else _("Your reminders")
    return EmailMessage(subject, text, to=[address]).send()


def _by_push(reminder: Reminder, kind: str) -> int:
    if not (reminder.by_push and push.is_offered()):
        return 0
    said = tokens_for(reminder.pk) if kind == "due" else {"last": "1"}
    return sum(push.send(device, said) for device in PushDevice.objects.of(reminder.person))
