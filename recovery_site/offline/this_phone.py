"""What belongs to one phone: its lock, the plan it keeps, and whether others use it. The server stores none of it."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts.grants import Grant
from accounts.prefs import A_YEAR, SHARED
from journal.models import PlanLine
from journal.planning import contacts_in, sections


def this_phone(request: HttpRequest) -> HttpResponse:
    """`/settings/this-phone/`: a lock and a plan are made on the phone itself; "others use it" is a cookie."""
    if request.method == "POST":
        return _share(request, is_shared=request.POST.get("shared") == "on")
    return render(request, "recovery_site/this_phone.html", {"is_shared": SHARED in request.COOKIES})


def _share(request: HttpRequest, *, is_shared: bool) -> HttpResponse:
    request.session.set_expiry(0 if is_shared else settings.SESSION_COOKIE_AGE)
    response = redirect("offline:this-phone")
    if is_shared:
        response.set_cookie(SHARED, "1", max_age=A_YEAR, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)
    else:
        response.delete_cookie(SHARED, samesite="Lax")
    return response


@require_safe
def plan_for_phone(request: HttpRequest) -> JsonResponse:
    """The plan for a phone that its owner asked to keep it: sealed there with their number before it is stored."""
    found = sections(Grant.own(request))
    people: list[Any] = next(one.lines for one in found if one.key == PlanLine.Part.PEOPLE)
    return JsonResponse(
        {
            "parts": [{"title": one.title, "lines": [line.text for line in one.lines]} for one in found if one.lines],
            "people": [{"name": one.name, "dial": one.dial} for one in contacts_in(people)],
        }
    )


@login_not_required
@require_safe
def about_exit(request: HttpRequest) -> HttpResponse:
    """What the quick exit and the lock do, and what they do not."""
    response = render(request, "recovery_site/about_exit.html")
    response["Cache-Control"] = "public, max-age=300"
    return response
