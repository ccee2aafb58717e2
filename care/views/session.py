"""Preparing a session, and noting that it was held."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts.people import person_of, today_of
from care import access
from care.access import Reading
from care.actions.reviews import hold_session, set_next
from care.draft_note import DAP, KINDS
from care.flag_words import MARK_CHOICES
from care.forms.reviews import NextForm
from care.session import WANTED
from care.session import session as prepared
from care.views.door import shared

DONE = ("held", "day")


@require_safe
def session(request: HttpRequest, connection_id: uuid.UUID) -> HttpResponse:
    """`/care/p/<uuid>/session/`. At most fifteen queries, whatever was logged."""
    return _page(request, connection_id, form=None)


@require_POST
def reviewed(request: HttpRequest, connection_id: uuid.UUID) -> HttpResponse:
    """`/care/p/<uuid>/reviewed/`: the records were gone through with the person; or only the day of the next session is set."""
    form = NextForm(request.POST, today=today_of(request))
    if not form.is_valid():
        return _page(request, connection_id, form=form)
    is_held = request.POST.get("act") != "day"
    with access.wait(person_of(request), connection_id, "reviewed") as reading:
        if is_held:
            hold_session(connection_id, form.cleaned_data["next_on"], reading.now)
        else:
            set_next(connection_id, form.cleaned_data["next_on"])
    return redirect(f"{reverse('care:session', args=[connection_id])}?done={'held' if is_held else 'day'}#reviewed")


@shared("session", *WANTED)
def _page(request: HttpRequest, reading: Reading, form: NextForm | None) -> HttpResponse:
    kind, done = request.GET.get("note", ""), request.GET.get("done", "")
    kind = kind if kind in KINDS else DAP
    found, today = prepared(reading, kind), today_of(request)
    # On the day itself the box asks for the one after it.
    agreed = found["next_on"] if found["next_on"] and found["next_on"] > today else None
    context: dict[str, Any] = {
        **found,
        "tab": "session",
        "mark_choices": MARK_CHOICES,
        "marked": "marked" in request.GET,
        "note_kind": kind,
        "note_kinds": [(key, str(name)) for key, name in KINDS.items()],
        "form": form or NextForm(today=today, initial={"next_on": agreed}),
        "done": done if done in DONE else "",
    }
    return render(request, "care/session.html", context, status=422 if form else 200)
