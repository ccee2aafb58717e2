"""Reminders on the settings pages, and what a message's links lead to."""

import json
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views import View
from django.views.decorators.http import require_http_methods, require_POST

from accounts.people import person_of
from notify import actions, push
from notify.forms import DAYS, QuietForm, ReminderForm
from notify.models import AT_MOST, PushDevice, QuietHours, Reminder, quiet_of
from notify.tasks import address_of
from notify.times import EVERY_DAY, is_on
from notify.tokens import ACTS, reminder_in

LIST = "notify:reminder-list"


def chosen_days(days: int) -> list[str]:
    """The names of the weekdays in a set; none where it is every day."""
    return [] if days == EVERY_DAY else [str(name) for number, name in DAYS if is_on(days, int(number))]


def reminder_list(request: HttpRequest) -> HttpResponse:
    """What is set, and what can be."""
    person = person_of(request)
    rows = [{"row": row, "days": chosen_days(row.days)} for row in Reminder.objects.of(person)]
    begin, end = quiet_of(person)
    context = {
        "rows": rows,
        "has_room": len(rows) < AT_MOST,
        "at_most": AT_MOST,
        "address": address_of(person),
        "push_key": push.public_key() if push.is_offered() else "",
        "devices": PushDevice.objects.of(person).count(),
        "begin": begin,
        "end": end,
    }
    return render(request, "notify/reminder_list.html", context)


class ReminderEdit(View):
    """A new reminder, or one to change."""

    def get(self, request: HttpRequest, row_id=None) -> HttpResponse:
        """The form; a new one has every day chosen and no way to be reached."""
        row = self._row(request, row_id)
        initial = {"days": [number for number, _name in DAYS]}
        if row:
            days = [number for number, _name in DAYS if is_on(row.days, int(number))]
            initial = {"at": row.at, "days": days, "by_push": row.by_push, "by_email": row.by_email}
        return self._show(request, self._form(request, initial=initial), row)

    def post(self, request: HttpRequest, row_id=None) -> HttpResponse:
        """Keep it, and switch it on."""
        row, form = self._row(request, row_id), self._form(request, data=request.POST)
        if not form.is_valid():
            return self._show(request, form, row, 422)
        row = row or Reminder(person=person_of(request))
        values = form.cleaned_data
        row.at, row.days = values["at"], form.bits()
        row.by_push, row.by_email = values.get("by_push", False), values.get("by_email", False)
        if row._state.adding and Reminder.objects.of(person_of(request)).count() >= AT_MOST:
            return redirect(LIST)
        actions.start(row, timezone.now())
        return redirect(LIST)

    def _row(self, request: HttpRequest, row_id) -> Any:
        return Reminder.objects.one_of(person_of(request), row_id) if row_id else None

    def _form(self, request: HttpRequest, **kwargs) -> ReminderForm:
        person = person_of(request)
        ways = {"has_address": bool(address_of(person)), "has_push": push.is_offered()}
        return ReminderForm(quiet=quiet_of(person), **ways, **kwargs)

    def _show(self, request: HttpRequest, form: ReminderForm, row: Any, status: int = 200) -> HttpResponse:
        return render(request, "notify/reminder_form.html", {"form": form, "row": row}, status=status)


@require_POST
def reminder_switch(request: HttpRequest, row_id, act: str) -> HttpResponse:
    """On, off or away, in one tap."""
    row = Reminder.objects.one_of(person_of(request), row_id)
    if act == "on":
        actions.start(row, timezone.now())
    elif act == "off":
        actions.stop(row)
    elif act == "remove":
        row.delete()
    else:
        raise Http404
    return redirect(LIST)


def quiet_hours(request: HttpRequest) -> HttpResponse:
    """When nothing may be sent."""
    person = person_of(request)
    begin, end = quiet_of(person)
    form = QuietForm(request.POST if request.method == "POST" else None, initial={"begin": begin, "end": end})
    if form.is_bound and form.is_valid():
        QuietHours.objects.update_or_create(person=person, defaults=form.cleaned_data)
        return redirect(LIST)
    return render(request, "notify/quiet_form.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
def push_on(request: HttpRequest) -> JsonResponse:
    """Keep this phone's address, as its browser gave it."""
    try:
        push.keep(person_of(request), json.loads(request.body))
    except (ValueError, KeyError, TypeError):
        return JsonResponse({"error": "unknown"}, status=422)
    return JsonResponse({"kept": True})


@require_POST
def push_off(request: HttpRequest) -> HttpResponse:
    """Forget all phones."""
    PushDevice.objects.of(person_of(request)).delete()
    return redirect(LIST)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def reminder_act(request: HttpRequest, act: str, token: str) -> HttpResponse:
    """From a message: one button that stops or snoozes a reminder, also for somebody who is signed out."""
    if act not in ACTS:
        raise Http404
    reminder = reminder_in(token, act)
    if request.method == "POST" and reminder is not None:
        actions.stop(reminder) if act == "stop" else actions.snooze(reminder, timezone.now())
    context = {"act": act, "is_known": reminder is not None, "is_done": request.method == "POST"}
    return render(request, "notify/reminder_act.html", context)
