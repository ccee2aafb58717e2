"""Me: the way to everything that is mine, and to work for those who work here."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.people import person_of
from care.models import Membership


@require_safe
def me(request: HttpRequest) -> HttpResponse:
    """`/me/`. One query: whether, and as what, somebody works in an organisation."""
    roles = set(Membership.objects.at_work().of(person_of(request).pk).values_list("role", flat=True))
    admin = {Membership.Role.ADMIN}
    context = {"has_caseload": bool(roles - admin), "has_team": bool(roles & admin)}
    return render(request, "recovery_site/me.html", context)
