"""The inbox: who wrote, who asked for a call, who answered, who is new."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.people import person_of
from care import access
from care.inbox import ASKED, rows_for, waiting
from care.models import Membership
from care.views.door import is_admin, places_of, whole

Role = Membership.Role


@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """`/care/inbox/`. At most ten queries, however many people share."""
    person = person_of(request)
    with access.read_many(person, "inbox", ()) as readings:
        if not readings:
            places_of(request, Role.COUNSELOR, Role.SUPERVISOR)  # nobody else has an inbox
        rows = rows_for(person.pk, readings)
        context = {
            "tab": "inbox",
            "is_admin": is_admin(request, readings),
            "waiting": waiting(readings, rows),
            "asked": sum(row.what == ASKED for row in rows),
        }
        return whole(render(request, "care/inbox.html", context))
