"""Shared logs by day, a month at a time."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from care.access import Reading
from care.timeline import WANTED, month_of
from care.timeline import timeline as of_month
from care.views.door import shared


@require_safe
@shared("timeline", *WANTED)
def timeline(request: HttpRequest, reading: Reading) -> HttpResponse:
    """`/care/p/<uuid>/timeline/`: the month in `m` ("2026-11"), with the trigger in `t` alone where one is chosen."""
    month = month_of(request.GET.get("m", ""), reading.today)
    context = {"tab": "timeline", "sent": "sent" in request.GET, **of_month(reading, month, request.GET.get("t", ""))}
    return render(request, "care/timeline.html", context)
