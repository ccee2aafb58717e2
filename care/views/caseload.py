"""The caseload."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.people import person_of
from care import access
from care.caseload import SHOWN, SORTS, WANTED, chosen, everybody
from care.caseload_table import body, filters, headings
from care.flag_words import NO_FLAG
from care.models import Membership
from care.texts import NOTICE_SHORT
from care.views.door import is_admin, places_of, whole

Role = Membership.Role


@require_safe
def caseload(request: HttpRequest) -> HttpResponse:
    """`/care/`. At most ten queries, however many people share."""
    person = person_of(request)
    shown, sort = request.GET.get("show", ""), request.GET.get("sort", "")
    shown, sort = shown if shown in SHOWN else "all", sort if sort.removeprefix("-") in SORTS else ""
    with access.read_many(person, "caseload", WANTED) as readings:
        # Nobody else has a caseload; whoever is only an admin sees an empty one, with the way to their organisation.
        if not readings:
            places_of(request, *Role.values)
        everyone = everybody(readings)
        rows = chosen(everyone, shown, sort)
        context = {
            "tab": "caseload",
            "is_admin": is_admin(request, readings),
            "total": len(everyone),
            "shown": len(rows),
            "filters": filters(everyone, shown, sort),
            "headings": headings(shown, sort),
            "body": body(rows),
            "no_flag": NO_FLAG,
            "notice": NOTICE_SHORT if any(one.membership.organisation.is_part2 for one in readings) else "",
        }
        return whole(render(request, "care/caseload.html", context))
