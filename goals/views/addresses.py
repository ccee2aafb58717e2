"""Where a press of a button leads."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme


def back(request: HttpRequest, fallback: str) -> HttpResponse:
    """To the page the button was on, where `next` is an address of ours; else to `fallback`."""
    wanted = request.POST.get("next", "")
    ours = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return redirect(wanted if ours else fallback)


def goal_address(goal_id, part: str = "") -> str:
    """The address of a goal's page; `part` is a query and a place on it."""
    return reverse("goal-detail", args=[goal_id]) + part
