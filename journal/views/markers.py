"""Markers: what changed and when, and scores taken along from elsewhere."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views import View

from accounts.grants import Grant
from accounts.people import today_of
from accounts.writing import Stale
from journal import actions
from journal.forms.markers import FORMS, MarkerForm, noon_of
from journal.insights.scores import INSTRUMENTS
from journal.models import Marker


def marker_list(request: HttpRequest) -> HttpResponse:
    """All markers, latest first."""
    grant = Grant.own(request)
    rows = grant.open(Marker.objects.for_grant(grant).kept().newest_first())
    context = {"nav": "me", "rows": [(row, INSTRUMENTS.get(row.instrument)) for row in rows], "saved": "saved" in request.GET}
    return render(request, "journal/marker_list.html", context)


class MarkerView(View):
    """What new and edit have in common."""

    def show(self, request: HttpRequest, kind: str, form: MarkerForm, row: Any = None) -> HttpResponse:
        """The form page."""
        context = {"nav": "me", "kind": kind, "form": form, "row": row}
        return render(request, "journal/marker_form.html", context, status=422 if form.errors else 200)

    def kind_of(self, request: HttpRequest) -> str:
        """Which form was asked for; a change unless told."""
        return "score" if request.GET.get("kind") == "score" else "change"


class MarkerCreate(MarkerView):
    """A new marker."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """An empty form."""
        kind = self.kind_of(request)
        return self.show(request, kind, FORMS[kind](today=today_of(request)))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Save once."""
        grant, kind = Grant.own(request), self.kind_of(request)
        form = FORMS[kind](request.POST, today=today_of(request))
        if not form.is_valid():
            return self.show(request, kind, form)
        row = Marker(pk=form.cleaned_data["id"], **form.columns())
        actions.save_new(grant, row, request.user, moment_of(form, request.user), form.words())
        return saved()


class MarkerUpdate(MarkerView):
    """Mend a marker."""

    def get(self, request: HttpRequest, row_id) -> HttpResponse:
        """The form with what is stored."""
        grant = Grant.own(request)
        row = grant.open_one(Marker.objects.for_grant(grant).kept().one(row_id))
        names = ("id", "version", "label", "instrument", "score")
        initial = {name: getattr(row, name) for name in names} | {"day": row.local_day}
        kind = kind_of_row(row)
        return self.show(request, kind, FORMS[kind](today=today_of(request), initial=initial), row)

    def post(self, request: HttpRequest, row_id) -> HttpResponse:
        """Save the change; where it was changed meanwhile, keep and show both."""
        grant = Grant.own(request)
        row = Marker.objects.for_grant(grant).kept().one(row_id)
        kind = kind_of_row(row)
        form = FORMS[kind](request.POST, today=today_of(request))
        if not form.is_valid():
            return self.show(request, kind, form, grant.open_one(row))
        version = form.cleaned_data.get("version") or 0
        result = actions.change(grant, row, version=version, moment=moment_of(form, row), words=form.words(), **form.columns())
        if isinstance(result, Stale):
            return redirect("journal:versions", kind="marker", row_id=row.pk, kept_id=result.kept.pk)
        return saved()


def kind_of_row(row: Any) -> str:
    """Which form a marker is mended with."""
    return "score" if row.instrument else "change"


def moment_of(form: MarkerForm, clock: Any) -> datetime:
    """Noon of the day, but never a moment still to come."""
    return min(noon_of(form.cleaned_data["day"], clock.tz), timezone.now())


def saved() -> HttpResponse:
    """Back to the list, which says so."""
    response = redirect("journal:marker-list")
    response["Location"] += "?saved"
    return response
