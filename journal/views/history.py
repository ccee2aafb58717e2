"""Looking back, removing, and taking back."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views import View
from django.views.decorators.http import require_POST

from accounts.days import ONE_DAY, week_of
from accounts.grants import Grant
from accounts.people import today_of
from accounts.writing import into_bin, out_of_bin
from journal.kinds import model_of
from journal.timeline import day_items
from journal.words import words_for


def parse_day(text: str, today: date) -> date:
    """The day in "2026-11-23", not after today; today when it is none."""
    try:
        return min(date.fromisoformat(text), today)
    except ValueError:
        return today


class DayTimeline(View):
    """One day's logs, and the week around it."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The day asked for with ?d=, or today."""
        grant = Grant.own(request)
        today = today_of(request)
        day = parse_day(request.GET.get("d", ""), today)
        items = day_items(grant, day, words_for(grant))
        last = min(day + 3 * ONE_DAY, today)
        context = {"day": day, "today": today, "items": items, "week": week_of(last), "before": day - ONE_DAY}
        context["after"] = day + ONE_DAY if day < today else None
        return render(request, "journal/day_timeline.html", context)


def place_of(kind: str, row) -> str:
    """Where a log is seen again after it came back."""
    if kind == "draft":
        return f"{reverse('journal:entry-create')}?draft={row.pk}"
    if kind == "entry":
        return reverse("journal:entry-detail", args=[row.pk])
    if kind == "marker":
        return reverse("journal:marker-list")
    if kind == "plan":
        return reverse("journal:plan-part", args=[row.part])
    return f"{reverse('journal:day-timeline')}?d={row.local_day}#r-{row.pk}"


def local_next(request: HttpRequest, fallback: str) -> str:
    """The address in `next` where it is one of ours."""
    wanted = request.POST.get("next", "")
    ours = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if ours else fallback


@require_POST
def row_remove(request: HttpRequest, kind: str, row_id) -> HttpResponse:
    """Into the bin, with a way back in place."""
    grant = Grant.own(request)
    row = model_of(kind).objects.for_grant(grant).kept().one(row_id)
    into_bin(grant, row)
    return redirect("journal:removed", kind=kind, row_id=row.pk)


def row_removed(request: HttpRequest, kind: str, row_id) -> HttpResponse:
    """Says what was removed and offers Undo for as long as the page is open, and 30 days in the bin."""
    grant = Grant.own(request)
    row = model_of(kind).objects.for_grant(grant).one(row_id)
    return render(request, "journal/removed.html", {"kind": kind, "row": row})


@require_POST
def row_restore(request: HttpRequest, kind: str, row_id) -> HttpResponse:
    """Out of the bin again."""
    grant = Grant.own(request)
    row = model_of(kind).objects.for_grant(grant).one(row_id)
    out_of_bin(grant, row)
    return redirect(local_next(request, place_of(kind, row)))


def versions(request: HttpRequest, kind: str, row_id, kept_id) -> HttpResponse:
    """Two texts of one log, side by side, after it was changed in two places."""
    grant = Grant.own(request)
    mine = model_of(kind).objects.for_grant(grant)
    pair = [grant.open_one(mine.one(row_id)), grant.open_one(mine.one(kept_id))]
    return render(request, "journal/versions.html", {"kind": kind, "pair": pair})
