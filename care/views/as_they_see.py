"""The counselor's pages as the person sees them: the same parts by the same code, without buttons, and recorded nowhere."""

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.grants import Category
from accounts.people import person_of
from care import access, goal_review, overview, report_content, session, timeline
from care.access import Reading
from care.draft_note import DAP
from care.forms.report import chosen_days
from care.models import Consent, SharedEntry
from care.standing import Sharing, sharing_of
from care.stated import stated
from care.timeline import month_of


@dataclass(frozen=True)
class Page:
    """One of the counselor's pages: its name, what it asks the door for, its part of a template, and what stands in it."""

    name: Any
    wanted: Iterable[Category]
    template: str
    holds: Callable[[HttpRequest, Reading], dict[str, Any]]


def _session(_request: HttpRequest, reading: Reading) -> dict[str, Any]:
    return session.session(reading, DAP)


def _timeline(request: HttpRequest, reading: Reading) -> dict[str, Any]:
    month = month_of(request.GET.get("m", ""), reading.today)
    return {**timeline.timeline(reading, month, request.GET.get("t", "")), "here": "?page=timeline&"}


def _report(_request: HttpRequest, reading: Reading) -> dict[str, Any]:
    period = chosen_days(QueryDict(), reading.today).period
    return {"reading": reading, "today": reading.today, "report": report_content.content(reading, period)}


PAGES = {
    "overview": Page(_("At a glance"), overview.WANTED, "care/_overview.html", lambda _, reading: overview.overview(reading)),
    "session": Page(_("Session"), session.WANTED, "care/_session_seen.html", _session),
    "timeline": Page(_("Timeline"), timeline.WANTED, "care/_timeline.html", _timeline),
    "goals": Page(
        _("Goals and readings"),
        goal_review.WANTED,
        "care/_goals.html",
        lambda _, reading: {"reading": reading, **goal_review.goals_page(reading)},
    ),
    "report": Page(_("Report"), report_content.WANTED, "care/_report.html", _report),
}


@require_safe
def as_they_see(request: HttpRequest, connection_id: uuid.UUID) -> HttpResponse:
    """`/sharing/<uuid>/as-they-see/`: the page in `page`, by the consent in force or by the one that begins soon."""
    person, now = person_of(request), timezone.now()
    sharing = sharing_of(person, connection_id, now)
    consent = (sharing.in_force or sharing.pending) if sharing.is_going_on else None
    key = request.GET.get("page", "")
    key = key if key in PAGES else "overview"
    context = {"nav": "me", "sharing": sharing, "page": key, "pages": [(one, page.name) for one, page in PAGES.items()]}
    seen = seen_by(request, sharing, consent, now, key) if consent else {}
    return render(request, "care/sharing_as_they_see.html", {**context, **seen})


def seen_by(request: HttpRequest, sharing: Sharing, consent: Consent, now: Any, key: str = "overview") -> dict[str, Any]:
    """What the counselor sees by `consent`, as it is at this moment: a page of theirs, and the person's own words on reports."""
    shared = SharedEntry.objects.now_shared(sharing.connection.pk).values_list("entry_id", flat=True)
    # An entry that was chosen for a consent which is over is not shown by another one.
    entries = list(shared) if sharing.has_place_for_entries else []
    page = PAGES[key]
    reading = access.preview(person_of(request), sharing.connection, consent, entries, now, page.wanted)
    return {
        "their_page": render_to_string(page.template, page.holds(request, reading), request),
        "on_reports": stated(reading.grant, reading.connection_id, reading.whose.tz),
        "shown_name": reading.name,
    }
