"""The year as a mosaic, each day a way to what was noted on it."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from accounts.grants import Grant
from accounts.people import today_of
from journal.figures.calendar import legend, months
from journal.figures.life import month_table
from journal.forms.when import FIRST_YEAR
from journal.insights.mosaic import KINDS, mosaic
from journal.models import CheckIn


def year(request: HttpRequest, year: int) -> HttpResponse:
    """`/history/<year>/`, by mood, craving or sleep. Five queries, whatever the diary's length; no word is opened."""
    grant, today = Grant.own(request), today_of(request)
    if not FIRST_YEAR <= year <= today.year:
        raise Http404
    rows = CheckIn.objects.for_grant(grant).kept()
    first, last = date(year, 1, 1), date(year, 12, 31)
    asked = request.GET.get("show", "")
    found = mosaic(rows.between(first, last).as_day_ratings(), year, asked if asked in KINDS else KINDS[0])
    context: dict[str, Any] = {
        "found": found,
        "today": today,
        "kinds": [("mood", _("Mood")), ("craving", _("Craving")), ("sleep", _("Sleep"))],
        "months": months(found, today),
        "legend": legend(found.kind),
        "table": month_table(found),
        **_beside(rows, first, last),
    }
    return render(request, "journal/year.html", context)


def _beside(rows: Any, first: date, last: date) -> dict[str, int | None]:
    """The nearest years with a check-in; two index look-ups."""
    days = rows.order_by().values_list("local_day", flat=True)
    earlier = days.filter(local_day__lt=first).order_by("-local_day").first()
    later = days.filter(local_day__gt=last).order_by("local_day").first()
    return {"earlier": earlier and earlier.year, "later": later and later.year}
